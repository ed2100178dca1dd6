"""Browsers other than Chromium, each by its own WebDriver: Firefox and WebKitGTK of Debian.

Firefox is spoken to by Marionette, which is what WebDriver is inside it; WebKitGTK by
``WebKitWebDriver``, over HTTP. Both know the same commands (W3C WebDriver).
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

from petitbleu.bench.server import HOST, free_port
from tests.kit.waiting import GUARD, asked_until, until

ENTER = "\ue007"
CONTROL = "\ue009"
SHIFT = "\ue008"
LEFT = "\ue012"
MINI_BROWSER = Path("/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser")
PREFERENCES = {
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "intl.accept_languages": "en",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "media.navigator.streams.fake": True,  # there is a microphone
    "permissions.default.microphone": 2,  # and the person refuses it
    "toolkit.startup.max_resumed_crashes": -1,
}
FIREFOX, WEBKIT = "firefox", "webkit"
MISSING = {
    FIREFOX: "firefox-esr is not installed",
    WEBKIT: "webkit2gtk-driver, MiniBrowser or Xvfb is not installed",
}


class Wrong(Exception):
    """What the driver could not do: its error and its words."""


class Wire(Protocol):
    """A way to a driver."""

    async def call(self, name: str, **params: Any) -> Any:
        """Run a WebDriver command, by its name in :data:`PATHS`. Raises :class:`Wrong`."""


def is_there(engine: str) -> bool:
    """Whether the machine has this browser and what drives it."""
    if engine == FIREFOX:
        return shutil.which("firefox-esr") is not None
    programs = all(shutil.which(name) for name in ("WebKitWebDriver", "Xvfb"))
    return programs and MINI_BROWSER.exists()


class Marionette:
    """Firefox's own wire: ``LENGTH:[0, id, command, parameters]`` over TCP."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._id = 0

    async def read(self) -> Any:
        """The next thing it says."""
        length = await self._reader.readuntil(b":")
        return json.loads(await self._reader.readexactly(int(length[:-1])))

    async def call(self, name: str, **params: Any) -> Any:
        """Run a command."""
        self._id += 1
        said = json.dumps([0, self._id, f"WebDriver:{name}", params]).encode()
        self._writer.write(b"%d:%s" % (len(said), said))
        id = 0
        while id != self._id:  # the answer to a call that was given up may come first
            _, id, error, result = await asyncio.wait_for(self.read(), GUARD)
        if error is not None:
            raise Wrong(f"{error['error']}: {error['message']}")
        return result.get("value") if set(result) == {"value"} else result


PATHS = {
    "NewSession": "",
    "Navigate": "/url",
    "ExecuteScript": "/execute/sync",
    "PerformActions": "/actions",
    "ReleaseActions": "/actions",
    "TakeScreenshot": "/screenshot",
    "SetWindowRect": "/window/rect",
}
"""The addresses of the commands, after that of the session."""
METHODS = {"TakeScreenshot": "GET", "ReleaseActions": "DELETE"}


class OverHttp:
    """A driver that is a server."""

    def __init__(self, port: int) -> None:
        self._base = f"http://{HOST}:{port}/session"

    async def call(self, name: str, **params: Any) -> Any:
        """Run a command."""
        method = METHODS.get(name, "POST")
        body = json.dumps(params).encode() if method == "POST" else None
        headers = {"Content-Type": "application/json"}
        url = self._base + PATHS[name]
        request = urllib.request.Request(url, body, headers, method=method)

        def ask() -> Any:
            try:
                with urllib.request.urlopen(request, timeout=GUARD) as answer:
                    return json.load(answer)["value"]
            except urllib.error.HTTPError as error:
                said = json.load(error)["value"]
                raise Wrong(f"{said['error']}: {said['message']}") from None

        value = await asyncio.to_thread(ask)
        if name == "NewSession":
            self._base += f"/{value['sessionId']}"
        return value


