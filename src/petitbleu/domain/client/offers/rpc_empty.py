"""Registering methods whose answer is empty: what a request names is looked up, nothing is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from petitbleu.domain.messaging.peers import views as peers
from petitbleu.rpc import coverage
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import USER, Handler, Who, rpc
from petitbleu.tl import api

PEERS = ("peer", "parent_peer", "boost_peer")
USERS = ("user_id", "bot", "participant")
"""Fields that name somebody, if a request has them."""


def empty(name: str, answer: Callable[[], Any], *, who: Who = USER) -> Handler:
    """Serve ``name`` with what ``answer`` makes."""

    async def serve(ctx: Ctx, q: Any) -> Any:
        await look_up(ctx, q)
        return answer()

    return rpc(name, who=who, stub=True)(serve)


async def look_up(ctx: Ctx, q: Any) -> None:
    """Refuse a request that names a chat or a person who is not there, if the method has an error
    for that.
    """
    if not coverage.documented(ctx.method):
        return
    for field in PEERS:
        named = getattr(q, field, None)
        # Empty also stands for the person whom an old form of the request named otherwise.
        if named is not None and type(named) is not api.InputPeerEmpty:
            await peers.resolve(ctx, named)
    for field in USERS:
        if (named := getattr(q, field, None)) is not None:
            await peers.input_user(ctx, named)
