"""Calls to programs of the operator: JSON over HTTP, signed. A leaf."""

from __future__ import annotations

import hashlib
import hmac

from petitbleu.jobs import RUN

SIGNATURE = "X-Petitbleu-Signature"
KEY = "Idempotency-Key"
"""The same when a job that was interrupted calls again."""
SECONDS = 10.0
"""Time the other side has to answer."""


class NotTaken(Exception):
    """The other side did not take the call; the text says why, without its address."""


def sign(secret: str, body: bytes) -> str:
    """The signature header of a call: ``sha256=`` and the HMAC-SHA256 in hex."""
    return "sha256=" + hmac.digest(secret.encode(), body, hashlib.sha256).hex()


async def post(url: str, secret: str, body: bytes) -> None:
    """POST ``body``; any answer but 2xx is a failure, redirects are not followed.

    Raises NotTaken.
    """
    import aiohttp  # 60 ms and 15 MiB that a server without webhooks does not need

    headers = {"Content-Type": "application/json"}
    if (run := RUN.get()) is not None:
        headers[KEY] = run.key(url)
    if secret:
        headers[SIGNATURE] = sign(secret, body)
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.post(url, data=body, headers=headers, allow_redirects=False) as answer,
        ):
            if not 200 <= answer.status < 300:
                raise NotTaken(f"it answered {answer.status}")
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        raise NotTaken(f"it cannot be reached: {type(error).__name__}") from error
