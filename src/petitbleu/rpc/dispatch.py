"""From a call to its answer: decode, unwrap, limit, call, encode. Calls come as bytes or as JSON;
whatever lies between reading and writing them is the same.

The one place that turns exceptions into ``rpc_error``. A :class:`Fault` is an answer; anything
else is a bug of
ours, logged with an id, and the peer sees ``INTERNAL`` without a trace. A method nobody serves is
400 METHOD_INVALID, never 500 (clients retry 5xx).
"""

from __future__ import annotations

import asyncio
import secrets
import struct
from typing import Any, NamedTuple

from petitbleu import eager
from petitbleu.app import App
from petitbleu.errors import Fault, StoreUnavailable
from petitbleu.login import Login
from petitbleu.rpc import frozen, limits, logins, once
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.links import SUBSCRIBED, UNDELIVERED, RpcSession
from petitbleu.rpc.registry import METHODS, TAKEOUT_GATES, Method
from petitbleu.rpc.wrappers import Peeled, is_served_as_json, peel
from petitbleu.tl import codec, forms, jsonform
from petitbleu.tl.codec import TLError, UnknownConstructor

RPC_ERROR = 0x2144CA19
WAIT_SECONDS = 30
"""How long invokeAfterMsg waits for the call it follows."""
WITHOUT_LAYER = frozenset({"auth.bindTempAuthKey"})
"""Methods that clients call before they say their layer."""
WHILE_PASSWORD_OWED = frozenset({"account.getPassword"})
KEEP_FAILED = 256
READ_TIMES = 5
"""How often the unread messages are counted at most while pushes overtake the answer. Where each
reading takes 5 ms and a chat has ten messages a second, one answer in three million is late."""
NOT_SUBSCRIBING = frozenset({"upload", "help", "langpack", "auth"})
"""Namespaces whose calls do not make a session one that wants updates (file and start-up
sessions).
"""

_pack_error_head = struct.Struct("<Ii").pack


class JsonCall(NamedTuple):
    """One call in JSON: the query and what stands around it in its frame."""

    id: int
    """Counted by the page; ``after`` names an earlier one."""
    query: Any
    after: int | None = None
    """invokeAfterMsg: this one must have succeeded."""
    quiet: bool = False
    """invokeWithoutUpdates."""
    takeout: int | None = None
    """invokeWithTakeout."""


class Failure(NamedTuple):
    """Why a call has no result."""

    code: int
    message: str
    """As MTProto says it: the value stands in the name."""
    name: str
    """As in ``errors.tsv``."""
    value: int
    detail: str = ""
    """The incident of an INTERNAL error, or what is wrong with JSON input and where."""


def error_bytes(code: int, message: str) -> bytes:
    """``rpc_error#2144ca19 error_code:int error_message:string`` as bytes."""
    return _pack_error_head(RPC_ERROR, code) + codec.encode_string(message)


