"""Notices to browsers: when, to whom and what; services that do not do as they should."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from petitbleu.domain.access.devices import service as devices
from petitbleu.domain.client.push import noticing, sending, service
from petitbleu.domain.messaging.webpages import service as webpages
from petitbleu.tl import api
from petitbleu.webpush import base64url
from tests.desk.casework.alerts.receivers import Browser, Receiver, receiver
from tests.domain.messaging.webpages.inside import Internet
from tests.domain.safety.moderation.deciding import decide
from tests.kit import chats
from tests.kit.waiting import until
from tests.kit.world import Client, RpcFault, World

ENDPOINT = "http://push.example/bob"


class Away:
    """Bob, whose browser is subscribed and who has no page open; Ada, who writes."""

    def __init__(self, world: World, ada: Client, bob: Client, taken: Receiver) -> None:
        self.world, self.ada, self.bob, self.taken = world, ada, bob, taken
        self.browser = Browser()

    def token(self, endpoint: str = ENDPOINT, **more: Any) -> str:
        keys = {"p256dh": base64url(self.browser.p256dh), "auth": base64url(self.browser.auth)}
        return json.dumps({"endpoint": endpoint, "keys": keys} | more)

    async def register(self, who: Client | None = None, token: str = "", **more: Any) -> Any:
        return await (who or self.bob).call(
            api.account.RegisterDevice(
                token_type=10,
                token=token or self.token(**more),
                app_sandbox=False,
                secret=b"",
                other_uids=[],
            )
        )

    async def say(self, text: str, **more: Any) -> None:
        await chats.say(self.ada, await self.ada.peer(self.bob), text, **more)

    async def told(self, count: int) -> list[dict[str, Any]]:
        """What the browser was told, once there are so many."""
        await until(lambda: len(self.taken.calls) >= count)
        await self.world.settle()
        assert len(self.taken.calls) == count
        key = service.application_key(self.world.app)
        return [self.browser.read(head, body, key) for head, body, _ in self.taken.calls]

    async def looked(self) -> None:
        """Wait until what was said has been judged and what was to be sent has been."""
        app = self.world.app
        waiting, traffic = app.parts[noticing.WAITING_ROOM], app.parts[sending.TRAFFIC]
        await until(lambda: not waiting.chats and not waiting.channels)
        await until(lambda: not traffic.running)
        await self.world.settle()

    async def set(self, **settings: Any) -> None:
        """Bob's settings of the chat with Ada."""
        peer = api.InputNotifyPeer(peer=await self.bob.peer(self.ada))
        wanted = api.InputPeerNotifySettings(**settings)
        await self.bob.call(api.account.UpdateNotifySettings(peer=peer, settings=wanted))


@pytest_asyncio.fixture
async def away(world: World) -> AsyncIterator[Away]:
    async with receiver() as taken:
        port = int(taken.url.rpartition(":")[2].partition("/")[0])
        world.app.parts[webpages.FETCHES].network = Internet(port, {})
        world.app.parts[sending.TRAFFIC].schemes = ("https", "http")
        ada, bob = await chats.people(world, "Ada", "Bob")
        bob.link.connected = False
        made = Away(world, ada, bob, taken)
        assert await made.register() is True
        yield made


async def test_a_message_is_told_where_no_page_is_open(away: Away) -> None:
    await away.say("See you\nat eight")
    (told,) = await away.told(1)
    assert (told["title"], told["text"]) == ("Ada", "See you at eight")
    assert (told["chat"], told["silent"]) == (f"u{away.ada.user_id}", False)
    headers = away.taken.calls[0][0]
    assert len(headers["Topic"]) == 32 and headers["Urgency"] == "high"
    assert away.browser.claims["aud"] == "http://push.example"
    assert str(away.ada.user_id) not in str(headers), "the service learns nothing of whom"


async def test_one_notice_for_a_chat_under_one_name(away: Away) -> None:
    for number in range(5):
        await away.say(f"line {number}")
    (told,) = await away.told(1)
    assert told["text"] == "line 4"
    await away.looked()
    await away.say("another")
    await away.told(2)
    first, second = (head["Topic"] for head, _, _ in away.taken.calls)
    assert first == second


