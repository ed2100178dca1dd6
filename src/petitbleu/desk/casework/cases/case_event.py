"""An event that is to be added to a case."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from petitbleu.desk.casework.cases.events import TAG, Event


class CaseEvent(NamedTuple):
    """One event to be added: its kind, and its data as they are stored (:func:`make_event`).
    ``actor``: whose doing it is, where not that of the whole change.
    """

    kind: str
    data: dict[str, Any]
    actor: str = ""


def make_event(event: Event, actor: str = "") -> CaseEvent:
    """An event to be added. A field that has its default is not stored."""
    data: dict[str, Any] = msgspec.to_builtins(event, builtin_types=(bytes,))
    kind = data.pop(TAG)
    if event.others:
        data |= data.pop(event.others, {})
    return CaseEvent(kind, data, actor)
