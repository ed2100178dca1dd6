"""What the codec raises on bytes (or JSON) that it will not read."""

from __future__ import annotations

from petitbleu.errors import LocalFault, PeerFault


class TLError(PeerFault):
    """The input is no valid TL: truncated, too deep, too long, not UTF-8, of the wrong type."""


class UnknownConstructor(TLError):
    """The input names a constructor or method that no known layer has. ``id`` is its unsigned id."""

    def __init__(self, id: int, expected: str = "") -> None:
        self.id = id
        self.expected = expected
        super().__init__(f"unknown constructor {id:08x}" + (f" for {expected}" if expected else ""))


class Inexpressible(LocalFault):
    """The object cannot be said in the client's layer and no rule stands in for it."""
