"""Posts of public channels, read for danger once they are published. Chats never are.

A post is read in the process that took it, after its author has the answer. What a process that
ended did not get to read is read when the next one begins: of each channel the last post that was
read is written down, some seconds later, for all channels together.
"""

from __future__ import annotations

import asyncio

from petitbleu.app import App, Part
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.intake.classify.dangers import read
from petitbleu.desk.intake.classify.language import detect_language
from petitbleu.desk.intake.danger import alarms, helping
from petitbleu.desk.intake.danger import queries as q
from petitbleu.desk.intake.danger.alarms import Told
from petitbleu.desk.intake.danger.hearing import hear
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import TEXT, MessageRow, Outgoing, Sent
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Tx

MOST = 50
"""Posts of one channel that are read afterwards."""
_PAUSE = 5.0
"""Seconds until it is written down which posts were read."""


@messages.on_post
def posted(app: App, item: Outgoing, sent: Sent) -> None:
    """Something was said in a supergroup or channel: a post of a channel is read."""
    if item.kind == TEXT and item.text and item.peer == item.author:
        app.spawn(_read(app, item.author, sent.id, item.sender or 0, item.text))


@messages.on_edit
def edited(app: App, row: MessageRow) -> None:
    """A message of a supergroup or channel says something else now."""
    if row.kind == TEXT and row.text and row.owner == row.peer:
        app.spawn(_read(app, row.owner, row.id, row.sender, row.text))


async def _read(app: App, chat: int, message: int, sender: int, text: str) -> None:
    channel = await chats.get(app, chat)
    if channel is None or channel.kind != chats.CHANNEL or channel.username is None:
        return
    await hear(app, text)
    level = read(text).level
    if level:
        told = Told(level, f"account:{sender}", sender > 0, (f"post:{chat}",), text)
        place = f"{app.config.public_url.rstrip('/')}/{channel.username}/{message}"
        await app.store.write(_tell, app, told, chat, message, sender, place)
    _note(app, chat, message)


async def _tell(
    tx: Tx, app: App, told: Told, chat: int, message: int, sender: int, place: str
) -> None:
    name = f"post:{chat}/{message}"
    known = await cases.find(tx, name)
    state = await cases.get(tx, known) if known is not None else None
    if sender > 0:
        await helping.plan(tx, app, sender)
    if state is not None and state.closed_at is None:
        happened = await alarms.raise_in(tx, app, state, told)
        await cases.append(tx, app, state.number, "system", *happened)
        return
    now = int(app.clock.now())
    number = await case_numbers.take(tx, app.config, now)
    language = detect_language(told.text)
    await cases.open_case(
        tx,
        app,
        actor="system",
        number=number,
        kind=alarms.KIND[told.level],
        urgency=alarms.URGENCY[told.level],
        channel="post",
        received_at=now,
        language="" if language == "und" else language,
        targets=[place],
        target=chat,
        item=message,
        reasons=[f"tells_{told.level}"],
        moments=dict.fromkeys((alarms.SUSPECTED, alarms.SUSPICION), now),
        facts={"author": sender},
        then=await alarms.events(tx, app, number, told),
    )
    await cases.name(tx, number, name)


# ── which posts were read ───────────────────────────────────────────────────────────────────────


class _Noted:
    """Posts that were read since it was last written down: channel -> the newest."""

    __slots__ = ("newest", "planned")

    def __init__(self) -> None:
        self.newest: dict[int, int] = {}
        self.planned = False


NOTED: Part[_Noted] = Part(lambda _: _Noted())


def _note(app: App, chat: int, message: int) -> None:
    noted = app.parts[NOTED]
    noted.newest[chat] = max(message, noted.newest.get(chat, 0))
    if not noted.planned:
        noted.planned = True
        asyncio.get_running_loop().call_later(_PAUSE, lambda: app.spawn(write_down(app)))


async def write_down(app: App) -> None:
    """Write down which posts were read."""
    noted = app.parts[NOTED]
    noted.planned = False
    newest, noted.newest = noted.newest, {}
    if newest:
        await app.store.background(_write_down, newest)


async def _write_down(tx: Tx, newest: dict[int, int]) -> None:
    await tx.many(q.SET_SEEN, [{"chat": chat, "message": newest[chat]} for chat in sorted(newest)])


async def catch_up(app: App) -> int:
    """Read the posts that a process which ended did not get to read; how many there were."""
    count = 0
    for seen in await app.store.rows(q.ALL_SEEN):
        missed = await messages.newest_posts(app, seen.chat, seen.message, MOST)
        place = messages.unguarded(seen.chat, seen.chat)
        there = await messages.in_place(app, place, missed) if missed else {}
        for message in sorted(there):
            row = there[message]
            count += 1
            if row.kind == TEXT and row.text:
                await _read(app, seen.chat, message, row.sender, row.text)
    return count
