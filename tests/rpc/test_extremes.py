"""The largest, smallest and emptiest values in every field of every served method: an answer or a
documented error, never a bug of ours.
"""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from petitbleu import ids
from petitbleu.domain.messaging.peers import service as peers
from petitbleu.domain.registration.bots import service as bots
from petitbleu.errors import LocalFault
from petitbleu.rpc.registry import METHODS
from petitbleu.tl import api, codec
from tests.kit import calls, requests
from tests.kit.requests import Leaf, Maker, leaves, scene, variants
from tests.kit.world import Client, World

INTS = (0, -1, 1, 2**31 - 1, -(2**31))
LONGS = (0, -1, 1, 2**31 - 1, 2**31, 2**40, 2**52, 2**53, 2**63 - 1, -(2**63), -(10**12) - 1)
TEXTS = ("", "\0", " ", "é" * 5000, "\U0001f600" * 300, "a\0b", "-", "9" * 400)
EXTREMES: dict[str, tuple[Any, ...]] = {
    "int": INTS,
    "long": LONGS,
    "double": (0.0, -1.0, math.inf, -math.inf, math.nan, 1.7e308, 5e-324),
    "string": TEXTS,
    "bytes": (b"", b"\0", b"\xff" * 5000),
}
DEEP: dict[str, tuple[Any, ...]] = {
    "int": (-1, 2**31 - 1, -(2**31)),
    "long": (-1, 2**63 - 1, -(2**63)),
    "double": (math.nan, 1.7e308),
    "string": ("", "a\0b"),
    "bytes": (b"",),
}
PEER_IDS = {"user_id", "chat_id", "channel_id"}
"""Fields that name a person or a chat."""
SHARES = 4
"""Of the methods, by their place in the alphabet: one is called in a quick run."""
ENDS_THE_SESSION = frozenset(
    {"auth.logOut", "account.deleteAccount", "auth.importAuthorization", "auth.signIn",
     "auth.importBotAuthorization", "auth.signUp", "auth.checkPassword", "auth.bindTempAuthKey",
     "auth.importLoginToken", "auth.recoverPassword"}
)  # fmt: skip
"""Methods that sign somebody in or out."""


def extremes(leaf: Leaf, *, deep: bool) -> tuple[Any, ...]:
    """The values to try in one leaf; fewer far down, where there are many."""
    if leaf.type.startswith("Vector<"):
        return ([], leaf.get()[:1] * 1000)
    return (DEEP if deep else EXTREMES).get(leaf.type, ())


def changed(request: Any, path: str) -> Iterator[Leaf]:
    """The leaves of the part in which a variant differs; of the plain request all."""
    last = path.replace("=", ".").split(".")
    for leaf in leaves(request):
        if not path or leaf.path.split(".")[0].removesuffix("[]") == last[0]:
            yield leaf


class Sender:
    """Sends requests as they are and judges the answers."""

    def __init__(self, world: World, client: Client, maker: Maker) -> None:
        self.world, self.client, self.maker = world, client, maker
        self.sent = 0
        self.wrong: dict[tuple[str, str], str] = {}
        """(method, error) -> the first request that was answered so."""

    def told(self) -> str:
        """What is wrong, a line each."""
        return "\n".join(
            f"{method}: {error}: {what}" for (method, error), what in self.wrong.items()
        )

    async def send(self, method: str, request: Any, what: str) -> None:
        """One call; a bug of ours or an undocumented error is noted."""
        world, link = self.world, self.client.link
        link.layer = requests.layer_of(method)
        try:
            body = codec.encode(request, link.layer)
        except (codec.Inexpressible, LocalFault):  # a field that the layer has in another form
            return
        self.sent += 1
        answer = await world.dispatcher.call(
            link, (1 << 62) + 4 * self.sent, body, world.clock.now()
        )
        if answer[:4] == b"\x19\xca\x44\x21":
            error = calls.general(codec.decode_bytes(answer, 8).decode())
            if error not in calls.documented(method):
                trace = world.errors[-1]["trace"][-600:] if error == calls.BUG else ""
                self.wrong.setdefault((method, error), f"{what} {trace}")
        if not self.sent % 50:
            await world.settle()


