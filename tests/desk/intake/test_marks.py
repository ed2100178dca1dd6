"""What letters point at: our numbers as people retype them, links as pages break them, numbers of
accounts and numbers of papers, places that only a quotation names."""

from __future__ import annotations

import pytest

from petitbleu.desk.intake.classify import extraction
from tests.desk.intake.mails import mail
from tests.desk.intake.sorting import sorted_letter

HOSTS = ("petitbleu.example",)


@pytest.mark.parametrize(
    "written",
    [
        "PB-2026-000071",
        "pb-2026-000071",
        "PB 2026 000071",
        "PB–2026–000071",
        "PB_2026/000071",
        "PB2026-000071",
        "PB-2026-00071",
        "PB-2026-0000071",
        "PB-2026-OOOO71",
    ],
)
def test_our_number_is_known_as_people_retype_it(written: str) -> None:
    assert extraction.cases(f"Ihr Zeichen: {written}.") == [2_026_000_000_071]
    assert extraction.reference(f"Re: {written}", f"our ref.: {written}") == ""


@pytest.mark.parametrize(
    "text",
    ["PB-1994-000071", "APB-2026-000071", "PB 2026 12", "PB, 2026: 12345", "PB-2026-000071x"],
)
def test_what_only_resembles_our_number_is_none(text: str) -> None:
    assert extraction.cases(text) == []


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("ici : https://petitbleu.example/parfums/\n58 . Merci", "https://petitbleu.example/parfums/58"),
        ("https://petitbleu.example/prix-\ndoux_2/9, ainsi", "https://petitbleu.example/prix-doux_2/9"),
        ("t.me/canal_\nx9/41\n", "t.me/canal_x9/41"),
        ("https://petitbleu.example/c/\n1. Grund", "https://petitbleu.example/c/"),
        ("https://petitbleu.example/c/\n24.11.2026", "https://petitbleu.example/c/"),
        ("https://petitbleu.example/c/\n2026-11-24", "https://petitbleu.example/c/"),
        ("https://petitbleu.example/c/\nMerci", "https://petitbleu.example/c/"),
        ("https://petitbleu.example/c/7\n58 euros", "https://petitbleu.example/c/7"),
    ],
)  # fmt: skip
def test_a_link_that_a_page_broke_is_put_together(text: str, link: str) -> None:
    assert extraction.targets(text, HOSTS) == [link]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("user id 88231", ["88231"]),
        ("channel ID: -1001234567890", ["-1001234567890"]),
        ("ID 5512345678 on your service", ["5512345678"]),
        ("Report ID: 88231", []),
        ("Ticket-ID 9988776", []),
        ("Meldungs-ID: 202611240", []),
        ("ID de dossier, dossier id 123456", []),
        ("Case #id 4455667", []),
        ("segnalazione id: 123456", []),
    ],
)
def test_the_number_of_a_paper_is_no_account(text: str, found: list[str]) -> None:
    assert extraction.targets(text, HOSTS) == found


@pytest.mark.parametrize(
    "text",
    [
        "Inoltro il messaggio di mia moglie.\n\n> Foto intime nel canale @vendette_amare, qui:\n"
        "> https://petitbleu.example/vendette_amare/31",
        "Je confirme mon signalement.\n\nLe 24 nov. 2026 à 12:58, Silvia a écrit :\n"
        "@vendette_amare https://petitbleu.example/vendette_amare/31",
    ],
)
def test_a_place_that_only_the_quotation_names_is_the_target(text: str) -> None:
    found = sorted_letter(
        mail(to="notices@petitbleu.example", subject="Fwd: signalement", text=text)
    )
    assert sorted(found.targets) == [
        "@vendette_amare",
        "https://petitbleu.example/vendette_amare/31",
    ]


def test_what_the_text_itself_names_goes_before_the_quotation() -> None:
    text = "Now it is at @second_place.\n\n> It was at @first_place before."
    assert sorted_letter(mail(subject="Re: report", text=text)).targets == ["@second_place"]


def test_the_reference_of_a_letter_that_was_only_handed_on_is_found() -> None:
    text = (
        "FYI\n\n> Landgericht Burgstadt, Beschluss 27 O 411/26: Der Petitbleu SAS wird aufgegeben,"
        " den Beitrag\n> https://petitbleu.example/ruf/7 zu löschen."
    )
    found = sorted_letter(mail(to="legal@petitbleu.example", subject="WG: Post", text=text))
    assert (found.kind, found.reference) == ("dsa_art9_order", "27 O 411/26")
