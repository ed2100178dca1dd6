"""The two places of a move of files: the data folder, and a bucket. Used by ``petitbleu move``."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

from petitbleu.blobs.api import FilesUnavailable
from petitbleu.blobs.local import LocalBlobs
from petitbleu.config import Config
from petitbleu.store import move_files
from petitbleu.store.lock import DataLock
from petitbleu.store.migrate import Refused
from petitbleu.store.move import DATABASE
from petitbleu.store.move_files import LOCAL, Content, Files, Place
from petitbleu.store.move_sides import PostgresSide, Side, SqliteSide
from petitbleu.store.moved import LINE

_MARK = "moving"
"""Object of a bucket that a move has begun to fill."""


class FolderPlace:
    """The folder ``blobs`` of the data folder."""

    def __init__(self, data: Path) -> None:
        self.name = str(data / "blobs")
        self._folder = data / "blobs"
        self._blobs = LocalBlobs(self._folder)
        self.read = self._blobs.read
        self.adopt = self._blobs.adopt

    async def contents(self) -> AsyncIterator[Content]:
        for path in self._folder.glob("*/*"):
            name, _, gen = path.name.partition(".")
            if name:
                sha = bytes.fromhex(path.parent.name + name)
                yield Content(sha, int(gen or 0), path.stat().st_size)

    async def prepare(self, size: int) -> None:
        self._folder.mkdir(0o700, parents=True, exist_ok=True)
        present = sum([one.size async for one in self.contents()])
        if not move_files.has_room(self._folder, max(0, size - present)):
            raise Refused(f"There is not enough room in {self._folder} for {size >> 20} MiB.")

    async def finish(self) -> None:
        """Nothing has to be done."""


class BucketPlace:
    """A bucket, or what lies below a prefix of it."""

    def __init__(self, url: str, data: Path) -> None:
        from petitbleu.blobs.blocks import Blocks
        from petitbleu.blobs.bucket import Bucket
        from petitbleu.blobs.s3 import BucketBlobs, key_of

        try:
            self._bucket = Bucket(url)
        except ValueError as error:
            raise Refused(str(error)) from error
        self.name = self._bucket.name
        self._key = key_of
        self.adopt = BucketBlobs(self._bucket, Blocks(data / "cache" / "none", 0)).adopt

    async def read(self, sha: bytes, gen: int, offset: int, limit: int) -> bytes:
        return await self._bucket.get_range(self._key(sha, gen), offset, offset + limit)

    async def contents(self) -> AsyncIterator[Content]:
        async for one in self._bucket.objects("b"):
            _, sha, gen = one.key.split("/")
            yield Content(bytes.fromhex(sha), int(gen), one.size)

    async def prepare(self, size: int) -> None:
        if await self._bucket.size(_MARK) < 0:
            async for one in self._bucket.objects(""):
                raise Refused(
                    f"{self.name} is not empty ({one.key} is there); files are moved into an empty"
                    " bucket, or below a prefix of their own."
                )
        try:
            await self._bucket.try_out()
        except FilesUnavailable as error:
            raise Refused(f"Nothing can be written there: {error}.") from error
        await self._bucket.put(_MARK, b"petitbleu move")

    async def finish(self) -> None:
        await self._bucket.delete([_MARK], versions=True)


def place_of(url: str, data: Path) -> Place:
    """``local``, or ``s3://…``. Raises Refused."""
    return FolderPlace(data) if url in ("", LOCAL) else BucketPlace(url, data)


def _places(config: Config, to: str) -> tuple[Place, Place]:
    if to != LOCAL and not to.startswith("s3://"):
        raise Refused("Files are moved to `local` or s3://BUCKET/PREFIX?endpoint=…&region=….")
    source, target = move_files.place_of(config.cluster.blobs), move_files.place_of(to)
    if source == target or (to == LOCAL and not config.cluster.blobs):
        raise Refused(f"The files are in {target} already (cluster.blobs).")
    return place_of(config.cluster.blobs, config.data), place_of(to, config.data)


async def beforehand(config: Config, to: str, say: Callable[[str], None]) -> Files:
    """Copy what is there, while a server may run on it; the move itself copies what is new."""
    source, target = _places(config, to)
    return await move_files.copy(source, target, config.data, say)


async def copy(config: Config, to: str, say: Callable[[str], None]) -> Files:
    """With the server stopped: copy what is new, and compare with the database."""
    source, target = _places(config, to)
    lock = DataLock(config.data)
    try:
        side = await _open(config)
        try:
            copied = await move_files.copy(source, target, config.data, say)
            known = await move_files.compare(side, target)
            return known._replace(copied=copied.copied)
        finally:
            await side.close()
    finally:
        lock.release()


async def arrive(config: Config, database: str, to: str, files: Files, *, alone: bool) -> None:
    """From now on the files of ``database`` are there. ``alone``: rows were not moved."""
    source, target = _places(config, to)
    side = await _open(config, database)
    rows = {move_files.PLACE: move_files.place_of(to).encode()}
    if alone:
        rows[LINE] = move_files.line(source.name, target.name, files.contents)
    try:
        await side.change(dict(rows))
    finally:
        await side.close()
    await target.finish()


async def _open(config: Config, database: str = "") -> Side:
    where = database or config.database
    if where == "sqlite":
        return SqliteSide(config.data / DATABASE)
    return await PostgresSide.open(where)