async def attack(sender: Sender, method: str) -> None:
    """Every extreme in every field of one method."""
    for path, make in variants(sender.maker, method):
        for number, leaf in enumerate(changed(make(), path)):
            for value in extremes(leaf, deep="." in path):
                request = make()
                target = list(changed(request, path))[number]
                target.put(value)
                if target.key in PEER_IDS:
                    sign(sender.client, target)
                await sender.send(method, request, f"{path} {leaf.path}={str(value)[:40]!r}")


def sign(client: Client, leaf: Leaf) -> None:
    """Give the peer the access hash that goes with its number, so that the number is looked at."""
    if "access_hash" not in leaf.owner.__slots__:
        return
    number = leaf.get()
    peer = number if leaf.key == "user_id" else -(10**12) - number
    if -(2**63) <= peer < 2**63:
        leaf.owner.access_hash = peers.access_hash(client.world.app, client.user_id, peer)


@pytest.fixture
async def sender(world: World) -> AsyncIterator[Sender]:
    """Of a person with chats of every kind; at the end nothing may be wrong."""
    at = await scene(world)
    made = Sender(world, at.me, Maker(at))
    yield made
    world.errors.clear()  # they are in what follows, with the request that made them
    assert not made.wrong, made.told()
    assert made.sent > 100


def _methods(ending: bool) -> list[str]:
    return sorted(name for name in METHODS if (name in ENDS_THE_SESSION) == ending)


@pytest.mark.turns(SHARES)
@pytest.mark.parametrize("share", range(SHARES))
async def test_extremes_in_every_field_of_every_method(sender: Sender, share: int) -> None:
    await sender.world.settle()
    for method in _methods(ending=False)[share::SHARES]:
        await attack(sender, method)
        assert sender.client.link.actor is not None, f"{method} has ended the session"


async def test_extremes_before_login_and_at_its_end(sender: Sender) -> None:
    """Methods that may sign somebody in or out: by a key that nobody is signed in with."""
    sender.client = sender.world.connect()
    await sender.client.call(api.help.GetNearestDc())
    for method in _methods(ending=True):
        await attack(sender, method)


async def test_a_bot_that_names_anybody_by_the_bare_id(world: World) -> None:
    """Bots need no access hash, so every number gets past it."""
    at = await scene(world)
    made = await bots.create(world.app, "Extreme", "extreme_bot")
    client = world.connect()
    signed = await client.call(
        api.auth.ImportBotAuthorization(flags=0, api_id=1, api_hash="", bot_auth_token=made.token)
    )
    client.user_id = signed.user.id
    sender = Sender(world, client, Maker(at))
    named = {
        "InputPeer": [
            *(api.InputPeerUser(user_id=one, access_hash=0) for one in LONGS),
            *(api.InputPeerChannel(channel_id=one, access_hash=0) for one in LONGS),
            *(api.InputPeerChat(chat_id=one) for one in LONGS),
        ],
        "InputUser": [api.InputUser(user_id=one, access_hash=0) for one in LONGS],
        "InputChannel": [api.InputChannel(channel_id=one, access_hash=0) for one in LONGS],
    }
    for method in sorted(METHODS):
        if not METHODS[method].bots or method in ENDS_THE_SESSION:
            continue
        for f in requests.fields(method):
            for value in named.get(requests.item(f.type), ()):
                request = sender.maker.request(method)
                setattr(request, f.attr, [value] if f.type.startswith("Vector<") else value)
                await sender.send(method, request, f"{f.name}={value}")
    world.errors.clear()
    assert not sender.wrong, sender.told()


@pytest.mark.parametrize("one", LONGS)
def test_no_bare_id_becomes_a_peer_of_another_kind(one: int) -> None:
    user, chat = ids.peer_of_user(one), ids.peer_of_chat(one)
    channel = ids.peer_of_channel(one)
    assert user == ids.NOBODY or (user > 0 and ids.bare(user) == one)
    assert chat == ids.NOBODY or (ids.is_chat(chat) and ids.bare(chat) == one)
    assert channel == ids.NOBODY or (ids.is_channel(channel) and ids.bare(channel) == one)
    assert all(-(2**63) <= peer < 2**63 for peer in (user, chat, channel))
