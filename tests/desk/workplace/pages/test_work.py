"""The workplace: queues, the case page and what is done there, decisions, holds, disclosures."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

import msgspec
import pyrage

from petitbleu.desk.adjudication.appeals import service as appeals
from petitbleu.desk.adjudication.decisions import numbers
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.adjudication.decisions.service import DecisionRow
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.intake import canary
from petitbleu.desk.orders.disclosures import notices
from petitbleu.desk.orders.holds import service as holds
from petitbleu.desk.outside import canaries
from petitbleu.desk.reference.law import service as law
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.query import query
from tests.desk.adjudication.decisions.deciding import FORM, NOTICE, ORDER, Scene, scene
from tests.desk.kit import add_key, opened
from tests.kit.desk import DeskSite, Person


class _Due(NamedTuple):
    due: int


_PLANNED = query("select due from job where kind = :kind", _Due)


def flat(form: dict[str, Any]) -> dict[str, Any]:
    """A decision form as a page sends it."""
    sent: dict[str, Any] = {}
    for name, value in form.items():
        if name == "measures":
            for at, row in enumerate(value):
                sent |= {f"measures.{at}.{field}": words for field, words in row.items()}
        else:
            sent[name] = value
    return sent


async def case_of(desk: DeskSite, number: int) -> cases.CaseState:
    state = await cases.get(desk.world.app.store, number)
    assert state is not None
    return state


async def test_mail_queues_and_the_next_case(desk: DeskSite) -> None:
    ada = await desk.person("legal")
    assert "nothing ever arrived" in (await ada.get("/desk/mail")).words
    for index in range(53):
        await opened(
            desk.world, "art16_notice", title="Lampe" if index < 7 else "Notice", language="de"
        )
    order = await opened(desk.world, "tco_removal_order", title="Removal order", urgency=0)
    page = await ada.get("/desk/mail")
    assert page.text.count("data-row") == 50 and "Removal order" in page.words
    more = await ada.get("/desk/mail?after=" + page.text.split("after=")[1].split('"')[0])
    assert more.text.count("data-row") == 4
    following = await ada.get("/desk/next")
    assert following.headers["location"] == f"/desk/cases/{case_numbers.text(order)}"
    filtered = await ada.get("/desk/queues?kind=tco_removal_order&urgency=0&owner=0")
    assert filtered.text.count("data-row") == 1
    found = await ada.get("/desk/search?q=kind:art16_notice+language:de+LAMPE")
    assert found.text.count("data-row") == 7
    direct = await ada.get(f"/desk/search?q={case_numbers.text(order).lower()}")
    assert direct.status == 303
    assert "search" in await desk.actions()


async def test_a_case_is_taken_sorted_noted_and_closed(desk: DeskSite) -> None:
    ada, bea = await desk.person("triage"), await desk.person("triage")
    number = await opened(desk.world, "unsorted", title="Bonjour")
    base = f"/desk/cases/{case_numbers.text(number)}"
    assert "Bonjour" not in (await desk.outsider().get(base)).words
    await ada.get(base)
    assert (await case_of(desk, number)).looked_at is not None
    assert (await ada.post(f"{base}/take")).status == 303
    refused = await bea.post(f"{base}/take")
    assert refused.status == 409 and "has taken this case" in refused.words
    page = await bea.get(base)
    assert "works on this case" in page.words and "Looking at it now" in page.words
    assert (await bea.post(f"{base}/note", {"text": "I know this sender"})).status == 303
    wrong = await ada.post(f"{base}/triage", {"kind": "nonsense", "targets": "https://x/1"})
    assert wrong.status == 422 and "Choose a kind" in wrong.words and "https://x/1" in wrong.text
    sorted_ = {"kind": "dsar", "targets": "@ada\n\nhttps://x/1", "language": "FR"}
    assert (await ada.post(f"{base}/triage", sorted_)).status == 303
    state = await case_of(desk, number)
    assert (state.kind, state.targets, state.language) == ("dsar", ["@ada", "https://x/1"], "fr")
    assert (await ada.post(f"{base}/close", {"end": "executed", "why": "x"})).status == 422
    assert (await ada.post(f"{base}/close", {"end": "not_ours", "why": ""})).status == 422
    assert (await ada.post(f"{base}/close", {"end": "not_ours", "why": "wrong city"})).status == 303
    assert (await ada.post(f"{base}/take")).status == 409
    assert (await ada.post(f"{base}/reopen", {"why": "they wrote again"})).status == 303
    assert (await case_of(desk, number)).closed_at is None


async def test_clocks_are_confirmed_and_urgency_is_lowered_by_who_may(desk: DeskSite) -> None:
    ada, lead = await desk.person("triage"), await desk.person("lead")
    number = await opened(desk.world, "dsa_art9_order")
    base = f"/desk/cases/{case_numbers.text(number)}"
    for at, status in (("soon", 422), ("2027-13-01", 422), ("2027-03-01 14:30", 303)):
        sent = {"clock": "dsa9.order_deadline", "at": at}
        assert (await ada.post(f"{base}/deadline", sent)).status == status
    assert (await ada.post(f"{base}/deadline", {"clock": "tco.remove", "at": "x"})).status == 422
    state = await case_of(desk, number)
    assert state.given["dsa9.order_deadline"].confirmed
    assert (await ada.post(f"{base}/clock", {"clock": "dsa9.acknowledge"})).status == 303
    lower = {"urgency": "3", "why": "not urgent"}
    assert (await ada.post(f"{base}/urgency", lower)).status == 403
    assert (await lead.post(f"{base}/urgency", {"urgency": "3", "why": ""})).status == 422
    assert (await lead.post(f"{base}/urgency", lower)).status == 303
    assert (await ada.post(f"{base}/close", {"end": "bulk", "why": "x"})).status == 422


async def test_a_clause_of_secrecy_of_a_letter_is_shown_beside_the_question(desk: DeskSite) -> None:
    now = int(desk.world.app.clock.now())
    clause = {"until": now + 30 * 86_400, "words": "Do not tell the user."}
    number = await opened(
        desk.world, "dsa_art10_order", targets=["@bassin"], facts={"confidentiality": clause}
    )
    ada = await desk.person("legal")
    base = f"/desk/cases/{case_numbers.text(number)}"
    state = await case_of(desk, number)
    said = cases.secrecy(desk.world.app, state)
    assert said is not None and said.until is not None
    shown = await ada.get(base)
    assert f"must not be told before the end of {said.until}" in shown.words
    assert "Do not tell the user." in shown.words
    for page in ("decide", "disclose"):
        asked = await ada.get(f"{base}/{page}")
        assert "Do not tell the user." in asked.words and "May the person be told?" in asked.words
        question = asked.text.split('id="tell"')[1].split("</fieldset>")[0]
        assert "checked" not in question, "there is no default"
    await desk.world.app.store.write(notices.plan_person, desk.world.app, state, 1)
    assert await desk.world.app.store.rows(_PLANNED, kind="desk.disclosure_tell") == [], (
        "nobody answered"
    )
    day = (said.until + datetime.timedelta(days=1)).isoformat()
    answer = {"tell": "date", "delay_until": day}
    assert (await ada.sign(f"{base}/telling", answer)).status == 303
    state = await case_of(desk, number)
    await desk.world.app.store.write(notices.plan_person, desk.world.app, state, 1)
    (row,) = await desk.world.app.store.rows(_PLANNED, kind="desk.disclosure_tell")
    assert row.due > now + 29 * 86_400


async def test_where_nothing_is_restricted_the_page_says_so(desk: DeskSite) -> None:
    at = await scene(desk.world)
    base = f"/desk/cases/{case_numbers.text(await at.open(NOTICE))}"
    ada = await desk.person("legal")
    form = flat(FORM | {"outcome": "no_action", "measures": []})
    preview = await ada.post(f"{base}/decide/preview", form)
    assert "No row is sent: nothing is restricted." in preview.words
    done = await ada.sign(f"{base}/decide", form)
    said = (await ada.get(done.headers["location"])).words
    assert "Nothing was restricted" in said and "in force" not in said


async def test_a_notice_is_decided_with_a_preview_and_a_signature(desk: DeskSite) -> None:
    at = await scene(desk.world)
    ada = await desk.person("moderator")
    number = await at.open(NOTICE)
    base = f"/desk/cases/{case_numbers.text(number)}"
    page = await ada.get(f"{base}/decide")
    assert at.link() in page.text
    form = flat(FORM | {"measures": [{"kind": "remove", "item": at.link()}]})
    unfinished = await ada.post(
        f"{base}/decide/preview", {**form, "facts": "", "why": "<b>kept</b>"}
    )
    assert unfinished.status == 422 and "&lt;b&gt;kept&lt;/b&gt;" in unfinished.text
    assert "which facts the decision relies on" in unfinished.words
    preview = await ada.post(f"{base}/decide/preview", form)
    assert preview.status == 200 and FORM["law"] in preview.words
    assert "DECISION_VISIBILITY_CONTENT_REMOVED" in preview.words
    assert await decisions.of_case(desk.world.app.store, number) == []
    assert (await ada.post(f"{base}/decide", form)).status == 403  # not signed
    done = await ada.sign(f"{base}/decide", form)
    assert done.status == 303, done.words
    (row,) = await decisions.of_case(desk.world.app.store, number)
    assert row.actor == f"staff:{ada.id}"
    await at.settle()
    assert await at.place.history(at.bob) == []
    assert "decided" in (await ada.get(base)).words


async def test_closing_an_account_waits_for_a_second_person(desk: DeskSite) -> None:
    at = await scene(desk.world)
    ada, bea = await desk.person("legal"), await desk.person("lead")
    number = await at.open(NOTICE)
    base = f"/desk/cases/{case_numbers.text(number)}"
    form = flat(FORM | {"measures": [{"kind": "close", "item": str(at.ada.user_id)}]})
    asked = await ada.sign(f"{base}/decide", form)
    assert "waits for a second person" in asked.words
    again = await ada.sign(f"{base}/decide", form)
    assert "waits for a second person" in again.words
    assert await decisions.of_case(desk.world.app.store, number) == []
    same = await ada.sign("/desk/seconds/1/answer", {"answer": "agree", "reason": ""})
    assert same.status != 303
    await bea.get("/desk/seconds/1")
    agreed = await bea.sign("/desk/seconds/1/answer", {"answer": "agree", "reason": "yes"})
    assert agreed.status == 303, agreed.words
    other = {**form, "why": "Another reason."}
    assert "waits for a second person" in (await ada.sign(f"{base}/decide", other)).words
    done = await ada.sign(f"{base}/decide", form)
    assert done.status == 303, done.words
    (row,) = await decisions.of_case(desk.world.app.store, number)
    assert (row.actor, row.second) == (f"staff:{ada.id}", f"staff:{bea.id}")


async def test_orders_and_child_abuse_are_for_those_roles(desk: DeskSite) -> None:
    moderator, child = await desk.person("moderator"), await desk.person("child_safety")
    order = case_numbers.text(await opened(desk.world, "dsa_art9_order", title="Order"))
    abuse = case_numbers.text(await opened(desk.world, "csam_notice", title="Abuse"))
    assert (await moderator.get(f"/desk/cases/{abuse}")).status == 404
    assert "Abuse" not in (await moderator.get("/desk/queues")).words
    assert (await child.get(f"/desk/cases/{abuse}")).status == 200
    assert (await moderator.get(f"/desk/cases/{order}/decide")).status == 403
    assert (await moderator.get(f"/desk/cases/{order}/disclose")).status == 403
    assert (await moderator.get("/desk/disclosures")).status == 403
    dpo = await desk.person("dpo")
    assert (await dpo.get(f"/desk/cases/{order}")).status == 403


async def test_a_hold_is_placed_extended_and_ended_by_two(desk: DeskSite) -> None:
    at = await scene(desk.world)
    ada, bea = await desk.person("legal"), await desk.person("lead")
    number = await at.open(ORDER)
    base = f"/desk/cases/{case_numbers.text(number)}"
    wrong = await ada.post(f"{base}/hold", {"target": "@nobody", "days": "60", "reason": "x"})
    assert wrong.status == 422 and "@nobody" in wrong.words
    held = {"target": at.link(), "days": "60", "reason": "EPOC-PR"}
    assert (await ada.post(f"{base}/hold", held)).status == 303
    (row,) = await holds.of_case(desk.world.app.store, number)
    renewed = await ada.post(f"/desk/holds/{row.id}/renew", {"days": "30", "reason": "Annex VI"})
    assert renewed.status == 303
    after = await holds.get(desk.world.app.store, row.id)
    assert after is not None and after.until == row.until + 30 * 86_400
    end = {"reason": "withdrawn"}
    assert (await ada.sign(f"/desk/holds/{row.id}/end", end)).status == 303
    await bea.get("/desk/seconds/1")
    await bea.sign("/desk/seconds/1/answer", {"answer": "agree", "reason": ""})
    assert "EPOC-PR" in (await ada.get("/desk/holds")).words
    await ada.sign(f"/desk/holds/{row.id}/end", end)
    assert "Nothing is held" in (await ada.get("/desk/holds")).words


async def directory_key(desk: DeskSite) -> str:
    """A key of an authority that was confirmed by telephone."""
    key = str(pyrage.x25519.Identity.generate().to_public())
    await add_key(desk.world, key)
    return key


async def test_data_are_given_by_two_people_through_the_pages(desk: DeskSite) -> None:
    at = await scene(desk.world)
    ada, bea = await desk.person("legal"), await desk.person("lead")
    number = await opened(desk.world, "epoc", sender="zcb@justiz.example", language="en")
    base = f"/desk/cases/{case_numbers.text(number)}"
    page = await ada.get(f"{base}/disclose")
    assert "checked" not in page.text.split('name="field"')[1]
    plan = {
        "account": str(at.bob.user_id),
        "field": ["name", "sign_ins"],
        "since": "2026-12-01",
        "until": "2027-01-31",
        "key": await directory_key(desk),
        "minimised": "the order names these",
        "verdict": "sound",
    }
    missing = await ada.sign(f"{base}/disclose", {**plan, "field": []})
    assert missing.status == 422 and "the order names these" in missing.text
    assert (
        (await ada.sign(f"{base}/disclose", plan))
        .headers["location"]
        .startswith("/desk/disclosures/1?")
    )
    early = await ada.sign("/desk/disclosures/1/make")
    assert early.status == 409
    shown = await bea.get("/desk/seconds/1")
    assert "sign-ins: time, address, port" in shown.words and "sound" not in shown.words
    await bea.sign("/desk/seconds/1/answer", {"answer": "agree", "reason": ""})
    made = await ada.sign("/desk/disclosures/1/make")
    assert made.status == 200 and "/divulgation/" in made.text


async def _every(ada: Person, number: str) -> None:
    for path in (
        *("/desk/mail", "/desk/queues", "/desk/mine", "/desk/orders", "/desk/appeals"),
        *("/desk/search?q=x", "/desk/holds", "/desk/disclosures"),
        *(f"/desk/cases/{number}", f"/desk/cases/{number}/decide"),
    ):
        assert (await ada.get(path)).status == 200, path


async def test_every_page_speaks_french(desk: DeskSite) -> None:
    ada = await desk.person("lead", language="fr")
    number = case_numbers.text(await opened(desk.world, "epoc_emergency", title="EPOC"))
    await _every(ada, number)
    page = await ada.get(f"/desk/cases/{number}/disclose")
    assert "Rappel au numéro de l’annuaire" in page.words


async def complained(
    desk: DeskSite, role: str = "moderator"
) -> tuple[Scene, Person, str, DecisionRow]:
    """A decision of Ada's at the desk, and a complaint of the author about it."""
    at = await scene(desk.world)
    ada = await desk.person(role)
    number = await at.open(NOTICE)
    form = flat(FORM | {"measures": [{"kind": "remove", "item": at.link()}]})
    done = await ada.sign(f"/desk/cases/{case_numbers.text(number)}/decide", form)
    assert done.status == 303, done.words
    await at.pass_time(601)
    await at.pass_time(31)
    (row,) = await decisions.of_case(desk.world.app.store, number)
    text = "It was satire, see the date."
    lodged = await appeals.lodge(
        desk.world.app, row, at.ada.user_id, email="", text=text, language="en"
    )
    return at, ada, case_numbers.text(lodged.number), row


