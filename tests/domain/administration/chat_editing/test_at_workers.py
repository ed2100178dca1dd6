"""What is changed of a group at one worker is told as it is by the others."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from petitbleu.tl import api
from tests.kit import chats
from tests.kit import cluster as clusters
from tests.kit.cluster import Cluster


@pytest.fixture
async def cluster(tmp_path: Path) -> AsyncIterator[Cluster]:
    """Two workers."""
    async with clusters.running(tmp_path) as made:
        yield made


async def test_whoever_has_just_come_is_told_of_a_change(cluster: Cluster) -> None:
    """The group's first news went to one worker; a member at another one is told of the next, no
    matter how soon that is: apps keep for a minute what they are not told has changed.
    """
    one, two = cluster.workers
    ada, bob = await one.sign_up("Ada"), await two.sign_up("Bob")
    town = await chats.supergroup(ada, bob)
    await cluster.settle()
    bob.pushed.clear()
    slow = api.channels.ToggleSlowMode(channel=chats.input_channel(ada, town), seconds=30)
    await ada.call(slow)
    await cluster.settle()
    (pushed,) = bob.pushed
    assert [type(update) for update in pushed.updates] == [api.UpdateChannel]
    assert pushed.chats[0].slowmode_enabled
    full = await bob.call(api.channels.GetFullChannel(channel=chats.input_channel(bob, town)))
    assert full.full_chat.slowmode_seconds == 30
