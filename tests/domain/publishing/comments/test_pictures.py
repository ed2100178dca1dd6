"""Pictures in comments are on the page once an editor agreed to each, and gone with the comment."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest

from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.safety.moderation import measures
from petitbleu.tl import api
from petitbleu.web.public.comment_texts import TEXTS
from tests.domain.files.media.shots import picture, upload
from tests.domain.publishing.comments.kit import Talk, talk
from tests.kit import chats
from tests.kit.servicechat import answer, ask, heard, run
from tests.kit.web import Answer
from tests.kit.world import Client, World
from tests.web import public

ATOM = "{http://www.w3.org/2005/Atom}"


async def member(here: Talk, name: str = "Bob") -> Client:
    """Somebody in the discussion group."""
    one = await here.world.sign_up(name)
    await one.call(api.channels.JoinChannel(channel=chats.input_channel(one, here.group)))
    return one


async def copy_of(here: Talk) -> int:
    owner = here.channel.owner
    found = await chats.history(owner, chats.input_peer(owner, here.group))
    return next(one.id for one in found.messages if getattr(one, "fwd_from", None))


async def show(here: Talk, who: Client, text: str = "Regardez", **more: object) -> int:
    """A comment with a picture; its number."""
    file = await upload(who, picture(900, 600))
    said = await chats.shown(
        who, chats.input_peer(who, here.group),
        api.InputMediaUploadedPhoto(file=file, **more), text,
        reply_to=api.InputReplyToMessage(reply_to_msg_id=await copy_of(here)),
    )  # fmt: skip
    await due(here.world)
    return int(said.id)


async def due(world: World) -> None:
    await world.settle()
    await run(world)


async def asked(here: Talk) -> list[Any]:
    """The messages that ask the owner about pictures."""
    return [one for one in await heard(here.channel.owner) if "Pictures in" in one.message]


async def open_talk(world: World) -> Talk:
    here = await talk(world, "direct")
    await pages.set_switch(world.app, here.channel.peer, "pictures", "on")
    return here


def file_of(here: Talk, comment: int) -> str:
    return f"/m/mairie/{here.post}/comment/{comment}/m"


async def is_shown(here: Talk, comment: int) -> bool:
    """Whether the picture is on the page and can be fetched; both or neither."""
    page = await here.browser.get(here.page)
    there = f"/comment/{comment}/" in page.text
    assert ((await here.browser.get(file_of(here, comment))).status == 200) is there
    return there


async def test_a_members_picture_is_shown_once_an_editor_agreed(world: World) -> None:
    here = await open_talk(world)
    bob = await member(here)
    comment = await show(here, bob, "Le <port> ce matin")
    assert not await is_shown(here, comment)
    (message,) = await asked(here)
    assert f"{comment}. Le <port> ce matin" in message.message
    assert f"/mairie/{here.post}?comment={comment}" in message.message
    told = await ask(here.channel.owner, f"picture @mairie {comment} ok")
    assert "is shown on the page" in told
    assert await is_shown(here, comment)
    page = await here.browser.get(here.page)
    assert 'alt="Picture in the comment by Bob' in page.text
    one = await here.browser.get(file_of(here, comment))
    assert (
        one.headers["content-type"] == "image/jpeg"
        and "sandbox" in one.headers["content-security-policy"]
    )
    assert f"/comment/{comment}/" in (await here.browser.get(here.page + "/comments")).text
    assert "is not shown" in await ask(here.channel.owner, f"picture @mairie {comment} no")
    assert not await is_shown(here, comment)


async def test_several_are_decided_by_one_answer(world: World) -> None:
    here = await open_talk(world)
    bob = await member(here)
    first = await show(here, bob, "un")
    second, third = await show(here, bob, "deux"), await show(here, bob, "trois")
    assert len(await asked(here)) == 1, "a minute lies between two messages"
    world.clock.advance(61)
    await due(world)
    message = (await asked(here))[-1]
    assert "deux" in message.message and "trois" in message.message
    assert f"{first}." not in message.message
    await answer(here.channel.owner, message.id, "picture ok")
    assert [await is_shown(here, one) for one in (first, second, third)] == [False, True, True]


async def test_nobody_is_asked_and_nothing_shown_where_it_is_off(world: World) -> None:
    here = await talk(world, "direct")
    comment = await show(here, await member(here))
    assert await asked(here) == []
    await ask(here.channel.owner, f"picture @mairie {comment} ok")
    assert not await is_shown(here, comment)
    await pages.set_switch(world.app, here.channel.peer, "pictures", "on")
    assert await is_shown(here, comment)
    await pages.set_switch(world.app, here.channel.peer, "pictures", "off")
    assert not await is_shown(here, comment)


async def test_only_the_channels_people_decide(world: World) -> None:
    here = await open_talk(world)
    bob = await member(here)
    comment = await show(here, bob)
    for words in (f"picture @mairie {comment} ok", "picture ok", f"picture @nobody {comment} ok"):
        assert "is shown" not in await ask(bob, words)
    owner = here.channel.owner
    for words in ("picture", "picture ok", "picture @mairie 99999999999999 ok",
                  "picture @mairie 1 ok", "picture",
                  f"picture @mairie {await copy_of(here)} ok", "picture @mairie x ok"):  # fmt: skip
        assert "is shown" not in await ask(owner, words)
    assert not await is_shown(here, comment)


async def delete(here: Talk, comment: int) -> None:
    to = chats.input_channel(here.channel.owner, here.group)
    await here.channel.owner.call(api.channels.DeleteMessages(channel=to, id=[comment]))


async def measure(here: Talk, comment: int, kind: str, **more: object) -> None:
    group = (await pages.load_page(here.world.app, here.channel.peer)).chat.linked  # type: ignore[union-attr]
    assert group is not None
    order = measures.Order(f"c{kind}{comment}", kind, "operator", "a reason", subject=group,
                           owner=group, messages=(comment,), **more)  # type: ignore[arg-type]  # fmt: skip
    await measures.apply(here.world.app, order)


ENDS = {
    "deleted": delete,
    "removed": lambda h, c: measure(h, c, "remove"),
    "withheld": lambda h, c: measure(h, c, "withhold"),
    "withheld in one country": lambda h, c: measure(
        h, c, "withhold", countries=(h.world.app.config.country,)
    ),
    "labelled sensitive": lambda h, c: measure(h, c, "label", label="sensitive", shown="cruel"),
    "comments closed": lambda h, c: pages.set_switch(
        h.world.app, h.channel.peer, "comments", "closed"
    ),
    "page off": lambda h, c: pages.set_shown(h.world.app, h.channel.peer, False),
    "post deleted": lambda h, c: h.channel.delete(h.post),
}


@pytest.mark.turns(4)
@pytest.mark.parametrize("end", ENDS)
async def test_a_picture_goes_with_its_comment(world: World, end: str) -> None:
    here = await open_talk(world)
    comment = await show(here, await member(here))
    await ask(here.channel.owner, f"picture @mairie {comment} ok")
    for _ in range(2):
        assert await is_shown(here, comment)
    await ENDS[end](here, comment)
    await world.settle()
    for _ in range(2):
        assert not await is_shown(here, comment), end
    tag = {"if-none-match": "*"}
    here.browser.headers = tag
    assert (await here.browser.get(file_of(here, comment))).status in (404, 410, 451)


async def test_another_picture_needs_another_look(world: World) -> None:
    here = await open_talk(world)
    bob = await member(here)
    comment = await show(here, bob)
    await ask(here.channel.owner, f"picture @mairie {comment} ok")
    assert await is_shown(here, comment)
    file = await upload(bob, picture(640, 480))
    await bob.call(
        api.messages.EditMessage(
            peer=chats.input_peer(bob, here.group), id=comment,
            media=api.InputMediaUploadedPhoto(file=file),
        )
    )  # fmt: skip
    await due(world)
    assert not await is_shown(here, comment)
    await ask(here.channel.owner, f"picture @mairie {comment} ok")
    assert await is_shown(here, comment)


async def test_hidden_pictures_are_not_shown(world: World) -> None:
    here = await open_talk(world)
    comment = await show(here, await member(here), spoiler=True)
    assert await asked(here) == []
    assert "is shown" not in await ask(here.channel.owner, f"picture @mairie {comment} ok")
    assert not await is_shown(here, comment)


DOORS = [
    "{page}", "{page}?lang=fr", "{page}?comment={comment}", "{page}/comments",
    "{page}/comments?after=1", "{page}/comments.atom", "{page}/comment", "{page}/history",
    "/mairie", "/s/mairie", "/s/mairie/{post}", "/s/mairie?q=port", "/s/mairie/archive",
    "/s/mairie/feed.atom", "/s/mairie/feed.rss", "/s/mairie/feed.json", "/s/mairie/new",
    "/s/mairie/sitemap.xml", "/sitemap.xml", "/news-sitemap.xml",
    "/oembed?url=https%3A%2F%2Fexample.org%2Fmairie%2F{post}", "/m/mairie/{post}/card.png",
    *(f"/m/mairie/{{post}}/comment/{{comment}}/{label}{form}"
      for label in "smxyow" for form in ("", ".webp", ".avif")),
    "/m/mairie/{other}/comment/{comment}/m", "/m/mairie/{post}/comment/{copy}/m",
    "/m/mairie/{comment}/m", "/m/mairie/{post}/m", "/m/mairie/{post}/o", "/m/plain/1/m",
    "/m/preview/1/{comment}/m", "/m/other/{post}/comment/{comment}/m",
    "/m/Mairie/{post}/comment/{comment}/m",
]  # fmt: skip
"""Whatever could show a picture of a comment, or name its address."""
LEADS = ("{page}", "{page}?lang=fr", "{page}?comment={comment}", "{page}/comments",
         "{page}/comments?after=1", "{page}/comments.atom", "/s/mairie/{post}")  # fmt: skip
"""Those that do, once somebody agreed."""
_ADDRESS = re.compile(r"""(?:https?://[^/"'<>\s]+)?(/m/[^"'<>\s&]+)""")


class Doors:
    """What a stranger gets at each door, and by every picture's address that stands there."""

    def __init__(self, here: Talk, **names: object) -> None:
        self._here = here
        self._names = {"page": here.page, "post": here.post} | names
        self._asked = 0

    async def open(self) -> tuple[set[str], set[bytes]]:
        """The doors that name the comment's picture, and the bodies of all pictures that came."""
        naming, bodies = set(), set()
        for door in DOORS:
            answer = await self._get(door.format(**self._names))
            kind = answer.headers.get("content-type", "")
            if kind.startswith("image/") and answer.body:
                bodies.add(answer.body)
                continue
            if f"/comment/{self._names['comment']}/" in answer.text:
                naming.add(door)
            for path in set(_ADDRESS.findall(answer.text)):
                bodies.add((await self._get(path)).body)
        return naming, bodies

    async def _get(self, path: str) -> Answer:
        self._asked += 1
        self._here.browser.ip = f"198.51.{self._asked // 20}.{self._asked % 20}"
        answer = await self._here.browser.get(path)
        for _ in range(3):
            if answer.status not in (301, 302):
                break
            answer = await self._here.browser.get(answer.headers["location"])
        return answer


@pytest.mark.parametrize("end", ["no", "deleted"])
async def test_no_door_shows_a_picture_that_nobody_agreed_to(world: World, end: str) -> None:
    here = await open_talk(world)
    strangers = await public.channel(world, "other", "Ailleurs")
    await strangers.say("Rien à voir")
    comment = await show(here, await member(here), "Le port ce matin")
    copy, other = await copy_of(here), await here.channel.say("Un autre article")
    doors = Doors(here, comment=comment, other=other, copy=copy)
    naming, before = await doors.open()
    assert naming == set()
    await ask(here.channel.owner, f"picture @mairie {comment} ok")
    naming, agreed = await doors.open()
    assert naming == set(LEADS), "they lead to it, or this test looks for nothing"
    pictures = {
        (await here.browser.get(f"/m/mairie/{here.post}/comment/{comment}/{label}")).body
        for label in "smx"
    } - before
    assert pictures and pictures <= agreed and not before & pictures
    if end == "no":
        await ask(here.channel.owner, f"picture @mairie {comment} no")
    else:
        await delete(here, comment)
    await world.settle()
    naming, after = await doors.open()
    assert naming == set() and not after & pictures


async def test_a_feed_shows_what_the_page_shows(world: World) -> None:
    here = await open_talk(world)
    comment = await show(here, await member(here), "Le <port> & ses quais")
    feed = here.page + "/comments.atom"
    told = TEXTS["fr"]["media"]
    assert told in (await here.browser.get(feed)).text
    await ask(here.channel.owner, f"picture @mairie {comment} ok")
    said = (await here.browser.get(feed)).text
    content = ElementTree.fromstring(said).findtext(f".//{ATOM}entry/{ATOM}content") or ""
    image = re.search(r'<img src="([^"]+)" width="320" height="\d+" alt="([^"]+)">', content)
    assert image is not None and told not in content and "&lt;port&gt;" in content
    assert image[2] == TEXTS["fr"]["picture_by"].format("Bob")
    shown = await here.browser.get(image[1])
    assert shown.status == 200 and shown.headers["content-type"] == "image/jpeg"
