"""Links to posts before they are published: what they show, to whom, and what ends them."""

from __future__ import annotations

import itertools
import logging
import re
from typing import Any

import pytest

from petitbleu.control import perform
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.publishing.review import previews
from petitbleu.run.jobs import JobRunner
from petitbleu.tl import api
from tests.domain.files.media.shots import picture, upload
from tests.domain.publishing.pages.test_commands import promote
from tests.kit import chats
from tests.kit.servicechat import ask
from tests.kit.talk import fault
from tests.kit.world import World
from tests.web import public

_random = itertools.count(6_000_000)


async def later(here: public.Channel, text: str, hours: int = 2) -> int:
    made = await here.owner.call(
        api.messages.SendMessage(
            peer=here.input_peer, message=text, random_id=next(_random),
            schedule_date=int(here.owner.world.clock.now()) + hours * 3600,
        )
    )  # fmt: skip
    return int(made.updates[0].id)


async def link(here: public.Channel, id: int, *, off: bool = False) -> str:
    """The path of a preview; empty: there is none."""
    asked = api.petitbleu.SetPreview(channel=here.input, id=id, off=off)
    found = await here.owner.call(asked)
    one = next(one for one in found.posts if any(row.id == id for row in one.messages))
    return str(one.preview or "").removeprefix(joining.base_url(here.owner.world.app))


async def run(world: World, hours: int) -> None:
    world.clock.advance(hours * 3600)
    runner = JobRunner(world.app)
    while await runner.run_due():
        await world.settle()


def private(answer: Any) -> None:
    assert answer.headers["cache-control"] == "no-store"
    assert "noindex" in answer.headers["x-robots-tag"]
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in answer.headers and "etag" not in answer.headers


async def test_a_post_is_looked_at_before_it_is_published(world: World) -> None:
    here = await public.channel(world)
    await here.say("Un premier article")
    id = await later(here, "Le pont rouvre\n\nLundi à huit heures, le pont rouvre. #pont")
    path = await link(here, id)
    reader = public.reader(world, language="fr")
    seen = await reader.get(path)
    assert seen.status == 200 and "Pas encore publié" in seen.words
    assert "Lundi à huit heures" in seen.words and "<h1" in seen.text
    private(seen)
    for elsewhere in ("/s/mairie", f"/mairie/{id}", "/s/mairie/feed.atom", "/sitemap.xml",
                      "/s/mairie/sitemap.xml", "/s/mairie/tag/pont"):  # fmt: skip
        found = await reader.get(elsewhere)
        assert "Lundi" not in found.text and path not in found.text, elsewhere
    assert await link(here, id) == path, "the same as long as it holds"
    await run(world, 3)
    published = await reader.get(path)
    assert (published.status, published.headers["location"]) == (302, "/mairie/3")
    private(published)
    assert "Lundi à huit heures" in (await reader.get("/mairie/3")).words


async def test_a_link_ends(world: World) -> None:
    here = await public.channel(world)
    reader = public.reader(world)
    taken, deleted, old = [await later(here, text, 20 * 24) for text in ("one", "two", "three")]
    paths = [await link(here, id) for id in (taken, deleted, old)]
    for path in paths:
        assert (await reader.get(path)).status == 200
    assert await link(here, taken, off=True) == ""
    await here.owner.call(api.messages.DeleteScheduledMessages(peer=here.input_peer, id=[deleted]))
    for path in paths[:2]:
        gone = await reader.get(path)
        assert gone.status == 404
        private(gone)
    again = await link(here, taken)
    assert again != paths[0] and (await reader.get(again)).status == 200
    assert (await reader.get(paths[0])).status == 404
    world.clock.advance(previews.SECONDS - 60)
    assert (await reader.get(paths[2])).status == 200
    world.clock.advance(61)
    assert (await reader.get(paths[2])).status == 404
    await previews.tidy(world.app)
    assert (await reader.get(paths[2])).status == 404


