"""The second model reads in another process; whatever becomes of that, words are filed."""

from __future__ import annotations

import asyncio
import os
import signal

import pytest

from petitbleu.control import perform
from petitbleu.desk.intake import service as intake
from petitbleu.desk.intake.danger import encoder, hearing, model, reading, sentences, service
from petitbleu.desk.intake.danger.hearing import HEARING, WAITING_MAX, Hearing, hear, weigh
from petitbleu.desk.outside import notices
from petitbleu.domain.safety.antispam import measuring
from petitbleu.domain.safety.antispam import sentences as spam_sentences
from petitbleu.domain.safety.antispam import service as antispam
from petitbleu.domain.safety.antispam.submission import Submission
from petitbleu.sandbox import JobFailed
from petitbleu.tl import api
from tests.desk.intake.danger.kit import all_cases, heard_by_both_only, read_by_both, surely
from tests.desk.intake.mails import MX, mail
from tests.kit.world import World


@pytest.fixture(autouse=True)
def nothing_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other tests had read is not remembered; a machine with much to do is waited for."""
    monkeypatch.setattr(hearing, "SECONDS", 60)
    monkeypatch.setattr(reading, "_HEARD", type(reading._HEARD)())


def _left_open(count: int) -> list[str]:
    """Texts that the first model leaves open."""
    base = heard_by_both_only()
    found = (text for n in range(1000) if reading.left_open(text := f"{base} {'.' * n}"))
    return [next(found) for _ in range(count)]


async def test_what_the_first_model_leaves_open_is_read_elsewhere(world: World) -> None:
    text = heard_by_both_only()
    assert service.read(text).level == service.NONE
    await hear(world.app, text)
    assert service.read(text).level == read_by_both(text).level != service.NONE
    assert service.read(text).second and not reading.left_open(text)


async def test_what_is_clear_starts_no_process(world: World) -> None:
    await hear(world.app, "")
    await hear(world.app, "Bonjour, à quelle heure ouvre la bibliothèque ?")
    assert not world.app.parts[HEARING].process._idle


async def test_a_process_that_is_killed_loses_nothing(world: World) -> None:
    one, two, three = _left_open(3)
    await hear(world.app, one)
    (worker,) = world.app.parts[HEARING].process._idle
    os.kill(worker.process.pid, signal.SIGKILL)
    await worker.process.wait()
    await hear(world.app, two)
    assert service.read(two) == model.shipped().read(two)
    await hear(world.app, three)
    assert service.read(three).second


class Slow:
    """A process that answers once it may."""

    def __init__(self) -> None:
        self.may = asyncio.Event()

    async def run(self, job: dict[str, object]) -> dict[str, object]:
        await self.may.wait()
        return {"level": "", "score": 0.0, "second": True}

    async def close(self) -> None:
        """Nothing runs."""


def _slow(world: World) -> Slow:
    slow = Slow()
    world.app.parts[HEARING] = Hearing(slow)  # type: ignore[arg-type]
    return slow


async def test_a_flood_waits_for_nobody(world: World) -> None:
    """Of more texts than may wait the first model's answer stands, at once."""
    slow, texts = _slow(world), _left_open(WAITING_MAX + 1)
    waiting = [asyncio.create_task(hear(world.app, text)) for text in texts[:-1]]
    while world.app.parts[HEARING].waiting < WAITING_MAX:
        await asyncio.sleep(0)
    await hear(world.app, texts[-1])
    assert reading.left_open(texts[-1])
    slow.may.set()
    await asyncio.gather(*waiting)
    assert not reading.left_open(texts[0]) and world.app.parts[HEARING].waiting == 0


