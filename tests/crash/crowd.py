"""Twenty people writing to one another through a server that may die at any moment.

Each keeps a picture of their box the way an app does: from answers and pushes in pts order, and by
``updates.getDifference`` after every gap and every new connection. A send that got no answer is
repeated with the same ``random_id`` until it gets one: only then it counts as acknowledged.

When what was said is heard, and when people are back, is noted and printed, and fails nothing.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from typing import Any

from petitbleu.bench import people
from petitbleu.bench.exchange import Address
from petitbleu.bench.people import Person
from petitbleu.bench.wire_client import CallFailed, Connection
from petitbleu.tl import api, codec
from tests.kit.waiting import GUARD

RETRY_SECONDS = 0.05
PAGE = 100
TO_ALL = "to all"
"""What a message in their basic group begins with."""
TO_ALL_SHARE = 0.2
PAUSE = float(os.environ.get("PAUSE", "0"))
"""Seconds between two messages of one person, on average. 0: as many as the servers take, and then
the times are those of a queue.
"""
_OWED, _AGAIN = "heard what a dead worker owed", "heard what it had not written, from its death on"
_TROUBLE, _OTHERWISE = "heard during trouble", "heard otherwise"
SILENT_SHARE, SILENT_SECONDS = 0.25, 12.0
"""Of those whose worker dies while they send, so many come back only after so long: what they said
is found by nobody's call.
"""


class Member:
    """One person: sends, listens, and knows what their box must hold."""

    def __init__(self, at: Address, person: Person) -> None:
        self.at = at
        self.person = person
        self.others: list[api.InputPeerUser] = []
        self.group: api.InputPeerChat | None = None
        """The basic group of them all, for those who are in it."""
        self.refused: list[str] = []
        """What sends were answered in place of a message, and were repeated."""
        self.acknowledged: dict[int, str] = {}
        """Id in the own box -> text, of every send that was answered."""
        self.picture: dict[int, str] = {}
        """Id in the own box -> text, of everything seen so far."""
        self.pts = 0
        self.running = True
        self.begun: dict[str, float] = {}
        """Text -> when it was sent first (``time.monotonic``), of all this person said."""
        self.heard: dict[str, float] = {}
        """Text -> when this person learned of it; 0: coming back, having been away."""
        self.dates: dict[str, int] = {}
        """Text -> when the server says that it was said (``time.time``, whole seconds)."""
        self.sending = ""
        """The text that has no answer yet."""
        self.cut_at = 0.0
        """When this person's worker died; 0: they are back."""
        self.silent_until = 0.0
        self.timeouts = 0
        self.back: list[float] = []
        """Seconds from a worker's death to being back and up to date."""
        self.came: list[float] = []
        """When this person connected (``time.monotonic``), the first time too."""
        self.sent_away: list[float] = []
        """When a connection of this person ended."""
        self._connection: Connection | None = None
        self._stale = self._away = True
        self._random_ids = random.Random(person.id)
        self._count = 0

    async def begin(self, crowd: list[Person]) -> None:
        """Learn whom to write to."""
        connection = await self._online()
        for other in crowd:
            if other.id != self.person.id:
                self.others.append(await people.befriend(connection, other))

    async def make_group(self) -> api.InputPeerChat:
        """A basic group of this person and all whom they know."""
        users = [api.InputUser(user_id=p.user_id, access_hash=p.access_hash) for p in self.others]
        request = people.request(api.messages.CreateChat(users=users, title="Hall"))
        made = codec.decode(await (await self._online()).call(request))
        return api.InputPeerChat(chat_id=made.updates.chats[0].id)

    async def join(self, group: api.InputPeerChat | None) -> None:
        """Write to ``group`` as well; the picture starts here."""
        self.group = group
        connection = await self._online()
        state = codec.decode(await connection.call(people.request(api.updates.GetState())))
        self.pts = state.pts
        self.picture.clear()
        self._stale = False

    async def write_until_stopped(self) -> None:
        """Send messages to random others, one in flight, whatever happens to the server."""
        while self.running:
            await self._pause()
            self._count += 1
            text = f"{self.person.id} says {self._count}"
            to: api.InputPeerUser | api.InputPeerChat = self._random_ids.choice(self.others)
            if self.group is not None and self._random_ids.random() < TO_ALL_SHARE:
                to, text = self.group, f"{TO_ALL}: {text}"
            random_id = self._random_ids.getrandbits(62)
            query = api.messages.SendMessage(peer=to, message=text, random_id=random_id)
            self.sending, self.begun[text] = text, time.monotonic()
            answer = await self._insist(people.request(query))
            self.sending = ""
            self.acknowledged[_sent_id(answer)] = text
            self._apply(answer, text)

    async def _pause(self) -> None:
        """Until this person has something to say, or is cut off, or must ask what is new."""
        until = time.monotonic() + (self._random_ids.expovariate(1 / PAUSE) if PAUSE else 0.0)
        while time.monotonic() < until and self.running and not (self.cut_at or self._stale):
            await asyncio.sleep(0.02)

    async def _insist(self, body: bytes) -> Any:
        """The answer to a request, over as many connections as it takes."""
        while True:
            await asyncio.sleep(max(0.0, self.silent_until - time.monotonic()))
            try:
                connection = await self._online()
                if self._stale:
                    await self._catch_up(connection)
                self._away = False
                if self.cut_at and self.came[-1] > self.cut_at:  # on another connection
                    self.back.append(time.monotonic() - max(self.cut_at, self.silent_until))
                    self.cut_at = 0.0
                return codec.decode(await asyncio.wait_for(connection.call(body), 20))
            except CallFailed as failure:
                if failure.code != 500:
                    raise
                self.refused.append(str(failure))
            except TimeoutError:
                self.timeouts += 1
            except OSError:
                pass
            await asyncio.sleep(RETRY_SECONDS)

    async def _online(self) -> Connection:
        if self._connection is None or self._connection.closed:
            self._stale = self._away = True
            self._connection = await asyncio.wait_for(
                people.online(self.at, self.person, self._pushed), 10
            )
            self.came.append(time.monotonic())
            self._connection.on_close = self._ended
        return self._connection

    def _ended(self) -> None:
        self.sent_away.append(time.monotonic())

    # ── the picture ──
    def _pushed(self, body: bytes) -> None:
        self._apply(codec.decode(body), "")

    def _apply(self, news: Any, own_text: str) -> None:
        if isinstance(news, api.UpdateShortSentMessage):
            self._message(news.id, own_text, news.date, news.pts, news.pts_count)
        elif isinstance(news, api.UpdateShortMessage):
            self._message(news.id, news.message, news.date, news.pts, news.pts_count)
        elif isinstance(news, api.UpdatesTooLong):
            self._stale = True
        else:
            for update in getattr(news, "updates", []):
                if isinstance(update, api.UpdateNewMessage):
                    message: Any = update.message
                    text = getattr(message, "message", "")  # none: of the group's making
                    self._message(message.id, text, message.date, update.pts, update.pts_count)

    def _message(self, id: int, text: str, date: int, pts: int, count: int) -> None:
        if pts - count == self.pts and not self._stale:
            self._note(id, text, date)
            self.pts = pts
        elif pts > self.pts:
            self._stale = True

    def _note(self, id: int, text: str, date: int) -> None:
        self.picture[id] = text
        self.dates[text] = date
        self.heard.setdefault(text, 0.0 if self._away else time.monotonic())

    async def _catch_up(self, connection: Connection) -> None:
        """From the picture's pts to the present, in as many slices as the server likes."""
        while True:
            query = api.updates.GetDifference(pts=self.pts, date=1, qts=1)
            found = codec.decode(await asyncio.wait_for(connection.call(people.request(query)), 20))
            self._stale = False
            if isinstance(found, api.updates.DifferenceEmpty):
                return
            for message in found.new_messages:
                self._note(message.id, message.message, message.date)
            if isinstance(found, api.updates.Difference):
                self.pts = found.state.pts
                return
            self.pts = found.intermediate_state.pts

    # ── the end ──
    async def converge(self) -> None:
        """One last look at the difference."""
        self._stale = True
        await self._insist(people.request(api.updates.GetState()))

    async def stored(self) -> dict[int, str]:
        """The box as a fresh device would read it: id -> text, page by page."""
        found: dict[int, str] = {}
        places: list[api.InputPeerUser | api.InputPeerChat] = [*self.others]
        if self.group is not None:
            places.append(self.group)
        for other in places:
            offset = 0
            while True:
                page = await self._insist(_page(other, offset))
                for message in page.messages:
                    if isinstance(message, api.MessageService):
                        continue  # of the group's making, before the picture
                    assert message.id not in found, f"message {message.id} is there twice"
                    found[message.id] = message.message
                if len(page.messages) < PAGE:
                    break
                offset = page.messages[-1].id
        return found

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()


