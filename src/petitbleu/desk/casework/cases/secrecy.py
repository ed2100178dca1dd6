"""How long an order forbids to tell the person concerned."""

from __future__ import annotations

import datetime
import zoneinfo
from typing import NamedTuple

from petitbleu.app import App
from petitbleu.desk.casework.cases.state import CaseState


class Secrecy(NamedTuple):
    """A clause of secrecy: its last day (None: none is named), its words or who recorded it, and by
    whom it was found (empty: by sorting)."""

    until: datetime.date | None
    words: str
    by: str = ""


def secrecy(app: App, state: CaseState) -> Secrecy | None:
    """The clause of a case, if there is one. A letter's is kept as the last second of it (Unix), a
    person's as the last day (ISO)."""
    said = state.facts.get("confidentiality")
    if not isinstance(said, dict):
        return None
    until, words = said.get("until"), str(said.get("words") or "")
    by = str(said.get("by") or (words if words.startswith("staff:") else ""))
    if not until:
        return Secrecy(None, words, by)
    if isinstance(until, str):
        return Secrecy(datetime.date.fromisoformat(until[:10]), words, by)
    zone = zoneinfo.ZoneInfo(app.config.timezone)
    return Secrecy(datetime.datetime.fromtimestamp(until, zone).date(), words, by)
