"""Taking back: within ten minutes, by a correcting decision, on appeal."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.desk.adjudication.decisions import misuse, numbers, service
from petitbleu.desk.adjudication.decisions.service import CannotUndo
from petitbleu.desk.adjudication.eu_database import service as eu_database
from petitbleu.desk.adjudication.evidence import access
from petitbleu.desk.adjudication.evidence.access import Why
from petitbleu.store.api import Tx
from tests.desk.adjudication.decisions.deciding import NOTICE, OTHER, STAFF, TCO, scene
from tests.domain.safety.moderation.place import service_chat
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


@pytest.mark.parametrize(
    ("measure", "here", "there"),
    [
        ({"kind": "age_limit"}, ["Saluons l’attentat"], ["Saluons l’attentat"]),
        ({"kind": "country", "countries": ["DE"]}, [], ["Saluons l’attentat"]),
        ({"kind": "remove"}, [], []),
    ],
)
async def test_what_was_removed_gets_a_lesser_measure_in_one_transaction(
    world: World, measure: dict[str, Any], here: list[str], there: list[str]
) -> None:
    at = await scene(world)
    case = await at.open(NOTICE)
    first = await at.decide(case)
    await at.pass_time(700)
    form = at.form(measures=[measure | {"item": at.link()}])
    letters, _, _ = await service.preview(world.app, STAFF, case, form, corrects=first.number)
    assert [one.purpose for one in letters.told] == ["statement"]
    second = await at.decide(case, form, corrects=first.number)
    assert (await at.place.history(at.bob), await at.place.history(at.eve)) == (here, there)
    assert service.people_of(second) == service.people_of(first)
    (done,) = service.measures_of(second)
    assert (done.owner, done.messages) == (at.place.peer, [at.post])
    assert (await service_chat(at.ada))[0].startswith("Decision"), "the owner is told anew"
    shown = await access.opened(world.app, Why(STAFF, case, "to compare"), done.measure)
    copy = shown.copy
    assert (shown.now is None) == (measure["kind"] == "remove") and not shown.hidden
    assert [one["text"] for one in copy["messages"]] == ["Saluons l’attentat"]
    assert at.ada.user_id in {one["id"] for one in copy["people"]}
    third = await at.decide(case, at.form(outcome="no_action", measures=[]), corrects=second.number)
    assert await at.place.history(at.bob) == ["Saluons l’attentat"]
    assert third.corrects == second.number


async def test_a_link_to_something_else_is_not_taken_for_what_was_removed(world: World) -> None:
    at = await scene(world)
    case = await at.open(NOTICE)
    first = await at.decide(case)
    form = at.form(measures=[{"kind": "age_limit", "item": at.link(at.post + 77)}])
    with pytest.raises(service.Wrong) as wrong:
        await at.decide(case, form, corrects=first.number)
    assert [one.code for one in wrong.value.errors] == ["unknown"]
    assert await at.place.history(at.bob) == []


async def test_what_two_decided_two_take_back_or_correct(world: World) -> None:
    at = await scene(world)
    case = await at.open(NOTICE)
    form = at.form(measures=[{"kind": "close", "item": str(at.ada.user_id)}])
    row = await at.decide(case, form, second=OTHER)
    for second in ("", STAFF):
        with pytest.raises(CannotUndo, match="two people"):
            await service.undo(world.app, STAFF, row.number, command="u", second=second)
    lesser = at.form(measures=[{"kind": "remove", "item": at.link()}])
    with pytest.raises(service.Wrong) as wrong:
        await at.decide(case, lesser, corrects=row.number)
    assert [one.code for one in wrong.value.errors] == ["second"]
    undone = await service.undo(world.app, STAFF, row.number, command="u", second=OTHER)
    assert undone.undone_at is not None


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
