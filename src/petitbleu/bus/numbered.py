"""What any bus does over a carrier that may lose frames in silence: gather, number, notice.

Frames are numbered for each pair of workers, and those to all for each sender. A hole in the
numbers is a loss. So is a live worker that was not heard for :data:`SILENT`, and so is the own
beat: a carrier that is frozen says nothing by itself. A beat goes to all every :data:`BEAT`; it
names the number last sent to each worker, so that the loss of the last frame is noticed too.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import time
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from petitbleu.bus import frames
from petitbleu.bus.api import ALL, Answer, BusGone, Take
from petitbleu.bus.frames import Frame, Sealer, Unreadable
from petitbleu.metrics import counter

BEAT = 0.5
SILENT = 1.45
"""Seconds without a beat after which frames count as lost: of three beats none came, and a beat is
when one looks.
"""
SILENCES = (SILENT, 2 * SILENT, 4 * SILENT)
"""And after which they do again: what a worker sent to the database before it died may be committed
after the others have looked, where the database is busy or waits for its standby. The last look is
when the worker is taken off (``store/workers.py``).
"""
DOUBT = 0.95
"""Seconds without a beat after which whoever remembers looks for themselves, though nothing counts
as lost: two beats should have come. What is over at another worker is to be refused within 2 s,
and a busy machine needs some of them.
"""
USED = 2.0
"""Pairs used within these seconds are named in a beat."""
LATE = 0.05
"""Seconds a frame may take longer than the beat that names it."""
FORGET = 60.0
"""Seconds of silence after which a worker that nobody counts as live is forgotten."""

_BEAT, _ASK, _TOLD = "beat", "ask", "told"

LOST = counter("frames_lost_total", "Times that frames of the bus were, or may have been, lost")
UNOPENED = counter("frames_unopened_total", "Frames of the bus that could not be read")

log = logging.getLogger("petitbleu.bus")


class Carrier(Protocol):
    """Carries bytes: NATS, or a test."""

    def connected(self) -> bool:
        """Whether there is anybody to hand bytes to."""

    def publish(self, to: int, data: bytes) -> None:
        """Send to worker ``to``, or to all (0), this one included. Never waits or raises."""

    def renew(self) -> None:
        """Nothing comes back any more: find another way. Never waits or raises."""


class Heard:
    """How far this worker has heard another one."""

    __slots__ = ("all", "at", "boot", "own", "silences")

    def __init__(self, boot: bytes, at: float) -> None:
        self.boot = boot
        self.all = self.own = 0
        """Numbers of the newest frames: to all, and to this worker."""
        self.at = at
        self.silences = 0
        """How many of :data:`SILENCES` have passed since."""


class Counts:
    """What went by since the start."""

    __slots__ = ("bytes_out", "frames_in", "frames_lost", "frames_out", "unopened")

    def __init__(self) -> None:
        self.frames_in = self.frames_out = self.bytes_out = 0
        self.frames_lost = 0
        """Times that frames were, or may have been, lost."""
        self.unopened = 0
        """Frames that could not be read: another cluster of this name, or somebody who tries."""


class NumberedBus:
    """See :class:`petitbleu.bus.api.Bus`, over a :class:`Carrier`."""

    def __init__(
        self,
        sealer: Sealer,
        carrier: Carrier,
        *,
        live: Callable[[], Iterable[int]] = tuple,
        now: Callable[[], float] = time.monotonic,
        later: Callable[[float, Callable[[], None]], object] | None = None,
    ) -> None:
        """``live()``: the workers that are there, as the database knows. ``later(seconds, do)``
        has something done once ``now()`` has gone on by so much; default: by the event loop.
        """
        self.me = sealer.me
        self.lost: list[Callable[[], None]] = []
        self.unsure: list[Callable[[], None]] = []
        self.counts = Counts()
        self.carrier = carrier
        self.live = live
        self._sealer = sealer
        self._now = now
        self._later = later or (
            lambda seconds, do: asyncio.get_running_loop().call_later(seconds, do)
        )
        self._takers: dict[str, list[Take]] = {}
        self._answers: dict[str, Answer] = {}
        self._out: dict[int, list[bytes]] = {}
        self._n: dict[int, int] = {}
        self._used: dict[int, float] = {}
        self._heard: dict[int, Heard] = {}
        self._missed: dict[int, float] = {}
        """Live workers that were never heard, and since when they are missed."""
        self._own_beat = -SILENT
        self._own_silent = True
        self._unsure = False
        self._renewed = True
        """Whether nothing more can be done about the own silence; while nothing was ever heard too:
        whose server gives nothing back gets no other one.
        """
        self._asked: dict[int, asyncio.Future[Any]] = {}
        self._questions = itertools.count(1)
        self._answering: set[asyncio.Task[None]] = set()
        self._flushing = False
        self._alarmed = -FORGET
        self.closed = False

    # ── sending ─────────────────────────────────────────────────────────────────────────────────

    def send(self, to: int, kind: str, item: Any) -> None:
        if to == self.me:
            self._take(self.me, kind, item)
        elif to > 0:
            self._put(to, kind, item)

    def all(self, kind: str, item: Any) -> None:
        self._put(ALL, kind, item)

    def _put(self, to: int, kind: str, item: Any) -> None:
        try:
            data = frames.encoded(kind, item)
        except (TypeError, ValueError, OverflowError) as error:
            log.error("news of kind %s cannot be sent: %s", kind, error)
            data = None
        if self.closed:
            return
        if data is None:  # a hole in the numbers tells the other side to look for itself
            self._n[to] = self._n.get(to, 0) + 1
            self._used[to] = self._now()
            return
        self._out.setdefault(to, []).append(data)
        if not self._flushing:
            self._flushing = True
            asyncio.get_running_loop().call_soon(self.flush)

    def flush(self) -> None:
        """Hand over what was sent in this turn of the loop: one frame a destination, or as many as
        are needed.
        """
        self._flushing = False
        out, self._out = self._out, {}
        now = self._now()
        for to, items in out.items():
            self._used[to] = now
            for part in frames.split(items):
                n = self._n[to] = self._n.get(to, 0) + 1
                # While the bus is down nothing is kept for later: what is passing would arrive
                # stale, and the numbers tell that something is missing.
                if self.up() or (to == ALL and self.carrier.connected()):
                    data = self._sealer.seal(to, n, part)
                    self.counts.frames_out += 1
                    self.counts.bytes_out += len(data)
                    self.carrier.publish(to, data)

    def beat(self) -> None:
        """Say that this worker is there, and see who is silent. To be called every BEAT seconds."""
        now = self._now()
        recent = {to: self._n[to] for to, at in self._used.items() if to and now - at <= USED}
        for to in [to for to, at in self._used.items() if now - at > FORGET]:
            del self._used[to]
        self.all(_BEAT, recent)
        self.listen()

    def listen(self) -> None:
        """See who is silent."""
        now = self._now()
        if now - self._own_beat >= SILENT:
            if not self._own_silent:
                self._own_silent = True
                self.note_lost("the own beat was not heard")
            elif not self._renewed:  # not at the first look: this process may have been frozen
                self._renewed = True
                self.carrier.renew()
        live = set(self.live())
        never = live - self._heard.keys() - {self.me}
        self._missed = {worker: self._missed.get(worker, now) for worker in never}
        for worker, heard in list(self._heard.items()):
            silent = now - heard.at
            if silent < SILENT:
                continue
            if worker not in live and silent > FORGET:
                del self._heard[worker]
            elif heard.silences < len(SILENCES) and silent >= SILENCES[heard.silences]:
                heard.silences += 1
                self.note_lost(f"worker {worker} is silent")
        before, self._unsure = self._unsure, not self.hears_all()
        if self._unsure and not before:
            for unsure in self.unsure:
                unsure()

    # ── taking ──────────────────────────────────────────────────────────────────────────────────

    def deliver(self, data: bytes) -> None:
        """Take bytes from the carrier. Never raises."""
        if self.closed:
            return
        try:
            frame = self._sealer.open(data)
        except Unreadable as error:
            self._unreadable(str(error))
            return
        if frame.sender == self.me:
            self._echo(frame)
            return
        if self._is_new(frame):
            self.counts.frames_in += 1
            for item in frame.items:
                self._item(frame.sender, item)

    def _unreadable(self, why: str) -> None:
        self.counts.unopened += 1
        UNOPENED.add()
        now = self._now()
        if now - self._alarmed >= FORGET:
            self._alarmed = now
            log.error(
                "A frame on the bus cannot be read (%s): another cluster has this one's name, or"
                " somebody else writes to its subjects.",
                why,
            )
        self.note_lost("a frame could not be read")

    def _echo(self, frame: Frame) -> None:
        if frame.boot != self._sealer.boot:
            self._unreadable("a second process has the id of this worker")
            return
        if any(isinstance(item, list) and item[:1] == [_BEAT] for item in frame.items):
            self._own_beat = self._now()
            self._renewed = False
            if self._own_silent:
                self._own_silent = False
                self.note_lost("the bus is back")

    def _is_new(self, frame: Frame) -> bool:
        """Note the number of a frame; False where it was there before, or too late."""
        now = self._now()
        heard = self._heard.get(frame.sender)
        if heard is None:
            heard = self._heard[frame.sender] = Heard(frame.boot, now)
        elif heard.boot != frame.boot:
            self._unreadable(f"a second process has the id of worker {frame.sender}")
            return False
        before = heard.all if frame.to == ALL else heard.own
        if frame.n <= before:
            return False
        heard.at = now
        heard.silences = 0
        if frame.to == ALL:
            heard.all = frame.n
        else:
            heard.own = frame.n
        if frame.n != before + 1:
            self.note_lost(f"frames {before + 1} to {frame.n - 1} of worker {frame.sender}")
        return True

    def _item(self, sender: int, item: Any) -> None:
        if not isinstance(item, list) or len(item) != 2 or not isinstance(item[0], str):
            self.note_lost(f"worker {sender} sent what is no item")
            return
        kind, value = item
        if kind == _BEAT:
            self._beaten(sender, value)
        elif kind == _ASK:
            self._ask_came(sender, value)
        elif kind == _TOLD:
            self._told(value)
        else:
            self._take(sender, kind, value)

    def _take(self, sender: int, kind: str, value: Any) -> None:
        takers = self._takers.get(kind)
        if takers is None:
            self.note_lost(f"worker {sender} sent news of the unknown kind {kind!r}")
            return
        for take in takers:
            try:
                take(sender, value)
            except Exception as error:
                log.error("news of kind %s could not be taken", kind, exc_info=error)
                self.note_lost(f"news of kind {kind} of worker {sender}")

    def _beaten(self, sender: int, numbers: Any) -> None:
        n = numbers.get(self.me) if isinstance(numbers, dict) else None
        heard = self._heard[sender]
        if isinstance(n, int) and n > heard.own:
            self._later(LATE, lambda: self._expect(sender, n))

    def _expect(self, sender: int, n: int) -> None:
        heard = self._heard.get(sender)
        if heard is not None and heard.own < n and not self.closed:
            heard.own = n
            self.note_lost(f"the newest frames of worker {sender}")

    def note_lost(self, why: str) -> None:
        """Something did not arrive, or may not have: whoever can is to look for themselves."""
        self.counts.frames_lost += 1
        LOST.add()
        log.info("lost on the bus: %s", why)
        for lost in self.lost:
            lost()

    def on(self, kind: str, take: Take) -> None:
        self._takers.setdefault(kind, []).append(take)

    # ── asking ──────────────────────────────────────────────────────────────────────────────────

    def answer(self, kind: str, give: Answer) -> None:
        self._answers[kind] = give

    async def ask(self, to: int, kind: str, item: Any, seconds: float = 2.0) -> Any:
        if to == self.me:
            return await self._given(self.me, kind, item)
        if not self.up():
            raise BusGone("the bus is down")
        question = next(self._questions)
        waiter = self._asked[question] = asyncio.get_running_loop().create_future()
        try:
            self.send(to, _ASK, (question, kind, item))
            async with asyncio.timeout(seconds):
                good, value = await waiter
        finally:
            del self._asked[question]
        if not good:
            raise BusGone(str(value))
        return value

    def _told(self, value: Any) -> None:
        match value:
            case [int(question), bool(good), told]:
                waiter = self._asked.get(question)
                if waiter is not None and not waiter.done():
                    waiter.set_result((good, told))

    def _ask_came(self, sender: int, value: Any) -> None:
        match value:
            case [int(question), str(kind), item]:
                answering = asyncio.ensure_future(self._tell(sender, question, kind, item))
                self._answering.add(answering)
                answering.add_done_callback(self._answering.discard)

    async def _tell(self, sender: int, question: int, kind: str, item: Any) -> None:
        try:
            told: tuple[bool, Any] = (True, await self._given(sender, kind, item))
        except BusGone as error:
            told = (False, str(error))
        except Exception as error:
            log.error("a question of kind %s could not be answered", kind, exc_info=error)
            told = (False, f"{kind} could not be answered")
        self.send(sender, _TOLD, (question, *told))

    async def _given(self, sender: int, kind: str, item: Any) -> Any:
        give = self._answers.get(kind)
        if give is None:
            raise BusGone(f"nobody answers {kind}")
        return await give(sender, item)

    # ── state ───────────────────────────────────────────────────────────────────────────────────

    def up(self) -> bool:
        return (
            not self.closed and self.carrier.connected() and self._now() - self._own_beat < SILENT
        )

    def hears_all(self) -> bool:
        now = self._now()
        if now - self._own_beat >= DOUBT or not self.up():
            return False
        for worker in self.live():
            heard = self._heard.get(worker)
            if worker != self.me and (heard is None or now - heard.at >= DOUBT):
                return False
        return True

    def unheard(self) -> list[int]:
        if not self.up():
            return []
        now, live = self._now(), set(self.live())
        since = self._missed | {worker: heard.at for worker, heard in self._heard.items()}
        return sorted(
            worker for worker, at in since.items() if worker in live and now - at >= SILENT
        )

    async def close(self) -> None:
        if self.closed:
            return
        self.flush()
        self.closed = True
        for answering in list(self._answering):
            answering.cancel()
