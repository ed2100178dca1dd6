"""The operator's commands about public pages: ``channel.*``."""

from __future__ import annotations

from typing import Any

import msgspec

from petitbleu import acts
from petitbleu.app import App
from petitbleu.control import CommandRefused, command
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.domain.publishing.pages import service

_WHO_MAX = 100


@command("channel.public")
async def channel_public(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{channel, shown?: bool, set?: {switch: value}}`` -> how the page stands afterwards."""
    row = await _channel(app, params)
    if params.get("shown") is False:
        await acts.pass_gate(app, "channel.public:off", params)
    try:
        for switch, value in (params.get("set") or {}).items():
            await service.set_switch(app, row.id, str(switch), str(value))
        if params.get("shown") is not None:
            await service.set_shown(app, row.id, bool(params["shown"]))
    except (service.Invalid, service.CannotShow) as refused:
        raise CommandRefused(str(refused)) from None
    stands = await service.settings(app, row.id)
    switches = stands.switches
    told = msgspec.to_builtins(switches)
    del told["alts"]
    return {
        "channel": row.username,
        "title": row.title,
        "shown": stands.shown,
        "waiting": stands.state == service.WAITING,
        "address": service.address(app, row),
        "switches": told
        | {
            "share": list(switches.share),
            "frames": list(switches.frames),
        },
    }


async def _channel(app: App, params: dict[str, Any]) -> ChatRow:
    """The channel that ``channel`` names, by its public name or address."""
    written = str(params.get("channel") or "")
    name = written.strip().rstrip("/").rpartition("/")[2]
    peer = await usernames.resolve(app.store, name)
    row = await chats.get(app, peer) if peer is not None and peer < 0 else None
    if row is None or row.kind != chats.CHANNEL:
        raise CommandRefused(f"no channel has the public name “{written}”")
    acts.concerns(f"chat:{row.id}")
    return row


@command("channel.waiting")
async def channel_waiting(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """Pages that wait for the operator -> ``{channels: […]}``, the first to ask first."""
    return {
        "approval": app.config.web.approval,
        "channels": [
            {
                "channel": row.username,
                "title": row.title,
                "about": row.about,
                "members": row.members,
                "owner": row.creator,
                "since": since,
                "preview": service.preview(app, row) if row.username is not None else "",
            }
            for row, since in await service.waiting(app)
        ],
    }


@command("channel.answer")
async def channel_answer(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{channel, agreed: bool, reason?}``: agree to a page that waits, or refuse it."""
    row = await _channel(app, params)
    try:
        await service.answer(
            app, row.id, agreed=bool(params.get("agreed")), reason=str(params.get("reason") or "")
        )
    except service.CannotShow as refused:
        raise CommandRefused(str(refused)) from None
    return {
        "channel": row.username,
        "title": row.title,
        "shown": bool(params.get("agreed")),
        "address": service.address(app, row),
    }


@command("channel.official")
async def channel_official(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{channel, who}``: who vouches that the channel is whose it says; empty: nobody."""
    row = await _channel(app, params)
    who = " ".join(str(params.get("who") or "").split())
    if len(who) > _WHO_MAX:
        raise CommandRefused(f"at most {_WHO_MAX} characters")
    await service.set_official(app, row.id, who)
    return {"channel": row.username, "title": row.title, "official": who}
