"""What the room does when an instance is opened."""

from __future__ import annotations

from petitbleu import account_status
from petitbleu.app import App
from petitbleu.domain.safety.moderation import holds


async def begin(app: App) -> None:
    """Guard evidence from the erasers; know who is frozen or suspended."""
    holds.install(app)
    await account_status.ready(app)
