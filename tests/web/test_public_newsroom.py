"""The whole newsroom as machines read it: schema.org, feeds, sitemaps and HTML of every page."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from petitbleu.domain.publishing.pages import service
from petitbleu.store.sqlite import SqliteStore
from tests.kit.world import World, running
from tests.web import newsroom as press
from tests.web.newsroom import newsroom
from tests.web.public import reader
from tests.web.rules import atom_problems, json_feed_problems, rss_problems, schema_problems
from tests.web.test_public_articles import linked, read

BASE = "https://chat.example.org"
_TIMES = ("datePublished", "dateModified")
_ARTICLE = ("headline", "image", "author", "publisher", "mainEntityOfPage", "inLanguage", *_TIMES)
_VIDEO = ("name", "description", "thumbnailUrl", "uploadDate", "contentUrl", "duration")
"""What search engines ask of each."""


@pytest.fixture
async def world(sqlite_store: SqliteStore, tmp_path: Path) -> Any:
    async with running(World(sqlite_store, tmp_path, public_url=BASE)) as made:
        yield made


def _person(data: dict[str, Any]) -> None:
    assert data["name"] and data["@type"] in ("Person", "NewsMediaOrganization")
    assert urlsplit(data["url"]).netloc == "chat.example.org"


async def test_machines_find_what_they_need_on_every_page(world: World) -> None:
    made, posts = await newsroom(world)
    await service.set_switch(world.app, made.peer, "press", "on")
    browser = reader(world, language="fr")
    found = {}
    for name, post in posts.items():
        data = found[name] = linked(await read(browser, f"/lejournal/{post}"))
        assert data["@type"] == "NewsArticle"
        assert all(data.get(key) for key in _ARTICLE), name
        published, modified = (datetime.fromisoformat(data[key]) for key in _TIMES)
        assert published.tzinfo is not None and published <= modified
        assert all(address.startswith(f"{BASE}/m/lejournal/") for address in data["image"])
        _person(data["author"])
        _person(data["publisher"])
        for film in data.get("video", ()):
            assert film["@type"] == "VideoObject" and all(film.get(key) for key in _VIDEO)
    assert found["article"]["author"]["url"] == f"{BASE}/s/lejournal/author/zoe"
    assert len(press.ARTICLE) >= 4000 and found["article"]["wordCount"] > 600
    assert found["chinese"]["inLanguage"] == "zh" and found["arabic"]["inLanguage"] == "ar"
    assert found["chinese"]["timeRequired"] == "PT4M"
    assert len(found["video"]["video"]) == 1
    assert found["corrected"]["correction"] and len(found["captions"]["associatedMedia"]) == 3
    assert found["corrected"]["dateModified"] > found["corrected"]["datePublished"]
    for path in (
        "/s/lejournal",
        "/s/lejournal/author/zoe",
        f"/lejournal/{posts['corrected']}/history",
    ):
        await read(browser, path)
    for path in ("/s/lejournal/feed", "/s/lejournal/tag/port/feed"):
        assert atom_problems((await browser.get(f"{path}.atom")).body) == []
        assert rss_problems((await browser.get(f"{path}.rss")).body) == []
        assert json_feed_problems((await browser.get(f"{path}.json")).body) == []
    for path, schema in (
        ("/s/lejournal/sitemap-0.xml", "sitemap.xsd"), ("/news-sitemap.xml", "sitemap.xsd"),
    ):  # fmt: skip
        assert schema_problems((await browser.get(path)).body, schema) == [], path
