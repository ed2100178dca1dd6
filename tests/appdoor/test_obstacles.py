"""What keeps people from the web client is said in words; headers of the page's own files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from starlette.applications import Starlette

from petitbleu import __version__
from petitbleu.appdoor import obstacles, shell
from petitbleu.appdoor.door import Door
from petitbleu.appdoor.routes import routes
from petitbleu.config import Web
from petitbleu.run import health
from tests.kit.web import Browser
from tests.kit.world import World


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bundle like the one that a build makes."""
    folder = tmp_path / "static"
    (folder / "a").mkdir(parents=True)
    (folder / "a/main.1.js").write_text("1")
    (folder / "index.html").write_text('<script src="/app/a/main.1.js"></script>')
    (folder / "worker.js").write_text("2")
    (folder / "build.txt").write_text("abc\n")
    (folder / "server.txt").write_text(__version__ + "\n")
    told = {"name": "x", "short_name": "x", "start_url": "/app", "scope": "/app"}
    (folder / "manifest.webmanifest").write_text(json.dumps(told))
    monkeypatch.setattr(shell, "FOLDER", folder)
    return folder


def _set(world: World, **settings: Any) -> None:
    world.app.config = msgspec.structs.replace(world.app.config, **settings)


async def _said(world: World) -> str:
    lines = (await health.examine(world.app)).lines
    return " ".join(one for one in lines if one.startswith("The web client"))


async def test_nothing_is_said_where_all_is_well(world: World, bundle: Path) -> None:
    obstacles.NO_UPGRADE.values.clear()
    for url in ("https://chat.example.org", "http://localhost:8080", "http://127.0.0.1:1"):
        _set(world, dev=False, public_url=url)
        assert await _said(world) == ""
        assert obstacles.address(world.app.config) == (url, url)


async def test_an_address_that_browsers_do_not_trust(world: World, bundle: Path) -> None:
    obstacles.NO_UPGRADE.values.clear()
    _set(world, dev=False, public_url="")
    assert "public_url is not set" in await _said(world)
    assert obstacles.address(world.app.config) is None
    _set(world, public_url="http://chat.example.org")
    assert "public_url has no HTTPS (http://chat.example.org)" in await _said(world)
    _set(world, public_url="https://x.example", web=Web(app_url="http://app.example.org"))
    assert "app_url has no HTTPS" in await _said(world)
    _set(world, web=Web(app=False), public_url="")
    assert await _said(world) == ""


async def test_a_bundle_that_is_missing_or_of_another_version(world: World, bundle: Path) -> None:
    obstacles.NO_UPGRADE.values.clear()
    _set(world, dev=False, public_url="https://chat.example.org")
    (bundle / "a/main.1.js").unlink()
    assert "1 files of its bundle are missing (a/main.1.js)" in await _said(world)
    (bundle / "server.txt").write_text("9.9")
    assert "built for petitbleu 9.9" in await _said(world)
    (bundle / "build.txt").unlink()
    assert "its bundle is missing" in await _said(world)


async def test_a_proxy_that_drops_the_upgrade(world: World, door: Door, bundle: Path) -> None:
    obstacles.NO_UPGRADE.values.clear()
    _set(world, dev=False, public_url="https://chat.example.org")
    browser = Browser(Starlette(routes=list(routes(door))))
    assert (await browser.get("/app/ws")).status == 426
    assert await _said(world) == "", "somebody who looks at the address is no proxy"
    browser.headers["sec-websocket-key"] = "x"
    found = await browser.get("/app/ws")
    assert found.status == 426
    assert "1 handshakes came to /app/ws without the Upgrade header" in await _said(world)
    obstacles.NO_UPGRADE.values.clear()


async def test_worker_and_manifest(world: World, bundle: Path, door: Door) -> None:
    door.shell = shell.Shell(world.app)
    browser = Browser(Starlette(routes=list(routes(door))))
    worker = await browser.get("/app/worker.js")
    assert worker.headers["service-worker-allowed"] == "/app"
    assert worker.headers["cache-control"] == "no-cache"
    assert worker.headers["content-type"].startswith("text/javascript")
    manifest = await browser.get("/app/manifest.webmanifest")
    assert manifest.headers["content-type"] == "application/manifest+json"
    told = json.loads(manifest.body)
    assert (told["name"], told["scope"]) == (world.app.config.name, "/app")
    browser.headers["if-none-match"] = manifest.headers["etag"]
    assert (await browser.get("/app/manifest.webmanifest")).status == 304
    browser.headers = {"sec-fetch-site": "same-origin"}
    for path in ("/app/session", "/app/config.json"):
        found = await browser.get(path)
        assert "immutable" not in found.headers["cache-control"]
    (bundle / "manifest.webmanifest").unlink()
    assert (await browser.get("/app/manifest.webmanifest")).status == 404


def test_client_and_server_are_of_one_version() -> None:
    root = Path(__file__).resolve().parents[2]
    client = json.loads((root / "client/package.json").read_text("utf-8"))
    assert client["version"] == __version__, "client/package.json: a release changes both"
