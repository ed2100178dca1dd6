"""Bounded inflate for ``gzip_packed`` (gzip and zlib are both in use by clients)."""

from __future__ import annotations

import zlib

from petitbleu.tl.faults import TLError

_EITHER = 47
"""zlib's window bits: 15, plus 32 to tell gzip and zlib apart by their header."""


def inflate(data: bytes, limit: int) -> bytes:
    """The inflated bytes. TLError where they are damaged, cut, or more than ``limit`` bytes."""
    stream = zlib.decompressobj(_EITHER)
    try:
        out = stream.decompress(data, max(limit, 0) + 1)
    except zlib.error as broken:
        raise TLError(f"bad compressed data: {broken}") from None
    if len(out) > limit:
        raise TLError("inflates to too much")
    if not stream.eof:
        raise TLError("compressed data is cut")
    return out
