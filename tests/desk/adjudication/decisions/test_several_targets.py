"""An order about several places: an outcome for each, and the answer says which."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.desk.adjudication.decisions import form as forms
from petitbleu.desk.adjudication.decisions import service
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.intake import service as intake
from tests.desk.adjudication.decisions.deciding import FORM, ORDER, TCO, Scene, scene
from tests.desk.intake.mails import mail
from tests.kit.sizes import size
from tests.kit.world import World

AUTHORITY = ORDER["sender"]
WHY = "Article de presse, article 1(3) du règlement"


def removals(*items: str, **more: Any) -> service.Form:
    rows = [{"kind": "remove", "item": one} for one in items]
    return service.read(FORM | {"source": "other", "measures": rows} | more)


async def wrong(place: Scene, case: int, form: service.Form) -> list[tuple[str, str]]:
    with pytest.raises(service.Wrong) as caught:
        await place.decide(case, form)
    return [(one.field, one.code) for one in caught.value.errors]


@pytest.mark.parametrize("kind", [TCO, ORDER])
async def test_each_target_gets_its_outcome_and_the_answer_says_so(
    world: World, kind: dict[str, Any]
) -> None:
    place = await scene(world)
    second = await place.place.post(place.ada, "Un article de presse")
    gone = place.link(9999)
    case = await place.open(kind, targets=[place.link(), gone, place.link(second)])
    form = removals(place.link(), not_found=gone, not_done=f"{place.link(second)} {WHY}")
    await place.decide(case, form)
    await place.pass_time(700)
    (letter,) = [one for one in place.mails(AUTHORITY) if place.link() in one.text]
    assert f"{gone} – Rien n’a été trouvé" in letter.text
    assert f"{place.link(second)} – Aucune mesure n’a été prise" in letter.text
    assert WHY in letter.text
    assert await place.place.history(place.bob) == ["Un article de presse"]
    found = await place.case(case)
    assert ("tco.remove" in found.done) == (found.kind == "tco_removal_order")
    told = await service.statements(world.app.store, found.decisions[-1])
    assert any(place.link(second) in one.text for one in told), "its owner is told what was left"
    assert not any(gone in one.text for one in told)


async def test_the_clock_of_all_does_not_end_with_one(world: World) -> None:
    place = await scene(world)
    second = await place.place.post(place.ada, "Encore")
    case = await place.open(TCO, targets=[place.link(), place.link(second), place.link(9999)])
    assert await wrong(place, case, removals(place.link())) == [("measures", "targets.left")]
    found = await place.case(case)
    assert "tco.remove" not in found.done
    assert found.decisions == []


async def test_what_is_not_here_does_not_hold_up_what_is(world: World) -> None:
    place = await scene(world)
    case = await place.open(TCO, targets=[place.link(), "https://petitbleu.example/nobody/3"])
    form = removals(place.link(), not_found="https://petitbleu.example/nobody/3")
    await place.decide(case, form)
    assert "tco.remove" in (await place.case(case)).done


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"not_found": "{second}"}, ("not_found", "targets.here")),
        ({"not_done": "{second}"}, ("not_done", "targets.why")),
        ({"not_done": "{second} x", "not_found": "{second}"}, ("not_found", "targets.twice")),
        ({"not_found": "{first}", "not_done": "{second} x"}, ("not_found", "targets.twice")),
    ],
)
async def test_an_outcome_that_cannot_be_is_refused(
    world: World, more: dict[str, str], error: tuple[str, str]
) -> None:
    place = await scene(world)
    links = {"first": place.link(), "second": place.link(await place.place.post(place.ada, "x"))}
    case = await place.open(TCO, targets=list(links.values()))
    given = {name: text.format(**links) for name, text in more.items()}
    assert error in await wrong(place, case, removals(place.link(), **given))


async def test_the_same_place_written_otherwise_and_its_whole_channel_count(world: World) -> None:
    place = await scene(world)
    second = await place.place.post(place.ada, "Encore")
    case = await place.open(
        TCO, targets=[f"hxxps://petitbleu[.]example/bassin/{place.post}", place.link(second)]
    )
    form = removals(place.link(), place.link(second))
    await place.decide(case, form)
    assert (await place.case(case)).decisions


async def test_nothing_of_it_is_here(world: World) -> None:
    place = await scene(world)
    gone = [place.link(9998), place.link(9999)]
    case = await place.open(TCO, targets=gone)
    form = service.read(
        FORM
        | {"outcome": forms.IMPOSSIBLE, "measures": [], "obstacle": "impossible", "source": "other"}
        | {"obstacle_detail": "Rien n’est là.", "not_found": "\n".join(gone)}
    )
    await place.decide(case, form)
    (letter,) = place.mails(AUTHORITY)
    assert all(f"{one} – Rien" in letter.text for one in gone)


@pytest.mark.sometimes(2)
async def test_five_hundred_targets_in_one_order(world: World) -> None:
    here = size(20, 100)  # beside four times as many that are gone
    place = await scene(world)
    live = [place.link()] + [
        place.link(await place.place.post(place.ada, f"p{n}")) for n in range(here - 1)
    ]
    gone = [place.link(10_000 + n) for n in range(4 * here)]
    case = await place.open(TCO, targets=[*live, *gone])
    rows = {"measures.0.kind": "remove", "measures.0.item": "\n".join(live)}
    form = service.read(
        {name: value for name, value in FORM.items() if name != "measures"}
        | rows
        | {"source": "other", "not_found": "\n".join(gone)}
    )
    assert len(form.measures) == here
    row = await place.decide(case, form)
    assert len(service.measures_of(row)) == here
    assert await place.place.history(place.bob) == []
    (letter,) = place.mails(AUTHORITY)
    assert all(one in letter.text for one in (*live, *gone))


async def test_a_letter_with_five_hundred_links_names_them_all(world: World) -> None:
    links = [f"https://petitbleu.example/kanal{n}/{n}" for n in range(500)]
    text = "Removal order (EU) 2021/784, within one hour:\n" + "\n".join(links)
    raw = mail("Unit <unit@police.example>", subject="Removal order TCO-9", text=text)
    done = await intake.deliver(world.app, raw, channel="smtp")
    found = await cases.get(world.app.store, done.case)
    assert found is not None
    assert set(links) <= set(found.targets)
