"""Key material: the server's RSA keys, its secrets, and modular powers. A leaf.

Files in ``DATA/keys`` (folder 0700, files 0600)::

    rsa-0001.pem       PKCS#1 private key; the two newest are served, so that clients can be moved
    *-ed25519.pem      PKCS#8 private keys that sign: the journal's heads, published reports
    vapid.pem          PKCS#8 private key that signs Web Push (P-256)
    desk-age.key       the age identity that authorities may encrypt to
    secrets.json       {"sealing": {"1": hex, …}, "hashing": {"1": hex, …}}, highest number is
    current

Sealing is AES-256-GCM under a numbered key; hashing is HMAC-SHA256 under a numbered root, one
derived key per purpose. Rotation adds a number: old seals still open, :meth:`Secrets.hmacs` gives
old digests.
"""

from __future__ import annotations

import hashlib
import hmac as _hmac
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from petitbleu.durable import write_file
from petitbleu.errors import LocalFault

try:
    import gmpy2
except ImportError:  # pragma: no cover - PyPy and platforms without a wheel
    gmpy2 = None

Random = Callable[[int], bytes]
"""``random(n)`` -> n bytes nobody can guess (``os.urandom``, or seeded in tests)."""

SERVED = 2
"""How many RSA keys a server answers to."""


def power(base: int, exponent: int, modulus: int) -> int:
    """``base ** exponent % modulus``; for worker threads, because it gives the GIL free (gmpy2).

    2048-bit modulus: 2.6 ms with a 2048-bit exponent, 0.35 ms with a 256-bit one; without gmpy2
    about eight times that, with the GIL held.
    """
    if gmpy2 is None:
        return pow(base, exponent, modulus)
    with gmpy2.context(allow_release_gil=True):
        return int(gmpy2.powmod(base, exponent, modulus))


def _inverse(value: int, modulus: int) -> int:
    """``value ** -1 % modulus``: 7 us with gmpy2, 220 us (with the GIL held) without."""
    return pow(value, -1, modulus) if gmpy2 is None else int(gmpy2.invert(value, modulus))


def _tl_bytes(value: int) -> bytes:
    """A big-endian number as a TL ``bytes``, for the fingerprint."""
    raw = value.to_bytes((value.bit_length() + 7) // 8, "big")
    head = bytes([len(raw)]) if len(raw) < 254 else b"\xfe" + len(raw).to_bytes(3, "little")
    return head + raw + bytes(-(len(head) + len(raw)) % 4)


def fingerprint(n: int, e: int) -> int:
    """Low 64 bits of SHA1 over TL bytes n, TL bytes e, as a signed number (mtproto/auth_key)."""
    digest = hashlib.sha1(_tl_bytes(n) + _tl_bytes(e), usedforsecurity=False).digest()
    return int.from_bytes(digest[12:], "little", signed=True)


class RsaPublic:
    """The public half, as clients hold it."""

    __slots__ = ("e", "fingerprint", "n")

    def __init__(self, n: int, e: int) -> None:
        self.n = n
        self.e = e
        self.fingerprint = fingerprint(n, e)

    def encrypt(self, value: int) -> int:
        """``value ** e % n``."""
        return pow(value, self.e, self.n)

    def pem(self) -> str:
        """PKCS#1 PEM (``BEGIN RSA PUBLIC KEY``): the form Telethon and TDLib read."""
        return (
            rsa.RSAPublicNumbers(self.e, self.n)
            .public_key()
            .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.PKCS1)
            .decode("ascii")
        )


