"""What is sent to ``add-checkpoint`` (C2SP ``tlog-witness``): written by us, read by our witness.

::

    old 20852014
    base64 of each hash of the consistency proof, a line each

    the head as a signed note
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from typing import NamedTuple

from petitbleu.desk.records.audit.notes import Checkpoint

MOST_HASHES = 63
MOST_BYTES = 65_536
"""Bytes of a request or of an answer that are read."""
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")


class Malformed(Exception):
    """The text is no request, or no head; it says why."""


class Submission(NamedTuple):
    """A head with the proof that it continues the tree of ``old`` lines."""

    old: int
    proof: list[bytes]
    head: Checkpoint
    note: str


def write(old: int, proof: Sequence[bytes], note: str) -> bytes:
    """The body of a request."""
    hashes = "".join(base64.b64encode(digest).decode() + "\n" for digest in proof)
    return f"old {old}\n{hashes}\n{note}".encode()


def number(text: str) -> int:
    """A size: decimal, no sign, no leading zero. Raises Malformed."""
    if _NUMBER.fullmatch(text) is None:
        raise Malformed(f"“{text[:30]}” is no size")
    return int(text)


def _hash(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        raw = b""
    if len(raw) != 32:
        raise Malformed("a hash is not 32 bytes as base64")
    return raw


def read_head(note: str) -> Checkpoint:
    """What a signed note with a head says; no signature is looked at. Raises Malformed."""
    text, gap, signatures = note.partition("\n\n")
    lines = text.split("\n")
    if not gap or len(lines) < 3 or not all(lines):
        raise Malformed("there is no signed head")
    if not signatures.endswith("\n") or "" in signatures[:-1].split("\n"):
        raise Malformed("the signatures are not lines")
    return Checkpoint(lines[0], number(lines[1]), _hash(lines[2]))


def read(body: bytes) -> Submission:
    """A request. Raises Malformed."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise Malformed("this is not UTF-8") from None
    above, gap, note = text.partition("\n\n")
    first, *hashes = above.split("\n")
    if not gap or not first.startswith("old "):
        raise Malformed("the first line is not “old SIZE”")
    if len(hashes) > MOST_HASHES:
        raise Malformed(f"a proof has at most {MOST_HASHES} hashes")
    return Submission(
        number(first[4:]), [_hash(digest) for digest in hashes], read_head(note), note
    )
