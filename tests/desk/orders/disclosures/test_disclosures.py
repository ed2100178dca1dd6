"""Data leave only as two people signed, encrypted, once."""

from __future__ import annotations

import datetime
import io
import json
import zipfile
from typing import Any

import msgspec
import pyrage
import pytest
from starlette.applications import Starlette

from petitbleu.desk.casework.alerts import ladder
from petitbleu.desk.casework.alerts import service as alerts
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.orders.disclosures import portal
from petitbleu.desk.orders.disclosures import service as disclosures
from petitbleu.desk.orders.disclosures.service import Plan, Refused
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.reference.directory import service as directory
from petitbleu.desk.staffing.approvals import jobs as seconds_jobs
from petitbleu.desk.staffing.approvals import service as approvals
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.jobs import NoData
from petitbleu.run.jobs import JobRunner
from tests.desk.kit import add_key, agree, opened, signer
from tests.kit.talk import say
from tests.kit.web import Browser
from tests.kit.world import Client, World

DAY = 86_400
KEY = pyrage.x25519.Identity.generate()
POLICE = {"name": "Police", "country": "DE", "domain": "polizei.example"}


async def ada_and_case(world: World, kind: str = "epoc", **more: Any) -> tuple[Client, int]:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    await add_key(world, str(KEY.to_public()), POLICE["domain"], name="Police")
    await say(ada, await ada.peer(bob), "=the plan")
    facts = {
        "sender": "zcb@polizei.example",
        "authority": POLICE | {"trust": "verified-directory"},
        "reference": "210 UJs 8841/26",
        "language": "en",
    }
    return ada, await opened(world, kind, **(facts | more))


def plan(world: World, ada: Client, case: int, *fields: str, **more: Any) -> Plan:
    now = int(world.clock.now())
    return Plan(
        case=case,
        account=ada.user_id,
        fields=fields or ("name", "sign_ins"),
        since=now - 30 * DAY,
        until=now + DAY,
        key=str(KEY.to_public()),
        minimised="the order names these fields and this month",
        **more,
    )


def opened_archive(data: bytes) -> dict[str, Any]:
    archive = zipfile.ZipFile(io.BytesIO(pyrage.decrypt(data, [KEY])))
    return {name: archive.read(name) for name in archive.namelist()}


async def test_nothing_is_made_before_the_second_signed_this_very_plan(world: World) -> None:
    ada, case = await ada_and_case(world)
    first, second = await signer(world, "legal"), await signer(world, "lead")
    row = await disclosures.propose(world.app, plan(world, ada, case), first)
    with pytest.raises(approvals.NotAgreed):
        await disclosures.make(world.app, row.id, first.staff.actor)
    with pytest.raises(approvals.NotYou):
        await agree(world, row.request, first)
    await agree(world, row.request, second)
    other = await disclosures.propose(world.app, plan(world, ada, case, "name", "email"), first)
    with pytest.raises(approvals.NotAgreed):
        await disclosures.make(world.app, other.id, first.staff.actor)
    secret = await disclosures.make(world.app, row.id, first.staff.actor)
    with pytest.raises(Refused):
        await disclosures.make(world.app, row.id, first.staff.actor)
    handed = await disclosures.fetch(world.app, secret, "192.0.2.1")
    assert handed is not None
    files = opened_archive(handed.data)
    assert sorted(files) == [
        "manifest.json",
        "sign_ins.csv",
        "sign_ins.json",
        "subscriber.csv",
        "subscriber.json",
    ]
    assert json.loads(files["subscriber.json"]) == [{"account": ada.user_id, "name": "Ada"}]
    manifest = json.loads(files["manifest.json"])
    assert manifest["fields"] == ["name", "sign_ins"]
    assert {one["name"] for one in manifest["files"]} == set(files) - {"manifest.json"}
    assert await disclosures.fetch(world.app, secret, "192.0.2.1") is None


