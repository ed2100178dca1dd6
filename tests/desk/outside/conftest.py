"""An instance as an operator runs it, its pages and a reader without scripts and cookies."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from petitbleu import desk
from petitbleu.config import Desk
from petitbleu.desk.reference.directory import service as directory
from petitbleu.store.api import Store
from petitbleu.store.sqlite import SqliteStore
from petitbleu.web import app as web
from tests.kit.web import Browser
from tests.kit.world import World

OPERATOR: dict[str, Any] = {
    "name": "Chez nous SAS",
    "country": "FR",
    "coordinator": "Arcom",
    "declared_languages": ["fr", "en"],
    "postal_address": "1 rue du Tube, 75001 Paris",
    "user_email": "bonjour@chez-nous.example",
    "hours": "24 h",
    "company_number": "RCS Paris 000 000 000",
    "publication_director": "Ada Lovelace",
    "hosting": "Chez nous SAS",
}
URL = "https://chat.example.org"


async def _no_mtproto(scope: Any, receive: Any, send: Any) -> None:
    raise AssertionError("these pages are not MTProto")


async def _healthy() -> web.Report:
    return web.Report(True, [])


async def _no_metrics() -> bytes:
    return b""


async def _no_codes() -> list[dict[str, str]]:
    return []


def site(world: World) -> Any:
    """The application of the port."""
    return web.create(
        web.Site(
            world.app,
            mtproto=_no_mtproto,
            health=_healthy,
            metrics=_no_metrics,
            start_info=dict,
            codes=_no_codes,
            more=desk.routes,
        )
    )


async def made(store: Store, data: Path, **settings: Any) -> World:
    """An instance that is not in developer mode."""
    settings = {
        "dev": False,
        "name": "Chez nous",
        "public_url": URL,
        "languages": ("en", "fr"),
        "signup": "open",
        "desk": Desk(addresses=("legal@chez-nous.example", "tco@chez-nous.example")),
    } | settings
    world = World(store, data, **settings)
    await world.start()
    return world


@pytest.fixture
async def world(store: Store, tmp_path: Path) -> AsyncIterator[World]:
    """On both engines, with an operator."""
    world = await made(store, tmp_path)
    await directory.set_operator(world.app, OPERATOR, "operator")
    yield world
    await world.settle()
    assert not world.errors


@pytest.fixture
async def lite(sqlite_store: SqliteStore, tmp_path: Path) -> AsyncIterator[Browser]:
    """A reader of the same instance on SQLite alone: for pages whose answers no engine changes."""
    world = await made(sqlite_store, tmp_path)
    await directory.set_operator(world.app, OPERATOR, "operator")
    yield Browser(site(world))
    await world.settle()
    assert not world.errors


@pytest.fixture
def browser(world: World) -> Browser:
    return Browser(site(world))
