"""Pictures of sealed copies: one at a time, counted, and for nobody else."""

from __future__ import annotations

import pytest

from petitbleu.desk.adjudication.evidence import access, exposure, jobs, media, reveals
from petitbleu.desk.adjudication.evidence.exposure import Place
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.records.audit import service as audit
from petitbleu.jobs import NoData
from tests.desk.adjudication.evidence.pictures import ABUSE, budgets, sent
from tests.desk.kit import signer
from tests.kit.world import World

pytestmark = pytest.mark.file_places


async def looks(world: World, staff: int) -> int:
    return (await exposure.budget(world.app, world.app.store, staff)).total


async def test_a_picture_comes_once_to_who_opened_it_within_a_minute(world: World) -> None:
    at = await sent(world)
    case = await at.report(await at.photo())
    me, other = (await signer(world, "moderator")).staff, (await signer(world, "moderator")).staff
    where = Place(case, case, 1)
    opened = await reveals.reveal(world.app, me, where, "triage")
    with pytest.raises(exposure.Ended):
        await reveals.picture(world.app, other, where, opened.token)
    with pytest.raises(exposure.Ended):
        await reveals.picture(world.app, me, where._replace(place=2), opened.token)
    still = await reveals.picture(world.app, me, where, opened.token)
    assert still.type == "image/jpeg" and 500 < len(still.data) < 50_000
    with pytest.raises(exposure.Ended):
        await reveals.picture(world.app, me, where, opened.token)
    late = await reveals.reveal(world.app, me, where, "once more")
    world.clock.advance(61)
    with pytest.raises(exposure.Ended):
        await reveals.picture(world.app, me, where, late.token)


async def test_a_look_is_counted_with_its_line_or_not_at_all(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = await sent(world)
    case = await at.report(await at.photo())
    me = (await signer(world, "moderator")).staff
    with pytest.raises(ValueError, match="reason"):
        await reveals.reveal(world.app, me, Place(case, case, 1), "  ")

    async def broken(*_: object, **__: object) -> int:
        raise RuntimeError("no room in the log")

    with monkeypatch.context() as patch:
        patch.setattr(audit, "append", broken)
        patch.setattr(access.copies, "open_sealed", broken)
        with pytest.raises(RuntimeError, match="no room"):
            await reveals.reveal(world.app, me, Place(case, case, 1), "triage")
    assert await looks(world, me.id) == 0
    await reveals.reveal(world.app, me, Place(case, case, 1), "triage")
    assert await looks(world, me.id) == 1
    assert [one.action for one in await audit.entries(world.app.store)][-1] == "content.media"


async def test_what_is_not_there_is_not_counted(world: World) -> None:
    at = await sent(world)
    photo = await at.photo()
    case = await at.report(photo, await at.voice())
    other = await at.report(await at.photo("another"))
    me = (await signer(world, "moderator")).staff
    for where in (
        Place(case, other, 1),
        Place(case, case, 3),
        Place(case, 1, 1),
        Place(1, case, 1),
    ):
        with pytest.raises(access.NotOfThisCase):
            await reveals.reveal(world.app, me, where, "curious")
    with pytest.raises(media.Gone):
        await reveals.reveal(world.app, me, Place(case, case, 2), "a voice has no picture")
    assert await looks(world, me.id) == 0


async def test_uncovering_again_is_another_look_until_the_budget_ends(world: World) -> None:
    budgets(world, 4, 3)
    at = await sent(world)
    case = await at.report(await at.photo())
    me = (await signer(world, "moderator")).staff
    where = Place(case, case, 1)
    opened = await reveals.reveal(world.app, me, where, "triage")
    with pytest.raises(exposure.Ended):
        await reveals.look(world.app, me, where, opened.token)
    await reveals.picture(world.app, me, where, opened.token)
    for expected in (1, 2, 3):
        await reveals.look(world.app, me, where, opened.token)
        assert await looks(world, me.id) == expected
    with pytest.raises(exposure.Spent, match="category"):
        await reveals.look(world.app, me, where, opened.token)
    with pytest.raises(exposure.Spent, match="category"):
        await reveals.reveal(world.app, me, where, "more")
    state = await cases.get(world.app.store, case)
    assert state is not None
    assert await exposure.left_out(world.app, me.id) == (state.category,)
    world.clock.advance(601)
    with pytest.raises(exposure.Ended):
        await reveals.look(world.app, me, where, opened.token)
    world.clock.advance(86_400)
    assert await exposure.left_out(world.app, me.id) == ()
    await reveals.reveal(world.app, me, where, "a new day")


async def test_child_abuse_material_opens_for_its_role_alone(world: World) -> None:
    at = await sent(world)
    photo = await at.photo()
    reported = await at.report(photo, option=ABUSE)
    again = await at.report(await at.forwarded(photo))
    harmless = await at.report(await at.photo("another"))
    me = (await signer(world, "moderator", "lead")).staff
    safety = (await signer(world, "child_safety")).staff
    for case in (reported, again):
        with pytest.raises(reveals.Reserved):
            await reveals.reveal(world.app, me, Place(case, case, 1), "triage")
        assert await looks(world, me.id) == 0
        assert (await reveals.reveal(world.app, safety, Place(case, case, 1), "triage")).token
    await reveals.reveal(world.app, me, Place(harmless, harmless, 1), "triage")


async def test_who_looked_how_often_is_forgotten(world: World) -> None:
    at = await sent(world)
    case = await at.report(await at.photo())
    me = (await signer(world, "moderator")).staff
    await reveals.reveal(world.app, me, Place(case, case, 1), "triage")
    world.clock.advance(3 * 86_400)
    await jobs.prune(world.app, NoData())
    rows = await world.app.store.rows(exposure.q.SUMS, staff=me.id, after=0)
    assert rows == []
