"""Signing in, calls, updates and coming back, by socket, POST and long poll."""

from __future__ import annotations

import asyncio
from base64 import b64decode
from typing import Any

import pytest

from petitbleu.appdoor import frames, sessions
from petitbleu.appdoor.door import Door
from petitbleu.domain.access.devices import service as devices
from petitbleu.rpc.dispatch import Dispatcher
from petitbleu.tl import api, jsonform
from tests.appdoor.pages import Page, Tab
from tests.domain.access.password import client_srp
from tests.domain.safety.moderation.deciding import decide, lift
from tests.kit import chats
from tests.kit.waiting import GUARD
from tests.kit.world import World

SELF = api.InputPeerSelf()


async def _talking(world: World, page: Page) -> tuple[Tab, Any, Any]:
    """A page, signed up and heard, with a friend on MTProto: tab, friend, the page's person."""
    bob = await world.sign_up("Bob")
    await page.sign_up("Ada")
    tab = await page.open()
    await tab.call(api.updates.GetState())
    bob_sees = await bob.call(
        api.contacts.ImportContacts(
            contacts=[
                api.InputPhoneContact(client_id=1, phone=page.phone, first_name="Ada", last_name="")
            ]
        )
    )
    (ada,) = bob_sees.users
    return tab, bob, api.InputPeerUser(user_id=ada.id, access_hash=ada.access_hash)


async def test_somebody_signs_up_in_a_browser_and_hears_a_friend(world: World, page: Page) -> None:
    tab, bob, ada = await _talking(world, page)
    assert tab.opened["user"] == str(page.user_id) and not tab.opened["resumed"]
    await chats.say(bob, ada, "hello there")
    (told,) = [one for one in tab.updates if one["updates"][0]["_"] == "updateNewMessage"]
    assert told["updates"][0]["message"]["message"] == "hello there"
    assert {one["id"] for one in told["users"]} >= {str(bob.user_id)}
    sent = await tab.call(api.messages.SendMessage(peer=SELF, message="note", random_id=7))
    assert sent["updates"][0] == {"_": "updateMessageID", "id": 2, "random_id": "7"}


async def test_a_browser_is_a_device_with_a_name(world: World, page: Page) -> None:
    await page.sign_up()
    other = await world.sign_in(page.phone)
    listed = await other.call(api.account.GetAuthorizations())
    (browser,) = [one for one in listed.authorizations if not one.current]
    assert (browser.app_name, browser.device_model) == ("Petitbleu Web", "Firefox")
    assert browser.system_version == "Linux"


@pytest.mark.parametrize("carrier", ["socket", "poll"])
async def test_a_session_ended_elsewhere_ends_at_once(
    world: World, page: Page, door: Door, carrier: str
) -> None:
    tab, _, _ = await _talking(world, page)
    other = await world.sign_in(page.phone)
    waiting = None
    if carrier == "poll":
        path = f"/app/events?session={tab.opened['session']}&got={len(tab.counted)}"
        await page.request("GET", path)
        waiting = asyncio.ensure_future(page.request("GET", path))
        await asyncio.sleep(0.05)
    world.clock.advance(2 * 86400)
    listed = await other.call(api.account.GetAuthorizations())
    (browser,) = [one for one in listed.authorizations if not one.current]
    await other.call(api.account.ResetAuthorization(hash=browser.hash))
    await world.settle()
    if waiting is None:
        assert tab.wire.frames[-1] == {"bye": "signed-out"} and tab.wire.code == 4401
    else:
        assert (await waiting).json[-1] == {"bye": "signed-out"}
    assert len(door.sessions) == 0
    again = await page.post({"i": 1, "q": {"_": "updates.getState"}})
    assert again.status == 401 and page.cookie == ""


async def test_a_browser_that_is_closed_when_its_session_ends(world: World, page: Page) -> None:
    """Nobody is there to be told: the cookie is dead all the same."""
    await page.sign_up()
    await devices.end_all(world.app, page.user_id)
    state = await page.request("GET", "/app/session")
    assert state.json["state"] == "ended" and page.cookie == ""


