"""What the codec raises on bytes (or JSON) that it will not read, and on objects it cannot say."""

from __future__ import annotations

from petitbleu.errors import LocalFault, PeerFault


class TLError(PeerFault):
    """The input is no valid TL: truncated, too deep, too long, not UTF-8, of the wrong type."""

    path = ""
    """Of JSON input: the field that is wrong, from the outside in (``media.0.file.id``)."""

    def inside(self, field: str) -> None:
        """The fault is told from around ``field`` now."""
        self.path = f"{field}.{self.path}" if self.path else field

    def told(self) -> str:
        """What is wrong and where, for whoever wrote the input."""
        return f"{self.path}: {self.reason}" if self.path else self.reason


class UnknownConstructor(TLError):
    """The input names an id that no known layer has.

    ``nested`` is True inside a request (INPUT_CONSTRUCTOR_INVALID), False where the request itself
    is unknown (INPUT_METHOD_INVALID).
    """

    def __init__(self, constructor_id: int, nested: bool = False) -> None:
        self.constructor_id = constructor_id
        self.nested = nested
        super().__init__(f"unknown constructor {constructor_id:08x}")


class Inexpressible(LocalFault):
    """The object cannot be said in the client's layer: it is left out where the place allows it."""
