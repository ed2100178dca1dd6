"""Methods marked ``once=True``: a call that is said again has the first one's answer.

The answer is kept in the newest layer and written for whoever asks. Where the worker that ran it
ended between its effect and its answer, the call runs once more, and its transaction gives what
it gave then. Only in a cluster: a process alone knows the ``msg_id`` of what it has answered.
"""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec

from petitbleu.app import App
from petitbleu.errors import Fault, StoreUnavailable
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import Method
from petitbleu.store.once import CLAIM, FIND, Claim, Repeated, answered, read_effect
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
    if await _find(ctx.app, claim) is None:
        try:
            return await _run(ctx, method, query, claim)
        except Repeated:
            pass  # at another worker, meanwhile
    answer = await _first(ctx.app, claim)
    if answer is None:
        claim.ended = True
        try:
            return await _run(ctx, method, query, claim)
        except Repeated:
            raise StoreUnavailable(
                "the answer of a call that was said again is not known"
            ) from None
    if answer.fault:
        raise Fault(answer.fault, answer.value or None)
    return codec.decode_result(method.name, answer.result)


async def _run(ctx: Ctx, method: Method, query: Any, claim: Claim) -> Any:
    """Run the handler, and keep what it answers. Raises Repeated."""
    token = CLAIM.set(claim)
    try:
        result = await method.handler(ctx, query)
    except Fault as fault:
        if claim.taken:
            await _keep(ctx.app, claim, _Answer(b"", fault.name, fault.value or 0))
        raise
    finally:
        CLAIM.reset(token)
    if claim.taken:
        await _keep(ctx.app, claim, _Answer(codec.encode_result(method.name, result)))
    return result


async def _keep(app: App, claim: Claim, answer: _Answer) -> None:
    """Keep the answer. Who asked is answered all the same where that fails: the effect is kept."""
    try:
        await app.store.write(answered, claim, msgspec.msgpack.encode(answer))
    except StoreUnavailable as error:
        app.log.warning("once.answer_not_kept", reason=str(error))


async def _find(app: App, claim: Claim) -> Any:
    return await app.store.row(FIND, auth=claim.auth, session=claim.session, msg_id=claim.msg_id)


async def _first(app: App, claim: Claim) -> _Answer | None:
    """The answer of the first call; None where there is none for so long that the worker that ran
    it must have ended between its effect and its answer.
    """
    for _ in range(int(_PATIENCE / _PAUSE)):
        found = await _find(app, claim)
        if found is not None and found.value and read_effect(found.value) is None:
            return msgspec.msgpack.decode(found.value, type=_Answer)
        await asyncio.sleep(_PAUSE)
    return None
