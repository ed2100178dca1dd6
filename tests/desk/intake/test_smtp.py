"""The SMTP door, over real SMTP: what it says 250 to is on disk, and the rest stays outside."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import aiosmtplib
import pytest
from aiosmtpd.smtp import SMTP

from petitbleu.control import perform
from petitbleu.desk.casework.cases import queues
from petitbleu.desk.intake import smtp_in
from petitbleu.desk.records.vault import service as vault
from petitbleu.store.api import Store
from tests.desk.intake.mails import MX, mail
from tests.kit.world import World

TO = "legal@petitbleu.example"
FROM = "ada@home.example"


@pytest.fixture
async def door(world: World) -> AsyncIterator[smtp_in.SmtpDoor]:
    await perform(world.app, "desk.operator.set", {"operator": {"authserv_id": MX}})
    opened = await smtp_in.start(world.app, "127.0.0.1:0")
    yield opened
    await opened.stop()


def client(door: smtp_in.SmtpDoor) -> aiosmtplib.SMTP:
    host, port = door.addresses[0]
    return aiosmtplib.SMTP(hostname=host, port=port, use_tls=False, start_tls=False, timeout=20)


async def count(world: World) -> int:
    return len(await queues.page(world.app, queues.Filter(), limit=1000))


async def test_what_is_taken_is_stored_and_becomes_a_case(
    world: World, door: smtp_in.SmtpDoor
) -> None:
    async with client(door) as smtp:
        _, said = await smtp.sendmail(FROM, [TO], mail(subject="Hello", text="a question"))
    assert said == "2.0.0 Stored"
    await world.settle()
    assert await count(world) == 1


@pytest.mark.parametrize(
    "argument",
    (
        *("<a.b+c@x.example>", "<a@b.example> SIZE=123 BODY=8BITMIME", "<a@b.example>  SIZE=1"),
        *("<>", "a@b.example", "<a@b.example", "<a..b@c.example>", "<a@[192.0.2.1]>", "<@b>"),
        *("<SRS0=ab=cd=x@y.example>", "<é@x.example>", "< a@b.example>", "<a@b.example>SIZE=1"),
        *('<"a b"@c.example>', "<a@b.example> ", "<a b@c.example>", "<a@b@c.example>", "", "<"),
    ),
)
async def test_addresses_are_those_that_the_library_reads(argument: str) -> None:
    handler = object()
    try:
        wanted: object = SMTP(handler)._getaddr(argument)
    except Exception as error:
        wanted = type(error)
    try:
        found: object = smtp_in._Server(handler)._getaddr(argument)
    except Exception as error:
        found = type(error)
    assert found == wanted


async def test_letters_with_strange_bytes_and_long_lines_are_taken(
    world: World, door: smtp_in.SmtpDoor
) -> None:
    raw = mail(text="x") + b"y" * 300_000 + b"\r\n\xff\xfe\0\r\n"
    async with client(door) as smtp:
        await smtp.sendmail("", [TO], raw)
    await world.settle()
    assert await count(world) == 1


async def test_a_letter_that_is_too_large_is_refused(world: World, door: smtp_in.SmtpDoor) -> None:
    line = b"y" * 900 + b"\r\n"
    raw = mail(text="x") + line * (world.app.config.desk.letter_bytes // len(line) + 1)
    async with client(door) as smtp:
        with pytest.raises(aiosmtplib.SMTPResponseException) as refused:
            await smtp.sendmail(FROM, [TO], raw)
    assert refused.value.code in (552, 500)


async def test_the_mail_server_keeps_what_cannot_be_stored(
    world: World, door: smtp_in.SmtpDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> bytes:
        raise OSError("no space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(vault, "put", full)
        async with client(door) as smtp:
            with pytest.raises(aiosmtplib.SMTPResponseException) as refused:
                await smtp.sendmail(FROM, [TO], mail(text="x"))
    assert refused.value.code == 451
    assert world.errors.pop()["event"] == "letter not stored"
    async with client(door) as smtp:
        await smtp.sendmail(FROM, [TO], mail(text="x"))
    await world.settle()
    assert await count(world) == 1


@pytest.mark.parametrize("listen", ["0.0.0.0:0", "mail.example:25", "127.0.0.1"])
async def test_it_listens_on_loopback_only(world: World, listen: str) -> None:
    with pytest.raises(OSError, match="loopback"):
        await smtp_in.start(world.app, listen)


async def test_a_hundred_letters_at_once_are_a_hundred_cases(
    world: World, door: smtp_in.SmtpDoor, store: Store
) -> None:
    began = time.perf_counter()

    async def send(first: int) -> None:
        async with client(door) as smtp:
            for number in range(first, first + 25):
                raw = mail(f"A <a{number}@home.example>", TO, f"Question {number}", "Hello there")
                await smtp.sendmail(FROM, [TO], raw)

    await asyncio.gather(*(send(first) for first in range(0, 100, 25)))
    stored = time.perf_counter() - began
    while await count(world) < 100:
        await asyncio.sleep(0.05)
    print(f"100 letters: {stored:.2f} s to store, {time.perf_counter() - began:.2f} s to file")
    await world.settle()
    assert await count(world) == 100