async def test_signing_out_is_answered_and_ends_the_cookie(world: World, page: Page) -> None:
    tab, _, _ = await _talking(world, page)
    out = await tab.call(api.auth.LogOut())
    assert out["_"] == "auth.loggedOut"
    before = page.cookie
    assert (await page.request("DELETE", "/app/session")).status == 204
    await world.settle()
    assert page.cookie == "" and tab.wire.code == 4401
    page.cookie = before
    assert (await page.request("GET", "/app/session")).json["state"] == "ended"


async def test_every_cut_is_made_good(world: World, page: Page) -> None:
    """The page was cut after any number of the frames: what it lacks is said again, once each, in
    order."""
    tab, bob, ada = await _talking(world, page)
    name, start = tab.opened["session"], len(tab.counted)
    for n in range(6):
        await chats.say(bob, ada, f"line {n}")
    full = tab.counted
    assert len(full) == start + 6
    for got in range(start, len(full) + 1):
        tab.cut()
        tab = await page.open(name, got)
        assert tab.opened["resumed"] and tab.opened["session"] == name
        assert tab.counted == full[got:]
    tab.cut()
    late = await page.open(name, start)
    assert not late.opened["resumed"] and late.opened["session"] != name, "it was acknowledged"


async def test_a_page_that_comes_from_the_future_begins_anew(world: World, page: Page) -> None:
    tab, _, _ = await _talking(world, page)
    tab.cut()
    again = await page.open(tab.opened["session"], 1000)
    assert not again.opened["resumed"]


async def test_a_session_is_of_one_device(world: World, page: Page, door: Door) -> None:
    tab, _, _ = await _talking(world, page)
    thief = Page(world, door)
    await thief.sign_up("Eve")
    other = await thief.open(tab.opened["session"], 0)
    assert not other.opened["resumed"]
    assert tab.wire.code == 0


async def test_a_call_made_twice_is_carried_out_once(world: World, page: Page) -> None:
    tab, _, _ = await _talking(world, page)
    call = {"i": 7, "q": {"_": "channels.createChannel", "title": "Town", "about": "",
        "megagroup": True}}  # fmt: skip
    tab.send(call)
    first = [await tab.answer(7)]
    assert "ok" in first[0]
    tab.cut()
    tab = await page.open(tab.opened["session"], 1)
    tab.send(call)
    await tab.answer(7)
    again = [one for one in tab.wire.frames if one.get("i") == 7]
    assert again == first * 2, "said again as a kept frame, and as the answer of the second"
    tab.send({"a": len(tab.counted) + 1})
    tab.send(call)
    await world.settle()
    assert tab.wire.frames[-1]["err"][0] == "INPUT_FETCH_ERROR"
    dialogs = await tab.call(_dialogs())
    assert len([one for one in dialogs["chats"] if one["title"] == "Town"]) == 1


def _dialogs() -> Any:
    return api.messages.GetDialogs(
        offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=100, hash=0
    )


async def test_calls_wait_for_others_and_fail_with_them(world: World, page: Page) -> None:
    tab, _, _ = await _talking(world, page)
    bad = {"_": "messages.sendMessage", "peer": {"_": "inputPeerSelf"}, "message": "",
           "random_id": "1"}  # fmt: skip
    good = bad | {"message": "after", "random_id": "2"}
    tab.send([{"i": 20, "q": bad}, {"i": 21, "q": good, "after": 20}])
    assert (await tab.answer(20))["err"][0] == "MESSAGE_EMPTY"
    assert (await tab.answer(21))["err"][0] == "MSG_WAIT_FAILED"
    tab.send([{"i": 22, "q": good}, {"i": 23, "q": good | {"random_id": "3"}, "after": 22}])
    assert "ok" in await tab.answer(22) and "ok" in await tab.answer(23)


async def test_a_session_that_is_away_is_forgotten_in_time(
    world: World, page: Page, door: Door
) -> None:
    tab, bob, ada = await _talking(world, page)
    kept = len(door.sessions)
    tab.cut()
    door.sessions.wheel.tick(world.clock.monotonic())
    assert len(door.sessions) == kept
    world.clock.advance(sessions.KEPT_SECONDS + 1)
    for _ in range(3):
        world.clock.advance(1)
        door.sessions.wheel.tick(world.clock.monotonic())
    assert len(door.sessions) == 0
    await chats.say(bob, ada, "nobody is here")
    tab = await page.open(tab.opened["session"], 1)
    assert not tab.opened["resumed"]


