"""Objecting in the service chat, from where the notice is read, and in a browser."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from petitbleu.control import perform
from petitbleu.desk.adjudication.appeals import service as appeals
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.adjudication.decisions import suspensions
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.outside import commands, shield
from petitbleu.desk.outside.texts_objecting import WORDS
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.servicechat import service as servicechat
from petitbleu.domain.servicechat.service import Answer, Said
from petitbleu.store.api import Store
from petitbleu.store.query import query
from petitbleu.tl import api
from tests.desk.adjudication.decisions.deciding import NOTICE, ORDER, Scene, scene
from tests.desk.outside import conftest as browsing
from tests.desk.outside.test_suspension import suspended
from tests.kit.servicechat import answer, ask, heard, run
from tests.kit.web import Browser
from tests.kit.world import World, running

URL = "https://petitbleu.example"
WHY = "La publication était une citation, et la suite la condamnait sans réserve."
_LANGUAGE = query("update account set lang = :lang where id = :id")


@pytest.fixture
async def at(store: Store, tmp_path: Path) -> AsyncIterator[Scene]:
    """A channel whose post somebody gave notice of; the site has an address."""
    async with running(World(store, tmp_path, public_url=URL, languages=("en", "fr"))) as world:
        yield await scene(world)


@pytest.fixture
async def world(store: Store, tmp_path: Path) -> AsyncIterator[World]:
    """An instance without an address."""
    async with running(World(store, tmp_path)) as made:
        yield made


async def speaks(at: Scene, client: Any, lang: str) -> None:
    async def change(tx: Any) -> None:
        await tx.run(_LANGUAGE, lang=lang, id=client.user_id)

    await at.world.app.store.write(change)


async def complaints(at: Scene) -> list[Any]:
    """Open cases of complaints, in order of their numbers."""
    found = await perform(at.world.app, "desk.cases", {"kinds": [appeals.KIND]})
    return sorted(found["cases"], key=lambda one: str(one["number"]))


async def decided(at: Scene, **more: Any) -> str:
    row = await at.decide(await at.open(NOTICE), at.form(**more) if more else None)
    await run(at.world)
    return decisions.number_text(row.number)


async def test_a_number_is_answered_and_object_makes_the_complaint(at: Scene) -> None:
    number = await decided(at)
    said = await ask(at.ada, f"Bonjour, que dit {number.lower()} ?")
    assert "apologie d’un attentat" in said or "attentat" in said
    link = re.search(rf"{URL}(/decision/{number}/contester\?key=\S+)", said)
    assert link is not None and "answer OBJECT" in said
    told = await ask(at.ada, f"OBJECT {number} {WHY}")
    (complaint,) = await complaints(at)
    assert complaint["number"] in told and number in told
    found = await cases.get(at.world.app.store, case_numbers.parse(complaint["number"]) or 0)
    assert found is not None and WHY in found.facts["text"]
    row = await appeals.get(at.world.app.store, found.number)
    assert row is not None
    assert (row.account, row.who, decisions.number_text(row.decision)) == (
        at.ada.user_id, "author", number,
    )  # fmt: skip


async def test_an_answer_to_the_notice_needs_no_number(at: Scene) -> None:
    number = await decided(at)
    notice = (await heard(at.ada))[-1]
    assert "OBJECT" in notice.message
    assert number in await answer(at.ada, notice.id, "Why?")
    assert number in await answer(at.ada, notice.id, "Object.")
    assert len(await complaints(at)) == 1


async def test_a_bare_word_means_what_was_spoken_of_last(at: Scene) -> None:
    await speaks(at, at.ada, "fr")
    number = await decided(at)
    said = await ask(at.ada, number)
    assert "répondez CONTESTER" in said
    assert number in await ask(at.ada, "Contester")
    assert len(await complaints(at)) == 1
    assert "Quelle décision" not in await ask(at.ada, "CONTESTER")
    assert "Which decision" in await ask(at.bob, "object")


@pytest.mark.sometimes(2)
@pytest.mark.parametrize("word", sorted(WORDS))
async def test_the_word_in_other_languages(world: World, word: str) -> None:
    ada = await world.sign_up("Ada")
    assert "Which decision" in await ask(ada, f"{word.upper()}!")


async def test_twice_is_one_complaint_and_further_words_are_added(at: Scene) -> None:
    number = await decided(at)
    first = await ask(at.ada, f"object {number}")
    (complaint,) = await complaints(at)
    again = await ask(at.ada, f"object {number}")
    assert complaint["number"] in first and "already" in again and "added" not in again
    more = await ask(at.ada, f"object {number} {WHY}")
    assert "added" in more and complaint["number"] in more
    assert "added" not in await ask(at.ada, f"object {number} {WHY}"), "the same words again"
    assert len(await complaints(at)) == 1
    events = await cases.timeline(at.world.app.store, case_numbers.parse(complaint["number"]) or 0)
    assert sum(WHY.encode() in one.data for one in events if one.kind == "appeal") == 1


async def test_nobody_learns_of_what_does_not_concern_them(at: Scene) -> None:
    number = await decided(at)
    unknown = "PB-2020-000001-1"
    for words in (number, f"object {number}"):
        told = await ask(at.bob, words)
        assert told == (await ask(at.bob, words.replace(number, unknown))).replace(unknown, number)
        assert "concerns you" in told
    assert await complaints(at) == []


async def test_what_must_not_be_told_is_not_told_here(at: Scene) -> None:
    case = await at.open(ORDER)
    row = await at.decide(case, at.form(tell="release"))
    await run(at.world)
    number = decisions.number_text(row.number)
    unknown = "PB-2020-000001-1"
    for words in (number, f"object {number}", f"object {case_numbers.text(case)}"):
        told = await ask(at.ada, words)
        assert "concerns you" in told and "421-2-5" not in told
    assert (await ask(at.ada, number)).replace(number, unknown) == await ask(at.ada, unknown)
    assert "Which decision" in await ask(at.ada, "object"), "nothing was spoken of"
    assert await complaints(at) == []


async def test_after_the_period_it_is_too_late(at: Scene) -> None:
    number = await decided(at)
    at.world.clock.advance(220 * 86_400)
    assert "is over" in await ask(at.ada, number)
    assert "is over" in await ask(at.ada, f"object {number}")
    assert await complaints(at) == []


async def test_without_an_address_no_link_is_named(world: World) -> None:
    at = await scene(world)
    number = await decided(at)
    said = await ask(at.ada, number)
    assert "answer OBJECT" in said and "contester?key" not in said
    assert "PB-" in await ask(at.ada, "OBJECT")
    assert len(await complaints(at)) == 1


async def test_the_link_of_the_answer_is_the_form_and_one_complaint(at: Scene) -> None:
    number = await decided(at)
    said = await ask(at.ada, number)
    link = re.search(rf"{URL}(/decision/{number}/contester\S+)", said)
    assert link is not None
    browser = Browser(browsing.site(at.world))
    page = await browser.get(link[1])
    assert page.status == 200 and number in page.words
    at.world.clock.advance(20)
    hidden = {name: page.values()[name] for name in (shield.TRAP, shield.TIME)}
    page = await browser.post(link[1], hidden | {"text": WHY, "contest_email": ""})
    (complaint,) = await complaints(at)
    assert page.status == 200 and complaint["number"] in page.words
    told = await ask(at.ada, f"object {number}")
    assert complaint["number"] in told and len(await complaints(at)) == 1


async def test_a_measure_of_before_the_desk_is_contested_the_same_way(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    asked = {"kind": "restrict", "account": bob.phone, "reason": "Insultes", "seconds": 86_400}
    number = (await perform(world.app, "measure.apply", asked))["number"]
    await world.settle()
    await run(world)
    notice = (await heard(bob))[-1]
    assert "answer OBJECT" in notice.message
    assert "Insultes" in await ask(bob, number)
    assert "concerns you" in await ask(ada, f"object {number}")
    told = await answer(bob, notice.id, f"Object, {WHY}")
    found = (await perform(world.app, "desk.cases", {"kinds": [appeals.KIND]}))["cases"]
    assert [one["number"] in told for one in found] == [True]
    assert "already" in await ask(bob, f"object {number}")


async def test_other_words_stay_what_they_were(world: World) -> None:
    ada = await world.sign_up("Ada")
    assert "did not understand" in await ask(ada, "Bonjour PB")
    assert "object NUMBER" in await ask(ada, "help")
    forwarded = await ask(ada, "PB-2027-000009")
    assert "PB-2027-000009" in forwarded


async def test_the_acknowledgement_of_a_report_has_its_status_page(at: Scene) -> None:
    """Also of one that joined another's case: its own number, and nobody else's letters."""
    notice = await at.open(NOTICE | {"target": at.place.peer, "item": at.post})
    for client in (at.bob, at.eve):
        await client.call(
            api.messages.Report(
                peer=await at.place.named(client),
                id=[at.post],
                option=b"illegal/violence",
                message="The prize was never paid out.",
            )
        )
    await at.world.settle()
    pages = []
    for client in (at.bob, at.eve):
        said = (await heard(client))[-1].message
        link = re.search(rf"{URL}(/suivi/(PB-\d+-\d+)\?secret=\S+)", said)
        assert link is not None, said
        page = await Browser(browsing.site(at.world)).get(link[1])
        assert page.status == 200 and link[2] in page.words
        assert case_numbers.text(notice) not in page.words or link[2] == case_numbers.text(notice)
        pages.append(link[2])
        status = await ask(client, f"Where does {link[2]} stand?")
        assert f"Your report {link[2]}: received" in status
    assert pages[0] != pages[1]
    assert "concerns you" in await ask(at.ada, pages[0])


async def test_a_suspension_is_contested_as_such(at: Scene) -> None:
    """Not the decision of the same case. Who is suspended cannot write here; once it has ended they
    can, and from before it the words may still wait.
    """
    row = await suspended(at)
    number = suspensions.text(row.number, row.nth)
    app, account = at.world.app, at.ada.user_id
    said = Said(account, "en", "what", ["is", number], [], f"what is {number}")
    shown = await commands.read(app, said)
    assert isinstance(shown, Answer) and number in shown.text
    assert shown.about == [suspensions.SUSPENSION, number]
    bare = Said(account, "en", "object", [], await servicechat.newest_about(
        app, account, suspensions.SUSPENSION
    ), "OBJECT")  # fmt: skip
    assert bare.about == [suspensions.SUSPENSION, number], "the notice itself is marked"
    told = await commands.contest(app, bare)
    complaint = await appeals.objection(app.store, row)
    assert isinstance(told, Answer) and complaint is not None
    assert case_numbers.text(complaint.number) in told.text
    stranger = said._replace(account=at.bob.user_id)
    assert "concerns you" in str(await commands.read(app, stranger))


async def test_numbers_among_the_reasons_name_nothing_else(at: Scene) -> None:
    first = await decided(at)
    at.post = await at.place.post(at.ada, "Saluons-le encore")
    second = await decided(at)
    notice = next(one for one in await heard(at.ada) if f"Decision {first}" in one.message)
    told = await answer(at.ada, notice.id, f"object, as I wrote about {second}")
    assert first in told and second not in told
