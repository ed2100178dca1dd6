"""Pages are HTML as the standard wants it: a strict parser finds nothing to mend in them."""

from __future__ import annotations

import html5lib
import pytest

from petitbleu.domain.publishing.pages import service
from tests.kit.world import World
from tests.web.public import reader
from tests.web.test_public_feeds import filled, world

__all__ = ["world"]


def faults(text: str) -> list[str]:
    """What a parser of the standard stumbles over."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(text)
    ids = [one.get("id") for one in tree.iter() if one.get("id")]
    twice = [f"the id {one} stands twice" for one in set(ids) if ids.count(one) > 1]
    lacking = [
        f"nothing has the id {one.get(name)}"
        for one in tree.iter()
        for name in ("for", "aria-labelledby", "aria-describedby")
        if one.get(name) is not None and one.get(name) not in ids
    ]
    headings = [] if sum(one.tag == "h1" for one in tree.iter()) == 1 else ["not one h1"]
    broken = [f"{place}: {code} {data}" for place, code, data in parser.errors]
    return broken + twice + lacking + headings


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_every_page_is_valid(world: World, language: str) -> None:
    made, posts = await filled(world)
    await service.set_official(world.app, made.peer, "the <prefecture>")
    for n in range(21):
        await made.say(f"Post {n} #élections")
    browser = reader(world, language=language)
    text = posts["text"]
    paths = [f"/mairie/{id}" for id in posts.values()]
    paths += [f"/mairie/{text}?embed=1", f"/share/mastodon/mairie/{text}?server=x"]
    paths += ["/", "/?q=place", "/s/mairie", f"/s/mairie?before={text}", "/s/mairie?q=place"]
    paths += ["/s/mairie/tag/elections", "/tag/elections", "/s/mairie/2027/01"]
    paths += ["/mairies", "/mairie/999"]
    for path in paths:
        page = await browser.get(path)
        assert faults(page.text) == [], path
