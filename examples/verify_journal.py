"""Checks an exported log of a petitbleu desk. Stands alone: Python 3.11 and ``cryptography``.

    python verify_journal.py EXPORT.jsonl [--key KEY] [--head FILE …] [--witness KEY …]

EXPORT is what ``petitbleu desk audit export`` or the log page gave. KEY is the log's public key as
you know it (from /transparence/journal or a mail to the data protection officer); without it the
key in the export is taken, which only shows that the file fits itself. FILE is a signed head that
you kept: the export must fit it too, else lines were changed after it was signed. With the key of
a witness (C2SP cosignature/v1) a head in the file or a kept one must be signed by it as well.

Exit code 0: sound. 1: something does not fit, and the line above says what.

Hashing is that of RFC 6962 (leaf 0x00, node 0x01), heads are C2SP checkpoints in signed notes.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = "petitbleu journal 1"


class Wrong(Exception):
    """Something does not fit; the text says what."""


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def leaf_of(line: dict[str, Any]) -> bytes:
    """The leaf hash: SHA-256 of 0x00 and the canonical JSON of the entry."""
    said = [line[name] for name in ("n", "at", "actor", "action", "subject", "data")]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(b"\x00" + text.encode())


def node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right)


class Tree:
    """A growing tree, kept as the roots of its full subtrees."""

    def __init__(self) -> None:
        self.size = 0
        self.roots: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        self.size += 1
        self.roots.append(leaf)
        bits = self.size
        while bits % 2 == 0:
            right = self.roots.pop()
            self.roots.append(node(self.roots.pop(), right))
            bits //= 2

    def root(self) -> bytes:
        if not self.roots:
            return sha256(b"")
        found = self.roots[-1]
        for left in reversed(self.roots[:-1]):
            found = node(left, found)
        return found


def read_key(text: str, kind: bytes = b"\x01") -> tuple[str, bytes]:
    """``name+hash+base64`` -> the log's name, and the key with the byte of its kind before it."""
    try:
        name, number, coded = text.strip().split("+", 2)
        raw = base64.b64decode(coded, validate=True)
        if raw[:1] != kind or len(raw) != 33 or mark_of(name, raw).hex() != number:
            raise ValueError
        return name, raw
    except ValueError:
        raise Wrong(f"“{text[:60]}” is no key of a signed note") from None


def mark_of(name: str, raw: bytes) -> bytes:
    """The four bytes that signatures of this key begin with."""
    return sha256(name.encode() + b"\n" + raw)[:4]


def read_head(note: str, raw: bytes) -> tuple[int, bytes]:
    """Size and root of a signed head. Raises Wrong unless the key signed it. (The name in a head is
    that of the server's address at the time.)
    """
    text, _, signatures = note.partition("\n\n")
    lines = text.splitlines()
    title = " / ".join(lines[:2])
    for signature in signatures.splitlines():
        if not lines or not signature.startswith(f"— {lines[0]} "):
            continue
        try:
            signed = base64.b64decode(signature.rpartition(" ")[2], validate=True)
            if signed[:4] != mark_of(lines[0], raw):
                continue
            public = Ed25519PublicKey.from_public_bytes(raw[1:])
            public.verify(signed[4:], (text + "\n").encode())
            return int(lines[1]), base64.b64decode(lines[2], validate=True)
        except (InvalidSignature, ValueError, IndexError):
            break
    raise Wrong(f"the head “{title}” is not signed by this key")


def cosigned(heads: list[str], key: str) -> tuple[str, int]:
    """A witness's name, and the size of the largest head that it has signed. Raises Wrong."""
    name, raw = read_key(key, b"\x04")
    public, sizes = Ed25519PublicKey.from_public_bytes(raw[1:]), []
    for note in heads:
        text, _, signatures = note.partition("\n\n")
        for signature in signatures.splitlines():
            if not signature.startswith(f"— {name} "):
                continue
            try:
                signed = base64.b64decode(signature.rpartition(" ")[2], validate=True)
                at = int.from_bytes(signed[4:12], "big")
                said = f"cosignature/v1\ntime {at}\n{text}\n".encode()
                if signed[:4] == mark_of(name, raw):
                    public.verify(signed[12:], said)
                    sizes.append(int(text.splitlines()[1]))
            except (InvalidSignature, ValueError, IndexError):
                raise Wrong(f"a signature of {name} does not verify") from None
    if not sizes:
        raise Wrong(f"no head is signed by {name}")
    return name, max(sizes)


