"""Reports that only the admins of a group are told of are answered by what became of them."""

from __future__ import annotations

import pytest

from petitbleu.domain.safety.moderation.outcomes import TellOutcome
from petitbleu.tl import api
from tests.domain.safety.moderation.deciding import DAY, three
from tests.domain.safety.moderation.place import Place, make, service_chat
from tests.kit.servicechat import run
from tests.kit.world import Client, World

ONLY = "rules/admins"


async def reported(world: World) -> tuple[Client, Client, Place, int]:
    """Bob reported what Eve wrote in Ada's group to its admins."""
    ada, bob, eve = await three(world)
    place = await make(world, ada, bob, eve)
    message = await place.post(eve, "Du spam, du spam")
    await bob.call(
        api.messages.Report(
            peer=await place.named(bob), id=[message], option=ONLY.encode() + b"!", message=""
        )
    )
    await world.settle()
    return ada, bob, place, message


async def later(world: World, seconds: int) -> None:
    world.clock.advance(seconds)
    await run(world)


async def test_the_reporter_hears_that_it_was_removed(world: World) -> None:
    ada, bob, place, message = await reported(world)
    first = len(await service_chat(bob))
    await later(world, 3700)
    assert len(await service_chat(bob)) == first
    await ada.call(api.channels.DeleteMessages(channel=await place.input(ada), id=[message]))
    await later(world, 6 * 3600)
    said = await service_chat(bob)
    assert "no longer there" in " ".join(said) and len(said) == first + 1
    await later(world, 8 * DAY)
    assert len(await service_chat(bob)) == first + 1


async def test_the_reporter_hears_that_nothing_was_done(world: World) -> None:
    _, bob, _, _ = await reported(world)
    first = len(await service_chat(bob))
    for _ in range(9):
        await later(world, DAY)
    said = await service_chat(bob)
    assert len(said) == first + 1 and "report them again" in " ".join(said)


@pytest.mark.parametrize("again", range(2))
async def test_an_outcome_is_told_once(world: World, again: int) -> None:
    from petitbleu.jobs import KINDS

    ada, bob, place, message = await reported(world)
    await ada.call(api.channels.DeleteMessages(channel=await place.input(ada), id=[message]))
    await later(world, 3700)
    before = await service_chat(bob)
    from petitbleu.domain.safety.moderation import reports

    (row,) = await reports.listed(world.app)
    for _ in range(again):  # a crash before the row of the job went
        await KINDS["moderation.outcome"].handler(world.app, TellOutcome(number=row.number))
    assert await service_chat(bob) == before
