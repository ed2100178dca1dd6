"""The operator's commands about bots: ``bot.*``."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.control import CommandRefused, command
from petitbleu.domain.access.devices import service as devices
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.domain.registration.bots import service
from petitbleu.errors import Fault

MAX_ROWS = 10_000
"""Bots listed at once."""
_REFUSED = {
    "USERNAME_INVALID": "a bot's username has 5 to 32 of a-z 0-9 _ and ends in “bot”",
    "USERNAME_OCCUPIED": "that username is taken",
    "FIRSTNAME_INVALID": f"a name has 1 to {accounts.NAME_MAX} characters",
}


async def _find(app: App, params: dict[str, Any]) -> service.BotRow:
    written = str(params.get("bot", "")).strip()
    number = int(written) if written.isdigit() else None
    if number is None:
        number = await usernames.resolve(app.store, written)
    row = await service.get(app, number) if number is not None else None
    if row is None:
        raise CommandRefused(f"no bot here is “{written}”")
    return row


@command("bot.create")
async def bot_create(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{name, username}`` -> ``{id, username, token}``"""
    username = str(params.get("username", "")).removeprefix("@")
    try:
        bot = await service.create(app, str(params.get("name", "")), username)
    except Fault as fault:
        raise CommandRefused(_REFUSED[fault.name]) from None
    return {"id": bot.id, "username": username, "token": bot.token}


@command("bot.list")
async def bot_list(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{}`` -> ``{bots: […]}``, the oldest first."""
    rows = await service.listed(app, MAX_ROWS)
    names = await usernames.load_usernames(app.store, [row.id for row in rows])
    people = await accounts.get_many(app, [row.id for row in rows])
    return {
        "bots": [
            {
                "id": row.id,
                "name": people[row.id].first_name,
                "username": names.get(row.id),
                "created_at": row.created_at,
                "hears_all": row.id not in accounts.bots_in_privacy_mode(app),
                "sessions": len(await devices.devices(app, row.id)),
            }
            for row in rows
        ]
    }


@command("bot.token")
async def bot_token(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{bot, new?}`` -> ``{id, token}``; ``new`` ends the old one and its logins."""
    row = await _find(app, params)
    told = await service.renew(app, row.id) if params.get("new") else service.token(app, row)
    return {"id": row.id, "token": told}


@command("bot.remove")
async def bot_remove(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{bot}`` -> ``{id}``: the account is deleted."""
    row = await _find(app, params)
    await service.remove(app, row.id)
    return {"id": row.id}


@command("bot.privacy")
async def bot_privacy(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{bot, on}`` -> ``{id, on}``: whether it hears in groups only what concerns it."""
    row = await _find(app, params)
    on = bool(params.get("on", True))
    await service.hear(app, row.id, everything=not on)
    return {"id": row.id, "on": on}
