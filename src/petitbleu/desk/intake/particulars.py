"""What staff say of a letter on paper or a call when they type it in.

It is written into the letter itself as a header, so that it is sealed with it and still known where
the process ends before the letter is filed. Only letters that staff typed in are asked for it: in
what came by mail such a header says nothing.
"""

from __future__ import annotations

import json
from email.parser import BytesHeaderParser

import msgspec

HEADER = "X-Petitbleu-Typed"
CHANNELS = ("letter", "phone")


class Particulars(msgspec.Struct, frozen=True):
    """``by`` typed it; ``authority``: domain of the directory; ``receipt``: send one."""

    by: str
    authority: str = ""
    language: str = ""
    receipt: bool = False


def write(said: Particulars) -> str:
    """The header: one line of ASCII."""
    return json.dumps(msgspec.to_builtins(said), ensure_ascii=True)


def read(channel: str, raw: bytes) -> Particulars | None:
    """What was said of a letter that arrived by ``channel``; None: nobody typed it in."""
    if channel not in CHANNELS:
        return None
    line = BytesHeaderParser().parsebytes(raw).get(HEADER, "")
    try:
        return msgspec.json.decode("".join(line.splitlines()), type=Particulars)
    except msgspec.DecodeError:
        return None