async def test_a_complaint_is_decided_by_somebody_else_and_reversed(desk: DeskSite) -> None:
    at, ada, number, _ = await complained(desk)
    bea = await desk.person("moderator")
    assert (await ada.get(f"/desk/cases/{number}/appeal")).status == 403
    page = await bea.get(f"/desk/cases/{number}/appeal")
    assert "It was satire" in page.words and FORM["law"] in page.words
    answer = {"outcome": "reverse", "text": ""}
    assert (await bea.sign(f"/desk/cases/{number}/appeal", answer)).status == 422
    refused = await ada.sign(f"/desk/cases/{number}/appeal", answer | {"text": "x"})
    assert refused.status == 403
    done = await bea.sign(f"/desk/cases/{number}/appeal", answer | {"text": "You are right."})
    assert done.status == 303, done.words
    await at.settle()
    assert await at.place.history(at.bob) == ["Saluons l’attentat"]


async def test_a_complaint_can_end_in_another_decision(desk: DeskSite) -> None:
    _, ada, number, row = await complained(desk)
    bea = await desk.person("moderator")
    about = case_numbers.text(numbers.case_of(row.number))
    assert (await bea.get(f"/desk/cases/{about}/decide")).status == 409
    to = f"/desk/cases/{number}/appeal/change"
    assert (await ada.get(to)).status == 403
    page = await bea.get(to)
    assert page.status == 200 and "the complainant reads it" in page.words
    form = flat(FORM | {"outcome": "no_action", "measures": []})
    sent = {**form, "appeal_text": "We looked again: nothing has to be done."}
    done = await bea.sign(to, sent)
    assert done.status == 303, done.words
    assert len(await decisions.of_case(desk.world.app.store, numbers.case_of(row.number))) == 2


