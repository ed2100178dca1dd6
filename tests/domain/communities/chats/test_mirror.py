"""Each client's own picture, drawn from answers and pushes, equals a fresh fetch; and what a device
that stopped at any earlier moment gets from the differences leads to the same picture.

Random schedules of ten people over a basic group, a supergroup and a channel whose posts are
discussed in the supergroup (``schedule.py``). ``TESTS_LENGTH=full`` runs many and long ones.
"""

from __future__ import annotations

import pytest

from petitbleu.tl import api
from tests.domain.communities.chats.mirror import Device
from tests.domain.communities.chats.schedule import Schedule
from tests.kit.chats import access, user
from tests.kit.sizes import FULL, size
from tests.kit.world import World

STEPS = size(70, 400)
SEEDS = range(1, 41) if FULL else (1, 2)


@pytest.mark.sometimes(2)
@pytest.mark.turns(2)
@pytest.mark.parametrize("seed", SEEDS)
async def test_pictures_agree(world: World, seed: int) -> None:
    schedule = Schedule(world, seed)
    await schedule.begin()
    for _ in range(STEPS):
        await schedule.step()
    await schedule.check()


@pytest.mark.sometimes(2)
async def test_a_newcomer_begins_where_the_others_are(world: World) -> None:
    schedule = Schedule(world, 3)
    await schedule.begin()
    late = await world.sign_up("Late")
    for _ in range(15):
        await schedule.step()
    ada = schedule.devices[0]
    await ada.client.peer(late)
    who = await user(ada.client, late)
    await ada.call(api.messages.AddChatUser(chat_id=schedule.chat, user_id=who, fwd_limit=0))
    for number in (schedule.town, schedule.news):
        channel_of = api.InputChannel(channel_id=number, access_hash=access(ada.client, number))
        await ada.call(api.channels.InviteToChannel(channel=channel_of, users=[who]))
    newcomer = Device(late)
    await schedule.start(newcomer)
    schedule.settle()
    schedule.devices.append(newcomer)
    for _ in range(15):
        await schedule.step()
    await schedule.check()
