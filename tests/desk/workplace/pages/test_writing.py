"""Letters from the case page: what is asked, what waits for the answer, what goes on with it."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import pytest

from petitbleu.desk.adjudication.correspondence import service as correspondence
from petitbleu.desk.adjudication.correspondence.service import Wanted
from petitbleu.desk.adjudication.decisions import printing
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.intake import service as intake
from petitbleu.desk.reference.directory import service as directory
from petitbleu.domain.safety.case_numbers import service as case_numbers
from tests.desk.adjudication.decisions.deciding import NOTICE, ORDER, TCO
from tests.desk.intake.mails import MX, mail
from tests.desk.kit import opened
from tests.desk.workplace.pages.test_work import case_of
from tests.kit.desk import DeskSite

HOUR = 3600
QUESTION = {
    "kind": "ask_authority",
    "text": "Le lien ne mène nulle part : merci de le vérifier.",
    "missing": ["location_missing"],
    "pause": "1",
}


async def order(desk: DeskSite, kind: dict[str, Any], **more: Any) -> tuple[int, str]:
    now = int(desk.world.clock.now())
    number = await opened(desk.world, **(kind | {"received_at": now} | more))
    return number, f"/desk/cases/{case_numbers.text(number)}"


async def send_all(desk: DeskSite, number: int) -> list[EmailMessage]:
    for row in await letters.of_case(desk.world.app.store, number):
        await letters.send(desk.world.app, row.id)
    return [one.message for one in desk.world.mail.sent if one.message is not None]


def due(desk: DeskSite, state: cases.CaseState, clock: str) -> int | None:
    return next(one.due for one in cases.clocks(desk.world.app, state) if one.id == clock)


async def answer(desk: DeskSite, number: int, sender: str, **more: Any) -> bool:
    subject = f"Re: {case_numbers.text(number)}"
    raw = mail(sender, "legal@petitbleu.example", subject, "Voici le bon lien.", **more)
    done = await intake.deliver(desk.world.app, raw, channel="smtp")
    return done.case == number


@pytest.fixture
async def ready(desk: DeskSite) -> DeskSite:
    app = desk.world.app
    await directory.set_operator(app, {"country": "FR", "authserv_id": MX}, "operator")
    court = {"name": "Tribunal judiciaire", "country": "FR", "domain": "tribunal.example"}
    await directory.add(app, [court], "operator")
    return desk


async def test_a_question_pauses_when_it_has_left_and_its_answer_starts_the_clock_again(
    ready: DeskSite,
) -> None:
    ada = await ready.person("legal")
    number, base = await order(ready, ORDER)
    blank = await ada.get(f"{base}/letter")
    assert "tell the authority if and when effect was given" in blank.words
    assert "Write a letter" in (await ada.get(base)).words
    seen = await ada.post(f"{base}/letter/preview", QUESTION)
    assert "Le lien ne mène nulle part" in seen.words and "will wait" in seen.words
    assert not await letters.of_case(ready.world.app.store, number), "a look sends nothing"
    done = await ada.sign(f"{base}/letter", QUESTION)
    assert done.status == 303, done.words
    state = await case_of(ready, number)
    assert state.state == "awaiting_authority" and not correspondence.paused(state)
    ready.world.clock.advance(HOUR)
    (message,) = await send_all(ready, number)
    assert (message["To"], case_numbers.text(number) in message["Subject"]) == (
        ORDER["sender"],
        True,
    )
    assert "emplacement exact" in message.get_content()
    state = await case_of(ready, number)
    assert state.pauses == [(int(ready.world.clock.now()), None)]
    assert due(ready, state, "dsa9.effect") is None
    ready.world.clock.advance(HOUR)
    assert await answer(ready, number, ORDER["sender"])
    state = await case_of(ready, number)
    assert (state.state, state.pauses[-1][1]) == ("review", int(ready.world.clock.now()))
    assert due(ready, state, "dsa9.effect") is not None


async def test_a_machine_that_answers_is_no_answer(ready: DeskSite) -> None:
    ada = await ready.person("legal")
    number, base = await order(ready, ORDER)
    assert (await ada.sign(f"{base}/letter", QUESTION)).status == 303
    await send_all(ready, number)
    away = {"Auto-Submitted": "auto-replied"}
    assert await answer(ready, number, ORDER["sender"], headers=away)
    state = await case_of(ready, number)
    assert state.state == "awaiting_authority" and correspondence.paused(state)


async def test_a_removal_order_pauses_only_with_its_form(ready: DeskSite) -> None:
    ada = await ready.person("legal")
    number, base = await order(ready, TCO)
    refused = await ada.sign(f"{base}/letter", QUESTION)
    assert refused.status == 422 and "only together with the form" in refused.words
    assert (await case_of(ready, number)).state == "new"
    form = QUESTION | {"obstacle": "insufficient_information"}
    assert "Annex III" in (await ada.post(f"{base}/letter/preview", form)).words
    assert (await ada.sign(f"{base}/letter", form)).status == 303
    ready.world.clock.advance(600)
    (message,) = await send_all(ready, number)
    names = [one.get_filename() for one in message.iter_attachments()]
    assert names == ([] if printing.missing() else [f"{case_numbers.text(number)}-annex3.pdf"])
    state = await case_of(ready, number)
    assert due(ready, state, "tco.remove") is None and "tco.impossible" in state.done
    ready.world.clock.advance(2 * HOUR)
    assert await answer(ready, number, TCO["sender"])
    state = await case_of(ready, number)
    now = int(ready.world.clock.now())
    assert due(ready, state, "tco.remove") == now + HOUR, "the whole hour begins again"


async def test_whoever_was_asked_at_another_address_is_believed_and_nobody_else(
    ready: DeskSite,
) -> None:
    ada = await ready.person("legal")
    number, base = await order(ready, NOTICE)
    form = {"kind": "ask_person", "text": "Which post?", "to": "Flagger@help.example"}
    assert (await ada.sign(f"{base}/letter", form)).status == 303
    (message,) = await send_all(ready, number)
    assert message["To"] == "flagger@help.example"
    assert not await answer(ready, number, "eve@evil.example")
    assert not await answer(ready, number, "flagger@help.example", auth="fail")
    assert (await case_of(ready, number)).state == "awaiting_info"
    assert await answer(ready, number, "flagger@help.example")
    assert (await case_of(ready, number)).state == "review"


async def test_a_question_that_never_left_holds_nothing_up(
    ready: DeskSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = await ready.person("legal")
    number, base = await order(ready, ORDER)
    assert (await ada.sign(f"{base}/letter", QUESTION)).status == 303

    async def down(*_: object) -> str:
        raise OSError("no route to host")

    monkeypatch.setattr(ready.world.app.mail, "post", down)
    await send_all(ready, number)
    assert not correspondence.paused(await case_of(ready, number))
    ready.world.clock.advance(letters.GIVE_UP + 1)
    await send_all(ready, number)
    state = await case_of(ready, number)
    assert (state.state, correspondence.paused(state)) == ("review", False)
    told = [row.kind for row in await cases.timeline(ready.world.app.store, number)]
    assert "letter.failed" in told
    ready.world.errors.clear()  # the failure was said there, too
    await ada.sign_in()
    assert "letter could not be sent" in (await ada.get(base)).words


async def test_an_answer_changes_no_state_and_may_follow_a_closed_case(ready: DeskSite) -> None:
    ada = await ready.person("moderator")
    number, base = await order(ready, NOTICE)
    assert (await ada.post(f"{base}/close", {"end": "no_action", "why": "answered"})).status == 303
    asked = {"kind": "ask_person", "text": "Which?"}
    assert (await ada.sign(f"{base}/letter", asked)).status == 422
    done = await ada.sign(f"{base}/letter", {"kind": "answer", "text": "C’était déjà retiré."})
    assert done.status == 303
    assert (await case_of(ready, number)).state == "closed"
    (message,) = await send_all(ready, number)
    assert "déjà retiré" in message.get_content() and message["Subject"].endswith(
        f"({case_numbers.text(number)})"
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "poem"}, "Choose what it is"),
        ({"text": "", "missing": ""}, "Write something"),
        ({"text": "### fill in ###"}, "template cannot be used"),
        ({"to": "not an address"}, "no e-mail address"),
        ({"text": "x" * 20_001}, "At most 20000"),
    ],
)
async def test_what_cannot_be_sent_comes_back_with_its_words(
    ready: DeskSite, change: dict[str, str], said: str
) -> None:
    ada = await ready.person("legal")
    number, base = await order(ready, ORDER)
    page = await ada.sign(f"{base}/letter", QUESTION | change)
    assert page.status == 422 and said in page.words, page.words
    assert not await letters.of_case(ready.world.app.store, number)


async def test_letters_are_written_by_who_may_decide_and_about_orders_by_who_may_orders(
    ready: DeskSite,
) -> None:
    tim, bea = await ready.person("triage"), await ready.person("moderator")
    _, base = await order(ready, ORDER)
    _, notice = await order(ready, NOTICE)
    assert (await tim.get(f"{notice}/letter")).status == 403
    assert (await bea.get(f"{base}/letter")).status == 403
    assert (await bea.sign(f"{base}/letter", QUESTION)).status == 403
    assert (await bea.get(f"{notice}/letter")).status == 200
    assert "Write a letter" not in (await bea.get(base)).words


async def test_the_same_letter_sent_twice_leaves_once(ready: DeskSite) -> None:
    number, _ = await order(ready, ORDER)
    wanted = Wanted(kind="answer", text="Voici.")
    app = ready.world.app
    first = await correspondence.send(app, "staff:1", number, wanted, once="a")
    assert await correspondence.send(app, "staff:1", number, wanted, once="a") == first
    told = [row.kind for row in await cases.timeline(app.store, number)]
    assert told.count("letter") == 1
