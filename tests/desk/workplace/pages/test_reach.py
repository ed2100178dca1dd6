"""Nothing that hangs on a case is reached by who may not see the case; nothing is seen unlogged."""

from __future__ import annotations

import re

import pytest

from petitbleu.desk.adjudication.appeals import service as appeals
from petitbleu.desk.adjudication.decisions import numbers
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.adjudication.evidence import access
from petitbleu.desk.adjudication.evidence.access import Why
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.orders.holds import service as holds
from petitbleu.desk.staffing.approvals import service as approvals
from petitbleu.desk.workplace.pages import routes, shell
from petitbleu.domain.safety.case_numbers import service as case_numbers
from tests.desk.adjudication.decisions.deciding import FORM, NOTICE, ORDER, scene
from tests.desk.kit import opened
from tests.desk.workplace.pages.test_work import case_of, complained, directory_key, flat
from tests.kit.desk import DeskSite, Person, holder_on_duty

routes.load()


async def test_a_hold_of_another_queue_is_neither_listed_nor_changed(desk: DeskSite) -> None:
    at = await scene(desk.world)
    ada = await desk.person("legal")
    bob = await desk.person("moderator", queues=["art16_notice"])
    number = await at.open(ORDER)
    base = f"/desk/cases/{case_numbers.text(number)}"
    held = {"target": at.link(), "days": "60", "reason": "Investigation of Mr Smith"}
    assert (await ada.post(f"{base}/hold", held)).status == 303
    (row,) = await holds.of_case(desk.world.app.store, number)
    assert "Mr Smith" in (await ada.get("/desk/holds")).words
    assert "Mr Smith" not in (await bob.get("/desk/holds")).words
    longer = {"days": "30", "reason": "because"}
    assert (await bob.post(f"/desk/holds/{row.id}/renew", longer)).status == 404
    assert (await bob.sign(f"/desk/holds/{row.id}/end", longer)).status == 404
    assert await holds.get(desk.world.app.store, row.id) == row
    assert "second.ask" not in await desk.actions()


async def test_a_disclosure_of_another_queue_is_neither_listed_shown_nor_made(
    desk: DeskSite,
) -> None:
    at = await scene(desk.world)
    ada, bob = await desk.person("legal"), await desk.person("legal", queues=["art16_notice"])
    number = case_numbers.text(await opened(desk.world, "epoc", sender="zcb@justiz.example"))
    plan = {
        "account": str(at.bob.user_id),
        "field": ["name"],
        "since": "2026-12-01",
        "until": "2027-01-31",
        "key": await directory_key(desk),
        "minimised": "the order names this",
    }
    made = await ada.sign(f"/desk/cases/{number}/disclose", plan)
    assert made.headers["location"].startswith("/desk/disclosures/1?")
    assert number in (await ada.get("/desk/disclosures")).words
    assert number not in (await bob.get("/desk/disclosures")).words
    assert (await bob.get("/desk/disclosures/1")).status == 404
    assert (await bob.sign("/desk/disclosures/1/make")).status == 404


async def test_who_may_not_decide_orders_cannot_sort_or_close_one_away(desk: DeskSite) -> None:
    tim, ada = await desk.person("triage"), await desk.person("legal")
    number = await opened(desk.world, "tco_removal_order", urgency=0)
    base = f"/desk/cases/{case_numbers.text(number)}"
    for kind in ("art16_notice", "unsorted"):
        assert (await tim.post(f"{base}/triage", {"kind": kind})).status == 403
    closing = {"end": "no_action", "why": "nothing to see"}
    refused = await tim.post(f"{base}/close", closing)
    assert refused.status == 403 and "legal officer" in refused.words
    state = await case_of(desk, number)
    assert (state.kind, state.closed_at) == ("tco_removal_order", None)
    assert (await tim.post(f"{base}/triage", {"kind": "dsa_art9_order"})).status == 303
    assert (await ada.post(f"{base}/close", closing | {"end": "fraud"})).status == 409, "Tim's case"
    assert (await tim.post(f"{base}/release")).status == 303
    assert (await ada.post(f"{base}/close", closing | {"end": "fraud"})).status == 303


async def test_a_form_that_comes_back_is_a_view_in_the_log(desk: DeskSite) -> None:
    ada = await desk.person("moderator")
    number = case_numbers.text(await opened(desk.world, "art16_notice", title="Bonjour"))
    before = len(await desk.log())
    page = await ada.post(f"/desk/cases/{number}/note", {"text": ""})
    assert page.status == 422 and "What happened" in page.words
    said = [(one.actor, one.action, one.subject) for one in (await desk.log())[before:]]
    assert said[-1] == (f"staff:{ada.id}", "view", number)
    done = await ada.post(f"/desk/cases/{number}/note", {"text": "seen"})
    assert done.status == 303
    assert (await desk.actions())[-1] == "case.note", "nothing was shown"


