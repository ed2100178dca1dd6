"""What the bots room does before any door is open."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.registration.bots import service
from petitbleu.stamps import ROOMS_HERE, Change, room

ROOM = room("bots", account=("settings", "deleted_at"), bot=("id",))


async def begin(app: App) -> None:
    """Know who is in privacy mode."""

    def take(change: Change) -> None:
        known = set(accounts.bots_in_privacy_mode(app))
        app.spawn(service.reread(app, change.of(known)))
        if not change.keys:
            app.spawn(service.load(app))

    app.parts[ROOMS_HERE].hear(ROOM, take)
    await service.load(app)
