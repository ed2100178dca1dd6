"""Coming in: invitation, passkey, session; and the ways round it."""

from __future__ import annotations

import json

import msgspec
import pytest

from petitbleu.desk.staffing.staff import service as staff
from tests.kit.authenticator import Taken
from tests.kit.desk import URL, DeskSite, add_staff


async def test_invited_person_makes_a_passkey_and_comes_in(desk: DeskSite) -> None:
    ada = await desk.person("lead")
    home = await ada.get("/desk")
    assert home.status == 200
    assert "No. 1 · Lead" in home.words
    assert "default-src 'none'" in home.headers["content-security-policy"]
    assert await desk.actions() == [
        *("staff.add", "staff.invite", "passkey.add", "sign-in", "view"),
    ]


async def test_the_cookie_is_strict_and_of_this_host_only(desk: DeskSite) -> None:
    app = desk.world.app
    _, link = await app.store.write(add_staff, app, "lead")
    ada = desk.outsider()
    await ada.accept(link)
    options = json.loads((await ada.post("/desk/sign-in/options")).text)
    answer = await ada.post("/desk/sign-in", {"answer": ada.device.get(options)})
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith("__host-desk=")
    for part in ("; secure", "; httponly", "; samesite=strict", "; path=/", "; max-age=43200"):
        assert part in cookie


async def test_a_link_works_once(desk: DeskSite) -> None:
    app = desk.world.app
    _, link = await app.store.write(add_staff, app, "triage")
    ada, eve = desk.outsider(), desk.outsider()
    options = json.loads((await ada.post(f"{link}/options")).text)
    late = json.loads((await eve.post(f"{link}/options")).text)
    assert (await ada.post(link, {"answer": ada.device.create(options)})).status == 303
    assert (await eve.get(link)).status == 410
    assert (await eve.post(link, {"answer": eve.device.create(late)})).status == 410
    assert (await ada.get(link[:-1] + ("0" if link[-1] != "0" else "1"))).status == 410


async def test_a_link_ends_after_72_hours_and_when_another_is_made(desk: DeskSite) -> None:
    app = desk.world.app
    _, link = await app.store.write(add_staff, app, "triage")
    ada = desk.outsider()
    assert (await ada.get(link)).status == 200
    desk.world.clock.advance(72 * 3600 + 1)
    assert (await ada.get(link)).status == 410


async def test_one_device_serves_one_person(desk: DeskSite) -> None:
    ada = await desk.person("lead")
    app = desk.world.app
    _, link = await app.store.write(add_staff, app, "director")
    options = json.loads((await ada.post(f"{link}/options")).text)
    with pytest.raises(Taken):
        ada.device.create(options)
    key = next(iter(ada.device.keys.values()))
    page = await desk.outsider().post(link, {"answer": ada.device.create(options, again=key)})
    assert page.status == 403
    assert "already belongs to somebody" in page.words


async def test_without_a_session_every_page_leads_to_sign_in(desk: DeskSite) -> None:
    eve = desk.outsider()
    page = await eve.get("/desk/team?x=1")
    assert page.status == 303
    assert page.headers["location"] == "/desk/sign-in?next=%2Fdesk%2Fteam%3Fx%3D1"
    assert (await eve.post("/desk/settings/own", {"language": "fr"})).status == 401
    assert (await eve.post("/desk/touch?path=/desk/team/invite")).status == 401


async def test_a_link_from_a_mail_program_is_opened_once_more(desk: DeskSite) -> None:
    eve = desk.outsider()
    eve.headers["sec-fetch-site"] = "cross-site"
    page = await eve.get("/desk/team")
    assert page.status == 200
    assert page.headers["refresh"] == "0; url=/desk/team"


async def test_a_session_ends_after_twelve_hours(desk: DeskSite) -> None:
    ada = await desk.person("lead")
    desk.world.clock.advance(12 * 3600 - 1)
    assert (await ada.get("/desk")).status == 200
    desk.world.clock.advance(1)
    assert (await ada.get("/desk")).status == 303
    assert (await ada.post("/desk/settings/own", {"language": "fr"})).status == 401


async def test_signing_out_ends_the_session_for_good(desk: DeskSite) -> None:
    ada = await desk.person("lead")
    kept = ada.cookie
    page = await ada.post("/desk/sign-out")
    assert page.status == 303
    assert ada.cookie == ""
    ada.cookie = kept
    assert (await ada.get("/desk")).status == 303