@pytest.mark.parametrize("answered", [True, False])
async def test_a_plan_nobody_agrees_to_leaves_the_case_where_it_was(
    world: World, answered: bool
) -> None:
    ada, case = await ada_and_case(world)
    first, second = await signer(world, "legal"), await signer(world, "lead")
    taken = CaseEvent("owner", {"staff": first.staff.id})
    await world.app.store.write(cases.append, world.app, case, first.staff.actor, taken)
    row = await disclosures.propose(world.app, plan(world, ada, case), first)
    other = await disclosures.propose(world.app, plan(world, ada, case, "name"), first)

    async def decline(request: int) -> None:
        if answered:
            refuse, why = approvals.refuse, "too much is asked"
            await world.app.store.write(refuse, app=world.app, id=request, by=second, reason=why)
            return
        await seconds_jobs.expire(world.app, NoData())

    async def state_of() -> str:
        found = await cases.get(world.app.store, case)
        assert found is not None
        return found.state

    if answered:
        await decline(row.request)
        assert await state_of() == "awaiting_second"  # the other plan still waits
    else:
        world.clock.advance(30 * DAY)
    await decline(other.request)
    assert await state_of() == "review"
    ended = [await disclosures.get(world.app.store, one.id) for one in (row, other)]
    assert {one.state for one in ended if one} == {"refused" if answered else "unanswered"}
    with pytest.raises(Refused):
        await disclosures.make(world.app, row.id, first.staff.actor)


async def test_content_needs_a_judge_and_is_written_down_before_it_is_read(world: World) -> None:
    ada, case = await ada_and_case(world)
    first, second = await signer(world, "legal"), await signer(world, "lead")
    wanted = plan(world, ada, case, "messages", "traffic")
    with pytest.raises(Refused, match="judge or court"):
        await disclosures.propose(world.app, wanted, first)
    await disclosures.record_order(world.app, case, first, issuer="Police", court=False)
    with pytest.raises(Refused, match="judge or court"):
        await disclosures.propose(world.app, wanted, first)
    await disclosures.record_order(world.app, case, first, issuer="AG Bamberg", court=True)
    row = await disclosures.propose(world.app, wanted, first)
    await agree(world, row.request, second)
    secret = await disclosures.make(world.app, row.id, first.staff.actor)
    handed = await disclosures.fetch(world.app, secret, "192.0.2.1")
    assert handed is not None
    files = opened_archive(handed.data)
    assert [one["text"] for one in json.loads(files["messages.json"])] == ["=the plan"]
    assert b"'=the plan" in files["messages.csv"], "no cell is a formula"
    assert b"plan" not in files["traffic.json"]
    actions = [one.action for one in await audit.about(world.app.store, case_numbers.text(case))]
    assert "content.messages" in actions


@pytest.mark.turns(3)
@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"fields": ()}, "choose the fields"),
        ({"fields": ("name", "everything")}, "no field everything"),
        ({"fields": ("name", "name")}, "twice"),
        ({"since": 5, "until": 5}, "begin before it ends"),
        ({"minimised": " "}, "enough"),
        ({"key": "age1nope"}, "no age key"),
        ({"account": 4242}, "no such account"),
        ({"emergency": True}, "no emergency"),
    ],
)
async def test_a_plan_that_goes_too_far_is_refused(
    world: World, more: dict[str, Any], words: str
) -> None:
    ada, case = await ada_and_case(world)
    first = await signer(world, "legal")
    wanted = msgspec.structs.replace(plan(world, ada, case), **more)
    with pytest.raises(Refused, match=words):
        await disclosures.propose(world.app, wanted, first)
    assert await disclosures.of_case(world.app.store, case) == []


async def test_a_notice_unlocks_no_data(world: World) -> None:
    ada, case = await ada_and_case(world, "art16_notice")
    with pytest.raises(Refused, match="order to provide information"):
        await disclosures.propose(world.app, plan(world, ada, case), await signer(world, "legal"))


async def test_an_emergency_waits_for_the_call_to_the_directorys_number_only(
    world: World,
) -> None:
    ada, case = await ada_and_case(world, "epoc_emergency")
    first, second = await signer(world, "legal"), await signer(world, "lead")
    wanted = plan(world, ada, case, emergency=True)
    with pytest.raises(Refused, match="call the directory"):
        await disclosures.propose(world.app, wanted, first)
    key = str(KEY.to_public())
    await directory.add(world.app, [POLICE | {"age_key": key}], "operator")
    with pytest.raises(Refused, match="no telephone number"):
        await disclosures.record_callback(world.app, case, first, spoke_with="K. Hofer")
    await directory.add(world.app, [POLICE | {"phone": "+49 951 0000", "age_key": key}], "operator")
    await disclosures.record_callback(world.app, case, first, spoke_with="K. Hofer")
    state = await cases.get(world.app.store, case)
    assert state is not None and state.facts["called_back"]["number"] == "+49 951 0000"
    with pytest.raises(Refused, match="have the key confirmed"):
        await disclosures.propose(world.app, wanted, first)
    await disclosures.record_key(world.app, case, first, key=key, spoke_with="K. Hofer")
    row = await disclosures.propose(world.app, wanted, first)
    secret = await disclosures.make(world.app, row.id, first.staff.actor)
    assert await disclosures.fetch(world.app, secret, "192.0.2.1") is not None
    await agree(world, row.request, second)


