"""A whole instance in a process of its own, with the world around its desk: a mail server that
takes its letters, a webhook that hears its alarms, the EU's database, and a clock that all share.
"""

from __future__ import annotations

import asyncio
import datetime
import json
import re
import smtplib
import sqlite3
import sys
import time
import zoneinfo
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from email.message import EmailMessage
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pyrage
from aiohttp import web

from petitbleu.bench.server import HOST, Server, free_port
from petitbleu.desk.records.audit import export
from petitbleu.run.control_socket import ask
from tests.desk.adjudication.eu_database.eu_fake import TOKEN, EuDatabase
from tests.desk.intake.mails import MX, mail
from tests.desk.records.audit.test_sound import alone
from tests.desk.stories import ahead
from tests.kit import mmdb
from tests.kit.mail import SmtpSink, smtp_sink
from tests.kit.waiting import until

OPERATOR = {
    "name": "Petitbleu SAS",
    "country": "FR",
    "coordinator": "Arcom",
    "declared_languages": ["fr", "en"],
    "authserv_id": MX,
}
KEY = pyrage.x25519.Identity.generate()
"""Of the authorities that get data."""
AUTHORITIES = [
    {"name": "DSN", "country": "AT", "domain": "dsn.bmi.example", "phone": "+43 1 000 0133"},
    {
        "name": "TJ Lyon",
        "country": "FR",
        "domain": "tj-lyon.justice.example",
        "phone": "+33 4 00 00 00",
        "age_key": str(KEY.to_public()),
    },
    {"name": "AG Bamberg", "country": "DE", "domain": "bamberg.justiz.example"},
    {
        "name": "ZCB Bamberg",
        "country": "DE",
        "domain": "zcb.justiz.example",
        "phone": "+49 951 0000",
        "age_key": str(KEY.to_public()),
    },
    {
        "name": "PHAROS",
        "country": "FR",
        "domain": "pharos.example",
        "language": "fr",
        "threat_email": "menace@pharos.example",
    },
    {
        "name": "Point de contact",
        "country": "FR",
        "domain": "pointdecontact.example",
        "trusted_flagger": True,
    },
]
DAY = 86_400
AGAIN = 200
"""Seconds after which a case that was decided and told is looked at again, and closed."""
_LOOKS = 5
ZONE = zoneinfo.ZoneInfo("Europe/Paris")
COUNTRIES = {"192.0.2.0/24": "BE", "198.51.100.0/24": "FR"}
"""Where readers are, by the address that the proxy in front names."""


class AheadServer(Server):
    """The server whose clock a file moves."""

    def __init__(self, data: Path, clock: Path) -> None:
        super().__init__(data)
        self._clock = clock

    def command(self, *words: str) -> list[str]:
        """As the command line would be, with the clock of the file."""
        script = str(Path(ahead.__file__))
        return [sys.executable, script, str(self._clock), *words, "--data", str(self.data)]


