"""Kept pages answered from memory: never as they were before a write that was acknowledged."""

from __future__ import annotations

import gzip
from collections.abc import Awaitable, Callable
from typing import Any

import brotli
import pytest
from starlette.types import Scope

from petitbleu.control import perform
from petitbleu.domain.publishing.pages import service
from petitbleu.domain.registration.deletion import service as deletion
from petitbleu.domain.safety.moderation import measures
from petitbleu.tl import api
from petitbleu.web.public import cache, door
from petitbleu.web.public.cache import Sent
from petitbleu.web.public.ready import Ready
from tests.domain.files.media.shots import picture, upload
from tests.domain.publishing.comments.kit import Talk, talk
from tests.kit import chats
from tests.kit.servicechat import ask
from tests.kit.web import Answer, Browser
from tests.kit.world import World
from tests.web.public import channel, reader
from tests.web.test_public import _from, decide

UNPACK = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}


class Counted:
    """Notes which answers came from memory."""

    def __init__(self, ready: Ready) -> None:
        self._ready = ready
        self.found = 0

    def find(self, scope: Scope) -> Sent | None:
        sent = self._ready.find(scope)
        self.found += sent is not None
        return sent


def watched(browser: Browser) -> Counted:
    counted = browser.app._ready = Counted(browser.app._ready)
    return counted


async def get(browser: Browser, path: str, form: str = "", tag: str = "") -> Answer:
    browser.headers = {"accept-encoding": form} if form else {}
    browser.headers |= {"if-none-match": tag} if tag else {}
    return await browser.get(path)


class Site:
    """A channel with a discussion, a post with a picture, an album, and readers of its pages."""

    def __init__(self, world: World, here: Talk, shown: int, album: int) -> None:
        self.world, self.here, self.made = world, here, here.channel
        self.owner, self.post, self.picture, self.album = (
            here.channel.owner,
            here.post,
            shown,
            album,
        )
        self.ends = 0
        self.browser = reader(world)
        self.counted = watched(self.browser)

    @property
    def paths(self) -> list[str]:
        name = "mairie"
        return ["/", f"/s/{name}", f"/s/{name}/2027/01", f"/s/{name}/tag/port",
                f"/s/{name}/feed.atom", f"/{name}/{self.post}", f"/{name}/{self.post}/comments",
                f"/{name}/{self.post}/comments.atom", f"/{name}/{self.picture}",
                f"/{name}/{self.album}", f"/s/{name}/sitemap.xml", "/sitemap.xml",
                "/news-sitemap.xml"]  # fmt: skip

    async def warm(self) -> dict[str, Answer]:
        """Each page in each form, until memory answers for it."""
        known = {}
        for path in self.paths:
            await get(self.browser, path)  # a sitemap notes what it read, which is a write
            known[path] = await get(self.browser, path)
            for form in UNPACK:
                before = self.counted.found
                answer = await get(self.browser, path, form)
                assert self.counted.found == before + 1, path
                assert UNPACK[answer.headers.get("content-encoding", "")](answer.body) == (
                    known[path].body
                )
        return known


@pytest.fixture
async def site(world: World) -> Site:
    here = await talk(world, "direct")
    file = await upload(here.channel.owner, picture(900, 600))
    shown = await here.channel.show(api.InputMediaUploadedPhoto(file=file), "Le port. #port")
    site = Site(world, here, shown, await here.channel.album("Trois vues"))
    await pages_on(world, site)
    return site


async def pages_on(world: World, site: Site) -> None:
    await service.set_switch(world.app, site.made.peer, "press", "on")
    await world.settle()


async def _photo(site: Site) -> None:
    file = await upload(site.owner, picture(640, 640))
    photo = api.InputChatUploadedPhoto(file=file)
    await site.owner.call(api.channels.EditPhoto(channel=site.made.input, photo=photo))


async def _comment(site: Site) -> None:
    await site.here.wrote("Bravo à tous")


async def _uncomment(site: Site) -> None:
    said = await site.here.said()
    to = chats.input_channel(site.owner, site.here.group)
    await site.owner.call(api.channels.DeleteMessages(channel=to, id=[one.id for one in said]))


async def _title(site: Site) -> None:
    await site.owner.call(api.channels.EditTitle(channel=site.made.input, title="Ville"))


async def _about(site: Site) -> None:
    await site.owner.call(api.messages.EditChatAbout(peer=site.made.input_peer, about="Le bourg"))


