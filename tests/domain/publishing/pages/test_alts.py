"""Owners say what is to be seen in their pictures, and are asked for what nobody described."""

from __future__ import annotations

from petitbleu.domain.publishing.pages import changed
from petitbleu.store.query import query
from petitbleu.tl import api
from tests.domain.files.media.shots import picture, upload
from tests.domain.publishing.pages.test_commands import log
from tests.kit.servicechat import ask
from tests.kit.world import World
from tests.web import public

ALT = "Le port à l’aube <vu> du môle"


async def test_pictures_are_described_in_the_service_chat(world: World) -> None:
    here = await public.channel(world)
    reader, owner = public.reader(world), here.owner
    file = await upload(owner, picture(900, 600))
    post = await here.show(api.InputMediaUploadedPhoto(file=file), "Bonjour")
    album = await here.album("Trois vues")
    before = await reader.get(f"/mairie/{post}")
    assert 'alt="Picture without description"' in before.text
    missing = f"cannot see them: {album}, {album + 1}, {album + 2}, {post}."
    assert missing in await ask(owner, "page @mairie")
    told = await ask(owner, f"page @mairie alt https://x.example/mairie/{post} {ALT}")
    assert "described" in told and f"{album + 1}" in told
    page = await reader.get(f"/mairie/{post}")
    written = 'alt="Le port à l’aube &lt;vu&gt; du môle"'
    assert written in page.text and "without description" not in page.text
    assert page.headers["etag"] != before.headers["etag"]
    assert f'property="og:image:alt" content="{written[5:-1]}"' in page.text
    assert "Le port à l’aube" in (await reader.get("/s/mairie/feed.atom")).text
    for n in range(3):
        told = await ask(owner, f"page @mairie image {album + n} Vue {n}")
    assert "without a description" not in told
    assert "are described" in await ask(owner, "page @mairie alt")
    await ask(owner, f"page @mairie alt {album + 1} off")
    text = (await reader.get(f"/mairie/{album}")).text
    assert 'alt="Vue 0"' in text and 'alt="Vue 2"' in text and 'alt="Vue 1"' not in text
    assert (owner.user_id, f"Page publique\u00a0: {post}: alt = {ALT}") in await log(here)


async def test_what_is_no_picture_is_not_described(world: World) -> None:
    here = await public.channel(world)
    post = await here.say("Bonjour")
    for asked, told in (
        (f"{post} Un texte", "has no picture"),
        ("4711 Rien", "has no picture"),
        ("x Rien", "has no picture"),
        (f"{post}", "Say what is to be seen"),
        (f"{post} " + "é" * 501, "at most 500"),
    ):
        assert told in await ask(here.owner, f"page @mairie alt {asked}"), asked
    eve = await world.sign_up("Eve")
    assert "in charge of no channel" in await ask(eve, f"page @mairie alt {post} x")


async def test_a_description_goes_with_its_picture(world: World) -> None:
    here = await public.channel(world)
    file = await upload(here.owner, picture(900, 600))
    post = await here.show(api.InputMediaUploadedPhoto(file=file))
    await ask(here.owner, f"page @mairie alt {post} {ALT}")
    kept = query("select message from page_alt")
    assert len(await world.app.store.rows(kept)) == 1
    await here.delete(post)
    await changed.follow(world.app, [here.peer])
    assert await world.app.store.rows(kept) == []
