"""What the room does when an instance is opened and closed."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.decisions import misuse, printing

HOOKS = (misuse.suspended,)
"""Of the cases (imported so that it registers)."""


async def end(app: App) -> None:
    """End the printing process."""
    await printing.close(app)
