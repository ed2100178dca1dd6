"""Whether a domain is its claimant's: a TXT record (RFC 1035), or a file of its web server.

The file has to come from elsewhere, or from a channel that has the domain already: this server
gives out none for a domain that is only asked for. So pointing a domain here proves nothing.
"""

from __future__ import annotations

from hashlib import sha256

from petitbleu.app import App
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.messaging.webpages import service as webpages
from petitbleu.domain.publishing.newsletter import records
from petitbleu.domain.publishing.newsletter.records import NoAnswer

BY_RECORD, BY_FILE = "record", "file"
PREFIX = "petitbleu-"
FILE_PREFIX = "/.well-known/petitbleu-"
_SECONDS = 5.0
_TRIES = 2
_READ = 256


class Unsure(Exception):
    """Nobody could be asked: it says nothing about the domain."""


def record(domain: str) -> str:
    """The name of the TXT record that proves a domain."""
    return f"_petitbleu.{domain}"


def value(token: str) -> str:
    """What the record and the file hold."""
    return PREFIX + token


def path(token: str) -> str:
    """The path of the file. It does not tell what the file holds: a server that writes into its
    answers what it was asked for proves nothing."""
    return FILE_PREFIX + sha256(token.encode()).hexdigest()[:32]


def file(domain: str, token: str) -> str:
    """The address of the file."""
    return f"https://{domain}{path(token)}"


async def by_record(app: App, domain: str, token: str) -> bool:
    """Whether the TXT record stands. Raises Unsure."""
    server = app.parts[records.RESOLVER]()
    if server is None:
        raise Unsure("this machine names no resolver")
    for attempt in range(_TRIES):
        query = int.from_bytes(app.random(2), "big")
        try:
            texts = await records.texts(server, record(domain), query=query)
        except NoAnswer as why:
            if attempt == _TRIES - 1:
                raise Unsure(str(why)) from None
        else:
            return value(token) in (text.strip() for text in texts)
    return False


async def by_file(app: App, domain: str, token: str) -> bool:
    """Whether the file stands, under HTTPS or HTTP."""
    agent = f"Petitbleu (domains; {joining.base_url(app)})"
    for scheme in ("https", "http"):
        url = f"{scheme}://{domain}{path(token)}"
        call = webpages.Call("GET", url, {"User-Agent": agent, "Accept": "text/plain"})
        try:
            reply = await webpages.call(app, call, seconds=_SECONDS, keep=_READ)
        except (webpages.Refused, OSError, TimeoutError):
            continue
        if reply.status == 200 and reply.body.strip() == value(token).encode():
            return True
    return False


async def find(app: App, domain: str, token: str) -> str:
    """How a domain is proved, :data:`BY_RECORD` or :data:`BY_FILE`; empty: it is not. Raises
    Unsure."""
    unsure: Unsure | None = None
    try:
        if await by_record(app, domain, token):
            return BY_RECORD
    except Unsure as why:
        unsure = why
    if await by_file(app, domain, token):
        return BY_FILE
    if unsure is not None:
        raise unsure
    return ""
