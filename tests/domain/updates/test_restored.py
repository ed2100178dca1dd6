"""Devices go on after a restore: some have seen events that the restored server does not know."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.store.api import Tx
from petitbleu.store.counters import SKIP
from petitbleu.store.query import query
from petitbleu.tl import api
from tests.kit.world import Client, World

SKIP_AHEAD = query(
    "update account_state set pts = pts + cast(:n as bigint), top_id = top_id + cast(:n as bigint)"
)


async def skip(tx: Tx) -> None:
    await tx.run(SKIP_AHEAD, n=SKIP)


async def say(sender: Client, receiver: Client, text: str) -> None:
    await sender.call(
        api.messages.SendMessage(
            peer=await sender.peer(receiver), message=text, random_id=len(text)
        )
    )


async def catch_up(client: Client, state: api.updates.State) -> tuple[list[Any], Any]:
    """Ask for differences as clients do: the new messages, and the state in the end."""
    new: list[Any] = []
    for _ in range(10):
        found = await client.call(
            api.updates.GetDifference(pts=state.pts, date=state.date, qts=state.qts)
        )
        if isinstance(found, api.updates.DifferenceEmpty):
            return new, state
        new += found.new_messages
        if isinstance(found, api.updates.Difference):
            return new, found.state
        state = found.intermediate_state
    raise AssertionError("the differences do not end")


@pytest.mark.parametrize("ahead", [0, 3])
async def test_a_device_behind_or_ahead_of_the_backup_goes_on(world: World, ahead: int) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    state = await bob.call(api.updates.GetState())
    if ahead:
        state.pts += ahead
    else:
        await say(ada, bob, "before")
    await world.app.store.write(skip)
    new, state = await catch_up(bob, state)
    assert [message.message for message in new] == ([] if ahead else ["before"])
    assert state.pts > SKIP, "the device counts from where the server is now"
    await say(ada, bob, "after")
    new, state = await catch_up(bob, state)
    assert [message.message for message in new] == ["after"]
    assert new[0].id > SKIP, "no message id that a device knows is given out again"
    assert await catch_up(bob, state) == ([], state)
