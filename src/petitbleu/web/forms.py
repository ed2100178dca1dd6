"""Reading forms: bounded, whatever is sent."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Container
from urllib.parse import parse_qsl

from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

_FIELDS = 500
"""Fields of a form: far more than any has, far fewer than would take long to read."""


class TooLong(Exception):
    """The body is larger than the form can be."""


class Unreadable(Exception):
    """The body is no form of the kinds that are read; the text says why, for whoever sent it."""


async def fields(request: Request, limit: int) -> dict[str, str]:
    """The fields of a form; the body is never read beyond ``limit`` bytes. Browsers send ours
    urlencoded, mail programs that end a subscription in parts (RFC 8058 §3.2, RFC 7578).

    Of a name that comes twice the last value counts; files are left out. Raises TooLong,
    ClientDisconnect.
    """
    body = await _body(request, limit)
    kind = request.headers.get("content-type", "")
    if kind.lower().startswith("multipart/form-data"):
        return await _parts(request, body)
    text = body.decode("utf-8", "replace").replace("\x00", "\ufffd")
    if text.count("&") >= _FIELDS:  # an "&" within a value is written otherwise
        raise TooLong
    return dict(parse_qsl(text, keep_blank_values=True, errors="replace"))


async def _parts(request: Request, body: bytes) -> dict[str, str]:
    """The fields of a form in parts; none where the parts are broken."""

    async def stream() -> AsyncGenerator[bytes, None]:
        yield body

    parser = MultiPartParser(
        request.headers, stream(), max_files=_FIELDS, max_fields=_FIELDS, max_part_size=len(body)
    )
    try:
        form = await parser.parse()
    except (MultiPartException, LookupError, ValueError):  # also of a charset that cannot be
        return {}
    texts = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    await form.close()
    return {name: text.replace("\x00", "\ufffd") for name, text in texts}


async def fields_of_program(
    request: Request, limit: int, *, most: int, charset: str, known: Container[str]
) -> dict[str, str]:
    """:func:`fields` of a program, that says in the field ``charset`` how it encodes them (usually
    UTF-8); one of ``known``. ``most``: fields at the most. A name that ends in ``[]`` may come more
    than once: its values are a line each. Raises Unreadable besides.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("", "application/x-www-form-urlencoded"):
        raise Unreadable("The form has to be application/x-www-form-urlencoded")
    text = (await _body(request, limit)).decode("latin-1")
    try:
        # Bytes pass through Latin-1 as they are, until it is known what they mean.
        pairs = parse_qsl(text, True, encoding="latin-1", max_num_fields=most)
    except ValueError:
        raise Unreadable(f"The form has more than {most} fields") from None
    raw: dict[str, str] = {}
    for name, value in pairs:
        many = name.endswith("[]") and name in raw
        raw[name] = f"{raw[name]}\n{value}" if many else value
    named = raw.get(charset, "").strip().lower().replace("_", "-") or "utf-8"
    if named not in known:
        raise Unreadable(f'Unknown "{charset}" value')
    return {_read(name, named): _read(value, named) for name, value in raw.items()}


def _read(text: str, charset: str) -> str:
    return text.encode("latin-1").decode(charset, "replace").replace("\x00", "\ufffd")


async def _body(request: Request, limit: int) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise TooLong
    return body