class Place:
    """The instance and what it said to the outside."""

    def __init__(self, folder: Path, sink: SmtpSink, eu: EuDatabase) -> None:
        self.folder = folder
        self.clock = folder / "ahead"
        ahead.write(self.clock, 0)
        self.server = AheadServer(folder / "data", self.clock)
        self.sink = sink
        self.eu = eu
        self.door = free_port()
        """Port of the desk's SMTP door."""
        self.ahead = 0.0
        self.alarms: list[tuple[float, dict[str, Any]]] = []
        self.followers: list[Callable[[float], Any]] = []
        """Told when time passes: who keeps a clock of their own."""

    @property
    def base(self) -> str:
        return f"http://localhost:{self.server.port}"

    def now(self) -> float:
        """What time it is there."""
        return time.time() + self.ahead

    def today(self, days: int = 0) -> str:
        """A date there (ISO), as the operator counts days."""
        return f"{datetime.datetime.fromtimestamp(self.now() + days * DAY, ZONE):%Y-%m-%d}"

    async def later(self, seconds: float) -> None:
        """Let time pass, for everybody."""
        self.ahead += seconds
        for follow in self.followers:
            await follow(self.ahead)
        ahead.write(self.clock, self.ahead)

    async def looked_at_again(self, found: Callable[[], Any]) -> Any:
        """What is found once cases that were decided and told are looked at again, every few
        minutes: a look that comes while a letter is being noted as sent finds nothing yet, the
        next one does. Raises TimeoutError.
        """
        for _ in range(_LOOKS):
            await self.later(AGAIN)
            with suppress(TimeoutError):
                return await until(found, 6)
        raise TimeoutError

    # ── the command line ────────────────────────────────────────────────────────────────────────

    def desk(self, *words: str) -> Any:
        """A command of the desk, as JSON."""
        return json.loads(self.server.run("desk", *words, "--json"))

    def ask(self, command: str, **params: Any) -> Any:
        """What a command asks the running server, without a process for it."""
        return ask(self.server.data, command, params)

    def case(self, number: str) -> Any:
        """A case as ``desk case`` answers."""
        return self.ask("desk.case", number=number)

    def clocks(self, number: str) -> dict[str, Any]:
        """The clocks of a case by name."""
        return {one["clock"]: one for one in self.case(number)["clocks"]}

    def rows_of(self, number: str) -> list[dict[str, Any]]:
        """What the EU's database was told of the decisions of a case."""
        return [one for one in self.eu.stored.values() if number.lower() in one["puid"]]

    def figures(self) -> dict[str, Any]:
        """The main figures of the report up to now."""
        today = datetime.datetime.now(datetime.UTC).date()
        period = f"{today - datetime.timedelta(1)}/{today + datetime.timedelta(300)}"
        figures: dict[str, Any] = self.ask("desk.transparency.build", period=period)["figures"]
        return figures

    def sound(self) -> None:
        """Every line of the log, checked by the desk and by the verifier that stands alone."""
        checked = self.ask("desk.audit.verify")
        assert checked["ok"] is True, checked
        head = self.ask("desk.audit.head")
        names = ("n", "at", "actor", "action", "subject", "data", "chain")
        written = self.stored(f"select {', '.join(names)} from audit where n < ?", head["size"])
        lines = [
            dict(zip(names, (*row[:5], row[5].decode(), row[6].hex()), strict=True))
            for row in sorted(written)
        ]
        begin = {
            "format": export.FORMAT,
            "origin": head["note"].partition("\n")[0],
            "key": head["key"],
            "size": head["size"],
            "subject": None,
        }
        rows = [begin, *lines, {"head": head["note"]}]
        text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        assert alone().check(text, head["key"], [head["note"]]).startswith("sound:")

    def logged(self, number: str) -> list[str]:
        """What the log says was done about a case, in order."""
        found = self.stored("select n, action from audit where subject = ?", number)
        return [str(action) for _, action in sorted(found)]

    def stored(self, select: str, *values: Any) -> list[Any]:
        """Rows of the database, read beside the server."""
        file = self.server.data / "petitbleu.sqlite"
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
            return database.execute(select, values).fetchall()

    def bodies(self, author: int) -> list[str]:
        """What lies in the database of what somebody wrote, deleted or not."""
        rows = self.stored("select text from body where author = ? order by id", author)
        return [text for (text,) in rows if text]

    # ── letters ─────────────────────────────────────────────────────────────────────────────────

    def hand_over(self, raw: bytes, sender: str, to: str) -> float:
        """Give a letter to the desk's door, as the operator's mail server does; when."""
        with smtplib.SMTP(HOST, self.door, timeout=10) as client:
            client.sendmail(sender, [to], raw)
        return time.time()

    async def arrives(self, sender: str, subject: str, text: str, **more: Any) -> str:
        """A letter through the door; the number that its receipt names."""
        address = sender.rpartition("<")[2].rstrip(">")
        raw = mail(
            sender,
            "legal@petitbleu.example",
            subject,
            text,
            received=formatdate(self.now(), localtime=True),
            **more,
        )
        before = len(self.letters(address))
        await asyncio.to_thread(self.hand_over, raw, address, "legal@petitbleu.example")
        receipt = await until(
            lambda: [
                one
                for one in self.letters(address)[before:]
                if one["Auto-Submitted"] == "auto-replied" and subject[:20] in str(one["Subject"])
            ]
        )
        return number_in(receipt[0]["Subject"])

    def letters(self, to: str, about: str = "") -> list[EmailMessage]:
        """Letters that left to an address, those whose subject or text names ``about``."""
        return [
            one
            for one in self.sink.mails
            if to in str(one["To"]) and (about in str(one["Subject"]) or about in text_of(one))
        ]

    async def letter(self, to: str, *words: str) -> EmailMessage:
        """The newest letter to an address in which all these words stand, once it is there."""

        def found() -> EmailMessage | None:
            for one in reversed(self.letters(to)):
                whole = f"{one['Subject']}\n{text_of(one)}"
                if all(word in whole for word in words):
                    return one
            return None

        try:
            letter: EmailMessage = await until(found)
        except TimeoutError:
            left = [f"{one['Subject']}\n{text_of(one)}" for one in self.letters(to)]
            raise AssertionError(f"no letter to {to} with {words}: {left}") from None
        return letter


