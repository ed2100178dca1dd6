"""Letters that take long to read: each has its time, and nobody's letter waits behind them."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from petitbleu.control import perform
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.intake import attachments, delivering, jobs, reading, service
from petitbleu.desk.intake.pending import WorkLetter
from petitbleu.sandbox import Sandbox
from petitbleu.store.sqlite import SqliteStore
from tests.desk.intake.mails import MX, mail
from tests.kit.waiting import GUARD, asked_until
from tests.kit.world import World, running

COURT = "Greffe <greffe@justice.example>"
ENDLESS, LONG = 400_000, 15_000
"""Strokes that nobody reads in eight seconds, and such that take a while."""


def drawn(strokes: int) -> bytes:
    """A small PDF of one page that is written in so many strokes."""
    page = zlib.compress(b"BT /F1 12 Tf (a) Tj 1 0 0 1 5 5 Tm ET\n" * strokes, 9)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(page), page),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + (
        b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (table, len(made))
    )


def with_pdf(
    name: str, strokes: int, sender: str = "ada@home.example", auth: str = "pass"
) -> bytes:
    files = [("a.pdf", "application/pdf", drawn(strokes))]
    return mail(sender, subject=name, text=name, attached=files, auth=auth)


def test_all_pdfs_of_a_letter_share_their_time() -> None:
    patience = attachments.Patience(0.3)
    seen = attachments.inspect("a.pdf", "", drawn(ENDLESS), patience)
    assert seen.attachment.verdict == "pdf_too_slow"
    assert patience.left <= 0
    assert attachments.inspect("b.pdf", "", drawn(1), patience).attachment.verdict == "pdf_too_slow"
    assert attachments.inspect("b.pdf", "", drawn(1)).attachment.verdict == "read"


@pytest.mark.parametrize("swallow", ["Refused", "nothing"])
def test_a_reader_that_swallows_its_alarm_is_cut_short_again(
    monkeypatch: pytest.MonkeyPatch, swallow: str
) -> None:
    def deaf(*_: object) -> str:
        heard = 0
        while heard < 3:
            try:
                while True:
                    pass
            except BaseException:
                heard += 1
        if swallow == "Refused":
            raise ValueError("a broken file, it says")
        return "read"

    monkeypatch.setattr(attachments, "_pages", deaf)
    seen = attachments.inspect("a.pdf", "", drawn(1), attachments.Patience(0.1))
    assert seen.attachment.verdict == "pdf_too_slow"


@pytest.fixture
async def office(
    sqlite_store: SqliteStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[World]:
    monkeypatch.setattr(reading, "GLANCE_PDFS", 0.3)
    monkeypatch.setattr(delivering, "_AT_ONCE", 1)
    async with running(World(sqlite_store, tmp_path)) as world:
        world.app.parts[reading.READERS] = Sandbox(
            "petitbleu.desk.intake.worker",
            workers=2,
            seconds=int(GUARD),
            memory=reading._MEMORY,
            nice=0,  # a busy machine would let a worker that stands behind starve
        )
        yield world


async def verdicts(office: World, number: int) -> list[str]:
    found = await cases.get(office.app.store, number)
    assert found is not None
    return [one["verdict"] for one in found.facts["attachments"]]


@pytest.mark.sometimes(2)
async def test_no_letter_waits_behind_those_that_take_long(office: World) -> None:
    app = office.app
    turn = app.parts[delivering.SLOW_GATES]["others"]
    await turn.acquire()  # one that takes for ever
    slow = [
        asyncio.create_task(service.deliver(app, with_pdf(name, LONG), channel="smtp"))
        for name in ("one", "two", "three")
    ]
    await asked_until(lambda: _all_aside(office, 3))
    quick = await service.deliver(app, with_pdf("quick", 1), channel="smtp")
    assert await verdicts(office, quick.case) == ["read"]
    assert not any(one.done() for one in slow)
    turn.release()
    for done in await asyncio.gather(*slow):
        assert await verdicts(office, done.case) == ["read"]  # given its time
    assert not app.parts[delivering.ASIDE]


async def _all_aside(office: World, number: int) -> bool:
    return len(office.app.parts[delivering.ASIDE]) == number


@pytest.mark.sometimes(2)
async def test_who_is_proved_to_be_known_waits_for_no_stranger(office: World) -> None:
    app = office.app
    await perform(app, "desk.operator.set", {"operator": {"country": "FR", "authserv_id": MX}})
    court = {"name": "Tribunal", "country": "FR", "domain": "justice.example"}
    await perform(app, "desk.authorities.import", {"authorities": [court]})
    turn = app.parts[delivering.SLOW_GATES]["others"]
    await turn.acquire()
    strangers = [
        asyncio.create_task(service.deliver(app, with_pdf(name, LONG, auth=auth), channel="smtp"))
        for name, auth in (("one", "pass"), ("two", "fail"))
    ]
    strangers.append(
        asyncio.create_task(
            service.deliver(app, with_pdf("three", LONG, COURT, auth="fail"), channel="smtp")
        )
    )
    await asked_until(lambda: _all_aside(office, 3))
    order = await service.deliver(app, with_pdf("order", LONG, COURT), channel="smtp")
    assert await verdicts(office, order.case) == ["read"]
    assert not any(one.done() for one in strangers)
    turn.release()
    await asyncio.gather(*strangers)


async def test_after_a_restart_none_waits_behind_them_either(office: World) -> None:
    app = office.app
    turn = app.parts[delivering.SLOW_GATES]["others"]
    await turn.acquire()
    stored = [
        await service.store(app, with_pdf(name, strokes), channel="smtp")
        for name, strokes in (("slow", LONG), ("quick", 1))
    ]
    later = [await jobs.work(app, WorkLetter(id=one.id)) for one in stored]
    assert later == [int(office.clock.now()) + delivering.LATER, None]
    quick = await service.inbound(app.store, stored[1].id)
    assert quick is not None and quick.state == "worked"
    await asked_until(lambda: _all_aside(office, 1))
    assert await jobs.work(app, WorkLetter(id=stored[0].id)) == later[0]
    turn.release()
    await asked_until(lambda: _is_worked(office, stored[0].id))


async def _is_worked(office: World, number: int) -> bool:
    row = await service.inbound(office.app.store, number)
    return row is not None and row.state == "worked"
