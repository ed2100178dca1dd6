"""Filters that staff keep: their own, and those that are shared."""

from __future__ import annotations

import pytest

from petitbleu.desk.casework.views import service as views
from petitbleu.desk.casework.views.service import Refused
from petitbleu.desk.staffing.staff.service import Staff
from tests.desk.kit import signer
from tests.kit.world import World

FILTER = "kind=art16_notice&language=de"


async def keep(
    world: World, by: Staff, name: str, filter: str = FILTER, shared: bool = False
) -> None:
    await world.app.store.write(views.keep, world.app, by, name, filter, shared)


async def names(world: World, by: Staff) -> list[str]:
    return [row.name for row in await views.visible_views(world.app.store, by)]


async def test_own_views_are_ones_own_and_shared_ones_everybodys(world: World) -> None:
    lead, bo = (await signer(world, "lead")).staff, (await signer(world, "moderator")).staff
    await keep(world, bo, "  My   notices ")
    await keep(world, lead, "German", shared=True)
    assert await names(world, bo) == ["My notices", "German"]
    assert await names(world, lead) == ["German"]
    await keep(world, bo, "My notices", "urgency=0")
    assert [row.filter for row in await views.visible_views(world.app.store, bo)] == [
        "urgency=0",
        FILTER,
    ]
    mine, shared = await views.visible_views(world.app.store, bo)
    for by, id in ((lead, mine.id), (bo, shared.id), (bo, 99)):
        with pytest.raises(Refused) as refused:
            await world.app.store.write(views.delete, world.app, by, id)
        assert refused.value.code == "none"
    await world.app.store.write(views.delete, world.app, bo, mine.id)
    await world.app.store.write(views.delete, world.app, lead, shared.id)
    assert await names(world, bo) == []


async def test_what_cannot_be_kept_is_refused(world: World) -> None:
    bo = (await signer(world, "moderator")).staff
    for name, filter, shared, code in (
        ("", FILTER, False, "name"),
        ("x" * 61, FILTER, False, "name"),
        ("x", "", False, "empty"),
        ("x", FILTER, True, "share"),
    ):
        with pytest.raises(Refused) as refused:
            await keep(world, bo, name, filter, shared)
        assert refused.value.code == code
    for number in range(views.MAX_VIEWS):
        await keep(world, bo, f"View {number}")
    with pytest.raises(Refused) as refused:
        await keep(world, bo, "one more")
    assert refused.value.code == "many"
    await keep(world, bo, "View 0", "urgency=0")