class Dispatcher:
    """Serves the calls of all sessions of this process."""

    __slots__ = ("_app", "_limits", "_log", "_newest_seen")

    def __init__(self, app: App) -> None:
        self._app = app
        self._log = app.log
        self._limits = app.parts[limits.LIMITS]
        self._newest_seen: set[int] = set()
        logins.install(app)

    async def call(self, link: RpcSession, msg_id: int, body: bytes, now: float) -> bytes:
        """Serve one call: the TL bytes of its result or of an rpc_error. Raises only
        CancelledError.
        """
        calls = _begun(link, msg_id)
        succeeded = False
        try:
            answer = await self._serve(link, msg_id, body, now)
            succeeded = True
        except Exception as error:
            failure = self._failure(link, error)
            answer = error_bytes(failure.code, failure.message)
        finally:
            self._ended(calls, msg_id, succeeded)
        return answer

    async def call_json(self, link: RpcSession, asked: JsonCall, now: float) -> bytes | Failure:
        """Serve one call of a session that speaks JSON: the JSON text of its result, or why there
        is none. Raises only CancelledError.
        """
        calls = _begun(link, asked.id)
        succeeded = False
        try:
            answer = await self._serve_json(link, asked, now)
            succeeded = True
        except Exception as error:
            return self._failure(link, error)
        finally:
            self._ended(calls, asked.id, succeeded)
        return answer

    def closed(self, link: RpcSession) -> None:
        """A session has ended."""
        sessions = self._app.sessions
        if sessions is not None and not sessions.of_auth(link.auth_key_id):
            logins.release(self._app, link.auth_key_id)

    async def _serve(self, link: RpcSession, msg_id: int, body: bytes, now: float) -> bytes:
        peeled, query, constructor_id = peel(body)
        login = link.login or await logins.of_link(self._app, link)
        if peeled is not None:
            await self._obey(link, peeled, now)
        name = codec.method_of(constructor_id)
        if name is None:
            raise UnknownConstructor(constructor_id)
        method = self._admitted(link, login, name, now, query)
        ctx = self._context(link, login, method, msg_id, now)
        if peeled is not None:
            ctx.no_updates = peeled.no_updates
            if peeled.takeout is not None:
                await _enter_takeout(ctx, peeled.takeout)
        if not (link.wants_updates and link.watched == link.user_id) and not ctx.no_updates:
            await self._subscribe(link, name)
        result = await self._result(link, method, ctx, codec.decode(query))
        if now - login.active_at > logins.TOUCH_SECONDS and link.auth_key_id:
            logins.note_use(self._app, login, link, now)
        return codec.encode_result(name, result, link.layer)

    async def _serve_json(self, link: RpcSession, asked: JsonCall, now: float) -> bytes:
        """The same for a call in JSON, whose wrappers are fields of its frame."""
        query = asked.query
        name = query.get("_") if isinstance(query, dict) else None
        if not isinstance(name, str) or not codec.is_method(name):
            raise UnknownConstructor(0)
        login = link.login or await logins.of_link(self._app, link)
        if asked.after is not None:
            await self._wait_for(link, asked.after)
        if not is_served_as_json(name):
            raise Fault("METHOD_INVALID")
        method = self._admitted(link, login, name, now, query)
        ctx = self._context(link, login, method, asked.id, now)
        ctx.no_updates = asked.quiet
        if asked.takeout is not None:
            await _enter_takeout(ctx, asked.takeout)
        if not (link.wants_updates and link.watched == link.user_id) and not ctx.no_updates:
            await self._subscribe(link, name)
        result = await self._result(link, method, ctx, jsonform.from_json(query))
        if now - login.active_at > logins.TOUCH_SECONDS:
            logins.note_use(self._app, login, link, now)
        return jsonform.encode_json(jsonform.result_to_json(name, result))

    async def _result(self, link: RpcSession, method: Method, ctx: Ctx, query: Any) -> Any:
        """What the method answers. Of a read: in its place among the pushes to the session, so that
        it knows what they told, and they have told what it knows.
        """
        if method.once and self._app.bus.me:
            return await once.serve(ctx, method, query)
        if not (method.reads and link.wants_updates):
            return await method.handler(ctx, query)
        for _ in range(READ_TIMES if method.counts else 1):
            told = link.told
            result = await method.handler(ctx, query)
            await self._after_pushes(link)
            if link.told == told:
                break
        return result

    def _admitted(
        self, link: RpcSession, login: Login, name: str, now: float, query: frozen.Query
    ) -> Method:
        """The method of that name, where the session may call it now."""
        method = METHODS.get(name)
        if method is None:
            raise Fault("METHOD_INVALID")
        self._admit(link, login, method, now, query)
        if not limits.lifted(self._app, link.ip):
            self._limits.check(method.limit, link, now)
        return method

    def _context(
        self, link: RpcSession, login: Login, method: Method, call_id: int, now: float
    ) -> Ctx:
        return Ctx(
            self._app,
            actor=link.actor,
            auth_key_id=link.auth_key_id,
            temp_key_id=link.temp_key_id,
            layer=link.layer,
            msg_id=call_id,
            now=now,
            ip=link.ip,
            port=link.port,
            lang=login.lang,
            dc=link.dc,
            local_address=link.local_address,
            link=link,
            method=method.name,
        )

    async def _subscribe(self, link: RpcSession, name: str) -> None:
        """The session of somebody signed in becomes one that is pushed to."""
        if link.actor is None or name.partition(".")[0] in NOT_SUBSCRIBING:
            return
        if name in frozen.ALWAYS:  # whoever is suspended hears nothing
            return
        link.wants_updates = True
        user_id = link.user_id
        subscribed = self._app.parts[SUBSCRIBED]
        if subscribed is not None:
            await subscribed(user_id)
        link.watched = user_id  # calls that come meanwhile wait as well

    async def _after_pushes(self, link: RpcSession) -> None:
        """Let the pushes leave first of which an answer may already know."""
        undelivered = self._app.parts[UNDELIVERED]
        waits = undelivered(link.user_id) if undelivered is not None else None
        if waits is not None:
            await waits

    async def _obey(self, link: RpcSession, peeled: Peeled, now: float) -> None:
        """Do what the wrappers ask, before the query runs."""
        if peeled.layer and link.auth_key_id:
            if peeled.device is not None:
                await logins.init_connection(self._app, link, peeled.layer, peeled.device, now)
            else:
                await logins.raise_layer(self._app, link, peeled.layer)
        elif peeled.layer:
            link.set_layer(peeled.layer)
        for earlier in peeled.after:
            await self._wait_for(link, earlier)

    async def _wait_for(self, link: RpcSession, msg_id: int) -> None:
        """invokeAfterMsg: the earlier call must have succeeded. One that is not known has long
        ended.
        """
        calls = link.calls
        if msg_id not in calls:
            return
        waiter = calls[msg_id]
        if waiter is False:
            raise Fault("MSG_WAIT_FAILED")
        if waiter is None:
            waiter = calls[msg_id] = asyncio.get_running_loop().create_future()
        try:
            async with eager.within(WAIT_SECONDS):
                succeeded = await asyncio.shield(waiter)
        except TimeoutError:
            raise Fault("MSG_WAIT_TIMEOUT") from None
        if not succeeded:
            raise Fault("MSG_WAIT_FAILED")

    def _ended(self, calls: dict[int, Any], call_id: int, succeeded: bool) -> None:
        """Tell whoever waits for the call how it ended."""
        waiter = calls.pop(call_id, None)
        if waiter is not None and not waiter.done():
            waiter.set_result(succeeded)
        if not succeeded:
            self._note_failed(calls, call_id)

    @staticmethod
    def _note_failed(calls: dict[int, Any], msg_id: int) -> None:
        if len(calls) >= KEEP_FAILED:
            for old in [m for m, state in calls.items() if state is False][: KEEP_FAILED // 2]:
                del calls[old]
        calls[msg_id] = False

    def _admit(
        self, link: RpcSession, login: Login, method: Method, now: float, query: frozen.Query
    ) -> None:
        """Whether this session may call the method at all."""
        if not link.auth_key_id and method.name != "auth.bindTempAuthKey":
            raise Fault("AUTH_KEY_PERM_EMPTY")
        if not link.layer and method.name not in WITHOUT_LAYER:
            raise Fault("CONNECTION_NOT_INITED")
        if link.actor is not None:
            frozen.judge(self._app, link.actor.id, method, now, query)
        if method.anyone:
            return
        if link.actor is None:
            if login.pending:
                if method.name in WHILE_PASSWORD_OWED:
                    return
                raise Fault("SESSION_PASSWORD_NEEDED")
            raise Fault("AUTH_KEY_UNREGISTERED")
        if link.actor.bot:
            if not method.bots:
                raise Fault("BOT_METHOD_INVALID")
        elif not method.users:
            raise Fault("USER_BOT_REQUIRED")

    def _failure(self, link: RpcSession, error: Exception) -> Failure:
        """What the peer is told of an exception. What is no answer is a bug of ours: logged."""
        if isinstance(error, Fault):
            return Failure(error.code, error.message, error.name, error.value or 0)
        if isinstance(error, UnknownConstructor):
            return self._unknown(link, error)
        if isinstance(error, TLError):
            return _refusal(400, "INPUT_FETCH_ERROR", error.told())
        if isinstance(error, StoreUnavailable):
            self._log.error("store.unavailable", reason=str(error))
            return _refusal(500, "STORAGE_UNAVAILABLE")
        incident = secrets.token_hex(4)
        self._log.error("rpc.failed", incident=incident, exc_info=error)
        return _refusal(500, "INTERNAL", incident)

    def _unknown(self, link: RpcSession, unknown: UnknownConstructor) -> Failure:
        """Something no known layer has: a client newer than we are, or garbage."""
        known = self._newest_seen
        if unknown.constructor_id not in known and len(known) < 1000 and link.form != forms.JSON:
            known.add(unknown.constructor_id)
            self._log.info(
                "rpc.unknown_constructor", id=f"{unknown.constructor_id:08x}", layer=link.layer
            )
        name = "INPUT_CONSTRUCTOR_INVALID" if unknown.nested else "INPUT_METHOD_INVALID"
        return _refusal(400, name, unknown.path)


def _begun(link: RpcSession, call_id: int) -> dict[int, Any]:
    """Note that a call runs; the calls of its session."""
    calls: dict[int, Any] | None = link.calls
    if calls is None:
        calls = link.calls = {}
    calls[call_id] = None
    return calls


def _refusal(code: int, name: str, detail: str = "") -> Failure:
    return Failure(code, name, name, 0, detail)


async def _enter_takeout(ctx: Ctx, takeout: int) -> None:
    """The call belongs to this running export, if it may."""
    for gate in TAKEOUT_GATES:
        await gate(ctx, takeout)
    ctx.takeout = takeout
