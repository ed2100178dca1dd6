"""Public pages in French: their signs and figures, and what a post is called."""

from __future__ import annotations

import re

from tests.domain.publishing.comments.kit import talk
from tests.kit.french import faults
from tests.kit.web import Answer
from tests.kit.world import World
from tests.web.public import reader

FORMS = ("/signaler", "/signaler?link=x", "/autorites", "/suivi", "/mes-dossiers")
LEGAL = (
    *("/contact", "/regles", "/confidentialite", "/accessibilite", "/mentions-legales"),
    *("/transparence", "/", "/nothing-here", "/rejoindre"),
)


def wrong(page: Answer) -> list[str]:
    return [fault for piece in page.pieces for fault in faults(piece)]


async def test_pages_and_forms_that_anybody_opens_have_no_fault(world: World) -> None:
    guest = reader(world, language="fr")
    for path in (*FORMS, *LEGAL):
        page = await guest.get(path)
        assert '<html lang="fr"' in page.text, path
        assert wrong(page) == [], path
    for path in FORMS:
        assert wrong(await guest.post(path, {"email": "nobody"})) == [], path


async def test_a_post_is_a_publication_with_its_hour_as_french_writes_it(world: World) -> None:
    here = await talk(world, "direct")
    name, made = here.channel.name, here.channel
    post = await made.say("The market opens on Saturday #market")
    await made.edit(post, "The market opens on Sunday #market")
    await here.wrote("A word about the market", "Lea")
    guest = reader(world, language="fr")
    shown = await guest.get(f"/{name}/{post}")
    assert "Toutes les publications de Mairie" in shown.words
    assert re.search(r"20\d\d à \d\d?\u00a0h\u00a0\d\d\u00a0CET", shown.text)
    for path in (
        *(f"/{name}", f"/{name}/{post}", f"/s/{name}", f"/{name}?q=market", f"/{name}?q=nothing"),
        *(f"/s/{name}/tag/market", "/tag/market", "/tag/nothing", f"/share/mastodon/{name}/{post}"),
        *(f"{here.page}/comments", f"{here.page}/comment", f"/{name}/999", f"/{name}x"),
        here.mine,
    ):
        page = await guest.get(path)
        assert wrong(page) == [], path
        assert "message" not in page.words.lower(), path
    await made.delete(post)
    assert "Cette publication n’est plus là" in (await guest.get(f"/{name}/{post}")).words
