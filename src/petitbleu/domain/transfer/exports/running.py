"""Writing everything of one person to a folder: ``result.json`` and the files beside it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from petitbleu import ids
from petitbleu.app import Actor, App
from petitbleu.domain.access.devices import service as devices
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.messaging.dialogs import service as dialogs
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import MessageRow, Place
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.contacts import service as contacts
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.domain.transfer.exports import queries as q
from petitbleu.domain.transfer.exports import telegram
from petitbleu.domain.transfer.exports.carrying import Files, carried
from petitbleu.domain.transfer.exports.telegram import Names, Reaction
from petitbleu.errors import Fault

BATCH = 250
RECENT = 3
"""People named under a reaction."""
ABOUT = "Here is the data of your account on {}."

_json = msgspec.json.encode


class Listed(NamedTuple):
    """A chat to write."""

    n: int
    where: Place
    facts: dict[str, Any]
    files: Files


class Exporter:
    """One person's export on its way out."""

    def __init__(self, app: App, account: int, to: Path) -> None:
        self.app = app
        self.me = Actor(account)
        self.to = to
        self.zone = ZoneInfo(app.config.timezone)
        self.names = Names(self.zone)
        self.chats = self.messages = self.files = self.all_chats = 0
        self.finished = False
        self._out: BinaryIO | None = None
        self._todo: list[int] | None = None
        self._chat: Listed | None = None
        self._after = 0
        self._first = True

    async def step(self, seconds: float) -> bool:
        """Go on for about ``seconds``; True once all is written. Raises OSError."""
        until = time.monotonic() + seconds
        try:
            while not self.finished:
                if self._out is None or self._todo is None:
                    await self._begin()
                elif self._chat is None:
                    await self._next_chat(self._out, self._todo)
                else:
                    await self._batch(self._out, self._chat)
                if time.monotonic() >= until:
                    break
        except BaseException:
            self.close()
            raise
        return self.finished

    def close(self) -> None:
        """Give up, or be done."""
        if self._out is not None:
            self._out.close()

    async def _begin(self) -> None:
        self.to.mkdir(parents=True)
        self._out = (self.to / "result.json.part").open("xb")
        facts = await self._facts()
        self._out.write(_json(facts)[:-1] + b',"chats":{"about":"","list":[')
        self._todo = await self._peers()
        self.all_chats = len(self._todo)

    async def _peers(self) -> list[int]:
        peers: list[int] = []
        place = dialogs.Place()
        while True:
            page = await dialogs.page(self.app, self.me, place, dialogs.PAGE)
            new = [row.peer for row in page.rows if row.peer not in peers]
            if not new:
                return peers
            peers += new
            last = page.rows[-1]
            place = dialogs.Place(last.top_date, last.top_id, last.peer)

    async def _facts(self) -> dict[str, Any]:
        row = await accounts.get(self.app, self.me.id)
        assert row is not None
        username = (await usernames.load_usernames(self.app.store, [row.id])).get(row.id)
        personal = {
            "user_id": row.id,
            "first_name": row.first_name,
            "last_name": row.last_name,
            "phone_number": f"+{row.phone}" if row.phone else "",
            "username": f"@{username}" if username else "",
            "bio": row.about,
        }
        lines = [
            *await contacts.all_of(self.app, self.me.id),
            *await contacts.saved(self.app, self.me.id),
        ]
        book = {(line.target, line.phone): line for line in lines}
        return {
            "about": ABOUT.format(self.app.config.name),
            "personal_information": personal,
            "contacts": {
                "about": "",
                "list": [
                    {
                        "user_id": line.target,
                        "first_name": line.first_name,
                        "last_name": line.last_name,
                        "phone_number": f"+{line.phone}" if line.phone else "",
                        "date": self.names.local(line.added_at),
                        "date_unixtime": str(line.added_at),
                    }
                    for line in book.values()
                ],
            },
            "sessions": {
                "about": "",
                "list": [
                    self._session(device) for device in await devices.devices(self.app, row.id)
                ],
            },
        }

    def _session(self, one: Any) -> dict[str, Any]:
        return {
            "last_active": self.names.local(one.active_at),
            "last_active_unixtime": str(one.active_at),
            "last_ip": one.ip,
            "last_country": one.country,
            "application_name": one.platform,
            "application_version": one.app_version,
            "device_model": one.device,
            "platform": one.platform,
            "system_version": one.system,
            "created": self.names.local(one.created_at),
            "created_unixtime": str(one.created_at),
        }

    async def _next_chat(self, out: BinaryIO, todo: list[int]) -> None:
        if not todo:
            out.write(b"]}}")
            out.close()
            (self.to / "result.json.part").rename(self.to / "result.json")
            self.finished = True
            return
        peer = todo.pop(0)
        try:
            where = await messages.place(self.app, self.me, peer)
        except Fault:  # a chat that may not be looked into any more
            return
        facts = await self._chat_facts(peer)
        self.chats += 1
        out.write(b"," if self.chats > 1 else b"")
        out.write(_json(facts)[:-1] + b',"messages":[\n')
        files = Files(self.to, f"chats/chat_{self.chats:03}")
        self._chat = Listed(self.chats, where, facts, files)
        self._after, self._first = 0, True

    async def _chat_facts(self, peer: int) -> dict[str, Any]:
        if peer == self.me.id:
            return {"type": "saved_messages", "id": peer}
        await self._learn({peer})
        if peer > 0:
            row = await accounts.get(self.app, peer)
            bot = row is not None and row.kind == accounts.BOT
            kind = "bot_chat" if bot else "personal_chat"
        else:
            chat = await chats.get(self.app, peer)
            assert chat is not None
            kind = "private_group"
            if chat.kind != chats.BASIC:
                sort = "channel" if chat.kind == chats.CHANNEL else "supergroup"
                kind = f"{'public' if chat.username else 'private'}_{sort}"
        return {"name": self.names.name(peer), "type": kind, "id": ids.bare(peer)}

    async def _learn(self, peers: set[int]) -> None:
        """Get to know what they are called."""
        missing = peers - self.names.known.keys()
        people = await accounts.get_many(self.app, [peer for peer in missing if peer > 0])
        for one, row in people.items():
            name = f"{row.first_name} {row.last_name}".strip()
            self.names.known[one] = None if row.deleted_at is not None else name
        for one, chat in (await chats.get_many(self.app, missing)).items():
            self.names.known[one] = chat.title

    async def _batch(self, out: BinaryIO, chat: Listed) -> None:
        rows = await messages.backfill.following(self.app, chat.where, self._after, BATCH)
        if not rows:
            out.write(b"]}")
            self.files += chat.files.count
            self._chat = None
            return
        self._after = rows[-1].id
        reactions = await self._reactions(rows)
        peers = {one for row in rows for one in telegram.named(row)}
        await self._learn(peers | {who for reaction in reactions.values() for one in reaction
                                   for who, _ in one.recent})  # fmt: skip
        for row in rows:
            media = await carried(self.app, chat.files, row, self.zone)
            message = telegram.message(
                row, self.names, reactions.get((row.author, row.body), []), media
            )
            out.write((b"" if self._first else b",\n") + _json(message))
            self._first = False
        self.messages += len(rows)

    async def _reactions(self, rows: list[MessageRow]) -> dict[tuple[int, int], list[Reaction]]:
        by_author: dict[int, list[int]] = {}
        for row in rows:
            by_author.setdefault(row.author, []).append(row.body)
        reactions: dict[tuple[int, int], list[Reaction]] = {}
        for author, bodies in by_author.items():
            counts = await self.app.store.scan(q.COUNTS, author=author, bodies=bodies)
            if not counts:
                continue
            recent: dict[tuple[int, str], list[tuple[int, int]]] = {}
            for one in await self.app.store.scan(q.RECENT, author=author, bodies=bodies):
                recent.setdefault((one.body, one.emoji), []).append((one.account, one.at))
            for counted in counts:
                some = recent.get((counted.body, counted.emoji), [])[:RECENT]
                reaction = Reaction(counted.emoji, counted.n, some)
                reactions.setdefault((author, counted.body), []).append(reaction)
        return reactions