async def test_what_is_kept_for_a_page_that_is_away_is_bounded(
    world: World, page: Page, door: Door
) -> None:
    tab, bob, ada = await _talking(world, page)
    tab.cut()
    for n in range(frames.KEPT_BYTES // 4000 + 2):
        await chats.say(bob, ada, f"{n} " + "long " * 800)
    assert door.sessions.find(tab.opened["session"], _auth(door)) is None
    again = await page.open(tab.opened["session"], 1)
    assert not again.opened["resumed"]


def _auth(door: Door) -> int:
    return next(iter(door.sessions._by_auth), 0)


async def test_a_page_that_takes_nothing_is_told_to_ask(world: World, page: Page) -> None:
    tab, bob, ada = await _talking(world, page)
    tab.wire.waiting = sessions.SEND_QUEUE + 1
    await chats.say(bob, ada, "not taken")
    assert tab.updates == []
    tab.wire.waiting = 0
    world.fanout._missed.retry()
    assert tab.updates == [{"_": "updatesTooLong"}]


async def test_many_tabs_of_one_device(world: World, page: Page) -> None:
    await page.sign_up()
    tabs = []
    for _ in range(sessions.CARRIERS + 1):
        world.clock.advance(1)
        tabs.append(await page.open())
    assert tabs[0].wire.code == 4409 and tabs[0].wire.frames[-1] == {"bye": "replaced"}
    assert all(tab.wire.code == 0 for tab in tabs[1:])


async def test_a_long_poll_brings_the_same_frames(world: World, page: Page) -> None:
    tab, bob, ada = await _talking(world, page)
    name, got = tab.opened["session"], len(tab.counted)
    await chats.say(bob, ada, "one")
    reply = await page.request("GET", f"/app/events?session={name}&got={got}")
    assert tab.wire.code == 4409, "one carrier at a time"
    opened, one = reply.json
    assert opened["opened"]["resumed"] and one == tab.counted[got]
    waiting = asyncio.ensure_future(
        page.request("GET", f"/app/events?session={name}&got={got + 1}")
    )
    await asyncio.sleep(0.05)
    await chats.say(bob, ada, "two")
    (two,) = (await waiting).json
    assert two["u"]["updates"][0]["message"]["message"] == "two"
    page.session = name
    answer = await page.post({"i": 9, "q": {"_": "updates.getState"}})
    assert answer.json[0]["i"] == 9 and page.session == name
    repeated = await page.request("GET", f"/app/events?session={name}&got={got + 1}")
    assert repeated.json == [two], "not acknowledged yet"


async def test_a_page_that_comes_back_by_poll_is_told_that_it_is_open(page: Page) -> None:
    """Its poll was cut: nothing has happened, and it is not to wait until something does."""
    await page.sign_up()
    first = (await page.request("GET", "/app/events?open=1")).json[0]["opened"]
    place = f"/app/events?session={first['session']}&got=0"
    again = await page.request("GET", f"{place}&open=1")
    assert again.json[0]["opened"] | {"now": 0} == first | {"now": 0, "resumed": True}


async def test_a_drain_signs_nobody_out_who_polls(
    page: Page, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A call was under way, and is never answered: the page comes again, with its cookie."""
    await page.sign_up()
    page.session = (await page.request("GET", "/app/events")).json[0]["opened"]["session"]
    cookie = page.cookie
    polling = asyncio.ensure_future(
        page.request("GET", f"/app/events?session={page.session}&got=0")
    )

    begun = asyncio.Event()

    async def never(*given: object) -> bytes:
        begun.set()
        await asyncio.Event().wait()
        return b""

    monkeypatch.setattr(Dispatcher, "call_json", never)
    asking = asyncio.ensure_future(page.post({"i": 1, "q": {"_": "updates.getState"}}))
    await asyncio.wait_for(begun.wait(), GUARD)
    await asyncio.sleep(0.05)
    door.sessions.drain()
    assert (await polling).json == [{"bye": "draining"}]
    reply = await asking
    assert (reply.status, reply.json["error"], reply.cookies) == (409, "AGAIN", [])
    assert page.cookie == cookie and (await page.confirm()).json["state"] == "signed-in"


async def test_qr_sign_in_is_told_by_the_poll(world: World, page: Page) -> None:
    other = await world.sign_up("Bob")
    token = await page.call(api.auth.ExportLoginToken(api_id=1, api_hash="", except_ids=[]))
    waiting = asyncio.ensure_future(
        page.request("GET", f"/app/events?session={page.session}&got=0")
    )
    await asyncio.sleep(0.05)
    await other.call(api.auth.AcceptLoginToken(token=b64decode(token["ok"]["token"])))
    told = [one for one in (await waiting).json if "u" in one] or (
        await page.request("GET", f"/app/events?session={page.session}&got=0")
    ).json
    assert told[-1]["u"]["update"] == {"_": "updateLoginToken"}
    before = page.cookie
    signed = await page.call(api.auth.ExportLoginToken(api_id=1, api_hash="", except_ids=[]))
    assert signed["ok"]["authorization"]["user"]["id"] == str(other.user_id)
    assert page.cookie != before, "signing in gives a new cookie"


async def test_wrappers_files_and_keys_are_no_calls(world: World, page: Page) -> None:
    tab, _, _ = await _talking(world, page)
    for name in ("auth.bindTempAuthKey", "upload.getFile", "invokeWithLayer", "initConnection"):
        assert (await tab.ask({"_": name}))["err"][:2] == ["METHOD_INVALID", 400]


async def test_a_method_that_is_made_up(world: World, page: Page) -> None:
    tab, _, _ = await _talking(world, page)
    for query in ({"_": "messages.makeTea"}, {"_": "user"}, {"_": 5}, {}, None, [], "x"):
        answer = await tab.ask(query)
        assert answer["err"][:2] == ["INPUT_METHOD_INVALID", 400]


async def test_a_suspended_person_is_told_and_may_only_sign_out(world: World, page: Page) -> None:
    """Nothing more is pushed, the page comes back to hear why, and only signing out is left."""
    tab, bob, ada = await _talking(world, page)
    order = {"kind": "suspend", "subject": page.user_id}
    number = await decide(world, **order)
    await world.settle()
    bye = tab.wire.frames[-1]
    assert bye["bye"] == "suspended" and tab.wire.code == 4401
    assert "Contraire aux règles" in bye["reasons"] and bye["language"] == "fr"
    pushed = len(tab.updates)
    await chats.say(bob, ada, "unheard")
    assert len(tab.updates) == pushed
    state = (await page.confirm()).json
    assert state["state"] == "signed-in" and state["suspended"]
    assert state["reasons"] == bye["reasons"]
    again = await page.open()
    assert again.opened["suspended"]
    assert (await again.ask(api.updates.GetState()))["err"][0] == "USER_DEACTIVATED_BAN"
    assert (await page.request("GET", "/app/f/1/x?r=AAAA")).status == 401
    await lift(world, number)
    await world.settle()
    assert again.wire.frames[-1] == {"bye": "draining"} and again.wire.code == 1012
    free = await page.open()
    assert "suspended" not in free.opened
    await free.call(api.updates.GetState())
    await decide(world, command="c2", **order)
    await world.settle()
    last = await page.open()
    told = await page.request("GET", "/app/session")
    assert told.headers["clear-site-data"] == '"cache"'
    assert (await last.call(api.auth.LogOut()))["_"] == "auth.loggedOut"


async def test_a_new_password_asks_the_page_for_a_new_cookie(world: World, page: Page) -> None:
    tab, _, _ = await _talking(world, page)
    owed = jsonform.from_json(await tab.call(api.account.GetPassword()))
    algo, proof = client_srp.new_password("correct horse", owed.new_algo)
    settings = api.account.PasswordInputSettings(
        new_algo=algo, new_password_hash=proof, hint="horse"
    )
    await tab.call(
        api.account.UpdatePasswordSettings(
            password=api.InputCheckPasswordEmpty(), new_settings=settings
        )
    )
    assert tab.wire.frames[-1] == {"rotate": True} and tab.wire.code == 0
    before = page.cookie
    await page.request("POST", "/app/session", b"{}")
    assert page.cookie != before and (await page.confirm()).json["state"] == "signed-in"
    await tab.call(api.updates.GetState())
