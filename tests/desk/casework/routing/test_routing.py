"""Rules put cases into queues in the transaction that makes or sorts them, and say so."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from petitbleu.desk.casework.cases import queues as lists
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent, CaseState
from petitbleu.desk.casework.routing import service as routing
from petitbleu.desk.casework.routing.conditions import Conditions
from petitbleu.desk.casework.routing.service import Draft, Refused
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.desk.staffing.staff.service import Staff
from petitbleu.domain.people.usernames import service as usernames
from tests.desk.kit import opened
from tests.kit.desk import add_staff
from tests.kit.world import World


async def person(world: World, *roles: str, **more: Any) -> Staff:
    number, _ = await world.app.store.write(add_staff, world.app, *roles, **more)
    one = await staff.get(world.app, world.app.store, number)
    assert one is not None
    return one


@pytest.fixture
async def lead(world: World) -> Staff:
    return await person(world, "lead")


async def queue(world: World, by: Staff, name: str, *members: int) -> int:
    return await world.app.store.write(routing.add_queue, world.app, by, name, members)


async def state(world: World, number: int) -> CaseState:
    found = await cases.get(world.app.store, number)
    assert found is not None
    return found


async def events(world: World, number: int) -> list[tuple[str, str, dict[str, Any]]]:
    rows = await cases.timeline(world.app.store, number)
    return [(row.actor, row.kind, msgspec.msgpack.decode(row.data)) for row in rows]


async def append(world: World, number: int, *happened: CaseEvent, by: str = "staff:1") -> CaseState:
    return await world.app.store.write(cases.append, world.app, number, by, *happened)


async def test_the_first_active_rule_that_fits_decides_and_both_records_name_it(
    world: World, lead: Staff
) -> None:
    german, rest = await queue(world, lead, "German"), await queue(world, lead, "Rest")
    off = await routing.add_rule(world.app, lead, Draft("Off", queue=rest))
    await routing.switch_rule(world.app, lead, off, False)
    first = await routing.add_rule(
        world.app, lead, Draft("Germans", Conditions(languages=("de",)), german)
    )
    await routing.add_rule(world.app, lead, Draft("All", queue=rest))
    number = await opened(world, "art16_notice", language="de")
    other = await opened(world, "art16_notice", language="fr")
    assert (await state(world, number)).queue == german
    assert (await state(world, other)).queue == rest
    said = {"rule": first, "name": "Germans", "queue": german, "into": "German"}
    assert (await events(world, number))[-1] == ("system", "routed", said)
    logged = [one for one in await audit.entries(world.app.store) if one.action == "case.routed"]
    assert msgspec.json.decode(logged[0].data)["name"] == "Germans"
    listed = await lists.page(world.app, lists.Filter(queue=german))
    assert [row.number for row in listed] == [number]
    left = await lists.page(world.app, lists.Filter(not_queues=(german,)))
    assert [row.number for row in left] == [other]


async def test_a_case_sorted_anew_is_routed_anew_and_one_moved_by_hand_stays(
    world: World, lead: Staff
) -> None:
    orders, by_hand = await queue(world, lead, "Orders"), await queue(world, lead, "By hand")
    rule = Conditions(kinds=("dsa_art9_order",))
    await routing.add_rule(world.app, lead, Draft("Orders", rule, orders))
    number = await opened(world, "unsorted")
    assert (await state(world, number)).queue == 0
    sorted_ = await append(world, number, CaseEvent("kind", {"kind": "dsa_art9_order"}))
    assert sorted_.queue == orders
    note = await append(world, number, CaseEvent("note", {"text": "x"}))
    assert note.seq == 4, "nothing but the note"
    back = await append(world, number, CaseEvent("kind", {"kind": "dsar"}))
    assert (back.queue, back.routed) == (0, 0), "no rule fits any more"
    moved = await routing.into(world.app, world.app.store, by_hand, "dsar")
    await append(world, number, moved)
    kept = await append(world, number, CaseEvent("fact", {"language": "it"}))
    assert kept.queue == by_hand
    routed = await append(world, number, CaseEvent("kind", {"kind": "dsa_art9_order"}))
    assert routed.queue == orders


async def test_an_urgency_rises_and_never_falls(world: World, lead: Staff) -> None:
    await routing.add_rule(world.app, lead, Draft("High", urgency=1))
    low = await state(world, await opened(world, "art16_notice", urgency=3))
    critical = await state(world, await opened(world, "art16_notice", urgency=0))
    assert (low.urgency, critical.urgency) == (1, 0)
    assert low.routed != 0


async def test_a_case_is_given_to_somebody_only_where_nobody_has_it(
    world: World, lead: Staff
) -> None:
    bo, cy = await person(world, "moderator"), await person(world, "moderator")
    rule = Conditions(kinds=("art16_notice",))
    await routing.add_rule(world.app, lead, Draft("Bo’s", rule, owner=bo.id))
    number = await opened(world, "art16_notice")
    given = await state(world, number)
    assert (given.owner, given.state, given.looked_at) == (bo.id, "review", None)
    theirs = await opened(world, "unsorted")
    await append(world, theirs, CaseEvent("owner", {"staff": cy.id}))
    kept = await append(world, theirs, CaseEvent("kind", {"kind": "art16_notice"}))
    assert kept.owner == cy.id
    fresh = await opened(world, "unsorted")
    kind = CaseEvent("kind", {"kind": "art16_notice"})
    sorted_ = await append(world, fresh, kind, CaseEvent("owner", {"staff": cy.id}))
    assert sorted_.owner == bo.id, "who only sorts it does not keep it"


async def test_a_rule_that_leads_where_nobody_may_see_is_refused(world: World, lead: Staff) -> None:
    bo = await person(world, "moderator", queues=["art16_notice"])
    small = await queue(world, lead, "Notices", bo.id)
    for draft, code in (
        (Draft("x", Conditions(kinds=("art16_notice", "dsar")), small), "nobody"),
        (Draft("x", Conditions(kinds=("csam_notice",)), owner=bo.id), "owner"),
        (Draft("x", owner=99), "person"),
        (Draft("x", queue=99), "no_queue"),
        (Draft("x"), "nowhere"),
        (Draft(" ", queue=small), "name"),
        (Draft("x", Conditions(kinds=("nonsense",)), small), "choice"),
        (Draft("x", Conditions(countries=("FRA",)), small), "two_letters"),
        (Draft("x", Conditions(authorities=("police",)), small), "domain"),
        (Draft("x", Conditions(words=("…",)), small), "words"),
        (Draft("x", Conditions(languages=("fr",) * 101), small), "values"),
        (Draft("x", urgency=7), "choice"),
    ):
        with pytest.raises(Refused) as refused:
            await routing.add_rule(world.app, lead, draft)
        assert refused.value.code == code
    assert await routing.rules(world.app, world.app.store) == ()


async def test_a_rule_that_has_come_to_lead_to_nobody_is_passed_over(
    world: World, lead: Staff
) -> None:
    bo = await person(world, "moderator")
    small = await queue(world, lead, "Bo’s", bo.id)
    rule = Conditions(kinds=("art16_notice",))
    await routing.add_rule(world.app, lead, Draft("To Bo", rule, small))
    await routing.add_rule(world.app, lead, Draft("High", urgency=0))
    await world.app.store.write(staff.revoke, world.app, bo.id, lead.actor, "left")
    number = await opened(world, "art16_notice")
    found = await state(world, number)
    assert (found.queue, found.urgency) == (0, 0)
    trial = await routing.trial(world.app, found)
    assert [(one.rule.name, one.unseen, one.decides) for one in trial.tried] == [
        ("To Bo", True, False),
        ("High", False, True),
    ]
    known = await routing.rules(world.app, world.app.store)
    assert await routing.unusable(world.app, known) == {known[0].id}


async def test_child_abuse_is_not_led_to_who_may_not_see_it_by_a_rule_for_any_kind(
    world: World, lead: Staff
) -> None:
    bo = await person(world, "moderator")
    small = await queue(world, lead, "Bo’s", bo.id)
    await routing.add_rule(world.app, lead, Draft("All", queue=small))
    assert (await state(world, await opened(world, "csam_notice"))).queue == 0
    assert (await state(world, await opened(world, "dsar"))).queue == small


async def test_rules_move_and_go_and_queues_in_use_stay(world: World, lead: Staff) -> None:
    bo, cy = await person(world, "moderator"), await person(world, "child_safety")
    one = await queue(world, lead, "One", cy.id)
    child = Conditions(kinds=("csam_notice",))
    first = await routing.add_rule(world.app, lead, Draft("First", child, one))
    second = await routing.add_rule(world.app, lead, Draft("Second", urgency=1))
    await routing.move_rule(world.app, lead, second, True)
    await routing.move_rule(world.app, lead, second, True)
    assert [rule.id for rule in await routing.rules(world.app, world.app.store)] == [second, first]
    await routing.move_rule(world.app, lead, second, False)
    write = world.app.store.write
    for change, code in (
        ((routing.delete_queue, one), "in_use"),
        ((routing.change_queue, one, "One", [bo.id]), "in_use_members"),
        ((routing.change_queue, one, "", []), "name"),
        ((routing.change_queue, 99, "x", []), "no_queue"),
        ((routing.add_queue, "One", []), "taken"),
        ((routing.add_queue, "Two", [99]), "person"),
    ):
        function, *arguments = change
        with pytest.raises(Refused) as refused:
            await write(function, world.app, lead, *arguments)
        assert refused.value.code == code
    number = await opened(world, "csam_notice")
    await routing.delete_rule(world.app, lead, first)
    with pytest.raises(Refused) as refused:
        await write(routing.change_queue, world.app, lead, one, "One", [bo.id])
    assert refused.value.code == "kept", "nobody left in it could see what is in it"
    await write(routing.delete_queue, world.app, lead, one)
    assert (await state(world, number)).queue == 0
    assert (await events(world, number))[-1] == (lead.actor, "queue", {"queue": 0})
    assert await routing.closed_off(world.app, bo) == ()
    for id in (first, 99):
        with pytest.raises(Refused):
            await routing.delete_rule(world.app, lead, id)


async def test_what_is_targeted_is_looked_up(world: World, lead: Staff) -> None:
    account = 1_000_001
    await world.app.store.write(usernames.take, account, "lampe_noire", 0)
    places = {one: await queue(world, lead, one) for one in ("account", "message", "comment")}
    for target, id in places.items():
        rule = Conditions(targets=(target,))
        await routing.add_rule(world.app, lead, Draft(target, rule, id))
    for target, written in (
        ("account", "@lampe_noire"),
        ("message", "https://petitbleu.example/somewhere/12"),
        ("comment", "https://petitbleu.example/somewhere/12?comment=3"),
    ):
        number = await opened(world, "art16_notice", targets=["nonsense ", written])
        assert (await state(world, number)).queue == places[target], written
    report = await opened(world, "art16_notice", target=account, item=0)
    assert (await state(world, report)).queue == places["account"]
    assert (await state(world, await opened(world, "dsar"))).queue == 0


async def test_queues_that_others_work_on_are_left_out_of_next(world: World, lead: Staff) -> None:
    bo, cy = await person(world, "moderator"), await person(world, "moderator")
    theirs = await queue(world, lead, "Bo’s", bo.id)
    await queue(world, lead, "Everybody’s")
    assert await routing.closed_off(world.app, bo) == ()
    assert await routing.closed_off(world.app, cy) == (theirs,)
    await world.app.store.write(staff.revoke, world.app, bo.id, lead.actor, "left")
    assert await routing.closed_off(world.app, cy) == (), "a queue nobody is left in is everybody’s"
