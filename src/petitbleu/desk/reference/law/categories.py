"""Categories and keywords of notices in plain words (the list of Regulation (EU) 2024/2835).

English words are those of the EU's list (``schema/law``), also in the catalogue.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

from petitbleu.catalogues import SOURCE, Catalogue
from petitbleu.desk.reference.law import template
from petitbleu.typography import colon

CHILD_ABUSE = frozenset(
    {
        "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL",
        "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE",
        "KEYWORD_GROOMING_SEXUAL_ENTICEMENT_MINORS",
    }
)
"""Offences of Directive 2011/93/EU, Articles 3 to 7: a notice may be anonymous (DSA 16(2)(c))."""

TEXTS = Catalogue("notifiers", "categories")
UNSURE = "STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE"
_NOT_FOR_NOTICES = {"STATEMENT_CATEGORY_NOT_SPECIFIED_ORDER", "TOTAL"}


class Choice(NamedTuple):
    """One line of the list: ``value`` is ``CATEGORY/KEYWORD`` or ``CATEGORY``."""

    value: str
    words: str


class Group(NamedTuple):
    """A category with its lines."""

    category: str
    words: str
    choices: tuple[Choice, ...]


@functools.cache
def groups(lang: str) -> tuple[Group, ...]:
    """What the form offers, in ``lang``, in the order of the EU's list, "not sure" last."""
    by_group: list[Group] = []
    for category, words, keywords in template.categories():
        if category in _NOT_FOR_NOTICES or category == UNSURE:
            continue
        choices = [
            Choice(f"{category}/{keyword}", _words(lang, keyword, text))
            for keyword, text in keywords
        ]
        by_group.append(Group(category, _words(lang, category, words), tuple(choices)))
    return tuple(by_group)


@functools.cache
def values() -> frozenset[str]:
    """All that the form may send."""
    listed = [choice.value for group in groups(SOURCE) for choice in group.choices]
    return frozenset([UNSURE, *listed])


def words(lang: str, value: str) -> str:
    """A chosen value in words."""
    if value == UNSURE:
        return TEXTS[lang]["unsure"]
    for group in groups(lang):
        for choice in group.choices:
            if choice.value == value:
                return f"{group.words}{colon(lang)}{choice.words}"
    return value


def split(value: str) -> tuple[str, str]:
    """``CATEGORY/KEYWORD`` as both."""
    category, _, keyword = value.partition("/")
    return category, keyword


def _words(lang: str, key: str, english: str) -> str:
    if key == "KEYWORD_OTHER":
        return TEXTS[lang]["other"]
    return TEXTS[lang].get(key, english)
