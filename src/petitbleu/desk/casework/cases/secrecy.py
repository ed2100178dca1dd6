"""How long an order forbids to tell the person concerned."""

from __future__ import annotations

import datetime
import zoneinfo
from typing import NamedTuple

from petitbleu.app import App
from petitbleu.desk.casework.cases.state import CaseState


class Secrecy(NamedTuple):
    """A clause of secrecy: its last day (None: none is named), and its words or who recorded it."""

    until: datetime.date | None
    words: str


def secrecy(app: App, state: CaseState) -> Secrecy | None:
    """The clause of a case, if there is one. A letter's is kept as the last second of it (Unix), a
    person's as the last day (ISO)."""
    said = state.facts.get("confidentiality")
    if not isinstance(said, dict):
        return None
    until, words = said.get("until"), str(said.get("words") or "")
    if not until:
        return Secrecy(None, words)
    if isinstance(until, str):
        return Secrecy(datetime.date.fromisoformat(until[:10]), words)
    zone = zoneinfo.ZoneInfo(app.config.timezone)
    return Secrecy(datetime.datetime.fromtimestamp(until, zone).date(), words)
