"""Contents and parts in a bucket: ``b/<sha>/<generation>`` and ``parts/…``."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterable
from pathlib import Path

from petitbleu.blobs.api import FilesUnavailable
from petitbleu.blobs.blocks import BLOCK, Block, Blocks
from petitbleu.blobs.bucket import PIECE, Bucket
from petitbleu.blobs.threads import in_thread

_KEEPING = 16
"""Pieces on their way to the local disk at once."""
ERASED = "erased"
"""Notes of contents that were erased at once, for a restore of an older database."""


def key_of(sha: bytes, gen: int) -> str:
    """The key of a content."""
    return f"b/{sha.hex()}/{gen}"


class BucketBlobs:
    """See :class:`petitbleu.blobs.api.Blobs`."""

    __slots__ = ("_fetching", "_keeping", "blocks", "bucket")

    def __init__(self, bucket: Bucket, blocks: Blocks) -> None:
        self.bucket = bucket
        self.blocks = blocks
        self._fetching: dict[Block, asyncio.Future[bytes]] = {}
        """Pieces that are being fetched: who asks for one meanwhile gets the same."""
        self._keeping: set[asyncio.Future[None]] = set()
        """Pieces that are being written to the local disk."""

    async def read(self, sha: bytes, gen: int, offset: int, limit: int) -> bytes:
        found, end = [], offset + limit
        while offset < end:
            number, start = divmod(offset, BLOCK)
            piece = await self._block(Block(sha, gen, number))
            found.append(piece[start : start + end - offset])
            offset += len(found[-1])
            if len(piece) < BLOCK:
                break
        return found[0] if len(found) == 1 else b"".join(found)

    async def _block(self, block: Block) -> bytes:
        known = await self.blocks.get(block)
        if known is not None:
            return known
        fetching = self._fetching.get(block)
        if fetching is None:
            fetching = asyncio.ensure_future(self._fetch(block))
            self._fetching[block] = fetching
            fetching.add_done_callback(lambda done: self._fetched(block, done))
        return await asyncio.shield(fetching)

    def _fetched(self, block: Block, done: asyncio.Future[bytes]) -> None:
        wanted = self._fetching.get(block) is done  # not erased meanwhile
        if wanted:
            del self._fetching[block]
        if done.cancelled() or done.exception() is not None:  # whoever waited is told
            return
        if wanted:
            self._keep(block, done.result())

    async def _fetch(self, block: Block) -> bytes:
        key, start = key_of(block.sha, block.gen), block.number * BLOCK
        return await self.bucket.get_range(key, start, start + BLOCK)

    def _keep(self, block: Block, data: bytes) -> None:
        """Write the piece to the disk while whoever asked for it is answered. A disk that falls
        behind gets fewer pieces, and no reader waits for it.
        """
        if len(self._keeping) >= _KEEPING:
            self.blocks.remember(block, data)
        else:
            keeping = asyncio.ensure_future(self.blocks.keep(block, data))
            self._keeping.add(keeping)
            keeping.add_done_callback(self._keeping.discard)

    async def put(self, sha: bytes, gen: int, data: bytes) -> None:
        await self.bucket.put(key_of(sha, gen), data)

    async def adopt(self, sha: bytes, gen: int, path: Path) -> None:
        key, size = key_of(sha, gen), path.stat().st_size  # noqa: ASYNC240 - of an open file
        if size <= PIECE:
            await self.bucket.put(key, await in_thread(path.read_bytes))
        elif await self.bucket.size(key) != size:
            await self.bucket.put_file(key, path)
        await in_thread(path.unlink, True)

    async def remove(self, sha: bytes, gen: int) -> None:
        self.forget([sha])
        await self.bucket.delete([key_of(sha, one) for one in range(gen + 1)], versions=True)

    async def note_erased(self, sha: bytes, at: int) -> None:
        """Backups hold nothing of a bucket."""

    async def free(self) -> int:
        return await in_thread(_free, self.blocks.folder)

    def address(self, sha: bytes, gen: int) -> str:
        return f"{self.bucket.name}/{key_of(sha, gen)}"

    def forget(self, shas: Iterable[bytes]) -> None:
        gone = set(shas)
        for block in [block for block in self._fetching if block.sha in gone]:
            del self._fetching[block]
        self.blocks.forget(gone)

    async def remembered(self) -> list[bytes]:
        return await self.blocks.load()

    async def trouble(self) -> str:
        try:
            await self.bucket.size("check/none")
        except FilesUnavailable as error:
            return str(error)
        return ""

    async def try_out(self) -> None:
        await self.bucket.try_out()

    async def close(self) -> None:
        for task in list(self._fetching.values()):
            task.cancel()
        await asyncio.gather(*self._keeping, return_exceptions=True)


def _free(folder: Path) -> int:
    """Of the local disk, where finished files are put together: a bucket has no end."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return shutil.disk_usage(folder).free


class BucketObjects:
    """See :class:`petitbleu.blobs.objects.Objects`."""

    __slots__ = ("_bucket",)

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket

    async def put(self, key: str, data: bytes) -> None:
        await self._bucket.put(key, data)

    async def get(self, key: str) -> bytes:
        return await self._bucket.get(key)

    async def drop(self, folder: str) -> None:
        await self._bucket.delete_folder(folder)
