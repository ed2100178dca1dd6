"""What the room does when an instance is opened and closed."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.decisions import misuse, printing, publicly, templates

HOOKS = (misuse.suspended, templates.agreed, publicly.asked)
"""Of cases, second signatures and measures (imported so that they register)."""


async def end(app: App) -> None:
    """End the printing process."""
    await printing.close(app)
