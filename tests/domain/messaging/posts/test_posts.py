"""Views and forwards of posts."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.messaging.posts import service
from petitbleu.tl import api
from tests.kit import chats
from tests.kit.talk import fault, history, say
from tests.kit.world import Client, World


async def views(client: Client, peer: Any, *ids: int, increment: bool = True) -> list[Any]:
    found = await client.call(
        api.messages.GetMessagesViews(peer=peer, id=list(ids), increment=increment)
    )
    return [(one.views, one.forwards) for one in found.views]


async def test_each_viewer_counts_once_a_day(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    news = await chats.channel(ada, bob)
    to_ada, to_bob = chats.input_peer(ada, news), chats.input_peer(bob, news)
    post = await say(ada, to_ada)
    assert (await history(ada, to_ada))[0].views == 1
    assert await views(bob, to_bob, post, increment=False) == [(1, 0)]
    assert await views(bob, to_bob, post, 99) == [(2, 0), (None, None)]
    assert await views(bob, to_bob, post) == [(2, 0)]
    world.clock.advance(service.AGAIN)
    assert await views(bob, to_bob, post) == [(3, 0)]
    assert (await history(ada, to_ada))[0].views == 3


async def test_a_forward_shows_and_moves_the_counts_of_the_post(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    news = await chats.channel(ada, bob)
    post = await say(ada, chats.input_peer(ada, news))
    await bob.call(
        api.messages.ForwardMessages(
            from_peer=chats.input_peer(bob, news), id=[post], random_id=[5],
            to_peer=api.InputPeerSelf(),
        )
    )  # fmt: skip
    (saved,) = [one for one in await history(bob, api.InputPeerSelf()) if one.fwd_from]
    assert (saved.views, saved.forwards) == (1, 1)
    assert await views(bob, api.InputPeerSelf(), saved.id) == [(2, 1)]
    shown = (await history(ada, chats.input_peer(ada, news)))[0]
    assert (shown.views, shown.forwards) == (2, 1)


async def test_messages_of_groups_have_no_views(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    town = await chats.supergroup(ada, bob)
    message = await say(ada, chats.input_peer(ada, town))
    assert await views(bob, chats.input_peer(bob, town), message) == [(None, None)]
    assert (await history(ada, chats.input_peer(ada, town)))[0].views is None


async def test_what_is_not_to_be_seen_is_not_counted(world: World) -> None:
    ada, bob, eve = await chats.people(world, "Ada", "Bob", "Eve")
    news = await chats.channel(ada, bob)
    post = await say(ada, chats.input_peer(ada, news))
    assert await fault(views(eve, chats.input_peer(eve, news), post)) == "CHANNEL_PRIVATE"
    assert await fault(views(ada, chats.input_peer(ada, news))) == "MSG_ID_INVALID"
    assert await views(ada, chats.input_peer(ada, news), post, increment=False) == [(1, 0)]
