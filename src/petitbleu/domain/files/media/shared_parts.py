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
from copy import copy
from pathlib import Path
from typing import IO, Any

from petitbleu.app import App
from petitbleu.blobs.api import BlobMissing, FilesUnavailable, Missing, Unfit, Whole
from petitbleu.blobs.objects import Objects
from petitbleu.blobs.shape import Shape
from petitbleu.blobs.threads import in_thread
from petitbleu.domain.files.media import queries_uploads as q
from petitbleu.domain.files.media.queries_uploads import PartRow, UploadRow
from petitbleu.eager import within
from petitbleu.store.api import Tx

CLAIM_SECONDS = 30
"""How long a claim holds; renewed at a third of it."""
PATIENCE = 60
"""Seconds somebody waits for who is finishing the same upload."""
_LOOK_SECONDS = 0.1
_AHEAD = 4
"""Parts that are read at once while a file is put together."""
_BATCH = 100
_TOGETHER = 64
"""Parts that one transaction notes."""
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


class _Coming:
    """A part whose bytes are kept, and who waits until it is noted."""

    __slots__ = ("noted", "row", "total")

    def __init__(self, row: PartRow, total: int) -> None:
        self.row = row
        self.total = total
        self.noted: asyncio.Future[None] = asyncio.get_running_loop().create_future()


class _NoneFits(Exception):
    """Ends a transaction that would note nothing."""

    def __init__(self, refused: Sequence[Unfit | None]) -> None:
        self.refused = refused


class SharedParts:
    """See :class:`petitbleu.blobs.api.Parts`."""

    __slots__ = ("_app", "_coming", "_folder", "_objects")
    shared = True

    def __init__(self, app: App, objects: Objects, folder: Path) -> None:
        """``folder``: where files are put together, on the local disk."""
        self._app = app
        self._objects = objects
        self._folder = folder
        self._coming: dict[tuple[int, int], list[_Coming]] = {}
        """Parts that wait for the transaction under way of their upload: they share the next."""

    async def upload(self, account: int, file_id: int) -> SharedUpload:
        row = await self._app.store.row(q.ONE, account=account, file_id=file_id)
        return SharedUpload(account, file_id, row or _NONE)

    async def add(self, upload: SharedUpload, part: int, data: bytes, total: int) -> None:
        # What does not fit is refused before it takes the place of a part that does.
        known = await self._app.store.row(q.PART, **upload.key, part=part)
        _shape(upload.row).admit(part, len(data), total, known is not None)
        md5, _ = await asyncio.gather(
            in_thread(_md5, data), self._objects.put(f"{upload.folder}/{part}", data)
        )
        await self._note(upload, _Coming(PartRow(part, len(data), md5), total))

    async def _note(self, upload: SharedUpload, coming: _Coming) -> None:
        """Note the part. All parts of an upload lock its row: what comes while a transaction is
        under way waits for it in any case, so it is noted together with the others that do.
        """
        key = upload.account, upload.file_id
        waiting = self._coming.get(key)
        if waiting is None:
            self._coming[key] = [coming]
            self._app.spawn(self._note_all(key))
        else:
            waiting.append(coming)
        await coming.noted

    async def _note_all(self, key: tuple[int, int]) -> None:
        waiting, named = self._coming[key], dict(zip(("account", "file_id"), key, strict=True))
        try:
            while waiting:
                batch, waiting[:] = waiting[:_TOGETHER], waiting[_TOGETHER:]
                await self._note_batch(named, batch)
        finally:
            del self._coming[key]
            for one in waiting:  # the server stops
                one.noted.cancel()

    async def _note_batch(self, key: dict[str, int], batch: Sequence[_Coming]) -> None:
        parts, now = [(one.row, one.total) for one in batch], int(self._app.clock.now())
        refused: Sequence[Exception | None]
        try:
            refused = await self._app.store.write(_note_parts, key, parts, now)
        except _NoneFits as none:
            refused = none.refused
        except Exception as error:
            refused = [error] * len(batch)
        except asyncio.CancelledError:  # the server stops
            for one in batch:
                one.noted.cancel()
            raise
        for one, why in zip(batch, refused, strict=True):
            if one.noted.done():  # whoever waited has gone
                continue
            if why is None:
                one.noted.set_result(None)
            else:
                one.noted.set_exception(why)

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
            async with within(PATIENCE):
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
        written = asyncio.ensure_future(asyncio.sleep(0))
        try:
            for at in range(0, len(rows), _AHEAD):
                batch = rows[at : at + _AHEAD]
                got = await asyncio.gather(*(self._part(upload, row) for row in batch))
                await written
                # Written and digested while the next are fetched.
                written = asyncio.ensure_future(in_thread(_append, file, got, sums))
        finally:
            await written
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

    async def forget(self, account: int) -> None:
        query = {"account": account, "limit": _BATCH}
        while rows := await self._app.store.rows(q.OF_ACCOUNT, **query):
            for row in rows:
                await self.drop(await self.upload(account, row.file_id))

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


async def _note_parts(
    tx: Tx, key: dict[str, int], parts: Sequence[tuple[PartRow, int]], now: int
) -> list[Unfit | None]:
    """Note parts with the number of parts that was said with each; for each why it is refused.
    Raises _NoneFits.
    """
    row = await tx.row(q.BEGIN, **key, at=now)
    assert row is not None
    numbers = [came.part for came, _ in parts]
    between = await tx.rows(q.PARTS_BETWEEN, **key, first=min(numbers), last=max(numbers))
    known = {one.part: one.size for one in between}
    shape, received = _shape(row), row.received
    refused: list[Unfit | None] = []
    fit: list[PartRow] = []
    for came, total in parts:
        before = copy(shape)
        try:
            shape.admit(came.part, came.size, total, came.part in known)
        except Unfit as unfit:
            shape = before
            refused.append(unfit)
            continue
        refused.append(None)
        fit.append(came)
        received += came.size - known.get(came.part, 0)
        known[came.part] = came.size
    if not fit:
        raise _NoneFits(refused)
    await tx.many(q.NOTE_PART, [{**key, **came._asdict()} for came in fit])
    await tx.run(
        q.NOTE,
        **key,
        part_size=shape.part_size,
        total=shape.total,
        last=shape.last,
        last_size=shape.last_size,
        parts=shape.count,
        highest=shape.highest,
        received=received,
    )
    return refused


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
