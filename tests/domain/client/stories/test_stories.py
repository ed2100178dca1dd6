"""Stories: complete and empty answers."""

from __future__ import annotations

import pytest

from petitbleu.tl import api
from tests.kit.world import RpcFault, World


async def test_each_is_complete_and_empty(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    peer = await ada.peer(bob)
    everything = await ada.call(api.stories.GetAllStories())
    assert (everything.count, everything.peer_stories) == (0, [])
    again = await ada.call(api.stories.GetAllStories(state=everything.state))
    assert isinstance(again, api.stories.AllStoriesNotModified)
    of_bob = await ada.call(api.stories.GetPeerStories(peer=peer))
    assert of_bob.stories == api.PeerStories(peer=api.PeerUser(user_id=bob.user_id), stories=[])
    assert of_bob.users[0].id == bob.user_id
    newest = await ada.call(api.stories.GetPeerMaxIDs(id=[peer, peer]))
    assert newest == [api.RecentStory(), api.RecentStory()]
    for asked in (
        api.stories.GetPinnedStories(peer=peer, offset_id=0, limit=10),
        api.stories.GetStoriesArchive(peer=peer, offset_id=0, limit=10),
        api.stories.GetStoriesByID(peer=peer, id=[1]),
    ):
        found = await ada.call(asked)
        assert (found.count, found.stories) == (0, [])
    assert (await ada.call(api.stories.GetAllReadPeerStories())).updates == []
    assert (await ada.call(api.stories.GetChatsToSend())).chats == []


async def test_those_of_nobody_are_refused(world: World) -> None:
    ada = await world.sign_up("Ada")
    nobody = api.InputPeerUser(user_id=5, access_hash=5)
    with pytest.raises(RpcFault, match="PEER_ID_INVALID"):
        await ada.call(api.stories.GetPeerStories(peer=nobody))


async def test_layers_that_knew_stories_of_users_alone_are_answered(world: World) -> None:
    ada, bob = await world.sign_up("Ada", 161), await world.sign_up("Bob", 161)
    peer = await ada.peer(bob)
    user = api.InputUser(user_id=peer.user_id, access_hash=peer.access_hash)
    of_bob = await ada.call(api.stories.GetUserStories(user_id=user))
    assert of_bob.stories == api.UserStories(user_id=bob.user_id, stories=[])
    assert [one.id for one in of_bob.users] == [bob.user_id]
    assert await ada.call(api.users.GetStoriesMaxIDs(id=[user, user])) == [0, 0]
    assert (await ada.call(api.stories.GetAllReadUserStories())).updates == []
    with pytest.raises(RpcFault, match="PEER_ID_INVALID"):
        await ada.call(api.stories.GetUserStories(user_id=api.InputUser(user_id=5, access_hash=5)))
