"""Unfinished uploads of a server with several workers: the connections of one client may reach four
of them. A part is an object and a row; the rules for parts run on the row of the upload, under its
lock.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO, Any

from petitbleu.app import App
from petitbleu.blobs.api import BlobMissing, FilesUnavailable, Missing, Whole
from petitbleu.blobs.objects import Objects
from petitbleu.blobs.shape import Shape
from petitbleu.blobs.threads import in_thread
from petitbleu.domain.files.media import queries_uploads as q
from petitbleu.domain.files.media.queries_uploads import PartRow, UploadRow
from petitbleu.store.api import Tx

CLAIM_SECONDS = 30
"""How long a claim holds; renewed at a third of it."""
PATIENCE = 60
"""Seconds somebody waits for who is finishing the same upload."""
_LOOK_SECONDS = 0.1
_AHEAD = 4
"""Parts that are read at once while a file is put together."""
_BATCH = 100
_UNSIGNED = 0xFFFF_FFFF_FFFF_FFFF
_NONE = UploadRow(0, -1, -1, 0, 0, -1, 0, "", 0)


class SharedUpload:
    """See :class:`petitbleu.blobs.api.Upload`: the row as it was."""

    __slots__ = ("account", "begun", "file_id", "row", "whole")

    def __init__(self, account: int, file_id: int, row: UploadRow) -> None:
        self.account = account
        self.file_id = file_id
        self.row = row
        self.begun = row.parts > 0
        self.whole: Path | None = None
        """The finished file, while somebody makes something of it."""

    @property
    def part_size(self) -> int:
        """Bytes of each part but the last."""
        return self.row.part_size

    @property
    def total(self) -> int:
        """How many parts there will be; -1: not said yet."""
        return self.row.total

    @property
    def received(self) -> int:
        """Bytes that have come."""
        return self.row.received

    @property
    def key(self) -> dict[str, int]:
        """The row's key, as marks of a query."""
        return {"account": self.account, "file_id": self.file_id}

    @property
    def folder(self) -> str:
        """What the keys of its parts begin with."""
        return f"parts/{self.account}/{self.file_id & _UNSIGNED:016x}"


