"""The few wire forms that are no combinators: strings, bare numbers, and their limits.

Source: core.telegram.org/mtproto/serialize.
"""

from __future__ import annotations

import struct

from petitbleu.tl.faults import TLError

MAX_DEPTH = 32
"""Objects within objects, the outermost counted."""

u32 = struct.Struct("<I").unpack_from
_HEAD = tuple(bytes((n,)) for n in range(254))
_TAIL_SHORT = tuple(b"\0" * (-(n + 1) % 4) for n in range(4))
_TAIL = tuple(b"\0" * (-n % 4) for n in range(4))


def put_bytes(value: bytes) -> bytes:
    """A TL ``bytes``: length, content, padding to four."""
    n = len(value)
    if n < 254:
        return _HEAD[n] + value + _TAIL_SHORT[n & 3]
    if n >= 1 << 24:
        raise ValueError("a TL string holds less than 16 MiB")
    return struct.pack("<I", 254 | n << 8) + value + _TAIL[n & 3]


def put_string(value: str) -> bytes:
    """A TL ``string``: the same in UTF-8."""
    return put_bytes(value.encode())


def get_bytes(data: bytes, at: int) -> tuple[bytes, int]:
    """(a TL ``bytes``, the place after it). Raises TLError, or IndexError beyond the end."""
    n = data[at]
    if n < 254:
        start = at + 1
        after = at + (n + 4 & -4)
    elif n == 254:
        start = at + 4
        n = data[at + 1] | data[at + 2] << 8 | data[at + 3] << 16
        after = start + (n + 3 & -4)
    else:
        raise TLError("bad string length")
    value = data[start : start + n]
    if len(value) != n:
        raise TLError("string beyond the end")
    return value, after


def get_string(data: bytes, at: int) -> tuple[str, int]:
    """The same as text. UnicodeDecodeError where it is not UTF-8."""
    value, after = get_bytes(data, at)
    return value.decode(), after
