"""What people ask for in plain words of seven languages: their account or post back, their data,
something taken down; and what they ask without any of it.
"""

from __future__ import annotations

import pytest

from petitbleu.desk.intake.classify.sorting import Sorted
from tests.desk.intake.mails import mail
from tests.desk.intake.sorting import sorted_letter

BACK = (
    "Bonjour, vous avez supprimé ma vidéo sans raison. Remettez-la en ligne, s'il vous plaît.",
    "Mon canal @veille_bretagne est bloqué depuis hier par votre équipe, merci de le débloquer, je n'ai enfreint aucune règle.",
    "You deleted my post about gardening. It was banned by mistake. Give me my account back please.",
    "hello my channel @old_maps got suspended and i dont know why, can you unlock my channel",
    "Sie haben meinen Kanal @holzwerkstatt gesperrt. Das war ein Irrtum, bitte schalten Sie ihn wieder frei.",
    "Me han suspendido la cuenta @tejedora sin explicación, por favor devuelvan mi cuenta.",
    "Avete bloccato il mio profilo @liuteria. Vi prego di riattivare il mio account.",
    "Jullie hebben mijn groep @breiclub verwijderd. Ik wil dat u dit heropent.",
    "Usunęliście mój wpis o rowerach bez powodu. Proszę go odblokować.",
    "Mes messages ont été retirés alors que je citais la loi, je demande un nouvel examen.",
    "Estimados señores, suspendieron ayer mi cuenta @cocina_con_lola. Presento recurso contra esa decisión, que es injusta, y pido que la revisen.",
    "Buongiorno, il mio canale @radio_paese è stato chiuso senza spiegazioni. Presento reclamo contro la vostra decisione e ne chiedo la riapertura.",
    "Dzień dobry, składam odwołanie od decyzji o zablokowaniu mojego konta @sklepik_u_ani. Nie złamałam regulaminu.",
    "Guten Tag, hiermit lege ich Widerspruch gegen die Sperrung meines Kontos @imkerei_hollerbach ein. Bitte prüfen Sie das erneut durch einen Menschen.",
    "Bonjour, mon compte @pizzas_d_ugo a été suspendu hier alors que je n'ai rien fait. Merci de le rouvrir, c'est une erreur.",
    "Dear moderators, my post https://petitbleu.example/my_recipes/4 was taken down because of a false copyright claim. I am the author. I appeal and ask you to put it back.",
    "Vorrei sapere perché il mio canale @apicoltura_viva è sparito. Non ho violato nulla, rimettetelo online.",
    "Vous avez refusé mon signalement n° 771 au motif que le contenu serait licite. Je ne suis pas d'accord et demande un réexamen par une personne.",
    "you gave me a strike for a video that was satire. remove the strike, i appeal",
)
"""Their own, which we took down."""
DATA = (
    "Envoyez-moi tout ce que vous savez sur moi, s'il vous plaît.",
    "J'exerce mon droit à l'oubli : effacez les informations me concernant.",
    "what information do you have about me? i want a copy",
    "Under the GDPR I want you to correct my personal data, the birth date is wrong.",
    "Welche Daten haben Sie über mich gespeichert? Bitte um eine Kopie.",
    "Quiero saber qué datos tienen sobre mí y que los borren.",
    "Vorrei esercitare il diritto all'oblio sui dati che mi riguardano.",
    "Ik wil weten welke gegevens u van mij heeft opgeslagen.",
    "Proszę o informację, jakie dane na mój temat przetwarzacie.",
    "Sehr geehrte Damen und Herren, ich widerspreche gemäß Art. 21 DSGVO der Verarbeitung meiner personenbezogenen Daten zu Werbezwecken.",
    "please delete my account and all the data you have about me. thanks",
    "Bonjour, je souhaite exercer mon droit de rectification : la date de naissance que vous avez enregistrée pour moi est fausse.",
    "Mein Anwalt rät mir, Auskunft zu verlangen: Bitte senden Sie mir eine Kopie meiner Daten. Sonst wende ich mich an die Datenschutzbehörde und das Gericht.",
    "Potrzebuję kopii moich danych (logi, wiadomości) jako dowodu w sądzie. Proszę o dostęp na podstawie art. 15 RODO.",
    "My father died in October. I ask for erasure of his account @old_sailor_42 and all his personal data under the GDPR.",
)
DOWN = (
    "Quelqu'un a publié ma photo sans mon accord sur https://petitbleu.example/z/1. Merci de supprimer cette publication.",
    "Someone reposted my video without permission at https://petitbleu.example/z/2. I want my video removed from that channel.",
    "Jemand hat mein Foto ohne Erlaubnis hochgeladen: https://petitbleu.example/z/3. Mein Bild soll gelöscht werden.",
    "Han publicado mi foto sin permiso en https://petitbleu.example/z/4, quiero que la eliminen, es ilegal.",
    "Hanno pubblicato una mia foto senza consenso: https://petitbleu.example/z/5, va rimossa.",
    "Mijn foto staat zonder toestemming op https://petitbleu.example/z/6, graag verwijderen.",
    "Ktoś opublikował moje zdjęcie bez zgody: https://petitbleu.example/z/7, proszę usunąć.",
    "My account was hacked and now @fake_me_88 sends scams in my name. Please block it.",
    "Mon compte Instagram a été piraté, et le pirate publie mes photos ici : https://petitbleu.example/z/8",
    "Someone published my home address and phone number without my permission at https://petitbleu.example/exposed_now/12. This is doxxing and it is illegal. Please remove it.",
    "Buongiorno, segnalo un post diffamatorio su di me: t.me/voci_di_piazza/61. È falso che io abbia rubato. Vi chiedo di toglierlo.",
    "Hola, @pisos_baratos_ok es una estafa: piden señal por pisos que no existen. He perdido 600 euros. Por favor, cierren ese canal.",
    "Bonjour, le compte @dr_lemercier_officiel usurpe mon identité et ma photo pour vendre des compléments alimentaires. Merci de le supprimer. Dr Lemercier",
    "El anuncio https://petitbleu.example/ofertas/12 vende patinetes eléctricos sin homologar que se incendian. Ya hubo una orden de retirada del fabricante. Pido que lo quiten.",
    "In de groep https://petitbleu.example/buurt/3 staat een vals politiebericht met het logo van de politie. Dat is misleiding, graag verwijderen.",
    "La chaîne @amendes_gouv_paiement se fait passer pour le tribunal de police et réclame de fausses amendes. C'est une escroquerie, merci de la fermer.",
    "Someone pretends to be a judge at https://petitbleu.example/judge_judy/2 and sells 'court orders' to people. Fraud! Please take it down.",
    "Kanał @policja_mandaty podszywa się pod policję i wyłudza dane. Zgłaszam oszustwo.",
    "Der Kanal https://petitbleu.example/amtsblatt_fake/1 verbreitet einen gefälschten Beschluss des Amtsgerichts, ich sei verurteilt worden. Das ist Verleumdung, bitte löschen.",
    "Mon affaire passe devant le tribunal correctionnel le 3 décembre et la victime publie le jugement et mon nom sur https://petitbleu.example/scandale/3. Atteinte à la vie privée, merci de retirer.",
    "Segnalo https://petitbleu.example/lotto_magico/3, una lotteria non autorizzata; la Guardia di Finanza indaga già. Rimuovete, è illegale.",
    "I dispute these allegations about me in https://petitbleu.example/q/1, they are false and defamatory.",
    "Je conteste les propos tenus sur moi ici : https://petitbleu.example/q/2, c'est de la diffamation.",
    "Ich beschwere mich über den Kanal @laute_nachbarn_22, er beleidigt uns.",
    "Presento una reclamación contra el canal @mentiras_hoy, difama a mi familia.",
    "Presento reclamo contro il gruppo @pettegole_7 che mi diffama, chiedo la rimozione.",
    "Ik maak bezwaar tegen de leugens over mij op https://petitbleu.example/q/6, dat is smaad.",
    "Składam skargę na kanał @oszczercy_3, bo mnie zniesławia.",
)
"""Of others, which should go."""
NOTHING = (
    "How can I export my chats to a new phone?",
    "Comment puis-je changer la langue de l'application ?",
    "Wie lange werden Nachrichten gespeichert?",
    "Is there a desktop version?",
    "My login code does not arrive, can you help?",
    "Hello, I got a new phone. How can I change my phone number in the app? Thanks, Greta",
    "Guten Tag, möchten Sie eine Anzeige in unserem Stadtmagazin schalten?",
    "Dear Sir, we are a law firm and would like to present our services in content moderation law, court orders and DSA compliance.",
    "Bonjour, combien de temps gardez-vous les messages ? Est-ce que la police peut les lire ?",
    "Ik ben mijn telefoon kwijt en de politie zegt dat ik u moet vragen mijn account te blokkeren. Hoe doe ik dat?",
)


