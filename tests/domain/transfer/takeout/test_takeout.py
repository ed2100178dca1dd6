"""Takeout: begun by a device, used by its calls, told to the others, ended."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from petitbleu.ids import SERVICE_USER
from petitbleu.store.api import Store
from petitbleu.tl import api
from tests.kit.world import Client, RpcFault, World


async def _refused(client: Client, q: Any) -> str:
    with pytest.raises(RpcFault) as refusal:
        await client.call(q)
    return refusal.value.message


async def _notices(client: Client) -> list[str]:
    service = api.InputPeerUser(user_id=SERVICE_USER, access_hash=0)
    (user,) = [one for one in (await client.call(_dialogs())).users if one.id == SERVICE_USER]
    service.access_hash = user.access_hash
    found = await client.call(
        api.messages.GetHistory(
            peer=service,
            offset_id=0,
            offset_date=0,
            add_offset=0,
            limit=100,
            max_id=0,
            min_id=0,
            hash=0,
        )
    )
    return [message.message for message in found.messages]


def _dialogs() -> Any:
    return api.messages.GetDialogs(
        offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=10, hash=0
    )


async def test_a_device_exports_through_its_takeout_and_ends_it(world: World) -> None:
    ada = await world.sign_up()
    begun = await ada.call(api.account.InitTakeoutSession(contacts=True, message_users=True))
    ranges = await ada.call(
        api.InvokeWithTakeout(takeout_id=begun.id, query=api.messages.GetSplitRanges())
    )
    assert [(one.min_id, one.max_id) for one in ranges] == [(1, 2**31 - 1)]
    await ada.call(
        api.InvokeWithTakeout(
            takeout_id=begun.id,
            query=api.InvokeWithMessagesRange(range=ranges[0], query=_dialogs()),
        )
    )
    assert await ada.call(
        api.InvokeWithTakeout(
            takeout_id=begun.id, query=api.account.FinishTakeoutSession(success=True)
        )
    )
    again = api.InvokeWithTakeout(takeout_id=begun.id, query=api.contacts.GetSaved())
    assert await _refused(ada, again) == "TAKEOUT_INVALID"
    assert "exported" in (await _notices(ada))[0]


async def test_no_other_device_or_number_passes(world: World) -> None:
    ada = await world.sign_up()
    phone = await world.sign_in(ada.phone)
    begun = await ada.call(api.account.InitTakeoutSession(files=True))
    for client, number in ((phone, begun.id), (ada, begun.id + 1), (ada, 0)):
        q = api.InvokeWithTakeout(takeout_id=number, query=api.contacts.GetSaved())
        assert await _refused(client, q) == "TAKEOUT_INVALID"
    assert await _refused(ada, api.account.FinishTakeoutSession()) == "TAKEOUT_REQUIRED"


async def test_a_young_login_waits_and_the_person_is_told_once(
    store: Store, tmp_path: Path
) -> None:
    world = World(store, tmp_path, dev=False, signup="open", takeout_delay_hours=2)
    await world.start()
    dev = World(store, tmp_path)  # signs people up without a way to send codes
    dev.clock = world.clock
    ada = await dev.sign_up()
    device = world.connect(key=ada.link.auth_key_id)
    asked = api.account.InitTakeoutSession(contacts=True)
    assert await _refused(device, asked) == "TAKEOUT_INIT_DELAY_7200"
    world.clock.advance(3600)
    assert await _refused(device, asked) == "TAKEOUT_INIT_DELAY_3600"
    assert len([text for text in await _notices(device) if "day old" in text]) == 1
    world.clock.advance(3600)
    assert (await device.call(asked)).id > 0
    assert "being exported" in (await _notices(device))[0]
    await world.settle()
    assert not world.errors


async def test_channels_one_left_are_told_to_an_export_alone(world: World) -> None:
    ada = await world.sign_up()
    assert await _refused(ada, api.channels.GetLeftChannels(offset=0)) == "TAKEOUT_REQUIRED"
    begun = await ada.call(api.account.InitTakeoutSession(message_channels=True))
    found = await ada.call(
        api.InvokeWithTakeout(takeout_id=begun.id, query=api.channels.GetLeftChannels(offset=0))
    )
    assert found == api.messages.Chats(chats=[])