@pytest.mark.parametrize(
    "path",
    [
        "/desk/queues?owner=%C2%B2",
        "/desk/queues?owner=99999999999999999999999",
        "/desk/queues?after=9999999999999999999-99999999999999999",
        "/desk/search?q=owner:%C2%B2+owner:99999999999999999999999",
        "/desk/log?before=%C2%B2",
    ],
)
async def test_numbers_that_are_none_are_no_trouble(desk: DeskSite, path: str) -> None:
    ada = await desk.person("lead")
    assert (await ada.get(path)).status == 200


async def test_a_token_beyond_ascii_is_a_wrong_token(desk: DeskSite) -> None:
    ada = await desk.person("lead")
    for path in ("/desk/settings/own", "/desk/touch?path=/desk", "/desk/sign-out"):
        ada.csrf = "é" * 40
        assert (await ada.post(path, {"language": "fr"})).status == 403


async def agree(desk: DeskSite, second: Person, id: int) -> None:
    await second.get(f"/desk/seconds/{id}")
    done = await second.sign(f"/desk/seconds/{id}/answer", {"answer": "agree", "reason": ""})
    assert done.status == 303, done.words


async def test_two_people_answer_a_complaint_and_neither_had_a_part_in_the_decision(
    desk: DeskSite,
) -> None:
    at, ada, number, row = await complained(desk, "legal")
    bea, cai = await desk.person("moderator"), await desk.person("lead")
    path = f"/desk/cases/{number}/appeal/change"
    form = flat(FORM | {"measures": [{"kind": "close", "item": str(at.ada.user_id)}]})
    sent = {**form, "appeal_text": "Worse than we thought."}
    assert "waits for a second person" in (await bea.sign(path, sent)).words
    await agree(desk, ada, 1)
    again = await bea.sign(path, sent)
    assert "waits for a second person" in again.words, "Ada took the decision complained about"
    await agree(desk, cai, 2)
    done = await bea.sign(path, sent)
    assert done.status == 303, done.words
    made = (await decisions.of_case(desk.world.app.store, numbers.case_of(row.number)))[-1]
    assert (made.actor, made.second) == (f"staff:{bea.id}", f"staff:{cai.id}")
    assert (await desk.actions()).count("second.use") == 1, "what was agreed to is used up"
    used = {one.id: one.used_at for one in await approvals.recent(desk.world.app.store)}
    assert used[2]


async def test_the_service_refuses_a_second_with_a_part_in_the_decision(desk: DeskSite) -> None:
    at, ada, number, _ = await complained(desk, "legal")
    bea = await desk.person("moderator")
    case = case_numbers.parse(number)
    assert case is not None
    with pytest.raises(appeals.Excluded):
        await appeals.decide(
            desk.world.app,
            f"staff:{bea.id}",
            case,
            "change",
            "Worse than we thought.",
            command="x",
            form=at.form(),
            second=f"staff:{ada.id}",
        )


async def test_a_complaint_about_an_order_is_for_who_may_decide_orders(desk: DeskSite) -> None:
    at = await scene(desk.world)
    ada, bea, cai = [await desk.person(role) for role in ("legal", "moderator", "lead")]
    about = case_numbers.text(await at.open(ORDER))
    form = flat(FORM | {"measures": [{"kind": "remove", "item": at.link()}], "source": "other"})
    done = await ada.sign(f"/desk/cases/{about}/decide", form)
    assert done.status == 303, done.words
    await at.pass_time(631)
    (row,) = await decisions.of_case(desk.world.app.store, case_numbers.parse(about) or 0)
    lodged = await appeals.lodge(
        desk.world.app,
        row,
        at.ada.user_id,
        email="",
        text="It was satire, see the date.",
        language="en",
    )
    path = f"/desk/cases/{case_numbers.text(lodged.number)}/appeal"
    assert (await bea.get(path)).status == 403
    assert (await bea.get(f"{path}/change")).status == 403
    answer = {"outcome": "reverse", "text": "You are right."}
    assert (await bea.sign(path, answer)).status == 403
    assert (await cai.get(path)).status == 200


# ── a case that one may not see is not there, by any address ────────────────────────────────────

HIDDEN = "Inventory of the attic"
OF_A_CASE = sorted(
    {(one.path, method) for one in shell.PAGES for method in one.methods if "{number}" in one.path}
)
FILLED = {
    "kind": "unsorted",
    "why": "to see",
    "text": "to see",
    "state": "review",
    "end": "no_action",
    "urgency": "0",
    "target": "1",
    "days": "7",
    "reason": "to see",
    "report": "PB-2027-000001",
    "outcome": "maintain",
    "decision": "PB-2027-000001-1",
    "step": "warning",
    "party": "0" * 24,
}
"""Enough for any form of a case to do something."""


