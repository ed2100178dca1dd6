"""Reading ``result.json`` piece by piece: files of gigabytes at constant memory.

The file is one JSON object, as Telegram Desktop writes it: a single chat, or a whole account with
its chats in ``chats.list`` and ``left_chats.list``. What stands before the first chat (contacts,
personal information) is small and comes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import msgspec

CHUNK = 1 << 20
VALUE_BYTES = 64 << 20
"""Nothing that is read at once (a message, the list of contacts) is larger."""

_SPACE = re.compile(rb"[ \t\r\n]*")
_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*("?)', re.DOTALL)
_TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*("?)|[{}\[\]]', re.DOTALL)
_SCALAR = re.compile(rb"[^\s,\]}]+")


class BadExport(Exception):
    """The file is not such an export; the text says why, for the operator."""


class Facts(NamedTuple):
    """What stands in the file beside chats: contacts, personal information."""

    value: dict[str, Any]


class Chat(NamedTuple):
    """A chat begins. ``n``: its place in the file; ``left``: from the list of chats one left."""

    n: int
    value: dict[str, Any]
    """What stands before its messages: name, type, id."""
    left: bool


class Message(NamedTuple):
    """A message of the chat that began last."""

    value: dict[str, Any]


Piece = Facts | Chat | Message


class _Reader:
    """Values of a JSON text, one after the other."""

    __slots__ = ("_at", "_file", "_text")

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._text = b""
        self._at = 0

    def _more(self) -> None:
        """Read on; what lies before the present place is forgotten."""
        chunk = self._file.read(CHUNK)
        if not chunk:
            raise BadExport("the file is cut off")
        self._text = self._text[self._at :] + chunk
        self._at = 0
        if len(self._text) > VALUE_BYTES + CHUNK:
            raise BadExport("a single value of the file is too large")

    def peek(self) -> bytes:
        """The next character that is no space."""
        while True:
            match = _SPACE.match(self._text, self._at)
            assert match is not None
            self._at = match.end()
            if self._at < len(self._text):
                return self._text[self._at : self._at + 1]
            self._more()

    def take(self, wanted: bytes) -> None:
        if self.peek() != wanted:
            raise BadExport(f"the file is no JSON: {wanted.decode()} expected")
        self._at += 1

    def raw(self) -> bytes:
        """The text of the next value, whole."""
        first = self.peek()
        if first in b"{[":
            end = self._bracket()
        else:
            end = self._simple(_STRING if first == b'"' else _SCALAR)
        text = self._text[self._at : end]
        self._at = end
        return text

    def _simple(self, form: re.Pattern[bytes]) -> int:
        while True:
            match = form.match(self._text, self._at)
            if match is None:
                raise BadExport("the file is no JSON: a value is missing")
            if match.end() < len(self._text) or (form is _STRING and match[1]):
                return match.end()
            self._more()

    def _bracket(self) -> int:
        """Where the object or array that begins here ends."""
        depth = 0
        seen = 0  # from the present place on
        while True:
            for token in _TOKEN.finditer(self._text, self._at + seen):
                text = token[0]
                if text[:1] == b'"':
                    if not token[1]:
                        break  # goes on in what is not read yet
                elif text in b"{[":
                    depth += 1
                else:
                    depth -= 1
                    if depth == 0:
                        return token.end()
                seen = token.end() - self._at
            self._more()

    def value(self) -> Any:
        """The next value."""
        try:
            return msgspec.json.decode(self.raw())
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise BadExport(f"the file is no JSON: {error}") from None

    def each_key(self) -> Iterator[str]:
        """The keys of the object that begins here; each value is to be read before the next."""
        self.take(b"{")
        if self.peek() == b"}":
            self._at += 1
            return
        while True:
            key = self.value()
            self.take(b":")
            yield key
            if self.peek() == b"}":
                self._at += 1
                return
            self.take(b",")

    def elements(self) -> Iterator[None]:
        """Stops at each element of the array that begins here."""
        self.take(b"[")
        if self.peek() == b"]":
            self._at += 1
            return
        while True:
            yield None
            if self.peek() == b"]":
                self._at += 1
                return
            self.take(b",")


class _Export:
    """The chats of a file, counted."""

    def __init__(self, reader: _Reader) -> None:
        self.reader = reader
        self.n = 0

    def pieces(self) -> Iterator[Piece]:
        facts: dict[str, Any] = {}
        told = False
        for key in self.reader.each_key():
            if key in ("chats", "left_chats"):
                if not told:
                    yield Facts(facts)
                    told = True
                yield from self.list_of_chats(left=key == "left_chats")
            elif key == "messages":
                yield Facts({})
                told = True
                yield from self.messages(facts, left=False)
            else:
                facts[key] = self.reader.value()
        if not told:
            raise BadExport("there are no chats in the file")

    def list_of_chats(self, *, left: bool) -> Iterator[Piece]:
        for key in self.reader.each_key():
            if key != "list":
                self.reader.raw()
                continue
            for _ in self.reader.elements():
                facts: dict[str, Any] = {}
                for name in self.reader.each_key():
                    if name == "messages":
                        yield from self.messages(facts, left=left)
                    else:
                        facts[name] = self.reader.value()

    def messages(self, facts: dict[str, Any], *, left: bool) -> Iterator[Piece]:
        yield Chat(self.n, dict(facts), left)
        self.n += 1
        for _ in self.reader.elements():
            value = self.reader.value()
            if not isinstance(value, dict):
                raise BadExport("a message of the file is no object")
            yield Message(value)


def read(path: Path) -> Iterator[Piece]:
    """The pieces of an export in the order of the file, :class:`Facts` first.

    Raises BadExport, OSError.
    """
    with path.open("rb") as file:
        yield from _Export(_Reader(file)).pieces()
