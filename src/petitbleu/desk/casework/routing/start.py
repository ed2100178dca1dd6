"""What the room registers."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.casework.routing import second_signatures, service

HOOKS = (service.sort, second_signatures.about, second_signatures.marked)
"""Of cases and second signatures (imported so that they register)."""


async def begin(app: App) -> None:
    """Read the rules, before the first case asks for them."""
    await service.rules(app, app.store)
