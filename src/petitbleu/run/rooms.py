"""What the composition root asks of the auth rooms."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from petitbleu.app import Actor, App
from petitbleu.domain.access.codes import service as codes
from petitbleu.domain.access.devices import service as devices


async def newest(app: App) -> list[dict[str, str]]:
    """The newest login codes for ``/dev``: phone, code, until (local time)."""
    zone = ZoneInfo(app.config.timezone)
    return [
        {
            "phone": f"+{row.phone}",
            "code": codes.reveal(app, row),
            "until": datetime.fromtimestamp(row.expires_at, zone).strftime("%H:%M:%S"),
        }
        for row in await codes.newest(app)
    ]


def login_forgetter(app: App) -> Callable[[int], Awaitable[None]]:
    """How the login on a key ends when its client destroys the key."""

    async def forget(auth_id: int) -> None:
        row = await devices.of_auth(app.store, auth_id)
        if row is not None and row.account:
            await devices.log_out(app, Actor(row.account, auth=auth_id))

    return forget
