"""The operator's commands about public pages: ``channel.public``."""

from __future__ import annotations

from typing import Any

import msgspec

from petitbleu.app import App
from petitbleu.control import CommandRefused, command
from petitbleu.domain.chats import service as chats
from petitbleu.domain.joining import service as joining
from petitbleu.domain.pages import service
from petitbleu.domain.usernames import service as usernames


@command("channel.public")
async def channel_public(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{channel, shown?: bool, set?: {switch: value}}`` -> how the page stands afterwards."""
    written = str(params.get("channel") or "")
    name = written.strip().rstrip("/").rpartition("/")[2]
    peer = await usernames.resolve(app.store, name)
    row = await chats.get(app, peer) if peer is not None and peer < 0 else None
    if row is None or row.kind != chats.CHANNEL:
        raise CommandRefused(f"no channel has the public name “{written}”")
    try:
        for switch, value in (params.get("set") or {}).items():
            await service.set_switch(app, row.id, str(switch), str(value))
        if params.get("shown") is not None:
            await service.set_shown(app, row.id, bool(params["shown"]))
    except (service.Invalid, service.CannotShow) as refused:
        raise CommandRefused(str(refused)) from None
    shown, switches = await service.settings(app, row.id)
    return {
        "channel": row.username,
        "title": row.title,
        "shown": shown,
        "address": f"{joining.base_url(app)}/s/{row.username}",
        "switches": msgspec.to_builtins(switches)
        | {
            "share": list(switches.share),
            "frames": list(switches.frames),
        },
    }