async def test_it_is_taken_away_when_the_chat_is_read_elsewhere(away: Away) -> None:
    await away.say("Hello")
    (told,) = await away.told(1)
    ada = await away.bob.peer(away.ada)
    await away.bob.call(api.messages.ReadHistory(peer=ada, max_id=told["id"]))
    _, closed = await away.told(2)
    assert closed == {"v": 1, "chat": told["chat"], "read": told["id"]}
    await away.bob.call(api.messages.ReadHistory(peer=ada, max_id=told["id"]))
    await away.looked()
    await away.told(2)


async def test_nobody_is_told_who_has_read_it_before(away: Away) -> None:
    await away.say("Hello")
    ada = await away.bob.peer(away.ada)
    await away.bob.call(api.messages.ReadHistory(peer=ada, max_id=0))
    await away.looked()
    assert away.taken.calls == []


async def test_whoever_is_there_is_not_told(away: Away) -> None:
    app, link, now = away.world.app, away.bob.link, away.world.clock.now()
    there = lambda: noticing.is_due(app, away.bob.user_id, now)  # noqa: E731
    assert there() == 0.0, "nobody is connected"
    link.connected, link.heard_at = True, now + 1
    assert there() is None, "it has answered"
    link.heard_at = now - 10
    assert there() == 20.0, "it answered lately"
    link.heard_at = now - 300
    assert there() == 5.0, "it is asked once more"
    away.world.clock.advance(6)
    assert there() == 0.0
    link.heard_at = away.world.clock.now() + 1
    await away.say("Hello")
    await away.looked()
    assert away.taken.calls == []


async def test_as_the_person_has_set_it(away: Away) -> None:
    await away.set(mute_until=int(away.world.clock.now()) + 3600)
    await away.say("muted")
    await away.looked()
    assert away.taken.calls == []
    await away.set(show_previews=False, silent=True)
    await away.say("secret")
    (told,) = await away.told(1)
    assert (told["title"], told["text"], told["silent"]) == ("Ada", "New message", True)
    scope = api.InputNotifyUsers()
    wanted = api.InputPeerNotifySettings(mute_until=2**31 - 1)
    await away.bob.call(api.account.UpdateNotifySettings(peer=scope, settings=wanted))
    await away.set()
    await away.say("all people are muted")
    await away.looked()
    assert len(away.taken.calls) == 1


async def test_neither_names_nor_texts(away: Away) -> None:
    await away.register(text=False)
    await away.say("secret")
    (told,) = await away.told(1)
    assert (told["title"], told["text"]) == (away.world.app.config.name, "New message")


