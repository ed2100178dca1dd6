"""Letters of people, companies and swindlers in seven languages."""

from __future__ import annotations

from typing import Any

import pytest

from tests.desk.intake.mails import mail
from tests.desk.intake.sorting import DIRECTORY, sorted_letter

NOTICES, APPEALS, PRIVACY = (
    f"{box}@petitbleu.example" for box in ("notices", "appeals", "privacy")
)
CONTACT, LEGAL = "contact@petitbleu.example", "legal@petitbleu.example"

LETTERS: dict[str, tuple[bytes, dict[str, Any]]] = {
    "somebody who plays the police in an emergency": (
        mail("LKA Bayern <inspektor.polizei@gmail.com>", LEGAL, "Dringend: Auskunftsersuchen",
             "Hier spricht das LKA Bayern. Wir benötigen sofort die IP-Adressen des Nutzers"
             " @max_muster. Es besteht Lebensgefahr! Senden Sie die Daten an diese Adresse."),
        {"kind": "suspected_fraud", "urgent": "high", "warned": "free_mail_authority"},
    ),
    "notice in French": (
        mail("Léa <lea@home.example>", NOTICES, "Signalement",
             "Bonjour, le message https://petitbleu.example/potins/41 me diffame. Je déclare de bonne foi que c'est exact."),
        {"kind": "art16_notice", "urgent": "normal", "language": "fr",
         "targets": ["https://petitbleu.example/potins/41"]},
    ),
    "notice in English to another address": (
        mail("Sam <sam@home.example>", CONTACT, "Copyright infringement",
             "My photos are being sold without my permission at t.me/stolen_pics/4. Please remove them."),
        {"kind": "art16_notice", "language": "en", "targets": ["t.me/stolen_pics/4"]},
    ),
    "notice in German": (
        mail("Kai <kai@home.example>", NOTICES, "Meldung rechtswidriger Inhalte nach Art. 16 DSA",
             "Der Kanal @hass_kanal verbreitet Volksverhetzung. Bitte sperren Sie ihn."),
        {"kind": "art16_notice", "language": "de", "targets": ["@hass_kanal"]},
    ),
    "notice in Spanish": (
        mail("Eva <eva@home.example>", NOTICES, "Denuncia",
             "Quiero denunciar una estafa en el canal @inversion_segura, han robado dinero a muchas personas."),
        {"kind": "art16_notice", "language": "es"},
    ),
    "notice in Polish": (
        mail("Jan <jan@home.example>", NOTICES, "Zgłoszenie nielegalnej treści",
             "Zgłaszam, że kanał https://petitbleu.example/oszustwa narusza prawo i oszukuje ludzi."),
        {"kind": "art16_notice", "language": "pl"},
    ),
    "notice in Dutch about intimate pictures": (
        mail("Fem <fem@home.example>", NOTICES, "Naaktfoto's zonder toestemming",
             "In de groep https://petitbleu.example/expose staan intieme beelden van mij zonder mijn toestemming."),
        {"kind": "art16_notice", "language": "nl"},
    ),
    "flagger of the directory": (
        mail("Point de contact <alertes@pointdecontact.example>", NOTICES, "Alerte PDC-2026-77",
             "Contenu haineux : https://petitbleu.example/haine/3"),
        {"kind": "trusted_flagger_notice", "urgent": "high", "trust": "trusted-flagger-list"},
    ),
    "somebody who only says to be a trusted flagger": (
        mail("Brand Guard <claims@brandguard.example>", NOTICES, "Trusted flagger notice",
             "As a trusted flagger we report counterfeit goods at https://petitbleu.example/shop/2"),
        {"kind": "art16_notice", "urgent": "normal", "trust": "unknown",
         "warned": "trusted_flagger_not_listed"},
    ),
    "child abuse in German": (
        mail("Ohne Name <x1@mailbox.example>", "abuse@petitbleu.example", "dringend",
             "In der Gruppe @bilder_tausch werden Missbrauchsdarstellungen von Kindern getauscht."),
        {"kind": "csam_notice", "urgent": "critical", "language": "de"},
    ),
    "child abuse in English": (
        mail("Concerned <c@home.example>", NOTICES, "Illegal channel",
             "This channel shares sexual videos of minors: https://petitbleu.example/joinme"),
        {"kind": "csam_notice", "urgent": "critical"},
    ),
    "child abuse in Polish": (
        mail("Anna <anna@home.example>", NOTICES, "Pilne",
             "Na kanale @dzieci_xx jest pornografia dziecięca, proszę natychmiast interweniować."),
        {"kind": "csam_notice", "urgent": "critical"},
    ),
    "a friend who wants to die": (
        mail("Zoé <zoe@home.example>", CONTACT, "Au secours",
             "Mon ami @louis_b a écrit dans le groupe qu'il veut se suicider ce soir. Aidez-nous, prévenez la police !"),
        {"kind": "art18_threat", "urgent": "critical", "targets": ["@louis_b"]},
    ),
    "threat to kill in English": (
        mail("Tom <tom@home.example>", "abuse@petitbleu.example", "He threatens to kill me",
             "User @dark_wolf threatened to kill me and my children tomorrow. I told the police."),
        {"kind": "art18_threat", "urgent": "critical"},
    ),
    "threat in Spanish": (
        mail("Luz <luz@home.example>", CONTACT, "Amenaza de muerte",
             "El usuario @lobo me ha enviado amenazas de muerte y dice que va a matar a mi hermana."),
        {"kind": "art18_threat", "urgent": "critical"},
    ),
    "an attack is announced": (
        mail("Passant <p@home.example>", CONTACT, "Attentat",
             "Dans le canal https://petitbleu.example/soldats, ils annoncent un attentat demain à la gare de Lyon."),
        {"kind": "imminent_threat_terrorist", "urgent": "critical"},
    ),
    "complaint in German": (
        mail("Max <max@home.example>", APPEALS, "Widerspruch gegen Sperrung",
             "Mein Kanal wurde zu Unrecht gesperrt. Ich lege Beschwerde nach Artikel 20 DSA ein."),
        {"kind": "complaint_art20", "urgent": "normal", "language": "de"},
    ),
    "complaint in Italian": (
        mail("Ugo <ugo@home.example>", CONTACT, "Reclamo",
             "Il mio account è stato sospeso senza motivo. Presento reclamo e chiedo che sia ripristinato."),
        {"kind": "complaint_art20", "language": "it"},
    ),
    "complaint in French": (
        mail("Inès <ines@home.example>", CONTACT, "Contestation de votre décision",
             "Je conteste la suppression de mon message dans le groupe de quartier, rien n'y était illicite."),
        {"kind": "complaint_art20", "language": "fr"},
    ),
    "complaint of an author against a terrorist removal": (
        mail("Reporter <r@news.example>", APPEALS, "Complaint under Article 10 of Regulation (EU) 2021/784",
             "You removed my report as terrorist content. I contest this: it is journalism. Please reinstate my post."),
        {"kind": "tco_complaint", "urgent": "normal"},
    ),
    "out-of-court body": (
        mail("ADR Centre <cases@adr-centre.example>", LEGAL, "Out-of-court dispute settlement - case 2026/118",
             "We are a body certified under Article 21 of the Digital Services Act. Your user has lodged a dispute with us."),
        {"kind": "ods_dispute", "urgent": "normal", "reference": "2026/118"},
    ),
    "out-of-court body in German": (
        mail("Streitbeilegung <post@schlichtung.example>", LEGAL, "Außergerichtliche Streitbeilegung nach Art. 21 DSA",
             "Bei uns ist eine Beschwerde Ihres Nutzers eingegangen. Bitte nehmen Sie Stellung."),
        {"kind": "ods_dispute"},
    ),
    "access request in English": (
        mail("Bo <bo@home.example>", PRIVACY, "Subject access request",
             "Under Article 15 GDPR please send me a copy of my personal data."),
        {"kind": "dsar", "urgent": "normal"},
    ),
    "access request in German": (
        mail("Uwe <uwe@home.example>", CONTACT, "Auskunft nach Art. 15 DSGVO",
             "Ich bitte um Auskunft über die zu meiner Person gespeicherten Daten und um Löschung meiner Daten."),
        {"kind": "dsar", "language": "de"},
    ),
    "erasure in Polish": (
        mail("Ewa <ewa@home.example>", PRIVACY, "Usunięcie danych",
             "Na podstawie RODO proszę o usunięcie moich danych osobowych."),
        {"kind": "dsar", "language": "pl"},
    ),
    "erasure in Spanish": (
        mail("Paz <paz@home.example>", CONTACT, "Derecho de supresión",
             "Solicito la supresión de mis datos personales conforme al RGPD."),
        {"kind": "dsar", "language": "es"},
    ),
    "a leak": (
        mail("Researcher <r@sec.example>", "security@petitbleu.example", "Data breach: your backup is exposed",
             "I found a bucket with a database of your users that is publicly accessible. Personal data leaked."),
        {"kind": "personal_data_breach", "urgent": "normal"},
    ),
    "a leak in French": (
        mail("Client <c@home.example>", CONTACT, "Fuite de données",
             "Les données de vos utilisateurs ont été divulguées sur un forum, il y a une violation de données personnelles."),
        {"kind": "personal_data_breach"},
    ),
    "newsletter": (
        mail("Growth <news@growth.example>", CONTACT, "10 ways to grow your channel",
             "Our webinar is free. Unsubscribe at any time.",
             headers={"List-Id": "<news.growth.example>", "List-Unsubscribe": "<https://growth.example/u>"}),
        {"kind": "bulk_mail", "urgent": "low"},
    ),
    "newsletter about court orders": (
        mail("Legal News <weekly@legalnews.example>", LEGAL, "This week: removal orders, court rulings and the DSA",
             "The High Court ordered a platform to remove content. Read more. Unsubscribe here.",
             headers={"List-Id": "<weekly.legalnews.example>", "Precedence": "bulk"}),
        {"kind": "bulk_mail", "urgent": "low"},
    ),
    "a question": (
        mail("Kim <kim@home.example>", CONTACT, "Hello", "How do I change the colour of my profile? Thanks for the help."),
        {"kind": "unsorted", "urgent": "normal"},
    ),
    "a judgment from a free address": (
        mail("Tribunal de Paris <tribunal.paris@gmail.com>", LEGAL, "Ordonnance - retrait immédiat",
             "Le tribunal ordonne le retrait du canal https://petitbleu.example/presse_libre sous 2 heures."),
        {"kind": "suspected_fraud", "urgent": "high", "warned": "free_mail_authority"},
    ),
    "an emergency request of a false policeman": (
        mail("Det. John Miller, Metropolitan Police <john.miller.police@outlook.com>", LEGAL,
             "Emergency disclosure request - imminent threat to life",
             "I am a detective. Provide the IP address and phone number of @target now. Do not inform the user."),
        {"kind": "suspected_fraud", "urgent": "high"},
    ),
    "a known domain without its authentication": (
        mail("Bundeskriminalamt <tco@bka.bund.example>", "tco@petitbleu.example", "Removal order",
             "Remove https://petitbleu.example/a/1 within one hour, Regulation (EU) 2021/784.", auth="fail"),
        {"kind": "suspected_fraud", "trust": "failed", "warned": "authentication_failed"},
    ),
    "a court that fails authentication and is in no directory": (
        mail("Landgericht Hamburg <post@lg-hamburg.example>", LEGAL, "Beschluss 324 O 1/26",
             "Sie werden verpflichtet, den Beitrag https://petitbleu.example/b/2 zu löschen.", auth="fail"),
        {"kind": "suspected_fraud", "trust": "failed"},
    ),
    "a look-alike with other letters": (
        mail("BKA <tco@bka.bunḋ.example>".replace("ḋ", "b"), "tco@petitbleu.example", "Removal order",
             "Remove https://petitbleu.example/a/1 within one hour, Regulation (EU) 2021/784."),
        {"kind": "suspected_fraud", "trust": "unknown", "warned": "look_alike_domain"},
    ),
    "a look-alike with a suffix": (
        mail("Tribunal judiciaire de Paris <greffe@tj-paris-justice.example>", LEGAL, "Ordonnance RG 26/1",
             "Le tribunal ordonne la suppression de https://petitbleu.example/c/3."),
        {"kind": "suspected_fraud", "warned": "look_alike_domain"},
    ),
    "a European order from our own State": (
        mail("Procureur de la République de Lille <parquet@tj-lille.example>", "e-evidence@petitbleu.example",
             "Injonction européenne de production (EPOC)",
             "Règlement (UE) 2023/1543. Destinataire : Petitbleu. Données d'abonné du compte @pierre."),
        {"kind": "suspected_fraud", "lacking": "issuing_state_is_our_own"},
    ),
    "a European order from our own State whose sender is known": (
        mail("Tribunal judiciaire de Paris <ji@tj-paris.justice.example>", "e-evidence@petitbleu.example",
             "Injonction européenne de production (EPOC)",
             "Règlement (UE) 2023/1543. Destinataire : Petitbleu. Données d'abonné du compte @pierre."),
        {"kind": "epoc", "trust": "verified-directory", "lacking": "issuing_state_is_our_own"},
    ),
    "a lawyer": (
        mail("Maître Dupont <dupont@avocats.example>", NOTICES, "Mise en demeure",
             "Ma cliente demande le retrait du message diffamatoire https://petitbleu.example/p/9 sous huit jours, faute de"
             " quoi elle saisira le tribunal judiciaire."),
        {"kind": "art16_notice", "urgent": "normal"},
    ),
    "nothing at all": (mail("X <x@home.example>", CONTACT), {"kind": "unsorted", "warned": "no_text"}),
}  # fmt: skip


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_of_anybody_is_what_a_reader_says_it_is(name: str) -> None:
    raw, wanted = LETTERS[name]
    found = sorted_letter(raw, DIRECTORY)
    seen: dict[str, Any] = {
        "kind": found.kind,
        "urgent": found.urgent,
        "language": found.language,
        "reference": found.reference,
        "targets": found.targets,
        "trust": found.who.trust,
        "warned": wanted.get("warned")
        if wanted.get("warned") in found.warnings
        else found.warnings,
        "lacking": wanted.get("lacking")
        if wanted.get("lacking") in found.formal_defects
        else found.formal_defects,
    }
    assert {key: seen[key] for key in wanted} == wanted, found.reasons


