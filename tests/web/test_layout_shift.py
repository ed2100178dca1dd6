"""Nothing on a public page moves when its pictures come late: each sort of page in Chromium, with
pictures held back until all else is painted, and of sizes that no scaling divides evenly."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from petitbleu.domain.publishing.pages import service as pages
from petitbleu.tl import api
from tests.domain.files.media.shots import document_input, picture, upload
from tests.kit import chats
from tests.kit.chromium import Chromium
from tests.kit.servicechat import ask
from tests.web.newsroom import CAPTIONS, newsroom
from tests.web.public import Channel
from tests.web.test_newspaper_browser import dressed, reading

pytestmark = pytest.mark.browser
SHIFTS = """window.shifts = []; new PerformanceObserver(list => {
  for (const one of list.getEntries()) if (!one.hadRecentInput)
    for (const of of one.sources) if (of.node) window.shifts.push(
      `${one.value.toFixed(4)} ${of.node.nodeName}.${of.node.className} `
      + `${of.previousRect.top}+${of.previousRect.height} ${of.currentRect.top}`
      + `+${of.currentRect.height}`);
}).observe({type: 'layout-shift', buffered: true});"""
LATE = 0.4
"""Seconds that a picture is held back."""
SIDES = ((1279, 853), (1283, 601), (601, 1283), (427, 379), (1600, 211))
FILM = {"w": 1280, "h": 534}
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}


async def shown_beside(made: Channel) -> dict[str, int]:
    """Posts with pictures and films of odd sides, and a comment with one."""
    world = made.owner.world
    posts = {}
    for width, height in SIDES:
        file = await upload(made.owner, picture(width, height))
        posts[f"{width}x{height}"] = await made.show(
            api.InputMediaUploadedPhoto(file=file), f"Une image, {width} sur {height}. #port"
        )
    posts["odd album"] = await made.album(CAPTIONS)
    said = api.DocumentAttributeVideo(duration=61.0, supports_streaming=True, **FILM)
    film = document_input(await upload(made.owner, b"\0" * 4000), "video/mp4", said)
    film.thumb = await upload(made.owner, picture(320, 240), "thumb.jpg")
    posts["film"] = await made.show(film, "Un film dont l’affiche a une autre forme. #port")
    group = await chats.supergroup(made.owner, title="Discussion")
    linked = api.channels.SetDiscussionGroup(
        broadcast=made.input, group=chats.input_channel(made.owner, group)
    )
    await made.owner.call(linked)
    await pages.set_switch(world.app, made.peer, "comments", "members")
    await pages.set_switch(world.app, made.peer, "pictures", "on")
    posts["commented"] = await made.say("Et vous, qu’en pensez-vous ? #port")
    await world.settle()
    found = await chats.history(made.owner, chats.input_peer(made.owner, group))
    copy = next(one.id for one in found.messages if getattr(one, "fwd_from", None))
    for width, height in ((427, 379), (319, 853)):
        file = await upload(made.owner, picture(width, height))
        comment = await chats.shown(
            made.owner, chats.input_peer(made.owner, group), api.InputMediaUploadedPhoto(file=file),
            "Vu d’ici", reply_to=api.InputReplyToMessage(reply_to_msg_id=copy),
        )  # fmt: skip
        await world.settle()
        await ask(made.owner, f"picture @lejournal {comment.id} ok")
    return posts


async def late(route: Any) -> None:
    await asyncio.sleep(LATE)
    await route.continue_()


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_moves_when_pictures_come_late(chromium: Chromium, size: str) -> None:
    made, posts = await newsroom(chromium.desk.world)
    posts |= await shown_beside(made)
    await dressed(made, chromium)
    walk = {"home": "/", "older": f"/?before={posts['commented']}",
            "section": "/s/lejournal/section/port", "tag": "/s/lejournal/tag/port",
            "search": "/?q=port", "about": "/s/lejournal/about"}  # fmt: skip
    walk |= {name: f"/lejournal/{id}" for name, id in posts.items()}
    moved: dict[str, list[str]] = {}
    pictures = 0
    async with reading(chromium) as window:
        page = window.page
        width, height = SIZES[size]
        await page.set_viewport_size({"width": width, "height": height})
        await page.add_init_script(SHIFTS)
        await page.route("**/m/**", late)
        for name, path in walk.items():
            await window.go(path)
            await page.wait_for_load_state("networkidle")
            await page.evaluate("new Promise(d => requestAnimationFrame(() => setTimeout(d)))")
            pictures += await page.evaluate(
                "[...document.images].filter(one => one.naturalWidth).length"
            )
            shifts = await page.evaluate("window.shifts")
            if shifts:
                moved[name] = shifts
    assert pictures > len(SIDES)
    assert moved == {}
