"""SMTP for the operator's own mail server, on loopback: it says 250 when the letter is on disk.

The mail server in front does what strangers need (TLS, filters, SPF/DKIM/DMARC, a queue); this end
takes what it hands over. Where the store fails, the answer is 451 and the server tries again.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import re
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from petitbleu.app import App
from petitbleu.desk.intake import service
from petitbleu.domain.publishing.newsletter import service as newsletter

_IDLE_SECONDS = 300
_PLAIN = re.compile(
    r"<([\w+=-]+(?:\.[\w+=-]+)*@[a-zA-Z\d-]+(?:\.[a-zA-Z\d-]+)*)>(?: +([\x21-\x7e ]+))?", re.ASCII
)


class _Server(SMTP):
    """Lines may be long: some machines write a whole letter as one (RFC 5322 says 998)."""

    line_length_limit = 1 << 20

    def _getaddr(self, arg: str) -> tuple[str | None, str | None]:
        """The address of MAIL and RCPT, and what follows it. Plain ones need no parser of headers,
        which is a fifth of what the loop does for a letter.
        """
        plain = _PLAIN.fullmatch(arg)
        return (plain[1], plain[2] or "") if plain else super()._getaddr(arg)


class _Handler:
    def __init__(self, app: App) -> None:
        self._app = app

    async def handle_DATA(  # noqa: N802 - the name that aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        content = envelope.content
        raw = content if isinstance(content, bytes) else (content or "").encode()
        app = self._app
        try:
            if await newsletter.take(app, raw, envelope.rcpt_tos):
                return "250 2.0.0 Noted"
            stored = await service.store(app, raw, channel="smtp")
        except Exception:  # of whatever kind: the letter stays with the mail server
            app.log.exception("letter not stored")
            return "451 4.3.0 Not stored, try again later"
        app.spawn(service.work(app, stored.id, again=stored.again))
        return "250 2.0.0 Stored"


class SmtpDoor:
    """The open door. ``addresses``: (host, port) it listens at."""

    def __init__(self, server: asyncio.Server) -> None:
        self._server = server

    @property
    def addresses(self) -> list[tuple[str, int]]:
        """Where it listens."""
        return [socket.getsockname()[:2] for socket in self._server.sockets]

    async def stop(self) -> None:
        """Take nothing more."""
        self._server.close()
        await self._server.wait_closed()


async def start(app: App, listen: str) -> SmtpDoor:
    """Listen at HOST:PORT. Raises OSError: taken, or not on loopback."""
    host, _, port = listen.rpartition(":")
    host = host.strip("[]") or "127.0.0.1"
    if not _is_loopback(host) or not port.isdigit():
        raise OSError(f"desk.smtp_listen must be a loopback HOST:PORT, not “{listen}”")
    loop = asyncio.get_running_loop()
    # It would write a line for each command, with addresses, at a tenth of a letter's whole cost.
    logging.getLogger("mail.log").setLevel(logging.ERROR)

    def made() -> Any:
        return _Server(
            _Handler(app),
            data_size_limit=app.config.desk.letter_bytes,
            enable_SMTPUTF8=True,
            hostname="petitbleu",
            ident="petitbleu",
            timeout=_IDLE_SECONDS,
            loop=loop,
        )

    # Workers of one machine share the port.
    shared = True if app.worker else None
    return SmtpDoor(await loop.create_server(made, host, int(port), reuse_port=shared))


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
