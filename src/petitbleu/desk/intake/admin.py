"""``petitbleu desk deliver``."""

from __future__ import annotations

import base64
import binascii
import datetime
import zoneinfo
from typing import Any

from petitbleu.app import App
from petitbleu.control import CommandRefused, command
from petitbleu.desk.intake import service
from petitbleu.domain.safety.case_numbers import service as case_numbers


@command("desk.deliver")
async def deliver(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{letter: base64, received?: ISO time}`` -> ``{case, joined}``."""
    try:
        raw = base64.b64decode(str(params.get("letter", "")), validate=True)
    except binascii.Error:
        raise CommandRefused("the letter did not arrive whole") from None
    if not raw:
        raise CommandRefused("the file is empty")
    if len(raw) > app.config.desk.letter_bytes:
        most = app.config.desk.letter_bytes
        raise CommandRefused(f"the letter has {len(raw)} bytes; desk.letter_bytes allows {most}")
    received = _moment(app, params.get("received"))
    done = await service.deliver(app, raw, channel="cli", received=received)
    return {"case": case_numbers.text(done.case) if done.case else None, "joined": done.joined}


def _moment(app: App, written: Any) -> int | None:
    """A time in ISO 8601; without offset it is of the operator's zone."""
    if not written:
        return None
    try:
        when = datetime.datetime.fromisoformat(str(written).strip())
        if when.tzinfo is None:
            when = when.replace(tzinfo=zoneinfo.ZoneInfo(app.config.timezone))
        return int(when.timestamp())
    except (ValueError, OverflowError):
        raise CommandRefused(f"“{written}” is no time (2026-11-24T06:30:20+01:00)") from None
