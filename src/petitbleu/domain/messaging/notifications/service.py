"""Notification settings: per chat, and for all private chats, groups or channels.

Settings are a small map: ``show_previews`` and ``silent`` (bool), ``mute_until`` (Unix seconds),
``sound`` (``["default"] | ["none"] | ["local", title, data] | ["ringtone", id]``). A key that is
absent is not set: the scope's, then the client's own default holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import CHANNEL
from petitbleu.domain.messaging.notifications import queries as q
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.updates import log
from petitbleu.domain.updates.log import Event
from petitbleu.store.api import Tx

Settings = dict[str, Any]

SCOPES = ("users", "chats", "broadcasts")
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(dict[str, Any]).decode


def unpack(notify: bytes | None) -> Settings:
    """A ``dialog.notify`` column as settings."""
    return _decode(notify) if notify else {}


async def of_peers(app: App, owner: int, peers: Iterable[int]) -> dict[int, Settings]:
    """What ``owner`` set for each of ``peers`` (those at the default are absent)."""
    wanted = list(peers)
    rows = await app.store.rows(q.OF, owner=owner, ids=wanted) if wanted else []
    return {row.peer: _decode(row.notify) for row in rows if row.notify}


async def of_scope(app: App, owner: int, scope: str) -> Settings:
    """What ``owner`` set for all chats of ``scope``."""
    return dict((await accounts.settings(app, owner)).get("notify", {}).get(scope, {}))


async def muted(app: App, owner: int, peer: int) -> bool:
    """Whether ``owner`` hears nothing of the chat now: by its own setting, else by its scope's."""
    until = (await of_peers(app, owner, (peer,))).get(peer, {}).get("mute_until")
    if until is None:
        chat = await chats.get(app, peer) if peer < 0 else None
        wide = "chats" if chat is None or chat.kind != CHANNEL else "broadcasts"
        until = (await of_scope(app, owner, "users" if peer > 0 else wide)).get("mute_until", 0)
    return bool(until > app.clock.now())


async def exceptions(app: App, owner: int) -> dict[int, Settings]:
    """Every chat with settings of its own."""
    rows = await app.store.rows(q.EXCEPTIONS, owner=owner)
    return {row.peer: _decode(row.notify) for row in rows if row.notify}


async def set_peer(app: App, me: Actor, peer: int, settings: Settings) -> list[Event]:
    """Replace my settings of one chat; an empty map is the default."""
    return [await app.store.write(_set_peer, me, peer, settings, int(app.clock.now()))]


async def _set_peer(tx: Tx, me: Actor, peer: int, settings: Settings, at: int) -> Event:
    packed = _encode(settings) if settings else None
    await tx.run(q.SET, owner=me.id, peer=peer, notify=packed)
    return await log.state(
        tx, me.id, "notify", str(peer), {"peer": peer, "settings": settings}, at=at, by=me
    )


async def set_scope(app: App, me: Actor, scope: str, settings: Settings) -> list[Event]:
    """Replace my settings of a scope."""
    return [await app.store.write(_set_scope, me, scope, settings, int(app.clock.now()))]


async def _set_scope(tx: Tx, me: Actor, scope: str, settings: Settings, at: int) -> Event:
    kept = (await accounts.change_settings_in(tx, me.id, {})).get("notify", {})
    await accounts.change_settings_in(tx, me.id, {"notify": {**kept, scope: settings}})
    return await log.state(
        tx, me.id, "notify", scope, {"scope": scope, "settings": settings}, at=at, by=me
    )


async def reset(app: App, me: Actor) -> list[Event]:
    """Everything back to the default."""
    return await app.store.write(_reset, me, int(app.clock.now()))


async def _reset(tx: Tx, me: Actor, at: int) -> list[Event]:
    changed = [row.peer for row in await tx.rows(q.EXCEPTIONS, owner=me.id)]
    await tx.run(q.RESET, owner=me.id)
    await accounts.change_settings_in(tx, me.id, {"notify": None})
    news: list[tuple[str, dict[str, Any]]] = [(str(peer), {"peer": peer}) for peer in changed]
    news += [(scope, {"scope": scope}) for scope in SCOPES]
    return [
        await log.state(tx, me.id, "notify", key, {**data, "settings": {}}, at=at, by=me)
        for key, data in news
    ]