async def _pin(site: Site) -> None:
    await site.owner.call(
        api.messages.UpdatePinnedMessage(peer=site.made.input_peer, id=site.post, silent=True)
    )


async def _private(site: Site) -> None:
    await site.owner.call(api.channels.UpdateUsername(channel=site.made.input, username=""))


async def _delete_channel(site: Site) -> None:
    await site.owner.call(api.channels.DeleteChannel(channel=site.made.input))


async def _order(site: Site, kind: str, *ids: int, **more: Any) -> int:
    return await decide(site.world, site.made, kind, *ids, **more)


async def _command(site: Site) -> None:
    told = {"kind": "withhold", "reason": "an order", "chat": "@mairie", "messages": [site.post]}
    await perform(site.world.app, "measure.apply", told)


async def _suspend(site: Site) -> None:
    owner = site.owner.user_id
    order = measures.Order("s1", "suspend", "operator", "a reason", subject=owner)
    await measures.apply(site.world.app, order)


async def _delete_owner(site: Site) -> None:
    await deletion.delete(site.world.app, site.owner.user_id)
    await deletion.empty(site.world.app, site.owner.user_id)


async def _end(site: Site) -> None:
    app = site.world.app
    await measures.lift(app, site.ends, command="e1", actor="operator", reason="over")


async def _end_by_date(site: Site) -> None:
    site.world.clock.advance(61)


Door = Callable[[Site], Awaitable[Any]]
P, C, A, S = "/mairie/{post}", "/s/mairie", "/mairie/{album}", "/mairie/{picture}"
DOORS: dict[str, tuple[Door, tuple[str, ...]]] = {
    "a post": (lambda s: s.made.say("Un nouveau quai. #port"), (C, "/s/mairie/feed.atom")),
    "an edit": (lambda s: s.made.edit(s.post, "Elle est fermée."), (C, P, "/s/mairie/feed.atom")),
    "a deletion": (lambda s: s.made.delete(s.post), (C, P)),
    "a caption in an album": (lambda s: s.made.edit(s.album + 1, "Le phare"), (A, C)),
    "a picture of an album deleted": (lambda s: s.made.delete(s.album + 1), (A, C)),
    "an alternative text": (
        lambda s: ask(s.owner, f"page @mairie alt {s.picture} Les bateaux au repos"), (S, C),
    ),
    "a switch": (lambda s: ask(s.owner, "page @mairie members off"), (C,)),
    "search engines": (lambda s: ask(s.owner, "page @mairie robots noindex"), (C, "/sitemap.xml")),
    "the newsletter": (lambda s: ask(s.owner, "page @mairie newsletter on"), ()),
    "comments closed": (lambda s: ask(s.owner, "page @mairie comments closed"), (P,)),
    "an official": (lambda s: service.set_official(s.world.app, s.made.peer, "Préfecture"), (C,)),
    "a pin": (_pin, (C,)),
    "another name": (lambda s: s.made.rename("ville_de_sete"), (C, P, "/")),
    "no name": (_private, (C, P, "/")),
    "another title": (_title, (C, P, "/")),
    "another description": (_about, (C, "/")),
    "another photo": (_photo, (C, P)),
    "a comment": (_comment, (P, P + "/comments", P + "/comments.atom")),
    "a comment removed": (_uncomment, (P, P + "/comments", P + "/comments.atom")),
    "withheld": (lambda s: _order(s, "withhold", s.post), (C, P, P + "/comments")),
    "removed": (lambda s: _order(s, "remove", s.post), (C, P)),
    "the channel withheld": (lambda s: _order(s, "withhold"), (C, P, S, A, "/")),
    "withheld in one country": (
        lambda s: _order(s, "withhold", s.post, countries=(s.world.app.config.country,)), (C, P),
    ),
    "withheld on the command line": (_command, (C, P)),
    "the end of a measure": (_end, (C, S)),
    "the end of a measure by its date": (_end_by_date, (C, S)),
    "the owner suspended": (_suspend, (C, P, "/")),
    "the page switched off": (lambda s: ask(s.owner, "page @mairie off"), (C, P, "/")),
    "the channel deleted": (_delete_channel, (C, P, "/")),
    "the owner deleted": (_delete_owner, ()),
}  # fmt: skip
_BEFORE: dict[str, Door] = {
    "a comment removed": _comment,
    "the end of a measure": lambda s: _order(s, "withhold", s.picture),
    "the end of a measure by its date": lambda s: _order(
        s, "withhold", s.picture, until=int(s.world.clock.now()) + 60
    ),
}


