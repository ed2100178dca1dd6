"""The marks of a text that a classifier counts: words, pairs of words, links, shape, timing.

A mark says in clear what it is (``word:casino``, ``link:example.org``): people read reasons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from petitbleu.domain.antispam import language
from petitbleu.domain.antispam.submission import TEXT_MAX, Submission, plain

MOST = 600
"""Marks of one text at the most."""
_WORD = re.compile(r"[^\W\d_](?:[\w'’-]{0,22}[^\W_])?|\d{2,}")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"'\]\[)]+", re.IGNORECASE)
_MARKUP = re.compile(r"<a\s|\[url|\[link|</", re.IGNORECASE)
_MONEY = re.compile(r"[$€£]\s?\d|\d\s?[$€£]|\d\s?%")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_AGES = ((3, "<3"), (8, "<8"), (20, "<20"), (60, "<60"), (600, "<600"))


def links(text: str) -> list[str]:
    """The host names that a text links to, in its order, ``www.`` left off."""
    found = []
    for address in _LINK.findall(text[:TEXT_MAX]):
        host = host_of(address)
        if host:
            found.append(host)
    return found


def host_of(address: str) -> str:
    """The host name of a web address, lower case, without ``www.``; '' where it has none."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.").rstrip(".")[:80]


def of(what: Submission) -> list[str]:
    """The marks of a submission, each once, in a fixed order."""
    return list(dict.fromkeys(_all(what)))[:MOST]


def _all(what: Submission) -> Iterator[str]:
    yield from _shape(what)
    hosts = links(what.text)
    yield f"links:{min(len(hosts), 4)}"
    for host in hosts[:20]:
        yield f"link:{host}"
        yield f"ending:{host.rpartition('.')[2]}"
    if what.site:
        yield f"site:{host_of(what.site)}"
    if "@" in what.email:
        yield f"mail:{plain(what.email.rpartition('@')[2])[:80]}"
    for word in _WORD.findall(plain(what.author))[:6]:
        yield f"name:{word}"
    if what.seconds >= 0:
        yield "seconds:" + next((name for most, name in _AGES if what.seconds < most), ">=600")
    before = ""
    for word in _WORD.findall(_LINK.sub(" ", plain(what.text))):
        yield f"word:{word}"
        if before:
            yield f"pair:{before} {word}"
        before = word


def _shape(what: Submission) -> Iterator[str]:
    text = what.text[:TEXT_MAX]
    letters = [char for char in text if char.isalpha()]
    if len(letters) > 20 and sum(char.isupper() for char in letters) > len(letters) * 0.6:
        yield "shape:capitals"
    if _MARKUP.search(text):
        yield "shape:markup"
    if _INVISIBLE.search(text):
        yield "shape:invisible"
    if _MONEY.search(text):
        yield "shape:money"
    if text.count("!") > 3:
        yield "shape:shouting"
    if language.mixed(text):
        yield "shape:mixed-alphabets"
    yield f"language:{language.of(text)}"
    yield f"length:{min(len(text).bit_length(), 12)}"
