"""Rights, forms and signatures: what gets round none of them."""

from __future__ import annotations

import json
import re

import pytest

from petitbleu.desk.staffing.staff.service import RIGHTS
from petitbleu.desk.workplace.pages import routes, shell
from petitbleu.desk.workplace.pages.texts import TEXTS
from tests.kit.desk import URL, DeskSite, Person

routes.load()

INVITE = "/desk/team/invite"
BO = {
    "name": "Bo",
    "email": "bo@example.org",
    "language": "fr",
    "role": ["legal"],
    "queues": "*",
    "measures": "*",
}


@pytest.fixture
async def ada(desk: DeskSite) -> Person:
    return await desk.person("lead")


async def test_a_direct_address_without_the_right_is_refused_and_logged(desk: DeskSite) -> None:
    tim = await desk.person("triage")
    page = await tim.get("/desk/team")
    assert page.status == 403
    assert "No. 1" in page.words, "it is still one's own frame"
    assert "example.org" not in page.words
    last = (await desk.log())[-1]
    assert (last.actor, last.action, last.subject) == ("staff:1", "refused", "/desk/team")
    assert (await tim.sign(INVITE, BO)).status == 403
    assert "staff.add" not in (await desk.actions())[2:]


async def test_the_rail_shows_what_one_may_open(desk: DeskSite, ada: Person) -> None:
    tim = await desk.person("triage")
    assert 'href="/desk/team"' in (await ada.get("/desk")).text
    assert 'href="/desk/team"' not in (await tim.get("/desk")).text