async def test_the_key_is_the_directorys_and_was_confirmed_by_telephone(world: World) -> None:
    """A letter, or whoever proposes, cannot bring a key of their own."""
    app = world.app
    ada, case = await ada_and_case(world)
    first, second = await signer(world, "legal"), await signer(world, "lead")
    own, key = str(pyrage.x25519.Identity.generate().to_public()), str(KEY.to_public())
    forged = msgspec.structs.replace(plan(world, ada, case), key=own)
    with pytest.raises(Refused, match="not that of the authority"):
        await disclosures.propose(app, forged, first)
    # that of another authority is not that of this case, though it was checked
    await add_key(world, own, "other.example")
    with pytest.raises(Refused, match="not that of the authority"):
        await disclosures.propose(app, forged, first)
    # where a case has no authority in the directory, a checked key of any is one
    loose = await opened(world, "art18_threat")
    await disclosures.check(app, msgspec.structs.replace(forged, case=loose))
    # a number or key that is changed is checked anew, also when the same file is imported twice
    entry = POLICE | {"name": "Police", "phone": "+49 30 5550", "age_key": key}
    await directory.add(app, [entry], "operator")
    await disclosures.check(app, plan(world, ada, case))
    row = await disclosures.propose(app, plan(world, ada, case), first)
    await agree(world, row.request, second)
    for changed in (entry | {"phone": "+49 1"}, entry | {"age_key": own}):
        await directory.add(app, [changed], "operator")
        await directory.add(app, [entry], "operator")
        with pytest.raises(Refused, match="have the key confirmed"):
            await disclosures.check(app, plan(world, ada, case))
        with pytest.raises(Refused, match="have the key confirmed"):
            await disclosures.make(app, row.id, first.staff.actor)
        for wrong in ({"key": own}, {"spoke_with": " "}):
            with pytest.raises(Refused):
                await disclosures.record_key(
                    app, case, first, **({"key": key, "spoke_with": "Ms Roth"} | wrong)
                )
        await disclosures.record_key(app, case, first, key=f" {key} ", spoke_with="Ms Roth")
    assert await disclosures.make(app, row.id, first.staff.actor)
    lines = [one for one in await audit.entries(app.store) if one.action == "directory.key"]
    assert {one.actor for one in lines} == {"staff:1", first.staff.actor}
    assert json.loads(lines[-1].data)["number"] == "+49 30 5550"
    shown = await approvals.get(app.store, row.request)
    assert shown is not None and "Police (polizei.example)" in shown.shown


async def test_the_portal_closes_and_the_person_is_told_when_the_law_allows(
    world: World,
) -> None:
    app = world.app
    last = datetime.datetime.fromtimestamp(world.clock.now() + 19 * DAY, datetime.UTC).date()
    ada, case = await ada_and_case(world, "dsa_art10_order")
    await app.store.write(
        cases.append,
        app,
        case,
        "staff:1",
        CaseEvent("fact", {"confidentiality": {"until": last.isoformat()}}),
    )
    first, second = await signer(world, "legal"), await signer(world, "lead")
    after = (last + datetime.timedelta(days=1)).isoformat()
    row = await disclosures.propose(
        app, plan(world, ada, case, tell="date", tell_until=after), first
    )
    await agree(world, row.request, second)
    secret = await disclosures.make(app, row.id, first.staff.actor)
    assert await disclosures.fetch(app, secret + "x", "192.0.2.1") is None
    assert await disclosures.fetch(app, secret, "192.0.2.1") is not None
    runner = JobRunner(app)
    before = len(ada.pushed)
    await runner.run_due()
    await world.settle()
    assert not any(b"PB-" in repr(one).encode() for one in ada.pushed[before:])
    world.clock.advance(20 * DAY)
    await runner.run_due()
    await world.settle()
    state = await cases.get(app.store, case)
    assert state is not None and "dsa10.user_info" in state.done
    later = await disclosures.propose(app, plan(world, ada, case, "name"), first)
    await agree(world, later.request, second)
    late = await disclosures.make(app, later.id, first.staff.actor)
    world.clock.advance(15 * DAY)
    assert await disclosures.fetch(app, late, "192.0.2.1") is None
    assert await disclosures.expire(app) == 1


