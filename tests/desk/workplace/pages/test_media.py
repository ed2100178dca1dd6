"""Pictures on the case page: hidden, opened with a reason, counted; categories one opts out of."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from petitbleu.desk.casework.cases import service as cases
from petitbleu.domain.safety.case_numbers import service as case_numbers
from tests.desk.adjudication.decisions.deciding import FORM, NOTICE, scene
from tests.desk.adjudication.evidence.pictures import ABUSE, Sent, budgets, sent
from tests.desk.kit import opened
from tests.desk.workplace.pages.test_work import flat
from tests.kit.chromium import Chromium, look
from tests.kit.desk import DeskSite
from tests.kit.web import Answer

VIOLENCE = "STATEMENT_CATEGORY_VIOLENCE"


def base(case: int) -> str:
    return f"/desk/cases/{case_numbers.text(case)}"


def medium(case: int, copy: int = 0, place: int = 1) -> str:
    return f"{base(case)}/media/{case_numbers.text(copy or case)}/{place}"


def source(page: Answer) -> str:
    """Where the page has its picture from."""
    found = re.search(r'<img src="([^"]+)"', page.text)
    assert found is not None, page.words
    return found[1]


@pytest.fixture
async def at(desk: DeskSite) -> Sent:
    return await sent(desk.world)


async def test_a_picture_is_words_first_then_covered_then_served_once(
    desk: DeskSite, at: Sent
) -> None:
    case = await at.report(await at.photo(), await at.voice())
    ada, bea = await desk.person("moderator"), await desk.person("moderator")
    assert "<img" not in (await ada.get(base(case))).text
    page = await ada.post(
        f"{base(case)}/copy", {"report": case_numbers.text(case), "why": "triage"}
    )
    assert "1. Photo · 900 × 600" in page.words and "look at this" in page.words
    assert "2. Voice message · voice.ogg · audio/ogg · 2 KiB · 7 s" in page.words
    assert "<img" not in page.text and "<video" not in page.text and "<audio" not in page.text
    assert (await ada.post(medium(case))).status == 422
    page = await ada.post(medium(case), {"why": "triage"})
    assert page.status == 200 and 'class="covered"' in page.text
    (line,) = [one for one in await desk.log() if one.action == "content.media"]
    said = (line.actor, line.action, line.subject)
    assert said == (f"staff:{ada.id}", "content.media", case_numbers.text(case))
    url = source(page)
    assert (await bea.get(url)).status == 410
    ada.headers["sec-fetch-dest"] = "document"
    assert (await ada.get(url)).status == 410
    ada.headers["sec-fetch-dest"] = "image"
    picture = await ada.get(url)
    assert picture.status == 200 and picture.body.startswith(b"\xff\xd8\xff")
    assert picture.headers["content-type"] == "image/jpeg"
    assert picture.headers["cache-control"] == "no-store"
    assert (await ada.get(url)).status == 410
    assert (await ada.get(medium(case))).status == 410
    assert (await ada.get(f"{medium(case)}?token=nonsense")).status == 410


async def test_a_recording_plays_by_pieces_muted_and_covered(desk: DeskSite, at: Sent) -> None:
    film = bytes(range(256)) * 6000  # more than one piece
    case = await at.report(await at.video(film), await at.voice())
    ada, bea = await desk.person("moderator"), await desk.person("moderator")
    page = await ada.post(
        f"{base(case)}/copy", {"report": case_numbers.text(case), "why": "triage"}
    )
    assert "<video" not in page.text and f"{medium(case)}/play" in page.text
    assert (await ada.post(f"{medium(case)}/play")).status == 422
    assert (await ada.get(f"{medium(case)}/stream?token={'0' * 32}")).status == 410
    page = await ada.post(f"{medium(case)}/play", {"why": "triage"})
    tag = re.search(r"<video[^>]+>", page.text)
    assert tag is not None and " muted " in tag[0] and "autoplay" not in tag[0]
    assert 'class="covered"' in page.text and 'preload="none"' in tag[0]
    (line,) = [one for one in await desk.log() if one.action == "content.playback"]
    assert (line.actor, line.subject) == (f"staff:{ada.id}", case_numbers.text(case))
    url = tag[0].split('src="')[1].split('"')[0]
    assert (await bea.get(url)).status == 410, "somebody else's"
    assert (await ada.get(url.replace("/stream", ""))).status == 410, "no picture by this token"
    ada.headers["sec-fetch-dest"] = "document"
    assert (await ada.get(url)).status == 410
    ada.headers["sec-fetch-dest"] = "video"
    got = b""
    while len(got) < len(film):
        ada.headers["range"] = f"bytes={len(got)}-"
        piece = await ada.get(url)
        assert piece.status == 206
        assert piece.headers["content-range"].endswith(f"/{len(film)}")
        got += piece.body
    assert got == film
    for name, value in (("content-type", "video/mp4"), ("x-content-type-options", "nosniff")):
        assert piece.headers[name] == value
    ada.headers["range"] = "bytes=100-199"
    piece = await ada.get(url)
    assert piece.body == film[100:200]
    assert piece.headers["content-range"] == f"bytes 100-199/{len(film)}"
    for wrong, status in ((f"bytes={len(film)}-", 416), ("bytes=9-3", 416), ("bytes=-5", 416)):
        ada.headers["range"] = wrong
        assert (await ada.get(url)).status == status
    del ada.headers["range"]
    desk.world.clock.advance(3601)
    assert (await ada.get(url)).status == 410


async def test_a_recording_is_a_look_of_the_budget_and_each_uncovering_another(
    desk: DeskSite, at: Sent
) -> None:
    budgets(desk.world, 2, 9)
    case = await at.report(await at.video(bytes(5000)), await at.voice())
    ada = await desk.person("moderator")
    page = await ada.post(f"{medium(case)}/play", {"why": "triage"})
    token = page.text.split("/stream?token=")[1].split('"')[0]
    assert (await ada.get(f"{medium(case)}/stream?token={token}")).status == 206
    seen = {"token": token, "play": "1"}
    assert (await ada.post(f"{medium(case)}/look", seen)).status == 204
    assert (await ada.post(f"{medium(case)}/look", seen)).status == 204
    assert (await ada.post(f"{medium(case)}/look", seen)).status == 429
    assert (await ada.post(f"{medium(case, place=2)}/play", {"why": "triage"})).status == 429
    budgets(desk.world, 9, 9)
    sound = await ada.post(f"{medium(case, place=2)}/play", {"why": "triage"})
    assert "<audio" in sound.text and " muted " in sound.text and "data-hold" not in sound.text


async def test_recordings_of_abuse_and_of_other_cases_do_not_play(desk: DeskSite, at: Sent) -> None:
    abuse = await at.report(await at.video(bytes(5000)), option=ABUSE)
    other, photo = await at.report(await at.voice()), await at.report(await at.photo())
    ada, cai = await desk.person("moderator"), await desk.person("child_safety")
    why = {"why": "triage"}
    assert (await ada.post(f"{medium(abuse)}/play", why)).status == 404
    assert (await cai.post(f"{medium(abuse)}/play", why)).status == 200
    assert (await ada.post(f"{medium(photo, other)}/play", why)).status == 404
    assert (await ada.post(f"{medium(photo)}/play", why)).status == 410, "a photo does not play"


async def test_nothing_of_another_case_or_without_the_right_is_opened(
    desk: DeskSite, at: Sent
) -> None:
    case, other = await at.report(await at.photo()), await at.report(await at.photo("another"))
    abuse = await at.report(await at.photo("worse"), option=ABUSE)
    ada, dpo = await desk.person("moderator"), await desk.person("dpo")
    why = {"why": "curious"}
    assert (await ada.post(medium(case, other), why)).status == 404
    assert (await ada.post(medium(case, place=2), why)).status == 404
    assert (await ada.post(medium(abuse), why)).status == 404, "not even the case is shown"
    assert (await dpo.post(medium(case), why)).status == 403
    assert (await desk.outsider().get(medium(case))).status == 303
    ada.csrf, kept = "", ada.csrf
    assert (await ada.post(medium(case), why)).status == 403
    ada.csrf = kept
    merged = cases.CaseEvent("report", {"number": abuse})
    await desk.world.app.store.write(cases.append, desk.world.app, case, "system", merged)
    page = await ada.post(medium(case, abuse), why)
    assert page.status == 403 and "Only the child-safety role" in page.words
    assert (await desk.log())[-1].action == "refused"
    cyd = await desk.person("child_safety")
    assert (await cyd.post(medium(case, abuse), why)).status == 200
    assert (await cyd.post(medium(abuse), why)).status == 200


async def test_a_spent_budget_asks_to_hand_over_and_next_goes_elsewhere(
    desk: DeskSite, at: Sent
) -> None:
    budgets(desk.world, 5, 2)
    case = await at.report(await at.photo())
    second = await at.report(await at.photo("another"))
    ada, bea = await desk.person("moderator"), await desk.person("moderator")
    calm = await opened(desk.world, "art16_notice", urgency=3)
    first = {(await one.get("/desk/next")).headers["location"] for one in (ada, bea)}
    assert first == {base(case)}
    for number in (case, second):
        page = await ada.post(medium(number), {"why": "triage"})
        assert page.status == 200
    assert "Images viewed in the last 24 hours: 2 of 5" in page.words
    spent = await ada.post(medium(case), {"why": "triage"})
    assert spent.status == 429 and "hand this case over" in spent.words
    assert (await ada.get("/desk/next")).headers["location"] == base(calm)
    assert (await bea.get("/desk/next")).headers["location"] == base(case)
    lead = await desk.person("lead")
    for path in ("/desk/team", "/desk", f"/desk/team/{ada.id}"):
        assert "Images viewed in the last" not in (await lead.get(path)).words


async def test_who_opts_out_of_a_category_meets_it_in_no_queue_and_gives_no_reason(
    desk: DeskSite, at: Sent
) -> None:
    case = await at.report(await at.photo())
    calm = await opened(desk.world, "art16_notice", urgency=3)
    ada = await desk.person("moderator")
    assert case_numbers.text(case) in (await ada.get("/desk/queues")).words
    lines = len(await desk.log())
    sent_form = {"category": [VIOLENCE, "csam_notice", "nonsense"]}
    assert (await ada.post("/desk/settings/avoid", sent_form)).status == 303
    assert len(await desk.log()) == lines
    page = await ada.get("/desk/settings")
    assert f'value="{VIOLENCE}" checked' in page.text and "nonsense" not in page.text
    queue = (await ada.get("/desk/queues")).words
    assert case_numbers.text(case) not in queue and case_numbers.text(calm) in queue
    assert (await ada.get("/desk/next")).headers["location"] == base(calm)
    assert (await ada.get(base(case))).status == 200, "what a colleague asks about can be opened"
    assert (await ada.post("/desk/settings/avoid")).status == 303
    assert case_numbers.text(case) in (await ada.get("/desk/queues")).words


async def test_the_copy_of_a_measure_opens_in_its_own_case_alone(desk: DeskSite) -> None:
    place = await scene(desk.world)
    ada = await desk.person("moderator")
    number, other = await place.open(NOTICE), await opened(desk.world, "art16_notice")
    form = flat(FORM | {"measures": [{"kind": "remove", "item": place.link()}]})
    assert (await ada.sign(f"{base(number)}/decide", form)).status in (200, 303)
    page = await ada.get(base(number))
    found = re.findall(r'name="report" value="(PB-[\d-]+)"', page.text)
    assert found, page.words
    asked = {"report": found[0], "why": "appeal"}
    assert (await ada.post(f"{base(other)}/copy", asked)).status == 404
    assert (await ada.post(f"{base(number)}/copy", asked)).status == 200
    assert (await desk.actions()).count("content.measure") == 1


@pytest.mark.sometimes(2)
@pytest.mark.browser
async def test_a_picture_is_seen_while_v_or_the_button_is_held(chromium: Chromium) -> None:
    budgets(chromium.desk.world, 9, 3)
    at = await sent(chromium.desk.world)
    case = await at.report(await at.photo())
    ada = await chromium.enter("moderator")
    page = ada.page
    await ada.go(base(case))
    await page.fill("#f-why", "triage")
    await page.click("form[action$='/copy'] button")
    await page.click("text=Open its picture, covered")
    picture = page.locator("figure img")
    await picture.wait_for()
    assert await picture.evaluate("one => one.complete && one.naturalWidth") == 320
    blur = "one => getComputedStyle(one).filter"
    assert await picture.evaluate(blur) == "grayscale(1) blur(24px)"
    await look(page, "medium")
    await page.keyboard.down("v")
    await page.wait_for_selector("figure:not(.covered)")
    assert await picture.evaluate(blur) == "grayscale(1)"
    await page.keyboard.up("v")
    assert await picture.evaluate(blur) == "grayscale(1) blur(24px)"
    button = page.locator("[data-hold]")
    await button.hover()
    for _ in range(2):
        await page.mouse.down()
        await page.wait_for_selector("figure:not(.covered)")
        await page.mouse.up()
        assert await picture.evaluate(blur) == "grayscale(1) blur(24px)"
    await button.focus()
    await page.keyboard.down(" ")
    await page.wait_for_selector("text=enough for today")
    assert await picture.count() == 0
    assert ada.problems == []
    await ada.go("/desk/settings")
    await look(page, "settings")


async def test_after_ten_looks_a_break_is_offered(desk: DeskSite, at: Sent) -> None:
    case = await at.report(await at.photo())
    ada = await desk.person("moderator")
    for count in range(1, 12):
        page = await ada.post(medium(case), {"why": "triage"})
        assert ("A short break does good" in page.words) is (count == 10)


async def test_as_a_shift_begins_next_gives_no_graphic_case_but_a_critical_one(
    desk: DeskSite,
) -> None:
    ada = await desk.person("moderator")
    graphic = await opened(desk.world, "art16_notice", category=VIOLENCE, urgency=2)
    assert (await ada.post("/desk/settings/shift", {"ends": "17:00"})).status == 422
    assert (await ada.get("/desk/next")).headers["location"] == base(graphic)
    assert (await ada.post("/desk/settings/duty", {"on": "1"})).status == 303
    page = await ada.get((await ada.get("/desk/next")).headers["location"])
    assert "Graphic ones wait for the middle of a shift" in page.words
    assert case_numbers.text(graphic) in page.words, "lists hide nothing"
    plain = await opened(desk.world, "dsar", urgency=3)
    assert (await ada.get("/desk/next")).headers["location"] == base(plain)
    critical = await opened(desk.world, "tco_removal_order", urgency=0)
    assert (await ada.get("/desk/next")).headers["location"] == base(critical)
    settings = await ada.get("/desk/settings")
    assert "On duty since" in settings.words and "Graphic cases wait until" in settings.words
    assert (await ada.post("/desk/settings/shift", {"ends": "soon"})).status == 422
    zone = desk.world.app.config.timezone
    soon = datetime.fromtimestamp(desk.world.clock.now() + 7200, ZoneInfo(zone))
    ends = {"ends": f"{soon:%H:%M}"}
    assert (await ada.post("/desk/settings/shift", ends)).status == 303
    assert f"until about {soon:%H:%M}" in (await ada.get("/desk/settings")).words
