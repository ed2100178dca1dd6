"""A letter as the bytes of a mail (RFC 5322): encoded once, with places for what is each reader's.

Texts are quoted-printable, so that a place can be filled between two soft line breaks without
encoding anything else anew: ten thousand mails cost ten thousand times a few joined strings.
"""

from __future__ import annotations

import re
from binascii import b2a_qp
from email.headerregistry import Address, HeaderRegistry
from email.policy import SMTP
from email.utils import formatdate, parseaddr
from typing import NamedTuple
from urllib.parse import urlsplit

from petitbleu.app import App
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.publishing.newsletter.writing import Letter
from petitbleu.typography import one_line

_PLAIN = SMTP.clone(cte_type="7bit")
_REGISTRY = HeaderRegistry()
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
_SOFT = b"=\r\n"
_LINE = 76
"""Characters of a line, with the sign of a soft break."""


class Personal(NamedTuple):
    """What differs between readers. ``number``: of the delivery, so that one that is repeated after
    a crash bears the same Message-ID.
    """

    to: str
    number: int
    link: str


class Composed:
    """A letter, ready for any number of readers."""

    __slots__ = ("_head", "_host", "_pieces")

    def __init__(self, head: bytes, pieces: list[bytes], host: str) -> None:
        self._head = head
        self._pieces = pieces
        self._host = host

    def message(self, of: Personal) -> bytes:
        """The mail for one reader."""
        link = of.link.encode("ascii")
        own = (
            b"To: <%s>\r\nMessage-ID: <%x@%s>\r\n"
            b"List-Unsubscribe: <%s>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
            % (of.to.encode("ascii"), of.number, self._host.encode("ascii"), link)
        )
        place = _SOFT + _quoted(of.link) + _SOFT
        return own + self._head + place.join(self._pieces)


def sender(app: App) -> str:
    """The address that newsletters come from."""
    config = app.config
    wanted = config.newsletter.sender or config.smtp.sender
    return parseaddr(wanted)[1] or f"petitbleu@{config.smtp.host or 'localhost'}"


def compose(
    app: App, letter: Letter, *, name: str, language: str, when: int, mark: str
) -> Composed:
    """Encode a letter. ``name``: of the channel, for the List-Id (RFC 2919); ``mark``: what stands
    for the reader's link in both texts.
    """
    address = sender(app)
    host = address.rpartition("@")[2]
    site = urlsplit(joining.base_url(app)).hostname or "localhost"
    boundary = app.random(16).hex()
    title = _header_text(letter.title)
    local, _, domain = address.rpartition("@")
    lines = (
        _header("From", Address(title, local, domain))
        + _header("Subject", _header_text(letter.subject))
        + f"Date: {formatdate(when)}\r\n"
        f"List-Id: <{name.lower()}.newsletter.{site}>\r\n"
        "Auto-Submitted: auto-generated\r\n"
        "Precedence: bulk\r\n"
        f"Content-Language: {language}\r\n"
        "MIME-Version: 1.0\r\n"
    )
    if not letter.html:
        pieces = [_quoted(piece) for piece in letter.text.split(mark)]
        return Composed((lines + _opening("plain")).encode("ascii"), pieces, host)
    lines += f'Content-Type: multipart/alternative; boundary="{boundary}"\r\n\r\n'
    parts = []
    for kind, text in (("plain", letter.text), ("html", letter.html)):
        encoded = [_quoted(piece) for piece in text.split(mark)]
        opening = f"--{boundary}\r\n{_opening(kind)}"
        encoded[0] = opening.encode() + encoded[0]
        encoded[-1] += b"\r\n"
        parts.append(encoded)
    plain, html = parts
    pieces = [*plain[:-1], plain[-1] + html[0], *html[1:]]
    pieces[-1] += f"--{boundary}--\r\n".encode()
    return Composed(lines.encode("ascii"), pieces, host)


def _opening(kind: str) -> str:
    return (
        f"Content-Type: text/{kind}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )


def _quoted(text: str) -> bytes:
    """Quoted-printable (RFC 2045 §6.7) with CRLF."""
    data = text.replace("\r\n", "\n").encode("utf-8", "replace")
    quoted = b2a_qp(data, istext=True).replace(b"\n", b"\r\n")
    begins = quoted.rfind(b"\n") + 1
    if len(quoted) - begins < _LINE:
        return quoted
    cut = begins + _LINE - 4
    while b"=" in quoted[cut - 2 : cut]:  # never within what stands for a byte
        cut -= 1
    return quoted[:cut] + _SOFT + quoted[cut:]


def _header_text(text: str) -> str:
    """Somebody's words in a header: one line, nothing that could begin another."""
    return one_line(_CONTROL.sub(" ", text)).strip()[:200]


def _header(name: str, value: object) -> str:
    header = _REGISTRY(name, value)
    return str(header.fold(policy=_PLAIN))
