"""TDLib's ERROR line about notifications fewer than none: it comes of TDLib itself, although each
answer and push comes in order.

TDLib keeps the answer of ``messages.getPeerDialogs`` back while it fetches a channel's difference
(``on_get_dialogs`` in ``MessagesManager.cpp``: "Postpone result of channels getDialogs"), takes the
difference and then the answer, whose ``pts`` it does not look at: the unread messages that the
difference brought are more than the older answer says. It asks for the difference 1 ms after the
dialog, of its own accord, for each channel that is new to it: no server can make them one.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from petitbleu.app import Actor
from petitbleu.clock import ManualClock
from petitbleu.domain.messaging.messages.contents import Draft
from petitbleu.domain.messaging.messages.send import send
from petitbleu.gateway.gateway import Gateway
from petitbleu.ids import peer_of_channel
from petitbleu.keys import RsaKey, RsaKeys
from petitbleu.rpc.registry import METHODS
from petitbleu.store.api import Store
from petitbleu.tl import api
from tests.clients import environments
from tests.clients.driver import Driver
from tests.clients.test_clients import TDLIBS, errors_named_by_the_guide, tdlib_errors
from tests.kit import chats
from tests.kit.waiting import GUARD, until
from tests.kit.world import Client, World, running

pytestmark = pytest.mark.clients
PHONE, CODE = "99966355550", "33333"
LINE = "Total message notification count is -1"
READS = "messages.getPeerDialogs"
DIFFERENCE = "updates.getChannelDifference"
FULL = "channels.getFullChannel"
"""Where it is answered first, TDLib takes the unread messages from it and not from the dialog."""


Handler = Callable[..., Awaitable[Any]]


class _RealClock(ManualClock):
    """TDLib compares the server's time with its own."""

    def now(self) -> float:
        return time.time()


class _Told(NamedTuple):
    """An answer about a channel beside what its pushes had told."""

    pts: int
    unread: int | None
    pushed: int


class _Town:
    """A supergroup of Ada's into which TDLib comes; its two questions are answered one after the
    other, with a post before the second where the test wants one.
    """

    def __init__(self, world: World, ada: Client, channel: int) -> None:
        self.world, self.ada = world, ada
        self.peer = peer_of_channel(channel)
        self.answered: list[_Told] = []
        self.posts = 0
        self._read = asyncio.Event()
        self._caught_up = asyncio.Event()

    def _note(self, pts: int, unread: int | None) -> None:
        self.answered.append(_Told(pts, unread, self.world.fanout.handed_on(self.peer)))

    def dialog(self, handler: Handler) -> Handler:
        async def answer(ctx: Any, q: Any) -> Any:
            made = await handler(ctx, q)
            for found in made.dialogs:
                if type(found.peer) is api.PeerChannel:
                    self._note(found.pts, found.unread_count)
                    asyncio.get_running_loop().call_later(0.1, self._read.set)
            return made

        return answer

    def difference(self, handler: Handler) -> Handler:
        async def answer(ctx: Any, q: Any) -> Any:
            await asyncio.wait_for(self._read.wait(), GUARD)
            for _ in range(self.posts):
                await send(self.world.app, Actor(self.ada.user_id), self.peer, Draft("hi"))
            await until(lambda: not self.world.fanout.busy)
            made = await handler(ctx, q)
            self._note(made.pts, None)
            asyncio.get_running_loop().call_later(0.1, self._caught_up.set)
            return made

        return answer

    def full(self, handler: Handler) -> Handler:
        async def answer(ctx: Any, q: Any) -> Any:
            await asyncio.wait_for(self._caught_up.wait(), GUARD)
            return await handler(ctx, q)

        return answer


@pytest.fixture
async def served(store: Store, tmp_path: Path) -> AsyncIterator[tuple[World, dict[str, Any]]]:
    """An instance behind a real gateway; what a driver must know of it."""
    made = World(store, tmp_path / "data", clock=_RealClock(), listen=("127.0.0.1:0",))
    keys = RsaKeys([RsaKey.generate()])
    async with running(made) as world:
        gateway = Gateway(world.app, world.dispatcher, world.links, keys)
        ((host, port),) = await gateway.start(_no_pages)
        try:
            yield world, {"host": host, "port": port, "key": keys.current.public().pem()}
        finally:
            await gateway.stop(2.0)


async def _no_pages(scope: Any, receive: Any, send: Any) -> None:
    raise AssertionError(scope)


@pytest.mark.turns(2)
@pytest.mark.parametrize("posts", [0, 1])
@pytest.mark.parametrize("client", TDLIBS)
async def test_tdlib_applies_an_older_answer_after_a_difference(
    served: tuple[World, dict[str, Any]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    client: str,
    posts: int,
) -> None:
    """The line comes where a post lies between the two answers, and does not where none does; in
    both each answer tells what the pushes told."""
    world, settings = served
    environments.prepare(client)
    ada = await world.sign_up("Ada")
    channel = await chats.supergroup(ada)
    link = await ada.call(api.messages.ExportChatInvite(peer=chats.input_peer(ada, channel)))
    town = _Town(world, ada, channel)
    for name, answer in ((READS, town.dialog), (DIFFERENCE, town.difference), (FULL, town.full)):
        monkeypatch.setattr(METHODS[name], "handler", answer(METHODS[name].handler))
    bob = Driver(client, "bob", settings, tmp_path / "bob")
    await bob.start()
    try:
        await bob.call("connect", session="main")
        await bob.call("sign_up", phone=PHONE, code=CODE, first="Bob")
        town.posts = posts
        await bob.call("join", link=link.link)
        await until(lambda: len(town.answered) >= 2)
        await asyncio.sleep(1)
    finally:
        await bob.stop()
    read, caught_up = town.answered[:2]
    assert (read.pts, read.unread) == (read.pushed, 0)
    assert caught_up.pts == caught_up.pushed == read.pts + posts
    errors = tdlib_errors((tmp_path / "bob" / "tdlib.log").read_text("utf-8"))
    lines = [line for line in errors if LINE in line]
    assert len(lines) == posts, errors
    named = errors_named_by_the_guide()
    assert all(any(re.search(one, line) for one in named) for line in lines)