@pytest.mark.parametrize("change", ["", "0", "-", "x", "zz-zz", "0" * 90, "é-é"])
async def test_a_wrong_token_is_like_none(world: World, change: str) -> None:
    here = await public.channel(world)
    path = await link(here, await later(here, "Secret"))
    token = path.rpartition("/")[2]
    number, _, signature = token.partition("-")
    reader = public.reader(world)
    bad = [f"{number}-{signature[:-1]}", f"{number}-{'0' * 32}", number, change or "-"]
    for one in bad:
        found = await reader.get(f"/preview/{one}")
        assert found.status == 404 and "Secret" not in found.text
        assert (await reader.get(f"/m/preview/{one}/1/x")).status == 404


async def test_its_pictures_are_there_and_no_other_posts(world: World) -> None:
    here = await public.channel(world)
    file = await upload(here.owner, picture(900, 600))
    await here.show(api.InputMediaUploadedPhoto(file=file), "Published")
    file = await upload(here.owner, picture(640, 480))
    made = await here.owner.call(
        api.messages.SendMedia(
            peer=here.input_peer, media=api.InputMediaUploadedPhoto(file=file), message="Soon",
            random_id=next(_random), schedule_date=int(world.clock.now()) + 3600,
        )
    )  # fmt: skip
    path = await link(here, made.updates[0].id)
    reader = public.reader(world)
    seen = await reader.get(path)
    address = re.search(r'src="(/m/preview/[^"]+)"', seen.text)
    assert address is not None and 'width="640"' in seen.text
    shown = await reader.get(address[1])
    assert shown.status == 200 and shown.headers["content-type"] == "image/jpeg"
    assert shown.headers["cache-control"] == "no-store"
    parts = address[1].split("/")
    parts[-2] = "1"
    assert (await reader.get("/".join(parts))).status == 404
    await link(here, made.updates[0].id, off=True)
    assert (await reader.get(address[1])).status == 404


async def test_nobody_reads_a_preview_of_a_withheld_channel(world: World) -> None:
    here = await public.channel(world)
    path = await link(here, await later(here, "Not for you"))
    reader = public.reader(world)
    assert (await reader.get(path)).status == 200
    order = {"kind": "withhold", "reason": "an order", "chat": "@mairie", "messages": []}
    await perform(world.app, "measure.apply", order)
    assert (await reader.get(path)).status == 404


async def test_only_those_who_post_make_links_and_of_what_waits(world: World) -> None:
    here = await public.channel(world)
    id = await later(here, "Waits")
    eve = await world.sign_up("Eve")
    channel = chats.input_channel(eve, here.number)
    asked = api.petitbleu.SetPreview(channel=channel, id=id)
    assert await fault(eve.call(asked)) == "CHAT_ADMIN_REQUIRED"
    asked = api.petitbleu.SetPreview(channel=here.input, id=77)
    assert await fault(here.owner.call(asked)) == "MESSAGE_ID_INVALID"
    bare = await chats.channel(here.owner, title="Nameless")
    asked = api.petitbleu.SetPreview(channel=chats.input_channel(here.owner, bare), id=1)
    assert await fault(here.owner.call(asked)) == "PUBLIC_CHANNEL_MISSING"


async def edit_link(here: public.Channel, post: int, *, off: bool = False) -> tuple[str, str]:
    """The path of the preview of the edit that waits for a post, empty where there is none; its
    version."""
    asked = api.petitbleu.SetPreview(channel=here.input, id=post, edit=True, off=off)
    return await edit_waiting(here, await here.owner.call(asked))


async def edit_waiting(here: public.Channel, found: Any) -> tuple[str, str]:
    (one,) = (one for one in found.posts if one.edit)
    path = str(one.preview or "").removeprefix(joining.base_url(here.owner.world.app))
    return path, one.version