def _sorted(text: str, box: str = "legal") -> Sorted:
    return sorted_letter(mail("Camille <c@home.example>", f"{box}@petitbleu.example", "!", text))


@pytest.mark.parametrize("text", BACK)
def test_who_wants_their_own_back_contests(text: str) -> None:
    assert (_sorted(text).kind, _sorted(text).urgent) == ("complaint_art20", "normal")


@pytest.mark.parametrize("text", DATA)
def test_who_asks_about_their_data_is_a_data_subject(text: str) -> None:
    assert (_sorted(text).kind, _sorted(text).urgent) == ("dsar", "normal")


@pytest.mark.parametrize("text", DOWN)
def test_who_wants_something_of_others_gone_gives_notice(text: str) -> None:
    found = _sorted(text, "notices")
    assert (found.kind, found.urgent) == ("art16_notice", "normal")


@pytest.mark.parametrize("text", NOTHING)
def test_who_asks_how_things_work_is_read_by_a_person(text: str) -> None:
    assert (_sorted(text).kind, _sorted(text).urgent) == ("unsorted", "normal")


def test_article_33_of_another_law_is_no_leak_of_data() -> None:
    text = (
        "Notification de contenu illicite. Contenu : https://petitbleu.example/ragots/11. Motifs :"
        " injure publique (article 33 de la loi du 29 juillet 1881)."
    )
    assert _sorted(text).kind == "art16_notice"
    text = (
        "En application de l'article 33 du RGPD, nous vous informons d'un incident sur vos données."
    )
    assert _sorted(text).kind == "personal_data_breach"


