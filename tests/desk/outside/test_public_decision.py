"""What everybody may know of a decision about a public page: who, where, why; and when nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.adjudication.decisions.service import DecisionRow
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.store.sqlite import SqliteStore
from tests.desk.adjudication.decisions.deciding import NOTICE, ORDER, Scene, scene
from tests.desk.outside import conftest
from tests.kit.web import Browser
from tests.kit.world import World


@pytest.fixture
async def world(sqlite_store: SqliteStore, tmp_path: Path) -> Any:
    world = await conftest.made(sqlite_store, tmp_path, dev=True)
    yield world
    await world.settle()
    assert not world.errors


async def published(world: World) -> Scene:
    """The channel has a public page."""
    at = await scene(world)
    await pages.set_shown(world.app, at.place.peer, True)
    return at


async def withheld(at: Scene, case: int, **more: Any) -> DecisionRow:
    """A decision to withhold the post in Germany and Austria."""
    measure = {"kind": "country", "item": at.link(), "countries": ["DE", "AT"]}
    return await at.decide(case, at.form(measures=[measure], **more))


def abroad(browser: Browser) -> Browser:
    """The same reader, in Germany."""
    app = browser.app

    async def told(scope: Any, receive: Any, send: Any) -> None:
        await app({**scope, "petitbleu.country": "DE"}, receive, send)

    return Browser(told, language=browser.language)


async def test_a_withheld_post_says_by_whose_order_and_leads_to_the_decision(
    world: World, browser: Browser
) -> None:
    at = await published(world)
    row = await withheld(at, await at.open(ORDER), source="other", source_identity="x")
    page = await abroad(browser).get(f"/bassin/{at.post}")
    assert (page.status, "Saluons" in page.text) == (451, False)
    for words in ("Tribunal judiciaire, France (FR)", "Germany (DE), Austria (AT)", "art. 421-2-5"):
        assert words in page.words
    assert page.headers["link"] == '<https://chat.example.org>; rel="blocked-by"'
    number = decisions.number_text(row.number)
    found = re.search(rf'href="(/decision/{number})">{number}<', page.text)
    assert found is not None
    told = await browser.get(found[1])
    assert told.status == 200
    for words in ("Tribunal judiciaire", "Germany (DE)", "art. 421-2-5", "Content is withheld"):
        assert words in told.words
    for kept in ("Saluons", "apologie", "greffe@", "TJ 26/0412", "Ada"):
        assert kept not in told.text
    french = await Browser(browser.app, language="fr").get(found[1])
    assert "Injonction de" in french.words and "Allemagne (DE)" in french.words


async def test_a_removed_post_leads_to_the_decision_without_naming_who_gave_notice(
    world: World, browser: Browser
) -> None:
    at = await published(world)
    row = await at.decide(await at.open(NOTICE))
    page = await browser.get(f"/bassin/{at.post}")
    number = decisions.number_text(row.number)
    assert page.status == 410 and f"by decision {number}." in page.words
    assert f'href="/decision/{number}"' in page.text
    told = await browser.get(f"/decision/{number}")
    assert "No authority ordered it" in told.words and "Content was removed" in told.words
    assert "notifier@people.example" not in told.text


async def test_nothing_is_said_where_a_clause_keeps_it_secret(
    world: World, browser: Browser
) -> None:
    at = await published(world)
    secret = {"confidentiality": {"until": "2027-03-01", "words": "do not tell"}}
    case = await at.open(ORDER, facts=secret)
    row = await withheld(
        at, case, source="other", source_identity="x", delay_until="2027-03-01", delay_clause="3"
    )
    number = decisions.number_text(row.number)
    page = await abroad(browser).get(f"/bassin/{at.post}")
    assert page.status == 451 and "link" not in page.headers
    for kept in ("Tribunal", "421-2-5", "/decision/", number):
        assert kept not in page.text
    assert (await browser.get(f"/decision/{number}")).status == 404
    await at.pass_time(60 * 86_400)
    page = await abroad(browser).get(f"/bassin/{at.post}")
    assert "Tribunal judiciaire" in page.words and page.headers["link"]
    assert (await browser.get(f"/decision/{number}")).status == 200


async def test_decisions_about_what_is_not_public_have_no_public_page(
    world: World, browser: Browser
) -> None:
    at = await scene(world)
    row = await at.decide(await at.open(NOTICE))
    number = decisions.number_text(row.number)
    assert (await browser.get(f"/decision/{number}")).status == 404
    assert (await browser.get("/decision/PB-2027-000099-1")).status == 404
