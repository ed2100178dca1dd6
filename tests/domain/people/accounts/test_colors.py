"""Colours of names and profiles."""

from __future__ import annotations

import struct
from typing import Any

import pytest

from petitbleu.tl import api
from tests.kit.world import Client, RpcFault, World


async def _seen(viewer: Client, other: Client) -> Any:
    peer = await viewer.peer(other)
    user = api.InputUser(user_id=peer.user_id, access_hash=peer.access_hash)
    (found,) = await viewer.call(api.users.GetUsers(id=[user]))
    return found


async def test_others_see_the_colours_at_once(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    phone = await world.sign_in(ada.phone)
    assert (await _seen(bob, ada)).color is None
    await ada.call(api.account.UpdateColor(color=api.PeerColor(color=5)))
    await ada.call(api.account.UpdateColor(for_profile=True, color=api.PeerColor(color=2)))
    seen = await _seen(bob, ada)
    assert (seen.color.color, seen.profile_color.color) == (5, 2)
    assert phone.updates(api.UpdateUser)
    await ada.call(api.account.UpdateColor())
    seen = await _seen(bob, ada)
    assert (seen.color, seen.profile_color.color) == (None, 2)


async def test_contacts_are_told(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    await bob.peer(ada)
    await ada.call(api.account.UpdateColor(color=api.PeerColor(color=1)))
    (container,) = [one for one in bob.pushed if type(one) is api.Updates]
    assert [user.color.color for user in container.users if user.id == ada.user_id] == [1]


async def test_old_clients_send_a_bare_number(world: World) -> None:
    ada = await world.sign_up("Ada", layer=200)
    request = struct.pack("<IIi", 0x7CEFA15D, 1 << 2, 3)  # as layers 167 to 214 had it
    assert await ada.raw(request, "account.updateColor") is True
    (me,) = await ada.call(api.users.GetUsers(id=[api.InputUserSelf()]))
    assert me.color.color == 3


@pytest.mark.parametrize(
    ("color", "fault"),
    [
        (api.PeerColor(color=7), "COLOR_INVALID"),
        (api.PeerColor(color=-1), "COLOR_INVALID"),
        (api.InputPeerColorCollectible(collectible_id=1), "COLOR_INVALID"),
        (api.PeerColor(color=1, background_emoji_id=5), "DOCUMENT_INVALID"),
    ],
)
async def test_colours_nobody_offers_are_refused(world: World, color: Any, fault: str) -> None:
    ada = await world.sign_up()
    with pytest.raises(RpcFault, match=fault):
        await ada.call(api.account.UpdateColor(color=color))