class Engine:
    """A browser with one page."""

    def __init__(self, name: str, wire: Wire, base: str) -> None:
        self.name = name
        self._wire = wire
        self._base = base

    async def go(self, path: str) -> None:
        """Open an address of the site."""
        await self._wire.call("Navigate", url=self._base + path)

    async def script(self, body: str, *args: Any) -> Any:
        """Run the body of a function in the page; a promise is awaited."""
        return await self._wire.call("ExecuteScript", script=body, args=list(args))

    async def holds(self, expression: str) -> Any:
        """Wait until an expression is true, and give it."""

        async def ask() -> Any:
            return await self.script(f"return {expression}")

        try:
            return await asked_until(ask)
        except TimeoutError:
            shown = await self.script("return document.body.innerText")
            raise AssertionError(f"{self.name}: not so: {expression}\n{shown}") from None

    async def shows(self, selector: str, text: str = "") -> None:
        """Wait for an element that can be seen, with a text."""
        await self.holds(
            f"[...document.querySelectorAll({json.dumps(selector)})].some((one) =>"
            f" one.checkVisibility() && one.textContent.includes({json.dumps(text)}))"
        )

    async def click(self, selector: str) -> None:
        """Press the pointer in the middle of an element."""
        await self.shows(selector)
        box = await self.script(
            "const one = document.querySelector(arguments[0]);"
            "one.scrollIntoView({ block: 'nearest' });"
            "const box = one.getBoundingClientRect();"
            "return [box.x + box.width / 2, box.y + box.height / 2].map(Math.floor)",
            selector,
        )
        steps = [
            {"type": "pointerMove", "x": box[0], "y": box[1], "duration": 0},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        pointer = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}}
        await self._wire.call("PerformActions", actions=[{**pointer, "actions": steps}])

    async def keys(self, keys: str | Sequence[str]) -> None:
        """Press keys one after another."""
        steps = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        await self._act(steps)

    async def chord(self, *keys: str) -> None:
        """Press keys together."""
        down = [{"type": "keyDown", "value": key} for key in keys]
        await self._act([*down, *({"type": "keyUp", "value": key} for key in reversed(keys))])

    async def _act(self, steps: list[dict[str, str]]) -> None:
        await self._wire.call(
            "PerformActions", actions=[{"type": "key", "id": "keys", "actions": steps}]
        )

    async def see(self, called: str) -> None:
        """Keep what the page looks like, where somebody wants to know."""
        folder = os.environ.get("CLIENT_SCREENSHOTS")
        if folder:
            import base64

            image = base64.b64decode(await self._wire.call("TakeScreenshot"))
            (Path(folder) / f"{called}-{self.name}.png").write_bytes(image)


@asynccontextmanager
async def started(engine: str, folder: Path, base: str) -> AsyncIterator[Engine]:
    """A browser with a fresh profile in ``folder``."""
    launch = _firefox if engine == FIREFOX else _webkit
    async with launch(folder) as wire:
        yield Engine(engine, wire, base)


@asynccontextmanager
async def _running(*words: str, **environment: str) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        *words,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            os.killpg(process.pid, 15)
            await process.wait()


@asynccontextmanager
async def _firefox(folder: Path) -> AsyncIterator[Wire]:
    port = free_port()
    profile = folder / "profile"
    profile.mkdir()
    chosen = {**PREFERENCES, "marionette.port": port}
    lines = [f'user_pref("{name}", {json.dumps(value)});\n' for name, value in chosen.items()]
    (profile / "user.js").write_text("".join(lines), "utf-8")
    words = ("firefox-esr", "--headless", "--marionette", "--no-remote", "--profile", str(profile))
    async with _running(*words, HOME=str(folder), MOZ_HEADLESS_WIDTH="1280"):
        reader, writer = await _connected(port)
        wire = Marionette(reader, writer)
        await wire.read()  # what it is
        await wire.call("NewSession")
        await wire.call("SetWindowRect", width=1280, height=900)
        yield wire
        writer.close()


async def _connected(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    async def tried() -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        try:
            return await asyncio.open_connection(HOST, port)
        except OSError:
            await asyncio.sleep(0.1)
            return None

    found: tuple[asyncio.StreamReader, asyncio.StreamWriter] = await asked_until(tried)
    return found


@asynccontextmanager
async def _webkit(folder: Path) -> AsyncIterator[Wire]:
    port = free_port()
    shown = folder / "display"
    with shown.open("wb") as into:
        words = ("Xvfb", "-displayfd", str(into.fileno()), "-screen", "0", "1280x900x24")
        screen = await asyncio.create_subprocess_exec(
            *words,
            "-nolisten",
            "tcp",
            pass_fds=(into.fileno(),),
            stderr=asyncio.subprocess.DEVNULL,
        )
    try:
        display = await until(lambda: shown.read_text().strip())
        environment = {
            "DISPLAY": f":{display}",
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "GDK_BACKEND": "x11",
            "LANG": "C.UTF-8",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "WEBKIT_DISABLE_DMABUF_RENDERER": "1",
        }
        words = ("WebKitWebDriver", f"--port={port}", f"--host={HOST}")
        async with _running(*words, **environment):
            (await _connected(port))[1].close()
            wire = OverHttp(port)
            options = {"binary": str(MINI_BROWSER), "args": ["--automation"]}
            asked = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
            await wire.call("NewSession", capabilities=asked)
            await wire.call("SetWindowRect", x=0, y=0, width=1280, height=900)
            yield wire
    finally:
        screen.terminate()
        await screen.wait()
