"""When somebody is told of a message in a browser that has no page open.

Whoever is there is not told: a person is there while a session of theirs answers. With none
connected a notice leaves at once; with one that is connected and silent it leaves when nothing was
heard of it for half a minute. Nothing here is in the transactions of messages: what is lost in a
crash is a notice, never a message.
"""

from __future__ import annotations

import asyncio
import datetime
import hashlib
import zoneinfo
from typing import Any

from petitbleu import webpush
from petitbleu.app import Actor, App, Part
from petitbleu.domain.client.push import queries as q
from petitbleu.domain.client.push import sending, service, wording
from petitbleu.domain.client.push.queries import SubscriptionRow
from petitbleu.domain.client.push.sending import Notice
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.messaging.dialogs import service as dialogs
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.messaging.notifications import service as notifications
from petitbleu.domain.updates import log
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.store.api import Tx

GATHER = 0.3
"""Seconds in which what comes in one chat makes one notice."""
THERE = 30
"""So long after it was heard of, a session counts as answering."""
PATIENCE = 5
"""Seconds that a session has to answer which was silent for longer."""
WAITING = 20_000
"""Notices that wait in memory; beyond, the newest are not told."""
MESSAGE_TTL, READ_TTL = 86_400, 3600
_SLICE = 500


class Waiting:
    """What may become a notice."""

    __slots__ = ("channels", "chats", "timers")

    def __init__(self) -> None:
        self.chats: dict[tuple[int, int], int] = {}
        """(person, chat) -> newest message, while it is gathered or waits for an answer."""
        self.channels: dict[int, int] = {}
        """Channel -> newest post, while it is gathered."""
        self.timers: set[asyncio.TimerHandle] = set()

    async def close(self) -> None:
        """Tell nobody any more."""
        for timer in self.timers:
            timer.cancel()


WAITING_ROOM: Part[Waiting] = Part(lambda _: Waiting(), Waiting.close)


@log.taps("message.new")
def arrived(app: App, event: Event) -> None:
    """A message. Cheap: called for every copy of every one."""
    known = app.parts[service.KNOWN]
    if not known.accounts or (event.owner > 0 and event.owner not in known.accounts):
        return
    row = log.row_of(event)
    if row is None or row.kind or row.sender == event.owner > 0:
        return
    if event.owner > 0:
        note(app, event.owner, row.peer, row.id)
    else:
        _note_post(app, event.owner, row.id, row.sender)


def note(app: App, account: int, peer: int, id: int) -> None:
    """Something new for a person in a chat."""
    waiting = app.parts[WAITING_ROOM]
    key = (account, peer)
    fresh = key not in waiting.chats
    if fresh and len(waiting.chats) >= WAITING:
        return
    waiting.chats[key] = max(id, waiting.chats.get(key, 0))
    if fresh:
        _later(app, GATHER, account, peer, app.clock.now())


def _later(app: App, seconds: float, account: int, peer: int, since: float) -> None:
    waiting = app.parts[WAITING_ROOM]

    def due() -> None:
        waiting.timers.discard(timer)
        app.spawn(_look(app, account, peer, since))

    timer = asyncio.get_running_loop().call_later(seconds, due)
    waiting.timers.add(timer)


def _note_post(app: App, channel: int, id: int, sender: int) -> None:
    waiting = app.parts[WAITING_ROOM]
    fresh = channel not in waiting.channels
    waiting.channels[channel] = max(id, waiting.channels.get(channel, 0))
    if not fresh:
        return

    def due() -> None:
        waiting.timers.discard(timer)
        app.spawn(_spread(app, channel, waiting.channels.pop(channel, 0), sender))

    timer = asyncio.get_running_loop().call_later(GATHER, due)
    waiting.timers.add(timer)


async def _spread(app: App, channel: int, id: int, sender: int) -> None:
    """A post, to those of its members who have a browser."""
    accounts = sorted(app.parts[service.KNOWN].accounts)
    now = app.clock.now()
    for first in range(0, len(accounts), _SLICE):
        found = await members.of_accounts(app, channel, accounts[first : first + _SLICE])
        for account, member in found.items():
            if account != sender and members.role(member, now) >= members.MEMBER:
                note(app, account, channel, id)


def is_due(app: App, account: int, since: float) -> float | None:
    """In how many seconds a person may be told of what came at ``since``; None: not at all, a
    session of theirs has answered.
    """
    links = [] if app.sessions is None else app.sessions.of_user(account)
    heard: list[float] = [link.heard_at for link in links if link.connected]
    if not heard:
        return 0.0
    if max(heard) > since:
        return None
    return max(0.0, max(max(heard) + THERE, since + PATIENCE) - app.clock.now())


async def _look(app: App, account: int, peer: int, since: float) -> None:
    waiting = app.parts[WAITING_ROOM]
    seconds = is_due(app, account, since)
    if seconds:
        _later(app, seconds, account, peer, since)
        return
    id = waiting.chats.pop((account, peer), 0)
    if seconds is not None and id:
        await tell(app, account, peer, id)