class SharedParts:
    """See :class:`petitbleu.blobs.api.Parts`."""

    __slots__ = ("_app", "_folder", "_objects")
    shared = True

    def __init__(self, app: App, objects: Objects, folder: Path) -> None:
        """``folder``: where files are put together, on the local disk."""
        self._app = app
        self._objects = objects
        self._folder = folder

    async def upload(self, account: int, file_id: int) -> SharedUpload:
        row = await self._app.store.row(q.ONE, account=account, file_id=file_id)
        return SharedUpload(account, file_id, row or _NONE)

    async def add(self, upload: SharedUpload, part: int, data: bytes, total: int) -> None:
        # What does not fit is refused before it takes the place of a part that does.
        known = await self._app.store.row(q.PART, **upload.key, part=part)
        _shape(upload.row).admit(part, len(data), total, known is not None)
        md5 = await in_thread(_md5, data)
        await self._objects.put(f"{upload.folder}/{part}", data)
        came = PartRow(part, len(data), md5)
        await self._app.store.write(_note, upload.key, came, total, int(self._app.clock.now()))

    async def got(self, upload: SharedUpload) -> bytes:
        came = bytearray(upload.row.highest + 1)
        for row in await self._app.store.rows(q.PARTS, **upload.key):
            if row.part < len(came):
                came[row.part] = 1
        return bytes(came)

    @asynccontextmanager
    async def alone(self, upload: SharedUpload) -> AsyncIterator[None]:
        claim = int.from_bytes(self._app.random(7), "big") | 1
        await self._wait(upload, claim)
        renewing = asyncio.ensure_future(self._renew(upload, claim))
        try:
            yield
        finally:
            renewing.cancel()
            if upload.whole is not None:
                await in_thread(upload.whole.unlink, True)
            await self._app.store.write(_let_go, upload.key, claim)

    async def _wait(self, upload: SharedUpload, claim: int) -> None:
        """Claim the upload, and look at it again; one that has no row needs no claim."""
        try:
            async with asyncio.timeout(PATIENCE):
                while await self._app.store.row(q.ONE, **upload.key) is not None:
                    if await self._claim(upload, claim):
                        break
                    await asyncio.sleep(_LOOK_SECONDS)
        except TimeoutError:
            raise FilesUnavailable("the upload is still being finished elsewhere") from None
        upload.row = await self._app.store.row(q.ONE, **upload.key) or _NONE

    async def _claim(self, upload: SharedUpload, claim: int) -> int:
        now = int(self._app.clock.now())
        return await self._app.store.write(_claim, upload.key, claim, now)

    async def _renew(self, upload: SharedUpload, claim: int) -> None:
        while True:
            await asyncio.sleep(CLAIM_SECONDS / 3)
            await self._claim(upload, claim)

    async def whole(self, upload: SharedUpload, parts: int, md5: bool) -> Whole:
        rows = await self._app.store.rows(q.PARTS, **upload.key)
        for part in range(parts):
            if part >= len(rows) or rows[part].part != part:
                raise Missing(part)
        size = _shape(upload.row).size_of(parts)
        path = self._folder / f"whole-{os.urandom(8).hex()}"
        upload.whole = path
        file = await in_thread(_create, path)
        try:
            sha, md5_sum = await self._join(upload, rows, file, md5)
        finally:
            file.close()
        return Whole(path, size, sha, md5_sum)

    async def _join(
        self, upload: SharedUpload, rows: Sequence[PartRow], file: IO[bytes], md5: bool
    ) -> tuple[bytes, bytes]:
        """Write the parts in order; SHA-256, and MD5 or nothing."""
        sums: list[Any] = [hashlib.sha256()]
        if md5:
            sums.append(hashlib.md5(usedforsecurity=False))
        for at in range(0, len(rows), _AHEAD):
            batch = rows[at : at + _AHEAD]
            got = await asyncio.gather(*(self._part(upload, row) for row in batch))
            await in_thread(_append, file, got, sums)
        return sums[0].digest(), sums[1].digest() if md5 else b""

    async def _part(self, upload: SharedUpload, row: PartRow) -> bytes:
        """The part's bytes; one that is not what its row says has not come (a power cut)."""
        try:
            data = await self._objects.get(f"{upload.folder}/{row.part}")
        except BlobMissing:
            raise Missing(row.part) from None
        if len(data) != row.size or await in_thread(_md5, data) != row.md5:
            raise Missing(row.part)
        return data

    async def made(self, upload: SharedUpload, purpose: str) -> int:
        return upload.row.made if upload.row.purpose == purpose else 0

    async def drop(self, upload: SharedUpload, purpose: str = "", made: int = 0) -> None:
        await self._app.store.write(_drop, upload.key, purpose, made)
        upload.row = _NONE._replace(purpose=purpose, made=made)
        await self._objects.drop(upload.folder)

    async def held(self, account: int) -> int:
        row = await self._app.store.row(q.HELD, account=account)
        return row.bytes if row is not None else 0

    async def files(self, account: int) -> int:
        row = await self._app.store.row(q.UNFINISHED, account=account)
        return row.n if row is not None else 0

    async def expire(self, before: float) -> int:
        await in_thread(_drop_wholes, self._folder, before)
        dropped = 0
        while rows := await self._app.store.rows(q.STALE, before=int(before), limit=_BATCH):
            for row in rows:
                upload = await self.upload(row.account, row.file_id)
                dropped += upload.row.parts > 0
                await self.drop(upload)
        return dropped


def _shape(row: UploadRow) -> Shape:
    return Shape(row.part_size, row.total, row.last, row.last_size, row.parts, row.highest)


async def _note(tx: Tx, key: dict[str, int], came: PartRow, total: int, now: int) -> None:
    row = await tx.row(q.BEGIN, **key, at=now)
    assert row is not None
    known = await tx.row(q.PART, **key, part=came.part)
    shape = _shape(row)
    shape.admit(came.part, came.size, total, known is not None)
    await tx.run(q.NOTE_PART, **key, **came._asdict())
    await tx.run(
        q.NOTE,
        **key,
        part_size=shape.part_size,
        total=shape.total,
        last=shape.last,
        last_size=shape.last_size,
        parts=shape.count,
        highest=shape.highest,
        received=row.received + came.size - (known.size if known is not None else 0),
    )


async def _claim(tx: Tx, key: dict[str, int], claim: int, now: int) -> int:
    return await tx.run(q.CLAIM, **key, claim=claim, until=now + CLAIM_SECONDS, now=now)


async def _let_go(tx: Tx, key: dict[str, int], claim: int) -> None:
    await tx.run(q.LET_GO, **key, claim=claim)


async def _drop(tx: Tx, key: dict[str, int], purpose: str, made: int) -> None:
    if made:
        await tx.run(q.MADE, **key, purpose=purpose, made=made)
    else:
        await tx.run(q.DROP, **key)
    await tx.run(q.DROP_PARTS, **key)


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def _create(path: Path) -> IO[bytes]:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path.open("xb", buffering=0)


def _append(file: IO[bytes], pieces: Sequence[bytes], sums: Sequence[Any]) -> None:
    for piece in pieces:
        file.write(piece)
        for one in sums:
            one.update(piece)


def _drop_wholes(folder: Path, before: float) -> None:
    for path in folder.glob("whole-*"):
        if path.stat().st_mtime < before:
            path.unlink(True)
