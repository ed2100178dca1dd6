"""Life in danger and abused children, as people write of them in a hurry: what wakes somebody up,
and what sounds alike and must not."""

from __future__ import annotations

import pytest

from petitbleu.desk.intake.classify.sorting import Sorted
from petitbleu.desk.intake.danger import reading
from tests.desk.intake.mails import mail
from tests.desk.intake.sorting import sorted_letter

LIVES = (
    "mon frère vient d'écrire qu'il va se jeter du pont ce soir",
    "elle a écrit qu'elle veut mourir et a avalé des comprimés",
    "Je vais vous égorger, vous et votre famille",
    "il a publié mon adresse et appelle à me tuer",
    "on menace de brûler vif mon cousin s'il ne paie pas",
    "I will come and stab every one of you",
    "a girl in the group says goodbye and that she has taken pills, please send help",
    "someone is being held hostage, they will cut her fingers",
    "There is a post saying a bomb will go off at Victoria station",
    "this guy posts pictures of my house and says my kids are next",
    "Er schreibt, dass er sich heute vor den Zug wirft",
    "Ich bring euch alle um, ihr Schweine",
    "Jemand kündigt an, morgen mit einem Messer in die Schule zu kommen",
    "os voy a matar a todos, sé dónde trabajáis",
    "dice que va a entrar en el colegio con una escopeta",
    "il mio ex mi scrive che mi ammazza appena esco",
    "dicono che metteranno una bomba a scuola",
    "mijn ex stuurt dat hij me doodt als ik de deur open doe",
    "ze willen mijn huis in de fik steken vannacht",
    "napisał że skoczy z mostu dziś w nocy",
    "ktoś grozi że wysadzi szkołę",
    "Un uomo nel gruppo @borgo_nuovo annuncia che domani entrerà armato in municipio e sparerà al sindaco.",
    "Ein Schüler schreibt, er werde am Montag bewaffnet in unser Gymnasium kommen und auf die Mitschüler schießen.",
    "Un lycéen annonce qu'il viendra armé au lycée et tirera sur ses camarades.",
    "Un alumno anuncia que mañana irá armado al instituto y disparará a sus compañeros.",
    "Een leerling heeft aangekondigd dat hij morgen gewapend naar school komt en op zijn klasgenoten gaat schieten.",
    "Uczeń zapowiada, że jutro przyjdzie uzbrojony do szkoły i będzie strzelał do kolegów.",
    "A pupil announces he will come to school armed tomorrow and open fire on his classmates.",
    "Er kündigt an, den Bürgermeister heute Abend zu erschießen.",
    "Il jure qu'il va assassiner la maire demain.",
    "Someone vows to gun down the judge tomorrow morning outside her house",
    "Mi ex dice que hoy va a asesinar a mis hijos",
    "Ktoś pisze że dziś zamorduje swoją żonę i dzieci",
    "Hij zegt dat hij vanavond zijn ex gaat vermoorden",
    "Il mio vicino scrive che stasera ucciderà la moglie",
    "Bonjour, un élève de seconde dit sur @lycee_clash qu'il viendra lundi avec un couteau pour planter la prof d'anglais. Il donne même l'heure. J'ai peur pour elle.",
    "Guten Tag, in @nachbarn_sued kündigt einer an, heute Nacht das Flüchtlingsheim in der Lindenstraße anzuzünden, während die Leute schlafen. Das meint der ernst.",
    "Beste mensen, iemand schrijft in @stad_praat dat hij morgen met een mes naar het station gaat en daar mensen gaat neersteken. Ik heb de politie al gebeld.",
    "Dzień dobry, na kanale @miasto_mowi jakiś mężczyzna pisze, że jutro zastrzeli burmistrza podczas festynu i pokazuje broń. Boję się, że mówi poważnie.",
    "Buenas tardes, un usuario de @insti_norte amenaza con poner una bomba en el instituto mañana por la mañana. Mis hijos estudian allí.",
    "Somebody just posted here https://petitbleu.example/edgelords/88 a photo of a rifle with the words 'see you all at the mall this afternoon, none of you will walk out alive'. I think he is going to shoot people.",
    "Sehr geehrte Damen und Herren, in der Gruppe @klasse10b hat ein Schüler einen Amoklauf an unserer Realschule für Montag angekündigt. Schulleitung, K. Ohm",
    "Mein Bruder schreibt in der Gruppe, dass er heute Nacht vom Dach springt. Bitte finden Sie ihn!",
    "Une fillette a été enlevée, le ravisseur envoie des photos d'elle sur @rançon_77 et menace de la tuer.",
    "there's a guy in @mountain_militia posting how he will blow up the substation and the hospital on saturday",
    "Mio marito ha scritto su @calcetto_giovedì che quando torna a casa mi spacca la testa. Ho paura per me e i bambini.",
    "En el grupo dicen que esta noche van a quemar la casa de los vecinos gitanos con ellos dentro.",
    "He said he will throw acid in my face when I leave work today. Post: https://petitbleu.example/exes/9",
    "Mijn vriendin heeft net een afscheidsbrief geplaatst en reageert niet meer, ze gaat iets doms doen.",
    "Ma sœur a publié un message d'adieu, j'ai peur qu'elle fasse une bêtise.",
    "My brother posted a goodbye video and I think he will do something to himself",
    "Meine Freundin schreibt eine Abschiedsnachricht und will sich etwas antun",
    "Mi hijo ha dejado una nota de despedida, temo que vaya a hacer una locura",
    "Mia cugina ha pubblicato un messaggio d'addio, ho paura che si faccia del male",
    "Kolega napisał pożegnalny post, boję się że zrobi sobie krzywdę",
)
CHILDREN = (
    "un homme demande des photos nues à ma fille de 12 ans dans @jeux_enfants",
    "a man asks my 11 year old son for nudes",
    "they trade nudes of 14 year olds",
    "hier werden Nacktbilder von 13-jährigen Mädchen getauscht",
    "un tipo acosa a niñas y les pide fotos desnudas",
    "un uomo chiede foto nude a mia figlia di 13 anni",
    "een man vraagt mijn dochter van 11 om naaktfoto's",
    "udostępniają nagie zdjęcia dzieci i filmy z nieletnimi",
    "accessible aux mineurs : des photos d'enfants nus ici https://petitbleu.example/y/1",
    "pornography with children, and accessible to minors, https://petitbleu.example/y/2",
    "Kinderpornos, frei zugänglich für Kinder: https://petitbleu.example/y/3",
    "Bonjour, https://petitbleu.example/privé_vip/5 vend des vidéos à caractère sexuel mettant en scène des mineurs de moins de 12 ans.",
    "A grown man, @coach_dave_77, is asking 12 and 13 year old girls in the swim club chat to send him nude photos. I'm a parent.",
)
NEITHER = (
    "This price is killing me, please reinstate my account today",
    "Je meurs de rire devant vos règles, rendez-moi mon compte",
    "Ma fille de 12 ans ne peut plus se connecter à son compte",
    "Il vend des couteaux de cuisine contrefaits",
    "I'll shoot you an email with the evidence of copyright infringement",
    "the channel jumps from scam to scam, they burn investors",
    "My account was taken hostage by a hacker who asks a ransom",
    "Der Kanal verkauft gefälschte Tabletten, die er aus China genommen hat",
    "vi segnalo che il canale mi ha rubato le foto",
    "han secuestrado mi cuenta y piden dinero",
    "zabijają mój biznes fałszywymi opiniami",
    "Une photo de mon fils à l'école est publiée sans mon accord sur @ecole_infos",
    "Je signale un contenu : notre film « Ils vont tous mourir ce soir » est diffusé sans autorisation sur https://petitbleu.example/x/1, contrefaçon.",
    "Copyright: my novel “I Will Kill You Tomorrow” is shared as a PDF at https://petitbleu.example/x/2",
    "Unser Hörbuch „Der Anschlag von morgen“ wird als Raubkopie verteilt: https://petitbleu.example/x/3, bitte löschen, Urheberrecht.",
    "Este canal https://petitbleu.example/x/4 enseña pornografía de adultos accesible a menores sin verificación de edad.",
    "Le canal https://petitbleu.example/x/5 diffuse du porno accessible aux mineurs, sans vérification de l'âge.",
    "https://petitbleu.example/x/6 shows pornography to anyone, there is no age check and it is accessible to children.",
    "Unter https://petitbleu.example/x/7 sind Pornos frei zugänglich für Kinder, ohne Alterskontrolle. Das verstößt gegen den Jugendschutz.",
    "Op https://petitbleu.example/x/8 staat porno die zichtbaar is voor minderjarigen, zonder leeftijdscontrole.",
    "Kanał https://petitbleu.example/x/9 pokazuje pornografię dostępną dla dzieci bez weryfikacji wieku.",
    "Questo canale https://petitbleu.example/x/10 vende armi giocattolo pericolose a scuola",
    "The channel https://petitbleu.example/x/11 sells fake tickets, says it will come to our town and people lose money",
    "Ce canal publie des appels à boycotter les magasins, https://petitbleu.example/x/12, je le signale",
    "Der Verkäufer https://petitbleu.example/x/13 kommt nicht und liefert nicht, Betrug an vielen Personen",
    "Iemand verkoopt mijn foto's op https://petitbleu.example/x/14 en zegt dat het van hem is",
    "Ktoś sprzedaje podrobione buty osobom z mojej klasy, https://petitbleu.example/x/15",
    "Alguien publica mentiras sobre la alcaldesa y anuncia un producto falso: https://petitbleu.example/x/16",
    "He says I'm a murderer, which is a lie: https://petitbleu.example/x/17 . Defamation.",
    "Il raconte que j'ai tué des animaux, c'est faux : https://petitbleu.example/x/18",
    "Si vende un video de caza en https://petitbleu.example/x/20 donde matan jabalíes, ilegal",
    "Guten Tag, mein Kriminalroman „Mord am Fluss – Er wird dich töten“ wird ohne Erlaubnis als PDF verteilt: https://petitbleu.example/ebooks_frei/3. Ich bin die Autorin und bitte um Entfernung.",
    "Our game 'Bomb Squad: Terror Attack Tonight' is being distributed cracked at https://petitbleu.example/warez_den/71. This infringes our copyright. Please take it down.",
    "Geachte redactie, mijn broer is drie jaar geleden vermoord. Op https://petitbleu.example/roddels/6 wordt hij bespot en een dief genoemd. Dat is smaad. Wilt u het bericht verwijderen?",
    "Hola, en https://petitbleu.example/toros_no/14 hay un vídeo en el que matan a un perro a palos. Es maltrato animal y es delito. Pido que se retire.",
    "Segnalo che il canale https://petitbleu.example/hot_24/3 mostra pornografia tra adulti senza verifica dell'età, accessibile anche ai minori. Chiedo la rimozione.",
    "Hi, a photo of my son (he is 9) at the school play was published without my consent at https://petitbleu.example/school_news/9. Please remove it.",
    "Le chargeur vendu sur https://petitbleu.example/hightech_promo/3 a fait l'objet d'un rappel (RappelConso 2026-11-0042) : risque d'incendie et de choc électrique mortel. Retirez l'annonce s'il vous plaît.",
    "Der Kindersitz unter https://petitbleu.example/baby_markt/6 hat keine CE-Kennzeichnung und ist lebensgefährlich. Bitte entfernen Sie das Angebot.",
    "Onze dochter (14) wordt op https://petitbleu.example/klas3b/5 gepest en uitgescholden. Kunt u de berichten verwijderen?",
    "Il mio ex fidanzato ha caricato un mio video intimo su https://petitbleu.example/ex_vendetta/2. Ho 24 anni. Rimuovetelo per favore.",
    "Notre chaîne publie un message d'au revoir, merci de restaurer mon compte",
    "The farewell video of my band was copied without permission",
    "My bath bomb photos were posted without permission at https://petitbleu.example/p/1",
    "Photos of my wedding shoot were posted without my consent, please remove https://petitbleu.example/p/2",
    "Vende una bomba de calor falsa con mi marca y dice que es original: https://petitbleu.example/p/3",
    "Sklep sprzedaje podrobione bombki z moim logo, jutro kończy wyprzedaż: https://petitbleu.example/p/4, proszę usunąć",
    "Questa ricetta è mia, dice che è una bomba di gusto: https://petitbleu.example/p/5, copiata senza consenso",
    "He kills the vibe and says my songs are his, copyright: https://petitbleu.example/p/6",
    "Il tue le suspense de mon roman en publiant la fin : https://petitbleu.example/p/7, contrefaçon",
    "Sie schießen auf Instagram Fotos meines Ladens und posten sie heute hier: https://petitbleu.example/p/8, Urheberrecht",
    "Hij zegt dat mijn winkel een bom aan schulden heeft, smaad: https://petitbleu.example/p/9",
    "El vídeo muestra cómo matar cucarachas con un producto ilegal, dice que es seguro: https://petitbleu.example/p/10",
    "Er verkauft Rattengift, das Ratten tötet, ohne Zulassung: https://petitbleu.example/p/11, Meldung",
    "Mon ex publie que je l'ai trompé et promet de tout dire demain à ma famille : https://petitbleu.example/p/12, atteinte à la vie privée",
    "Someone posted that I will be fired tomorrow, this is defamation https://petitbleu.example/p/13",
)


