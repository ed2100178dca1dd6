"""Jobs: rows with a due time, done at least once, tried again when they fail."""

from __future__ import annotations

import asyncio
import typing
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from petitbleu import desk, domain, jobs
from petitbleu.app import App
from petitbleu.domain.messaging.messages.send import Hear
from petitbleu.jobs import Job, JobRow, NoData
from petitbleu.run.jobs import JobRunner
from petitbleu.store.hot import secondary_writes
from petitbleu.store.query import query
from tests.kit.waiting import GUARD
from tests.kit.world import World

encode = msgspec.msgpack.encode
ROWS = query("select id, kind, key, due, data, tries from job", JobRow)


class Note(Job, tag="t.note", frozen=True):
    n: int
    words: str = ""


class Plain(Job, tag="t.plain", frozen=True):
    pass


class Slow(Job, tag="t.slow", frozen=True):
    pass


@pytest.fixture
def kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, jobs.Kind]]:
    """An empty table of kinds for one test."""
    empty: dict[str, jobs.Kind] = {}
    monkeypatch.setattr(jobs, "KINDS", empty)
    monkeypatch.setattr("petitbleu.run.jobs.KINDS", empty)
    yield empty


async def count(app: App) -> int:
    return len(await app.store.rows(query("select id from job")))


async def test_a_job_runs_when_it_is_due_and_is_gone(world: World, kinds: Any) -> None:
    done: list[Any] = []

    @jobs.job(Note)
    async def note(app: App, data: Note) -> None:
        done.append(data.n)

    runner, now = JobRunner(world.app), int(world.clock.now())
    await world.app.store.write(jobs.schedule, Note(n=1), due=now + 10)
    await runner.run_due()
    assert done == []
    world.clock.advance(11)
    await runner.run_due()
    await runner.run_due()
    assert done == [1]
    assert await count(world.app) == 0


async def test_a_key_has_one_pending_job(world: World, kinds: Any) -> None:
    done: list[Any] = []

    @jobs.job(Note)
    async def note(app: App, data: Note) -> None:
        done.append(data.n)

    now = int(world.clock.now())
    for n in (1, 2):
        await world.app.store.write(jobs.schedule, Note(n=n), due=now, key="k")
    await world.app.store.write(jobs.schedule, Note(n=3), due=now, key="other")
    await world.app.store.write(jobs.unschedule, Note, "other")
    await JobRunner(world.app).run_due()
    assert done == [2]


async def test_a_failing_job_is_tried_again_later(world: World, kinds: Any) -> None:
    tries = 0

    @jobs.job(Plain)
    async def shaky(app: App, data: Plain) -> None:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise OSError("not yet")

    runner = JobRunner(world.app)
    await world.app.store.write(jobs.schedule, Plain(), due=int(world.clock.now()))
    await runner.run_due()
    await runner.run_due()
    assert tries == 1, "not at once"
    world.clock.advance(11)
    await runner.run_due()
    world.clock.advance(61)
    await runner.run_due()
    assert (tries, await count(world.app)) == (3, 0)
    world.errors.clear()


async def test_a_job_may_ask_to_run_again(world: World, kinds: Any) -> None:
    runs: list[float] = []

    @jobs.job(Plain)
    async def twice(app: App, data: Plain) -> int | None:
        runs.append(app.clock.now())
        return int(app.clock.now()) + 5 if len(runs) == 1 else None

    runner = JobRunner(world.app)
    await world.app.store.write(jobs.schedule, Plain(), due=int(world.clock.now()))
    await runner.run_due()
    world.clock.advance(6)
    await runner.run_due()
    assert (len(runs), await count(world.app)) == (2, 0)


async def test_a_next_time_that_is_none_is_passed_over(world: World, kinds: Any) -> None:
    """A number of something else would make the job due for ever, without a pause."""

    @jobs.job("t.sweep", every=60)
    async def sweep(app: App, data: NoData) -> int | None:
        return 3

    runner, now = JobRunner(world.app), int(world.clock.now())
    await world.app.store.write(jobs.schedule_periodic, "t.sweep", due=now, key="periodic")
    await runner.run_due()
    dues = await world.app.store.rows(query("select due from job"))
    assert [row[0] for row in dues] == [now + 60]
    assert [error["event"] for error in world.errors] == ["jobs.no_time"]
    world.errors.clear()