@pytest.mark.turns(6)
@pytest.mark.parametrize("name", DOORS)
async def test_no_old_page_is_answered_after_a_write(site: Site, name: str) -> None:
    write, changes = DOORS[name]
    if name in _BEFORE:
        site.ends = await _BEFORE[name](site)
        await site.world.settle()
    if name == "the end of a measure by its date":
        site.world.clock.advance(-site.world.clock.now() % 1)
    old = await site.warm()
    await write(site)
    for path in (one.format(**vars(site)) for one in changes):
        before = old[path]
        tag = before.headers["etag"]
        for form in UNPACK:
            coded = tag[:-1] + f'-{form}"' if form else tag
            again = await get(site.browser, path, form, coded)
            assert again.status != 304, (path, form)
            now = await get(site.browser, path, form)
            body = UNPACK[now.headers.get("content-encoding", "")](now.body)
            assert (now.status, body) != (before.status, before.body), (path, form)
            assert (again.status, again.body) == (now.status, now.body), (path, form)
    # All of them are what is made where nothing was kept; figures alone may be half a minute old.
    figures = "a comment" in name
    paths = [one.format(**vars(site)) for one in changes] if figures else list(old)
    answered = {path: await get(site.browser, path) for path in paths}
    kept = site.world.app.parts[cache.PAGE_CACHE]
    for key in list(kept._kept):
        kept._drop(key)
    for path, answer in answered.items():
        anew = await get(site.browser, path)
        assert (answer.status, answer.body) == (anew.status, anew.body), path


_MOMENTS = {
    "before the name is looked up": (service, "find", False),
    "when it was looked up": (service, "find", True),
    "when the version was read": (service, "where", True),
    "before the post is read": (service, "with_album", False),
    "when the post was read": (service, "with_album", True),
    "when the page was written": (door.PublicPages, "page", True),
}


@pytest.mark.parametrize("moment", _MOMENTS)
async def test_a_page_asked_for_while_a_write_commits_is_not_kept_old(
    world: World, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    made = await channel(world)
    post = await made.say("Le quai est ouvert.")
    browser = reader(world)
    counted = watched(browser)
    place, name, after = _MOMENTS[moment]
    real: Any = getattr(place, name)
    writes = ["Le quai est clos."]

    async def meanwhile(*args: Any, **more: Any) -> Any:
        found = await real(*args, **more) if after else None
        if writes:
            await made.edit(post, writes.pop())
        return found if after else await real(*args, **more)

    monkeypatch.setattr(place, name, meanwhile)
    assert (await get(browser, f"/mairie/{post}")).status == 200
    assert not writes and not counted.found
    for form in UNPACK:
        answer = await get(browser, f"/mairie/{post}", form)
        text = UNPACK[answer.headers.get("content-encoding", "")](answer.body).decode()
        assert "clos." in text and "ouvert." not in text, form
    assert counted.found, "and then it is answered from memory"


async def test_memory_reads_nothing_until_somebody_writes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await channel(world)
    post = await made.say("Bonjour")
    browser, store = reader(world), world.app.store
    counted = watched(browser)
    await get(browser, f"/mairie/{post}")

    async def none(*_: Any, **__: Any) -> Any:
        raise AssertionError("the database was read")

    for name in ("row", "rows", "scan"):
        monkeypatch.setattr(store, name, none)
    for language in ("en", "en;q=0.9, xx"):
        browser.language = language
        assert (await get(browser, f"/mairie/{post}")).status == 200
    assert counted.found == 2
    monkeypatch.undo()
    store.changed()  # as another process will say
    await get(browser, f"/mairie/{post}")
    assert counted.found == 2


async def test_what_is_not_the_same_for_everybody_is_looked_at_each_time(world: World) -> None:
    made = await channel(world)
    post = await made.say("forbidden words #port")
    await decide(world, made, "withhold", post, countries=("DE",))
    browser = reader(world)
    counted = watched(browser)
    whole = browser.app
    for _ in range(3):
        for country, status in (("DE", 451), ("FR", 200)):
            browser.app = _from(whole, country)
            assert (await get(browser, f"/mairie/{post}")).status == status
            page = await get(browser, "/s/mairie")
            assert ("forbidden" in page.text) == (status == 200)
        browser.app = whole
        for path in ("/s/mairie?q=port", "/?q=port", "/tag/port", f"/mairie/{post}/comment"):
            await get(browser, path)
    assert not counted.found
