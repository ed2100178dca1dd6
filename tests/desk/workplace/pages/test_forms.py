"""Reading forms: fields, line ends, files, and what is too much."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.requests import Request

from petitbleu.desk.workplace.pages import forms
from petitbleu.desk.workplace.pages.forms import TooLong, Upload

MIXED = (
    b'--b\r\ncontent-disposition: form-data; name="csrf"\r\n\r\nabc\r\n'
    b'--b\r\ncontent-disposition: form-data; name="note"\r\n\r\none\r\ntwo\r\n'
    b'--b\r\ncontent-disposition: form-data; name="scan"; filename="o.pdf"\r\n'
    b"content-type: application/pdf\r\n\r\n%PDF\r\n\x00\r\n"
    b'--b\r\ncontent-disposition: form-data; name="none"; filename=""\r\n\r\n\r\n--b--\r\n'
)


def request(body: bytes, kind: str, *, length: int | None = None) -> Request:
    headers = [(b"content-type", kind.encode())]
    if length != -1:
        headers.append((b"content-length", str(len(body) if length is None else length).encode()))
    parts = [body[at : at + 7] for at in range(0, len(body), 7)]

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": parts.pop(0) if parts else b"", "more_body": parts}

    return Request({"type": "http", "method": "POST", "headers": headers}, receive)


async def test_fields_keep_all_values_and_line_ends_are_one_kind() -> None:
    form = await forms.read(request(b"a=1&a=+2+&b=x%0D%0Ay&c=&d=-7&e=7x", "x"), 100)
    assert form.all("a") == ["1", "2"]
    assert form.get("a") == "1"
    assert form.get("b") == "x\ny"
    assert (form.flag("c"), form.flag("a"), form.get("z", "-")) == (False, True, "-")
    assert (form.number("d"), form.number("e"), form.number("z")) == (-7, None, None)
    assert forms.parse(b"b=x%0Ay").fields == forms.parse(b"b=x%0D%0Ay").fields


async def test_files_come_where_a_page_takes_them() -> None:
    kind = "multipart/form-data; boundary=b"
    form = await forms.read(request(MIXED, kind), 1000, 1000)
    assert form.get("csrf") == "abc"
    assert form.get("note") == "one\ntwo"
    assert form.files == (Upload("scan", "o.pdf", "application/pdf", b"%PDF\r\n\x00"),)
    with pytest.raises(TooLong):
        await forms.read(request(MIXED, kind), 1000)
    with pytest.raises(TooLong):
        await forms.read(request(MIXED, kind, length=5000), 1000, 1000)
    with pytest.raises(TooLong):
        await forms.read(request(MIXED, kind, length=-1), 1000, 1000)


async def test_a_body_that_lies_about_its_length_is_not_read_to_the_end() -> None:
    kind = "multipart/form-data; boundary=b"
    body = MIXED.replace(b"%PDF", b"%PDF" * 10_000)
    with pytest.raises(TooLong):
        await forms.read(request(body, kind, length=900), 500, 500)
    with pytest.raises(TooLong):
        await forms.read(request(b"a=" + b"x" * 200, "x", length=3), 100)


@pytest.mark.parametrize("body", [b"--b", b"\xff\xfe", b"--b\r\n\r\n", b"--b--", MIXED[:90]])
async def test_a_broken_body_is_a_form_that_cannot_be_taken(body: bytes) -> None:
    try:
        form = await forms.read(request(body, "multipart/form-data; boundary=b"), 500, 500)
    except forms.Broken:
        return
    assert form.files == ()


async def test_a_form_without_a_boundary_is_broken() -> None:
    with pytest.raises(forms.Broken):
        await forms.read(request(MIXED, "multipart/form-data"), 1000, 1000)


@pytest.mark.parametrize("charset", ["undefined", "idna", "no-such", "utf-16", "\u00e9"])
async def test_a_charset_that_cannot_be_is_broken_or_read_past(charset: str) -> None:
    kind = f"multipart/form-data; boundary=b; charset={charset}"
    try:
        form = await forms.read(request(MIXED, kind), 1000, 1000)
    except forms.Broken:
        return
    assert len(form.files) <= 1
