"""Key exchanges over TCP; run as a program it makes them without end, to see whom that disturbs."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from petitbleu.bench.wire_client import Key
from petitbleu.keys import RsaPublic
from petitbleu.mtproto.peer import ClientHandshake, ClientKey
from petitbleu.mtproto.transport.intermediate import Intermediate

SECONDS = 600
"""The endless ones end by themselves after this."""


class Address(NamedTuple):
    """Where the server is, and its RSA key (PKCS#1 PEM)."""

    host: str
    port: int
    pem: str

    def trusted(self) -> dict[int, RsaPublic]:
        """The RSA key by fingerprint, as a handshake wants it."""
        key = load_pem_public_key(self.pem.encode())
        if not isinstance(key, RSAPublicKey):
            raise TypeError("not an RSA key")
        numbers = key.public_numbers()
        public = RsaPublic(numbers.n, numbers.e)
        return {public.fingerprint: public}


async def new_key(at: Address, trusted: dict[int, RsaPublic] | None = None) -> Key:
    """One key exchange on a connection of its own."""
    reader, writer = await asyncio.open_connection(at.host, at.port)
    framing = Intermediate(client=True)
    exchange = ClientHandshake(trusted or at.trusted(), os.urandom)
    try:
        writer.write(framing.tag + framing.pack(exchange.start(time.time())))
        while True:
            data = await reader.read(65536)
            if not data:
                raise ConnectionError("the server closed the connection during the key exchange")
            for frame in framing.feed(data):
                step = exchange.receive(frame.payload, time.time())
                if isinstance(step, ClientKey):
                    return Key(step.auth_key, step.salt)
                writer.write(framing.pack(step))
    finally:
        writer.close()


async def endless(at: Address, at_once: int) -> None:
    """``at_once`` clients exchanging key after key until the time is up."""
    trusted = at.trusted()
    until = time.monotonic() + SECONDS

    async def one() -> None:
        while time.monotonic() < until:
            await new_key(at, trusted)

    await asyncio.gather(*(one() for _ in range(at_once)))


if __name__ == "__main__":
    _host, _port, _pem, _count = sys.argv[1:5]
    asyncio.run(endless(Address(_host, int(_port), _pem), int(_count)))
