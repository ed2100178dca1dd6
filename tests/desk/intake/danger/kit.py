"""Texts of a hand that the model learnt nothing from, and a desk that is called for them."""

from __future__ import annotations

from functools import cache

from petitbleu.bench import danger_corpus
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.intake.danger import model, reading, service
from petitbleu.desk.intake.danger.alarms import Told, events
from petitbleu.desk.intake.danger.model import Reading
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Tx
from tests.desk.intake.test_sorting_danger import LIVES, NEITHER
from tests.kit.world import World


@cache
def read_by_both(text: str) -> Reading:
    """What both models and the rules make of a text, here and now."""
    reading.use_encoder()
    try:
        return service.read(text)
    finally:
        reading.use_encoder(False)


def heard_by_both_only() -> str:
    """Words whose danger the first model and the rules do not hear."""
    text = "someone keeps following my sister home from the station at night"
    assert model.shipped().read(text).level == service.NONE != read_by_both(text).level
    return text


@cache
def of_level(level: str) -> list[str]:
    """What another hand wrote and is taken for ``level``."""
    return [text for text in (*LIVES, *NEITHER) if read_by_both(text).level == level]


def surely() -> str:
    """Words that tell of danger."""
    return max(of_level(service.DANGER), key=lambda text: read_by_both(text).score)


@cache
def perhaps() -> str:
    """Words that may tell of danger, also with a greeting before them."""
    for line in danger_corpus.load(danger_corpus.STRANGERS):
        both = (line.text, f"Bonjour\n{line.text}\n")
        if line.language == "fr" and {read_by_both(text).level for text in both} == {
            service.PERHAPS
        }:
            return line.text
    raise AssertionError("nothing of the strangers' may tell of danger")


HARMLESS = "Le compte @mairie_officiel se fait passer pour la mairie et vend des abonnés."


async def told(world: World, level: str, sender: str, **more: object) -> int:
    """A message that tells of danger becomes a case; its number."""
    return await world.app.store.write(_told, world, level, sender, more)


async def _told(tx: Tx, world: World, level: str, sender: str, more: dict[str, object]) -> int:
    app, now = world.app, int(world.clock.now())
    number = await case_numbers.take(tx, app.config, now)
    values = {"proved": True, "targets": (), "text": f"words of {sender}"} | more
    what = Told(level, sender, **values)  # type: ignore[arg-type]
    return await cases.open_case(
        tx,
        app,
        actor="sender",
        number=number,
        kind=service.KIND[level],
        urgency=service.URGENCY[level],
        channel="smtp",
        received_at=now,
        moments=dict.fromkeys((service.SUSPECTED, service.SUSPICION), now),
        then=await events(tx, app, number, what),
    )


async def state_of(world: World, number: int) -> CaseState:
    """A case as it is."""
    found = await cases.get(world.app.store, number)
    assert found is not None
    return found


async def all_cases(world: World) -> list[CaseState]:
    """Every case there is, the oldest first."""
    from petitbleu.control import perform

    listed = await perform(world.app, "desk.cases", {})
    numbers = [case_numbers.parse(one["number"]) for one in listed["cases"]]
    return [await state_of(world, number) for number in sorted(filter(None, numbers))]