async def test_duties_warnings_and_defects_are_said_in_words(desk: DeskSite) -> None:
    for kind in law.load_law(desk.world.app).kinds.values():
        for rule in kind.clocks:
            assert law.duty(rule.action, "fr") != rule.action, rule.action
    ada = await desk.person("legal", language="fr")
    number = await opened(
        desk.world, "dsa_art9_order", warnings=["look_alike_domain"], formal_defects=["x_new"]
    )
    page = await ada.get(f"/desk/cases/{case_numbers.text(number)}")
    assert "look_alike_domain" not in page.words and "x_new" in page.words
    assert "dire à l’autorité si et quand" in page.words
    assert "règlement (UE) 2022/2065, article 9, paragraphe 1" in page.words
    assert "dsa9." not in page.words and "Art 9" not in page.words
    for kind in law.load_law(desk.world.app).kinds.values():
        named = {one.id: law.duty(one.action, "fr") for one in kind.clocks}
        assert len(set(named.values())) == len(named), kind.kind  # they are told apart in a list


async def test_the_team_is_shown_in_words(desk: DeskSite) -> None:
    ada = await desk.person("director", "dpo", language="fr")
    await desk.person("legal", queues=["epoc", "csam_notice"], measures=["close"])
    page = await ada.get("/desk/team")
    table = page.text[page.text.index("<tbody>") : page.text.index("</tbody>")]
    assert "Contenu pédocriminel, Injonction de production" in table and "tout" in table
    assert "csam_notice" not in table and ">*<" not in table
    assert ">csam_notice<" not in page.text, "what is chosen stands in words"
    log = await ada.get("/desk/log")
    assert ">n° 2</a>" in log.text.replace("\u00a0", " ") and ">ligne de commande</a>" in log.text
    assert ">staff:2</a>" not in log.text and "actor=staff%3A2" in log.text


