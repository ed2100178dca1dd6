"""Large payloads opened and sealed in steps, so that nobody has to wait for half a mebibyte.

AES-IGE chains: the last cipher block and the last plain block of a step are the iv of the next. A
step takes about 0.2 ms; whoever drives it does other work in between (``gateway/bulk.py``). The
results are those of :func:`crypto.open` and :func:`crypto.seal`, byte for byte.
"""

from __future__ import annotations

import hmac
from hashlib import sha256

import cryptg

from petitbleu.errors import PeerFault
from petitbleu.keys import Random
from petitbleu.mtproto import crypto
from petitbleu.mtproto.crypto import TO_CLIENT, TO_SERVER, Envelope

STEP = 65_536
BIG = 98_304
"""Payloads beyond this are worth the steps."""


class Opening:
    """Decrypts one payload; :attr:`envelope` once :meth:`step` said True."""

    __slots__ = ("_at", "_iv", "_key", "_msg_key", "_parts", "_payload", "_sum", "envelope")

    def __init__(self, auth_key: bytes, payload: bytes, x: int = TO_SERVER) -> None:
        crypto.check_length(payload)
        self._payload = payload
        self._msg_key = payload[8:24]
        self._key, self._iv = crypto.derive(auth_key, self._msg_key, x)
        self._sum = sha256(auth_key[88 + x : 120 + x])
        self._at = 24
        self._parts: list[bytes] = []
        self.envelope: Envelope

    def step(self) -> bool:
        """Decrypt a little more; True when done. PeerFault on any flaw."""
        sealed = self._payload[self._at : self._at + STEP]
        plain = cryptg.decrypt_ige(sealed, self._key, self._iv)
        self._iv = sealed[-16:] + plain[-16:]
        self._sum.update(plain)
        self._parts.append(plain)
        self._at += STEP
        if self._at < len(self._payload):
            return False
        large = self._sum.digest()
        if not hmac.compare_digest(large[8:24], self._msg_key):
            raise PeerFault("message key does not match")
        self.envelope = self._read(large)
        return True

    def _read(self, large: bytes) -> Envelope:
        parts = self._parts
        size = len(self._payload) - 24
        salt, session_id, msg_id, seqno, length = crypto.read_head(parts[0], size)
        parts[0] = parts[0][32:]
        body = memoryview(b"".join(parts))[:length]
        return Envelope(salt, session_id, msg_id, seqno, bytes(body), crypto.token_of(large))


class Sealing:
    """Encrypts one message; :attr:`payload` once :meth:`step` said True."""

    __slots__ = ("_at", "_auth_key", "_body", "_iv", "_key", "_parts", "_x", "payload")

    def __init__(
        self,
        auth_key: bytes,
        key_id: int,
        head: bytes,
        body: bytes,
        random: Random,
        x: int = TO_CLIENT,
    ) -> None:
        self._auth_key = auth_key
        self._x = x
        size = len(head) + len(body)
        self._body = b"".join((head, body, random(12 + (-size - 12) % 16)))
        self._parts = [crypto.pack_key_id(key_id)]
        self._at = -1
        self._key = self._iv = b""
        self.payload = b""

    def step(self) -> bool:
        """Encrypt a little more; True when done."""
        if self._at < 0:
            x, auth_key = self._x, self._auth_key
            digest = sha256(auth_key[88 + x : 120 + x])
            digest.update(self._body)
            msg_key = digest.digest()[8:24]
            self._key, self._iv = crypto.derive(auth_key, msg_key, x)
            self._parts.append(msg_key)
            self._at = 0
            return False
        plain = self._body[self._at : self._at + STEP]
        sealed = cryptg.encrypt_ige(plain, self._key, self._iv)
        self._iv = sealed[-16:] + plain[-16:]
        self._parts.append(sealed)
        self._at += STEP
        if self._at < len(self._body):
            return False
        self.payload = b"".join(self._parts)
        self._parts.clear()
        self._body = b""
        return True
