"""Statements reach the EU database once each, whatever it answers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest

from petitbleu.config import Desk
from petitbleu.control import perform
from petitbleu.desk.adjudication.eu_database import queries as q
from petitbleu.desk.adjudication.eu_database import service as eu_database
from petitbleu.desk.adjudication.eu_database.jobs import send
from petitbleu.desk.adjudication.eu_database.queries import EuRow
from petitbleu.run.jobs import JobRunner
from tests.desk.adjudication.eu_database import statement_cases as cases
from tests.desk.adjudication.eu_database.eu_fake import TOKEN, EuDatabase
from tests.kit.world import World


@pytest.fixture
async def database() -> AsyncIterator[EuDatabase]:
    made = EuDatabase()
    await made.start()
    yield made
    await made.stop()


def _connect(world: World, database: EuDatabase, token: str = TOKEN) -> None:
    desk = Desk(eu_database_url=database.base, eu_database_token=token)
    world.app.config = msgspec.structs.replace(world.app.config, desk=desk)


async def _queue(world: World, count: int, *, after: int = 0) -> list[str]:
    now = int(world.clock.now())
    made = []
    for number in range(1, count + 1):
        payload = cases.GIVEN | {"puid": f"pb-2026-{number:06}-1"}
        made.append(
            await world.app.store.write(
                eu_database.queue, world.app, number=number, payload=payload, at=now,
                not_before=now + after,
            )
        )  # fmt: skip
    return made


async def _row(world: World, puid: str) -> EuRow:
    row = await world.app.store.row(q.GET, puid=puid)
    assert row is not None
    return row


async def _send(world: World, seconds: int = 0) -> None:
    world.clock.advance(seconds)
    await eu_database.send_ready(world.app)


async def test_many_go_in_batches_of_a_hundred(world: World, database: EuDatabase) -> None:
    _connect(world, database)
    puids = await _queue(world, 230)
    await _send(world)
    assert database.asked == ["POST 100", "POST 100", "POST 30"]
    row = await _row(world, puids[-1])
    assert row.state == "sent" and row.sent_at is not None
    assert len(row.uuid) == 36 and row.permalink.endswith(row.uuid)
    await _send(world, 60)
    assert len(database.asked) == 3


async def test_nothing_leaves_before_its_time_or_after_it_was_taken_back(
    world: World, database: EuDatabase
) -> None:
    _connect(world, database)
    first, second = await _queue(world, 2, after=600)
    await _send(world, 599)
    assert database.asked == []
    assert await world.app.store.write(eu_database.withdraw, 1)
    await _send(world, 1)
    assert list(database.stored) == [second]
    assert (await _row(world, first)).state == "withdrawn"


async def test_one_bad_statement_is_found_and_put_aside(world: World, database: EuDatabase) -> None:
    _connect(world, database)
    puids = await _queue(world, 8)
    database.dislikes = {puids[5]}
    world.app.log = _Silent()
    await _send(world)
    assert set(database.stored) == set(puids) - {puids[5]}
    row = await _row(world, puids[5])
    assert row.state == "refused" and "not liked" in row.answer
    assert await eu_database.alarms(world.app) == ["1 statement(s) were refused by the EU database"]
    database.dislikes = set()
    assert await eu_database.again(world.app, puids[5], "staff:7")
    await _send(world, 60)
    assert (await _row(world, puids[5])).state == "sent"
    assert await eu_database.alarms(world.app) == []


async def test_a_lost_answer_stores_nothing_twice(world: World, database: EuDatabase) -> None:
    _connect(world, database)
    puids = await _queue(world, 3)
    database.trouble = ["lost"]
    await _send(world)
    assert (await _row(world, puids[0])).state == "queued"
    await _send(world, 61)
    assert database.asked == ["POST 3", *["GET existing-puid"] * 3]
    assert {(await _row(world, one)).state for one in puids} == {"sent"}


async def test_a_busy_service_is_asked_again_after_what_it_says(
    world: World, database: EuDatabase
) -> None:
    _connect(world, database)
    (puid,) = await _queue(world, 1)
    database.trouble = [429]
    await _send(world)
    assert (await _row(world, puid)).next_try == int(world.clock.now()) + 120
    await _send(world, 119)
    assert database.asked == ["POST one"]
    await _send(world, 1)
    assert (await _row(world, puid)).state == "sent"


async def test_pauses_grow_and_a_backlog_alarms(world: World, database: EuDatabase) -> None:
    _connect(world, database)
    await _queue(world, 1)
    database.trouble = [500] * 20
    pauses = []
    for _ in range(6):
        await _send(world)
        row = (await world.app.store.rows(q.OF_DECISION, number=1))[0]
        pauses.append(row.next_try - int(world.clock.now()))
        world.clock.advance(pauses[-1])
    assert pauses == [120, 300, 900, 3600, 14_400, 43_200]
    world.clock.advance(86_400)
    assert len(await eu_database.alarms(world.app)) == 1


async def test_a_known_puid_counts_as_stored(world: World, database: EuDatabase) -> None:
    _connect(world, database)
    puids = await _queue(world, 4)
    for one in puids[:2]:
        database.stored[one] = {}
    await _send(world)
    assert {(await _row(world, one)).state for one in puids} == {"sent"}
    assert database.asked == ["POST 4", "POST 2"]


async def test_a_token_that_is_not_accepted_stops_and_loses_nothing(
    world: World, database: EuDatabase
) -> None:
    _connect(world, database, "wrong")
    (puid,) = await _queue(world, 1)
    log = world.app.log = _Silent()
    await _send(world)
    assert log.said == ["eu_database.denied"]
    assert (await _row(world, puid)).state == "queued"
    _connect(world, database)
    await _send(world)
    assert (await _row(world, puid)).state == "sent"


async def test_without_an_address_statements_wait_for_an_export(world: World) -> None:
    puids = await _queue(world, 3)
    await _send(world)
    answer = await perform(world.app, "desk.statements.export", {})
    assert [one["puid"] for one in answer["statements"]] == puids
    assert (await _row(world, puids[0])).exported_at is not None
    answer = await perform(world.app, "desk.statements.export", {"limit": 2})
    assert [one["puid"] for one in answer["statements"]] == puids[:2]
    rest = await perform(world.app, "desk.statements.export", {"after": answer["next"]})
    assert [one["puid"] for one in rest["statements"]] == puids[2:] and rest["next"] == ""


async def test_a_statement_that_breaks_a_rule_is_never_queued(world: World) -> None:
    wrong = cases.GIVEN | {"category": "SOMETHING"}
    with pytest.raises(ValueError, match="category"):
        await world.app.store.write(
            eu_database.queue, world.app, number=1, payload=wrong, at=0, not_before=0
        )


async def test_what_is_refused_rings_until_it_is_mended(world: World, database: EuDatabase) -> None:
    _connect(world, database)
    world.app.config = msgspec.structs.replace(
        world.app.config,
        desk=msgspec.structs.replace(world.app.config.desk, on_call=("nuit@petitbleu.example",)),
    )
    (puid,) = await _queue(world, 1)
    database.dislikes = {puid}
    world.app.log = _Silent()
    await send(world.app, {})
    await JobRunner(world.app).run_due()
    (mail,) = [one for one in world.mail.sent if one.to == "nuit@petitbleu.example"]
    assert mail.text.startswith("La base européenne a refusé des exposés des motifs\u00a0: 1.\n")
    database.dislikes = set()
    await eu_database.again(world.app, puid, "staff:7")
    world.clock.advance(60)
    await send(world.app, {})
    assert await eu_database.alarms(world.app) == []


class _Silent:
    """A log for errors that a test means to happen."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def error(self, event: str, **more: Any) -> None:
        self.said.append(event)

    def info(self, event: str, **more: Any) -> None:
        pass
