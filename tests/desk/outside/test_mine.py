"""One's own cases and decisions: for their holder alone, also from a suspended account."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from petitbleu.desk.adjudication.appeals import service as appeals
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.adjudication.decisions.service import DecisionRow
from petitbleu.desk.casework.parties import links
from petitbleu.desk.casework.parties.service import Person
from petitbleu.desk.outside import shield
from petitbleu.desk.outside.jobs import prune
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import reports
from petitbleu.keys import Secrets
from petitbleu.store.query import query
from petitbleu.store.sqlite import SqliteStore
from petitbleu.tl import api
from tests.desk.adjudication.decisions.deciding import NOTICE, OTHER, STAFF, Scene, scene
from tests.desk.outside import conftest
from tests.domain.safety.moderation.place import service_chat
from tests.kit.web import Answer, Browser
from tests.kit.world import World

_CODES = query("select address from desk_code")
NOTIFIER = "notifier@people.example"
WHY = "The post quotes a newspaper and condemns the attack."


@pytest.fixture
async def world(sqlite_store: SqliteStore, tmp_path: Path) -> Any:
    world = await conftest.made(sqlite_store, tmp_path, dev=True)
    yield world
    await world.settle()
    assert not world.errors


async def decided(world: World, **more: Any) -> tuple[Scene, DecisionRow]:
    at = await scene(world)
    row = await at.decide(await at.open(NOTICE), at.form(**more))
    await at.pass_time(601)
    return at, row


def page_of(row: DecisionRow, key: str) -> str:
    return f"/decision/{decisions.number_text(row.number)}?key={key}"


async def filled(browser: Browser, url: str, **more: str) -> dict[str, str]:
    form = await browser.get(url)
    hidden = {name: form.values()[name] for name in (shield.TRAP, shield.TIME)}
    return hidden | {"text": WHY, "contest_email": ""} | more


# ── a decision ──────────────────────────────────────────────────────────────────────────────────


async def test_the_letter_leads_to_the_decision_and_to_the_objection(
    world: World, browser: Browser
) -> None:
    at, row = await decided(world)
    said = (await service_chat(at.ada))[0]
    found = re.search(r"https://chat\.example\.org(/decision/\S+)", said)
    assert found is not None
    page = await browser.get(found[1])
    assert page.status == 200
    assert "La publication fait l’apologie" in page.words
    assert "noindex" in page.headers["x-robots-tag"]
    assert NOTIFIER not in page.words
    contest = re.search(r'href="(/decision/[^"]+/contester[^"]+)"', page.text)
    assert contest is not None
    typed = await filled(browser, contest[1])
    world.clock.advance(10)
    done = await browser.post(contest[1], typed)
    assert "We have your complaint" in done.words
    [lodged] = await appeals.of_decision(world.app.store, row.number)
    assert lodged.account == at.ada.user_id
    assert case_numbers.text(lodged.number) in done.words
    again = await browser.post(contest[1], typed)
    assert "You have contested this decision already" in again.words
    assert case_numbers.text(lodged.number) in (await browser.get(found[1])).words


async def test_a_key_opens_one_decision_for_one_person(world: World, browser: Browser) -> None:
    at, row = await decided(world)
    mine, theirs = (
        decisions.key(world.app, row.number, who) for who in (at.ada.user_id, at.bob.user_id)
    )
    assert (await browser.get(page_of(row, mine))).status == 200
    refused = await browser.get(page_of(row, theirs))
    assert refused.status == 404, "Bob's key, though well made: it does not concern him"
    unknown = await browser.get(f"/decision/PB-2027-000099-1?key={mine}")
    assert (unknown.status, unknown.words) == (404, refused.words)
    nonsense = await browser.get("/decision/nonsense?key=x")
    assert (nonsense.status, nonsense.words) == (404, refused.words)


async def test_keys_given_out_still_open_after_secrets_are_rotated(
    world: World, browser: Browser, tmp_path: Path
) -> None:
    world.app.secrets = Secrets.load_or_create(tmp_path / "rotated")
    at, row = await decided(world)
    case = decisions.case_of(row.number)
    decision = page_of(row, decisions.key(world.app, row.number, at.ada.user_id))
    status = links.follow(world.app, case)
    assert (await browser.get(decision)).status == 200
    world.app.secrets = Secrets.rotate(tmp_path / "rotated")
    assert links.follow(world.app, case) != status
    assert (await browser.get(decision)).status == 200
    assert (await browser.get(status)).status == 200


async def test_who_gave_notice_reads_their_own_letter(world: World, browser: Browser) -> None:
    at, row = await decided(world)
    page = await browser.get(page_of(row, decisions.key(world.app, row.number, 0)))
    assert "Le contenu a été retiré" in page.words
    assert at.link() not in page.words, "not the link of somebody else's post"


async def test_a_reversed_decision_says_so(world: World, browser: Browser) -> None:
    at, row = await decided(world)
    lodged = await appeals.lodge(world.app, row, at.ada.user_id, email="", text=WHY, language="en")
    await appeals.decide(world.app, OTHER, lodged.number, "reverse", "Indeed.", command="r")
    page = await browser.get(page_of(row, decisions.key(world.app, row.number, at.ada.user_id)))
    assert "This decision was replaced by" in page.words
    assert "/contester" not in page.text


async def test_a_refused_objection_keeps_every_word(world: World, browser: Browser) -> None:
    at, row = await decided(world)
    key = decisions.key(world.app, row.number, at.ada.user_id)
    url = page_of(row, key).replace("?", "/contester?")
    typed = await filled(browser, url, text="Short <b>", contest_email="ada@")
    world.clock.advance(5)
    page = await browser.post(url, typed)
    assert page.status == 422
    assert "Short &lt;b&gt;</textarea>" in page.text
    assert page.values()["contest_email"] == "ada@"
    assert page.text.count('aria-invalid="true"') == 2
    assert await appeals.of_decision(world.app.store, row.number) == []


async def test_the_window_closes(world: World, browser: Browser) -> None:
    at, row = await decided(world)
    world.clock.advance(190 * 86_400)
    key = decisions.key(world.app, row.number, at.ada.user_id)
    page = await browser.get(page_of(row, key))
    assert "six months for a complaint are over" in page.words
    closed = await browser.get(page_of(row, key).replace("?", "/contester?"))
    assert closed.status == 410


# ── my cases ────────────────────────────────────────────────────────────────────────────────────


async def by_code(world: World, browser: Browser, email: str) -> Answer:
    """From the form to the list, with the code of the mail."""
    await browser.post("/mes-dossiers", {"email": email})
    await world.settle()
    mail = [one for one in world.mail.sent if one.to == email.lower()][-1]
    code = re.match(r"\d{6}", mail.subject)
    assert code is not None, mail.subject
    opened = await browser.post("/mes-dossiers/code", {"email": email, "code": code[0]})
    assert opened.status == 303
    return await browser.get(opened.headers["location"])


async def test_a_code_by_mail_opens_the_cases_of_that_address(
    world: World, browser: Browser
) -> None:
    _, row = await decided(world)
    page = await by_code(world, browser, "Notifier@people.example")
    number = case_numbers.text(decisions.case_of(row.number))
    assert number in page.words
    assert "You wrote to us" in page.words
    link = re.search(r'href="(/mes-dossiers/[^"]+/PB-[^"]+)"', page.text)
    assert link is not None
    case = await browser.get(link[1])
    assert "Le contenu a été retiré" in case.words
    assert "/contester?key=" in case.text


async def test_a_link_in_the_service_chat_opens_those_of_the_account(
    world: World, browser: Browser
) -> None:
    at, row = await decided(world)
    sent = await browser.post("/mes-dossiers", {"phone": "+" + at.ada.phone})
    assert "If there is an account" in sent.words
    await world.settle()
    said = (await service_chat(at.ada))[0]
    found = re.search(r"https://chat\.example\.org(/mes-dossiers/\S+)", said)
    assert found is not None
    page = await browser.get(found[1])
    assert "It concerns you" in page.words
    case = await browser.get(f"{found[1]}/{case_numbers.text(decisions.case_of(row.number))}")
    assert "La publication fait l’apologie" in case.words
    assert NOTIFIER not in case.words
    world.clock.advance(86_400 + 1)
    assert (await browser.get(found[1])).status == 410, "valid for a day"


async def test_a_suspended_person_objects_by_mail_code(world: World, browser: Browser) -> None:
    at = await scene(world)
    case = await at.open(NOTICE)
    measures = [
        {"kind": "suspend", "item": f"{at.ada.user_id}", "until": "2027-03-01"},
    ]
    row = await at.decide(case, at.form(measures=measures))
    person = Person(at.ada.user_id)
    page = await browser.get(f"/mes-dossiers/{links.mine(world.app, person)}")
    assert "It concerns you" in page.words
    url = page_of(row, decisions.key(world.app, row.number, at.ada.user_id))
    contest = url.replace("?", "/contester?")
    typed = await filled(browser, contest, contest_email="ada@people.example")
    world.clock.advance(10)
    assert (await browser.post(contest, typed)).status == 200
    [lodged] = await appeals.of_decision(world.app.store, row.number)
    assert (lodged.subject, lodged.who) == ("account", "author")
    listed = await by_code(world, browser, "ada@people.example")
    assert "You object" in listed.words


async def test_a_question_is_answered_on_the_page(world: World, browser: Browser) -> None:
    at, row = await decided(world)
    lodged = await appeals.lodge(world.app, row, at.ada.user_id, email="", text=WHY, language="en")
    await appeals.decide(world.app, OTHER, lodged.number, "ask", "Which paper?", command="q")
    token = links.mine(world.app, Person(at.ada.user_id))
    url = f"/mes-dossiers/{token}/{case_numbers.text(lodged.number)}"
    asked = await browser.get(url)
    assert "waits for your answer" in asked.words
    assert "Which paper?" in asked.words, "the question stands there too"
    followed = await browser.get(links.follow(world.app, lodged.number))
    assert "Which paper?" in followed.words
    assert "waits for your answer" in followed.words
    page = await browser.post(url, {"answer": "Le Monde, on Monday."})
    assert "waits for your answer" not in page.words
    state = await at.case(lodged.number)
    assert state.state == "triaged"


async def test_nobody_learns_who_is_known(world: World, browser: Browser) -> None:
    at, _ = await decided(world)
    before = len(world.mail.sent)
    known = await browser.post("/mes-dossiers", {"email": NOTIFIER})
    unknown = await browser.post("/mes-dossiers", {"email": "nobody@people.example"})
    assert known.words.replace(NOTIFIER, "#") == unknown.words.replace("nobody@people.example", "#")
    phones = [
        await browser.post("/mes-dossiers", {"phone": phone})
        for phone in (at.ada.phone, "33612345678")
    ]
    assert phones[0].words == phones[1].words
    await world.settle()
    assert [one.to for one in world.mail.sent[before:]] == [NOTIFIER]


async def test_a_code_can_be_tried_five_times(world: World, browser: Browser) -> None:
    await decided(world)
    await browser.post("/mes-dossiers", {"email": NOTIFIER})
    await world.settle()
    code = re.match(r"\d{6}", world.mail.sent[-1].subject)
    assert code is not None
    for _ in range(5):
        wrong = await browser.post("/mes-dossiers/code", {"email": NOTIFIER, "code": "000000"})
        assert wrong.status == 422
    right = await browser.post("/mes-dossiers/code", {"email": NOTIFIER, "code": code[0]})
    assert right.status == 422


async def test_codes_are_forgotten_and_die_with_time(world: World, browser: Browser) -> None:
    at, _ = await decided(world)
    await browser.post("/mes-dossiers", {"email": NOTIFIER})
    await world.settle()
    code = re.match(r"\d{6}", world.mail.sent[-1].subject)
    assert code is not None
    await at.pass_time(3700)
    late = await browser.post("/mes-dossiers/code", {"email": NOTIFIER, "code": code[0]})
    assert late.status == 422
    await prune(world.app, {})
    assert await world.app.store.rows(_CODES) == []


async def test_tokens_cannot_be_made_up_or_bent(world: World, browser: Browser) -> None:
    at, row = await decided(world)
    token = links.mine(world.app, Person(at.bob.user_id))
    number = case_numbers.text(decisions.case_of(row.number))
    assert (await browser.get(f"/mes-dossiers/{token}/{number}")).status == 410, "not Bob's case"
    for bad in ("x", token[:-2], "A" * 200, "é", token[::-1]):
        assert (await browser.get(f"/mes-dossiers/{bad}")).status == 410
    assert STAFF not in (await browser.get(f"/mes-dossiers/{token}")).words


async def test_a_report_from_inside_a_chat_is_among_ones_cases(
    world: World, browser: Browser
) -> None:
    at = await scene(world)
    peer = await at.place.named(at.eve)
    report = api.messages.Report(peer=peer, id=[at.post], option=b"illegal/fraud", message="x")
    await at.eve.call(report)
    [row] = await reports.listed(world.app)
    page = await browser.get(f"/mes-dossiers/{links.mine(world.app, Person(at.eve.user_id))}")
    assert "You reported it" in page.words
    assert case_numbers.text(row.number) in page.words
    other = await browser.get(f"/mes-dossiers/{links.mine(world.app, Person(at.bob.user_id))}")
    assert "There is no case for you" in other.words
