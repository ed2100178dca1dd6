"""One frame between workers: bytes that only workers with the cluster's keys can make or read.

``version 1 B | boot 8 B | from 3 B | to 3 B | n 6 B | AES-256-GCM(msgpack [1, from, n, items])``,
numbers big-endian. ``from``, ``to`` (0: all) and ``n`` are the nonce; they never come twice under
one key, as the key is that of one start of one worker: HKDF-SHA256 over the cluster's secret with
the cluster's name, the worker's id and ``boot`` (random at its start). ``items`` is
``[[kind, item], ...]``. Who reads or writes on the way learns the sizes and the worker ids, and
forges nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = 1
MAX_BYTES = 256 * 1024
"""A frame is no larger; what does not fit goes into the next."""
BOOT_BYTES = 8
_HEAD = 1 + BOOT_BYTES + 12
_TAG = 16
_PAYLOAD = MAX_BYTES - _HEAD - _TAG - 64
"""Room for items, behind the other fields of the payload."""
_KEYS = 256
"""Senders whose keys are remembered."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder().decode


class Unreadable(Exception):
    """A frame that this cluster's workers did not make, or not for this worker."""


class Frame(NamedTuple):
    """What came."""

    sender: int
    boot: bytes
    to: int
    n: int
    items: list[Any]


class Sealer:
    """Makes and opens frames."""

    __slots__ = ("_keys", "_name", "_secret", "boot", "me")

    def __init__(
        self, secret: bytes, cluster: str, me: int, random: Callable[[int], bytes]
    ) -> None:
        """``secret``: at least 32 bytes that the workers of the cluster share."""
        self._secret = secret
        self._name = cluster.encode()
        self.boot = random(BOOT_BYTES)
        self._keys: dict[tuple[int, bytes], AESGCM] = {}
        self.me = me

    def _key(self, sender: int, boot: bytes) -> AESGCM:
        key = self._keys.get((sender, boot))
        if key is None:
            info = b"petitbleu bus %d %d:%b %b" % (sender, len(self._name), self._name, boot)
            derived = HKDF(SHA256(), 32, None, info).derive(self._secret)
            key = AESGCM(derived)
        return key

    def _remember(self, sender: int, boot: bytes, key: AESGCM) -> None:
        if (sender, boot) not in self._keys:
            if len(self._keys) >= _KEYS:
                self._keys.pop(next(iter(self._keys)))
            self._keys[sender, boot] = key

    def seal(self, to: int, n: int, items: list[bytes]) -> bytes:
        """The frame number ``n`` to worker ``to`` (0: all) with encoded ``items``."""
        nonce = self.me.to_bytes(3, "big") + to.to_bytes(3, "big") + n.to_bytes(6, "big")
        head = bytes((VERSION,)) + self.boot
        payload = b"\x94\x01" + _encode(self.me) + _encode(n) + _array(items)
        key = self._key(self.me, self.boot)
        self._remember(self.me, self.boot, key)
        return head + nonce + key.encrypt(nonce, payload, head)

    def open(self, data: bytes) -> Frame:
        """Raises Unreadable."""
        if not _HEAD + _TAG < len(data) <= MAX_BYTES or data[0] != VERSION:
            raise Unreadable("not a frame")
        boot, nonce = bytes(data[1 : 1 + BOOT_BYTES]), bytes(data[1 + BOOT_BYTES : _HEAD])
        sender, to, n = (int.from_bytes(part, "big") for part in (nonce[:3], nonce[3:6], nonce[6:]))
        key = self._key(sender, boot)
        try:
            payload = key.decrypt(nonce, bytes(data[_HEAD:]), bytes(data[: 1 + BOOT_BYTES]))
        except InvalidTag:
            raise Unreadable("sealed under other keys") from None
        self._remember(sender, boot, key)
        if to not in (0, self.me):
            raise Unreadable("for another worker")
        try:
            version, named, number, items = _decode(payload)
        except (ValueError, TypeError, msgspec.DecodeError):
            raise Unreadable("not a list of items") from None
        if (version, named, number) != (VERSION, sender, n) or not isinstance(items, list):
            raise Unreadable("its numbers do not agree")
        return Frame(sender, boot, to, n, items)


def encoded(kind: str, item: Any) -> bytes | None:
    """One item of a frame; None where it is too large for any."""
    data = _encode((kind, item))
    return data if len(data) <= _PAYLOAD else None


def _array(items: list[bytes]) -> bytes:
    return b"\xdd" + len(items).to_bytes(4, "big") + b"".join(items)


def split(items: Iterable[bytes]) -> Iterator[list[bytes]]:
    """``items`` in lists that each fit into a frame."""
    part: list[bytes] = []
    size = 0
    for item in items:
        if part and size + len(item) > _PAYLOAD:
            yield part
            part, size = [], 0
        part.append(item)
        size += len(item)
    if part:
        yield part
