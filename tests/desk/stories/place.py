"""A whole instance in a process of its own, with the world around its desk: a mail server that
takes its letters, a webhook that hears its alarms, people on a real client, staff in a browser.
"""

from __future__ import annotations

import asyncio
import json
import smtplib
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiohttp import web
from playwright.async_api import async_playwright

from petitbleu.bench.server import HOST, Server, free_port
from tests.clients import environments
from tests.kit.mail import SmtpSink, smtp_sink

OPERATOR = {
    "name": "Petitbleu SAS",
    "country": "FR",
    "coordinator": "Arcom",
    "declared_languages": ["fr", "en"],
    "authserv_id": "mx1.petitbleu.example",
}
AUTHORITIES = [
    {"name": "DSN", "country": "AT", "domain": "dsn.bmi.example", "phone": "+43 1 000 0133"},
    {"name": "TJ Lyon", "country": "FR", "domain": "tj-lyon.justice.example"},
]


class Place:
    """The instance and what it said to the outside."""

    def __init__(self, server: Server, sink: SmtpSink, door: int) -> None:
        self.server = server
        self.sink = sink
        self.door = door
        """Port of the desk's SMTP door."""
        self.alarms: list[tuple[float, dict[str, Any]]] = []

    @property
    def base(self) -> str:
        return f"http://localhost:{self.server.port}"

    def desk(self, *words: str) -> Any:
        """A command of the desk, as JSON."""
        return json.loads(self.server.run("desk", *words, "--json"))

    def hand_over(self, raw: bytes, sender: str, to: str) -> float:
        """Give a letter to the desk's door, as the operator's mail server does; when."""
        with smtplib.SMTP(HOST, self.door, timeout=10) as client:
            client.sendmail(sender, [to], raw)
        return time.time()

    def letters(self, to: str) -> list[EmailMessage]:
        """Letters that left to an address."""
        return [one for one in self.sink.mails if to in str(one["To"])]


async def until(found: Any, seconds: float = 15) -> Any:
    """Wait for ``found()`` to give something."""
    async with asyncio.timeout(seconds):
        while not (value := found()):
            await asyncio.sleep(0.05)
    return value


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Place]:
    """The instance, running."""
    async with AsyncExitStack() as stack:
        sink = await stack.enter_async_context(smtp_sink())
        door, hook = free_port(), free_port()
        server = Server(folder / "data")
        server.data.mkdir(parents=True, mode=0o700)
        (server.data / "petitbleu.toml").write_text(
            f"""public_url = "http://localhost:{server.port}"
languages = ["en", "fr"]
[smtp]
host = "{HOST}"
port = {sink.port}
security = "none"
sender = "Petitbleu <desk@petitbleu.example>"
[desk]
addresses = ["tco@petitbleu.example", "legal@petitbleu.example"]
smtp_listen = "{HOST}:{door}"
on_call = ["oncall@petitbleu.example"]
webhook_url = "http://{HOST}:{hook}/alarm"
webhook_secret = "secret"
""",
            "utf-8",
        )
        place = Place(server, sink, door)
        await stack.enter_async_context(_webhook(place, hook))
        for name, given in (("operator", OPERATOR), ("authorities", AUTHORITIES)):
            (folder / f"{name}.json").write_text(json.dumps(given), "utf-8")
        server.run("desk", "operator", "set", str(folder / "operator.json"))
        server.run("desk", "authorities", "import", str(folder / "authorities.json"))
        await asyncio.to_thread(server.start)
        stack.callback(server.stop)
        yield place


@asynccontextmanager
async def _webhook(place: Place, port: int) -> AsyncIterator[None]:
    async def heard(request: web.Request) -> web.Response:
        assert request.headers["X-Petitbleu-Signature"]
        place.alarms.append((time.time(), await request.json()))
        return web.Response()

    site = web.Application()
    site.router.add_post("/alarm", heard)
    runner = web.AppRunner(site)
    await runner.setup()
    await web.TCPSite(runner, HOST, port).start()
    yield
    await runner.cleanup()


class People:
    """Telethon's owner and subscriber."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.seen: list[dict[str, Any]] = []
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            self.seen.append(json.loads(line))

    def of(self, what: str) -> list[dict[str, Any]]:
        """What was told so far."""
        return [one for one in self.seen if one["event"] == what]

    async def leave(self) -> None:
        """End; their last look at the history is in ``seen``."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        await asyncio.wait_for(self._process.wait(), 30)
        await self._reading

    async def stop(self) -> None:
        """End, whatever they do."""
        if self._process.returncode is None:
            self._process.kill()
            await self._process.wait()
        self._reading.cancel()


@asynccontextmanager
async def people(place: Place) -> AsyncIterator[People]:
    """They sign up, make the channel and wait."""
    await asyncio.to_thread(environments.prepare, "telethon")
    script = Path(__file__).with_name("channel_people.py")
    words = [*environments.interpreter("telethon"), str(script), HOST, str(place.server.port)]
    process = await asyncio.create_subprocess_exec(
        *words,
        place.server.public_key(),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    found = People(process)
    try:
        await until(lambda: found.of("ready"), 60)
        yield found
    finally:
        await found.stop()


@asynccontextmanager
async def staff(place: Place, *roles: str) -> AsyncIterator[Any]:
    """A page of a browser in which somebody of the desk has come in by passkey."""
    words = ["admin", "staff", "invite", "--name", "Ada", "--email", "ada@petitbleu.example"]
    for role in roles:
        words += ["--role", role]
    link = json.loads(place.server.run(*words, "--json"))["link"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        context = await browser.new_context(locale="en")
        context.set_default_timeout(15_000)
        page = await context.new_page()
        session = await context.new_cdp_session(page)
        await session.send("WebAuthn.enable")
        authenticator = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        await session.send("WebAuthn.addVirtualAuthenticator", {"options": authenticator})
        if link is None:  # it went by mail
            link = _link_in(place, "ada@petitbleu.example")
        await page.goto(link)
        await page.click("form[data-passkey=create] button")
        await page.wait_for_url("**/desk/sign-in**")
        await page.click("form[data-passkey=get] button")
        await page.wait_for_url(f"{place.base}/desk")
        yield page
        await browser.close()


def _link_in(place: Place, to: str) -> str:
    text = str(place.letters(to)[-1].get_content())
    return next(word for word in text.split() if word.startswith("http"))