class RsaKey(RsaPublic):
    """A private key: 2048 bits, powers by CRT, blinded."""

    __slots__ = ("_parts", "number")

    def __init__(self, key: rsa.RSAPrivateKey, number: int = 1) -> None:
        if key.key_size != 2048:
            raise LocalFault("RSA keys are of 2048 bits")
        private = key.private_numbers()
        public = private.public_numbers
        super().__init__(public.n, public.e)
        self.number = number
        # Numbers only, so that a key can be sent to a worker process.
        self._parts = (private.p, private.q, private.dmp1, private.dmq1, private.iqmp, private.d)

    @classmethod
    def generate(cls, number: int = 1) -> RsaKey:
        """A fresh key (0.1 to 0.5 s). Its fingerprint has 16 hexadecimal digits without padding:
        mtcute writes those of the server unpadded and would not find one that begins with 0.
        """
        while True:
            key = cls(rsa.generate_private_key(public_exponent=65537, key_size=2048), number)
            if key.fingerprint & 0xF << 60:
                return key

    @classmethod
    def from_pem(cls, data: bytes, number: int = 1) -> RsaKey:
        """Read a private key; LocalFault where it is no RSA key, or one whose numbers do not fit.

        Whether p and q are primes, which takes 50 ms a key, is not looked at: it is our own file.
        """
        key = serialization.load_pem_private_key(data, None, unsafe_skip_rsa_key_validation=True)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise LocalFault("not an RSA key")
        private = cls(key, number)
        if not private.is_sound():
            raise LocalFault("a damaged RSA key")
        return private

    def is_sound(self) -> bool:
        """Whether the numbers of the key belong together: one that was damaged decrypts nothing."""
        p, q, dp, dq, q_inverse, d = self._parts
        return (
            p > q_inverse > 0
            and p * q == self.n
            and d % (p - 1) == dp
            and d % (q - 1) == dq
            and dp * self.e % (p - 1) == 1
            and dq * self.e % (q - 1) == 1
            and q * q_inverse % p == 1
        )

    def private_pem(self) -> bytes:
        """PKCS#1 PEM of the private key."""
        p, q, dp, dq, q_inverse, d = self._parts
        public = rsa.RSAPublicNumbers(self.e, self.n)
        key = rsa.RSAPrivateNumbers(p, q, d, dp, dq, q_inverse, public).private_key()
        return key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )

    def public(self) -> RsaPublic:
        """Only what clients may know."""
        return RsaPublic(self.n, self.e)

    def decrypt(self, value: int, random: Random = os.urandom) -> int:
        """``value ** d % n`` for ``value < n``: 0.7 ms with gmpy2, so never on the event loop.

        The value is blinded with a random factor: the time tells nothing about the key.
        """
        p, q, dp, dq, q_inverse, _ = self._parts
        factor = int.from_bytes(random(255), "big") | 1
        blinded = value * power(factor, self.e, self.n) % self.n
        at_p = power(blinded % p, dp, p)
        at_q = power(blinded % q, dq, q)
        plain = at_q + q * ((at_p - at_q) * q_inverse % p)
        return plain * _inverse(factor, self.n) % self.n


class RsaKeys:
    """The keys a server answers to, newest first."""

    __slots__ = ("_by_fingerprint", "keys")

    def __init__(self, keys: Sequence[RsaKey]) -> None:
        if not keys:
            raise LocalFault("a server needs an RSA key")
        self.keys = tuple(keys)
        self._by_fingerprint = {key.fingerprint: key for key in keys}

    @property
    def current(self) -> RsaKey:
        """The key to give to new clients."""
        return self.keys[0]

    @property
    def fingerprints(self) -> tuple[int, ...]:
        """Signed 64-bit fingerprints of all keys, newest first."""
        return tuple(key.fingerprint for key in self.keys)

    def find(self, key_fingerprint: int) -> RsaKey | None:
        """The key with this signed fingerprint."""
        return self._by_fingerprint.get(key_fingerprint)

    @classmethod
    def load_or_create(cls, folder: Path) -> RsaKeys:
        """Read the keys of ``DATA/keys``; make the first one where there is none."""
        if not any(folder.glob("rsa-*.pem")):
            return cls([_store_rsa(folder, RsaKey.generate(1))])
        return cls.load(folder)

    @classmethod
    def load(cls, folder: Path) -> RsaKeys:
        """Read the keys of ``DATA/keys``; LocalFault or ValueError where none can be read."""
        paths = sorted(folder.glob("rsa-*.pem"), reverse=True)[:SERVED]
        return cls([RsaKey.from_pem(path.read_bytes(), int(path.stem[4:])) for path in paths])

    @classmethod
    def rotate(cls, folder: Path) -> RsaKeys:
        """Add a key, current from the next start; the one before it is still served."""
        newest = cls.load(folder).current.number
        _store_rsa(folder, RsaKey.generate(newest + 1))
        for path in sorted(folder.glob("rsa-*.pem"), reverse=True)[SERVED:]:
            path.unlink()
        return cls.load(folder)


