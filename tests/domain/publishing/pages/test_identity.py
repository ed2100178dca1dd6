"""What a channel shows itself as: set by its people alone, refused in words where it cannot be."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.domain.files.media import service as media
from petitbleu.domain.publishing.pages import contrast, identity, service
from petitbleu.domain.publishing.pages.identity import NOTHING, Section, Unfit
from petitbleu.tl import api
from tests.domain.files.media.shots import picture, upload
from tests.domain.files.media.test_hostile import bomb
from tests.domain.publishing.pages.test_commands import log, promote
from tests.kit import chats
from tests.kit.chats import refused
from tests.kit.servicechat import ask
from tests.kit.world import Client, RpcFault, World
from tests.web import public


def setting(here: public.Channel, name: str, value: str, client: Client | None = None) -> Any:
    channel = chats.input_channel(client or here.owner, here.number)
    return api.petitbleu.SetIdentity(channel=channel, name=name, value=value)


async def stands(here: public.Channel) -> Any:
    return await here.owner.call(api.petitbleu.GetIdentity(channel=here.input))


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#ffffff", "#000000", "21.00"),
        ("#777777", "#ffffff", "4.47"),
        ("#1d5fa8", "#fdfdfb", "6.33"),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: str) -> None:
    assert contrast.written(contrast.ratio(one, other)) == ratio
    assert contrast.ratio(one, other) == contrast.ratio(other, one)


@pytest.mark.parametrize(
    "paper", ["#fff1e5", "#ffffff", "#101010", "#002b36", "#fdfdfb", "#ffe600"]
)
@pytest.mark.parametrize("accent", ["#990f3d", "#1d5fa8", "#ffcc00", "#8cc1f7", "#ff0000"])
def test_all_colours_that_follow_can_be_read(paper: str, accent: str) -> None:
    try:
        colours = identity.changed(identity.changed(NOTHING, "background", paper), "accent", accent)
    except Unfit:
        return  # refused; those that follow from it are not shown
    palettes = [contrast.palette(accent, paper)]
    palettes += [] if contrast.is_dark(paper) else [contrast.dark(accent)]
    assert colours.css
    for shown in palettes:
        for text in (shown.ink, shown.quiet, shown.accent):
            for ground in (shown.paper, shown.mark):
                assert contrast.ratio(text, ground) >= 4.5, (text, ground)
        assert contrast.ratio(shown.on_accent, shown.accent) >= 4.5
        assert contrast.ratio(shown.edge, shown.paper) >= 3


def test_sections_are_read_as_people_write_them() -> None:
    read = identity.changed(NOTHING, "sections", "Politique locale #politique, #sport\nÉté ＃été")
    assert read.sections == (
        Section("Politique locale", "politique"),
        Section("sport", "sport"),
        Section("Été", "été"),
    )
    assert [one.slug for one in read.sections] == ["politique", "sport", "ete"]
    again = identity.changed(NOTHING, "sections", identity.sections_written(read))
    assert again == read


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("sections", ", ".join(f"n{n} #tag{n}" for n in range(10_000)), "too_long"),
        ("sections", ",".join(f"#t{n}" for n in range(13)), "many_sections"),
        ("sections", "Culture", "no_section"),
        ("sections", "A #b #c\u0000", "no_section"),
        ("sections", "Été #été, Eté #ETE", "section_twice"),
        ("sections", "x" * 41 + " #x", "too_long"),
        ("name", "x" * 65, "too_long"),
        ("about", "x" * 8001, "too_long"),
        ("imprint", "x" * 1001, "too_long"),
        ("accent", "red; } body { display: none", "no_colour"),
        ("accent", "#12", "no_colour"),
        ("accent", "#ffff00", "accent_contrast"),
        ("background", "#808080", "text_contrast"),
        ("background", "url(x)", "no_colour"),
        ("logo", "x", "no_part"),
        ("domain", "x", "no_part"),
    ],
)
def test_what_is_not_taken_has_its_sentence(name: str, value: str, key: str) -> None:
    with pytest.raises(Unfit) as unfit:
        identity.changed(NOTHING, name, value)
    assert unfit.value.key == key


async def test_owners_set_it_in_the_service_chat(world: World) -> None:
    here = await public.channel(world)
    owner = here.owner
    assert "La Gazette" in await ask(owner, "page @mairie name La Gazette")
    refused_ = await ask(owner, "page @mairie accent #ffee00")
    assert "1.05:1" in refused_ and "4.50:1" in refused_
    await ask(owner, "page @mairie background #FFF1E5")
    await ask(owner, "page @mairie accent #990f3d")
    await ask(owner, "page @mairie sections Politique #politique, Culture #culture")
    await ask(owner, "page @mairie about Un journal.\n\nFait à la main.")
    await ask(owner, "page @mairie imprint 1, rue du Port\nZoé Martin")
    now = await service.load_identity(world.app, here.peer)
    assert (now.name, now.accent, now.background) == ("La Gazette", "#990f3d", "#fff1e5")
    assert [one.tag for one in now.sections] == ["politique", "culture"]
    assert now.about == "Un journal.\n\nFait à la main."
    assert now.imprint == "1, rue du Port\nZoé Martin"
    listed = await ask(owner, "page @mairie identity")
    assert "La Gazette" in listed and "#990f3d" in listed and "Culture #culture" in listed
    await ask(owner, "page @mairie name off")
    assert (await service.load_identity(world.app, here.peer)).name == ""
    assert any("name: La Gazette" in line for _, line in await log(here))


async def test_the_picture_of_a_post_is_the_logo(world: World) -> None:
    here = await public.channel(world)
    owner = here.owner
    for typed in ("", "99", "x", "-1"):
        assert "page @mairie logo 12" in await ask(owner, f"page @mairie logo {typed}")
    photo = await upload(owner, picture(640, 320))
    post = await here.show(api.InputMediaUploadedPhoto(file=photo))
    await ask(owner, f"page @mairie logo https://chat.example.org/mairie/{post}")
    kept = (await service.load_identity(world.app, here.peer)).logo
    assert kept and await media.is_held_by(
        world.app.store, media.media_id(kept), identity.HOLDER, here.peer
    )
    await here.delete(post)
    shown = (await stands(here)).logo
    assert (await public.reader(world).get(shown)).status == 200, "it stays without the post"
    await ask(owner, "page @mairie logo off")
    assert not (await service.load_identity(world.app, here.peer)).logo
    assert not await media.held(world.app.store, media.media_id(kept))


async def test_the_same_by_methods(world: World) -> None:
    here = await public.channel(world)
    owner = here.owner
    found = await stands(here)
    assert (found.name, found.logo, found.domain, found.said) == ("", None, None, None)
    found = await owner.call(setting(here, "name", "La Gazette"))
    assert (found.name, found.refused) == ("La Gazette", False)
    found = await owner.call(setting(here, "background", "#808080"))
    assert found.refused and "4.50:1" in found.said and found.background == ""
    logo = await upload(owner, picture(640, 320, "PNG"))
    found = await owner.call(api.petitbleu.SetLogo(channel=here.input, file=logo))
    shown = await public.reader(world).get(found.logo)
    assert (shown.status, shown.headers["content-type"]) == (200, "image/jpeg")
    gone = await owner.call(api.petitbleu.SetLogo(channel=here.input))
    assert gone.logo is None
    assert (await public.reader(world).get(found.logo)).status == 404


async def test_a_logo_that_is_a_bomb_is_refused_and_changes_nothing(world: World) -> None:
    here = await public.channel(world)
    file = await upload(here.owner, bomb())
    with pytest.raises(RpcFault, match="PHOTO_INVALID_DIMENSIONS"):
        await here.owner.call(api.petitbleu.SetLogo(channel=here.input, file=file))
    svg = await upload(here.owner, b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    with pytest.raises(RpcFault, match="PHOTO_EXT_INVALID"):
        await here.owner.call(api.petitbleu.SetLogo(channel=here.input, file=svg))
    assert (await stands(here)).logo is None


async def test_only_those_who_may_change_how_it_looks(world: World) -> None:
    here = await public.channel(world)
    bob, cleo = await world.sign_up("Bob"), await world.sign_up("Cleo")
    for one in (bob, cleo):
        await one.call(api.channels.JoinChannel(channel=chats.input_channel(one, here.number)))
    await promote(here, cleo, change_info=True)
    calls = [
        api.petitbleu.GetIdentity(channel=chats.input_channel(bob, here.number)),
        setting(here, "name", "Mine", bob),
        api.petitbleu.SetLogo(channel=chats.input_channel(bob, here.number)),
        api.petitbleu.SetDomain(channel=chats.input_channel(bob, here.number), domain="a.example"),
        api.petitbleu.CheckDomain(channel=chats.input_channel(bob, here.number)),
    ]
    for call in calls:
        assert "CHAT_ADMIN_REQUIRED" in await refused(bob, call)
    assert (await cleo.call(setting(here, "name", "Ours", cleo))).name == "Ours"
    group = await chats.supergroup(here.owner, title="Groupe")
    of_group = api.petitbleu.GetIdentity(channel=chats.input_channel(here.owner, group))
    assert "BROADCAST_REQUIRED" in await refused(here.owner, of_group)
