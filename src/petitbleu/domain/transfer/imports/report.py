"""What came in, and what was left out and why."""

from __future__ import annotations

from typing import Any

import msgspec

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(dict[str, Any]).decode


class Report:
    """Counts of one import."""

    __slots__ = ("chats", "files", "left_out", "messages", "people")

    def __init__(self) -> None:
        self.chats = self.messages = self.files = 0
        self.people: dict[str, str | None] = {}
        """Only of a dry run: source -> name."""
        self.left_out: dict[str, int] = {}
        """Reason -> how many."""

    def leave_out(self, reason: str) -> None:
        """One more thing that is not here, or not as it was."""
        self.left_out[reason] = self.left_out.get(reason, 0) + 1

    def copy(self) -> Report:
        """Another one that says the same."""
        return Report.load(self.dump())

    def plain(self) -> dict[str, Any]:
        """As JSON values, the most frequent reasons first."""
        ordered = sorted(self.left_out.items(), key=lambda item: (-item[1], item[0]))
        return {
            "chats": self.chats,
            "messages": self.messages,
            "files": self.files,
            "left_out": dict(ordered),
        }

    def dump(self) -> bytes:
        """The stored form."""
        return _encode(self.plain())

    @classmethod
    def load(cls, stored: bytes) -> Report:
        """What :meth:`dump` made."""
        kept = _decode(stored)
        report = cls()
        report.chats, report.messages, report.files = kept["chats"], kept["messages"], kept["files"]
        report.left_out = kept["left_out"]
        return report
