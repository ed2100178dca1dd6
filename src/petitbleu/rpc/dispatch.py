"""From the bytes of a call to the bytes of its answer: decode, unwrap, limit, call, encode.

The one place that turns exceptions into ``rpc_error``. A :class:`Fault` is an answer; anything
else is a bug of
ours, logged with an id, and the peer sees ``INTERNAL`` without a trace. A method nobody serves is
400 METHOD_INVALID, never 500 (clients retry 5xx).
"""

from __future__ import annotations

import asyncio
import secrets
import struct
from typing import Any

from petitbleu.app import App
from petitbleu.errors import Fault, StoreUnavailable
from petitbleu.login import Login
from petitbleu.rpc import frozen, limits, logins
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.links import SUBSCRIBED, RpcSession
from petitbleu.rpc.registry import METHODS, TAKEOUT_GATES, Method
from petitbleu.rpc.wrappers import Peeled, peel
from petitbleu.tl import codec
from petitbleu.tl.codec import TLError, UnknownConstructor

RPC_ERROR = 0x2144CA19
WAIT_SECONDS = 30
"""How long invokeAfterMsg waits for the call it follows."""
WITHOUT_LAYER = frozenset({"auth.bindTempAuthKey"})
"""Methods that clients call before they say their layer."""
WHILE_PASSWORD_OWED = frozenset({"account.getPassword"})
KEEP_FAILED = 256
NOT_SUBSCRIBING = frozenset({"upload", "help", "langpack", "auth"})
"""Namespaces whose calls do not make a session one that wants updates (file and start-up
sessions).
"""

_pack_error_head = struct.Struct("<Ii").pack


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

    async def call(self, link: RpcSession, msg_id: int, body: bytes, now: float) -> bytes:
        """Serve one call: the TL bytes of its result or of an rpc_error. Raises only
        CancelledError.
        """
        calls: dict[int, Any] | None = link.calls
        if calls is None:
            calls = link.calls = {}
        calls[msg_id] = None
        succeeded = False
        try:
            answer = await self._serve(link, msg_id, body, now)
            succeeded = True
        except Fault as fault:
            answer = error_bytes(fault.code, fault.message)
        except UnknownConstructor as unknown:
            answer = self._unknown(link, unknown)
        except TLError:
            answer = error_bytes(400, "INPUT_FETCH_ERROR")
        except StoreUnavailable as refused:
            self._log.error("store.unavailable", reason=str(refused))
            answer = error_bytes(500, "STORAGE_UNAVAILABLE")
        except Exception:
            incident = secrets.token_hex(4)
            self._log.exception("rpc.failed", incident=incident)
            answer = error_bytes(500, "INTERNAL")
        finally:
            waiter = calls.pop(msg_id, None)
            if waiter is not None and not waiter.done():
                waiter.set_result(succeeded)
            if not succeeded:
                self._note_failed(calls, msg_id)
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
        method = METHODS.get(name)
        if method is None:
            raise Fault("METHOD_INVALID")
        self._admit(link, login, method, now, query)
        if not limits.lifted(self._app, link.ip):
            self._limits.check(method.limit, link, now)
        ctx = Ctx(
            self._app,
            actor=link.actor,
            auth_key_id=link.auth_key_id,
            temp_key_id=link.temp_key_id,
            layer=link.layer,
            msg_id=msg_id,
            now=now,
            ip=link.ip,
            port=link.port,
            lang=login.lang,
            dc=link.dc,
            local_address=link.local_address,
            link=link,
            no_updates=peeled is not None and peeled.no_updates,
            method=name,
        )
        if peeled is not None and peeled.takeout is not None:
            for gate in TAKEOUT_GATES:
                await gate(ctx, peeled.takeout)
            ctx.takeout = peeled.takeout
        if not (link.wants_updates and link.watched == link.user_id) and not ctx.no_updates:
            await self._subscribe(link, name)
        result = await method.handler(ctx, codec.decode(query))
        if now - login.active_at > logins.TOUCH_SECONDS and link.auth_key_id:
            logins.note_use(self._app, login, link, now)
        return codec.encode_result(name, result, link.layer)

    async def _subscribe(self, link: RpcSession, name: str) -> None:
        """The session of somebody signed in becomes one that is pushed to."""
        if link.actor is None or name.partition(".")[0] in NOT_SUBSCRIBING:
            return
        link.wants_updates = True
        link.watched = link.user_id
        subscribed = self._app.parts[SUBSCRIBED]
        if subscribed is not None:
            await subscribed(link.user_id)

    async def _obey(self, link: RpcSession, peeled: Peeled, now: float) -> None:
        """Do what the wrappers ask, before the query runs."""
        if peeled.layer and link.auth_key_id:
            if peeled.device is not None:
                await logins.init_connection(self._app, link, peeled.layer, peeled.device, now)
            else:
                await logins.raise_layer(self._app, link, peeled.layer)
        elif peeled.layer:
            link.layer = peeled.layer
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
            succeeded = await asyncio.wait_for(asyncio.shield(waiter), WAIT_SECONDS)
        except TimeoutError:
            raise Fault("MSG_WAIT_TIMEOUT") from None
        if not succeeded:
            raise Fault("MSG_WAIT_FAILED")

    @staticmethod
    def _note_failed(calls: dict[int, Any], msg_id: int) -> None:
        if len(calls) >= KEEP_FAILED:
            for old in [m for m, state in calls.items() if state is False][: KEEP_FAILED // 2]:
                del calls[old]
        calls[msg_id] = False

    def _admit(
        self, link: RpcSession, login: Login, method: Method, now: float, query: bytes
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

    def _unknown(self, link: RpcSession, unknown: UnknownConstructor) -> bytes:
        """Something no known layer has: a client newer than we are, or garbage."""
        if unknown.constructor_id not in self._newest_seen and len(self._newest_seen) < 1000:
            self._newest_seen.add(unknown.constructor_id)
            self._log.info(
                "rpc.unknown_constructor", id=f"{unknown.constructor_id:08x}", layer=link.layer
            )
        nested = unknown.nested
        return error_bytes(400, "INPUT_CONSTRUCTOR_INVALID" if nested else "INPUT_METHOD_INVALID")
