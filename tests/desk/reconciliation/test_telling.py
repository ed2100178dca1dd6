"""On demand and every night: a process of its own compares, and whoever must know is told."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import msgspec
import pytest

from petitbleu.app import App
from petitbleu.config import Desk
from petitbleu.control import perform
from petitbleu.desk.reconciliation import jobs, process, service
from petitbleu.desk.records.audit import heads, notes
from petitbleu.desk.records.audit.notes import Checkpoint
from petitbleu.jobs import KINDS, NoData
from petitbleu.keys import new_signing_key, signing_key
from tests.desk.reconciliation.full_desk import attack, fill
from tests.kit.world import World


async def verify(world: World, **params: Any) -> dict[str, Any]:
    return await perform(world.app, "desk.audit.verify", params)


async def test_the_command_names_what_is_gone_and_check_remembers(world: World) -> None:
    await fill(world)
    assert (await verify(world))["ok"]
    await world.app.store.write(attack, "delete from decision")
    found = await verify(world)
    assert not found["ok"] and found["count"] == 3
    assert all("decision PB-" in one and "is gone" in one for one in found["differences"])
    newest = await service.newest(world.app)
    assert newest is not None and newest.problems == 3 and "is gone" in newest.said


async def test_every_night_and_leads_directors_and_the_dpo_are_told(world: World) -> None:
    await fill(world)
    told_too = Desk(dpo="dpo@home.example", director="boss@home.example", lead="lead@home.example")
    world.app.config = msgspec.structs.replace(world.app.config, desk=told_too)
    run = KINDS["audit.compare"].handler
    next_run = await run(world.app, {})
    assert next_run == jobs.next_night(world.app)
    assert 0 < next_run - world.clock.now() <= 86_400
    world.mail.sent.clear()
    await world.app.store.write(attack, "delete from statement")
    await run(world.app, {})
    words = ("differences to what", "écarts avec ce que")
    sent = world.mail.sent
    told = {one.to for one in sent if any(word in one.subject for word in words)}
    assert {"dpo@home.example", "boss@home.example", "lead@home.example"} <= told
    assert "p2@example.org" in told, "the lead of the staff too"
    assert [one["event"] for one in world.errors] == ["audit.differs"]
    world.errors.clear()


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's idle class is Linux's")
@pytest.mark.parametrize(("idle", "policy"), [(True, "SCHED_IDLE"), (False, "SCHED_OTHER")])
def test_the_comparison_lets_the_server_go_first(idle: bool, policy: str) -> None:
    program = (
        "import os; from petitbleu.desk.reconciliation import process;"
        f"process._step_back({idle}); print(os.nice(0) >= {process.NICE}, os.sched_getscheduler(0))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.split() == [b"True", b"%d" % getattr(os, policy)]


async def test_on_a_machine_that_is_never_idle_the_comparison_shares_the_cpu(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(world)
    monkeypatch.setattr(service, "IDLE_SECONDS", 0.0)
    tries, ask = [], service._ask

    async def noted(app: App, order: process.Order, seconds: float) -> service.Answer:
        tries.append(order.idle)
        return await ask(app, order, seconds)

    monkeypatch.setattr(service, "_ask", noted)
    found = await service.compare(world.app)
    assert tries == [True, False] and service.sound(found) and found.rows["case"]
    assert not list(world.app.config.data.glob("compare-*"))


async def test_rows_of_before_are_taken_over_once_and_then_accounted_for(world: World) -> None:
    await fill(world)
    await world.app.store.write(attack, "delete from audit")
    await world.app.store.write(attack, "delete from audit_head")
    await world.app.store.write(attack, "delete from desk_event")
    await world.app.store.write(attack, "delete from desk_case")
    await world.app.store.write(attack, "delete from desk_state")
    before = await verify(world)
    assert before["ok"] and before["older"] > 10
    await KINDS["audit.compare"].handler(world.app, NoData())
    after = await verify(world)
    assert after["ok"] and after["older"] == 0
    await world.app.store.write(attack, "update decision set outcome = 'x'")
    assert (await verify(world))["count"] == 3


async def test_heads_kept_outside_are_checked_and_foreign_ones_ignored(world: World) -> None:
    await fill(world)
    first = await heads.sign(world.app)
    assert first is not None
    mail = f"Bonjour,\n\nVoici la tête :\n\n{first.note}\nClé : x\n"
    found = await verify(world, head=mail)
    assert found["ok"] and found["outside"] == [first.size] and found["ignored"] == []
    head = Checkpoint("other.example/journal", 3, bytes(32))
    foreign = notes.sign(head, signing_key(new_signing_key()))
    found = await verify(world, head=foreign)
    assert found["ok"] and found["outside"] == [] and "other.example" in found["ignored"][0]
    found = await verify(world, head="no head at all")
    assert found["ok"] and found["ignored"] == ["there is no signed head in the file"]
    ahead = notes.sign(Checkpoint(heads.origin(world.app), 90_000, bytes(32)), heads.key(world.app))
    found = await verify(world, head=ahead)
    assert "90000 lines were signed" in found["problems"][0]
    other = notes.sign(
        Checkpoint(heads.origin(world.app), first.size, bytes(32)), heads.key(world.app)
    )
    found = await verify(world, head=other)
    assert "are not those that were signed" in found["problems"][0]
