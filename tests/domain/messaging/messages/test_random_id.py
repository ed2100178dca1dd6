"""One effect for one random_id, however often the call comes: for every method that has one."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

import pytest

from petitbleu import domain
from petitbleu.rpc.registry import METHODS
from petitbleu.tl import api
from petitbleu.tl.schema import load
from tests.domain.files.media import shots
from tests.kit import chats
from tests.kit.world import Client, RpcFault, World


def methods_with_random_id() -> set[str]:
    """Served methods that take a random_id, themselves or within what they take."""
    domain.load_rooms()
    schema = load()

    @functools.cache
    def has_it(of_type: str) -> bool:
        return any(
            field.name == "random_id"
            for name in schema.of_type(of_type)
            for field in schema.newest(name).fields
        )

    def takes_it(method: str) -> bool:
        for field in schema.newest(method).fields:
            bare = field.type.removeprefix("Vector<").removesuffix(">")
            if field.name == "random_id" or (bare.startswith("Input") and has_it(bare)):
                return True
        return False

    return {name for name in METHODS if name in schema.by_name and takes_it(name)}


class Place(NamedTuple):
    """Two people and where they talk, as each of them names it."""

    ada: Client
    bob: Client
    peer: Any
    seen: Any


async def private(world: World) -> Place:
    ada, bob = await chats.people(world, "Ada", "Bob")
    return Place(ada, bob, await ada.peer(bob), await bob.peer(ada))


async def basic_group(world: World) -> Place:
    ada, bob = await chats.people(world, "Ada", "Bob")
    peer = api.InputPeerChat(chat_id=await chats.group(ada, bob))
    return Place(ada, bob, peer, peer)


async def supergroup(world: World) -> Place:
    ada, bob = await chats.people(world, "Ada", "Bob")
    number = await chats.supergroup(ada, bob)
    return Place(ada, bob, chats.input_peer(ada, number), chats.input_peer(bob, number))


async def channel(world: World) -> Place:
    ada, bob = await chats.people(world, "Ada", "Bob")
    number = await chats.channel(ada, bob)
    return Place(ada, bob, chats.input_peer(ada, number), chats.input_peer(bob, number))


async def saved(world: World) -> Place:
    ada = await world.sign_up("Ada")
    return Place(ada, ada, api.InputPeerSelf(), api.InputPeerSelf())


PLACES = (private, basic_group, supergroup, channel, saved)
Make = Callable[[Place], Awaitable[Callable[[], Any]]]
"""Prepares in a place, and gives what makes the call anew, the same each time."""


async def send_message(place: Place) -> Callable[[], Any]:
    return lambda: api.messages.SendMessage(peer=place.peer, message="once", random_id=77)


async def send_media(place: Place) -> Callable[[], Any]:
    dot = api.InputMediaGeoPoint(geo_point=api.InputGeoPoint(lat=1.0, long=2.0))
    return lambda: api.messages.SendMedia(peer=place.peer, media=dot, message="once", random_id=77)


async def send_multi_media(place: Place) -> Callable[[], Any]:
    known = []
    for n in range(2):
        file = await shots.upload(place.ada, b"contents %d" % n)
        made = await place.ada.call(
            api.messages.UploadMedia(peer=place.peer, media=shots.document_input(file))
        )
        known.append(
            api.InputDocument(
                id=made.document.id,
                access_hash=made.document.access_hash,
                file_reference=made.document.file_reference,
            )
        )
    return lambda: api.messages.SendMultiMedia(
        peer=place.peer,
        multi_media=[
            api.InputSingleMedia(
                media=api.InputMediaDocument(id=one), random_id=77 + n, message=f"once {n}"
            )
            for n, one in enumerate(known)
        ],
    )


async def forward_messages(place: Place) -> Callable[[], Any]:
    ids = [
        (await chats.said(place.ada, api.InputPeerSelf(), f"kept {n}")).id for n in range(2)
    ] if place.ada is not place.bob else []  # fmt: skip
    if not ids:
        answers = [await chats.say(place.ada, place.peer, f"kept {n}") for n in range(2)]
        ids = [answer.updates[0].id for answer in answers]
    return lambda: api.messages.ForwardMessages(
        from_peer=api.InputPeerSelf(), id=ids, random_id=[77, 78], to_peer=place.peer
    )


CALLS: dict[str, Make] = {
    "messages.sendMessage": send_message,
    "messages.sendMedia": send_media,
    "messages.sendMultiMedia": send_multi_media,
    "messages.forwardMessages": forward_messages,
}


def test_every_method_with_a_random_id_is_tried() -> None:
    assert methods_with_random_id() == set(CALLS)


async def effects(place: Place) -> tuple[int, int, int]:
    """Messages in the chat for each of the two, and those that wait for their time."""
    waiting = await place.ada.call(api.messages.GetScheduledHistory(peer=place.peer, hash=0))
    return (
        len((await chats.history(place.ada, place.peer)).messages),
        len((await chats.history(place.bob, place.seen)).messages),
        len(waiting.messages),
    )


async def call(client: Client, q: Any) -> Any:
    """The answer; the one refusal that a second time may get."""
    try:
        return await client.call(q)
    except RpcFault as fault:
        assert fault.message == "RANDOM_ID_DUPLICATE"
        return None


@pytest.mark.turns(4)
@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("name", sorted(CALLS))
async def test_a_second_run_has_no_effect(
    world: World, name: str, where: Callable[[World], Awaitable[Place]]
) -> None:
    place = await where(world)
    make = await CALLS[name](place)
    before = await effects(place)
    await place.ada.call(make())
    once = await effects(place)
    assert once != before, "the call did something"
    state = await place.bob.call(api.updates.GetState())
    chats.forget_pushes(place.ada, place.bob)
    again = world.connect(key=place.ada.link.auth_key_id)  # a new session of the same device
    again.user_id = place.ada.user_id
    for client in (place.ada, again, place.ada):
        await call(client, make())
        assert await effects(place) == once
    assert (await place.bob.call(api.updates.GetState())).pts == state.pts
    if place.bob is not place.ada:
        assert place.bob.updates() == [], "the other side was told twice"


@pytest.mark.parametrize("name", sorted(CALLS))
async def test_a_second_run_keeps_one_message_waiting(world: World, name: str) -> None:
    place = await private(world)
    make, at = await CALLS[name](place), int(world.clock.now()) + 3600

    def later() -> Any:
        q = make()
        q.schedule_date = at
        return q

    before = await effects(place)
    await place.ada.call(later())
    once = await effects(place)
    assert once[2] > before[2] and once[:2] == before[:2]
    for _ in range(2):
        await call(place.ada, later())
        assert await effects(place) == once
