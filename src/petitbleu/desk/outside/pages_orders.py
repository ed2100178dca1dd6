"""``/autorites``: orders and requests uploaded by authorities, without an account.

What is uploaded becomes a letter and takes the intake's one path: stored raw first, read and sorted
second. The page that answers is the receipt: number, time, SHA-256 of each file. Who the sender is
is not believed: the directory, the sender's own domain and a call back decide that.
"""

from __future__ import annotations

import datetime
import hashlib
import mimetypes
from collections.abc import Mapping
from typing import Any, NamedTuple

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from petitbleu import typography
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.intake import service as intake
from petitbleu.desk.outside import encryption, notices, shield
from petitbleu.desk.outside.door import OutsidePages, TooMany, minutes
from petitbleu.desk.outside.pages_status import Day
from petitbleu.domain.safety.case_numbers import service as case_numbers

MEGABYTES = 10
FILES = 10
_LEAST = 20
_FORM_BYTES = (MEGABYTES << 20) + (256 << 10)
_NAME = "orders"
_FIELDS = ("authority", "authority_email", "reference", "phone", "links", "message")
_TEXT_MAX = 20_000
_LINE_MAX = 300
_SIZES = {"files": FILES, "megabytes": MEGABYTES, "least": _LEAST}


class Upload(NamedTuple):
    """One file as it came."""

    name: str
    data: bytes

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.data)

    @property
    def sha256(self) -> str:
        """Hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


class _TooLarge(Exception):
    pass


class OrderPages:
    """The handlers."""

    __slots__ = ("_door",)

    def __init__(self, door: OutsidePages) -> None:
        self._door = door

    async def form(self, request: Request) -> Response:
        """The form, and the receipt of what was uploaded."""
        blank = dict.fromkeys(_FIELDS, "")
        if request.method != "POST":
            return self._form(request, blank, fresh=True)
        try:
            typed, files = await _read(request)
        except _TooLarge:
            wrong = {"files": "files.large"}
            return self._form(request, blank, 413, wrong=wrong, fresh=True)
        except (ClientDisconnect, HTTPException):
            return Response(status_code=400)
        return await self._take(request, blank | typed, files)

    async def _take(self, request: Request, typed: dict[str, str], files: list[Upload]) -> Response:
        door = self._door
        wrong = _wrong(typed, files)
        problem = shield.problem(door.app, _NAME, typed)
        if wrong or problem:
            shown = f"shield.{problem}" if problem and not wrong else ""
            return self._form(request, typed, 422, wrong=wrong, problem=shown)
        try:
            await door.limit(request, "orders_ip")
        except TooMany as busy:
            page = self._form(request, typed, 429, problem="limit_text", wait=busy.seconds)
            page.headers["retry-after"] = str(busy.seconds)
            return page
        at = int(door.app.clock.now())
        try:
            delivered = await intake.typed(door.app, self._letter(typed, files, at))
        except intake.Refused:
            wrong = {"authority_email": "authority_email.invalid"}
            return self._form(request, typed, 422, wrong=wrong)
        lang = door.pages.language(request)
        day = Day(lang, door.app.config.timezone)
        return door.page(
            request,
            "orders_receipt.html",
            private=True,
            number=case_numbers.text(delivered.case),
            secret=cases.secret(door.app, delivered.case),
            at=day.moment(at),
            at_iso=datetime.datetime.fromtimestamp(at, datetime.UTC).isoformat(),
            files=files,
            size=lambda file: typography.number(lang, file.size),
        )

    def _letter(self, typed: Mapping[str, str], files: list[Upload], at: int) -> intake.Typed:
        said = [
            f"{name}: {typed[name].strip()}"
            for name in ("authority", "reference", "phone")
            if typed[name].strip()
        ]
        text = "\n".join([*said, "", typed["message"].strip(), "", typed["links"].strip()])
        attached: list[tuple[str, str, bytes]] = []
        for file in files:
            attached.append((file.name, _type(file.name), file.data))
            plain = encryption.opened(self._door.app, file.data) if _sealed(file) else None
            if plain is not None:
                inner = file.name.removesuffix(".age") or file.name
                attached.append((inner, _type(inner), plain))
        subject = typed["reference"].strip() or typed["authority"].strip()
        return intake.Typed(
            channel="portal",
            subject=subject,
            text=text.strip(),
            name=typed["authority"].strip(),
            email=typed["authority_email"].strip().lower(),
            received=at,
            attachments=attached,
        )

    def _form(
        self,
        request: Request,
        typed: dict[str, str],
        status: int = 200,
        *,
        wrong: dict[str, str] | None = None,
        problem: str = "",
        wait: int = 0,
        fresh: bool = False,
    ) -> Response:
        door = self._door
        sizes = _SIZES | {"minutes": minutes(wait)}
        return door.page(
            request,
            "orders_form.html",
            status=status,
            private=True,
            d=door.form(_NAME, typed, sizes, wrong=wrong, problem=problem, fresh=fresh),
            key=encryption.recipient(door.app),
        )


def _sealed(file: Upload) -> bool:
    return encryption.is_encrypted(file.data)


def _type(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _wrong(typed: Mapping[str, str], files: list[Upload]) -> dict[str, str]:
    wrong = {}
    if not typed["authority"].strip():
        wrong["authority"] = "authority.missing"
    elif len(typed["authority"]) > _LINE_MAX:
        wrong["authority"] = "authority.long"
    email = typed["authority_email"].strip()
    if not email:
        wrong["authority_email"] = "authority_email.missing"
    elif not notices.is_address(email):
        wrong["authority_email"] = "authority_email.invalid"
    if not files and len(typed["message"].strip()) < _LEAST:
        wrong["files"] = "files.missing"
    elif len(files) > FILES:
        wrong["files"] = "files.many"
    elif sum(file.size for file in files) > MEGABYTES << 20:
        wrong["files"] = "files.large"
    return wrong


async def _read(request: Request) -> tuple[dict[str, str], list[Upload]]:
    """Fields and files of the form; nothing beyond the limit is read. Raises _TooLarge."""
    length = request.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length) > _FORM_BYTES:
        raise _TooLarge
    bounded = Request(request.scope, _bounded(request.receive))
    async with bounded.form(
        max_files=FILES + 1, max_fields=20, max_part_size=_TEXT_MAX * 4
    ) as form:
        return await _parts(form)


async def _parts(form: FormData) -> tuple[dict[str, str], list[Upload]]:
    typed: dict[str, str] = {}
    files: list[Upload] = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            if name == "files" and (value.filename or value.size):
                files.append(Upload(_clean(value.filename or ""), await value.read()))
        elif name in (*_FIELDS, shield.TRAP, shield.TIME):
            typed[name] = value.replace("\0", "\ufffd")[:_TEXT_MAX]
    return typed, files


def _clean(name: str) -> str:
    """A file's name without a path or control characters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[:200] or "file"


def _bounded(receive: Any) -> Any:
    """``receive`` that gives up where more comes than the form may hold."""
    left = _FORM_BYTES

    async def receive_bounded() -> Any:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise _TooLarge
        return message

    return receive_bounded
