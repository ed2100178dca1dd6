"""Transparency: figures down to their cases, drafts, what is published and signed."""

from __future__ import annotations

import re

import pytest

from petitbleu.control import perform
from petitbleu.desk.adjudication.eu_database import queries as queries_eu
from petitbleu.desk.casework.alerts import watch
from petitbleu.desk.reference.directory import service as directory
from petitbleu.desk.transparency import report as reports
from tests.desk.transparency.test_report import a_year
from tests.kit.chromium import Chromium, look
from tests.kit.desk import DeskSite

BASE = "/desk/transparency"


async def test_each_figure_leads_to_its_cases(desk: DeskSite) -> None:
    await a_year(desk.world)
    ada, dot = await desk.person("legal"), await desk.person("director")
    page = await ada.get(f"{BASE}?period=2027")
    link = re.search(r'href="([^"]+)">1<span class="skip"> Orders to act', page.text)
    assert link is not None
    asked = link[1].replace("&amp;", "&")
    listed = await ada.get(asked)
    number = re.search(r"/desk/cases/(PB-2027-\d+)", listed.text)
    assert number is not None and "Ordonnance" in listed.words
    answer = await perform(
        desk.world.app,
        "desk.transparency.cases",
        {
            "period": "2027",
            "part": 3,
            "row": 1,
            "column": "Number of orders to act against illegal content received",
        },
    )
    assert answer["cases"] == [number[1]]
    plain = await dot.get(asked)
    assert number[1] in plain.words, "a director sees numbers of cases"
    assert "Ordonnance" not in plain.words and "/desk/cases/" not in plain.text
    assert (await desk.log())[-1].subject == "transparency:2027-01-01/2027-12-31"


async def test_the_report_opens_after_the_watch_has_looked(desk: DeskSite) -> None:
    lou = await desk.person("lead")
    await watch.look(desk.world.app)
    assert (await lou.get("/desk")).status == 200
    assert (await lou.get(BASE)).status == 200
    assert (await lou.get("/desk")).status == 200


async def test_parts_and_drafts_are_those_of_the_report(desk: DeskSite) -> None:
    await a_year(desk.world)
    ada = await desk.person("legal", language="fr")
    part = await ada.get(f"{BASE}/part/3?period=2027")
    assert "Number of orders to act against illegal content received" in part.words
    assert "KEYWORD_TERRORIST_CONTENT" in part.words and f"{BASE}/cases?" in part.text
    for number in range(1, 12):
        assert (await ada.get(f"{BASE}/part/{number}?period=2027")).status == 200
    assert (await ada.get(f"{BASE}/part/12?period=2027")).status == 404
    made = await reports.build(desk.world.app, reports.period_of("2027"))
    page = await ada.get(f"{BASE}?period=2027")
    for file in made.files:
        if file.name == reports.LIST:
            continue
        assert f"/draft/{file.name}?" in page.text
        draft = await ada.get(f"{BASE}/draft/{file.name}?period=2027")
        assert draft.body == file.data, file.name
        assert "attachment" in draft.headers["content-disposition"]
    assert (await ada.get(f"{BASE}/draft/passwd?period=2027")).status == 404
    assert "transparency.draft" in await desk.actions()


async def test_wrong_periods_and_numbers_are_said(desk: DeskSite) -> None:
    ada = await desk.person("legal")
    for asked in (
        "period=soon",
        "period=0001",
        "first=2027-02-01&last=2027-01-01",
        "first=2027-01-01",
    ):
        page = await ada.get(f"{BASE}?{asked}")
        assert page.status == 422 and "is no period" in page.words, asked
    for asked in ("part=0&row=0&column=0", "part=3&row=99999&column=0", "part=x&row=0&column=0"):
        assert (await ada.get(f"{BASE}/cases?period=2027&{asked}")).status == 404, asked
    tim = await desk.person("moderator")
    assert (await tim.get(BASE)).status == 403


async def test_a_report_is_published_signed_and_corrected_in_the_open(desk: DeskSite) -> None:
    await a_year(desk.world)
    ada = await desk.person("lead")
    early = await ada.sign(f"{BASE}/publish", {"period": "2027-01-01/2027-12-31"})
    assert early.status == 422 and "not over yet" in early.words
    desk.world.clock.advance(366 * 86_400)
    ada = await desk.person("lead")
    assert (await ada.post(f"{BASE}/publish", {"period": "2027"})).status == 403, "not signed"
    assert (await ada.sign(f"{BASE}/publish", {"period": "2027"})).status == 303
    page = await ada.get(f"{BASE}?period=2027")
    file = re.search(r'href="(/transparence/[^"]+_Part_3_[^"]+)"', page.text)
    assert file is not None
    assert (await desk.outsider().get(file[1])).text.startswith("Applicability,")
    assert (await ada.sign(f"{BASE}/publish", {"period": "2027"})).status == 422
    why = {"period": "2027", "why": "An order was counted twice."}
    assert (await ada.sign(f"{BASE}/publish", why)).status == 303
    rows = await reports.published(desk.world.app.store)
    assert [(row.version, row.why) for row in rows] == [(2, why["why"]), (1, "")]
    line = next(one for one in await desk.log() if one.action == "transparency.publish")
    assert line.actor == "staff:2"


async def test_a_small_enterprise_sees_what_it_need_not_publish(desk: DeskSite) -> None:
    await directory.set_operator(
        desk.world.app, {"name": "Chez nous", "micro_or_small": True}, "operator"
    )
    ada = await desk.person("legal")
    page = await ada.get(f"{BASE}?period=2026")
    assert "exempt rows are blank" in page.words
    page = await ada.get(f"{BASE}?period=2026&exempt=1")
    assert "exempt rows are filled in" in page.words and "exempt=1" in page.text


async def test_statements_the_database_refused_are_sent_again(desk: DeskSite) -> None:
    await a_year(desk.world)
    app = desk.world.app
    ada = await desk.person("legal")
    rows = await app.store.rows(queries_eu.PAGE, at=-1, puid="", state="", limit=9)
    refused = {"puid": rows[0].puid}

    async def refuse(tx: object) -> None:
        await tx.run(queries_eu.REFUSED, **refused, answer="territorial_scope: unknown")  # type: ignore[attr-defined]

    await app.store.write(refuse)
    page = await ada.get(BASE)
    assert "territorial_scope: unknown" in page.words
    assert (await ada.post(f"{BASE}/statements/again", refused)).status == 303
    assert "territorial_scope" not in (await ada.get(BASE)).words
    assert (await ada.post(f"{BASE}/statements/again", refused)).status == 409


@pytest.mark.sometimes(2)
@pytest.mark.browser
async def test_the_pages_look_right(chromium: Chromium) -> None:
    await a_year(chromium.desk.world)
    ada = await chromium.enter("legal")
    await ada.go(f"{BASE}?period=2027")
    await look(ada.page, "transparency")
    await ada.page.click("#parts li:nth-child(3) a")
    await look(ada.page, "transparency-part")
    await ada.page.click("td a >> nth=0")
    await look(ada.page, "transparency-cases")
    await ada.page.click("main li a")
    await ada.page.wait_for_url("**/desk/cases/PB-2027-*")
    assert ada.problems == []
