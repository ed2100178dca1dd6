"""What came and what went between a copy and now."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.desk.adjudication.evidence import comparing
from petitbleu.desk.adjudication.evidence.comparing import Since, words
from tests.kit.waiting import bounded


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("one two three", "one four three", "one[- two][+ four] three"),
        ("same words", "same words", "same words"),
        ("", "all new", "[+all new]"),
        ("all gone", "", "[-all gone]"),
        ("a\n b", "a\n b c", "a\n b[+ c]"),
        ("x  ", "x", "x[-  ]"),
        ("", "", ""),
    ],
)
def test_words_that_came_and_went_are_told_apart(before: str, after: str, shown: str) -> None:
    marks = {"both": "{}", "gone": "[-{}]", "new": "[+{}]"}
    pieces = words(before, after)
    assert "".join(marks[one.sort].format(one.text) for one in pieces) == shown
    assert "".join(one.text for one in pieces if one.sort != "new") == before
    assert "".join(one.text for one in pieces if one.sort != "gone") == after


def test_texts_made_to_be_slow_are_not_compared_word_by_word() -> None:
    before, after = "b " + "a " * 2000 + "c", "d " + "a " * 2001 + "e"
    with bounded("comparing"):
        pieces = words(before, after)
    assert "".join(one.text for one in pieces if one.sort != "gone") == after


def said(**more: Any) -> dict[str, Any]:
    plain = {"id": 1, "context": False, "text": "x", "media": None, "entities": None}
    return plain | {"edit_date": None} | more


def test_a_link_changed_under_the_same_words_is_a_change() -> None:
    now = {"messages": [said(entities=b"other", edit_date=7)]}
    since = comparing.message(said(), now, False)
    assert (since.state, since.at, since.links, since.media) == ("edited", 7, True, False)
    now = {"messages": [said(media=b"picture", edit_date=7)]}
    assert comparing.message(said(), now, False).media


def test_what_is_not_public_is_not_said_to_be_deleted() -> None:
    assert comparing.message(said(), None, True) == Since("hidden")
    assert comparing.message(said(), None, False) == Since("deleted")
    assert comparing.message(said(), {"messages": [said()]}, False) == Since("same")
    assert comparing.photo({"photo": 1}, {"photo": 2}, False).state == "edited"
    assert comparing.photo({"photo": 1}, {}, False).state == "deleted"
