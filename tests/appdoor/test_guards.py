"""Who may speak to the door: the table of headers, cookies that are stolen, old, cut or planted."""

from __future__ import annotations

import itertools
from typing import Any, NamedTuple

import pytest

from petitbleu.appdoor import browsers, cookies, guards
from petitbleu.appdoor.door import Door
from petitbleu.appdoor.socket import SUBPROTOCOL, SocketDoor
from petitbleu.config import Config, Web
from petitbleu.gateway.ws_text import Handshake
from petitbleu.store.query import query
from petitbleu.tl import api
from tests.appdoor.pages import HOST, ORIGIN, Page
from tests.kit.world import World


class _Line(NamedTuple):
    event: str


_LOGGED = query("select event from signin_log", _Line)
CALL = b'{"i":1,"q":{"_":"updates.getState"}}'
READS = ("/app/session", "/app/events", "/app/f/1/x?r=", "/app/f/p/u1/1/a", "/app/up/1")
WRITES = (
    ("POST", "/app/rpc", CALL),
    ("POST", "/app/session", b"{}"),
    ("DELETE", "/app/session", b""),
    ("PUT", "/app/up/1/0?total=1", b"x"),
)
FOREIGN = (
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": ""},
    {"origin": "http://localhost:8081"},
    {"origin": "https://localhost:8080"},
    {"origin": "http://localhost:8080.evil.example"},
    {"origin": "http://localhost:8080/"},
    {"origin": f"{ORIGIN}, {ORIGIN}"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none", "origin": ""},
    {"sec-fetch-site": "something"},
    {"host": "evil.example"},
    {"origin": "https://LOCALHOST:8080"},
    {"origin": "http://localhost:8080@evil.example"},
    {"origin": "http://evil.example#localhost:8080"},
    {"origin": "http://localhost"},
    {"origin": "http://[::1]:8080"},
    {"origin": "http://127.0.0.1:8080"},
    {"origin": "file://"},
    {"origin": "chrome-extension://abcdef"},
    {"origin": ORIGIN, "sec-fetch-site": "same-origin, cross-site"},
    {"origin": ORIGIN, "sec-fetch-site": "Same-Origin"},
    {"origin": "https://evil.example", "sec-fetch-site": "same-origin"},
    {"origin": ORIGIN, "host": "localhost:8080.evil.example"},
    {"origin": ORIGIN, "host": ""},
)
"""Each of them is no request of our page; with a cookie that is good."""
DEAD = ("", "pb=", "pb=x", "pb=" + "A" * 43, "pb=" + "A" * 42, "other=1", "__Host-pb=" + "A" * 43,
        "pb=" + "A" * 43 + "; pb=" + "B" * 43)  # fmt: skip
"""Cookies that open nothing."""
UNMARKED = (
    {"x-petitbleu-app": ""},
    {"x-petitbleu-app": "0"},
    {"content-type": "text/plain"},
    {"content-type": ""},
    {"content-type": "application/x-www-form-urlencoded"},
    {"content-type": "multipart/form-data; boundary=x"},
)


async def test_what_another_site_can_send_does_nothing(world: World, page: Page) -> None:
    """Each address with each combination of headers that is not our page's: 403 or 415, and the
    session and its cookie are as before."""
    await page.sign_up()
    cookie, tried = page.cookie, 0
    for method, path, body in WRITES:
        for wrong in (*({"sec-fetch-site": ""} | one for one in FOREIGN), *FOREIGN, *UNMARKED):
            if method == "DELETE" and "content-type" in wrong:
                continue
            if wrong.get("origin") == "" and wrong.get("sec-fetch-site") is None:
                continue  # a browser that sends no Origin says "same-origin" itself
            reply = await page.request(method, path, body, wrong)
            tried += 1
            assert reply.status in (403, 415), (method, path, wrong)
            assert reply.cookies == [] and b"ok" not in reply.body
    nothing = ({"sec-fetch-site": ""}, {"sec-fetch-site": "none"})
    for path, wrong in itertools.product(READS, (*FOREIGN, *nothing)):
        if wrong.get("origin") == "" and wrong.get("sec-fetch-site") is None:
            continue
        if "host" in wrong and "origin" not in wrong:
            continue  # a GET of the page's own says no Origin: nothing can differ from it
        reply = await page.request("GET", path, b"", wrong)
        tried += 1
        assert reply.status == 403, (path, wrong)
        assert reply.cookies == []
    print(f"{len(FOREIGN) + len(UNMARKED) + len(nothing)} combinations, {tried} requests")
    assert len(FOREIGN) + len(UNMARKED) >= 30
    assert tried > 250 and page.cookie == cookie
    assert (await page.confirm()).json["state"] == "signed-in"


async def test_cookies_that_open_nothing(world: World, page: Page) -> None:
    """Each address with each of them: 401, or 200 with the state for the one that tells it."""
    await page.sign_up()
    good = page.cookie
    for cookie, (method, path, body) in itertools.product(
        DEAD, (*WRITES, *(("GET", path, b"") for path in READS))
    ):
        page.cookie = cookie
        reply = await page.request(method, path, body)
        if (method, path) == ("GET", "/app/session"):
            assert reply.json["state"] in ("none", "ended"), (cookie, reply.body)
        elif method == "DELETE":
            assert reply.status == 204
        else:
            assert reply.status == 401 and reply.json["error"] == "NOT_SIGNED_IN", (path, cookie)
    page.cookie = good
    assert (await page.confirm()).json["state"] == "signed-in"


@pytest.mark.parametrize("wrong", [one for one in FOREIGN if "sec-fetch-site" not in one])
async def test_a_socket_from_elsewhere_is_refused(page: Page, wrong: dict[str, str]) -> None:
    """The handshake says its origin always: where it is not the page's, there is no socket."""
    named = {"origin": ORIGIN, "host": HOST, "sec-websocket-protocol": SUBPROTOCOL} | wrong
    handshake = Handshake(lambda name: [named[name]] if named.get(name) else [], "http")
    assert SocketDoor(page.door).refusal(handshake) == 403


async def test_no_answer_lets_another_site_read(page: Page) -> None:
    await page.sign_up()
    for method, path, body in (*WRITES[:1], ("OPTIONS", "/app/rpc", b""), ("GET", "/app", b"")):
        reply = await page.request(method, path, body)
        assert not [name for name in reply.headers if name.startswith("access-control")]


@pytest.mark.parametrize("value", ["", "x", "A" * 43, "A" * 44, "A" * 42, "é" * 43, "%00" * 14])
async def test_planted_cookies_open_nothing(page: Page, value: str) -> None:
    page.cookie = f"pb={value}"
    reply = await page.request("POST", "/app/rpc", CALL)
    assert reply.status == 401 and reply.json["error"] == "NOT_SIGNED_IN"
    assert reply.cookies[0].startswith("pb=;") or value == ""


async def test_two_cookies_of_one_name_are_none(world: World, page: Page, door: Door) -> None:
    await page.sign_up()
    other = Page(world, door)
    await other.sign_up("Eve")
    page.cookie = f"{other.cookie}; {page.cookie}"
    assert (await page.request("GET", "/app/session")).json["state"] == "ended"


async def test_cut_cookies_and_those_of_others(page: Page) -> None:
    await page.sign_up()
    name, _, value = page.cookie.partition("=")
    for wrong in (value[:-1], value + "A", value[::-1], value.lower(), value[:-1] + "_"):
        if wrong == value:
            continue
        page.cookie = f"{name}={wrong}"
        assert (await page.request("POST", "/app/rpc", CALL)).status == 401
    page.cookie = f"other=1; {name}={value}; more=2"
    assert (await page.confirm()).json["state"] == "signed-in"


def test_the_cookie_over_https() -> None:
    line = cookies.setting(bytes(32), secure=True, trusted=True)
    assert line.startswith("__Host-pb=AAAA") and "Domain" not in line
    for wanted in (
        "; Secure",
        "; HttpOnly",
        "; SameSite=Strict",
        "; Path=/;",
        "; Max-Age=15552000",
    ):
        assert wanted in line
    assert "Max-Age" not in cookies.setting(bytes(32), secure=True, trusted=False)
    assert cookies.find(["pb=" + "A" * 43], True) is None, "a sibling host could plant this one"


@pytest.mark.parametrize(
    ("settings", "origin", "own"),
    [
        ({"public_url": "https://chat.example.org"}, "https://chat.example.org", True),
        ({"public_url": "https://chat.example.org/"}, "http://chat.example.org", False),
        ({"public_url": "https://chat.example.org:8443"}, "https://chat.example.org:8443", True),
        ({"public_url": "https://chat.example.org"}, "https://localhost", False),
        (
            {"public_url": "https://a.example", "web": Web(app_url="https://b.example")},
            "https://b.example",
            True,
        ),
        (
            {"public_url": "https://a.example", "web": Web(app_url="https://b.example")},
            "https://a.example",
            False,
        ),
        ({}, "http://localhost", True),
        ({"public_url": "https://chat.example.org", "dev": True}, "http://localhost", True),
    ],
)
def test_where_the_page_stands(settings: Any, origin: str, own: bool) -> None:
    assert guards.is_own_origin(Config(**settings), origin, ["localhost"], "http") is own


# ── the value changes ───────────────────────────────────────────────────────────────────────────


async def rotate(page: Page) -> str:
    """Ask for the next value; the one before."""
    before = page.cookie
    assert (await page.request("POST", "/app/session", b"{}")).status == 200
    assert page.cookie != before
    return before


async def state(page: Page, cookie: str) -> str:
    """What ``cookie`` is worth, without keeping what the answer sets."""
    kept, page.cookie = page.cookie, cookie
    reply = await page.request("GET", "/app/session")
    page.cookie = kept
    return str(reply.json["state"])


async def test_a_lost_answer_signs_nobody_out(world: World, page: Page) -> None:
    await page.sign_up()
    old = await rotate(page)
    new, page.cookie = page.cookie, old
    world.clock.advance(3600)
    assert await state(page, old) == "signed-in", "the new value was never shown"
    await rotate(page)
    assert page.cookie == new, "asked again, the same"


async def test_an_old_value_is_good_for_a_minute(world: World, page: Page) -> None:
    await page.sign_up()
    old = await rotate(page)
    await page.confirm()
    world.clock.advance(browsers.FORMER_SECONDS - 1)
    assert await state(page, old) == "signed-in"
    kept, page.cookie = page.cookie, old
    reply = await page.request("POST", "/app/session", b"{}")
    assert reply.status == 200 and reply.cookies == [], "the next value is not for old ones"
    page.cookie = kept
    assert await state(page, kept) == "signed-in"


async def test_an_old_value_that_comes_back_is_theft(world: World, page: Page) -> None:
    """Whoever made a copy of the cookie or whoever has the browser is shut out, and the other
    devices are told."""
    await page.sign_up()
    other = await world.sign_in(page.phone)
    tab = await page.open()
    await tab.call(api.updates.GetState())
    old = await rotate(page)
    await page.confirm()
    world.clock.advance(browsers.FORMER_SECONDS + 1)
    other.pushed.clear()
    thief = Page(world, page.door)
    thief.cookie = old
    reply = await thief.request("POST", "/app/rpc", CALL)
    assert (reply.status, reply.json["reason"]) == (401, "reused")
    await world.settle()
    assert tab.wire.frames[-1] == {"bye": "signed-out"} and tab.wire.code == 4401
    assert (await page.request("POST", "/app/rpc", CALL)).status == 401
    (told,) = [u.message.message for u in other.updates(api.UpdateNewMessage)]
    assert "ancienne copie de son cookie" in told
    logged = await world.app.store.rows(_LOGGED)
    assert "cookie_reused" in {row.event for row in logged}


async def test_theft_before_anybody_has_signed_in(world: World, page: Page) -> None:
    await page.call(api.auth.ExportLoginToken(api_id=1, api_hash="", except_ids=[]))
    old = await rotate(page)
    await page.confirm()
    world.clock.advance(browsers.FORMER_SECONDS + 1)
    assert await state(page, old) == "ended"
    assert await state(page, page.cookie) == "ended"


async def test_only_the_end_of_a_session_empties_the_cache(world: World, page: Page) -> None:
    """What was fetched goes with the session; the storage, which is the desk's too, stays."""
    await page.sign_up()
    asked = (
        ("GET", "/app/session", b""),
        ("POST", "/app/rpc", CALL),
        ("GET", "/app/f/1/x?r=AAAA", b""),
    )
    for method, path, body in asked:
        assert "clear-site-data" not in (await page.request(method, path, body)).headers
    cookie = page.cookie
    ended = [await page.request("DELETE", "/app/session")]
    for method, path, body in asked:
        page.cookie = cookie
        ended.append(await page.request(method, path, body))
    assert [one.status for one in ended] == [204, 200, 401, 401]
    assert {one.headers["clear-site-data"] for one in ended} == {'"cache"'}
    page.cookie = ""
    nobody = await page.request("GET", "/app/session")
    assert nobody.json["state"] == "none" and "clear-site-data" not in nobody.headers


async def test_signing_in_and_a_new_password_change_the_value(world: World, page: Page) -> None:
    await page.call(api.auth.ExportLoginToken(api_id=1, api_hash="", except_ids=[]))
    before = page.cookie
    await page.sign_up()
    assert page.cookie != before
    tab = await page.open()
    assert not tab.opened["rotate"]
    world.clock.advance(browsers.ROTATE_SECONDS + 1)
    tab = await page.open()
    assert tab.opened["rotate"] and (await page.confirm()).json["rotate"]
    await rotate(page)
    assert not (await page.confirm()).json["rotate"]


async def test_a_device_that_is_not_ones_own_is_signed_out_after_a_day(
    world: World, page: Page, door: Door
) -> None:
    await page.sign_up()
    own = Page(world, door)
    await own.sign_in(page.phone)
    reply = await own.request("POST", "/app/session", b'{"trusted":true}')
    assert "Max-Age=15552000" in reply.cookies[0] and reply.json["trusted"]
    await own.confirm()
    world.clock.advance(browsers.UNTRUSTED_SECONDS + 400)
    await browsers.expire(world.app, {})
    assert (await page.request("GET", "/app/session")).json["state"] == "ended"
    assert (await own.confirm()).json["state"] == "signed-in"
    world.clock.advance(browsers.TRUSTED_SECONDS + 400)
    await browsers.expire(world.app, {})
    assert (await own.confirm()).json["state"] == "ended"


async def test_a_page_that_is_open_is_in_use(world: World, page: Page) -> None:
    await page.sign_up()
    tab = await page.open()
    await tab.call(api.updates.GetState())
    world.clock.advance(browsers.UNTRUSTED_SECONDS + 400)
    await browsers.expire(world.app, {})
    assert tab.wire.code == 0
    assert (await page.confirm()).json["state"] == "signed-in"


async def test_a_page_that_was_open_until_lately_was_in_use(world: World, page: Page) -> None:
    """It only listened, for most of a day."""
    await page.sign_up()
    tab = await page.open()
    world.clock.advance(browsers.UNTRUSTED_SECONDS - 3600)
    tab.cut()
    await world.settle()
    world.clock.advance(7200)
    await browsers.expire(world.app, {})
    assert (await page.confirm()).json["state"] == "signed-in"


async def test_browsers_of_one_address_are_counted(world: World, page: Page, door: Door) -> None:
    """As anybody does who is not on this machine in developer mode."""
    statuses = []
    for _ in range(21):
        stranger = Page(world, door, "198.51.100.9")
        call = b'{"i":1,"q":{"_":"auth.exportLoginToken","api_id":1,"api_hash":"","except_ids":[]}}'
        statuses.append((await stranger.request("POST", "/app/rpc", call)).status)
    assert statuses == [200] * 20 + [429]


@pytest.mark.parametrize(
    "body", [b"[]", b"{", b'{"trusted":1}', b'{"more":1}', b'"x"', b"\xff", b"[" * 500]
)
async def test_bodies_that_are_none(page: Page, body: bytes) -> None:
    await page.sign_up()
    reply = await page.request("POST", "/app/session", body)
    assert (reply.status, reply.json["error"]) == (400, "BAD_JSON")


async def test_bodies_that_are_too_large(page: Page) -> None:
    await page.sign_up()
    big = b'{"i":1,"q":{"_":"' + b"x" * (257 << 10) + b'"}}'
    assert (await page.request("POST", "/app/rpc", big)).status == 413
    assert (await page.request("POST", "/app/session", bytes(2000))).status == 413