def text_of(letter: EmailMessage) -> str:
    """The words of a letter."""
    body = letter.get_body(("plain",))
    return str(body.get_content()) if body is not None else ""


def language_of(letter: EmailMessage) -> str:
    """The language of its words, said by the part that holds them."""
    body = letter.get_body(("plain",))
    return str((body if body is not None else letter)["Content-Language"])


def attached(letter: EmailMessage) -> dict[str, bytes]:
    """What is attached, by name."""
    return {
        str(part.get_filename()): part.get_payload(decode=True)  # type: ignore[misc]
        for part in letter.iter_attachments()
    }


def number_in(text: str) -> str:
    """The first case number of a text."""
    found = re.search(r"PB-\d{4}-\d{6}", text)
    assert found is not None, text
    return found[0]


def link_in(text: str, path: str) -> str:
    """The first link of a text to a page below ``path``."""
    found = re.search(rf"https?://[^/\s]+{path}[^\s)]*", text)
    assert found is not None, text
    return found[0].rstrip(".")


def _settings(place: Place, hook: int) -> Iterator[str]:
    yield f"""public_url = "http://localhost:{place.server.port}"
languages = ["en", "fr"]
country = "FR"
trusted_proxies = ["{HOST}"]
[moderation]
country_database = "countries.mmdb"
[smtp]
host = "{HOST}"
port = {place.sink.port}
security = "none"
sender = "Petitbleu <desk@petitbleu.example>"
[desk]
addresses = ["tco@petitbleu.example", "legal@petitbleu.example"]
smtp_listen = "{HOST}:{place.door}"
on_call = ["oncall@petitbleu.example"]
webhook_url = "http://{HOST}:{hook}/alarm"
webhook_secret = "secret"
eu_database_url = "{place.eu.base}"
eu_database_token = "{TOKEN}"
"""


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Place]:
    """The instance, running."""
    async with AsyncExitStack() as stack:
        sink = await stack.enter_async_context(smtp_sink())
        eu = EuDatabase()
        await eu.start()
        stack.push_async_callback(eu.stop)
        place, hook = Place(folder, sink, eu), free_port()
        server = place.server
        server.data.mkdir(parents=True, mode=0o700)
        known = {network: {"country": {"iso_code": code}} for network, code in COUNTRIES.items()}
        mmdb.write(server.data / "countries.mmdb", known)
        (server.data / "petitbleu.toml").write_text("".join(_settings(place, hook)), "utf-8")
        await stack.enter_async_context(_webhook(place, hook))
        await asyncio.to_thread(server.start)
        stack.callback(server.stop)
        for name, given in (("operator", OPERATOR), ("authorities", AUTHORITIES)):
            (folder / f"{name}.json").write_text(json.dumps(given), "utf-8")
        place.desk("operator", "set", str(folder / "operator.json"))
        place.desk("authorities", "import", str(folder / "authorities.json"))
        yield place
        assert "[error" not in server.log().lower(), server.log()


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
