"""Web Push: encryption (RFC 8291 over RFC 8188) and the signature of the server (VAPID, RFC 8292).

For the alarms of the desk and the notices of members, which have a key each. A leaf. A message is
one ``aes128gcm`` record: salt (16), record size (4), length of the key id (1), our one-time public
key (65), ciphertext. Only the subscribed browser can read it; the push service in between learns
when a message comes and how long it is.
"""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec
from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

RECORD = 4096
"""Record size; push services take messages of at most 4096 bytes (RFC 8030, section 7.2)."""
MAX_TEXT_BYTES = RECORD - 86 - 17
"""Bytes of text that fit: less header, padding delimiter and tag."""
TOKEN_SECONDS = 12 * 3600
TTL = 3600
"""Seconds a push service keeps a message for a browser that is away, if nothing else is said."""
SECONDS = 10.0

_json = msgspec.json.Encoder().encode


class Gone(Exception):
    """The subscription has ended (404 or 410): forget it."""


class NotTaken(Exception):
    """The push service did not take the message; the text says why."""


class Subscription(NamedTuple):
    """Where a browser gets its messages, and its keys."""

    endpoint: str
    p256dh: bytes
    auth: bytes


class Vapid:
    """The key by which push services and browsers know this server (P-256)."""

    def __init__(self, key: ec.EllipticCurvePrivateKey) -> None:
        self._key = key

    @classmethod
    def from_pem(cls, pem: bytes) -> Vapid:
        """Read the private key; ValueError where it is of no elliptic curve."""
        key = serialization.load_pem_private_key(pem, None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise ValueError("this is no key of an elliptic curve")
        return cls(key)

    @staticmethod
    def new_pem() -> bytes:
        """A fresh private key as PKCS#8 PEM."""
        return ec.generate_private_key(ec.SECP256R1()).private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )

    @cached_property
    def public(self) -> str:
        """The public key as browsers take it (``applicationServerKey``)."""
        return base64url(point(self._key.public_key()))

    def header(self, endpoint: str, subject: str, now: int) -> str:
        """The Authorization header for one push service (RFC 8292, section 3)."""
        parts = urlsplit(endpoint)
        claims = {
            "aud": f"{parts.scheme}://{parts.netloc}",
            "exp": now + TOKEN_SECONDS,
            "sub": subject,
        }
        signed = f"{base64url(_json({'typ': 'JWT', 'alg': 'ES256'}))}.{base64url(_json(claims))}"
        r, s = decode_dss_signature(self._key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
        signature = base64url(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
        return f"vapid t={signed}.{signature}, k={self.public}"


def base64url(data: bytes) -> str:
    """Without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    """65 bytes: 4, x, y."""
    return key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )


def is_key(p256dh: bytes) -> bool:
    """Whether the bytes are a point of P-256."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), p256dh)
    except (ValueError, InvalidKey):
        return False
    return len(p256dh) == 65


def encrypt(text: bytes, to: Subscription, random: Callable[[int], bytes]) -> bytes:
    """The body of a push message (RFC 8291, section 3.4). At most :data:`MAX_TEXT_BYTES` bytes."""
    if len(text) > MAX_TEXT_BYTES:
        raise ValueError(f"a push message has at most {MAX_TEXT_BYTES} bytes")
    browser = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), to.p256dh)
    own = ec.generate_private_key(ec.SECP256R1())
    mine = point(own.public_key())
    info = b"WebPush: info\0" + to.p256dh + mine
    secret = _hkdf(to.auth, own.exchange(ec.ECDH(), browser), info, 32)
    salt = random(16)
    key = _hkdf(salt, secret, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _hkdf(salt, secret, b"Content-Encoding: nonce\0", 12)
    sealed = AESGCM(key).encrypt(nonce, text + b"\2", None)
    return salt + RECORD.to_bytes(4, "big") + bytes([len(mine)]) + mine + sealed


def _hkdf(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


Post = Callable[[str, dict[str, str], bytes], Awaitable[int]]
"""``post(url, headers, body)``: the status of the answer. Raises NotTaken."""


async def send(
    to: Subscription,
    body: bytes,
    authorization: str,
    *,
    urgent: bool,
    post: Post,
    ttl: int = TTL,
    topic: str = "",
) -> None:
    """Hand one message to the push service (RFC 8030, section 5). Raises Gone, NotTaken.

    ``topic``: what waits there under the same one is replaced (up to 32 characters of base64url).
    """
    headers = {
        "Authorization": authorization,
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(ttl),
        "Urgency": "high" if urgent else "normal",
    }
    if topic:
        headers["Topic"] = topic
    status = await post(to.endpoint, headers, body)
    if status in (404, 410):
        raise Gone
    if not 200 <= status < 300:
        raise NotTaken(f"the push service answered {status}")


async def post_openly(url: str, headers: dict[str, str], body: bytes) -> int:
    """A call to an address that is trusted to be a push service's. Redirects are not followed."""
    import aiohttp  # 60 ms that a server without push does not need

    timeout = aiohttp.ClientTimeout(total=SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.post(url, data=body, headers=headers, allow_redirects=False) as answer,
        ):
            return answer.status
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        raise NotTaken(f"the push service cannot be reached: {type(error).__name__}") from error
