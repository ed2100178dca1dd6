"""Telling an authority of a threat to life: at once, by one person, what is necessary alone."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.desk.adjudication.decisions import threats
from petitbleu.desk.adjudication.decisions.threats import Wanted
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.reference.directory import service as directory
from petitbleu.domain.people.accounts import service as accounts
from tests.desk.adjudication.decisions.deciding import NOTICE, ORDER, STAFF, Scene, scene
from tests.domain.safety.moderation.place import service_chat
from tests.kit.world import World

HOME = {"name": "PHAROS", "country": "FR", "domain": "interieur.example", "language": "fr",
        "threat_email": "menace@interieur.example"}  # fmt: skip
ABROAD = {"name": "BKA", "country": "DE", "domain": "bka.example", "language": "de",
          "threat_email": "lagezentrum@bka.example"}  # fmt: skip
EUROPOL = {"name": "Europol", "country": "EU", "domain": "europol.example",
           "threat_email": "o24-7@europol.example"}  # fmt: skip
FLAGGER = {"name": "Vigie", "country": "FR", "domain": "vigie.example", "trusted_flagger": True,
           "threat_email": "a@vigie.example"}  # fmt: skip
COURT = {"name": "TJ Lyon", "country": "FR", "domain": "tj.example"}
THREAT = NOTICE | {"kind": "art18_threat", "moments": {"suspicion": 1_800_000_000}}
WRITTEN = 1_800_000_000


async def office(world: World, *entries: dict[str, Any]) -> Scene:
    await directory.add(world.app, list(entries or (HOME, ABROAD, EUROPOL, COURT)), "operator")
    return await scene(world)


async def wanted(place: Scene, case: int, **more: Any) -> Wanted:
    known = await threats.known(place.world.app, await place.case(case))
    given: dict[str, Any] = {
        "domain": "interieur.example",
        "facts": "Menace de mort datée.",
        "at": WRITTEN,
    }
    return Wanted(**(given | {"items": known.items, "people": known.people} | more))


async def inform(place: Scene, case: int, **more: Any) -> int:
    return await threats.inform(place.world.app, STAFF, case, await wanted(place, case, **more))


async def test_a_threat_to_life_is_told_to_the_authority_at_once(world: World) -> None:
    at = await office(world)
    case = await at.open(THREAT | {"sender": "notifier@people.example", "title": "Mme Durand"})
    first = await inform(at, case)
    assert first == await inform(at, case), "pressed twice it is one letter"
    assert "dsa18.inform" not in (await at.case(case)).done, "it has not left yet"
    await at.settle()
    (mail,) = at.mails("menace@interieur.example")
    assert mail.subject.startswith("URGENT") and "Menace de mort datée." in mail.text
    assert str(at.ada.user_id) in mail.text and at.link() in mail.text
    assert "15 janvier 2027" in mail.text, "when it was written"
    for more in ("notifier@people.example", "Durand", "Saluons l’attentat", "+33"):
        assert more not in mail.text, "what is necessary, and no more"
    state = await at.case(case)
    assert state.done["dsa18.inform"] == int(world.clock.now())
    kinds = [one.kind for one in await cases.timeline(world.app.store, case)]
    assert kinds.count("threat") == 1
    logged = [one for one in await audit.entries(world.app.store) if one.action == "threat.inform"]
    assert [one.actor for one in logged] == [STAFF]
    assert b"interieur.example" in logged[0].data and b"Menace" not in logged[0].data
    (told,) = await threats.informed(world.app.store, case)
    assert (told.name, told.state) == ("PHAROS", letters.SENT)


async def test_more_that_becomes_known_is_another_letter(world: World) -> None:
    at = await office(world)
    case = await at.open(THREAT)
    await inform(at, case)
    await inform(at, case, facts="Il parle maintenant de demain.")
    await at.settle()
    assert len(at.mails("menace@interieur.example")) == 2


async def test_nobody_else_hears_of_it_also_in_a_secret_case(world: World) -> None:
    at = await office(world)
    for kind in (THREAT, ORDER):
        case = await at.open(kind)
        before = await service_chat(at.ada)
        mailed = len(world.mail.sent)
        await inform(at, case)
        await at.settle()
        assert [one.to for one in world.mail.sent[mailed:]] == ["menace@interieur.example"]
        assert await service_chat(at.ada) == before
        world.clock.advance(60)


async def test_the_country_concerned_comes_first_then_ours_then_europol(world: World) -> None:
    at = await office(world, HOME, ABROAD, EUROPOL, COURT, FLAGGER)
    case = await at.open(THREAT)

    async def first() -> list[str]:
        state = await at.case(case)
        people = (await threats.known(world.app, state)).people
        return [one.row.name for one in await threats.choices(world.app, state, people)]

    await accounts.set_country(world.app, at.ada.user_id, "IT")
    assert await first() == ["PHAROS", "Europol", "BKA"], "no flagger, no court without an address"
    await accounts.set_country(world.app, at.ada.user_id, "DE")
    assert await first() == ["BKA", "PHAROS", "Europol"]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"facts": " "}, "facts"),
        ({"facts": "x" * 5001}, "long"),
        ({"at": 0}, "at"),
        ({"domain": "tj.example"}, "authority"),
        ({"domain": "evil.example"}, "authority"),
        ({"people": (777000,)}, "items"),
        ({"items": ("https://petitbleu.example/elsewhere/1",)}, "items"),
    ],
)
async def test_what_cannot_be_told_is_refused_in_a_sentence(
    world: World, more: dict[str, Any], why: str
) -> None:
    at = await office(world)
    case = await at.open(THREAT)
    with pytest.raises(threats.Unsent) as refused:
        await inform(at, case, **more)
    assert refused.value.code == why
    assert await letters.of_case(world.app.store, case) == []


async def test_without_an_authority_it_says_how_to_add_one(world: World) -> None:
    at = await office(world, COURT, FLAGGER)
    case = await at.open(THREAT)
    with pytest.raises(threats.Unsent, match="address for threats, to the directory") as refused:
        await inform(at, case)
    assert "112" in refused.value.say("fr") and "annuaire" in refused.value.say("fr")


async def test_a_letter_that_came_back_has_told_nobody(world: World) -> None:
    at = await office(world)
    case = await at.open(THREAT)
    letter = await inform(at, case)
    await at.settle()
    assert "dsa18.inform" in (await at.case(case)).done
    row = await letters.get(world.app.store, letter)
    assert row is not None
    assert await world.app.store.write(letters.came_back, world.app, row, "5.1.1 unknown")
    state = await at.case(case)
    assert "dsa18.inform" not in state.done
    clocks = {one.id: one.done for one in cases.clocks(world.app, state)}
    assert clocks["dsa18.inform"] is None, "it runs, and rings"
    assert [one.state for one in await threats.informed(world.app.store, case)] == [letters.FAILED]


async def test_what_somebody_did_by_telephone_stays_done(world: World) -> None:
    at = await office(world)
    case = await at.open(THREAT)
    called = cases.CaseEvent("clock.done", {"clock": "dsa18.inform"})
    await world.app.store.write(cases.append, world.app, case, STAFF, called)
    world.clock.advance(60)
    letter = await inform(at, case)
    await at.settle()
    row = await letters.get(world.app.store, letter)
    assert row is not None
    await world.app.store.write(letters.came_back, world.app, row, "5.1.1 unknown")
    assert "dsa18.inform" in (await at.case(case)).done


async def test_an_ordinary_case_can_be_told_of_too(world: World) -> None:
    at = await office(world)
    case = await at.open(NOTICE)
    await inform(at, case, domain="bka.example")
    await at.settle()
    (mail,) = at.mails("lagezentrum@bka.example")
    assert "Verdacht auf eine Gefahr für das Leben" in mail.subject, "in their language"
