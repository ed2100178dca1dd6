"""What ``petitbleu check`` says of newsletters."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from petitbleu.domain.publishing.newsletter import records, service
from petitbleu.domain.publishing.newsletter.records import NoAnswer, Server
from petitbleu.store.sqlite import SqliteStore
from tests.domain.publishing.newsletter.kit import paper
from tests.kit.world import World, running


class Names(asyncio.DatagramProtocol):
    """A resolver that knows a few names; ``twist`` may spoil its answers."""

    def __init__(self, known: dict[str, str], twist: Callable[[bytes], bytes]) -> None:
        self.known, self.twist = known, twist

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        at, labels = 12, []
        while data[at]:
            labels.append(data[at + 1 : at + 1 + data[at]].decode())
            at += data[at] + 1
        text = self.known.get(".".join(labels))
        flags = 0x8180 if text is not None else 0x8183
        head = data[:2] + struct.pack(">5H", flags, 1, int(text is not None), 0, 0)
        answer = head + data[12 : at + 5]
        if text is not None:
            parts = [text[n : n + 255].encode() for n in range(0, len(text), 255)]
            record = b"".join(bytes([len(part)]) + part for part in parts)
            answer += struct.pack(">3HIH", 0xC00C, 16, 1, 60, len(record)) + record
        self.transport.sendto(self.twist(answer), addr)


@asynccontextmanager
async def names(
    known: dict[str, str], twist: Callable[[bytes], bytes] = lambda answer: answer
) -> AsyncIterator[Server]:
    """A resolver on a free port of the loopback."""
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(
        lambda: Names(known, twist), local_addr=("127.0.0.1", 0)
    )
    try:
        yield transport.get_extra_info("sockname")[:2]
    finally:
        transport.close()


WHOLE = {
    "example.org": "v=spf1 mx -all",
    "_dmarc.example.org": "v=DMARC1; p=none",
    "s1._domainkey.example.org": "v=DKIM1; k=rsa; p=" + "A" * 400,
}


async def test_nothing_is_said_where_no_channel_has_one(world: World) -> None:
    assert await service.advice(world.app) == []


async def test_records_that_are_there_and_that_are_missing(world: World) -> None:
    await paper(world)
    async with names(WHOLE) as server:
        world.app.parts[records.RESOLVER] = lambda: server
        said = " ".join(await service.advice(world.app))
        assert "SPF" not in said and "DMARC" not in said and "dkim_selector is not set" in said
        assert "nobody reads what returns" in said
        assert await records.texts(server, "s1._domainkey.example.org", query=7) == [
            WHOLE["s1._domainkey.example.org"]
        ]
    async with names({}) as server:
        world.app.parts[records.RESOLVER] = lambda: server
        said = " ".join(await service.advice(world.app))
        assert "example.org has no SPF record" in said and "_dmarc.example.org" in said


async def test_a_resolver_that_is_not_there_or_lies_is_said(world: World) -> None:
    await paper(world)
    world.app.parts[records.RESOLVER] = lambda: None
    assert any("no resolver" in line for line in await service.advice(world.app))
    for twist in (lambda answer: answer[:20], lambda answer: answer[:4] + b"\xff" * 30):
        async with names(WHOLE, twist) as server:
            world.app.parts[records.RESOLVER] = lambda server=server: server
            assert any("could not be looked at" in one for one in await service.advice(world.app))


@pytest.mark.parametrize("name", ["a..b", "x" * 64 + ".example"])
def test_what_is_no_name_is_not_asked(name: str) -> None:
    with pytest.raises((NoAnswer, UnicodeError)):
        records.question(name, 1)


async def test_an_instance_without_settings_hears_what_is_missing(
    sqlite_store: SqliteStore, tmp_path: Path
) -> None:
    async with running(World(sqlite_store, tmp_path)) as world:
        await paper(world)
        world.app.mail = None
        said = " ".join(await service.advice(world.app))
        assert "no mail leaves" in said and "public_url" in said and "bounces is not set" in said