async def test_a_request_about_a_case_is_for_whoever_may_see_the_case(desk: DeskSite) -> None:
    at = await scene(desk.world)
    ada, bea = await desk.person("child_safety"), await desk.person("lead")
    number = await at.open(NOTICE | {"kind": "csam_notice"})
    form = flat(FORM | {"measures": [{"kind": "close", "item": str(at.ada.user_id)}]})
    asked = await ada.sign(f"/desk/cases/{case_numbers.text(number)}/decide", form)
    assert "waits for a second person" in asked.words
    hidden = await bea.get("/desk/seconds/1")
    assert hidden.status == 404 and FORM["facts"] not in hidden.words
    refused = await bea.sign("/desk/seconds/1/answer", {"answer": "agree", "reason": ""})
    assert refused.status == 404
    eve = await desk.person("child_safety")
    assert FORM["facts"] in (await eve.get("/desk/seconds/1")).words


async def test_the_clock_of_an_order_is_stopped_by_who_decides_orders(desk: DeskSite) -> None:
    ada, bea = await desk.person("triage"), await desk.person("legal")
    number = await opened(desk.world, "tco_removal_order", urgency=0)
    base = f"/desk/cases/{case_numbers.text(number)}"
    assert (await ada.post(f"{base}/clock", {"clock": "tco.remove"})).status == 403
    assert (await ada.post(f"{base}/clock", {"clock": "tco.acknowledge"})).status == 303
    assert (await bea.post(f"{base}/clock", {"clock": "tco.remove"})).status == 303