async def tell(app: App, account: int, peer: int, id: int) -> None:
    """Tell the person's browsers of a message, if it is still to be told."""
    rows = await service.of_account(app, account)
    if not rows:
        app.parts[service.KNOWN].accounts.discard(account)
        return
    if sending.is_suspended(app, account):
        await service.forget_account(app, account)
        return
    row = await _unread(app, account, peer, id)
    if row is None:
        return
    settings = await _settings(app, account, peer)
    if settings.get("mute_until", 0) > app.clock.now():
        return
    now = app.clock.now()
    awake = [one for one in rows if not is_quiet(one, now)]
    notices = [await _notice(app, one, row, settings) for one in awake]
    if notices:
        await app.store.write(_show, account, peer, id, int(now))
        app.parts[service.KNOWN].shown.add((account, peer))
        sending.put(app, notices)


async def _unread(app: App, account: int, peer: int, id: int) -> MessageRow | None:
    """The message, if the person may see it and has not read it."""
    me = Actor(account)
    try:
        where = await messages.place(app, me, peer)
    except Fault:
        return None
    row = (await messages.in_place(app, where, [id])).get(id)
    (dialog,) = await dialogs.of_peers(app, me, [peer])
    return row if row is not None and dialog.read_in < id else None


async def _settings(app: App, account: int, peer: int) -> dict[str, Any]:
    """What the person set for the chat, and where nothing is set for all chats of its kind."""
    chat = await chats.get(app, peer) if peer < 0 else None
    kind = "users" if peer > 0 else "chats"
    if chat is not None and chat.kind == chats.CHANNEL:
        kind = "broadcasts"
    wide = await notifications.of_scope(app, account, kind)
    return wide | (await notifications.of_peers(app, account, (peer,))).get(peer, {})


def is_quiet(row: SubscriptionRow, now: float) -> bool:
    """Whether it is an hour without notices where the browser is."""
    begin, end = row.quiet_from, row.quiet_until
    if begin == end:
        return False
    at = datetime.datetime.fromtimestamp(now, zoneinfo.ZoneInfo(row.zone))
    minute = at.hour * 60 + at.minute
    return begin <= minute < end if begin < end else minute >= begin or minute < end


async def _notice(
    app: App, to: SubscriptionRow, row: MessageRow, settings: dict[str, Any]
) -> Notice:
    extra = messages.decode_extra(row.extra or b"\x80")
    shown = settings.get("show_previews", True) is not False
    words = await wording.words(app, row, to.lang, named=bool(to.with_text), shown=shown)
    told: dict[str, object] = {
        "v": 1,
        "chat": key_of(row.peer),
        "id": row.id,
        "at": row.date,
        "title": words.title,
        "text": words.text,
        "silent": bool(settings.get("silent") or extra.get("silent"))
        or settings.get("sound") == ["none"],
    }
    return Notice(to.account, to.endpoint, topic(to, row.peer), told, True, MESSAGE_TTL)


def key_of(peer: int) -> str:
    """A chat as addresses of the page name it: ``u5``, ``g5``, ``c5``."""
    if peer > 0:
        return f"u{peer}"
    return f"c{-peer - 1_000_000_000_000}" if peer < -1_000_000_000_000 else f"g{-peer}"


def topic(to: SubscriptionRow, peer: int) -> str:
    """What notices of a chat wait under: it tells the push service nothing."""
    digest = hashlib.sha256(to.secret + str(peer).encode()).digest()
    return webpush.base64url(digest[:24])


async def _show(tx: Tx, account: int, peer: int, upto: int, at: int) -> None:
    await tx.run(q.SHOW, account=account, peer=peer, upto=upto, at=at)


# ── read elsewhere ──────────────────────────────────────────────────────────────────────────────


@log.taps("read.inbox")
def read(app: App, event: Event) -> None:
    """A chat was read: its notice goes."""
    key = (event.owner, event.data["peer"])
    waiting = app.parts[WAITING_ROOM].chats
    if key in waiting and waiting[key] <= event.data["max_id"]:
        del waiting[key]
    if key in app.parts[service.KNOWN].shown:
        app.spawn(close(app, *key, event.data["max_id"]))


@log.taps("read.channel_inbox")
def read_channel(app: App, event: Event) -> None:
    """A channel or supergroup was read: its notice goes."""
    read(app, event)


async def close(app: App, account: int, peer: int, upto: int) -> None:
    """Have the notice of a chat taken away that was read up to a message."""
    if not await app.store.write(_close, account, peer, upto):
        return
    app.parts[service.KNOWN].shown.discard((account, peer))
    told: dict[str, object] = {"v": 1, "chat": key_of(peer), "read": upto}
    sending.put(
        app,
        [
            Notice(account, row.endpoint, topic(row, peer), told, False, READ_TTL)
            for row in await service.of_account(app, account)
        ],
    )


async def _close(tx: Tx, account: int, peer: int, upto: int) -> int:
    return await tx.run(q.CLOSE, account=account, peer=peer, upto=upto)