async def test_quiet_hours_are_those_of_the_browser(away: Away) -> None:
    now = away.world.clock.now()
    minute = int(now // 60) % 1440
    quiet = {"from": (minute - 30) % 1440, "until": (minute + 30) % 1440, "zone": "UTC"}
    await away.register(quiet=quiet)
    await away.say("at night")
    await away.looked()
    assert away.taken.calls == []
    await away.register(quiet=quiet | {"zone": "Asia/Tokyo"})
    await away.say("in the morning")
    assert [one["text"] for one in await away.told(1)] == ["in the morning"]
    (row,) = await service.of_account(away.world.app, away.bob.user_id)
    over = row._replace(quiet_from=1380, quiet_until=420, zone="UTC")
    told = [noticing.is_quiet(over, hour * 3600.0) for hour in (22, 23, 0, 6, 7, 12)]
    assert told == [False, True, True, True, False, False]


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
async def test_groups_and_channels(away: Away, kind: str) -> None:
    made = getattr(chats, kind)
    chat = await made(away.ada, away.bob, title="Les amis")
    peer = api.InputPeerChat(chat_id=chat) if kind == "group" else chats.input_peer(away.ada, chat)
    await away.looked()
    await chats.say(away.ada, peer, "to all")
    (told,) = await away.told(1)
    text = "to all" if kind == "channel" else "Ada: to all"
    assert (told["title"], told["text"]) == ("Les amis", text)
    assert told["chat"] == f"{'g' if kind == 'group' else 'c'}{chat}"
    if kind != "group":
        seen = chats.input_channel(away.bob, chat)
        await away.bob.call(api.channels.ReadHistory(channel=seen, max_id=told["id"]))
        assert (await away.told(2))[1]["read"] == told["id"]
        await away.bob.call(api.channels.LeaveChannel(channel=seen))
        await chats.say(away.ada, peer, "to those who stayed")
        await away.looked()
        assert len(away.taken.calls) == 2


async def test_a_login_takes_its_browser_along(away: Away) -> None:
    app, bob = away.world.app, away.bob.user_id
    await devices.end_all(app, bob)
    assert await service.of_account(app, bob) == []
    await away.say("Hello")
    await away.looked()
    assert away.taken.calls == []


async def test_suspended_nothing_is_told(away: Away) -> None:
    await away.say("Hello")
    await away.told(1)
    await decide(away.world, "suspend", subject=away.bob.user_id)
    await noticing.tell(away.world.app, away.bob.user_id, away.ada.user_id, 1)
    await away.looked()
    assert len(away.taken.calls) == 1
    assert await service.of_account(away.world.app, away.bob.user_id) == []


async def test_a_browser_tells_its_notices_to_one_person(away: Away) -> None:
    cleo = await away.world.sign_up("Cleo")
    await away.register(cleo)
    assert await service.of_account(away.world.app, away.bob.user_id) == []
    assert len(await service.of_account(away.world.app, cleo.user_id)) == 1


async def test_unregistered(away: Away) -> None:
    gone = api.account.UnregisterDevice(token_type=10, token=away.token(), other_uids=[])
    assert await away.bob.call(gone) is True
    assert await away.bob.call(gone) is True
    assert await service.of_account(away.world.app, away.bob.user_id) == []


@pytest.mark.parametrize("status", [404, 410])
async def test_a_subscription_that_has_ended_is_forgotten(away: Away, status: int) -> None:
    away.taken.status = status
    await away.say("Hello")
    await away.looked()
    assert len(away.taken.calls) == 1
    assert await service.of_account(away.world.app, away.bob.user_id) == []


@pytest.mark.parametrize("status", [302, 400, 429, 500])
async def test_what_is_not_taken_is_kept_for_a_week(
    away: Away, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "PAUSES", (0.01,))
    away.taken.status = status
    await away.say("Hello")
    await until(lambda: len(away.taken.calls) == 2)  # no redirect was followed: the path is ours
    await away.looked()
    (row,) = await service.of_account(away.world.app, away.bob.user_id)
    assert row.failing_since
    away.taken.status = 201
    await away.say("again")
    await until(lambda: len(away.taken.calls) == 3)
    await away.looked()
    (row,) = await service.of_account(away.world.app, away.bob.user_id)
    assert row.failing_since == 0
    monkeypatch.setattr(sending, "PAUSES", ())
    away.taken.status = status
    await away.say("and again")
    await away.looked()
    away.world.clock.advance(sending.GIVE_UP + 1)
    away.bob.link.connected = False
    await away.say("at last")
    await away.looked()
    assert await service.of_account(away.world.app, away.bob.user_id) == []


async def test_a_service_that_hangs_holds_up_no_other(
    away: Away, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    hung = asyncio.Event()
    post = sending._post

    async def slow(app: Any, url: str, headers: dict[str, str], body: bytes) -> int:
        asked.append(url)
        if "hangs" in url:
            await hung.wait()
            return 201
        return await post(app, url, headers, body)

    monkeypatch.setattr(sending, "_post", slow)
    await away.register(endpoint="http://hangs.example/bob")
    await away.say("Hello")
    await until(lambda: away.taken.calls)  # what hangs is not waited for
    assert "http://hangs.example/bob" in asked
    traffic = away.world.app.parts[sending.TRAFFIC]
    notice = sending.Notice(away.bob.user_id, "http://hangs.example/bob", "", {}, True, 60)
    for number in range(sending.QUEUE + 50):
        sending.put(away.world.app, [notice._replace(topic=str(number))])
    await asyncio.sleep(0)
    assert len(traffic.queues["http://hangs.example"]) <= sending.QUEUE
    assert traffic.running["http://hangs.example"] == sending.AT_ONCE
    hung.set()
    await away.looked()
    assert traffic.queues == {}


async def test_an_answer_that_grows_is_not_read_to_its_end(away: Away) -> None:
    """Little of an answer is read, and none of it is kept."""
    sent = 0

    async def grow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 201 Created\r\nContent-Length: 1000000000\r\n\r\n")
        try:
            while sent < 1_000_000_000:
                writer.write(b"x" * 65_536)
                sent += 65_536
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(grow, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    away.world.app.parts[webpages.FETCHES].network = Internet(port, {})
    await away.say("Hello")
    await away.looked()
    assert 0 < sent < 20_000_000
    server.close()


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.0.0.8", "169.254.169.254", "::1", "fd00::1"])
async def test_addresses_of_our_own_network_are_not_called(away: Away, inside: str) -> None:
    """Also where the name led outside when it was registered."""
    internet = away.world.app.parts[webpages.FETCHES].network
    assert isinstance(internet, Internet)
    internet.names["push.example"] = ["93.184.216.34", inside]
    await away.say("Hello")
    await away.looked()
    assert internet.connected == [] and away.taken.calls == []
    assert await service.of_account(away.world.app, away.bob.user_id) == []


async def test_tokens_are_checked(world: World) -> None:
    ada = await world.sign_up("Ada")
    browser = Browser()
    keys = {"p256dh": base64url(browser.p256dh), "auth": base64url(browser.auth)}
    good = {"endpoint": "https://push.example/x", "keys": keys}

    async def register(kind: int, token: Any) -> str:
        text = token if isinstance(token, str) else json.dumps(token)
        call = api.account.RegisterDevice(
            token_type=kind, token=text, app_sandbox=False, secret=b"", other_uids=[]
        )
        try:
            return str(await ada.call(call))
        except RpcFault as fault:
            return fault.message

    assert await register(2, "token") == "True", "of an app: accepted, and nothing is sent"
    assert await register(99, "token") == "TOKEN_TYPE_INVALID"
    assert await register(10, "") == "TOKEN_EMPTY"
    assert await register(10, "x" * 5000) == "TOKEN_INVALID"
    for endpoint in ("http://push.example/x", "https://u:p@push.example/", "ftp://a.b/", "", 5):
        assert await register(10, good | {"endpoint": endpoint}) == "WEBPUSH_TOKEN_INVALID"
    for token in ("{", "[]", "5", "[" * 4000, good | {"quiet": 5}):
        assert await register(10, token) == "WEBPUSH_TOKEN_INVALID"
    for zone in ("", "Nowhere/Town", "../../etc/passwd", "/etc/passwd", "x" * 1000):
        quiet = {"from": 0, "until": 60, "zone": zone}
        assert await register(10, good | {"quiet": quiet}) == "WEBPUSH_TOKEN_INVALID", zone
    for begin in (-1, 1440, "9", None, True):
        quiet = {"from": begin, "until": 60, "zone": "UTC"}
        assert await register(10, good | {"quiet": quiet}) == "WEBPUSH_TOKEN_INVALID"
    for p256dh in ("", "AAAA", 5, None, "é", base64url(b"\4" + bytes(64))):
        wrong = keys | {"p256dh": p256dh}
        assert await register(10, good | {"keys": wrong}) == "WEBPUSH_KEY_INVALID"
    wrong = keys | {"auth": "AAAA"}
    assert await register(10, good | {"keys": wrong}) == "WEBPUSH_AUTH_INVALID"
    assert await service.of_account(world.app, ada.user_id) == []
    assert await register(10, good) == "True"
    for number in range(service.MOST - 1):
        assert await register(10, good | {"endpoint": f"https://push.example/{number}"}) == "True"
    assert await register(10, good | {"endpoint": "https://push.example/y"}) == "TOKEN_INVALID"
    empty = api.account.UnregisterDevice(token_type=2, token="", other_uids=[])
    with pytest.raises(RpcFault, match="TOKEN_INVALID"):
        await ada.call(empty)


async def test_what_is_shown_is_known_after_a_restart_and_forgotten_in_time(away: Away) -> None:
    await away.say("Hello")
    await away.told(1)
    await away.looked()
    app = away.world.app
    app.parts[service.KNOWN] = service.Known()
    await service.load(app)
    known = app.parts[service.KNOWN]
    assert known.accounts == {away.bob.user_id}
    assert known.shown == {(away.bob.user_id, away.ada.user_id)}
    for _ in range(2):
        await app.store.write(service.prune, int(app.clock.now()) + 31 * 86_400)
    await service.load(app)
    assert known.shown == set()