async def test_the_client_opens_takes_back_and_approves_an_edit_that_waits(world: World) -> None:
    here = await public.channel(world)
    bob = await world.sign_up("Bob")
    await promote(here, bob, post_messages=True, edit_messages=True)
    post, other = await here.say("Le pont est fermé"), await later(here, "Un autre article")
    await ask(here.owner, "page @mairie second on")
    await here.edit(post, "Le pont rouvre lundi")
    waiting = api.petitbleu.GetWaiting(channel=here.input)
    assert (await edit_waiting(here, await here.owner.call(waiting)))[0] == ""
    reader = public.reader(world)
    first, _ = await edit_link(here, post)
    seen = await reader.get(first)
    assert "Le pont rouvre lundi" in seen.words and "fermé" not in seen.words
    private(seen)
    assert (await edit_waiting(here, await here.owner.call(waiting)))[0] == first
    own = chats.input_channel(bob, here.number)
    shared = await bob.call(api.petitbleu.SetPreview(channel=own, id=post, edit=True))
    assert (await edit_waiting(here, shared))[0] == first, "one link, whoever asks"
    # That of a waiting post with the same number is another: neither ends the other.
    assert await link(here, other) != first
    await link(here, other, off=True)
    assert (await reader.get(first)).status == 200
    assert (await edit_link(here, post, off=True))[0] == ""
    assert (await reader.get(first)).status == 404
    second, _ = await edit_link(here, post)
    assert second != first and "rouvre lundi" in (await reader.get(second)).words
    await here.edit(post, "Le pont rouvre mardi")
    path, version = await edit_waiting(here, await here.owner.call(waiting))
    assert path == "", "the link was to another version"
    assert "rouvre" not in (await reader.get(second)).words
    third, _ = await edit_link(here, post)
    agreed = await bob.call(api.petitbleu.Approve(channel=own, id=post, version=version, edit=True))
    assert not [one for one in agreed.posts if one.edit]
    made = await reader.get(third)
    assert (made.status, made.headers["location"]) == (302, f"/mairie/{post}")
    assert "Le pont rouvre mardi" in (await reader.get(f"/mairie/{post}")).words


async def test_a_preview_of_an_edit_says_what_is_said_of_its_pictures(world: World) -> None:
    here = await public.channel(world)
    first = await here.album("Le port", 2)
    posts = (first, first + 1)
    reader = public.reader(world)
    for post, words in zip(posts, ("Une grue", "Un quai"), strict=True):
        await ask(here.owner, f"page @mairie alt {post} {words}")
    await ask(here.owner, "page @mairie second on")
    await here.edit(posts[0], "Le port rouvre")
    path, _ = await edit_link(here, posts[0])
    seen = await reader.get(path)
    assert "Le port rouvre" in seen.words
    assert 'alt="Une grue"' in seen.text and 'alt="Un quai"' in seen.text, "as they are now"
    for told, shown in (("Une grue jaune", True), ("off", False)):
        await ask(here.owner, f"page @mairie alt {posts[0]} {told}")
        path, _ = await edit_link(here, posts[0])
        seen = await reader.get(path)
        assert ('alt="Une grue jaune"' in seen.text) is shown and 'alt="Un quai"' in seen.text
        assert 'alt="Une grue"' not in seen.text
        public_page = await reader.get(f"/mairie/{posts[0]}")
        assert 'alt="Une grue"' in public_page.text, "readers see what they saw"


async def test_nobody_makes_a_link_to_an_edit_that_is_none_of_theirs(world: World) -> None:
    here = await public.channel(world)
    post = await here.say("Le pont est fermé")
    waits = api.petitbleu.SetPreview(channel=here.input, id=post, edit=True)
    assert await fault(here.owner.call(waits)) == "MESSAGE_ID_INVALID"
    await ask(here.owner, "page @mairie second on")
    await here.edit(post, "Le pont rouvre lundi")
    path, _ = await edit_link(here, post)
    eve = await world.sign_up("Eve")
    for off in (False, True):
        theirs = api.petitbleu.SetPreview(
            channel=chats.input_channel(eve, here.number), id=post, edit=True, off=off
        )
        assert await fault(eve.call(theirs)) == "CHAT_ADMIN_REQUIRED"
    assert (await public.reader(world).get(path)).status == 200


async def test_an_id_that_comes_again_is_another_post(world: World) -> None:
    here = await public.channel(world)
    first = await later(here, "Deleted before anybody saw it")
    path = await link(here, first)
    await here.owner.call(api.messages.DeleteScheduledMessages(peer=here.input_peer, id=[first]))
    assert await later(here, "Written later") == first
    assert (await public.reader(world).get(path)).status == 404


async def test_the_token_stands_in_no_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    here = await public.channel(world)
    path = await link(here, await later(here, "Quiet"))
    with caplog.at_level(logging.DEBUG):
        assert (await public.reader(world).get(path)).status == 200
    assert path.rpartition("/")[2] not in caplog.text