async def test_a_form_of_another_site_or_session_does_nothing(desk: DeskSite, ada: Person) -> None:
    bea = await desk.person("lead")
    wish = {"language": "fr", "keys": "1"}
    for headers in (
        {"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
        {"sec-fetch-site": "same-site", "origin": URL},
        {"origin": "null"},
        {"origin": "https://desk.example.org.evil.example"},
        {},
    ):
        usual, ada.headers = ada.headers, dict(headers)
        assert (await ada.post("/desk/settings/own", wish)).status == 403, headers
        ada.headers = usual
    ada.csrf, kept = bea.csrf, ada.csrf
    assert (await ada.post("/desk/settings/own", wish)).status == 403
    ada.csrf = ""
    assert (await ada.post("/desk/settings/own", wish)).status == 403
    ada.csrf = kept
    assert (await ada.post("/desk/settings/own", wish)).status == 303
    assert (await desk.actions()).count("staff.own") == 1


async def test_a_signature_is_needed_and_covers_every_field(desk: DeskSite, ada: Person) -> None:
    assert "needs the signature" in (await ada.post(INVITE, BO)).words
    touch = await ada.touch(INVITE, BO)
    changed = {**BO, "role": ["legal", "director"], "touch": touch}
    page = await ada.post(INVITE, changed)
    assert page.status == 403
    assert "something else than this form" in page.words
    elsewhere = await ada.post("/desk/team/1/revoke", {**BO, "touch": touch})
    assert "something else than this form" in elsewhere.words
    assert (await ada.post(INVITE, {**BO, "touch": touch})).status == 200
    assert (await desk.actions()).count("sign.refused") == 3


async def test_a_signed_form_sent_again_does_nothing(desk: DeskSite, ada: Person) -> None:
    form = {**BO, "touch": await ada.touch(INVITE, BO)}
    assert (await ada.post(INVITE, form)).status == 200
    again = await ada.post(INVITE, form)
    assert again.status == 403
    assert (await desk.actions()).count("staff.add") == 2


async def test_a_touch_counts_for_two_minutes(desk: DeskSite, ada: Person) -> None:
    form = {**BO, "touch": await ada.touch(INVITE, BO)}
    desk.world.clock.advance(121)
    page = await ada.post(INVITE, form)
    assert page.status == 403
    assert "two minutes" in page.words
    assert (await desk.actions()).count("staff.add") == 1


async def test_a_touch_of_another_session_or_person_does_not_count(
    desk: DeskSite, ada: Person
) -> None:
    touch = await ada.touch(INVITE, BO)
    await ada.sign_in()
    assert (await ada.post(INVITE, {**BO, "touch": touch})).status == 403
    bea = await desk.person("lead")
    bea.device = ada.device
    asked = json.loads((await bea.post(f"/desk/touch?path={INVITE}", BO)).text)
    touch = bea.device.get({**asked, "allowCredentials": []})
    page = await bea.post(INVITE, {**BO, "touch": touch})
    assert "does not open this desk" in page.words


async def test_rights_taken_away_are_gone_at_once(desk: DeskSite, ada: Person) -> None:
    bea = await desk.person("lead")
    assert (await bea.get("/desk/team")).status == 200
    page = await ada.sign("/desk/team/2/revoke", {"why": "left"})
    assert page.status == 303
    assert (await bea.get("/desk/team")).status == 303
    assert (await bea.sign_in()).status == 403


async def test_an_auditor_loses_access_at_the_end_date(desk: DeskSite, ada: Person) -> None:
    until = int(desk.world.clock.now()) + 3600
    eve = await desk.person("auditor", until=until)
    assert (await eve.get("/desk")).status == 200
    desk.world.clock.advance(3600)
    assert (await eve.get("/desk")).status == 303


async def test_too_long_a_form_is_not_read(ada: Person) -> None:
    assert (await ada.post("/desk/settings/own", {"language": "x" * 70_000})).status == 413
    assert (await ada.post("/desk/settings/own", {f"a{n}": "" for n in range(600)})).status == 413


@pytest.mark.parametrize("one", shell.PAGES, ids=lambda one: one.path)
async def test_each_page_asks_for_a_right_that_exists(one: shell.Page) -> None:
    assert one.right in RIGHTS
    assert not one.rail or f"rail_{one.rail}" in TEXTS["en"]


async def test_each_view_is_in_the_log_before_it_is_seen(desk: DeskSite, ada: Person) -> None:
    before = len(await desk.log())
    for path in ("/desk", "/desk/team", "/desk/team/1", "/desk/settings", "/desk/seconds"):
        assert (await ada.get(path)).status == 200
    said = [(one.action, one.subject) for one in (await desk.log())[before:]]
    assert said == [
        *(("view", path) for path in ("/desk", "/desk/team")),
        ("view", "staff:1"),
        *(("view", path) for path in ("/desk/settings", "/desk/seconds")),
    ]


def test_both_languages_say_everything() -> None:
    assert TEXTS["en"].keys() == TEXTS["fr"].keys()
    for key, text in TEXTS["en"].items():
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", TEXTS["fr"][key])), key


async def test_no_page_has_inline_script_or_style(desk: DeskSite, ada: Person) -> None:
    for path in ("/desk", "/desk/team", "/desk/log", "/desk/settings", "/desk/sign-in"):
        person = desk.outsider() if path.endswith("sign-in") else ada
        page = await person.get(path)
        assert page.status == 200
        assert not re.search(r"<script(?![^>]* src=)|\son\w+=|style=", page.text)
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page.text), "nothing from elsewhere"
        for name, value in (
            ("cache-control", "no-store"),
            ("x-robots-tag", "noindex"),
            ("referrer-policy", "same-origin"),
        ):
            assert page.headers[name] == value


async def test_a_form_sent_after_the_session_ended_is_not_lost(desk: DeskSite, ada: Person) -> None:
    ada.cookie, cookie = "", ada.cookie
    page = await ada.post("/desk/settings/own", {"language": "fr", "keys": "1"})
    assert page.status == 401
    assert page.values() == {"csrf": "", "language": "fr", "keys": "1"}
    ada.cookie = cookie
    page = await ada.post("/desk/settings/own", {**page.values()})
    assert page.status == 403, "the token of another session"
    assert page.values()["csrf"] == ada.csrf
    assert (await ada.post("/desk/settings/own", page.values())).status == 303
    ada.headers = {"sec-fetch-site": "cross-site"}
    page = await ada.post("/desk/settings/own", {"language": "fr"})
    assert "language" not in page.values(), "what another site sends is not offered again"


def test_only_pages_that_show_nothing_of_anybody_are_not_in_the_log() -> None:
    silent = {one.path for one in shell.PAGES if "GET" in one.methods and not one.action}
    # Pieces of a recording: its opening wrote the line, and a player asks for very many.
    silent.remove("/desk/cases/{number}/media/{copy}/{place}/stream")
    # The reading of a request is logged by its service, with its kind; "next" leads to a case.
    assert silent == {"/desk/keys", "/desk/rest", "/desk/next", "/desk/seconds/{id:int}"}
