"""The form keeps every word and says for each field what has to be mended."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from petitbleu.desk.adjudication.decisions import form as forms
from petitbleu.desk.adjudication.decisions import sentences
from petitbleu.desk.adjudication.decisions.form import ACTS, Form, read
from petitbleu.desk.adjudication.eu_database import rules
from tests.desk.adjudication.decisions.deciding import FORM

TODAY = datetime.date(2027, 1, 15)
GOOD: dict[str, Any] = FORM | {"measures": [{"kind": "remove", "item": "@bassin"}]}


def _wrong(**changed: Any) -> dict[str, str]:
    """Field -> first code of what is wrong with the good form, changed."""
    found = forms.check(read(GOOD | changed), TODAY)
    return {one.field: one.code for one in reversed(found)}


def _measure(kind: str, **more: Any) -> dict[str, str]:
    return _wrong(measures=[{"kind": kind, "item": "@bassin"} | more])


def test_a_whole_form_is_right() -> None:
    assert _wrong() == {}
    assert _wrong(outcome="no_action", measures=[]) == {}


def test_a_page_and_json_say_the_same() -> None:
    page = {name: value for name, value in GOOD.items() if name != "measures"}
    page |= {"measures.0.kind": "country", "measures.0.item": " @bassin", "further": "A, B"}
    page |= {"measures.0.countries": "DE FR", "measures.2.kind": "", "nobody": "asked"}
    made = read(page)
    assert [one.kind for one in made.measures] == ["country"]
    assert made.measures[0].countries == ["DE", "FR"] and made.further == ["A", "B"]


def test_every_word_that_was_typed_is_kept() -> None:
    typed = {name: f" {name} – typé " for name in Form.__struct_fields__ if name != "measures"}
    made = read(typed | {"measures": [{"kind": "?", "item": "  ", "until": "demain"}]})
    for name in ("facts", "why", "law", "remedies", "delay_until", "outcome"):
        assert getattr(made, name) == f" {name} – typé "
    assert made.measures[0].until == "demain"
    assert forms.check(made, TODAY)


@pytest.mark.parametrize("raw", [{"measures": 7}, {"measures": [3, None]}, {"facts": None}, {}])
def test_nonsense_is_read_and_then_found_wrong(raw: dict[str, Any]) -> None:
    assert forms.check(read(raw), TODAY)


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"facts": ""}, "facts", "missing.facts"),
        ({"facts": "é" * 5001}, "facts", "long"),
        ({"why": "é" * 2001}, "why", "long"),
        ({"law": ""}, "law", "missing.law"),
        ({"ground": "mood"}, "ground", "choice"),
        ({"ground": "illegal", "also_illegal": "yes"}, "also_illegal", "also_illegal"),
        ({"ground_url": "javascript:x"}, "ground_url", "url"),
        ({"category": "STATEMENT_CATEGORY_X"}, "category", "choice"),
        ({"keywords": ["KEYWORD_PHISHING"]}, "keywords", "keyword"),
        ({"keyword_other": "x"}, "keyword_other", "keyword_other"),
        ({"content_types": []}, "content_types", "missing.content_types"),
        ({"content_types": ["CONTENT_TYPE_OTHER"]}, "content_type_other", "content_type_other"),
        ({"content_language": "xx"}, "content_language", "choice"),
        ({"content_date": "2027-01-16"}, "content_date", "past"),
        ({"content_date": "15.1.2027"}, "content_date", "date"),
        ({"territory": ["EL"]}, "territory", "choice"),
        ({"territory": ["DE"]}, "territory", "territory"),
        ({"begin": "2027-01-14"}, "begin", "begin"),
        ({"source": ""}, "source", "missing.source"),
        ({"threat_to_life": ""}, "threat_to_life", "missing.threat_to_life"),
        ({"threat_to_life": "yes"}, "threat_told", "missing.threat_told"),
        ({"measures": []}, "measures", "missing.measures"),
        ({"outcome": "no_action"}, "measures", "measures.none"),
        ({"outcome": "impossible", "measures": []}, "obstacle", "missing.obstacle"),
        ({"delay_until": "2027-02-01"}, "delay_clause", "missing.delay_clause"),
        ({"delay_clause": "Art. 4"}, "delay_until", "missing.delay_until"),
        ({"delay_until": "2027-01-15", "delay_clause": "x"}, "delay_until", "future"),
    ],
)
def test_a_wrong_field_is_named(changed: dict[str, Any], field: str, code: str) -> None:
    assert _wrong(**changed)[field] == code


@pytest.mark.parametrize(
    ("kind", "more", "field", "code"),
    [
        ("", {}, "kind", "missing.kind"),
        ("burn", {}, "kind", "choice"),
        ("remove", {"item": ""}, "item", "missing.item"),
        ("remove", {"countries": ["DE"]}, "countries", "countries"),
        ("country", {}, "countries", "missing.countries"),
        ("label", {}, "label", "missing.label"),
        ("mute", {}, "member", "missing.member"),
        ("suspend", {}, "until", "missing.until"),
        ("freeze", {"until": "2027-01-15"}, "until", "future"),
        ("suspend", {"until": "2038-01-01"}, "until", "future"),
        ("close", {"until": "2027-02-01"}, "until", "close_until"),
        ("remove", {"until": "soon"}, "until", "date"),
    ],
)
def test_a_wrong_measure_is_named(kind: str, more: dict[str, Any], field: str, code: str) -> None:
    assert _measure(kind, **more)[f"measures.0.{field}"] == code


def test_no_machine_closes_an_account() -> None:
    close = [{"kind": "close", "item": "1000001"}]
    assert _wrong(measures=close, decided_by_machine="fully") == {
        "decided_by_machine": "machine_close"
    }


def test_the_harshest_measure_asks_for_the_lesser_one() -> None:
    assert forms.harsh(read({"measures": [{"kind": "close"}]}))
    assert not forms.harsh(read({"measures": [{"kind": "remove"}, {"kind": "?"}]}))


def test_each_sentence_can_be_said_in_both_languages() -> None:
    values = dict.fromkeys(("value", "most", "length", "why", "finding", "words", "author"), "42")
    for code in sentences.codes():
        english, french = (sentences.say(code, one, **values) for one in ("en", "fr"))
        assert english and french and "{" not in english + french
        assert english != french or code == "personal"


def test_each_measure_of_the_form_is_one_of_the_database() -> None:
    known = rules.rules()
    for act in ACTS.values():
        assert act.value in known.values[f"enums.{act.field}"]
        assert act.end in known.fields
