"""The corpus of letters by which sorting is scored: ``corpora/letters/<author>/<language>.toml``.

A letter of another form is refused by name: a score of half a corpus would not say so.
"""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path
from typing import Literal, NamedTuple
from zlib import crc32

import msgspec

from petitbleu.desk.reference.law import kinds

CORPUS = Path(__file__).parents[3] / "corpora" / "letters"
"""In a checkout; an installation does without."""
MX = "mx1.petitbleu.example"
"""The operator's own mail server, whose headers are believed."""
RECEIVED = "Tue, 24 Nov 2026 10:00:00 +0100"


class Broken(Exception):
    """A file of the corpus cannot be used: which letter, and why."""


class Letter(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One letter and what is right of it (``corpora/letters/README.md``)."""

    name: str
    kind: str
    sender: str = msgspec.field(name="from")
    to: str
    subject: str
    text: str
    accept: tuple[str, ...] = ()
    """Other kinds that are right as well."""
    danger: Literal["", "perhaps", "danger"] = ""
    """How near danger is that it tells of."""
    secrecy: bool = False
    """Whether it forbids to tell somebody."""
    auth: Literal["pass", "fail", "none"] = "pass"
    """What the operator's mail server found of its domain."""
    listed: Literal["", "authority", "flagger"] = ""
    """As what its domain stands in the directory."""
    reply_to: str = ""
    bulk: bool = False
    """Whether it came through a list."""

    def raw(self) -> bytes:
        """The letter as the operator's mail server stores it."""
        name, _, address = self.sender.rstrip(">").rpartition("<")
        domain = address.rpartition("@")[2]
        message = EmailMessage()
        message["From"] = Address(name.strip(), addr_spec=address)
        message["To"] = self.to
        message["Subject"] = self.subject
        message["Date"] = RECEIVED
        message["Message-ID"] = f"<{crc32(self.name.encode())}@{domain}>"
        if self.reply_to:
            message["Reply-To"] = self.reply_to
        if self.bulk:
            message["List-Id"] = f"<list.{domain}>"
            message["List-Unsubscribe"] = f"<https://{domain}/leave>"
        message.set_content(self.text.strip() + "\n")
        seen = (
            f"Return-Path: <{address}>\n"
            f"Authentication-Results: {MX};\n\tspf={self.auth} smtp.mailfrom={domain};\n"
            f"\tdkim={self.auth} header.d={domain} header.s=s1;\n"
            f"\tdmarc={self.auth} header.from={domain}\n"
            f"Received: from mail.{domain} (mail.{domain} [192.0.2.7])\n\tby {MX} (Postfix) with"
            f" ESMTPS id 4T1\n\tfor <{self.to}>; {RECEIVED}\n"
        )
        return seen.encode() + message.as_bytes()


class Placed(NamedTuple):
    """A letter and where it stands in the corpus."""

    author: str
    language: str
    letter: Letter

    @property
    def place(self) -> str:
        """``a01/fr: a neighbour reports an insult``"""
        return f"{self.author}/{self.language}: {self.letter.name}"


class _File(msgspec.Struct, forbid_unknown_fields=True):
    letter: list[Letter]


def load(folder: Path = CORPUS) -> list[Placed]:
    """All letters, in the order of authors, languages and files. Raises Broken."""
    paths = sorted(folder.glob("*/*.toml"))
    if not paths:
        raise Broken(f"{folder}: there is no <author>/<language>.toml")
    return [letter for path in paths for letter in read(path)]


def read(path: Path) -> list[Placed]:
    """The letters of one file. Raises Broken."""
    where = f"{path.parent.name}/{path.name}"
    try:
        letters = msgspec.toml.decode(path.read_bytes(), type=_File).letter
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Broken(f"{where}: {error}") from None
    names: set[str] = set()
    for letter in letters:
        unknown = [kind for kind in (letter.kind, *letter.accept) if kind not in kinds.TABLE]
        if unknown:
            raise Broken(f"{where}: “{letter.name}”: there is no kind “{unknown[0]}”")
        if letter.name in names:
            raise Broken(f"{where}: “{letter.name}” stands there twice")
        if not letter.text.strip():
            raise Broken(f"{where}: “{letter.name}” has no text")
        names.add(letter.name)
    return [Placed(path.parent.name, path.stem, one) for one in letters]
