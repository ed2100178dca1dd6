"""The page of figures: counted, not typed in; published reports stay and can be checked."""

from __future__ import annotations

import datetime
import hashlib
import re

from petitbleu.control import perform
from petitbleu.desk.outside.pages_transparency import THIS_YEAR
from petitbleu.desk.records.audit import heads
from petitbleu.desk.reference.directory import service as directory
from tests.desk.transparency import checker
from tests.kit.web import Browser
from tests.kit.world import World


async def test_figures_and_the_head_of_the_log_are_shown(world: World, browser: Browser) -> None:
    await heads.sign(world.app)
    page = await browser.get("/transparence")
    assert page.status == 200
    assert "Reports of illegal content 0" in page.words
    assert "not counted yet" in page.words, "recipients: nobody was counted, which is not 0"
    head = await heads.newest(world.app)
    assert head is not None
    assert head.note.splitlines()[2] in page.words
    assert "No report has been published yet" in page.words


async def test_published_reports_are_there_with_every_version(
    world: World, browser: Browser
) -> None:
    first = datetime.datetime.fromtimestamp(world.clock.now(), datetime.UTC).year
    world.clock.advance(366 * 86_400)
    await perform(world.app, "desk.transparency.publish", {"period": str(first)})
    why = {"period": str(first), "why": "A <b> was missing."}
    await perform(world.app, "desk.transparency.publish", why)
    page = await browser.get("/transparence")
    assert "A &lt;b&gt; was missing." in page.text
    links = re.findall(r'href="(/transparence/[^"]+/1/[^"]+)"', page.text)
    files = {}
    for link in links:
        answer = await browser.get(link)
        assert answer.status == 200
        assert "attachment" in answer.headers["content-disposition"]
        files[link.rpartition("/")[2]] = answer.body
    assert len(files) == 14, "eleven parts, a workbook, sums and their signature"
    assert checker.check(files) == []
    for line in files["SHA256SUMS"].decode().splitlines():
        sha, name = line.split()
        assert hashlib.sha256(files[name]).hexdigest() == sha
    assert (await browser.get(links[0].replace("/1/", "/9/"))).status == 404
    assert (await browser.get(links[0] + "x")).status == 404


async def test_a_small_enterprise_says_that_it_need_not(world: World, browser: Browser) -> None:
    await directory.set_operator(world.app, {"micro_or_small": True}, "operator")
    page = await browser.get("/transparence")
    assert "do not oblige it to publish this" in page.words


async def test_the_page_counts_anew_once_an_hour(world: World, browser: Browser) -> None:
    await browser.get("/transparence")
    held = world.app.parts[THIS_YEAR].held
    await browser.get("/transparence")
    assert world.app.parts[THIS_YEAR].held is held
    world.clock.advance(3601)
    await browser.get("/transparence")
    assert world.app.parts[THIS_YEAR].held is not held
    assert held is not None and held.figures["notices"] == 0