def _sorted(text: str) -> Sorted:
    return sorted_letter(mail("A <a@home-mail.example>", "notices@petitbleu.example", "!", text))


def _kind(text: str) -> str:
    return _sorted(text).kind


@pytest.mark.parametrize("text", LIVES)
def test_a_life_in_danger_is_heard_in_plain_words(text: str) -> None:
    """As danger, or as what somebody looks at within 15 minutes and is danger afterwards."""
    found = _sorted(text)
    assert found.danger and found.urgent in ("critical", "high")
    assert found.kind in ("art18_threat", "imminent_threat_terrorist", "possible_danger")


def test_what_is_said_in_plain_words_wakes_somebody_at_once() -> None:
    """The rules would take all of it for danger, and 65 of 1,000 harmless texts with it. What the
    first model takes for harmless is read by the second; where that is sure of it, somebody looks
    first."""
    heard = 0
    try:
        for text in LIVES:
            reading.use_encoder()  # with all its time, however busy the machine is
            heard += _sorted(text).urgent == "critical"
    finally:
        reading.use_encoder(False)
    assert heard * 100 >= len(LIVES) * 95


@pytest.mark.parametrize("text", CHILDREN)
def test_a_child_and_nakedness_named_together_are_child_abuse(text: str) -> None:
    assert _kind(text) == "csam_notice"