async def test_a_job_planned_for_a_moment_runs_at_that_moment(
    world: World, kinds: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not at the next look that comes anyway, be it as far away as here."""
    monkeypatch.setattr("petitbleu.run.jobs.POLL", 3600.0)
    done = asyncio.Event()

    @jobs.job(Plain)
    async def exact(app: App, data: Plain) -> None:
        done.set()

    runner, now = JobRunner(world.app), int(world.clock.now())
    await runner.start()
    try:
        await asyncio.sleep(0.1)
        await world.app.store.write(jobs.schedule, Plain(), due=now + 90)
        await world.app.store.write(jobs.schedule, Plain(), due=now + 1)
        await world.settle()
        await asyncio.sleep(0.1)
        assert not done.is_set()
        world.clock.advance(1)
        await asyncio.wait_for(done.wait(), GUARD)
    finally:
        await runner.stop()


async def test_periodic_jobs_plan_themselves_once(world: World, kinds: Any) -> None:
    runs = 0

    @jobs.job("t.often", every=30)
    async def often(app: App, data: NoData) -> None:
        nonlocal runs
        runs += 1

    for _ in range(2):
        runner = JobRunner(world.app)
        await runner.start()
        await runner.stop()
    assert await count(world.app) == 1
    for _ in range(4):
        world.clock.advance(31)
        await runner.run_due()
    assert runs == 4
    assert await count(world.app) == 1


async def test_first_runs_of_periodic_jobs_are_spread(world: World, kinds: Any) -> None:
    every = {"t.minute": 60, "t.hour": 3600, "t.day": 86_400, "t.often": 30, "t.later": 300}

    async def nothing(app: App, data: NoData) -> None:
        pass

    for kind, seconds in every.items():
        jobs.job(kind, every=seconds)(nothing)
    now = int(world.clock.now())
    runner = JobRunner(world.app)
    await runner.start()
    await runner.stop()
    first = {row.kind: row.due - now for row in await world.app.store.rows(ROWS)}
    assert first["t.often"] == 30
    assert first["t.minute"] == 60
    apart = sorted(first[kind] for kind in ("t.hour", "t.day", "t.later"))
    assert apart == [60, 65, 70]


async def test_jobs_of_another_version_are_kept(world: World, kinds: Any) -> None:
    await world.app.store.write(jobs.schedule, Plain(), due=int(world.clock.now()))
    await JobRunner(world.app).run_due()
    assert await count(world.app) == 1


async def test_a_kind_that_waits_holds_up_no_other_and_new_work_is_seen_at_once(
    world: World, kinds: Any
) -> None:
    release, quick = asyncio.Event(), asyncio.Event()

    @jobs.job(Slow)
    async def slow(app: App, data: Slow) -> None:
        await release.wait()

    @jobs.job(Plain)
    async def noted(app: App, data: Plain) -> None:
        quick.set()

    runner, now = JobRunner(world.app), int(world.clock.now())
    await runner.start()
    try:
        for _ in range(60):
            await world.app.store.write(jobs.schedule, Slow(), due=now)
        async with asyncio.timeout(GUARD):
            await world.app.store.write(jobs.schedule, Plain(), due=now)
            await quick.wait()
        release.set()
        async with asyncio.timeout(GUARD):
            while await count(world.app):
                await asyncio.sleep(0.01)
    finally:
        await runner.stop()


async def test_a_job_planned_again_while_it_runs_is_not_crossed_off(
    world: World, kinds: Any
) -> None:
    runs: list[int] = []
    now = int(world.clock.now())

    @jobs.job(Note)
    async def again(app: App, data: Note) -> None:
        runs.append(data.n)
        if data.n == 1:
            await app.store.write(jobs.schedule, Note(n=2), due=now, key="k")

    runner = JobRunner(world.app)
    await world.app.store.write(jobs.schedule, Note(n=1), due=now, key="k")
    await runner.run_due()
    await runner.run_due()
    assert runs == [1, 2]
    assert await count(world.app) == 0


# ── the shape of what a job is given ────────────────────────────────────────────────────────────

INSERT = query(
    "insert into job (id, kind, key, due, data, tries) values (:id, :kind, '', :due, :data, 0)"
)


async def put(world: World, kind: str, data: bytes) -> None:
    """A row as another version may have left it."""

    async def insert(tx: Any) -> None:
        due = int(world.clock.now())
        await tx.run(INSERT, id=int.from_bytes(world.app.random(4), "big"), kind=kind, due=due,
                     data=data)  # fmt: skip

    await world.app.store.write(insert)


async def test_what_is_planned_has_the_shape_of_its_kind(world: World, kinds: Any) -> None:
    with pytest.raises(TypeError):
        Note(m=1)  # type: ignore[call-arg]
    for wrong in (Note(n="1"), Note(n=True), Note(n=1, words=None)):  # type: ignore[arg-type]
        with pytest.raises(jobs.UnreadableJob, match=r"t\.note"):
            await world.app.store.write(jobs.schedule, wrong, due=0)
    assert await count(world.app) == 0


@pytest.mark.parametrize(
    "stored",
    [b"", b"\xc1", encode([]), encode({}), encode({"n": "1"}), encode({"n": 1, "v": 2}),
     encode({"n": 1, "v": 0}), encode({"n": 1, "v": "x"})],
)  # fmt: skip
async def test_what_cannot_be_read_is_named_kept_and_not_tried_again_at_once(
    world: World, kinds: Any, stored: bytes
) -> None:
    done: list[int] = []

    @jobs.job(Note)
    async def note(app: App, data: Note) -> None:
        done.append(data.n)

    await put(world, "t.note", stored)
    await world.app.store.write(jobs.schedule, Note(n=7), due=int(world.clock.now()))
    runner = JobRunner(world.app)
    for _ in range(3):
        await runner.run_due()
        world.clock.advance(3600)
    assert done == [7], "it holds up no other of its kind"
    assert await count(world.app) == 1
    assert len(world.errors) == 1 and "jobs.unreadable_data" in str(world.errors[0])
    world.errors.clear()


async def test_fields_that_nobody_reads_any_more_are_passed_over(world: World, kinds: Any) -> None:
    done: list[Note] = []

    @jobs.job(Note)
    async def note(app: App, data: Note) -> None:
        done.append(data)

    await put(world, "t.note", encode({"n": 1, "colour": "blue"}))
    await JobRunner(world.app).run_due()
    assert done == [Note(n=1)]


async def test_data_of_an_earlier_version_become_data_of_this_one(
    world: World, kinds: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Third(Job, tag="t.third", frozen=True):
        version = 3
        number: int

    monkeypatch.setitem(jobs.UPGRADES, ("t.third", 1), lambda data: {"m": data["n"]})
    monkeypatch.setitem(jobs.UPGRADES, ("t.third", 2), lambda data: {"number": data["m"]})
    done: list[int] = []

    @jobs.job(Third)
    async def third(app: App, data: Third) -> None:
        done.append(data.number)

    await put(world, "t.third", encode({"n": 1}))
    await put(world, "t.third", encode({"m": 2, "v": 2}))
    await world.app.store.write(jobs.schedule, Third(number=3), due=int(world.clock.now()))
    await JobRunner(world.app).run_due()
    assert sorted(done) == [1, 2, 3]


def test_every_shape_has_its_handler_and_reads_what_it_writes() -> None:
    domain.load_rooms()
    desk.load_rooms()
    shapes = [one for one in Job.__subclasses__() if one.__module__.startswith("petitbleu.")]
    declared = {one.shape for one in jobs.KINDS.values()}
    assert {one for one in shapes if one is not NoData} == declared - {NoData}
    for kind, declaration in jobs.KINDS.items():
        shape = declaration.shape
        if shape is not NoData:
            assert jobs.kind_of(shape) == kind
        hints = typing.get_type_hints(shape)
        values = {name: SAMPLES[hints[name]] for name in shape.__struct_fields__}
        assert jobs.decode(kind, jobs.encode(shape(**values))) == shape(**values)


SAMPLES: dict[Any, Any] = {int: 7, str: "seven", bool: True}
STORED = {
    "antispam.feedback": {"check": 1, "spam": True},
    "audit.held": {},
    "audit.restored": {"backup": 2, "at": 1, "live": False},
    "chats.empty": {"chat": -1},
    "comments.answered": {"id": 1, "answer": 2},
    "comments.call": {"channel": -1},
    "deletion.planned": {"account": 1, "auth": 2, "asked": 3},
    "desk.danger.tell": {"account": 1, "day": 2},
    "desk.disclosure_tell": {"case": 1, "disclosure": 2},
    "desk.intake": {"id": 1},
    "desk.letters": {"id": 1},
    "desk.tell": {"number": 1, "account": 2, "purpose": "statement"},
    "messages.media_expires": {"author": 1, "body": 2},
    "messages.purge": {"chat": -1, "speaker": 0, "below": 3},
    "moderation.tell": {"what": "decided", "number": 1},
    "pages.tell": {"chat": -1, "agreed": False, "reason": "", "at": 1},
    "scheduled.send": {"owner": 1, "id": 2},
    "second.marked": {"subject": "case:1", "first": "staff:1", "second": "staff:2", "kind": "x"},
    "servicechat.hear": {"account": 1, "since": 2},
    "team.head_ended": {"who": 1, "by": "staff:2", "email": "", "language": "fr"},
    "team.invite": {"invite": 1},
}
"""Rows as versions wrote them whose jobs had no shape."""


@pytest.mark.parametrize("kind", sorted(STORED))
def test_rows_of_versions_without_shapes_are_read(kind: str) -> None:
    domain.load_rooms()
    desk.load_rooms()
    data = jobs.decode(kind, encode(STORED[kind]))
    values = msgspec.structs.asdict(data)
    assert values.items() >= {k: v for k, v in STORED[kind].items() if k in values}.items()


def test_what_the_send_path_writes_is_what_the_service_chat_reads() -> None:
    """It writes its row itself, with no call more (``store/hot/secondary_writes.py``)."""
    beside = secondary_writes.Beside()
    beside.wake("servicechat.hear", 5, 6, 7)
    ((_, data),) = beside.jobs.values()
    assert jobs.decode("servicechat.hear", data) == Hear(account=5, since=6)
