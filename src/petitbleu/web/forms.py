"""Reading forms: bounded, whatever is sent."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request


class TooLong(Exception):
    """The body is larger than the form can be."""


async def fields(request: Request, limit: int) -> dict[str, str]:
    """The fields of an urlencoded form; the body is never read beyond ``limit`` bytes.

    Of a name that comes twice the last value counts. Raises TooLong, ClientDisconnect.
    """
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise TooLong
    text = body.decode("utf-8", "replace").replace("\x00", "\ufffd")
    return dict(parse_qsl(text, keep_blank_values=True, errors="replace"))
