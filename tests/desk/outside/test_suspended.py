"""What somebody is told whose account is suspended: the statement as sent, and where to contest it.

Never what may not be told: a secret measure is not spoken of, whatever else holds.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.desk.casework.secrecy import service as secrecy
from petitbleu.desk.casework.secrecy.service import Answer
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import service as moderation
from petitbleu.domain.safety.moderation.service import SuspensionNotice
from petitbleu.store.api import Store
from petitbleu.store.query import query
from tests.desk.adjudication.decisions.deciding import NOTICE, ORDER, Scene, scene
from tests.desk.kit import signer
from tests.desk.outside import conftest
from tests.domain.safety.moderation.deciding import decide, lift
from tests.kit.web import Browser
from tests.kit.world import World

CLAUSE = CaseEvent("fact", {"confidentiality": {"until": None, "words": "not to be told"}})
NOTHING = SuspensionNotice()
_LANGUAGE = query("update account set lang = :lang where id = :id")


@pytest.fixture
async def world(store: Store, tmp_path: Path) -> AsyncIterator[World]:
    """On both engines, in developer mode: people sign up with the code everybody knows."""
    world = await conftest.made(store, tmp_path, dev=True)
    yield world
    await world.settle()
    assert not world.errors


def suspends(at: Scene) -> list[dict[str, Any]]:
    return [{"kind": "suspend", "item": f"{at.ada.user_id}", "until": "2027-03-01"}]


async def told(at: Scene) -> SuspensionNotice:
    return await moderation.suspension_notice(at.world.app, at.ada.user_id)


async def test_the_statement_is_told_with_the_place_to_contest(
    world: World, browser: Browser
) -> None:
    at = await scene(world)

    async def speaks(tx: Any) -> None:
        await tx.run(_LANGUAGE, lang="fr", id=at.ada.user_id)

    await world.app.store.write(speaks)
    row = await at.decide(await at.open(NOTICE), at.form(measures=suspends(at)))
    (said,) = [
        one
        for one in await decisions.statements(world.app.store, row.number)
        if one.account == at.ada.user_id
    ]
    notice = await told(at)
    assert notice.text == f"{said.subject}\n\n{said.text}".strip()
    assert "La publication fait l’apologie d’un attentat." in notice.text
    assert notice.language == said.language == "fr"
    assert notice.contest.startswith(f"{conftest.URL}/decision/{decisions.number_text(row.number)}")
    form = await browser.get(notice.contest.removeprefix(conftest.URL))
    assert form.status == 200 and "contest_email" in form.text
    eve = await moderation.suspension_notice(world.app, at.eve.user_id)
    assert eve == NOTHING, "the measure is about somebody else"


@pytest.mark.sometimes(2)
@pytest.mark.parametrize("clause", [False, True])
async def test_what_may_not_be_told_is_not_told_here(world: World, clause: bool) -> None:
    at = await scene(world)
    case = await at.open(ORDER)
    form = at.form(source="other", tell="release", measures=suspends(at))
    await at.decide(case, form)
    assert await told(at) == NOTHING
    if clause:
        await world.app.store.write(cases.append, world.app, case, "sender", CLAUSE)
    await secrecy.answer(world.app, case, Answer("yes"), await signer(world, "legal"))
    await at.settle()
    notice = await told(at)
    if clause:
        assert notice == NOTHING, "one person alone may not lift a clause"
    else:
        assert "Tribunal judiciaire" in notice.text and notice.contest


async def test_of_several_measures_only_what_may_be_told_is_told(world: World) -> None:
    at = await scene(world)
    plain = await decide(world, "suspend", subject=at.ada.user_id, reason="Règle 4")
    case = await at.open(ORDER)
    await at.decide(case, at.form(source="other", tell="release", measures=suspends(at)))
    notice = await told(at)
    assert "Règle 4" in notice.text and case_numbers.text(plain.number) in notice.text
    assert "Tribunal" not in notice.text
    await lift(world, plain)
    assert await told(at) == NOTHING


async def test_a_quiet_measure_and_an_ended_one_are_not_spoken_of(world: World) -> None:
    at = await scene(world)
    await decide(world, "suspend", subject=at.ada.user_id, quiet=True)
    assert await told(at) == NOTHING
    end = int(world.clock.now()) + 600
    await decide(world, "suspend", subject=at.eve.user_id, until=end, command="c2")
    eve = await moderation.suspension_notice(world.app, at.eve.user_id)
    assert "Contraire aux règles" in eve.text and "OBJECT" not in eve.text
    world.clock.advance(601)
    assert await moderation.suspension_notice(world.app, at.eve.user_id) == NOTHING
