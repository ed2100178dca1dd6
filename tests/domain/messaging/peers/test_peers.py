"""Naming people: access hashes and the forms of InputPeer and InputUser."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu import ids
from petitbleu.app import Actor
from petitbleu.domain.messaging.messages import contents, views_actions
from petitbleu.domain.messaging.messages.views_actions import ACTIONS
from petitbleu.domain.messaging.peers import service, views
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.tl import api
from tests.kit import chats
from tests.kit.talk import history, say
from tests.kit.world import Client, World


def ctx(world: World, client: Client, *, bot: bool = False) -> Ctx:
    return Ctx(
        world.app,
        actor=Actor(client.user_id, bot=bot),
        auth_key_id=1,
        layer=229,
        msg_id=1,
        now=world.clock.now(),
    )


def test_a_hash_belongs_to_one_viewer_and_fits_64_bits(world: World) -> None:
    hashes = {service.access_hash(world.app, viewer, peer) for viewer in (1, 2) for peer in (1, 2)}
    assert len(hashes) == 4
    assert all(-(2**63) <= one < 2**63 for one in hashes)
    assert service.access_hash(world.app, 1, 2) == service.access_hash(world.app, 1, 2)


async def test_people_are_named_by_id_and_hash(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    proof = service.access_hash(world.app, ada.user_id, bob.user_id)
    here = ctx(world, ada)
    peer = api.InputPeerUser(user_id=bob.user_id, access_hash=proof)
    user = api.InputUser(user_id=bob.user_id, access_hash=proof)
    assert await views.resolve(here, peer) == bob.user_id
    assert await views.input_user(here, user) == bob.user_id
    assert await views.resolve(here, api.InputPeerSelf()) == ada.user_id
    assert await views.input_user(here, api.InputUserSelf()) == ada.user_id
    with pytest.raises(Fault, match="PEER_ID_INVALID"):
        await views.resolve(ctx(world, bob), peer)
    with pytest.raises(Fault, match="USER_ID_INVALID"):
        await views.input_user(ctx(world, bob), user)


@pytest.mark.parametrize(
    ("peer", "error"),
    [
        (api.InputPeerEmpty(), "PEER_ID_INVALID"),
        (api.InputPeerChat(chat_id=1), "PEER_ID_INVALID"),
        (api.InputPeerChannel(channel_id=1, access_hash=1), "CHANNEL_INVALID"),
        (api.InputPeerUser(user_id=0, access_hash=0), "PEER_ID_INVALID"),
        (api.InputPeerUser(user_id=2**62, access_hash=-(2**63)), "PEER_ID_INVALID"),
    ],
)
async def test_what_names_nobody_is_refused(world: World, peer: Any, error: str) -> None:
    ada = await world.sign_up("Ada")
    with pytest.raises(Fault, match=error):
        await views.resolve(ctx(world, ada), peer)
    with pytest.raises(Fault):
        await views.input_user(ctx(world, ada), peer)


async def test_a_bot_may_name_those_it_has_met_by_id_alone(world: World) -> None:
    ada, bob, eve, kim = [await world.sign_up(name) for name in ("Ada", "Bob", "Eve", "Kim")]
    here = ctx(world, ada, bot=True)
    bare = api.InputUser(user_id=bob.user_id, access_hash=0)
    with pytest.raises(Fault, match="USER_ID_INVALID"):
        await views.input_user(here, bare)
    await say(bob, await bob.peer(ada), "Hello")
    assert await views.input_user(here, bare) == bob.user_id
    with pytest.raises(Fault, match="USER_ID_INVALID"):
        await views.input_user(ctx(world, ada), bare)
    number = await chats.supergroup(eve, ada)
    met = api.InputUser(user_id=eve.user_id, access_hash=0)
    assert await views.input_user(here, met) == eve.user_id, "from a chat of both"
    private = await chats.channel(kim)
    for channel, error in ((number, None), (private, "CHANNEL_INVALID")):
        given = api.InputChannel(channel_id=channel, access_hash=0)
        if error is None:
            assert await views.input_channel(here, given) == ids.peer_of_channel(channel)
        else:
            with pytest.raises(Fault, match=error):
                await views.input_channel(here, given)


async def test_numbers_in_a_message_that_are_no_peers_name_nobody(world: World) -> None:
    """The id of an emoji and the seconds of a timer are of the sender's choosing."""
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    number = bob.user_id
    emoji = api.MessageEntityCustomEmoji(offset=0, length=2, document_id=number)
    await say(ada, api.InputPeerSelf(), "🙂", entities=[emoji])
    peer = api.InputPeerChat(chat_id=await chats.group(ada))
    await ada.call(api.messages.SetHistoryTTL(peer=peer, period=number))
    for where in (api.InputPeerSelf(), peer):
        for message in await history(ada, where):
            through = api.InputUserFromMessage(peer=where, msg_id=message.id, user_id=number)
            with pytest.raises(Fault, match="USER_ID_INVALID"):
                await views.input_user(ctx(world, ada), through)


def test_every_action_that_names_somebody_is_known_by_its_name() -> None:
    """Renderings say whom a service message names; ``contents.NAMING`` must not fall behind."""
    naming = {name for name, one in ACTIONS.items() if one.named is not views_actions._nobody}
    assert naming == set(contents.NAMING)


async def test_the_author_of_a_message_can_be_named_through_it(world: World) -> None:
    ada, bob, eve = [await world.sign_up(name) for name in ("Ada", "Bob", "Eve")]
    peer = await bob.peer(ada)
    await bob.call(api.messages.SendMessage(peer=peer, message="Hello", random_id=1))
    chat = api.InputPeerUser(
        user_id=bob.user_id,
        access_hash=service.access_hash(world.app, ada.user_id, bob.user_id),
    )
    history = await ada.call(
        api.messages.GetHistory(
            peer=chat, offset_id=0, offset_date=0, add_offset=0, limit=1, max_id=0, min_id=0, hash=0
        )
    )
    number = history.messages[0].id

    def through(user: int, message: int) -> Any:
        return api.InputUserFromMessage(peer=chat, msg_id=message, user_id=user)

    here = ctx(world, ada)
    assert await views.input_user(here, through(bob.user_id, number)) == bob.user_id
    for wrong in (through(eve.user_id, number), through(bob.user_id, number + 1)):
        with pytest.raises(Fault, match="USER_ID_INVALID"):
            await views.input_user(here, wrong)


def test_numbers_become_peers() -> None:
    assert views.peer_of(5) == api.PeerUser(user_id=5)
    assert views.peer_of(-5) == api.PeerChat(chat_id=5)
    assert views.peer_of(-1_000_000_000_005) == api.PeerChannel(channel_id=5)
