"""Letters that have the words of an order and are none, and orders that look like something else."""

from __future__ import annotations

import pytest

from petitbleu.desk.intake.classify import extraction, facts, language, trust
from petitbleu.desk.intake.classify.facts import Listed
from tests.desk.intake.mails import mail
from tests.desk.intake.sorting import sorted_letter

LEGAL = "legal@petitbleu.example"
EPOC = """ANHANG I - EPOC - Verordnung (EU) 2023/1543
ABSCHNITT A: Anordnungsstaat: Deutschland. Amtsgericht Bamberg, 1 Gs 4412/26
ABSCHNITT B: Adressat: Petitbleu SAS
ABSCHNITT C: Fristen
 {ten} spätestens innerhalb von 10 Tagen nach Erhalt des EPOC
 {eight} in Notfällen unverzüglich,
   spätestens innerhalb von 8 Stunden
ABSCHNITT E: Nutzer: @kryptohandel24
ABSCHNITT F: [X] Teilnehmerdaten [ ] Verkehrsdaten
"""


@pytest.mark.parametrize(
    "ten, eight, kind",
    [
        ("[X]", "[ ]", "epoc"),
        ("☒", "☐", "epoc"),
        ("\uf0fe", "\uf0a8", "epoc"),
        ("[ ]", "[x]", "epoc_emergency"),
        ("☐", "☑", "epoc_emergency"),
    ],
)
def test_of_a_form_only_what_is_ticked_is_read(ten: str, eight: str, kind: str) -> None:
    found = sorted_letter(
        mail("Amtsgericht Bamberg <post@bamberg.justiz.example>", LEGAL, "EPOC 1 Gs 4412/26",
             EPOC.format(ten=ten, eight=eight))
    )  # fmt: skip
    assert found.kind == kind and found.targets == ["@kryptohandel24"]


def test_a_form_without_any_tick_is_read_whole() -> None:
    text = "[ ] remove\n[ ] disable\nhttps://petitbleu.example/a/1"
    assert facts.chosen(text) == text
    ticked = facts.chosen(text.replace("[ ] remove", "[x] remove"))
    assert "disable" not in ticked and "remove" in ticked and len(ticked) == len(text)


THREATS = {
    "fr": "je vous mets en demeure de retirer sous 48 heures les propos diffamatoires de"
    " https://petitbleu.example/a/1, faute de quoi ma cliente saisira le tribunal judiciaire de Lyon"
    " aux fins d'obtenir une ordonnance.",
    "de": "wir fordern Sie auf, die rechtswidrigen Angebote unter https://petitbleu.example/a/1 zu löschen."
    " Andernfalls werden wir eine einstweilige Verfügung beim Landgericht Hamburg beantragen.",
    "en": "please remove the infringing post https://petitbleu.example/a/1. Failing that, our client will"
    " apply to the High Court for an injunction.",
    "nl": "wij sommeren u het onrechtmatige bericht https://petitbleu.example/a/1 te verwijderen. Bij gebreke"
    " daarvan vragen wij de rechtbank een bevel.",
}


@pytest.mark.parametrize("language", THREATS)
def test_a_lawyer_who_would_ask_a_court_otherwise_gives_notice(language: str) -> None:
    found = sorted_letter(mail("Cabinet <me@law-firm.example>", LEGAL, "", THREATS[language]))
    assert (found.kind, found.urgent) == ("art16_notice", "normal")


def test_a_lawyer_who_hands_an_order_over_brings_an_order() -> None:
    text = (
        "je vous somme d'exécuter l'ordonnance du tribunal judiciaire de Lyon qui ordonne le retrait de"
        " https://petitbleu.example/a/1, faute de quoi l'astreinte sera liquidée."
    )
    found = sorted_letter(mail("Cabinet <me@law-firm.example>", LEGAL, "", text))
    assert found.kind == "dsa_art9_order"


def test_somebody_who_asks_about_orders_sends_none() -> None:
    text = (
        "Ich recherchiere zu Entfernungsanordnungen nach der Verordnung (EU) 2021/784. Wie viele"
        " Anordnungen des BKA haben Sie erhalten und wie viele Inhalte wurden gelöscht?"
    )
    found = sorted_letter(mail("Reporter <r@zeitung.example>", LEGAL, "Presseanfrage", text))
    assert found.kind == "unsorted"


@pytest.mark.parametrize("before", [True, False])
def test_an_order_behind_a_very_long_text_or_paper_is_found_and_the_rest_is_said(
    before: bool,
) -> None:
    order = (
        "Das Amtsgericht Bamberg hat beschlossen: Der Beitrag https://petitbleu.example/ruf/7 ist binnen"
        " 3 Tagen zu löschen (Art. 9 DSA)."
    )
    long = "Anlage: eine Zeile ohne Bedeutung.\n" * 4000
    text, paper = (f"{long}\n{order}", "") if before else (order, long)
    attached = [("a.txt", "text/plain", paper.encode())] if paper else []
    raw = mail("AG Bamberg <poststelle@bamberg.justiz.example>", LEGAL, "", text, attached=attached)
    found = sorted_letter(raw)
    assert (found.kind, found.targets) == ("dsa_art9_order", ["https://petitbleu.example/ruf/7"])
    assert "not_sorted_in_full" in found.warnings


