"""A person's cases in their client: what is there for which role, and what is never there."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from petitbleu.desk.adjudication.appeals import service as appeals
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.desk.casework.parties import service as parties
from petitbleu.desk.casework.parties.service import Person
from petitbleu.desk.outside import shield
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import reports
from petitbleu.store.api import Store, Tx
from petitbleu.store.query import query
from petitbleu.tl import api
from tests.desk.adjudication.decisions.deciding import NOTICE, ORDER, OTHER, STAFF, Scene, scene
from tests.desk.casework.secrecy.test_paths import STATES, State
from tests.desk.outside import conftest
from tests.domain.safety.moderation.deciding import decide
from tests.kit import chats
from tests.kit.chats import refused
from tests.kit.web import Browser
from tests.kit.world import Client, World

_EMAIL = query("update account set email = :email where id = :id")
OPEN = {
    "notice": State(NOTICE, {}, {}),
    "order that may be told": State(ORDER, {}, {"tell": "yes"}),
}
"""States in which people may be told."""


@pytest.fixture
async def world(store: Store, tmp_path: Path) -> AsyncIterator[World]:
    """On both engines, in developer mode: people sign up with the code everybody knows."""
    world = await conftest.made(store, tmp_path, dev=True)
    yield world
    await world.settle()
    assert not world.errors


async def mine(client: Client) -> list[Any]:
    found = await client.call(api.petitbleu.GetCases())
    assert found.url.startswith(f"{conftest.URL}/mes-dossiers/")
    return list(found.cases)


def path(url: str) -> str:
    assert url.startswith(conftest.URL)
    return url.removeprefix(conftest.URL)


async def report(at: Scene, client: Client, option: bytes, words: str = "A scam.") -> Any:
    """Report the post, and take the receipt."""
    peer = await at.place.named(client)
    asked = api.messages.Report(peer=peer, id=[at.post], option=option, message=words)
    assert type(await client.call(asked)) is api.ReportResultReported
    return await client.call(api.petitbleu.GetReceipt(peer=peer, id=[at.post]))


# ── roles × secrecy ─────────────────────────────────────────────────────────────────────────────


async def involved(at: Scene, state: State, *, listed: bool) -> Client:
    """A decided case of which Ada is the person concerned and that Eve reported; whoever sent it
    has an account too."""
    carl = await at.world.sign_up("Carl")
    events = [CaseEvent("fact", state.facts)] if state.facts else []
    secret = {"authority": ORDER["authority"]} if listed else {}
    case = await at.open(state.kind | secret)

    async def known(tx: Tx) -> None:
        await tx.run(_EMAIL, email=state.kind["sender"], id=carl.user_id)
        await parties.concerns(tx, at.world.app, case, Person(at.eve.user_id), parties.REPORTER)
        if events:
            await cases.append(tx, at.world.app, case, "system", *events)

    await at.world.app.store.write(known)
    await at.decide(case, at.form(**{"source": "other", "tell": ""} | state.form))
    await at.pass_time(601)
    return carl


@pytest.mark.parametrize("name", [*STATES, *OPEN])
async def test_who_sees_what_in_which_state_of_secrecy(
    world: World, browser: Browser, name: str
) -> None:
    at = await scene(world)
    state = STATES.get(name) or OPEN[name]
    carl = await involved(at, state, listed=name in STATES)
    people = {"ada": at.ada, "eve": at.eve, "carl": carl, "bob": at.bob}
    seen = {who: await mine(client) for who, client in people.items()}
    told = {
        who: [(one.role, one.state, one.can_contest) for one in found]
        for who, found in seen.items()
    }
    if name in OPEN:
        assert told == {
            "ada": [("concerned", "decided", True)],
            "eve": [("reporter", "decided", False)],
            "carl": [("notifier", "decided", True)],
            "bob": [],
        }
    else:
        assert told == {
            "ada": [],
            "eve": [("reporter", "review", False)],
            "carl": [("notifier", "review", False)],
            "bob": [],
        }
    [reported] = seen["eve"]
    listed = await browser.get(path(reported.url).rpartition("/")[0])
    assert ("Decided" in listed.words) == (name in OPEN), "nor on the pages that it leads to"
    page = await browser.get(path(reported.url))
    assert ('class="done">Decided' in page.text) == (name in OPEN)
    words = repr(seen)
    assert STAFF not in words and "Tribunal" not in words and "staff" not in words
    assert all(str(at.eve.user_id) not in repr(found) for who, found in seen.items())


# ── a report, from the app to the decision and the objection ────────────────────────────────────


async def test_from_a_report_to_the_decision_and_to_the_objection(
    world: World, browser: Browser
) -> None:
    at = await scene(world)
    receipt = await report(at, at.eve, b"illegal/fraud")
    [first] = await mine(at.eve)
    assert (first.number, first.role, first.kind) == (receipt.number, "reporter", "report")
    assert first.state == "received" and first.due == receipt.due
    assert first.due is None or first.due > world.clock.now()
    assert receipt.number in (await browser.get(path(first.url))).words
    assert (await browser.get(path(receipt.status))).status == 200
    case = case_numbers.parse(receipt.number)
    assert case is not None
    await at.decide(case)
    await at.pass_time(601)
    [after] = await mine(at.eve)
    assert (after.state, after.number) == ("decided", receipt.number)
    [about] = await mine(at.ada)
    assert (about.role, about.kind, about.state) == ("concerned", "decision", "decided")
    assert about.can_contest and about.due > world.clock.now()
    page = await browser.get(path(about.url))
    assert "La publication fait l’apologie" in page.words
    form = await browser.get(path(about.contest))
    typed = {name: form.values()[name] for name in (shield.TRAP, shield.TIME)}
    typed |= {"text": "The post quotes a newspaper and condemns it.", "contest_email": ""}
    world.clock.advance(10)
    assert (await browser.post(path(about.contest), typed)).status == 200
    found = {one.role: one for one in await mine(at.ada)}
    assert found["concerned"].state == "contested" and not found["concerned"].can_contest
    assert (found["complainant"].kind, found["complainant"].state) == ("appeal", "received")
    [row] = await decisions.of_case(world.app.store, case)
    [lodged] = await appeals.of_decision(world.app.store, row.number)
    await appeals.decide(world.app, OTHER, lodged.number, "ask", "Which paper?", command="q")
    assert {one.role: one.asked for one in await mine(at.ada)}["complainant"]
    await appeals.decide(world.app, OTHER, lodged.number, "reverse", "Indeed.", command="r")
    found = {one.role: one for one in await mine(at.ada)}
    assert found["concerned"].state == "undone" and not found["concerned"].can_contest


async def test_a_report_says_what_it_was_about_to_whoever_made_it(
    world: World, browser: Browser
) -> None:
    at = await scene(world)
    await report(at, at.eve, b"illegal/fraud")
    await report(at, at.bob, b"illegal/fraud")  # joins the case of Eve's
    spoken = {
        "en": "It is illegal: Scam, impersonation",
        "fr": "C’est illégal : Escroquerie, usurpation d’identité",
        "de": "Es ist rechtswidrig: Betrug, Identitätsmissbrauch",
    }
    for client in (at.eve, at.bob):
        [one] = await mine(client)
        assert (one.reason, one.about) == (spoken["en"], "Bassin")
        listed = path(one.url).rpartition("/")[0]
        for lang, reason in spoken.items():
            for page in (listed, path(one.url)):
                words = (await browser.get(f"{page}?lang={lang}")).words.replace("\u00a0", " ")
                assert words.count(f"{reason} – Bassin") == 1, "once, though two reported it"
    french = world.connect()
    french.lang = "fr"
    await french.sign_in(at.eve.phone)
    [one] = await mine(french)
    assert one.reason.replace("\u00a0", " ") == spoken["fr"]
    case = case_numbers.parse(one.number)
    assert case is not None
    await at.decide(case)
    await at.pass_time(601)
    [about] = await mine(at.ada)
    assert about.kind == "decision" and about.reason is None and about.about is None
    page = await browser.get(path(about.url))
    assert spoken["en"] not in page.words and spoken["en"] not in repr(await mine(at.ada))


async def test_a_report_names_whom_it_was_about_as_the_client_does(world: World) -> None:
    at = await scene(world)
    asked = api.account.ReportPeer(
        peer=await at.eve.peer(at.bob), reason=api.InputReportReasonSpam(), message=""
    )
    assert await at.eve.call(asked)
    await report(at, at.eve, b"illegal/fraud")

    async def named() -> set[str | None]:
        return {one.about for one in await mine(at.eve)}

    bob = await chats.user(at.eve, at.bob)
    written = {"first_name": "Robert", "last_name": "du bassin", "phone": ""}
    await at.eve.call(api.contacts.AddContact(id=bob, **written))
    assert await named() == {"Bassin", "Robert du bassin"}
    await at.eve.call(api.contacts.DeleteContacts(id=[bob]))
    assert await named() == {"Bassin", "Bob"}
    await decide(world, "suspend", subject=at.bob.user_id, reason="Règle 4")
    await world.settle()
    assert await named() == {"Bassin", None}, "as for everybody, there is nobody of that name"


async def test_reports_that_joined_keep_their_own_numbers(world: World) -> None:
    at = await scene(world)
    first = await report(at, at.eve, b"illegal/fraud")
    second = await report(at, at.bob, b"illegal/fraud")
    assert first.number != second.number
    assert [one.number for one in await mine(at.eve)] == [first.number]
    assert [one.number for one in await mine(at.bob)] == [second.number]
    again = await report(at, at.bob, b"illegal/fraud", "More of it.")
    assert again.again and again.number == second.number
    assert len(await mine(at.bob)) == 1


# ── a notice under the number of a report ───────────────────────────────────────────────────────


async def filled(browser: Browser, url: str, **more: str) -> dict[str, str]:
    form = await browser.get(url)
    values = form.values()
    written = re.search(r'name="links"[^>]*>([^<]+)</textarea>', form.text)
    assert written is not None
    kept = {name: values[name] for name in (shield.TRAP, shield.TIME, "report")}
    return (
        kept
        | {
            "links": html.unescape(written[1]),
            "category": "STATEMENT_CATEGORY_SCAMS_AND_FRAUD/KEYWORD_PHISHING",
            "explanation": "They sell tickets that do not exist.",
            "name": "Eve",
            "email": "eve@people.example",
            "language": "en",
            "faith": "1",
        }
        | more
    )


async def test_a_notice_is_finished_under_the_number_of_the_report(
    world: World, browser: Browser
) -> None:
    at = await scene(world)
    receipt = await report(at, at.eve, b"illegal/fraud")
    form = await browser.get(path(receipt.url))
    assert receipt.number in form.words and f"/bassin/{at.post}" in form.text
    typed = await filled(browser, path(receipt.url))
    world.clock.advance(10)
    wrong = await browser.post("/signaler", typed | {"explanation": "Short"})
    assert wrong.status == 422 and wrong.values()["report"] == typed["report"]
    typed |= {shield.TIME: wrong.values()[shield.TIME]}
    world.clock.advance(10)
    done = await browser.post("/signaler", typed)
    assert done.status == 200, done.words
    assert receipt.number in done.words
    number = case_numbers.parse(receipt.number)
    assert number is not None
    state = await at.case(number)
    assert state.facts["explanation"] == "They sell tickets that do not exist."
    assert (state.sender, state.facts["notifier"]) == ("eve@people.example", "Eve")
    await at.settle()
    assert receipt.number in at.mails("eve@people.example")[0].text
    again = await browser.post("/signaler", typed)
    assert receipt.number in again.words and "before" in again.words
    assert await cases.get(world.app.store, number + 1) is None, "no second case"
    assert (await browser.get("/signaler?report=made-up")).status == 200


async def test_a_notice_beside_the_report_of_somebody_else(world: World, browser: Browser) -> None:
    at = await scene(world)
    first = await report(at, at.bob, b"illegal/fraud")
    receipt = await report(at, at.eve, b"illegal/fraud")
    typed = await filled(browser, path(receipt.url))
    world.clock.advance(10)
    done = await browser.post("/signaler", typed)
    assert receipt.number in done.words and first.number not in done.words
    number = case_numbers.parse(first.number)
    assert number is not None
    assert (await at.case(number)).sender == "", "it stays the case of who was first"


async def test_child_abuse_reported_as_something_else_gets_its_own_case(
    world: World, browser: Browser
) -> None:
    at = await scene(world)
    receipt = await report(at, at.eve, b"illegal/fraud")
    category = "STATEMENT_CATEGORY_PROTECTION_OF_MINORS/KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL"
    typed = await filled(browser, path(receipt.url), category=category)
    world.clock.advance(10)
    assert receipt.number not in (await browser.post("/signaler", typed)).words


# ── who may come ────────────────────────────────────────────────────────────────────────────────


async def test_suspended_people_have_their_cases_and_nothing_else(
    world: World, browser: Browser
) -> None:
    at = await scene(world)
    measures = [{"kind": "suspend", "item": f"{at.ada.user_id}", "until": "2027-03-01"}]
    await at.decide(await at.open(NOTICE), at.form(measures=measures))
    at.ada.pushed.clear()
    [about] = await mine(at.ada)
    assert (about.role, about.state, about.can_contest) == ("concerned", "decided", True)
    assert (await browser.get(path(about.contest))).status == 200
    for asked in (
        api.updates.GetState(),
        api.users.GetUsers(id=[api.InputUserSelf()]),
        api.petitbleu.GetReceipt(peer=api.InputPeerSelf(), id=[1]),
    ):
        assert await refused(at.ada, asked) == "USER_DEACTIVATED_BAN"
    await chats.say(at.bob, await at.bob.peer(at.ada), "Are you there?")
    await at.world.settle()
    assert at.ada.pushed == [], "no push follows"


async def test_frozen_people_report_and_have_their_cases(world: World) -> None:
    at = await scene(world)
    await decide(world, "restrict", subject=at.eve.user_id, reason="Règle 4")
    await world.settle()
    receipt = await report(at, at.eve, b"illegal/fraud")
    found = {one.role: one for one in await mine(at.eve)}
    assert found["reporter"].number == receipt.number
    assert found["concerned"].kind == "decision"


async def test_a_measure_without_the_desk_is_told_unless_it_was_quiet(world: World) -> None:
    at = await scene(world)
    row = await decide(world, "restrict", subject=at.eve.user_id, reason="Règle 4")
    await decide(world, "restrict", subject=at.bob.user_id, quiet=True, command="c2")
    [about] = await mine(at.eve)
    assert about.number == case_numbers.text(row.number)
    assert await mine(at.bob) == []


async def test_requests_for_ones_data_are_there_by_the_proved_address(world: World) -> None:
    at = await scene(world)

    async def known(tx: Tx) -> None:
        await tx.run(_EMAIL, email="eve@people.example", id=at.eve.user_id)

    await world.app.store.write(known)
    kind = NOTICE | {"kind": "dsar", "sender": "eve@people.example", "title": "My data"}
    number = await at.open(kind)
    [one] = await mine(at.eve)
    assert (one.number, one.kind, one.role) == (case_numbers.text(number), "data", "notifier")
    assert await mine(at.bob) == []
    assert await reports.listed(world.app) == []
