"""What the bots room does before any door is open."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.registration.bots import service


async def begin(app: App) -> None:
    """Know who is in privacy mode."""
    await service.load(app)