def test_parts_share_what_is_looked_at() -> None:
    assert facts.shares(["ab", "", "cdef"], 9) == ["ab", "cdef"]
    first, second, third = facts.shares(["s", "a" * 50 + "b" * 50, "c" * 20], 60)
    assert (first, third) == ("s", "c" * 20)
    assert len(second) == 39 and second.startswith("a") and second.endswith("b")


@pytest.mark.parametrize(
    "domain, known, alike",
    [
        ("arcom.example", "om.example", False),
        ("ov.example", "om.example", False),
        ("lka.de", "bka.de", False),
        ("bka.com", "bka.de", True),
        ("politie-nl.com", "politie.nl", True),
        ("arcorn.fr", "arcom.fr", True),
        ("policía.example", "policia.example", True),
        ("tj-lyon-justice.example", "tj-lyon.justice.example", True),
        ("tj-1yon.justice.example", "tj-lyon.justice.example", True),
        ("arcom-support.fr", "arcom.fr", True),
        ("legal-desk-arcom.fr", "arcom.fr", True),
        ("polizei-nrw.example", "polizei.example", False),
        ("garda-cork.example", "garda.example", False),
    ],
)
def test_what_looks_like_a_domain_of_the_directory(domain: str, known: str, alike: bool) -> None:
    found, _ = trust.look_alike(domain, (Listed("An authority", "FR", known, False),))
    assert bool(found) is alike


@pytest.mark.parametrize(
    "written",
    [
        "hxxps://petitbleu[.]example/ruf/7",
        "https[:]//petitbleu[.]example/ruf/7",
        "petitbleu[dot]example/ruf/7",
        "t(.)me/ruf_des/7",
        "h**ps://petitbleu.example/ruf/7",
    ],
)
def test_a_link_made_harmless_is_a_target(written: str) -> None:
    assert extraction.targets(f"see {written}, now.", ("petitbleu.example",)) == [written]


def test_an_order_in_an_answer_has_its_own_reference() -> None:
    text = (
        "Beschluss 5 C 78/26: Es wird angeordnet, den Beitrag https://petitbleu.example/neu/2 binnen"
        " 3 Tagen zu löschen (Art. 9 DSA).\n\nAm 20.11.2026 um 09:00 schrieb AG Bamberg:\n"
        "> Beschluss 5 C 77/26: den Beitrag https://petitbleu.example/alt/1 zu löschen."
    )
    court = "AG Bamberg <poststelle@bamberg.justiz.example>"
    found = sorted_letter(mail(court, LEGAL, "AW: Beschluss 5 C 77/26", text))
    assert (found.reference, found.targets) == ("5 C 78/26", ["https://petitbleu.example/neu/2"])
    found = sorted_letter(
        mail(court, LEGAL, "AW: Beschluss 5 C 77/26", "Bitte um Sachstand zu 9 C 1/26.")
    )
    assert found.reference == "5 C 77/26"


def test_a_prosecutor_who_asks_for_data_needs_no_word_for_order() -> None:
    text = (
        "Frist: 24 Stunden\nBestandsdaten zu Nutzer @billig_pillen nach § 100j StPO werden erbeten."
        " Die Auskunft ist zu erteilen an: ermittlung@sta-hh.example\nStaatsanwaltschaft Hamburg"
    )
    found = sorted_letter(mail("StA Hamburg <x@sta-hh.example>", LEGAL, "Auskunftsersuchen", text))
    assert (found.kind, found.urgent) == ("dsa_art10_order", "high")


@pytest.mark.parametrize(
    "text, spoken",
    [
        ("ktos podszywa sie pode mnie na koncie @kasia prosze usunac", "pl"),
        ("bonjour vous avez deja supprime ce canal? reglement", "fr"),
        ("requisition a personne 60-1 CPP", "und"),
    ],
)
def test_a_language_is_known_without_its_accents(text: str, spoken: str) -> None:
    assert language.detect_language(text) == spoken


@pytest.mark.parametrize(
    "name, text",
    [
        ("Direction générale, Société Dupont", "Merci de nous adresser votre facture."),
        ("Dirección General, Muebles López", "Adjuntamos el presupuesto solicitado."),
        ("Laboratoire de recherche LIX", "Nous cherchons des chiffres sur les canaux publics."),
        ("Example Domain Registrar", "Your domain expires soon, please renew it."),
        ("First Hall Events", "Book our hall for your staff party."),
        ("Politico newsroom", "How many users do you have?"),
    ],
)
def test_a_company_s_board_or_a_registrar_is_no_authority(name: str, text: str) -> None:
    found = sorted_letter(mail(f"{name} <info@company.example>", LEGAL, "Question", text))
    assert (found.kind, found.urgent) == ("unsorted", "normal")


def test_dutch_police_are_dutch() -> None:
    text = "Hierbij vorder ik de gebruikersgegevens van @fatbike_deals te verstrekken."
    found = sorted_letter(mail("Politie Team Cybercrime <c@pol.example>", LEGAL, "Vordering", text))
    assert (found.kind, found.issuing_state) == ("dsa_art10_order", "NL")
