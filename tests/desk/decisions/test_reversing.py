"""Taking back: within ten minutes, by a correcting decision, on appeal."""

from __future__ import annotations

import pytest

from petitbleu.desk.decisions import misuse, numbers, service
from petitbleu.desk.decisions.service import CannotUndo
from petitbleu.desk.transparency import eu_database
from petitbleu.store.api import Tx
from tests.desk.decisions.deciding import NOTICE, OTHER, STAFF, TCO, scene
from tests.domain.moderation.place import service_chat
from tests.kit.world import World


async def test_within_ten_minutes_it_is_as_if_it_had_not_been(world: World) -> None:
    at = await scene(world)
    case = await at.open(NOTICE)
    row = await at.decide(case, at.form(manifest="yes"))
    assert await at.place.history(at.bob) == []
    world.clock.advance(599)
    await service.undo(world.app, STAFF, row.number, command="u")
    await service.undo(world.app, STAFF, row.number, command="u")
    await at.settle()
    assert await at.place.history(at.bob) == ["Saluons l’attentat"]
    taken_back, statement = await service_chat(at.ada)
    assert "taken back" in taken_back and "statement of reasons" in statement
    await at.pass_time(3600)
    assert at.mails("notifier@people.example") == []
    assert [one.state for one in await eu_database.of_decision(world.app.store, row.number)] == [
        "withdrawn"
    ]
    assert (await misuse.standing(world.app, misuse.person(at.ada.user_id), "content")).counted == 0
    assert (await at.case(case)).state == "review"
    again = await at.decide(case)  # and the case can be decided anew
    assert again.number == row.number + 1


async def test_after_ten_minutes_and_under_a_clock_of_an_hour_nothing_is_undone(
    world: World,
) -> None:
    at = await scene(world)
    row = await at.decide(await at.open(NOTICE))
    await at.pass_time(600)
    with pytest.raises(CannotUndo, match="correcting"):
        await service.undo(world.app, STAFF, row.number, command="u")
    second = await at.place.post(at.ada, "Encore")
    order = at.form(source="other", measures=[{"kind": "remove", "item": at.link(second)}])
    row = await at.decide(await at.open(TCO), order)
    with pytest.raises(CannotUndo, match="hour"):
        await service.undo(world.app, STAFF, row.number, command="v")


async def test_a_correcting_decision_takes_the_place_of_the_first(world: World) -> None:
    at = await scene(world)
    case = await at.open(NOTICE)
    first = await at.decide(case)
    await at.pass_time(700)
    milder = at.form(measures=[{"kind": "age_limit", "item": at.link()}])
    with pytest.raises(service.Wrong):  # the post is away: it can only come back by the correction
        await at.decide(case, milder)
    only_germany = [{"kind": "country", "item": str(at.place.peer), "countries": ["DE"]}]
    only_germany[0]["kind"] = "chat_country"
    second = await at.decide(case, at.form(measures=only_germany), corrects=first.number)
    assert await at.place.history(at.eve) == ["Saluons l’attentat"]
    assert await at.place.history(at.bob) == []
    earlier = await service.get(world.app.store, first.number)
    assert earlier is not None and earlier.replaced_by == second.number
    assert second.corrects == first.number
    with pytest.raises(CannotUndo):
        await at.decide(case, at.form(outcome="no_action", measures=[]), corrects=first.number)


async def test_a_reversal_restores_and_tells_both_sides(world: World) -> None:
    at = await scene(world)
    case = await at.open(NOTICE)
    first = await at.decide(case, at.form(manifest="yes"))
    await at.pass_time(601)
    await at.pass_time(300)
    assert (await at.case(case)).state == "closed"
    written: list[int] = []

    async def then(tx: Tx, number: int) -> None:
        written.append(number)

    why = "Le texte citait un jugement."
    row = await service.reverse(world.app, OTHER, first.number, command="r", why=why, then=then)
    await at.settle()
    assert (row.outcome, row.corrects, written) == ("reversed", first.number, [row.number])
    assert await at.place.history(at.bob) == ["Saluons l’attentat"]
    newest = (await service_chat(at.ada))[0]
    assert why in newest and numbers.text(first.number) in newest and "back where it was" in newest
    assert why in at.mails("notifier@people.example")[-1].text
    assert (await misuse.standing(world.app, misuse.person(at.ada.user_id), "content")).counted == 0
    await at.pass_time(300)
    assert (await at.case(case)).ending == "executed"
    same = await service.reverse(world.app, OTHER, first.number, command="r", why=why)
    assert same.number == row.number
    with pytest.raises(CannotUndo, match="stand"):
        await service.reverse(world.app, OTHER, first.number, command="r2", why=why)
    with pytest.raises(CannotUndo, match="why"):
        await service.reverse(world.app, OTHER, first.number, command="r3", why=" ")


async def test_a_reversal_that_fails_changes_nothing(world: World) -> None:
    at = await scene(world)
    first = await at.decide(await at.open(NOTICE))
    await at.pass_time(601)

    async def broken(tx: Tx, number: int) -> None:
        raise RuntimeError("the appeal's own rows cannot be written")

    with pytest.raises(RuntimeError):
        await service.reverse(
            world.app, OTHER, first.number, command="r", why="Erreur", then=broken
        )
    await at.settle()
    assert await at.place.history(at.bob) == []
    assert len(await service_chat(at.ada)) == 1
