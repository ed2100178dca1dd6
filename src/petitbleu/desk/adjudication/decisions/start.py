"""What the room does when an instance is opened and closed."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.adjudication.decisions import misuse, printing, public_notice, purges, templates

HOOKS = (misuse.suspended, templates.agreed, public_notice.asked, purges.purged)
"""Of cases, second signatures, measures and pages (imported so that they register)."""


async def end(app: App) -> None:
    """End the printing process."""
    await printing.close(app)
