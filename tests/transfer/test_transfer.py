"""Files over four connections of one account: interrupted, resumed, byte-exact, memory bounded."""

from __future__ import annotations

import asyncio
import hashlib
import random
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from petitbleu.bench import people
from petitbleu.bench.exchange import Address
from petitbleu.bench.people import Person
from petitbleu.bench.server import HOST, Server
from petitbleu.bench.wire_client import Connection, Key, connect
from petitbleu.tl import api, codec

PART = 524_288
CONNECTIONS = 4
IN_FLIGHT = 4
MEMORY_MIB = 40
"""What a transfer of any size may take above the idle server."""


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    made = Server(tmp_path / "data")
    await asyncio.to_thread(made.start)
    yield made
    await asyncio.to_thread(made.remove)


class Transfer:
    """One account's sessions, and a file whose parts are made at need."""

    def __init__(self, server: Server, parts: int) -> None:
        self.at = Address(HOST, server.port, server.public_key())
        self.server = server
        self.parts = parts
        self.number = random.getrandbits(62)
        self.peak_kib = 0
        self.owner: Person
        self.sessions: list[Connection] = []
        self._noise = random.Random(1).randbytes(PART)

    def content(self, part: int) -> bytes:
        """Part ``part``; no two are the same, the last is short."""
        data = part.to_bytes(8, "big") + self._noise[8:]
        return data[:77_777] if part == self.parts - 1 else data

    async def open(self) -> None:
        """Connect anew."""
        for old in self.sessions:
            old.close()
        self.sessions = []
        for _ in range(CONNECTIONS):
            session = await connect(HOST, self.server.port, Key(*_key(self.owner)))
            await session.call(people.opening(api.help.GetConfig()))
            self.sessions.append(session)

    async def each(self, numbers: Iterable[int], work: Callable[[Connection, int], Any]) -> None:
        """``work(session, number)`` for all, a few at a time on every connection."""
        left = iter(list(numbers))

        async def run(session: Connection) -> None:
            for number in left:
                await work(session, number)
                if number % 16 == 0:
                    usage = await asyncio.to_thread(self.server.usage)
                    self.peak_kib = max(self.peak_kib, usage.server_kib)

        await asyncio.gather(*(run(one) for one in self.sessions for _ in range(IN_FLIGHT)))

    async def save(self, session: Connection, part: int) -> None:
        await session.call(
            people.request(
                api.upload.SaveBigFilePart(
                    file_id=self.number,
                    file_part=part,
                    file_total_parts=self.parts,
                    bytes=self.content(part),
                )
            )
        )

    async def send(self) -> Any:
        """The document, in a message to oneself."""
        file = api.InputFileBig(id=self.number, parts=self.parts, name="large.bin")
        media = api.InputMediaUploadedDocument(
            file=file, mime_type="application/octet-stream", attributes=[]
        )
        query = api.messages.SendMedia(
            peer=api.InputPeerSelf(), media=media, message="", random_id=self.number
        )
        answer = codec.decode(await self.sessions[0].call(people.request(query)))
        return answer.updates[1].message.media.document

    async def compare(self, document: Any) -> None:
        """Read it back over all connections; every part must be the one that was sent."""
        where = api.InputDocumentFileLocation(
            id=document.id,
            access_hash=document.access_hash,
            file_reference=document.file_reference,
            thumb_size="",
        )

        async def piece(session: Connection, part: int) -> None:
            query = api.upload.GetFile(location=where, offset=part * PART, limit=PART)
            found = codec.decode(await session.call(people.request(query)))
            assert found.bytes == self.content(part), f"part {part}"

        await self.each(range(self.parts), piece)


def _key(person: Person) -> tuple[bytes, int]:
    return person.key.key, person.key.salt


async def test_an_upload_cut_off_twice_is_taken_up_again(server: Server) -> None:
    transfer = Transfer(server, 48)
    transfer.owner = await people.sign_up(transfer.at, 1)
    await transfer.open()
    await transfer.each(range(20), transfer.save)
    # The client's connections are cut in the middle of parts.
    cut = [asyncio.ensure_future(transfer.save(one, 20)) for one in transfer.sessions]
    await asyncio.sleep(0)
    await transfer.open()
    await asyncio.gather(*cut, return_exceptions=True)
    await transfer.each(range(20, 35), transfer.save)
    # The server is killed; what it had said it had is still there.
    await asyncio.to_thread(server.kill)
    await asyncio.to_thread(server.start)
    await transfer.open()
    await transfer.each(range(35, 48), transfer.save)
    document = await transfer.send()
    assert document.size == 47 * PART + 77_777
    await transfer.compare(document)
    await asyncio.to_thread(_check_disk, server, transfer)


def _check_disk(server: Server, transfer: Transfer) -> None:
    """One content on the disk, under its own SHA-256, and nothing of it left in the spool: only
    the note of what was made of it, for a call that is repeated.
    """
    (path,) = [one for one in (server.data / "blobs").rglob("*") if one.is_file()]
    digest = hashlib.sha256()
    for part in range(transfer.parts):
        digest.update(transfer.content(part))
    assert path.parent.name + path.name == digest.hexdigest()
    left = [path for path in (server.data / "spool").rglob("*") if path.is_file()]
    assert [(path.suffix, path.stat().st_size) for path in left] == [(".made", 8)]


@pytest.mark.long
async def test_two_gigabytes_take_little_memory(server: Server) -> None:
    transfer = Transfer(server, 4000)
    transfer.owner = await people.sign_up(transfer.at, 1)
    await transfer.open()
    idle = (await asyncio.to_thread(server.usage)).server_kib
    await transfer.each(range(4000), transfer.save)
    document = await transfer.send()
    await transfer.compare(document)
    above = (transfer.peak_kib - idle) / 1024
    print(f"{document.size / 1e9:.2f} GB, {above:.0f} MiB above idle (goal {MEMORY_MIB})")
    assert above <= 4 * MEMORY_MIB, "it grows with the file"