def _page(chat: api.InputPeerUser | api.InputPeerChat, offset: int) -> bytes:
    return people.request(
        api.messages.GetHistory(
            peer=chat,
            offset_id=offset,
            offset_date=0,
            add_offset=0,
            limit=PAGE,
            max_id=0,
            min_id=0,
            hash=0,
        )
    )


def _sent_id(answer: Any) -> int:
    """The id a send was given, whichever form of Updates tells it."""
    if isinstance(answer, api.UpdateShortSentMessage):
        return int(answer.id)
    return next(u.id for u in answer.updates if isinstance(u, api.UpdateMessageID))


def _apart(one: int, other: int, count: int) -> int:
    """How far two numbers are from one another on a ring of ``count``."""
    return min((one - other) % count, (other - one) % count)


class Crowd:
    """All of them together."""

    def __init__(self, members: list[Member]) -> None:
        self.members = members
        self._tasks: list[asyncio.Task[None]] = []
        self._random = random.Random(len(members))
        self._owed: dict[str, tuple[float, float]] = {}
        """Text -> when the worker died that it was said to (``time.monotonic``, ``time.time``)."""
        self._troubles: list[tuple[float, float]] = []

    @classmethod
    async def gather(cls, at: Address, count: int, friends: int = 0) -> Crowd:
        """``friends``: how many of those before and after each person they know; 0: all know all.
        The first and whom they know are in one group.
        """
        crowd = await people.sign_up_many(at, 0, count)
        members = [Member(at, person) for person in crowd]
        near = friends or count
        known = [
            [
                other
                for i, other in enumerate(crowd)
                if min((i - n) % count, (n - i) % count) <= near
            ]
            for n in range(count)
        ]
        for first in range(0, count, 50):
            some = range(first, min(first + 50, count))
            await asyncio.gather(*(members[n].begin(known[n]) for n in some))
        group = await members[0].make_group()
        inside = {person.id for person in known[0]}
        await asyncio.gather(
            *(member.join(group if member.person.id in inside else None) for member in members)
        )
        return cls(members)

    def write(self) -> None:
        """Everybody starts writing."""
        for member in self.members:
            member.running = True
            self._tasks.append(asyncio.ensure_future(member.write_until_stopped()))

    async def rest(self) -> None:
        """Everybody finishes the message they are at."""
        for member in self.members:
            member.running = False
        await asyncio.wait_for(asyncio.gather(*self._tasks), 60)
        self._tasks.clear()

    @property
    def acknowledged(self) -> int:
        return sum(len(member.acknowledged) for member in self.members)

    async def check(self) -> None:
        """Everything acknowledged is there once, for both (in the group: for all); every picture is
        the stored one.
        """
        said: dict[str, int] = {}
        for member in self.members:
            async with asyncio.timeout(2 * GUARD):  # they insist for ever
                await member.converge()
                stored = await member.stored()
            assert member.picture == stored, f"{member.person.id}: {_differ(member, stored)}"
            mine = {id: text for id, text in stored.items() if id in member.acknowledged}
            assert mine == member.acknowledged, f"{member.person.id}: acknowledged but lost"
            for text in stored.values():
                said[text] = said.get(text, 0) + 1
        everybody = sum(member.group is not None for member in self.members)
        doubled = {
            text: times
            for text, times in said.items()
            if times != (everybody if text.startswith(TO_ALL) else 2)
        }
        assert doubled == {}, f"not exactly once with each of them: {doubled}"
        assert any(text.startswith(TO_ALL) for text in said), "nobody wrote to the group"

    def check_counters(self, begun_at: list[int]) -> None:
        """pts moved by one for each message of a box and by nothing else: no gap."""
        for member, began in zip(self.members, begun_at, strict=True):
            moved = member.pts - began
            assert moved == len(member.picture), f"{member.person.id}: pts moved by {moved}"

    # ── how long it took ──
    def cut(self, when: float, port: int) -> None:
        """The worker at ``port`` dies: note who is cut off, and what it may owe."""
        for member in self.members:
            if member.at.port == port:
                member.cut_at = when
                if member.sending:
                    self._owed[member.sending] = when, time.time()
                    if self._random.random() < SILENT_SHARE:
                        member.silent_until = when + SILENT_SECONDS

    def trouble(self, when: float, seconds: float) -> None:
        """What is said from ``when`` on for so long is counted apart."""
        self._troubles.append((when, when + seconds))

    def print_times(self) -> None:
        """When people were back, and when they heard what was said."""
        refused = sorted(each for one in self.members for each in one.refused)
        print(f"timeouts: {sum(one.timeouts for one in self.members)}, refused: {refused[:5]}")
        _print_times("back at another worker", [s for one in self.members for s in one.back])
        times: dict[str, list[float]] = {_OWED: [], _AGAIN: [], _TROUBLE: [], _OTHERWISE: []}
        for sender in self.members:
            for text, begun in sender.begun.items():
                since, _ = self._owed.get(text, (begun, 0.0))
                heard = [one.heard[text] for one in self.members if one.heard.get(text)]
                times[self._case(sender, text)] += [max(0.0, at - since) for at in heard]
        for case, seconds in times.items():
            _print_times(case, seconds)

    def _case(self, sender: Member, text: str) -> str:
        if text in self._owed:
            # What the dead worker had not written is owed by nobody: its sender says it again.
            _, died = self._owed[text]
            return _OWED if sender.dates.get(text, 0) <= died else _AGAIN
        begun = sender.begun[text]
        return _TROUBLE if any(a <= begun <= b for a, b in self._troubles) else _OTHERWISE

    def close(self) -> None:
        for member in self.members:
            member.close()


def _print_times(what: str, seconds: list[float]) -> None:
    if seconds:
        seconds.sort()
        p50, p99 = (seconds[int((len(seconds) - 1) * part)] for part in (0.5, 0.99))
        print(f"{what}: {len(seconds)} times, p50 {p50:.2f} s, p99 {p99:.2f} s,"
              f" at most {seconds[-1]:.2f} s")  # fmt: skip


def _differ(member: Member, stored: dict[int, str]) -> str:
    lost = [stored[id] for id in stored.keys() - member.picture.keys()][:5]
    extra = [member.picture[id] for id in member.picture.keys() - stored.keys()][:5]
    changed = [id for id in stored if member.picture.get(id, stored[id]) != stored[id]][:5]
    return f"missing {lost}, only in the picture {extra}, different {changed}"
