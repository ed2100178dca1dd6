"""When a rule fits a case. Pure.

All conditions of a rule have to hold; of the values of one condition any is enough; a condition
without values holds always, so that a rule without any fits every case.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec

from petitbleu import folding

ACCOUNT, CHAT, MESSAGE, COMMENT = "account", "chat", "message", "comment"
TARGETS = (ACCOUNT, CHAT, MESSAGE, COMMENT)
"""What a case may be about; a channel is a chat, a post a message."""
CHANNELS = ("mail", "form", "portal", "report", "letter", "phone", "cli")
"""How a case may have come; ``mail`` is SMTP and IMAP."""
_OTHER = re.compile(r"[^\w@./:-]+")


class Conditions(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a rule asks of a case."""

    kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    """Of the authority, two letters."""
    authorities: tuple[str, ...] = ()
    """Domains; those below one count."""
    languages: tuple[str, ...] = ()
    urgency: int | None = None
    """At least as urgent."""
    targets: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    """Words or runs of words of the subject, the reference or what is targeted."""


class Seen(NamedTuple):
    """A case as conditions look at it."""

    kind: str
    category: str = ""
    countries: frozenset[str] = frozenset()
    authority: str = ""
    language: str = ""
    urgency: int = 2
    targets: frozenset[str] = frozenset()
    channel: str = ""
    text: str = ""


def lacking(wanted: Conditions, seen: Seen) -> tuple[str, ...]:
    """The conditions that do not hold, by name; none: the rule fits."""
    text = plain(seen.text)
    holds = {
        "kinds": seen.kind in wanted.kinds,
        "categories": seen.category in wanted.categories,
        "countries": bool(seen.countries & set(wanted.countries)),
        "authorities": any(below(seen.authority, authority) for authority in wanted.authorities),
        "languages": seen.language in wanted.languages,
        "targets": bool(seen.targets & set(wanted.targets)),
        "channels": seen.channel in wanted.channels,
        "words": any(f" {plain(word)} " in f" {text} " for word in wanted.words),
    }
    wrong = [name for name, right in holds.items() if getattr(wanted, name) and not right]
    if wanted.urgency is not None and seen.urgency > wanted.urgency:
        wrong.append("urgency")
    return tuple(wrong)


def below(domain: str, parent: str) -> bool:
    """Whether ``domain`` is ``parent`` or below it."""
    return domain == parent or domain.endswith(f".{parent}")


def plain(text: str) -> str:
    """Words with one space between, as they are compared: folded, without punctuation."""
    parts = (word.strip("./:-") for word in _OTHER.split(folding.fold(text)))
    return " ".join(part for part in parts if part)
