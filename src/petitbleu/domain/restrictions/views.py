"""Marks as TL: what clients show beside a name or in the place of content."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from petitbleu.domain.restrictions.service import LABELLED, SENSITIVE, WITHHELD, Mark
from petitbleu.tl import api

EVERY_PLATFORM = "all"


def reasons(marks: Iterable[Mark]) -> list[Any] | None:
    """restrictionReason of each mark that has one; None where none has."""
    rendered = [
        api.RestrictionReason(
            platform=EVERY_PLATFORM,
            reason="terms" if mark.kind == WITHHELD else SENSITIVE,
            text=mark.shown,
        )
        for mark in marks
        if mark.kind == WITHHELD or (mark.kind == LABELLED and mark.label == SENSITIVE)
    ]
    return rendered or None


def sensitive(text: str) -> list[Any]:
    """What a message carries that clients blur until the reader asks to see it."""
    return [api.RestrictionReason(platform=EVERY_PLATFORM, reason=SENSITIVE, text=text)]


def dress(made: Any, marks: Iterable[Mark]) -> None:
    """Put the marks of a person or channel on its TL ``user`` or ``channel``."""
    for mark in marks:
        if mark.kind == LABELLED and mark.label != SENSITIVE:
            setattr(made, mark.label, True)
    rendered = reasons(marks)
    if rendered:
        made.restricted = True
        made.restriction_reason = rendered
