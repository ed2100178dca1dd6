"""A notice that tells of danger: the case is critical, and whoever wrote is told whom to call."""

from __future__ import annotations

import pytest

from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.intake.danger.service import DANGER, PERHAPS
from tests.desk.intake.danger.kit import HARMLESS, all_cases, perhaps, surely
from tests.desk.outside.test_notice import sent
from tests.kit.web import Browser
from tests.kit.world import World

LEVELS = [(surely, DANGER, 0, "art18_threat"), (perhaps, PERHAPS, 1, "possible_danger")]


@pytest.mark.parametrize(("words", "level", "urgency", "kind"), LEVELS)
async def test_a_notice_keeps_its_clocks_and_gets_those_of_danger(
    world: World,
    browser: Browser,
    words,
    level,
    urgency,
    kind,  # type: ignore[no-untyped-def]
) -> None:
    page = await sent(world, browser, explanation=words())
    (state,) = await all_cases(world)
    assert (state.danger, state.urgency, state.kind) == (level, urgency, "art16_notice")
    clocks = {clock.id for clock in cases.clocks(world.app, state)}
    assert "dsa16.decide" in clocks
    assert ("dsa18.inform" if level == DANGER else "danger.look") in clocks
    assert "112" in page.words and "poli" in page.words.lower()


async def test_the_receipt_says_whom_to_call_below_neutral_words(
    world: World, browser: Browser
) -> None:
    await sent(world, browser, explanation=surely())
    (state,) = await all_cases(world)
    (row,) = await letters.of_case(world.app.store, state.number)
    await letters.send(world.app, row.id)
    mail = world.mail.sent[-1]
    assert "112" in mail.text and "112" not in mail.text[:300]
    assert "danger" not in (mail.subject + mail.text[:300]).lower()


async def test_a_harmless_notice_is_told_nothing_of_the_kind(
    world: World, browser: Browser
) -> None:
    page = await sent(world, browser, explanation=HARMLESS)
    (state,) = await all_cases(world)
    assert (state.danger, state.urgency) == ("", 2)
    assert "112" not in page.words


async def test_the_same_notice_sent_many_times_is_one_alarm(world: World, browser: Browser) -> None:
    for _ in range(3):
        await sent(world, browser, explanation=surely())
    (state,) = await all_cases(world)
    assert len(state.rings) == 1
