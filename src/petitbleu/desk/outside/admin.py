"""``petitbleu desk canary run``."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.control import command
from petitbleu.desk.intake import canary
from petitbleu.desk.outside import canaries


@command("desk.canary.run")
async def canary_run(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{}`` -> ``{canaries: [{door, sent, fault}], minutes}``: one to each published address."""
    flights = await canaries.run(app)
    return {
        "canaries": [
            {"door": flight.door, "sent": not flight.fault, "fault": flight.fault or None}
            for flight in flights
        ],
        "minutes": canary.SILENCE // 60,
    }
