"""Points Pyrogram 2.0.106 at another server: its keys and addresses are in code."""

import base64
import hashlib

from pyrogram.connection import connection
from pyrogram.crypto import rsa


def _numbers(pem):
    """Modulus and exponent in a PKCS#1 public key (``BEGIN RSA PUBLIC KEY``)."""
    der, found = base64.b64decode("".join(pem.strip().splitlines()[1:-1])), []
    at = 2 + (der[1] & 0x7F if der[1] & 0x80 else 0)
    while at < len(der):
        length, at = der[at + 1], at + 2
        if length & 0x80:
            length, at = int.from_bytes(der[at : at + (length & 0x7F)], "big"), at + (length & 0x7F)
        found.append(int.from_bytes(der[at : at + length], "big"))
        at += length
    return found


def _tl(number):
    data = number.to_bytes((number.bit_length() + 7) // 8, "big")
    head = bytes([len(data)]) if len(data) < 254 else b"\xfe" + len(data).to_bytes(3, "little")
    return head + data + bytes(-(len(head) + len(data)) % 4)


def point_at(host, port, pem):
    """Trust only this key and dial only this address."""
    n, e = _numbers(pem)
    digest = hashlib.sha1(_tl(n) + _tl(e)).digest()
    fingerprint = int.from_bytes(digest[-8:], "little", signed=True)
    rsa.server_public_keys.clear()
    rsa.server_public_keys[fingerprint] = rsa.PublicKey(n, e)
    connection.DataCenter = lambda *_: (host, port)
