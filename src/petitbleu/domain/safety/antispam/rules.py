"""What is known of spam without learning: links, the operator's words, foreign languages, shape.

Each finding has a weight (0..1): how likely spam it makes a text by itself. No list of words is
shipped: an instance's own words come from its operator (``petitbleu admin spam word``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from petitbleu.domain.safety.antispam import features, language
from petitbleu.domain.safety.antispam.submission import Submission, plain

_SHORTENERS = frozenset(
    ("bit.ly", "tinyurl.com", "t.ly", "goo.su", "is.gd", "cutt.ly", "rb.gy", "shorturl.at")
)
_SAID = re.compile(r"[\w.@-]+")
_LINK_IN_NAME = re.compile(r"https?://|www\.|\.(?:com|net|ru|top|xyz|shop)\b", re.IGNORECASE)


class Finding(NamedTuple):
    """A reason: its short name, its weight (0..1), the words it is explained with."""

    name: str
    weight: float
    words: str


def findings(
    what: Submission, words: Mapping[str, float], languages: Sequence[str]
) -> list[Finding]:
    """What the rules find, in the order they are asked. ``words``: the operator's, plain -> weight;
    ``languages``: the instance's, empty where any is usual.
    """
    return [*_links(what), *_words(what, words), *_language(what, languages), *_shape(what)]


def _links(what: Submission) -> Iterator[Finding]:
    hosts = features.links(what.text)
    if len(hosts) >= 3:
        yield Finding("links", 0.82 if len(hosts) < 6 else 0.88, f"{len(hosts)} links")
    short = next((host for host in hosts if host in _SHORTENERS), None)
    if short is not None:
        yield Finding("shortener", 0.35, short)
    if hosts and len(what.text.split()) <= 2:
        yield Finding("only_link", 0.45, "nothing but a link")


def _words(what: Submission, words: Mapping[str, float]) -> Iterator[Finding]:
    if not words:
        return
    said = " ".join(_SAID.findall(plain(f"{what.text} {what.author} {what.email}")))
    said = f" {said} "
    for word, weight in words.items():
        if f" {word} " in said or ("." in word and word in said):
            yield Finding("word", weight, word)


def _language(what: Submission, languages: Sequence[str]) -> Iterator[Finding]:
    guessed = language.guess_language(what.text)
    if languages and guessed != language.UNKNOWN and guessed not in languages:
        yield Finding("language", 0.3, guessed)


def _shape(what: Submission) -> Iterator[Finding]:
    if language.mixed(what.text) or language.mixed(what.author):
        yield Finding("mixed_alphabets", 0.82, "letters of two alphabets in one word")
    if "[url" in what.text.casefold() or "<a " in what.text.casefold():
        yield Finding("markup", 0.82, "links written as markup")
    if what.author and _LINK_IN_NAME.search(what.author):
        yield Finding("link_in_name", 0.5, what.author[:60])
