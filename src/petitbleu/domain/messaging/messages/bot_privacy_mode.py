"""What a bot in privacy mode hears in a group: commands, answers to it, mentions of it, service
messages, what it says itself; everything where it is an admin
(core.telegram.org/bots/features#privacy-mode).
"""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.app import App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import CHANNEL
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import ADMIN, role
from petitbleu.domain.messaging.messages import detect
from petitbleu.domain.messaging.messages.contents import TEXT
from petitbleu.domain.messaging.messages.flags import MENTIONED
from petitbleu.domain.messaging.messages.queries import MessageRow
from petitbleu.domain.messaging.unread_mentions import service as unread_mentions
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.usernames import service as usernames


async def heard(app: App, viewer: int, rows: Sequence[MessageRow]) -> Sequence[MessageRow]:
    """``rows`` without those that are none of ``viewer``'s business; all of them for people."""
    if viewer not in accounts.bots_in_privacy_mode(app):
        return rows
    closed = await _closed(app, viewer, {row.peer for row in rows if row.peer < 0})
    doubtful = [
        row
        for row in rows
        if row.peer in closed and row.kind == TEXT and viewer != (row.sender or row.author)
    ]
    if not doubtful:
        return rows
    name = (await usernames.load_usernames(app.store, [viewer])).get(viewer, "").lower()
    concerned = await _concerned(app, viewer, doubtful)
    unheard = {
        (row.owner, row.id)
        for row in doubtful
        if (row.owner, row.id) not in concerned and not _commanded(row, name)
    }
    return [row for row in rows if (row.owner, row.id) not in unheard]


async def _closed(app: App, bot: int, peers: set[int]) -> set[int]:
    """The groups among ``peers`` in which the bot is no admin."""
    known = await chats.get_many(app, peers)
    mine = await members.of_chats(app, bot, peers)
    now = app.clock.now()
    return {
        peer
        for peer, chat in known.items()
        if chat.kind != CHANNEL and role(mine.get(peer), now) < ADMIN
    }


async def _concerned(app: App, bot: int, rows: Sequence[MessageRow]) -> set[tuple[int, int]]:
    """(owner, id) of those that mention the bot or answer it."""
    pairs = {(row.owner, row.id) for row in rows if row.owner > 0 and row.flags & MENTIONED}
    shared: dict[int, list[int]] = {}
    for row in rows:
        if row.owner < 0 and row.flags & MENTIONED:
            shared.setdefault(row.owner, []).append(row.id)
    for channel, ids in shared.items():
        marks = await unread_mentions.marks(app.store, bot, channel, unread_mentions.MENTION, ids)
        pairs.update((channel, mark) for mark in marks)
    return pairs


def _commanded(row: MessageRow, name: str) -> bool:
    """Whether it holds a command for every bot, or for the one called ``name``."""
    return any(to in ("", name) for to in detect.commanded(row.text or ""))
