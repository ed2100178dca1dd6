"""Reading forms, never beyond the size a page allows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.types import Message, Receive

_FIELDS = 500


class TooLong(Exception):
    """The body is larger than the form can be."""


class Broken(Exception):
    """The body is no form."""


class Upload(NamedTuple):
    """A file that came with a form. ``name`` and ``type`` are what the sender claims."""

    field: str
    name: str
    type: str
    data: bytes


class Form:
    """Fields of a form, each with all its values in order."""

    __slots__ = ("fields", "files")

    def __init__(self, fields: Mapping[str, list[str]], files: tuple[Upload, ...] = ()) -> None:
        self.fields = fields
        self.files = files

    def get(self, name: str, default: str = "") -> str:
        """The first value, without white space around it."""
        values = self.fields.get(name)
        return values[0].strip() if values else default

    def all(self, name: str) -> list[str]:
        """All values that are not empty."""
        return [value.strip() for value in self.fields.get(name, []) if value.strip()]

    def number(self, name: str) -> int | None:
        """A whole number, or None."""
        text = self.get(name)
        sound = text.isascii() and text.removeprefix("-").isdigit() and len(text) < 18
        return int(text) if sound else None

    def flag(self, name: str) -> bool:
        """Whether a box is ticked."""
        return bool(self.get(name))


async def read(request: Request, most: int, uploads: int = 0) -> Form:
    """The form of a request: urlencoded up to ``most`` bytes; multipart where ``uploads`` > 0.

    Raises TooLong, Broken.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await _multipart(request, most, uploads)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise TooLong
    return parse(body)


def parse(body: bytes) -> Form:
    """An urlencoded body; bytes that are no UTF-8 are replaced. Raises TooLong."""
    fields: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(
            body.decode("utf-8", "replace"),
            keep_blank_values=True,
            errors="replace",
            max_num_fields=_FIELDS,
        )
    except ValueError:
        raise TooLong from None
    for name, value in pairs:
        # Browsers send line ends as CR LF; what is signed and stored has LF.
        fields.setdefault(name, []).append(value.replace("\r\n", "\n"))
    return Form(fields)


async def _multipart(request: Request, most: int, uploads: int) -> Form:
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > most + uploads or not uploads:
        raise TooLong
    fields: dict[str, list[str]] = {}
    files: list[Upload] = []
    counted = Request(request.scope, _counted(request, most + uploads))
    try:
        async with counted.form(max_files=20, max_fields=_FIELDS, max_part_size=most) as form:
            for name, value in form.multi_items():
                if not isinstance(value, UploadFile):
                    fields.setdefault(name, []).append(value.replace("\r\n", "\n"))
                elif value.filename:
                    data = await value.read()
                    files.append(Upload(name, value.filename, value.content_type or "", data))
    # ValueError also for a charset that cannot be.
    except (HTTPException, MultiPartException, LookupError, ValueError):
        raise Broken from None
    return Form(fields, tuple(files))


def _counted(request: Request, most: int) -> Receive:
    """The request's body, which ends with TooLong where it is longer than it may be."""
    seen = 0

    async def receive() -> Message:
        nonlocal seen
        message = await request.receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise TooLong
        return message

    return receive