@pytest.mark.parametrize("text", NEITHER)
def test_what_only_sounds_like_danger_wakes_nobody(text: str) -> None:
    assert _kind(text) not in ("art18_threat", "imminent_threat_terrorist", "csam_notice")


def test_who_speaks_of_the_law_on_terror_tells_of_no_attack() -> None:
    text = (
        "Today's topics:\n1. Has anybody received a removal order under 2021/784?\n2. Court orders"
        " and private groups\n\nMessage 1: we got a removal order last week, one hour is hard."
    )
    listed = {"List-Id": "<talk.lists.example>", "Precedence": "list"}
    found = sorted_letter(
        mail("List <talk@lists.example>", subject="Digest", text=text, headers=listed)
    )
    assert found.urgent == "low"


def test_an_order_to_act_at_once_about_threats_stays_an_order() -> None:
    found = sorted_letter(
        mail(
            "Tribunal judiciaire de Paris <greffe@tj-paris.justice.example>",
            "legal@petitbleu.example",
            "Ordonnance RG 26/555",
            "Le tribunal judiciaire de Paris ordonne le retrait immédiat du message"
            " https://petitbleu.example/haine/3, en application de l'article 6-3 de la loi 2004-575,"
            " au motif qu'il contient des menaces de mort. Recours : cour d'appel de Paris.",
        )
    )
    assert found.kind == "dsa_art9_order"


@pytest.mark.parametrize(
    "text",
    [
        "Top stories: man threatens to kill the mayor tomorrow; teacher held over child pornography. Unsubscribe here.",
        "Anschlag in der Hauptstadt heute verhindert. Newsletter abbestellen.",
    ],
)
def test_news_for_many_is_no_danger_but_a_place_of_ours_in_it_is_one(text: str) -> None:
    def urgent(said: str) -> str:
        listed = {"List-Id": "<news.lists.example>", "List-Unsubscribe": "<https://news.example/u>"}
        sender = "News <news@news.example>"
        return sorted_letter(mail(sender, subject="Today", text=said, headers=listed)).urgent

    assert urgent(text) == "low"
    assert urgent(f"{text} https://petitbleu.example/x/1") == "critical"
