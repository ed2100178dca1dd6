"""What alarms say: number, kind, duty, time; never content or names."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from petitbleu import typography
from petitbleu.catalogues import Catalogue
from petitbleu.desk.reference.law import service as law

_TEXTS = Catalogue("desk", "alerts")
_REASONS = frozenset(
    (
        *("at-once", "unread", "danger", "waits", "secret", "absence", "mail_stuck", "test"),
        *("eu_refused", "eu_late"),
        *("wrong_codes_address", "wrong_codes_instance"),
    )
)
"""Texts that say why an alarm rings."""


def text(language: str, key: str, **words: object) -> str:
    """One text in ``language``."""
    found = _TEXTS[language][key]
    return found.format(**words) if words else found


def reason(language: str, what: str) -> str:
    """Why an alarm rings: ``what`` is names of texts (``name``, ``name=count``, divided by ``; ``)
    or a step of the law.
    """
    reasons = []
    for part in what.split("; "):
        name, _, count = part.partition("=")
        if name not in _REASONS:
            return law.step(what, language)
        reasons.append(text(language, name, count=count))
    return " ".join(reasons)


def line(*parts: str) -> str:
    """One line of a list, of what there is to say."""
    return " · ".join(part for part in parts if part)


def left(language: str, due: int | None, now: int) -> str:
    """How much time a clock has left, or how late it is."""
    if due is None:
        return text(language, "undated")
    if due >= now:
        return text(language, "left", time=typography.span(language, due - now))
    return text(language, "late", time=typography.span(language, now - due))


def local(language: str, at: int | None, zone: str) -> str:
    """A moment in the operator's zone."""
    if at is None:
        return "—"
    return typography.moment(language, datetime.fromtimestamp(at, ZoneInfo(zone)))
