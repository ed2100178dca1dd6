"""Whether words of a group occur is what a search for its whole pattern finds."""

from __future__ import annotations

import random
import re

import pytest

from petitbleu.desk.intake.classify import words
from petitbleu.desk.intake.classify.beginnings import (
    Expressions,
    find_beginnings,
    split_alternatives,
)

_GROUPS: dict[str, list[str]] = words._data()["groups"]
_JOINTS = (" ", " ", " ", "\n", "", "s ", "en ", "'", ", ", ". ", "-", "(", "§ ", "\u00e9 ")


def _texts(count: int) -> list[str]:
    """Texts of words of all groups, put together as they come, so that many nearly match."""
    chance = random.Random(7)
    written = [word for group in _GROUPS.values() for line in group for word in _words_of(line)]
    return [
        "".join(chance.choice(written) + chance.choice(_JOINTS) for _ in range(40))
        for _ in range(count)
    ]


def _words_of(line: str) -> list[str]:
    return re.findall(r"[\w'§./-]+(?: [\w']+)*", words.fold(line))


def test_what_occurs_is_what_a_search_finds() -> None:
    outcomes = set()
    for text in _texts(20):
        for name in _GROUPS:
            searched = words.group(name).search(text) is not None
            assert words.occur(name, text) is searched, (name, text)
            outcomes.add(searched)
    assert outcomes == {True, False}


@pytest.mark.parametrize(
    ("expression", "beginnings"),
    [
        ("order", {"ord"}),
        (r"(?:le\s+|la\s+)?juge", {"le", "la", "jug"}),
        (r"(?<!zur.)verfugung", {"ver"}),
        (r"8\s+heures", {"8"}),
        (r"[ck]ourt", {"cou", "kou"}),
        (r"\w*polizei", {"", "pol"}),
        (r"(?:a|ab)?c", {"ac", "abc", "c"}),
        (r"e{2,}n", {"e"}),
    ],
)
def test_beginnings_of_an_expression(expression: str, beginnings: set[str]) -> None:
    assert find_beginnings(expression) == beginnings


@pytest.mark.parametrize(
    ("expression", "text", "occurs"),
    [
        (r"\w*polizei", "die bundespolizei kommt", True),
        (r"\w*polizei", "die bundespolizeien", False),
        (r"8\s+heures", "dans les 8 heures", True),
        (r"8\s+heures", "dans les 18 heures", False),
        ("order", "reorder or disorder", False),
        ("§", "nach § 8", True),
    ],
)
def test_an_expression_stands_for_whole_words(expression: str, text: str, occurs: bool) -> None:
    assert Expressions([expression]).occur(text) is occurs


def test_alternatives_are_split_outside_brackets() -> None:
    assert split_alternatives(r"a|(?:b|c)d|[|]e|\|f") == ["a", "(?:b|c)d", "[|]e", r"\|f"]
