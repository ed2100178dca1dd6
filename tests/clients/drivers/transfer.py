"""A file in pieces over four connections, which goes on where it was cut off.

What the server has acknowledged stands in a journal on disk, a line a piece. With ``die_after``
the process kills itself, with other pieces still under way, when so many stand there: the next
process takes the journal up. No library resumes by itself; each lends its connections.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

PIECE = 512 * 1024
CONNECTIONS = 4
AT_ONCE = 2
"""Requests under way on each connection."""

Send = Callable[[Any], Awaitable[Any]]


class Journal:
    """The pieces that are done."""

    def __init__(self, path: Path, die_after: int) -> None:
        self._path = path
        self._die_after = die_after
        self.done = {int(line) for line in path.read_text().split()} if path.exists() else set()

    def note(self, piece: int) -> None:
        """It is on the other side; die if that was asked for."""
        self.done.add(piece)
        with self._path.open("a") as file:
            file.write(f"{piece}\n")
        if self._die_after and len(self.done) >= self._die_after:
            os.kill(os.getpid(), signal.SIGKILL)


async def carry(
    connections: Sequence[Send],
    journal: Journal,
    pieces: int,
    move: Callable[[Send, int], Awaitable[None]],
) -> list[int]:
    """Move what the journal lacks; how many pieces went over each connection."""
    waiting = iter([piece for piece in range(pieces) if piece not in journal.done])
    moved = [0] * len(connections)

    async def work(number: int) -> None:
        for piece in waiting:
            await move(connections[number], piece)
            moved[number] += 1
            journal.note(piece)

    await asyncio.gather(*(work(n) for n in range(len(connections)) for _ in range(AT_ONCE)))
    return moved


class Transfer:
    """The two commands, for a driver that has :meth:`connections`, ``ask`` and ``request``."""

    request: Callable[..., Any]
    """Makes a request of the schema without sending it."""
    ask: Callable[..., Awaitable[Any]]
    make: Callable[..., Any]

    async def connections(self, count: int) -> list[Send]:
        """So many connections of their own, signed in; they end with :meth:`disconnect`."""
        raise NotImplementedError

    async def upload(self, path: str, journal: str, file_id: int, die_after: int) -> list[int]:
        """Bring the parts of a file to the server; parts by connection in this run."""
        source = Path(path)
        parts = -(-source.stat().st_size // PIECE)

        async def move(send: Send, part: int) -> None:
            with source.open("rb") as file:
                file.seek(part * PIECE)
                data = file.read(PIECE)
            done = await send(
                self.request(
                    "upload.saveBigFilePart",
                    file_id=file_id,
                    file_part=part,
                    file_total_parts=parts,
                    bytes=data,
                )
            )
            assert done is True, done

        kept = Journal(Path(journal), die_after)
        return await carry(await self.connections(CONNECTIONS), kept, parts, move)

    async def keep(self, name: str, file_id: int, size: int, random_id: int) -> int:
        """Send the uploaded file to Saved Messages; the message's id."""
        file = self.make("InputFileBig", id=file_id, parts=-(-size // PIECE), name=name)
        media = self.make(
            "InputMediaUploadedDocument",
            file=file,
            mime_type="application/octet-stream",
            attributes=[self.make("DocumentAttributeFilename", file_name=name)],
            force_file=True,
        )
        done = await self.ask(
            "messages.sendMedia",
            peer=self.make("InputPeerSelf"),
            media=media,
            message="",
            random_id=random_id,
        )
        return next(int(one.id) for one in done.updates if type(one).__name__ == "UpdateMessageID")

    async def fetch(self, id: int, path: str, journal: str, die_after: int) -> list[int]:
        """Download the document of a message of Saved Messages; pieces by connection."""
        found = await self.ask("messages.getMessages", id=[self.make("InputMessageID", id=id)])
        document = found.messages[0].media.document
        location = self.make(
            "InputDocumentFileLocation",
            id=document.id,
            access_hash=document.access_hash,
            file_reference=document.file_reference,
            thumb_size="",
        )
        target = Path(path)
        target.touch()

        async def move(send: Send, piece: int) -> None:
            at = piece * PIECE
            found = await send(
                self.request("upload.getFile", location=location, offset=at, limit=PIECE)
            )
            with target.open("r+b") as file:
                file.seek(at)
                file.write(found.bytes)

        kept = Journal(Path(journal), die_after)
        pieces = -(-document.size // PIECE)
        return await carry(await self.connections(CONNECTIONS), kept, pieces, move)
