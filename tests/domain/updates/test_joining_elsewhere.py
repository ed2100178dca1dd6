"""People who get into a channel by what is done at another worker."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.tl import api
from tests.domain.updates.test_workers import _say, _texts, _two, cluster
from tests.kit.cluster import Cluster
from tests.kit.world import Client

__all__ = ["cluster"]


def _services(client: Client) -> list[Any]:
    """What the service messages tell that were pushed, each with its pts."""
    return [
        (type(update.message.action).__name__, update.pts)
        for update in client.updates(api.UpdateNewChannelMessage)
        if isinstance(update.message, api.MessageService)
    ]


@pytest.mark.parametrize("others", [0, 1])
async def test_who_is_invited_at_another_worker_hears_of_it(cluster: Cluster, others: int) -> None:
    """Whether or not somebody at their worker hears the channel already."""
    one, two = cluster.workers
    ada = await one.sign_up("Ada")
    made = await ada.call(api.channels.CreateChannel(title="Place", about="", megagroup=True))
    chat = made.chats[0]
    peer = api.InputPeerChannel(channel_id=chat.id, access_hash=chat.access_hash)
    entry = api.InputChannel(channel_id=chat.id, access_hash=chat.access_hash)
    people = [await two.sign_up(f"Person {n}") for n in range(others + 1)]

    async def invite(person: Client) -> None:
        found = await ada.peer(person)
        user = api.InputUser(user_id=found.user_id, access_hash=found.access_hash)
        await cluster.settle()
        for each in people:
            each.pushed.clear()
        await ada.call(api.channels.InviteToChannel(channel=entry, users=[user]))
        await cluster.settle()

    for n, person in enumerate(people):
        await _say(ada, peer, "before", n + 1)
        await invite(person)
        for hearer in people[: n + 1]:
            assert hearer.updates(api.UpdateChannelTooLong) == []
            ((action, _),) = _services(hearer)
            assert action == "MessageActionChatAddUser"
        assert [kind for late in people[n + 1 :] for kind in _services(late)] == []
    await _say(ada, peer, "after", 9)
    await cluster.settle()
    assert [_texts(person) for person in people] == [["after"]] * len(people)
    assert await cluster.sweep() == 0


async def test_members_at_another_worker_hear_that_their_group_has_moved(cluster: Cluster) -> None:
    ada, bob, peer = await _two(cluster)
    user = api.InputUser(user_id=peer.user_id, access_hash=peer.access_hash)
    made = await ada.call(api.messages.CreateChat(users=[user], title="Small"))
    (chat,) = made.updates.chats
    await cluster.settle()
    bob.pushed.clear()
    moved = await ada.call(api.messages.MigrateChat(chat_id=chat.id))
    await cluster.settle()
    (channel,) = [found for found in moved.chats if isinstance(found, api.Channel)]
    assert [kind for kind, _ in _services(bob)] == ["MessageActionChannelMigrateFrom"]
    peer = api.InputPeerChannel(channel_id=channel.id, access_hash=channel.access_hash)
    await _say(ada, peer, "here now", 3)
    await cluster.settle()
    assert _texts(bob)[-1:] == ["here now"]
    assert await cluster.sweep() == 0