def addressed(path: str, number: str) -> str:
    known = {"number": number, "copy": number, "place": "1"}
    return re.sub(r"{(\w+)(:\w+)?}", lambda found: known.get(found[1], "1"), path)


@pytest.mark.sometimes(2)
@pytest.mark.turns(2)
@pytest.mark.parametrize(
    ("roles", "queues", "kind"),
    [
        (("lead", "legal", "dpo"), (), "csam_notice"),
        (("moderator",), ("dsar",), "dsa_art9_order"),
        (("legal", "child_safety"), ("art16_notice",), "epoc"),
        (("director", "auditor", "tech"), (), "art16_notice"),
    ],
    ids=["child abuse", "orders", "queues", "no content"],
)
async def test_no_address_of_a_hidden_case_tells_that_there_is_one(
    desk: DeskSite, roles: tuple[str, ...], queues: tuple[str, ...], kind: str
) -> None:
    until = int(desk.world.clock.now()) + 86_400
    eve = await desk.person(*roles, queues=list(queues), until=until)
    await holder_on_duty(desk)
    number = await opened(desk.world, kind, title=HIDDEN, sender="quiet@person.example")
    before = await cases.timeline(desk.world.app.store, number)
    hidden, absent = case_numbers.text(number), "PB-2027-999999"
    for path, method in OF_A_CASE:
        answers = []
        for name in (hidden, absent):
            where = addressed(path, name)
            page = await (eve.get(where) if method == "GET" else eve.sign(where, FILLED))
            answers.append(page.status)
            assert HIDDEN not in page.text and "quiet@person" not in page.text, where
        assert answers[0] == answers[1], f"{method} {path}: {answers}"
        assert answers[0] in (403, 404, 413, 422), f"{method} {path}: {answers}"
    assert await cases.timeline(desk.world.app.store, number) == before


@pytest.mark.parametrize("path", ["/desk/search?q={}", "/desk/search?q=attic", "/desk/queues"])
async def test_lists_and_the_search_do_not_tell_either(desk: DeskSite, path: str) -> None:
    ada = await desk.person("lead", "legal")
    await holder_on_duty(desk)
    number = case_numbers.text(await opened(desk.world, "csam_notice", title=HIDDEN))
    hidden, absent = [await ada.get(path.format(one)) for one in (number, "PB-2027-999999")]
    assert hidden.status == absent.status == 200
    assert hidden.text.replace(number, "") == absent.text.replace("PB-2027-999999", "")


async def test_requests_about_a_hidden_case_are_not_listed(desk: DeskSite) -> None:
    cai, ada = await desk.person("child_safety"), await desk.person("lead")
    number = case_numbers.text(await opened(desk.world, "csam_notice", title=HIDDEN))
    hold = {"target": str((await scene(desk.world)).ada.user_id), "days": "9", "reason": "police"}
    assert (await cai.post(f"/desk/cases/{number}/hold", hold)).status == 303
    assert (await cai.sign("/desk/holds/1/end", {"reason": "over"})).status == 303
    for path in ("/desk", "/desk/seconds"):
        assert number not in (await ada.get(path)).words
    assert number in (await cai.get("/desk/seconds")).words
    assert (await ada.get("/desk/seconds/1")).status == 404


async def test_an_objection_about_child_abuse_stays_with_its_role(desk: DeskSite) -> None:
    at = await scene(desk.world)
    about = await at.open(NOTICE | {"kind": "csam_notice", "title": HIDDEN})
    row = await at.decide(about)
    lodged = await appeals.lodge(
        desk.world.app, row, at.ada.user_id, email="", text="It was a family photo.", language="en"
    )
    ada, cai = await desk.person("lead"), await desk.person("child_safety")
    path = f"/desk/cases/{case_numbers.text(lodged.number)}"
    assert (await ada.get(path)).status == 404
    assert HIDDEN not in (await ada.get("/desk/appeals")).words
    assert (await ada.get(f"/desk/search?q={case_numbers.text(lodged.number)}")).status == 200
    assert (await cai.get(path)).status == 200


async def test_who_wrote_is_told_and_found_by_those_who_may_know_notifiers_alone(
    desk: DeskSite,
) -> None:
    who = {"name": "Nadia Notifier", "country": "", "domain": "mail.example", "trust": "unknown"}
    letter = {"sender": "nadia.n@mail.example", "authority": who, "title": "Insults"}
    number = case_numbers.text(await opened(desk.world, "art16_notice", **letter))
    mod, lead = await desk.person("moderator"), await desk.person("lead")
    for person, told in ((mod, False), (lead, True)):
        case = (await person.get(f"/desk/cases/{number}")).words
        assert ("Nadia Notifier" in case) is ("nadia.n@mail.example" in case) is told
        for words in ("nadia.n@mail.example", "from:nadia.n@mail.example"):
            assert (number in (await person.get(f"/desk/search?q={words}")).words) is told
        assert number not in (await person.get("/desk/search?q=Notifier")).words
        assert number in (await person.get("/desk/search?q=insults")).words


