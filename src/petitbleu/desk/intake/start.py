"""What the room does when an instance is opened and closed."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.intake import delivering, reading, reports

HOOKS = (reports.reported,)
"""Hooks of other rooms (imported so that they register)."""


async def begin(app: App) -> None:
    """Plan the work on letters that were stored and not worked: the process ended in between."""
    await delivering.resume(app)


async def end(app: App) -> None:
    """End the workers."""
    await reading.close(app)
