"""The live JSON sessions of this process, and the carriers that come and go under them.

A session is a :class:`~petitbleu.rpc.links.RpcSession` like any other and outlives a cut for two
minutes: what the page has not acknowledged is said again when it comes back. One carrier at a time:
a socket (``socket.py``) or a long poll (``polling.py``).
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple, Protocol

from petitbleu import eager
from petitbleu.app import App
from petitbleu.appdoor import answers, browsers, cookies, frames
from petitbleu.appdoor.answers import Answers
from petitbleu.appdoor.browsers import BrowserRow, Ending
from petitbleu.appdoor.signing import changes_login
from petitbleu.gateway.budgets import Origin
from petitbleu.gateway.wheel import TimerWheel
from petitbleu.metrics import Gauge, counter
from petitbleu.rpc import logins
from petitbleu.rpc.dispatch import Dispatcher, Failure
from petitbleu.rpc.links import Links, RpcSession
from petitbleu.rpc.logins import Device
from petitbleu.tl import codec

KEPT_SECONDS = 120.0
"""How long a session without a carrier is kept."""
KEPT_DETACHED, AWAY_BYTES = 20_000, 64 << 20
"""How many of those at most, and how many bytes of frames they keep together; the ones longest
away go first."""
CARRIERS, DETACHED = 8, 8
"""Sessions of one device with a carrier and without; beyond, the one silent longest ends."""
IN_FLIGHT, RESUME_AT = 64, 48
"""Calls of a session under way before its carrier pauses."""
SEND_QUEUE = 1 << 20
"""Bytes that wait for the wire before pushes are refused."""
BAD_FRAMES = 3

BAD, SIGNED_OUT, FOREIGN, REPLACED, TOO_LARGE, TOO_MANY, DRAINING = (
    4400, 4401, 4403, 4409, 4413, 4429, 1012,
)  # fmt: skip
"""Codes with which a socket closes."""

CALLS = counter("app_calls_total", "Calls in JSON begun")
PUSHES = counter("app_pushes_total", "Updates pushed to browsers, by outcome", "outcome")
RESUMES = counter("app_resumes_total", "Sessions that came back, by whether they went on", "how")
REFUSED = counter("app_frames_refused_total", "Frames of pages that were none, by why", "why")
OPENED = counter("app_carriers_total", "Sockets opened and long polls answered", "kind")


class Carrier(Protocol):
    """What carries the frames of a session."""

    kind: str
    """``socket`` or ``poll``."""
    origin: Origin

    def send(self, frame: bytes) -> None:
        """Hand over one frame."""
        ...

    def backlog(self) -> int:
        """Bytes not yet handed to the kernel."""
        ...

    def close(self, code: int) -> None:
        """Nothing follows."""
        ...

    def pause(self) -> None:
        """Take no more frames from the page for now."""
        ...

    def resume(self) -> None:
        """Take them again."""
        ...


class Running:
    """A call under way."""

    __slots__ = ("counted", "method", "task", "waiters")

    def __init__(self, method: str) -> None:
        self.method = method
        self.task: asyncio.Task[None] | None = None
        self.counted = False
        """Whether its answer is a frame of the stream."""
        self.waiters: list[asyncio.Future[bytes]] = []
        """Requests that wait for it."""


class JsonSession:
    """One session: its link for the layers above, its stream, its carrier."""

    __slots__ = (
        "_answers",
        "_ending",
        "_noted_at",
        "_running",
        "_sessions",
        "bad_frames",
        "carrier",
        "deadline",
        "ended",
        "heard_at",
        "kind",
        "link",
        "name",
        "slot",
        "stream",
    )

    def __init__(self, sessions: WebSessions, auth: int, name: str, origin: Origin) -> None:
        self._sessions = sessions
        self.name = name
        self.stream = frames.Stream()
        self.carrier: Carrier | None = None
        self.kind = ""
        """Of its last carrier."""
        self._running: dict[int, Running] = {}
        self._answers = Answers()
        self._ending: Ending | None = None
        """How the session ends once the calls that run are answered."""
        self._noted_at = 0
        self.ended = False
        self.bad_frames = 0
        self.heard_at = sessions.monotonic()
        self.deadline = 0.0
        self.slot = 0
        app = sessions.app
        self.link = RpcSession(
            auth_key_id=auth,
            session_id=(int.from_bytes(app.random(8), "big") >> 1) | 1,
            push=self.push,
            close=self._signed_out,
            backlog=self._backlog,
            ip=origin.ip,
            port=origin.port,
            dc=app.config.dc,
            local_address=origin.local,
            json=True,
        )
        self.link.set_layer(codec.NEWEST_LAYER)
        self.link.connected = False

    # Carriers.

    def attach(self, carrier: Carrier) -> None:
        """Frames go by this carrier now; one that was there before is closed."""
        before, self.carrier = self.carrier, carrier
        self.kind = carrier.kind
        if before is not None and before is not carrier:
            before.send(frames.bye("replaced"))
            before.close(REPLACED)
        link, origin = self.link, carrier.origin
        link.ip, link.port, link.local_address = origin.ip, origin.port, origin.local
        link.connected = True
        self.heard_at = self._sessions.monotonic()
        link.heard_at = self._sessions.app.clock.now()
        self._sessions.attached(self)
        if len(self._running) >= IN_FLIGHT:
            carrier.pause()

    def detach(self, carrier: Carrier) -> None:
        """The carrier is gone."""
        if self.carrier is carrier:
            self.carrier = None
            self.link.connected = False
            if not self.ended:
                self._sessions.detached(self)
                self._note_used()

    def _note_used(self) -> None:
        """Until now a page was open: its browser was in use."""
        app, now = self._sessions.app, int(self._sessions.app.clock.now())
        if now - self._noted_at > browsers.USED_SECONDS:
            self._noted_at = now
            app.spawn(app.store.write(browsers.note_used, [self.link.auth_key_id], now))

    def say(self, frame: bytes) -> None:
        """Send a frame that is not counted, if somebody is there."""
        if self.carrier is not None:
            self.carrier.send(frame)

    def _count(self, frame: bytes) -> None:
        self.stream.add(frame)
        if self.carrier is not None:
            self.carrier.send(frame)
        else:
            self._sessions.grown(self)

    # Calls.

    def call(self, call: frames.Call) -> None:
        """Carry out a call whose answer is counted."""
        self._begin(call, None)

    def post(self, call: frames.Call) -> asyncio.Future[bytes]:
        """Carry out a call whose answer goes back by the request that brought it."""
        waiter: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._begin(call, waiter)
        return waiter

    def _begin(self, call: frames.Call, waiter: asyncio.Future[bytes] | None) -> None:
        number = call.asked.id
        running = self._running.get(number)
        if running is None:
            known = self._answers.find(number)
            if known is None:
                running = self._running[number] = Running(call.method)
            elif waiter is not None:
                waiter.set_result(known)
            else:
                self._count(known)
        if running is None:
            return
        fresh = running.task is None and not running.counted and not running.waiters
        if waiter is not None:
            running.waiters.append(waiter)
        else:
            running.counted = True
        if fresh:
            self._carry_out(call, running)

    def _carry_out(self, call: frames.Call, running: Running) -> None:
        number = call.asked.id
        if call.fault:
            self._answered(number, answers.refused(call.fault), None)
            return
        CALLS.add()
        sessions = self._sessions
        running.task = eager.start(
            sessions.dispatcher.call_json(self.link, call.asked, sessions.app.clock.now()),
            partial(self._answered, number),
        )
        if len(self._running) >= IN_FLIGHT and self.carrier is not None:
            self.carrier.pause()

    def _answered(
        self, number: int, result: bytes | Failure | None, error: BaseException | None
    ) -> None:
        running = self._running.pop(number, None)
        if isinstance(error, asyncio.CancelledError):
            result = Failure(400, "MSG_WAIT_FAILED", "MSG_WAIT_FAILED", 0, "dropped")
        elif result is None:
            self._sessions.app.log.error("appdoor.call_failed", exc_info=error)
            result = Failure(500, "INTERNAL", "INTERNAL", 0)
        answer = frames.answer(number, result)
        counted = running is not None and running.counted and not self.ended
        if counted:
            self._count(answer)
            if running is not None and changes_login(running.method, number, answer):
                self.say(frames.ROTATE)
        self._answers.add(number, answer, self.stream.sent if counted else 0)
        if running is not None:
            for waiter in running.waiters:
                if not waiter.done():
                    waiter.set_result(answer)
        if self._ending and not self._running:
            self._end_as(self._ending)
        elif len(self._running) == RESUME_AT and self.carrier is not None:
            self.carrier.resume()

    def acknowledge(self, count: int) -> bool:
        """The page has dealt with so many counted frames; False for more than were sent."""
        if not self.stream.acknowledge(count):
            return False
        self._answers.acknowledge(count)
        return True

    def resume(self, got: int) -> list[bytes] | None:
        """The frames that a page lacks that has dealt with ``got``; None: it begins anew."""
        missing = self.stream.resume(got)
        if missing is not None:
            self.acknowledge(got)
        return missing

    def drop(self, number: int) -> None:
        """The answer of a call is not wanted any more."""
        running = self._running.get(number)
        if running is not None and running.task is not None:
            running.task.cancel()

    @property
    def busy(self) -> bool:
        """Whether calls are under way."""
        return bool(self._running)

    # Out.

    def push(self, body: bytes) -> bool:
        """Send one update; False where the page does not keep up."""
        carrier = self.carrier
        if carrier is None:
            if not self.stream.add(body):
                PUSHES.add("forgotten")
                self.end("", SIGNED_OUT)
                return False
            self._sessions.grown(self)
            PUSHES.add("kept")
            return True
        if carrier.backlog() > SEND_QUEUE:
            PUSHES.add("refused")
            return False
        self.stream.add(body)
        carrier.send(body)
        PUSHES.add("sent")
        return True

    def _backlog(self) -> int:
        return 0 if self.carrier is None else self.carrier.backlog()

    # End.

    def _signed_out(self) -> None:
        """The login has ended, from wherever, or the person was suspended: nothing more is pushed,
        and the page is told why."""
        self._sessions.app.spawn(self._tell_end())

    async def _tell_end(self) -> None:
        """Say goodbye once the calls that run are answered: one of them may be what ended it."""
        self._ending = await browsers.load_ending(self._sessions.app, self.link.auth_key_id)
        if not self._running:
            self._end_as(self._ending)

    def _end_as(self, ending: Ending) -> None:
        code = DRAINING if ending.why == "draining" else SIGNED_OUT
        self.end(ending.why, code, **ending.told)

    def end(self, reason: str, code: int, **told: str) -> None:
        """Say goodbye and forget the session."""
        if self.ended:
            return
        self.ended = True
        carrier, self.carrier = self.carrier, None
        if carrier is not None:
            if reason:
                carrier.send(frames.bye(reason, **told))
            carrier.close(code)
        for running in self._running.values():
            for waiter in running.waiters:
                waiter.cancel()
        self._sessions.forget(self)

    def expired(self, now: float) -> None:
        """Nobody came back in time."""
        if self.carrier is None:
            self.end("", SIGNED_OUT)


class WebSessions:
    """All JSON sessions, by name and by device."""

    __slots__ = ("_away", "_away_bytes", "_by_auth", "_by_name", "app", "dispatcher", "links",
                 "monotonic", "wheel")  # fmt: skip

    def __init__(self, app: App, dispatcher: Dispatcher, links: Links, wheel: TimerWheel) -> None:
        self.app = app
        self.dispatcher = dispatcher
        self.links = links
        self.wheel = wheel
        self.monotonic = app.clock.monotonic
        self._by_name: dict[str, JsonSession] = {}
        self._by_auth: dict[int, list[JsonSession]] = {}
        self._away: OrderedDict[JsonSession, int] = OrderedDict()
        self._away_bytes = 0

    def __len__(self) -> int:
        return len(self._by_name)

    def find(self, name: str, auth: int) -> JsonSession | None:
        """The session of that name, if it is one of this device."""
        found = self._by_name.get(name)
        return found if found is not None and found.link.auth_key_id == auth else None

    async def create(self, browser: BrowserRow, origin: Origin, said: Device) -> JsonSession:
        """A new session of a browser that ``said`` what it is. What a request leaves unsaid is as
        it was said before, maybe to another worker: a page names itself once.
        """
        auth = browser.auth
        made = JsonSession(self, auth, cookies.encode(self.app.random(32)), origin)
        self._by_name[made.name] = made
        own = self._by_auth.setdefault(auth, [])
        own.append(made)
        self.links.add(made.link)
        self.detached(made)
        self._crowd_out(own, made)
        before = (await logins.of_link(self.app, made.link)).device
        if before:
            named = zip(Device._fields, said, before, strict=True)
            said = said._replace(**{name: old for name, new, old in named if not new})
        await logins.init_connection(
            self.app, made.link, codec.NEWEST_LAYER, said, self.app.clock.now()
        )
        return made

    def _crowd_out(self, own: list[JsonSession], newest: JsonSession) -> None:
        """At most so many sessions of one device: the ones silent longest go."""
        for carried, most in ((True, CARRIERS), (False, DETACHED)):
            found = [one for one in own if (one.carrier is not None) is carried]
            if len(found) > most:
                found.sort(key=lambda one: (one is newest, one.heard_at))
                for one in found[: len(found) - most]:
                    one.end("replaced", REPLACED)

    def attached(self, session: JsonSession) -> None:
        """The session has a carrier."""
        self._back(session)
        self.wheel.remove(session)
        self._crowd_out(self._by_auth.get(session.link.auth_key_id, []), session)

    def detached(self, session: JsonSession) -> None:
        """The session has none: it is kept for a while."""
        self._back(session)
        self._away[session] = 0
        self.grown(session)
        session.deadline = self.monotonic() + KEPT_SECONDS
        self.wheel.add(session)
        while len(self._away) > KEPT_DETACHED:
            next(iter(self._away)).end("", SIGNED_OUT)

    def grown(self, session: JsonSession) -> None:
        """A session without a carrier keeps more."""
        if session not in self._away:
            return
        held = session.stream.kept_bytes
        self._away_bytes += held - self._away[session]
        self._away[session] = held
        while self._away_bytes > AWAY_BYTES and len(self._away) > 1:
            next(iter(self._away)).end("", SIGNED_OUT)

    def _back(self, session: JsonSession) -> None:
        self._away_bytes -= self._away.pop(session, 0)

    def touch(self, session: JsonSession) -> None:
        """A request came for the session."""
        session.heard_at = self.monotonic()
        session.link.heard_at = self.app.clock.now()
        if session.carrier is None and not session.ended:
            session.deadline = session.heard_at + KEPT_SECONDS
            self.wheel.add(session)

    def forget(self, session: JsonSession) -> None:
        """The session has ended."""
        self._by_name.pop(session.name, None)
        auth = session.link.auth_key_id
        own = self._by_auth.get(auth)
        if own is not None and session in own:
            own.remove(session)
            if not own:
                del self._by_auth[auth]
        self._back(session)
        self.wheel.remove(session)
        session.link.connected = False
        self.links.remove(session.link)
        self.dispatcher.closed(session.link)

    def drain(self) -> None:
        """Say goodbye to every page: its session does not outlive this process."""
        for session in list(self._by_name.values()):
            if session.carrier is not None:
                session.end("draining", DRAINING)

    def is_busy(self) -> bool:
        """Whether calls are under way, for the drain."""
        return any(session.busy for session in self._by_name.values())

    def gauges(self) -> Iterator[Gauge]:
        """For ``/metrics``."""
        kinds = [one.kind if one.carrier is not None else "" for one in self._by_name.values()]
        yield Gauge("app_sockets", "Open sockets of browsers", kinds.count("socket"))
        yield Gauge("app_polls", "Long polls of browsers under way", kinds.count("poll"))
        yield Gauge("app_sessions_away", "JSON sessions without a carrier", kinds.count(""))


class Entered(NamedTuple):
    """A page that came in: by which browser, into which session."""

    browser: BrowserRow
    session: JsonSession
    resumed: bool
    """It goes on with a session that it had."""
