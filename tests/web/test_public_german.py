"""Public pages in German: their signs and figures."""

from __future__ import annotations

import re

from tests.domain.publishing.comments.kit import talk
from tests.kit.german import faults
from tests.kit.web import Answer
from tests.kit.world import World
from tests.web.public import reader
from tests.web.test_public_french import FORMS, LEGAL


def wrong(page: Answer) -> list[str]:
    return [fault for piece in page.pieces for fault in faults(piece)]


async def test_pages_and_forms_that_anybody_opens_have_no_fault(world: World) -> None:
    guest = reader(world, language="de")
    for path in (*FORMS, *LEGAL):
        page = await guest.get(path)
        assert '<html lang="de"' in page.text, path
        assert wrong(page) == [], path
    for path in FORMS:
        assert wrong(await guest.post(path, {"email": "niemand"})) == [], path


async def test_a_post_and_its_comments_read_german(world: World) -> None:
    here = await talk(world, "direct")
    name, made = here.channel.name, here.channel
    post = await made.say("The market opens on Saturday #market")
    await here.wrote("A word about the market", "Lea")
    guest = reader(world, language="de")
    shown = await guest.get(f"/{name}/{post}")
    assert "Alle Beiträge von Mairie" in shown.words
    assert re.search(r"\d\d?\. [A-ZÄ]\w+ 20\d\d, \d\d:\d\d", shown.text)
    for path in (
        *(f"/{name}", f"/s/{name}", f"/{name}?q=market", f"/{name}?q=nothing"),
        *(f"/s/{name}/tag/market", "/tag/nothing", f"/share/mastodon/{name}/{post}"),
        *(f"{here.page}/comments", f"{here.page}/comment", f"/{name}/999", f"/{name}x"),
        here.mine,
    ):
        page = await guest.get(path)
        assert '<html lang="de"' in page.text, path
        assert wrong(page) == [], path