async def test_a_made_up_cookie_opens_nothing(desk: DeskSite) -> None:
    eve = desk.outsider()
    for cookie in ("x", "A" * 43, "é", "a" * 5000):
        eve.cookie = cookie
        assert (await eve.get("/desk")).status == 303


async def test_an_answer_counts_once(desk: DeskSite) -> None:
    ada = await desk.person("lead")
    options = json.loads((await ada.post("/desk/sign-in/options")).text)
    answer = ada.device.get(options)
    assert (await ada.post("/desk/sign-in", {"answer": answer})).status == 303
    again = await ada.post("/desk/sign-in", {"answer": answer})
    assert again.status == 403
    assert "used already" in again.words or "not right" in again.words


async def test_wrong_answers_are_refused_with_a_sentence(desk: DeskSite) -> None:
    ada = await desk.person("lead")
    for answer in (
        "",
        "x",
        "[]",
        "{}",
        '{"response": 3}',
        '{"rawId":"é","response":{}}',
        "[" * 9999,
    ):
        page = await ada.post("/desk/sign-in", {"answer": answer})
        assert page.status == 403, answer
    options = json.loads((await ada.post("/desk/sign-in/options")).text)
    ada.device.verified = False
    assert (await ada.post("/desk/sign-in", {"answer": ada.device.get(options)})).status == 403
    ada.device.verified, ada.device.origin = True, "https://evil.example"
    assert (await ada.post("/desk/sign-in", {"answer": ada.device.get(options)})).status == 403
    ada.device.origin = URL
    ada.device.counter = 0
    page = await ada.post("/desk/sign-in", {"answer": ada.device.get(options)})
    assert page.status == 403, "a counter that goes back is a copy of the key"
    ada.device.counter = 50
    desk.world.clock.advance(301)
    page = await ada.post("/desk/sign-in", {"answer": ada.device.get(options)})
    assert "too late" in page.words
    stranger = desk.outsider()
    options = json.loads((await stranger.post("/desk/sign-in/options")).text)
    stranger.device.keys = {b"unknown": next(iter(ada.device.keys.values()))}
    page = await stranger.post("/desk/sign-in", {"answer": stranger.device.get(options)})
    assert "does not open this desk" in page.words


async def test_where_to_go_next_stays_inside_the_desk(desk: DeskSite) -> None:
    ada = await desk.person("lead")
    for following in (
        "https://evil.example",
        "//evil.example",
        "/desk/%0d%0ax:y",
        "/desk//evil",
        "/join",
    ):
        page = await ada.sign_in(following)
        assert page.headers["location"] == "/desk", following
    assert (await ada.sign_in("/desk/team")).headers["location"] == "/desk/team"


async def test_without_an_address_the_desk_says_what_to_set(desk: DeskSite) -> None:
    app = desk.world.app
    for url, words in (
        ("", "needs public_url"),
        ("http://chat.example.org", "over HTTPS or on localhost only"),
        ("https://192.0.2.1", "not to an IP address"),
    ):
        app.config = msgspec.structs.replace(app.config, public_url=url, dev=False)
        for path in ("/desk", "/desk/sign-in"):
            page = await desk.outsider().get(path)
            assert page.status == 503
            assert words in page.words


async def test_tries_from_one_address_are_limited(desk: DeskSite) -> None:
    eve = desk.outsider()
    for _ in range(30):
        assert (await eve.post("/desk/sign-in", {"answer": "x"})).status == 403
    page = await eve.post("/desk/sign-in", {"answer": "x"})
    assert page.status == 429
    assert "Too many tries" in page.words
    eve.ip = "192.0.2.99"
    assert (await eve.post("/desk/sign-in", {"answer": "x"})).status == 403


async def test_asking_for_the_head_of_a_page_is_a_view_too(desk: DeskSite) -> None:
    ada = await desk.person("lead")
    before = len(await desk.log())
    assert (await ada._send("HEAD", "/desk/team", b"")).status == 200
    assert [one.subject for one in (await desk.log())[before:]] == ["/desk/team"]


async def test_on_localhost_the_cookie_has_a_plain_name(desk: DeskSite) -> None:
    app = desk.world.app
    app.config = msgspec.structs.replace(app.config, public_url="http://localhost:8080/")
    party = staff.party(app.config)
    assert (party.id, party.origin, party.cookie) == ("localhost", "http://localhost:8080", "desk")
    app.config = msgspec.structs.replace(app.config, public_url="https://Desk.Example.org:443/x")
    party = staff.party(app.config)
    assert (party.id, party.origin) == ("desk.example.org", "https://desk.example.org")
    assert party.cookie == "__Host-desk"