async def test_the_portal_shows_first_and_hands_over_on_a_click_once(world: World) -> None:
    ada, case = await ada_and_case(world)
    first, second = await signer(world, "legal"), await signer(world, "lead")
    row = await disclosures.propose(world.app, plan(world, ada, case), first)
    await agree(world, row.request, second)
    secret = await disclosures.make(world.app, row.id, first.staff.actor)
    (letter,) = await letters.of_case(world.app.store, case)
    assert letter.recipient == "zcb@polizei.example"
    browser = Browser(Starlette(routes=portal.routes(world.app)))
    for _ in range(2):
        page = await browser.get(f"/divulgation/{secret}")
        assert page.status == 200 and case_numbers.text(case) in page.words
    fetched = await browser.post(f"/divulgation/{secret}")
    assert "manifest.json" in opened_archive(fetched.body)
    for answer in (
        await browser.post(f"/divulgation/{secret}"),
        await browser.get(f"/divulgation/{secret}"),
        await browser.get("/divulgation/nothing"),
    ):
        assert answer.status == 404 and "nothing to download" in answer.words
    (kept,) = await disclosures.of_case(world.app.store, case)
    assert (kept.state, kept.fetched_from) == ("fetched", browser.ip)


async def test_what_two_agreed_to_waits_with_reminders_until_it_is_made(world: World) -> None:
    ada, case = await ada_and_case(world, urgency=2)
    first, second = await signer(world, "legal"), await signer(world, "lead")
    row = await disclosures.propose(world.app, plan(world, ada, case), first)
    await agree(world, row.request, second)
    state = await cases.get(world.app.store, case)
    assert state is not None and state.state == "new", "it no longer waits for a signature"
    now = int(world.clock.now())
    assert state.waits == {f"disclosure {row.id}": (now, now + 3 * DAY)}
    (waits,) = await disclosures.agreed_ones(world.app.store)
    assert (waits.id, disclosures.usable_until(waits)) == (row.id, now + 3 * DAY)

    async def reminded() -> list[tuple[int, bool]]:
        await alerts.ring(world.app, case)
        rows = await alerts.of_case(world.app.store, case)
        return [(one.level, one.ended_at is None) for one in rows if one.what == ladder.WAITS]

    assert await reminded() == []
    world.clock.advance(DAY // 2)
    assert [open_ for _, open_ in await reminded()] == [True]
    world.clock.advance(DAY)
    assert len(await reminded()) == 2
    await disclosures.make(world.app, row.id, first.staff.actor)
    assert [open_ for _, open_ in await reminded()] == [False, False]
    made = await cases.get(world.app.store, case)
    assert made is not None and made.waits == {}


async def test_what_is_not_made_is_withdrawn_with_a_reason(world: World) -> None:
    ada, case = await ada_and_case(world)
    first, second = await signer(world, "legal"), await signer(world, "lead")
    row = await disclosures.propose(world.app, plan(world, ada, case), first)
    for reason, code in (("they took it back", "asked"), (" ", "why")):
        with pytest.raises(Refused) as refused:
            await disclosures.withdraw(world.app, row.id, first.staff.actor, reason)
        assert refused.value.code == code
    await agree(world, row.request, second)
    world.clock.advance(3 * DAY)
    with pytest.raises(approvals.NotAgreed):
        await disclosures.make(world.app, row.id, first.staff.actor)
    assert [one.id for one in await disclosures.not_made(world.app.store, case)] == [row.id]
    await disclosures.withdraw(world.app, row.id, first.staff.actor, "they took it back")
    assert await disclosures.not_made(world.app.store, case) == []
    state = await cases.get(world.app.store, case)
    assert state is not None and state.waits == {}
    last = (await cases.timeline(world.app.store, case))[-1]
    said = {"id": row.id, "what": "withdrawn", "reason": "they took it back"}
    assert msgspec.msgpack.decode(last.data) == said
    for act in (
        disclosures.withdraw(world.app, row.id, first.staff.actor, "again"),
        disclosures.make(world.app, row.id, first.staff.actor),
    ):
        with pytest.raises(Refused):
            await act


async def test_an_emergency_that_went_first_waits_for_nothing_once_it_is_signed(
    world: World,
) -> None:
    ada, case = await ada_and_case(world, "epoc_emergency")
    first, second = await signer(world, "legal"), await signer(world, "lead")
    called = CaseEvent("fact", {"called_back": {"number": "1"}})
    await world.app.store.write(cases.append, world.app, case, "staff:1", called)
    urgent = plan(world, ada, case, "name", emergency=True)
    row = await disclosures.propose(world.app, urgent, first)
    await disclosures.make(world.app, row.id, first.staff.actor)
    await agree(world, row.request, second)
    state = await cases.get(world.app.store, case)
    assert state is not None and (state.waits, state.state) == ({}, "awaiting_authority")