@pytest.mark.sometimes(2)
async def test_details_of_looks_at_content_are_for_readers_of_the_ledger(desk: DeskSite) -> None:
    until = int(desk.world.clock.now()) + 86_400
    ada, dan = await desk.person("lead"), await desk.person("dpo")
    aud = await desk.person("auditor", until=until)
    at = await scene(desk.world)
    number = await at.open(NOTICE)
    row = await at.decide(number)
    (done,) = decisions.measures_of(row)
    why = Why("staff:7", number, "because of Mr Smith")
    await access.opened(desk.world.app, why, done.measure)
    for person, shown in ((ada, False), (dan, True), (aud, True)):
        page = await person.get("/desk/log?action=content.measure")
        assert "sealed copy of a measure seen" in page.words
        assert ("Mr Smith" in page.words) is shown
        checked = await person.post("/desk/log/verify")
        assert ("Mr Smith" in checked.words) is shown
    assert "in the ledger" in (await ada.get("/desk/log?action=content.measure")).words


# ── who may sign reads what they sign, and no more ──────────────────────────────────────────────


async def asked_for_data(desk: DeskSite, kind: str = "epoc") -> tuple[Person, str]:
    """Legal asks a second person about a disclosure under an order; the case's number."""
    at = await scene(desk.world)
    ada = await desk.person("legal", "child_safety")
    number = await opened(desk.world, kind, sender="zcb@justiz.example", reference="5 Js 12/26")
    if kind == "csam_notice":
        hold = {"target": str(at.ada.user_id), "days": "9", "reason": "police"}
        assert (await ada.post(f"/desk/cases/{case_numbers.text(number)}/hold", hold)).status == 303
        assert (await ada.sign("/desk/holds/1/end", {"reason": "over"})).status == 303
        return ada, case_numbers.text(number)
    plan = {
        "account": str(at.bob.user_id),
        "field": ["name"],
        "since": "2026-12-01",
        "until": "2027-01-31",
        "key": await directory_key(desk),
        "minimised": "the order names this",
    }
    made = await ada.sign(f"/desk/cases/{case_numbers.text(number)}/disclose", plan)
    assert made.status == 303, made.words
    return ada, case_numbers.text(number)


@pytest.mark.parametrize("role", ["director", "dpo"])
async def test_who_may_sign_opens_a_request_about_an_order_with_the_order_and_signs(
    desk: DeskSite, role: str
) -> None:
    _, number = await asked_for_data(desk)
    dan = await desk.person(role)
    assert "/desk/seconds/1" in (await dan.get("/desk")).text
    assert number in (await dan.get("/desk/seconds")).words
    page = await dan.get("/desk/seconds/1")
    assert page.status == 200
    assert "5 Js 12/26" in page.words and "the order names this" in page.words
    said = [(one.actor, one.action, one.subject) for one in (await desk.log())[-2:]]
    assert said == [
        (f"staff:{dan.id}", "second.read", number),
        (f"staff:{dan.id}", "view", number),
    ]
    for closed in (f"/desk/cases/{number}", "/desk/disclosures/1", f"/desk/cases/{number}/people"):
        assert (await dan.get(closed)).status == 403, "the case stays with those who work on it"
    await agree(desk, dan, 1)
    assert "second.agree" in await desk.actions()


@pytest.mark.parametrize(
    ("roles", "queues", "kind"),
    [
        (("auditor",), (), "epoc"),
        (("tech",), (), "epoc"),
        (("comments",), (), "epoc"),
        (("director",), ("art16_notice",), "epoc"),
        (("director", "dpo"), (), "csam_notice"),
    ],
    ids=["auditor", "tech", "comments", "another queue", "child abuse"],
)
async def test_nobody_else_opens_it(
    desk: DeskSite, roles: tuple[str, ...], queues: tuple[str, ...], kind: str
) -> None:
    _, number = await asked_for_data(desk, kind)
    eve = await desk.person(*roles, queues=list(queues), until=int(desk.world.clock.now()) + 9999)
    page = await eve.get("/desk/seconds/1")
    assert page.status in (403, 404) and number not in page.words
    assert (await eve.sign("/desk/seconds/1/answer", {"answer": "agree"})).status in (403, 404)
    for path in ("/desk", "/desk/seconds"):
        listed = await eve.get(path)
        assert number not in listed.words and "/desk/seconds/1" not in listed.text
    assert not {"second.agree", "second.read"} & set(await desk.actions())
