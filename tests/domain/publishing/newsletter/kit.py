"""A channel with a newsletter, and readers who subscribe as people do: by the page and its mail."""

from __future__ import annotations

import re
from typing import Any

from petitbleu.domain.publishing.newsletter import queries as q
from petitbleu.domain.publishing.newsletter.queries import SubscriberRow
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.jobs import KINDS, NoData
from petitbleu.run.jobs import JobRunner
from petitbleu.store.query import query
from tests.kit.web import Answer, Browser
from tests.kit.world import World
from tests.web.public import Channel, channel, reader

BASE = "https://chat.example.org"
ALL = query(
    "select " + ", ".join(SubscriberRow._fields) + " from newsletter_subscriber", SubscriberRow
)


async def paper(world: World, name: str = "gazette", title: str = "La Gazette") -> Channel:
    """A channel whose newsletter is on."""
    reader(world)  # the site is there: it writes the letters
    made = await channel(world, name, title)
    await pages.set_switch(world.app, made.peer, "newsletter", "on")
    await run(world)
    return made


PERIODIC = ("newsletter.tidy", "newsletter.look")


async def run(world: World) -> None:
    """Do what is due, until nothing is; what comes by itself comes now."""
    for kind in PERIODIC:
        await KINDS[kind].handler(world.app, NoData())
    while await JobRunner(world.app).run_due():
        pass
    await world.settle()


async def fill_in(browser: Browser, email: str, *, name: str = "gazette", **fields: Any) -> Answer:
    """Open the form and send it."""
    form = await browser.get(f"/{name}/newsletter")
    typed = {"email": email, "frequency": "post", "zone": "Europe/Paris"}
    return await browser.post(f"/{name}/newsletter", form.values() | typed | fields)


def link_in(text: str) -> str:
    """The link of a subscription in a mail."""
    found = re.search(r"https://\S+/newsletter/[0-9a-f]+\.[0-9a-f]{32}", text)
    assert found is not None, text
    return found[0]


async def subscribe(
    world: World, email: str, *, name: str = "gazette", language: str = "en", **fields: Any
) -> str:
    """Subscribe and confirm; the link of the subscription."""
    browser = reader(world, language=language, ip=f"203.0.{len(world.mail.sent) % 250}.7")
    assert (await fill_in(browser, email, name=name, **fields)).status == 200
    await run(world)
    mail = world.mail.sent[-1]
    assert mail.to == email
    link = link_in(mail.text)
    assert (await browser.post(link, {"act": "confirm"})).status == 303
    return link


async def rows(world: World) -> list[SubscriberRow]:
    """All subscriptions."""
    return await world.app.store.rows(ALL)


async def row_of(world: World, number: int) -> SubscriberRow | None:
    """One subscription."""
    return await world.app.store.row(q.GET, id=number)
