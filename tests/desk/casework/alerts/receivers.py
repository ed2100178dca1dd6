"""What stands at the other end: a webhook that keeps calls, and a push service with a browser.

The browser decrypts with ``http_ece`` (not our code) and checks the server's signature by hand.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import http_ece
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from petitbleu import webpush


class Receiver:
    """Calls as (headers, body, when); ``status`` is what it answers, once ``answers`` is set."""

    def __init__(self) -> None:
        self.status = 200
        self.answers = asyncio.Event()
        self.answers.set()
        self.url = ""
        self.calls: list[tuple[dict[str, str], bytes, float]] = []

    async def serve(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.calls.append((dict(request.headers), body, time.monotonic()))
        await self.answers.wait()
        return web.Response(status=self.status, headers={"Location": self.url})

    def json(self, number: int = -1) -> dict[str, Any]:
        """The JSON of one call."""
        found: dict[str, Any] = json.loads(self.calls[number][1])
        return found


@asynccontextmanager
async def receiver() -> AsyncIterator[Receiver]:
    """One on a free port of the loopback."""
    made = Receiver()
    app = web.Application()
    app.router.add_post("/{tail:.*}", made.serve)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    made.url = f"http://{host}:{port}/here"
    try:
        yield made
    finally:
        await runner.cleanup()


class Browser:
    """A subscribed browser: its keys, and what it makes of a push message."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.auth = os.urandom(16)
        self.p256dh = webpush.point(self.key.public_key())

    def read(self, headers: dict[str, str], body: bytes, application_key: str) -> dict[str, Any]:
        """The decrypted message; fails where seal or signature are wrong."""
        assert headers["Content-Encoding"] == "aes128gcm"
        assert int(headers["TTL"]) > 0
        self._check(headers["Authorization"], application_key)
        plain = http_ece.decrypt(
            body, private_key=self.key, auth_secret=self.auth, version="aes128gcm"
        )
        found: dict[str, Any] = json.loads(plain)
        return found

    def _check(self, header: str, application_key: str) -> None:
        scheme, _, rest = header.partition(" ")
        parts = dict(part.strip().split("=", 1) for part in rest.split(","))
        assert (scheme, parts["k"]) == ("vapid", application_key)
        signed, _, signature = parts["t"].rpartition(".")
        raw = _bytes(signature)
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(parts["k"]))
        r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
        public.verify(encode_dss_signature(r, s), signed.encode(), ec.ECDSA(SHA256()))
        assert json.loads(_bytes(signed.partition(".")[0])) == {"typ": "JWT", "alg": "ES256"}
        self.claims: dict[str, Any] = json.loads(_bytes(signed.partition(".")[2]))


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
