"""How the result of a transaction is kept in the database (``store/once.py``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

import msgspec

T = TypeVar("T")


class Form(Generic[T]):
    """How the result of a transaction is kept: as a plain ``kind`` (NamedTuples of numbers, text
    and bytes), which ``lean`` makes of it and ``full`` takes back.
    """

    __slots__ = ("_decoder", "_encoder", "_full", "_lean")

    def __init__(
        self,
        kind: Any,
        lean: Callable[[T], Any] = lambda result: result,
        full: Callable[[Any], T] = lambda kept: kept,
    ) -> None:
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(kind)
        self._lean, self._full = lean, full

    def encode(self, result: T) -> bytes:
        """As bytes."""
        return self._encoder.encode(self._lean(result))

    def decode(self, value: bytes) -> T:
        """Back from these bytes."""
        return self._full(self._decoder.decode(value))
