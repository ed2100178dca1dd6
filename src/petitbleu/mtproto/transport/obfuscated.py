"""Transport obfuscation ("obfuscated2"): AES-256-CTR around another framing.

``mtproto-transports#transport-obfuscation``, in the plain form without a proxy secret and in the
form with one. The first 64 bytes carry the keys of both directions, the framing's tag and a dc
number.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR

from petitbleu.mtproto.transport.framing import Frame, Framing

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers import CipherContext

HEADER = 64
RESERVED_WORDS = frozenset(
    (b"HEAD", b"POST", b"GET ", b"OPTI", b"PUT ", b"\x16\x03\x01\x02", b"\xdd" * 4, b"\xee" * 4)
)


def _ctr(key: bytes, iv: bytes, secret: bytes) -> CipherContext:
    if secret:
        key = sha256(key + secret).digest()
    return Cipher(AES(key), CTR(iv)).encryptor()


class Keys:
    """The two key streams of a connection: ``first`` (the initiator's direction) and ``second``."""

    __slots__ = ("dc", "first", "plain", "second")

    def __init__(self, header: bytes, secret: bytes = b"") -> None:
        back = header[::-1]
        self.first = _ctr(header[8:40], header[40:56], secret)
        self.second = _ctr(back[8:40], back[40:56], secret)
        self.plain = self.first.update(header)
        self.dc = int.from_bytes(self.plain[60:62], "little", signed=True)

    @property
    def tag(self) -> bytes:
        """Four bytes that name the framing inside."""
        return self.plain[56:60]


def make_header(tag: bytes, dc: int, random: Callable[[int], bytes], secret: bytes = b"") -> bytes:
    """The client's first 64 bytes for a framing's tag (1 or 4 bytes; none: 4 random ones)."""
    while True:
        start = random(HEADER)
        if start[0] != 0xEF and start[:4] not in RESERVED_WORDS and start[4:8] != bytes(4):
            break
    named = (tag * 4)[:4] if tag else start[56:60]
    header = start[:56] + named + dc.to_bytes(2, "little", signed=True) + start[62:]
    return header[:56] + Keys(header, secret).plain[56:]


class Obfuscated:
    """A framing behind the two streams; same methods as :class:`Framing`."""

    __slots__ = ("_decrypt", "_encrypt", "inner")

    def __init__(self, inner: Framing, decrypt: CipherContext, encrypt: CipherContext) -> None:
        self.inner = inner
        self._decrypt = decrypt
        self._encrypt = encrypt

    @property
    def name(self) -> str:
        """e.g. ``obfuscated abridged``."""
        return "obfuscated " + self.inner.name

    @property
    def max_frame(self) -> int:
        """Largest payload taken."""
        return self.inner.max_frame

    @max_frame.setter
    def max_frame(self, value: int) -> None:
        self.inner.max_frame = value

    @property
    def buffered(self) -> int:
        """Bytes of an unfinished frame held."""
        return self.inner.buffered

    def feed(self, data: bytes) -> list[Frame]:
        """As :meth:`Framing.feed`."""
        return self.inner.feed(self._decrypt.update(data))

    def pack(self, payload: bytes, *, quick_ack: bool = False) -> bytes:
        """As :meth:`Framing.pack`; order matters, each byte moves the stream on."""
        return self._encrypt.update(self.inner.pack(payload, quick_ack=quick_ack))

    def pack_error(self, code: int) -> bytes:
        """As :meth:`Framing.pack_error`."""
        return self._encrypt.update(self.inner.pack_error(code))

    def pack_quick_ack(self, token: int) -> bytes:
        """As :meth:`Framing.pack_quick_ack`."""
        return self._encrypt.update(self.inner.pack_quick_ack(token))


def client_framing(
    inner: Framing, dc: int, random: Callable[[int], bytes], secret: bytes = b""
) -> tuple[Obfuscated, bytes]:
    """The client's side around ``inner`` (made with ``client=True``), and the 64 bytes to send."""
    sent = make_header(inner.tag, dc, random, secret)
    keys = Keys(sent, secret)
    return Obfuscated(inner, keys.second, keys.first), sent