def included(line: dict[str, Any], size: int, root: bytes) -> bool:
    """Whether the line's proof leads to the root (RFC 9162, 2.1.3.2)."""
    at, last, found = line["n"], size - 1, leaf_of(line)
    if not 0 <= at < size:
        return False
    for step in map(bytes.fromhex, line["proof"]):
        if last == 0:
            return False
        if at % 2 or at == last:
            found = node(step, found)
            while at % 2 == 0 and at:
                at, last = at // 2, last // 2
        else:
            found = node(found, step)
        at, last = at // 2, last // 2
    return last == 0 and found == root


def check_whole(lines: list[dict[str, Any]], heads: dict[int, bytes]) -> None:
    """Every line in its place, the chain, and the tree at each head."""
    tree, chain = Tree(), bytes(32)
    for line in lines:
        if line["n"] != tree.size:
            raise Wrong(f"line {tree.size} is missing, or lines were swapped")
        leaf = leaf_of(line)
        chain = sha256(chain + leaf)
        if line["chain"] != chain.hex():
            raise Wrong(f"line {line['n']} was changed, or stands in another's place")
        tree.add(leaf)
        if tree.size in heads and heads[tree.size] != tree.root():
            raise Wrong(f"the first {tree.size} lines are not those that were signed")
    beyond = [size for size in heads if size > tree.size]
    if beyond:
        raise Wrong(f"{max(beyond)} lines were signed, {tree.size} are there")


def check_part(lines: list[dict[str, Any]], size: int, heads: dict[int, bytes]) -> None:
    """Every line's proof under the newest head of the export."""
    if size not in heads:
        raise Wrong(f"the head of {size} lines is not in the file")
    numbers = [line["n"] for line in lines]
    if numbers != sorted(set(numbers)):
        raise Wrong("lines are out of order or there twice")
    for line in lines:
        if not included(line, size, heads[size]):
            raise Wrong(f"line {line['n']} was changed: its proof does not lead to the head")


def check(
    text: str, key: str = "", kept: list[str] | None = None, witnesses: list[str] | None = None
) -> str:
    """The verdict in one sentence. Raises Wrong. ``kept``: signed heads one has from elsewhere;
    ``witnesses``: keys that must have signed too.
    """
    try:
        rows = [json.loads(row) for row in text.split("\n") if row.strip()]
        first, rest = rows[0], rows[1:]
        if first["format"] != FORMAT:
            raise KeyError
        lines = [row for row in rest if "n" in row]
        notes = [row["head"] for row in rest if "head" in row]
        name, raw = read_key(key or first["key"])
        if key and key.strip() != first["key"]:
            raise Wrong("the export names another key than yours")
        heads: dict[int, bytes] = {}
        for note in [*notes, *(kept or [])]:
            size, root = read_head(note, raw)
            if heads.setdefault(size, root) != root:
                raise Wrong(f"two heads of {size} lines differ: the log was rewritten")
        if first["subject"] is None:
            if not heads:
                raise Wrong("there is no signed head in the file")
            check_whole(lines, heads)
        else:
            check_part(lines, first["size"], heads)
        others = [cosigned([*notes, *(kept or [])], one) for one in witnesses or []]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        raise Wrong("this is no export of a log, or it is damaged") from None
    seen = "".join(f"; {who} has signed the first {size}" for who, size in others)
    return f"sound: {len(lines)} lines, {len(heads)} signed heads of {name}{seen}"


def main() -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("export", type=Path)
    parser.add_argument("--key", default="", help="the log's key as you know it")
    parser.add_argument("--head", type=Path, action="append", default=[], help="a head you kept")
    parser.add_argument("--witness", action="append", default=[], help="a witness's key")
    given = parser.parse_args()
    try:
        kept = [path.read_text("utf-8") for path in given.head]
        print(check(given.export.read_text("utf-8"), given.key, kept, given.witness))
    except Wrong as wrong:
        print(f"NOT SOUND: {wrong}")
        return 1
    except (OSError, UnicodeDecodeError) as error:
        print(f"cannot be read: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
