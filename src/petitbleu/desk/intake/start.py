"""What the room does when an instance is opened."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.intake import delivering, reports

HOOKS = (reports.reported,)
"""Hooks of other rooms (imported so that they register)."""


async def begin(app: App) -> None:
    """Plan the work on letters that were stored and not worked: the process ended in between."""
    await delivering.resume(app)