async def test_a_search_says_what_it_knows_and_that_nothing_fits(desk: DeskSite) -> None:
    ada = await desk.person("legal")
    page = await ada.get("/desk/search")
    assert (
        "has:order orders and requisitions" in page.words and "kind:production-order" in page.words
    )
    assert "Nothing waits" not in page.words and "No case you may see fits" not in page.words
    assert "No case you may see fits" in (await ada.get("/desk/search?q=nowhere")).words
    number = await opened(desk.world, "tco_removal_order")
    for asked in (
        *("has:order", "kind:tco_removal_order", "kind:terrorist-content-removal-order"),
        *(
            "kind:Injonction-de-retrait-contenu-a-caractere-terroriste",
            "state:nouveau",
            "state:new",
        ),
    ):
        assert case_numbers.text(number) in (await ada.get(f"/desk/search?q={asked}")).words, asked
    for other in ("kind:notice", "state:decided", "kind:production-order"):
        assert case_numbers.text(number) not in (await ada.get(f"/desk/search?q={other}")).words


async def test_what_a_removal_keeps_is_said_by_its_act(desk: DeskSite) -> None:
    at = await scene(desk.world)
    lea = await desk.person("lead", language="fr")
    case = await at.open(ORDER | {"kind": "tco_removal_order", "urgency": 0})
    await at.decide(case, at.form(source="other"))
    words = (await lea.get("/desk/holds")).words
    assert "règlement (UE) 2021/784, article 6, paragraphe 1" in words and "Art 6" not in words


async def test_a_list_says_what_cases_are_about_and_an_empty_one_how_the_doors_are(
    desk: DeskSite,
) -> None:
    ada = await desk.person("lead")
    app = desk.world.app
    app.config = msgspec.structs.replace(
        app.config, desk=msgspec.structs.replace(app.config.desk, addresses=("law@example.org",))
    )
    assert "nothing ever arrived. Test messages" not in (await ada.get("/desk/queues")).words
    await canaries.run(app)
    await desk.world.settle()
    assert "Test messages: 2/2." in (await ada.get("/desk/queues")).words
    desk.world.clock.advance(canary.SILENCE)
    assert "Test messages: 0/2." in (await ada.get("/desk/queues")).words
    await opened(
        desk.world, "art16_notice", category="STATEMENT_CATEGORY_SCAMS_AND_FRAUD", target=5, item=3
    )
    words = (await ada.get("/desk/queues")).words
    assert "Notice Scams and/or fraud · a message or post" in words