@pytest.mark.parametrize(
    ("headers", "footer"),
    [
        ({"Feedback-ID": "1.eu-west-1.abc:AmazonSES"}, ""),
        ({"Feedback-ID": "1.eu-west-1.abc:AmazonSES"}, "Unsubscribe from these notices here."),
        (
            {"List-Unsubscribe": "<https://agency.example/u>"},
            "Unsubscribe from these notices here.",
        ),
    ],
)
def test_a_notice_that_a_mailing_program_sent_is_a_notice(
    headers: dict[str, str], footer: str
) -> None:
    text = f"Infringing URL: https://petitbleu.example/cine/45. Copyright owner: Lumen Films.\n{footer}"
    sender = "Agency <notices@agency.example>"
    raw = mail(sender, "legal@petitbleu.example", "Takedown request", text, headers=headers)
    assert sorted_letter(raw).kind == "art16_notice"


def test_an_offer_that_follows_us_elsewhere_stays_bulk() -> None:
    text = "Nos offres spéciales ! Suivez-nous : @boutique_noel et t.me/boutique_noel/3. Se désabonner ici."
    listed = {"List-Unsubscribe": "<https://shop.example/u>"}
    found = sorted_letter(
        mail("Shop <s@shop.example>", subject="Nos offres", text=text, headers=listed)
    )
    assert (found.kind, found.urgent, found.language) == ("bulk_mail", "low", "fr")
