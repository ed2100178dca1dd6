"""Personal data is seen before a statement may leave; ordinary legal prose passes."""

from __future__ import annotations

import pytest

from petitbleu.desk.adjudication.eu_database import personal


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Écrit par jean.dupont@mairie.example hier.", "email"),
        ("Joignable au 06 12 34 56 78.", "phone"),
        ("Call +44 20 7946 0958 now", "phone"),
        ("Numéro (+33)1.23.45.67.89", "phone"),
        ("tel 0049-30-901820", "phone"),
        ("The channel @mauvaise_chaine was reported.", "handle"),
        ("Voir https://petitbleu.example/c/12", "link"),
        ("Voir www.exemple.example", "link"),
        ("Le site arnaque-vente.com propose", "link"),
        ("on t.me/somewhere", "link"),
        ("tg://resolve?domain=x", "link"),
        ("Connexion de 203.0.113.7 observée", "ip"),
        ("From 2001:db8::17 at night", "ip"),
        ("Jean Dupont a publié", "name"),
        ("a post of JEAN  DUPONT".replace("  ", " "), "name"),
        ("Monsieur Dupont", "name"),
    ],
)
def test_personal_data_is_seen(text: str, kind: str) -> None:
    found = personal.find(text, ["Jean Dupont", "Dupont"])
    assert kind in [one for one, _ in found]


@pytest.mark.parametrize(
    "text",
    [
        "French Penal Code, art. 421-2-5; règlement (UE) 2022/2065, article 17(3).",
        "Décision PB-2026-000123 du 2026-11-25, en vigueur du 25/11/2026 au 25/12/2026.",
        "The post glorifies an attack and calls for imitation (12 messages, 3 500 views).",
        "Clause 4.2 des conditions, version 2026.09; p.ex. les escroqueries.",
        "Ratio 1:2, at 10:45:30, version 1.2.3.4.5 of the form.",
        "A rose on a bridge: du pont on regarde.",
        "Code pénal, art. R. 645-1, loi n° 2004-575 du 21 juin 2004.",
    ],
)
def test_ordinary_legal_prose_passes(text: str) -> None:
    assert personal.find(text, ["Jean Dupont", "Dupont", "Rose", "Al"]) == []


def test_a_finding_says_where_and_what() -> None:
    statement = {"decision_facts": "Seen by a@b.example.", "source_identity": "Police"}
    (found,) = personal.check(statement)
    assert str(found) == "decision_facts seems to hold an e-mail address: “a@b.example”"


def test_the_address_of_the_terms_may_be_a_link() -> None:
    assert (
        personal.check({"decision_ground_reference_url": "https://petitbleu.example/terms"}) == []
    )
