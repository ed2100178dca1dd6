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
