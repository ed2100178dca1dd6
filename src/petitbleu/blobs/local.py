"""Blobs on the local disk: ``folder/ab/cdef…`` named by the SHA-256 in hexadecimal, ``cdef….1`` and
so on in later generations.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from petitbleu.blobs.api import BlobMissing
from petitbleu.blobs.threads import in_thread
from petitbleu.durable import make_folder, sync

ERASED = "erased.log"
"""Beside the folder: a line for each content that was erased for good, its second and SHA-256."""


class LocalBlobs:
    """See :class:`petitbleu.blobs.api.Blobs`."""

    __slots__ = ("_folder", "_known")

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: set[Path] = set()
        """Folders that exist for certain."""

    def path(self, sha: bytes, gen: int = 0) -> Path:
        """Where the blob lies, if it does."""
        name = sha.hex()
        path = self._folder / name[:2] / name[2:]
        return path.with_name(f"{path.name}.{gen}") if gen else path

    async def read(self, sha: bytes, gen: int, offset: int, limit: int) -> bytes:
        return await in_thread(_read, self.path(sha, gen), offset, limit)

    async def put(self, sha: bytes, gen: int, data: bytes) -> None:
        await in_thread(self._put, self.path(sha, gen), data)

    async def adopt(self, sha: bytes, gen: int, path: Path) -> None:
        await in_thread(self._adopt, self.path(sha, gen), path)

    async def remove(self, sha: bytes, gen: int) -> None:
        for one in range(gen + 1):
            await in_thread(self.path(sha, one).unlink, True)

    def address(self, sha: bytes, gen: int) -> str:
        return str(self.path(sha, gen))

    def forget(self, shas: Iterable[bytes]) -> None:
        """Nothing is remembered."""

    async def remembered(self) -> list[bytes]:
        return []

    async def trouble(self) -> str:
        return ""

    async def try_out(self) -> None:
        """The start has written to the data folder already."""

    async def close(self) -> None:
        """Nothing works in the background."""

    async def note_erased(self, sha: bytes, at: int) -> None:
        await in_thread(_append, self._folder.with_name(ERASED), f"{at} {sha.hex()}\n")

    async def free(self) -> int:
        return await in_thread(self._free)

    def _free(self) -> int:
        self._make_folder(self._folder)
        return shutil.disk_usage(self._folder).free

    def _put(self, target: Path, data: bytes) -> None:
        if target.exists():
            return
        self._make_folder(target.parent)
        temporary = target.with_name(f".{target.name}.{os.urandom(4).hex()}")
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
        sync(target.parent)

    def _adopt(self, target: Path, path: Path) -> None:
        if target.exists():
            path.unlink()
            return
        self._make_folder(target.parent)
        sync(path)
        path.replace(target)
        target.chmod(0o600)
        sync(target.parent)

    def _make_folder(self, folder: Path) -> None:
        for path in (self._folder, folder):
            if path not in self._known:
                make_folder(path)
                self._known.add(path)


def _append(path: Path, line: str) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        os.write(fd, line.encode("ascii"))
        os.fsync(fd)
    finally:
        os.close(fd)


def _read(path: Path, offset: int, limit: int) -> bytes:
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        raise BlobMissing(path.name) from None
    try:
        return os.pread(fd, limit, offset)
    finally:
        os.close(fd)
