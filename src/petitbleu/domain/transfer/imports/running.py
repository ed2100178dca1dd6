"""Bringing an export in: chat by chat, batch by batch; what is on disk is never brought in twice.

Each batch is one transaction: messages, where they stand, how far the chat has come. After an
interruption the file is read again from its beginning, and what is done already is passed over.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from petitbleu.app import App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.reactions import service as reactions
from petitbleu.domain.transfer.imports import attaching, people, pieces, targets, telegram
from petitbleu.domain.transfer.imports import queries as q
from petitbleu.domain.transfer.imports.actions import TOLD
from petitbleu.domain.transfer.imports.queries import Run
from petitbleu.domain.transfer.imports.report import Report
from petitbleu.domain.transfer.imports.targets import GROUP, Shaped, Target
from petitbleu.domain.transfer.imports.telegram import Said
from petitbleu.store.api import Tx

BATCH = 250
"""Messages of one transaction."""
GROUP_MAX = 200
"""Members of a basic group; whoever speaks beyond has no copy of their own."""

_encode = msgspec.msgpack.Encoder().encode


class Job(NamedTuple):
    """What is brought in, and on whose behalf."""

    path: Path
    me: int
    """The account of whoever exported; 0 for a dry run without one."""
    only: tuple[str, ...] = ()
    """Names or ids of the chats wanted; empty: all."""


class Importer:
    """One export on its way in. ``run`` None: a dry run, which writes nothing."""

    def __init__(self, app: App, job: Job, run: Run | None) -> None:
        self.app = app
        self.job = job
        self.run = run
        self.zone = ZoneInfo(app.config.timezone)
        self.report = Report.load(run.report) if run is not None else Report()
        self.finished = False
        self._pieces = pieces.read(job.path)
        self._ahead: pieces.Piece | None = None
        self._numbers: dict[str, str] = {}
        self._chats: dict[int, q.ChatRow] | None = None
        self._n = -1
        self._target: Target | None = None
        self._seen = 0
        """Messages of the present chat read so far."""
        self._done = 0
        """Messages of the present chat that an earlier run has dealt with."""
        self._passed: dict[str, str] = {}
        self._names: dict[str, int] = {}
        """``name:Ada`` -> account, of people of the present chat."""
        self._inside: list[int] = []
        """Members of the group so far, and after the present batch:"""
        self._joined: list[int] = []

    async def step(self, seconds: float) -> bool:
        """Go on for about ``seconds``; True once all is in. Raises BadExport, OSError."""
        until = time.monotonic() + seconds
        while not self.finished:
            batch = await asyncio.to_thread(self._next)
            if not batch:
                await self._end_chat()
                await self._finish()
            elif isinstance(batch[0], pieces.Facts):
                await self._facts(batch[0].value)
            elif isinstance(batch[0], pieces.Chat):
                await self._end_chat()
                await self._begin_chat(batch[0])
            else:
                await self._messages(
                    [piece.value for piece in batch if type(piece) is pieces.Message]
                )
            if time.monotonic() >= until:
                break
        return self.finished

    def _next(self) -> list[pieces.Piece]:
        """The next piece, or as many messages as one batch takes."""
        batch: list[pieces.Piece] = []
        source: Iterator[pieces.Piece] = self._pieces
        while len(batch) < BATCH:
            piece = self._ahead or next(source, None)
            self._ahead = None
            if piece is None:
                break
            if type(piece) is not pieces.Message:
                if batch:
                    self._ahead = piece
                else:
                    batch.append(piece)
                break
            batch.append(piece)
        return batch

    async def _facts(self, facts: dict[str, Any]) -> None:
        contacts = (facts.get("contacts") or {}).get("list") or []
        self._numbers = people.numbers(contacts)
        user = (facts.get("personal_information") or {}).get("user_id")
        if user and self.run is not None:
            await self._is_me(f"user{user}")

    async def _is_me(self, source: str) -> None:
        if not await people.bind(self.app, source, self.job.me):
            raise pieces.BadExport(
                f"{source} of this export is another account here than the one named for it"
            )

    # ── chats ───────────────────────────────────────────────────────────────────────────────────

    async def _begin_chat(self, chat: pieces.Chat) -> None:
        self._n, self._target, self._seen, self._done = chat.n, None, 0, 0
        self._names, self._inside = {}, []
        before = await self._before()
        row = before.get(chat.n)
        kind = targets.KINDS.get(str(chat.value.get("type")), "")
        if row is None:
            reason = await self._unwanted(chat, kind)
            if reason is not None:
                self.report.leave_out(reason)
                if self.run is not None:
                    await self.app.store.write(self._note_chat, 0)
                return
            self.report.chats += 1
            peer = await self._make(chat, kind)
        elif row.peer == 0:
            return
        else:
            peer, self._done = row.peer, row.done
        self._target = Target(kind, peer, self.job.me, targets.source_of(chat.value))
        if kind in (GROUP, targets.SHARED) and peer:
            self._inside = await members.inside(self.app.store, peer)

    async def _before(self) -> dict[int, q.ChatRow]:
        """How far the chats of this file have come."""
        if self._chats is None:
            rows = [] if self.run is None else await self.app.store.rows(q.CHATS, run=self.run.id)
            self._chats = {row.n: row for row in rows}
        return self._chats

    async def _unwanted(self, chat: pieces.Chat, kind: str) -> str | None:
        """Why a chat is left out; None for one that is brought in."""
        only, facts = self.job.only, chat.value
        if only and not {str(facts.get("name")), str(facts.get("id"))} & set(only):
            return "chats that were not asked for"
        if chat.left:
            return "chats one had left before the export"
        if not kind:
            return f"chats of the type {facts.get('type')}"
        if self.run is None:
            return None
        source = targets.source_of(facts)
        known = await people.known(self.app.store, [source]) if source else {}
        if kind in (targets.GROUP, targets.SHARED, targets.POSTS):
            return "chats that an earlier import brought" if source in known else None
        peer = self.job.me if kind == targets.SAVED else known.get(source, 0)
        if peer:
            talked = await self.app.store.row(q.TALKED, owner=self.job.me, peer=peer)
            if talked is not None and talked.n:
                return "chats in which something was said here before"
        return None

    async def _make(self, chat: pieces.Chat, kind: str) -> int:
        """The chat here; noted, so that it is found again. 0 in a dry run."""
        if self.run is None:
            return 0
        name, source = chat.value.get("name"), targets.source_of(chat.value)
        if kind == targets.SAVED:
            peer = self.job.me
        elif kind == targets.PRIVATE:
            numbers = await people.ensure(self.app, {source: name}, self._numbers)
            peer = numbers[source]
        else:
            return await self.app.store.write(
                self._make_chat, kind, str(name or ""), source, int(self.app.clock.now())
            )
        await self.app.store.write(self._note_chat, peer)
        return peer

    async def _make_chat(self, tx: Tx, kind: str, title: str, source: str, at: int) -> int:
        peer = await targets.make_chat(tx, kind, title, self.job.me, at)
        await tx.run(q.PUT_PERSON, source=source, account=peer, phone=None, placeholder=0)
        await self._note_chat(tx, peer)
        return peer

    async def _note_chat(self, tx: Tx, peer: int) -> None:
        assert self.run is not None
        await tx.run(q.PUT_CHAT, run=self.run.id, n=self._n, peer=peer)
        await tx.run(q.REPORT, id=self.run.id, report=self.report.dump())

    async def _end_chat(self) -> None:
        """Everybody with a copy is told to look."""
        target, self._target = self._target, None
        if target is None or self.run is None:
            return
        if self._seen <= self._done and self._n < max(await self._before(), default=0):
            return  # it was told by the run before
        owners = {target.me, *self._inside}
        if target.kind == targets.PRIVATE:
            owners.add(target.peer)
        at = int(self.app.clock.now())
        for owner in sorted(owners):
            await self.app.store.write(_tell, owner, target, at)

    async def _finish(self) -> None:
        if self.run is not None:
            await self.app.store.write(self._write_end, int(self.app.clock.now()))
        self.finished = True

    async def _write_end(self, tx: Tx, at: int) -> None:
        assert self.run is not None
        await tx.run(q.FORGET_PLACES, run=self.run.id)
        await tx.run(q.FINISH, id=self.run.id, at=at, report=self.report.dump())

    # ── messages ────────────────────────────────────────────────────────────────────────────────

    async def _messages(self, raw: list[dict[str, Any]]) -> None:
        target = self._target
        first, self._seen = self._seen, self._seen + len(raw)
        if target is None:
            return
        if self._seen <= self._done:
            self._pass_over(raw)
            return
        await self._recall()
        batch: list[Said] = []
        for value in raw[max(0, self._done - first) :]:
            said = self._said(value)
            if said is not None:
                batch.append(said)
        named = _people(batch, target)
        if self.run is None:
            await self._dry(batch, named)
            return
        if target.kind in (targets.PRIVATE, targets.SAVED):
            for source in {said.source for said in batch} - {target.source, ""}:
                await self._is_me(source)
        who = await people.ensure(self.app, named, self._numbers)
        self._names.update({f"name:{name}": who[peer] for peer, name in named.items() if name})
        who = {**self._names, **who}
        media = [await self._media(target, said, who) for said in batch]
        at, before = int(self.app.clock.now()), self.report
        speakers = [targets.speaker(target, said, who) for said in batch]
        with (
            chats.changing(self.app, target.peer),
            members.changing(self.app, target.peer, *speakers),
        ):
            await self.app.store.background(self._write, target, batch, who, media, before, at)
        self._inside = self._joined

    def _pass_over(self, raw: list[dict[str, Any]]) -> None:
        """Messages that are in already: what their people are called is still to be known."""
        for value in raw:
            source = value.get("from_id") or value.get("actor_id")
            name = value.get("from") or value.get("actor")
            if source and name:
                self._passed[str(source)] = str(name)

    async def _recall(self) -> None:
        passed, self._passed = self._passed, {}
        for source, account in (await people.known(self.app.store, passed)).items():
            self._names[f"name:{passed[source]}"] = account

    def _said(self, value: dict[str, Any]) -> Said | None:
        try:
            said = telegram.parse_message(value, self.zone)
        except (KeyError, TypeError, ValueError, AttributeError):
            said = None
        if said is None:
            self.report.leave_out("messages that Telegram Desktop could not export, or nonsense")
            return None
        for reason in said.left_out:
            self.report.leave_out(reason)
        return said

    async def _dry(self, found: list[Said], named: dict[str, str | None]) -> None:
        self.report.messages += len(found)
        self.report.people.update(named)
        for said in found:
            media = said.media
            if media is None or media.kind not in ("photo", "file"):
                continue
            path = attaching.inside(self.job.path.parent, media.path) if media.path else None
            if path is not None and await asyncio.to_thread(path.is_file):
                self.report.files += 1
            else:
                self.report.leave_out("files that the export does not contain")

    async def _media(self, target: Target, said: Said, who: dict[str, int]) -> bytes | None:
        if said.media is None:
            return None
        owner = targets.speaker(target, said, who)
        stored, reason = await attaching.attach(self.app, owner, self.job.path.parent, said.media)
        if reason is not None:
            self.report.leave_out(reason)
            said.kept.update(said.media.facts)
        elif said.media.path:
            self.report.files += 1
        return stored

    async def _write(
        self,
        tx: Tx,
        target: Target,
        found: list[Said],
        who: dict[str, int],
        media: list[bytes | None],
        before: Report,
        at: int,
    ) -> None:
        assert self.run is not None
        self.report = before.copy()  # the transaction may be tried again
        inside = list(self._inside)
        shaped: list[Shaped] = []
        for said, stored in zip(found, media, strict=True):
            speaker = targets.speaker(target, said, who)
            if target.kind == GROUP and speaker not in inside:
                await targets.let_in(tx, target, [speaker], said.date)
                inside.append(speaker)
            one = targets.shape(target, said, who, stored, inside[:GROUP_MAX])
            self._count_action(said, one)
            shaped.append(one)
        if target.kind == targets.SHARED:
            speakers = {item.past.sender for item in shaped if item.past.sender is not None}
            new = sorted(speakers - set(inside))
            await targets.let_in(tx, target, new, at)
            inside += new
        written = await messages.backfill.write(tx, await self._answers(tx, found, shaped))
        places = [
            {"run": self.run.id, "n": self._n, "id": said.id, "author": one.author,
             "body": one.body}
            for said, one in zip(found, written, strict=True)
        ]  # fmt: skip
        await tx.many(q.PUT_PLACE, places)
        await self._react(tx, found, written, who)
        self.report.messages += len(written)
        await tx.run(q.DONE, run=self.run.id, n=self._n, done=self._seen)
        await tx.run(q.REPORT, id=self.run.id, report=self.report.dump())
        self._joined = inside

    def _count_action(self, said: Said, one: Shaped) -> None:
        if said.action is not None and one.past.extra is not None:
            action = messages.decode_extra(one.past.extra)["action"]
            if action[0] == TOLD:
                self.report.leave_out(f"service messages shown as a sentence: {said.action[0]}")

    async def _answers(
        self, tx: Tx, found: list[Said], shaped: list[Shaped]
    ) -> list[messages.backfill.Past]:
        """The messages with what they answer, in this batch or earlier."""
        assert self.run is not None
        here = {said.id: place for place, said in enumerate(found)}
        wanted = {one.reply for one in shaped if one.reply is not None and one.reply not in here}
        rows = []
        if wanted:
            rows = await tx.rows(q.PLACES, run=self.run.id, n=self._n, ids=sorted(wanted))
        earlier = {row.id: (row.author, row.body) for row in rows}
        ready = []
        for place, one in enumerate(shaped):
            reply: int | tuple[int, int] | None = None
            if one.reply is not None:
                inside = here.get(one.reply)
                reply = inside if inside is not None and inside < place else earlier.get(one.reply)
                if reply is None:
                    self.report.leave_out("answers to messages that are not in the export")
            ready.append(one.past._replace(reply=reply))
        return ready

    async def _react(
        self,
        tx: Tx,
        found: list[Said],
        written: list[messages.backfill.Written],
        who: dict[str, int],
    ) -> None:
        for said, one in zip(found, written, strict=True):
            for reaction in said.reactions:
                since = min((at for _, _, at in reaction.recent), default=said.date)
                at_body = (one.author, one.body, reaction.emoji)
                await reactions.put_past_count(tx, *at_body, n=reaction.count, since=since)
                for source, _, at in reaction.recent:
                    if who[source] > 0:
                        await reactions.put_past(tx, *at_body, account=who[source], at=at)


def _people(found: list[Said], target: Target) -> dict[str, str | None]:
    """Source -> name of everybody who speaks, reacts or is mentioned (None: deleted there)."""
    named: dict[str, str | None] = {}
    for said in found:
        sources = [(said.source, said.name)]
        if said.forward is not None and said.forward[1].startswith("user"):
            sources.append((said.forward[1], said.forward[0]))
        for reaction in said.reactions:
            sources += [(source, name) for source, name, _ in reaction.recent]
        for source, name in sources:
            # Who speaks in the name of the chat itself is nobody in particular.
            if (source and source != target.source) or source.startswith("user"):
                named[source] = name if name is not None else named.get(source)
        for entity in said.entities:
            if entity.kind == telegram.MENTION_NAME and entity.arg:
                named.setdefault(f"user{entity.arg}", _mentioned(said.text, entity))
    return named


def _mentioned(text: str, one: messages.Entity) -> str:
    units = text.encode("utf-16-le")
    return units[2 * one.offset : 2 * (one.offset + one.length)].decode("utf-16-le", "replace")


async def _tell(tx: Tx, owner: int, target: Target, at: int) -> None:
    if target.shared:
        await messages.backfill.read(tx, owner, target.peer)
    await messages.backfill.tell(tx, owner, at=at)


# ── beginning ───────────────────────────────────────────────────────────────────────────────────


def fingerprint(path: Path) -> str:
    """What makes the file itself: the SHA-256 of its bytes, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


async def begin(app: App, job: Job, marked: str) -> Run:
    """The run of this file: a new one, or the one that was interrupted (or is over)."""
    return await app.store.write(
        _begin, job, marked, int.from_bytes(app.random(7), "big"), int(app.clock.now())
    )


async def _begin(tx: Tx, job: Job, marked: str, number: int, at: int) -> Run:
    run = await tx.row(q.RUN_OF, print=marked)
    if run is None:
        report = Report().dump()
        await tx.run(
            q.PUT_RUN,
            id=number,
            print=marked,
            source=str(job.path),
            me=job.me,
            at=at,
            report=report,
        )
        run = Run(number, str(job.path), job.me, at, None, report)
    return run