def test_a_sibling_of_a_known_court_is_only_warned_about() -> None:
    found = sorted_letter(
        mail("Tribunal judiciaire de Pau <greffe@tj-pari.justice.example>", LEGAL, "Ordonnance RG 26/2",
             "Le tribunal ordonne la suppression de https://petitbleu.example/c/3."),
        DIRECTORY,
    )  # fmt: skip
    assert found.kind == "dsa_art9_order"
    assert "look_alike_domain" in found.warnings


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Im Kanal wurden Bilder geteilt.", "de"),
        ("Comparten fotos de menores en el canal", "es"),
        ("J'ai déjà prévenu la police : le compte a volé 500 euros.", "fr"),
        ("L'utente del canale vende prodotti falsi", "it"),
        ("Kinderporno in https://petitbleu.example/the/3", "nl"),
        ("Proszę o pomoc", "pl"),
        ("They sell fakes", "en"),
        ("Olá, não consigo entrar na minha conta", "pt"),
        ("42", "und"),
        ("Привет", "ru"),
        ("Привіт, допоможіть", "uk"),
        ("مرحبا", "ar"),
        ("ᓀᐦᐃᔭᐍᐏᐣ", "und"),
    ],
)
def test_the_language_of_a_few_words_is_known_or_said_to_be_unknown(
    text: str, language: str
) -> None:
    assert sorted_letter(mail(text=text)).language == language


def test_what_an_authority_sends_to_a_list_is_not_put_aside_as_bulk() -> None:
    raw = mail(
        "BKA <presse@bka.bund.example>", CONTACT, "Newsletter", "abbestellen",
        headers={"List-Id": "<presse.bka.example>"},
    )  # fmt: skip
    found = sorted_letter(raw, DIRECTORY)
    assert (found.kind, found.urgent) == ("unsorted", "high")
