"""Methods marked ``once=True``: a call that is said again has the first one's answer.

The answer is kept in the newest layer and written for whoever asks. Only in a cluster: a process
alone knows the ``msg_id`` of what it has answered.
"""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec

from petitbleu.app import App
from petitbleu.errors import Fault, StoreUnavailable
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import Method
from petitbleu.store.once import CLAIM, FIND, Claim, Repeated, answered
from petitbleu.tl import codec

_PAUSE = 0.02
_PATIENCE = 5.0
"""Seconds to wait for the answer of a call that runs elsewhere."""


class _Answer(msgspec.Struct, array_like=True):
    """What the first call was answered."""

    result: bytes
    fault: str = ""
    value: int = 0


async def serve(ctx: Ctx, method: Method, query: Any) -> Any:
    """The result of a call that is to have one effect, made now or before."""
    if ctx.link is None:
        return await method.handler(ctx, query)
    claim = Claim(ctx.auth_key_id, ctx.link.session_id, ctx.msg_id, int(ctx.now))
    known = await _find(ctx.app, claim)
    if known is not None:
        return await _first(ctx.app, claim, method.name)
    token = CLAIM.set(claim)
    try:
        result = await method.handler(ctx, query)
    except Repeated:
        return await _first(ctx.app, claim, method.name)
    except Fault as fault:
        if claim.taken:
            await _keep(ctx.app, claim, _Answer(b"", fault.name, fault.value or 0))
        raise
    finally:
        CLAIM.reset(token)
    if claim.taken:
        written = codec.encode_result(method.name, result)
        await _keep(ctx.app, claim, _Answer(written))
    return result


async def _keep(app: App, claim: Claim, answer: _Answer) -> None:
    await app.store.write(answered, claim, msgspec.msgpack.encode(answer))


async def _find(app: App, claim: Claim) -> Any:
    return await app.store.row(FIND, auth=claim.auth, session=claim.session, msg_id=claim.msg_id)


async def _first(app: App, claim: Claim, name: str) -> Any:
    """The answer of the first call. Raises its Fault; StoreUnavailable where the worker that ran it
    ended between its effect and its answer.
    """
    for _ in range(int(_PATIENCE / _PAUSE)):
        found = await _find(app, claim)
        if found is not None and found.value is not None:
            answer = msgspec.msgpack.decode(found.value, type=_Answer)
            if answer.fault:
                raise Fault(answer.fault, answer.value or None)
            return codec.decode_result(name, answer.result)
        await asyncio.sleep(_PAUSE)
    raise StoreUnavailable("the answer of a call that was said again is not known")
