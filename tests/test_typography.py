"""French signs keep to their word; times and figures are written as each language does."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from petitbleu import typography
from petitbleu.typography import spaced, table

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Prêt ? « oui » ; voici : rien !", "Prêt_? «_oui_»_; voici~: rien_!"),
        ("La loi n° 2004-575, règle n° {number}", "La loi n°~2004-575, règle n°~{number}"),
        ("(art. 6(1), article {what})", "(art.~6(1), article~{what})"),
        ("{minutes} minutes, {{ days }} jours", "{minutes}~minutes, {{ days }}~jours"),
        ("500 € ou 20 % en 48 heures ou 3 h", "500~€ ou 20~% en 48~heures ou 3~h"),
        ("24 hommes et {name} ou 3 secondaires", "24 hommes et {name} ou 3 secondaires"),
        ("https://example.org:8443/?q=a;b!", "https://example.org:8443/?q=a;b!"),
        ("{name:>6} : {left}", "{name:>6}~: {left}"),
        ("{who} s’en va, {} o", "{who} s’en va, {}~o"),
        ("4 000 caractères, le 25 novembre 2026", "4_000~caractères, le 25 novembre 2026"),
        ("« {} »", "«_{}_»"),
        ("«déjà serré»", "«déjà serré»"),
        ("une ligne :\n\n{link}", "une ligne~:\n\n{link}"),
    ],
)
def test_signs_units_and_numbers_keep_to_their_word_in_french(written: str, shown: str) -> None:
    expected = shown.replace("_", "\u202f").replace("~", "\u00a0")
    assert spaced("fr", written) == expected
    assert spaced("fr", expected) == expected
    assert spaced("en", written) == written


def test_tables_are_set_whatever_they_hold() -> None:
    made = table(
        {
            "fr": {"a": "Quoi !", "mail": ("Objet : x", "Texte ?")},
            "en": {"a": "What !", "mail": ("Subject : x", "Text ?")},
        }
    )
    assert made == {
        "fr": {"a": "Quoi\u202f!", "mail": ("Objet\u00a0: x", "Texte\u202f?")},
        "en": {"a": "What !", "mail": ("Subject : x", "Text ?")},
    }
    assert table({"fr": "Non !"}) == {"fr": "Non\u202f!"}
    with pytest.raises(TypeError):
        table({"fr": 7})


def test_times_are_written_as_each_language_does() -> None:
    at = datetime(2026, 12, 1, 9, 5, tzinfo=PARIS)
    assert typography.moment("en", at) == "1 December 2026, 09:05 (CET)"
    assert typography.moment("fr", at) == "1er décembre 2026 à 9\u00a0h\u00a005 (CET)"
    assert typography.moment("en", at, seconds=True) == "1 December 2026, 09:05:00 (CET)"
    assert typography.hour("fr", at, seconds=True) == "9_h_05_min_0_s".replace("_", "\u00a0")
    assert typography.zoned("en", at) == "09:05 CET"
    assert typography.zoned("fr", at) == "9_h_05_CET".replace("_", "\u00a0")
    assert typography.weekday("en", at) == "Tuesday 1 December 2026"
    assert typography.weekday("fr", at) == "mardi 1er décembre 2026"
    assert typography.number("en", 1234567) == "1,234,567"
    assert typography.number("fr", 1234567) == "1\u202f234\u202f567"


def test_a_line_keeps_the_no_break_spaces_of_french_and_no_other_white_space() -> None:
    written = " Une\u00a0: deux\r\n X-Evil\u00a0\u202f\t:\u2028trois\u202f!\n"
    assert typography.one_line(written) == "Une\u00a0: deux X-Evil : trois\u202f!"


@pytest.mark.parametrize(
    ("seconds", "english", "french"),
    [
        (-5, "0 min", "0_min"),
        (41 * 60 + 59, "41 min", "41_min"),
        (60 * 60, "1 h", "1_h_00"),
        (90 * 60, "1 h 30 min", "1_h_30"),
        (51 * 3600, "2 d 3 h", "2_j 3_h"),
    ],
)
def test_what_is_left_is_rounded_down(seconds: int, english: str, french: str) -> None:
    assert typography.span("en", seconds) == english
    assert typography.span("fr", seconds) == french.replace("_", "\u00a0")


def test_languages_without_rules_of_their_own_are_written_as_cldr_does() -> None:
    at = datetime(2026, 12, 1, 9, 5, tzinfo=PARIS)
    assert typography.moment("de", at) == "1. Dezember 2026, 09:05 (CET)"
    assert typography.weekday("de", at) == "Dienstag, 1. Dezember 2026"
    assert typography.month("de", 2026, 12) == "Dezember 2026"
    assert typography.short_moment("de", at) == "01.12.2026 09:05 CET"
    assert typography.number("de", 1234567) == "1.234.567"
    assert (typography.decimal_sign("de"), typography.decimal_sign("fr")) == (",", ",")
    assert typography.colon("de") == ": "
    assert [typography.span("de", one) for one in (0, 90 * 60, 51 * 3600)] == [
        *("0 Min.", "1 Std. 30 Min.", "2 Tg. 3 Std.")
    ]
    assert typography.day("xx", at) == "1 December 2026"


def test_german_keeps_articles_and_units_together() -> None:
    written = "Art. 17 Abs. 2 Buchst. b, z. B. Nr. {n}: 20 % und {} %"
    shown = "Art.~17 Abs.~2 Buchst.~b, z.~B. Nr.~{n}: 20~% und {}~%"
    assert spaced("de", written) == shown.replace("~", "\u00a0")
    assert spaced("de", "Art. der Anordnung, Absender") == "Art.\u00a0der Anordnung, Absender"