class Secrets:
    """Numbered sealing keys and hash roots."""

    __slots__ = ("_ciphers", "_derived", "_hashing", "_random", "_sealing", "version")

    def __init__(
        self,
        sealing: dict[int, bytes],
        hashing: dict[int, bytes],
        random: Random = os.urandom,
    ) -> None:
        self._sealing = sealing
        self._hashing = dict(sorted(hashing.items(), reverse=True))
        self._ciphers = {number: AESGCM(key) for number, key in sealing.items()}
        self._derived: dict[tuple[int, str], tuple[bytes, bytes]] = {}
        self._random = random
        self.version = max(sealing)

    @classmethod
    def create(cls, random: Random = os.urandom) -> Secrets:
        """Fresh secrets, held in memory only: for tests, tools and the first start."""
        return cls({1: random(32)}, {1: random(32)}, random)

    @classmethod
    def load_or_create(cls, folder: Path) -> Secrets:
        """Read ``secrets.json`` of ``DATA/keys``; make it where there is none."""
        path = folder / "secrets.json"
        if not path.exists():
            fresh = cls.create()
            fresh._store(path)
            return fresh
        return cls.load(folder)

    @classmethod
    def load(cls, folder: Path) -> Secrets:
        """Read ``secrets.json``; OSError, ValueError or LookupError where it cannot be read."""
        path = folder / "secrets.json"
        data = json.loads(path.read_text("ascii"))
        sealing, hashing = (
            {int(number): bytes.fromhex(key) for number, key in data[part].items()}
            for part in ("sealing", "hashing")
        )
        return cls(sealing, hashing)

    @classmethod
    def rotate(cls, folder: Path) -> Secrets:
        """Add a sealing key and a hash root; what older ones sealed or hashed stays readable."""
        old = cls.load(folder)
        number = old.version + 1
        sealing = {**old._sealing, number: os.urandom(32)}
        hashing = {**old._hashing, number: os.urandom(32)}
        fresh = cls(sealing, hashing)
        fresh._store(folder / "secrets.json")
        return fresh

    def sealing_keys(self) -> dict[str, str]:
        """The sealing keys in hex by their number, for a process of ours that opens what was
        sealed.
        """
        return {str(number): key.hex() for number, key in self._sealing.items()}

    def _store(self, path: Path) -> None:
        tree = {
            "sealing": {str(number): key.hex() for number, key in self._sealing.items()},
            "hashing": {str(number): key.hex() for number, key in self._hashing.items()},
        }
        write_file(path, json.dumps(tree, indent=1).encode("ascii"))

    def seal(self, data: bytes, context: bytes) -> bytes:
        """Encrypt and authenticate; ``context`` must be given again to open (what the row is)."""
        nonce = self._random(12)
        sealed = self._ciphers[self.version].encrypt(nonce, data, context)
        return self.version.to_bytes(2, "little") + nonce + sealed

    def unseal(self, sealed: bytes, context: bytes) -> bytes:
        """Open what :meth:`seal` made; LocalFault where it was altered or the key is gone."""
        cipher = self._ciphers.get(int.from_bytes(sealed[:2], "little"))
        if cipher is None or len(sealed) < 30:
            raise LocalFault("sealed with a key that is not here")
        try:
            return cipher.decrypt(sealed[2:14], sealed[14:], context)
        except InvalidTag:
            raise LocalFault("sealed data was altered or belongs elsewhere") from None

    def hmac(self, purpose: str, *parts: bytes) -> bytes:
        """32 bytes under the newest root; parts are length-prefixed, so they never run together."""
        return self._digest(next(iter(self._hashing)), purpose, parts)

    def hmacs(self, purpose: str, *parts: bytes) -> list[bytes]:
        """The digest under every root, newest first: for checking what an older one made."""
        return [self._digest(number, purpose, parts) for number in self._hashing]

    def _digest(self, number: int, purpose: str, parts: tuple[bytes, ...]) -> bytes:
        pads = self._derived.get((number, purpose))
        if pads is None:
            key = _hmac.digest(self._hashing[number], purpose.encode(), "sha256")
            pads = self._derived[number, purpose] = _pad(key, 0x36), _pad(key, 0x5C)
        text = b"".join([len(part).to_bytes(4, "little") + part for part in parts])
        # HMAC by its definition (RFC 2104): OpenSSL's lets go of the GIL and takes it again, which
        # costs ten times the digest while the writer thread is at work.
        inner = hashlib.sha256(pads[0] + text).digest()
        return hashlib.sha256(pads[1] + inner).digest()


def _pad(key: bytes, mask: int) -> bytes:
    """A key of 32 bytes as HMAC puts it before what is hashed: one block of SHA-256."""
    return bytes(byte ^ mask for byte in key.ljust(64, b"\0"))


def seal_auth_key(secrets: Secrets, auth_key_id: int, auth_key: bytes) -> bytes:
    """The 256 bytes as stored in ``auth_key.sealed``; bound to their id."""
    return secrets.seal(auth_key, b"auth_key %d" % auth_key_id)


def unseal_auth_key(secrets: Secrets, auth_key_id: int, sealed: bytes) -> bytes:
    """The 256 bytes of a stored key."""
    return secrets.unseal(sealed, b"auth_key %d" % auth_key_id)


def _store_rsa(folder: Path, key: RsaKey) -> RsaKey:
    write_file(folder / f"rsa-{key.number:04}.pem", key.private_pem())
    return key


def new_signing_key() -> bytes:
    """A fresh Ed25519 key as PKCS#8 PEM."""
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def signing_key(pem: bytes) -> Ed25519PrivateKey:
    """The Ed25519 key of a PEM; ValueError where it is none."""
    private_key = serialization.load_pem_private_key(pem, None)
    if not isinstance(private_key, Ed25519PrivateKey):
        raise ValueError("not an Ed25519 key")
    return private_key