async def test_a_process_that_takes_too_long_is_not_waited_for(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = _slow(world)
    monkeypatch.setattr(hearing, "SECONDS", 0.01)
    await hear(world.app, heard_by_both_only())
    assert reading.left_open(heard_by_both_only())
    slow.may.set()  # its answer is not lost to whoever writes the same
    while world.app.parts[HEARING].waiting:
        await asyncio.sleep(0)
    assert reading.left_open(heard_by_both_only()) is None


async def test_a_notice_is_heard_by_both(world: World) -> None:
    filed = await notices.file(world.app, _notice(heard_by_both_only()))
    assert filed.danger
    (state,) = await all_cases(world)
    assert state.danger == read_by_both(heard_by_both_only()).level


async def test_words_of_a_report_are_heard_by_both(world: World) -> None:
    """The first thing its call waits for is the other process."""
    ada, ben = await world.sign_up("Ada"), await world.sign_up("Ben")
    peer = await ben.peer(ada)
    text = heard_by_both_only()
    await ben.call(
        api.account.ReportPeer(peer=peer, reason=api.InputReportReasonOther(), message=text)
    )
    (state,) = await all_cases(world)
    assert state.danger == read_by_both(text).level
    assert world.errors == []


async def test_a_letter_is_heard_by_both(world: World) -> None:
    operator = {"country": "FR", "authserv_id": MX, "declared_languages": ["fr"]}
    await perform(world.app, "desk.operator.set", {"operator": operator})
    text = heard_by_both_only()
    raw = mail("A <a@home-mail.example>", "contact@petitbleu.example", "Bonjour", text)
    await intake.deliver(world.app, raw, channel="smtp")
    (state,) = await all_cases(world)
    assert state.danger == read_by_both(f"Bonjour\n{text}\n").level != service.NONE


PASSED = "My knees hurt for years, now I walk every day. The oil my cousin sells changed my life."
"""A comment that the filter's first model leaves open."""


async def test_a_comment_that_the_filter_leaves_open_is_read_elsewhere(world: World) -> None:
    what = Submission(PASSED, author="Gaby")
    said = spam_sentences.shipped().say(encoder.for_comments().means(spam_sentences.as_read(what)))
    assert await weigh(world.app, spam_sentences.as_read(what)) == pytest.approx(said, abs=1e-3)
    first = await antispam.look(world.app, what)
    both = await antispam.look(world.app, what, whole=True)
    assert both.score != first.score
    assert both == measuring.judge(what, lambda text: said)._replace(score=both.score)
    assert spam_sentences.MARK in [reason.words for reason in both.reasons]


async def test_without_the_process_the_filters_first_model_stands(world: World) -> None:
    world.app.parts[HEARING] = Hearing(Broken())  # type: ignore[arg-type]
    what = Submission(PASSED, author="Gaby")
    assert await antispam.look(world.app, what, whole=True) == measuring.judge(what)
    assert world.app.parts[HEARING].waiting == 0


class Broken:
    """A process that fails each time."""

    async def run(self, job: dict[str, object]) -> dict[str, object]:
        raise JobFailed("it ended")

    async def close(self) -> None:
        """Nothing runs."""


def _notice(text: str) -> notices.Notice:
    return notices.Notice(("https://petitbleu.example/a/1",), "", "", text, "", "", "", "en")


def test_without_an_encoder_the_first_model_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise ImportError("no numpy here")

    text, sure = heard_by_both_only(), surely()
    monkeypatch.setattr(reading.encoder, "shipped", missing)
    reading.use_encoder()
    try:
        assert reading.read(text) == model.shipped().read(text)
        assert reading.read(sure).level
    finally:
        reading.use_encoder(False)
    assert sentences.shipped().leaves_open(model.shipped().score(text))


def test_a_flood_is_read_at_the_pace_of_the_first_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """The encoder takes what it has saved up, then a share of the time."""
    moment = [1000.0]
    monkeypatch.setattr("time.monotonic", lambda: moment[0])
    pace = reading.LETTERS
    budget = reading._Budget(pace)
    taken = 0.0
    for _ in range(1000):
        if budget.is_left():
            moment[0] += 0.05
            budget.spend(0.05)
            taken += 0.05
        moment[0] += 0.01
    assert taken > pace.burst
    assert taken < pace.burst + (moment[0] - 1000) * pace.share + 0.1
    moment[0] += 2 * pace.burst / pace.share
    assert budget.is_left() and budget.seconds == pace.burst
