"""Keys and signed links: who holds one may see one case, or the cases of one person.

Nothing here is stored. A link is sealed with the instance's secrets; it says whom it is for and
until when, and reveals neither.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import NamedTuple, TypeVar
from urllib.parse import urlencode

import msgspec

from petitbleu.app import App
from petitbleu.desk.casework.cases import service as cases
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.errors import LocalFault

HOURS_24 = 86_400
CONFIRM_SECONDS = 30 * 86_400
_MINE = b"outside.mine"
_CONFIRM = b"outside.confirm"
_NOTICE = b"outside.notice"
_TOKEN_MAX = 600

_encode = msgspec.msgpack.Encoder().encode
_T = TypeVar("_T")


class Person(msgspec.Struct, frozen=True, array_like=True):
    """Whom a link is for: an account (0: none) and an e-mail address that were proved."""

    account: int = 0
    email: str = ""


class _Mine(msgspec.Struct, frozen=True, array_like=True):
    person: Person
    until: int


class _Confirm(msgspec.Struct, frozen=True, array_like=True):
    number: int
    digest: bytes
    until: int


class Confirmation(NamedTuple):
    """A case and the digest of the address that is to be confirmed."""

    number: int
    digest: bytes


class _Notice(msgspec.Struct, frozen=True, array_like=True):
    number: int
    until: int


def address_digest(email: str) -> bytes:
    """16 bytes that stand for an address."""
    return hashlib.sha256(email.lower().encode()).digest()[:16]


# ── one case ────────────────────────────────────────────────────────────────────────────────────


def holds(app: App, number: int, key: str) -> bool:
    """Whether ``key`` is the case's: it does not tell whether there is such a case."""
    return cases.opens(app, number, "".join(key.split()))


def follow(app: App, number: int) -> str:
    """Address of the case's status page."""
    base = joining.base_url(app)
    return f"{base}/suivi/{case_numbers.text(number)}?secret={cases.secret(app, number)}"


# ── an address to confirm ───────────────────────────────────────────────────────────────────────


def confirm(app: App, number: int, email: str) -> str:
    """Address at which somebody confirms that mail about a case reaches them."""
    until = int(app.clock.now()) + CONFIRM_SECONDS
    token = _seal(app, _Confirm(number, address_digest(email), until), _CONFIRM)
    return f"{joining.base_url(app)}/signaler/adresse/{token}"


def confirmation(app: App, token: str) -> Confirmation | None:
    """What such a link says; None where it is not ours or too old."""
    link = _open(app, token, _Confirm, _CONFIRM)
    if link is None or link.until < app.clock.now():
        return None
    return Confirmation(link.number, link.digest)


# ── a report that becomes a notice ──────────────────────────────────────────────────────────────


def notice(app: App, number: int, lang: str) -> str:
    """Address of the notice form for a report that was made in the app, which keeps its number;
    for as long as an address can be confirmed.
    """
    until = int(app.clock.now()) + CONFIRM_SECONDS
    token = _seal(app, _Notice(number, until), _NOTICE)
    return f"{joining.base_url(app)}/signaler?{urlencode({'report': token, 'lang': lang})}"


def report(app: App, token: str) -> int:
    """The report that such an address is for; 0 where it is not ours or too old."""
    link = _open(app, token, _Notice, _NOTICE)
    return link.number if link is not None and link.until >= app.clock.now() else 0


# ── one person's cases ──────────────────────────────────────────────────────────────────────────


def mine(app: App, person: Person) -> str:
    """The token of "My cases" for a person, valid 24 hours."""
    return _seal(app, _Mine(person, int(app.clock.now()) + HOURS_24), _MINE)


def mine_url(app: App, person: Person) -> str:
    """Its address."""
    return f"{joining.base_url(app)}/mes-dossiers/{mine(app, person)}"


def person(app: App, token: str) -> Person | None:
    """Whom a token is for; None where it is not ours or too old."""
    link = _open(app, token, _Mine, _MINE)
    return link.person if link is not None and link.until >= app.clock.now() else None


def _seal(app: App, value: object, context: bytes) -> str:
    sealed = app.secrets.seal(_encode(value), context)
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode("ascii")


def _open(app: App, token: str, kind: type[_T], context: bytes) -> _T | None:
    if len(token) > _TOKEN_MAX or not token.isascii():
        return None
    try:
        sealed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        return msgspec.msgpack.decode(app.secrets.unseal(sealed, context), type=kind)
    except (LocalFault, binascii.Error, msgspec.DecodeError):
        return None
