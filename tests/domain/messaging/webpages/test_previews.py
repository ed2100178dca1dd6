"""Links in messages get a preview, told to all who see them; calls that look before sending."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from petitbleu.config import Previews
from petitbleu.domain.files.media import service as media
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.webpages import service, worker
from petitbleu.store.api import Store
from petitbleu.tl import api
from tests.domain.files.media.shots import picture
from tests.domain.messaging.webpages.inside import Internet, answer, serving
from tests.kit import chats
from tests.kit.chats import history, refused, say
from tests.kit.waiting import GUARD, until
from tests.kit.world import Client, World

PAGES = {
    "/story": answer(
        b"<html><head><title>Old title</title>"
        b"<meta property='og:title' content='Un &eacute;t&eacute; &agrave; la mer'>"
        b"<meta property='og:site_name' content='Le Journal'>"
        b"<meta name=description content='Sun,\n sand'>"
        b"<meta property=og:image content='/sea.jpg'></head><body>...</body></html>"
    ),
    "/plain": answer("<title>Bücher</title>".encode("latin-1"), "text/html; charset=iso-8859-1"),
    "/sea.jpg": answer(picture(300, 200), "image/jpeg"),
    "/bomb.png": answer(b"\x89PNG\r\n\x1a\nnonsense", "image/png"),
    "/bomb": answer(b"<title>Bomb</title><meta property=og:image content='/bomb.png'>"),
    "/inside": answer(
        b"<title>Nice try</title><meta property=og:image content='http://127.0.0.1/secret.png'>"
    ),
    "/nothing": answer(b"<p>no head</p>"),
}


@pytest.fixture
async def linked(store: Store, tmp_path: Path) -> AsyncIterator[tuple[World, Internet]]:
    """An instance with previews, and the internet it sees."""
    async with previewing(store, tmp_path, PAGES) as made:
        yield made


@asynccontextmanager
async def previewing(
    store: Store, data: Path, pages: Mapping[str, bytes]
) -> AsyncIterator[tuple[World, Internet]]:
    """An instance with previews, and an internet whose every host has these pages."""

    def site(host: str, path: str) -> bytes:
        return pages.get(path) or answer(b"", "text/html", "404 Not Found")

    world = World(store, data, previews=Previews(seconds=3))
    await world.start()
    async with serving(site) as internet:
        world.app.parts[service.FETCHES].network = internet
        yield world, internet
        await settled(world)
        await world.app.parts.close()
    assert not world.errors, world.errors


async def settled(world: World) -> None:
    """Until nothing is being fetched."""
    async with asyncio.timeout(GUARD):
        while world.app.parts[service.FETCHES].running:
            await asyncio.sleep(0.01)
    await world.settle()


async def shown(client: Client, peer: Any) -> Any:
    """The media of the newest message."""
    return (await history(client, peer)).messages[0].media


async def test_both_sides_learn_what_a_link_leads_to(linked: tuple[World, Internet]) -> None:
    world, internet = linked
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob, to_ada = await ada.peer(bob), await bob.peer(ada)
    sent = await say(ada, to_bob, "read example.org/story today")
    message = next(one.message for one in sent.updates if hasattr(one, "message"))
    assert type(message.media.webpage) is api.WebPagePending
    await settled(world)
    for client, peer in ((ada, to_bob), (bob, to_ada)):
        (told,) = client.updates(api.UpdateWebPage)
        page = told.webpage
        assert (page.title, page.site_name) == ("Un été à la mer", "Le Journal")
        assert (page.description, page.url) == ("Sun, sand", "http://example.org/story")
        assert told.pts_count == 1
        assert (await shown(client, peer)).webpage.id == page.id == message.media.webpage.id
    photo = page.photo
    biggest = photo.sizes[-1]
    where = api.InputPhotoFileLocation(
        id=photo.id, access_hash=photo.access_hash, file_reference=photo.file_reference,
        thumb_size=biggest.type,
    )  # fmt: skip
    file = await bob.call(api.upload.GetFile(location=where, offset=0, limit=1 << 20))
    assert len(file.bytes) == biggest.size

    asked = len(internet.connected)
    await say(bob, to_ada, "again: http://EXAMPLE.org/story")
    assert type((await shown(ada, to_bob)).webpage) is api.WebPage
    assert len(internet.connected) == asked


async def test_a_device_that_was_away_is_told_in_the_difference(
    linked: tuple[World, Internet],
) -> None:
    world, _ = linked
    ada, bob = await chats.people(world, "Ada", "Bob")
    state = await bob.call(api.updates.GetState())
    await say(ada, await ada.peer(bob), "http://example.org/plain")
    await settled(world)
    found = await bob.call(api.updates.GetDifference(pts=state.pts, date=state.date, qts=state.qts))
    assert found.new_messages[0].media.webpage.title == "Bücher"
    (told,) = [one for one in found.other_updates if type(one) is api.UpdateWebPage]
    assert told.webpage.title == "Bücher"


async def test_groups_and_channels(linked: tuple[World, Internet]) -> None:
    world, _ = linked
    ada, bob = await chats.people(world, "Ada", "Bob")
    group = api.InputPeerChat(chat_id=await chats.group(ada, bob))
    await say(ada, group, "http://example.org/story")
    await settled(world)
    assert len(bob.updates(api.UpdateWebPage)) == 1
    news = await chats.channel(ada, bob)
    await say(ada, chats.input_peer(ada, news), "http://example.org/plain")
    await settled(world)
    (told,) = bob.updates(api.UpdateChannelWebPage)
    assert (told.channel_id, told.webpage.title) == (news, "Bücher")


@pytest.mark.parametrize(
    "path", ("/nothing", "/missing", "/story2", ":22/", ":6379/")
)  # fmt: skip
async def test_a_link_that_gives_nothing_shows_nothing(
    linked: tuple[World, Internet], path: str
) -> None:
    world, internet = linked
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob = await ada.peer(bob)
    await say(ada, to_bob, f"http://example.org{path}")
    await settled(world)
    assert type(ada.updates(api.UpdateWebPage)[0].webpage) is api.WebPageEmpty
    assert await shown(ada, to_bob) is None
    assert all(port in (80, 443) for _, port in internet.connected)


async def test_hostile_pictures_cost_the_preview_its_picture(
    linked: tuple[World, Internet],
) -> None:
    world, internet = linked
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob = await ada.peer(bob)
    for path, title in (("/bomb", "Bomb"), ("/inside", "Nice try")):
        await say(ada, to_bob, f"http://example.org{path}")
        await settled(world)
        page = (await shown(ada, to_bob)).webpage
        assert (page.title, page.photo) == (title, None)
    assert {address for address, _ in internet.connected} == {"93.184.216.34"}


async def test_many_links_at_once_wait_and_too_many_are_left_alone(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "WAITING_MAX", 9)
    world = World(store, tmp_path, previews=Previews(seconds=3))
    await world.start()
    under_way: list[str] = []

    def slow(host: str, path: str) -> list[bytes | float]:
        under_way.append(path)
        return [1.0, answer(f"<title>{path}</title>".encode())]

    async with serving(slow) as internet:
        world.app.parts[service.FETCHES].network = internet
        for number in range(12):
            url = f"http://example.org/{number}"
            service.wish(world.app, messages.links.number(url), url)
        await until(lambda: len(under_way) == service.AT_ONCE)
        await asyncio.sleep(0.2)
        assert len(under_way) == service.AT_ONCE, "the others wait"
        assert len(world.app.parts[service.FETCHES].running) == service.WAITING_MAX
        await settled(world)
        assert sorted(under_way) == [f"/{number}" for number in range(9)]
        await world.app.parts.close()


async def test_nothing_is_fetched_where_nobody_wants_it(linked: tuple[World, Internet]) -> None:
    world, internet = linked
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob = await ada.peer(bob)
    await say(ada, to_bob, "http://example.org/story", no_webpage=True)
    await say(ada, to_bob, "no link at all")
    await settled(world)
    assert internet.resolved == []
    assert await shown(ada, to_bob) is None


async def test_the_switch_is_off(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob = await ada.peer(bob)
    await say(ada, to_bob, "http://example.org/story")
    assert await shown(ada, to_bob) is None
    found = await ada.call(api.messages.GetWebPagePreview(message="http://example.org/story"))
    assert type(found.media) is api.MessageMediaEmpty
    page = await ada.call(api.messages.GetWebPage(url="http://example.org/story", hash=0))
    assert type(page.webpage) is api.WebPageEmpty
    assert not world.app.parts[service.FETCHES].running


async def test_an_edit_takes_the_preview_away_or_changes_it(
    linked: tuple[World, Internet],
) -> None:
    world, _ = linked
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob = await ada.peer(bob)
    await say(ada, to_bob, "http://example.org/story")
    await settled(world)
    number = (await history(ada, to_bob)).messages[0].id
    edit = {"peer": to_bob, "id": number, "message": "http://example.org/story"}
    await ada.call(api.messages.EditMessage(**edit, no_webpage=True))
    assert await shown(ada, to_bob) is None
    await ada.call(api.messages.EditMessage(**edit | {"message": "http://example.org/plain"}))
    await settled(world)
    assert (await shown(ada, to_bob)).webpage.title == "Bücher"


async def test_a_link_chosen_by_hand(linked: tuple[World, Internet]) -> None:
    world, _ = linked
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob = await ada.peer(bob)
    chosen = api.InputMediaWebPage(url="http://example.org/plain", force_small_media=True)
    await ada.call(
        api.messages.SendMedia(
            peer=to_bob, media=chosen, message="see http://x.example/", random_id=5
        )
    )
    await settled(world)
    media = await shown(ada, to_bob)
    assert (media.webpage.title, media.manual, media.force_small_media) == ("Bücher", True, True)
    bad = api.InputMediaWebPage(url="file:///etc/passwd")
    q = api.messages.SendMedia(peer=to_bob, media=bad, message="x", random_id=6)
    assert await refused(ada, q) == "WEBPAGE_URL_INVALID"


async def test_a_preview_is_refused_to_who_may_not_embed_links(
    linked: tuple[World, Internet],
) -> None:
    world, _ = linked
    ada, bob = await chats.people(world, "Ada", "Bob")
    town = await chats.supergroup(ada, bob)
    rights = api.ChatBannedRights(until_date=0, embed_links=True)
    await ada.call(
        api.messages.EditChatDefaultBannedRights(
            peer=chats.input_peer(ada, town), banned_rights=rights
        )
    )
    there = {"peer": chats.input_peer(bob, town), "message": "see example.org/story"}
    chosen = api.InputMediaWebPage(url="http://example.org/story")
    insists = api.messages.SendMedia(media=chosen, random_id=5, **there)
    assert await refused(bob, insists) == "CHAT_SEND_MEDIA_FORBIDDEN"
    would_like = api.InputMediaWebPage(url="http://example.org/story", optional=True)
    await bob.call(api.messages.SendMedia(media=would_like, random_id=6, **there))
    assert await shown(bob, there["peer"]) is None
    await ada.call(
        api.messages.SendMedia(
            peer=chats.input_peer(ada, town), media=chosen, message="admins may", random_id=7
        )
    )


async def test_a_preview_is_forgotten_in_the_end(linked: tuple[World, Internet]) -> None:
    world, _ = linked
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob = await ada.peer(bob)
    for path in ("story", "nothing"):
        await say(ada, to_bob, f"read example.org/{path}")
        await settled(world)
    assert await service.forget_old(world.app) == 0
    world.clock.advance(8 * 86_400)
    assert await service.forget_old(world.app) == 1, "what gave nothing"
    photo = (await history(ada, to_bob)).messages[1].media.webpage.photo
    world.clock.advance(365 * 86_400)
    assert await service.forget_old(world.app) == 1
    assert (await history(ada, to_bob)).messages[1].media is None
    store = world.app.store
    assert photo is not None and not await media.held(store, photo.id)
    await say(ada, to_bob, "read example.org/story again")
    await settled(world)
    assert (await shown(bob, await bob.peer(ada))).webpage.title == "Un été à la mer"


async def test_looking_before_sending_and_by_address(linked: tuple[World, Internet]) -> None:
    world, _ = linked
    ada = await world.sign_up("Ada")
    found = await ada.call(api.messages.GetWebPagePreview(message="see example.org/story"))
    assert found.media.webpage.title == "Un été à la mer"
    assert (
        type((await ada.call(api.messages.GetWebPagePreview(message="no link"))).media)
        is api.MessageMediaEmpty
    )
    q = api.messages.GetWebPage(url="http://example.org/story", hash=0)
    page = (await ada.call(q)).webpage
    assert page.title == "Un été à la mer"
    q = api.messages.GetWebPage(url="http://example.org/story", hash=page.hash)
    assert type((await ada.call(q)).webpage) is api.WebPageNotModified
    assert await refused(ada, api.messages.GetWebPage(url="ftp://x", hash=0)) == (
        "WC_CONVERT_URL_INVALID"
    )
    assert await refused(ada, api.messages.GetWebPagePreview(message="")) == "MESSAGE_EMPTY"


async def test_a_preview_is_fetched_anew_after_a_day_and_kept_while_the_site_is_away(
    linked: tuple[World, Internet],
) -> None:
    world, internet = linked
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob = await ada.peer(bob)
    await say(ada, to_bob, "http://example.org/plain")
    await settled(world)
    world.clock.advance(25 * 3600)
    internet.names["example.org"] = OSError("name server away")
    await say(ada, to_bob, "http://example.org/plain again")
    await settled(world)
    assert internet.resolved == ["example.org", "example.org"]
    assert (await shown(ada, to_bob)).webpage.title == "Bücher"


def test_a_page_is_read_whatever_it_says() -> None:
    deep = b"<head><title>t</title></head>" + b"<div>" * 50_000
    assert worker.read(deep, "", "http://x/") == {"title": "t"}
    many = b"<meta property=og:title content='a'>" + b"<meta property=og:title content='b'>" * 999
    assert worker.read(many, "no-such-charset", "http://x/")["title"] == "a"
    assert len(worker.read(b"<title>" + b"x" * 9999, "rot13", "http://x/")["title"]) == 256
    assert worker.read(b"\xff\xfe<\x00t", "base64", "http://x/") == {}
    script = b"<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>"
    assert worker.read(script, "", "http://x/")["title"] == "<script>alert(1)</script>"
