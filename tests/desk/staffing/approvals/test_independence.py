"""Who was brought by the first, or after a head was ended, is no second person."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from petitbleu.app import App
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.staffing.approvals import independence, service
from petitbleu.desk.staffing.approvals.service import NotYou
from petitbleu.desk.staffing.staff import queries as staff_queries
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.desk.staffing.staff.service import Signed
from petitbleu.desk.workplace.team import service as team
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.run.jobs import JobRunner
from petitbleu.store.api import Tx
from tests.desk.kit import opened
from tests.desk.staffing.approvals.test_seconds import ask
from tests.kit.world import World

DAY = 86_400
_keys = iter(range(1, 10_000))


async def _join(tx: Tx, app: App, roles: tuple[str, ...], by: str, second: str, more: Any) -> int:
    number = len(await staff.everybody(app, tx)) + 1
    what = staff.terms(
        name=f"P {number}",
        email=f"p{number}@example.org",
        language="en",
        roles=list(roles),
        queues=more.get("queues", []),
        measures=[],
        on_call=False,
        until=more.get("until", 0),
        now=app.clock.now(),
    )
    id = await staff.add(tx, app, what, by)
    await staff.vouch(tx, app, id, by, second)
    key = b"%032d" % id
    await tx.run(
        staff_queries.INSERT_PASSKEY,
        credential=key,
        staff=id,
        public_key=key,
        print=key,
        counter=0,
        label="",
        transports="",
        synced=0,
        at=0,
    )
    return id


async def join(
    world: World, *roles: str, by: str = "operator", second: str = "", **more: Any
) -> Signed:
    """Somebody with a passkey, invited by ``by`` with the agreement of ``second``."""
    id = await world.app.store.write(_join, world.app, roles, by, second, more)
    return await now(world, id)


async def now(world: World, id: int) -> Signed:
    """Somebody as they are now, with a touch."""
    one = await staff.get(world.app, world.app.store, id)
    assert one is not None
    touch = b"%016d" % next(_keys)
    return Signed(one, b"%032d" % id, bytes(32), touch, int(world.clock.now()))


async def agree(world: World, request: int, by: Signed) -> None:
    by = await now(world, by.staff.id)
    await world.app.store.write(service.agree, app=world.app, id=request, by=by)


async def test_whom_the_first_invited_is_not_their_second_for_thirty_days(world: World) -> None:
    first, other = await join(world, "legal"), await join(world, "lead")
    guest = await join(world, "lead", by=first.staff.actor)
    case = await opened(world, "epoc")
    request = await ask(world.app, first, subject=case_numbers.text(case))
    with pytest.raises(NotYou, match="invited"):
        await agree(world, request, guest)
    world.clock.advance(2 * DAY)
    with pytest.raises(NotYou, match="invited"):
        await agree(world, request, guest)
    # refusing is no signature: whoever doubts may say so
    await world.app.store.write(
        service.refuse, app=world.app, id=request, by=guest, reason="not like this"
    )
    again = await ask(world.app, first, subject=case_numbers.text(case))
    await agree(world, again, other)
    world.clock.advance(29 * DAY)
    late = await ask(world.app, first, digest=b"x" * 32)
    await agree(world, late, guest)
    actions = [one.action for one in await audit.entries(world.app.store)]
    assert actions.count("second.agree") == 2


@pytest.mark.parametrize("how", ["second", "chain", "owner", "again", "raised"])
async def test_it_is_no_matter_how_they_were_brought(world: World, how: str) -> None:
    first, _ = await join(world, "legal"), await join(world, "lead")
    actor = first.staff.actor
    case = await opened(world, "epoc")
    asker = first
    if how == "second":
        guest = await join(world, "lead", by="operator", second=actor)
    elif how == "chain":
        between = await join(world, "lead", by=actor)
        guest = await join(world, "lead", by=between.staff.actor)
    elif how == "owner":  # the case is of whoever works on it, whoever asks
        guest = await join(world, "lead", by=actor)
        taken = CaseEvent("owner", {"staff": first.staff.id})
        await world.app.store.write(cases.append, world.app, case, actor, taken)
        asker = await join(world, "legal")
    else:
        guest = await join(world, "moderator" if how == "raised" else "lead")
        world.clock.advance(40 * DAY)
        if how == "again":
            await world.app.store.write(staff.invite, world.app, guest.staff.id, actor)
        else:
            what = staff.terms(
                name="P", email="p9@example.org", language="en", roles=["lead"], queues=[],
                measures=[], on_call=False, until=0, now=world.clock.now(),
            )  # fmt: skip
            await world.app.store.write(staff.change, world.app, guest.staff.id, what, actor)
    request = await ask(world.app, asker, subject=case_numbers.text(case))
    with pytest.raises(NotYou, match="invited"):
        await agree(world, request, guest)


async def test_where_there_is_nobody_else_it_is_accepted_marked_and_told(world: World) -> None:
    first = await join(world, "legal")
    guest = await join(world, "lead", by=first.staff.actor)
    # these are no second person: no right, another queue, no passkey, invited by the first too
    await join(world, "moderator")
    await join(world, "lead", queues=["dsar"])
    await join(world, "director", by=guest.staff.actor)
    await join(world, "dpo", by=first.staff.actor)
    case = await opened(world, "epoc")
    request = await ask(world.app, first, subject=case_numbers.text(case))
    await agree(world, request, guest)
    said = {"first": first.staff.actor, "second": guest.staff.actor}
    (event,) = [
        one for one in await cases.timeline(world.app.store, case) if one.kind == "second.marked"
    ]
    assert event.actor == guest.staff.actor
    assert said.items() <= msgspec.msgpack.decode(event.data).items()
    (line,) = [one for one in await audit.entries(world.app.store) if one.action == "second.agree"]
    assert json.loads(line.data)["marked"] == "invited"
    await JobRunner(world.app).run_due()
    told = {one.to for one in world.mail.sent if "second signature is marked" in one.subject}
    heads = {"p2@example.org", "p4@example.org", "p5@example.org", "p6@example.org"}
    assert told == heads  # leads, directors, the data protection officer; not the moderator


async def test_an_emergency_is_not_stopped_by_it(world: World) -> None:
    first = await join(world, "legal")
    guest = await join(world, "lead", by=first.staff.actor)
    request = await ask(world.app, first, "disclosure.emergency", emergency=True)
    digest = (await service.get(world.app.store, request)).digest  # type: ignore[union-attr]
    done = await world.app.store.write(
        service.require, app=world.app, kind="disclosure.emergency", digest=digest
    )
    assert done.second is None
    await agree(world, request, guest)


@pytest.mark.parametrize("how", ["revoked", "demoted", "ran out"])
@pytest.mark.parametrize("came", ["before", "after"])
async def test_for_48_hours_after_a_head_nobody_new_signs(
    world: World, how: str, came: str
) -> None:
    app = world.app
    first = await join(world, "legal")
    head = await join(world, "director", until=int(world.clock.now()) + DAY)
    guest = await join(world, "lead") if came == "before" else None
    world.clock.advance(3600)
    if how == "revoked":
        assert await team.revoke(app, None, head.staff.id, "gone")
    elif how == "demoted":
        what = staff.terms(
            name="P", email="p9@example.org", language="en", roles=["moderator"], queues=[],
            measures=[], on_call=False, until=0, now=world.clock.now(),
        )  # fmt: skip
        await app.store.write(staff.change, app, head.staff.id, what, "operator")
    else:
        world.clock.advance(DAY)
    guest = guest or await join(world, "lead")  # in the same second: after
    request = await ask(app, first)
    if came == "before":
        await agree(world, request, guest)
        return
    with pytest.raises(NotYou, match="new"):
        await agree(world, request, guest)
    world.clock.advance(46 * 3600)
    with pytest.raises(NotYou, match="new"):
        await agree(world, request, guest)
    world.clock.advance(2 * 3600 + 1)
    await agree(world, request, guest)
    assert not await independence.is_new(app, app.store, guest.staff)


async def test_leads_directors_and_the_person_hear_that_a_head_has_gone(world: World) -> None:
    await join(world, "lead")
    head = await join(world, "director")
    moderator = await join(world, "moderator")
    await join(world, "dpo")
    assert await team.revoke(world.app, None, head.staff.id, "gone")
    assert (await now(world, head.staff.id)).staff.active is False, "it waits for nobody"
    await JobRunner(world.app).run_due()
    told = [one for one in world.mail.sent if "no longer lead or director" in one.subject]
    assert {one.to for one in told} == {"p1@example.org", "p2@example.org", "p4@example.org"}
    assert all(f"number {head.staff.id}" in one.text and "command line" in one.text for one in told)
    world.mail.sent.clear()
    assert await team.revoke(world.app, None, moderator.staff.id, "gone")
    await JobRunner(world.app).run_due()
    assert world.mail.sent == [], "a moderator is no head"
