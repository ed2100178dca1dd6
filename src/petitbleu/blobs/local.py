"""Blobs on the local disk: ``folder/ab/cdef…`` named by the SHA-256 in hexadecimal."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from petitbleu.blobs.api import BlobMissing
from petitbleu.blobs.threads import in_thread
from petitbleu.durable import make_folder, sync


class LocalBlobs:
    """See :class:`petitbleu.blobs.api.Blobs`."""

    __slots__ = ("_folder", "_known")

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: set[Path] = set()
        """Folders that exist for certain."""

    def path(self, sha: bytes) -> Path:
        """Where the blob lies, if it does."""
        name = sha.hex()
        return self._folder / name[:2] / name[2:]

    async def read(self, sha: bytes, offset: int, limit: int) -> bytes:
        return await in_thread(_read, self.path(sha), offset, limit)

    async def put(self, sha: bytes, data: bytes) -> None:
        await in_thread(self._put, sha, data)

    async def adopt(self, sha: bytes, path: Path) -> None:
        await in_thread(self._adopt, sha, path)

    async def remove(self, sha: bytes) -> None:
        await in_thread(self.path(sha).unlink, True)

    async def free(self) -> int:
        return await in_thread(self._free)

    def _free(self) -> int:
        self._make_folder(self._folder)
        return shutil.disk_usage(self._folder).free

    def _put(self, sha: bytes, data: bytes) -> None:
        target = self.path(sha)
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

    def _adopt(self, sha: bytes, path: Path) -> None:
        target = self.path(sha)
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


def _read(path: Path, offset: int, limit: int) -> bytes:
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        raise BlobMissing(path.name) from None
    try:
        return os.pread(fd, limit, offset)
    finally:
        os.close(fd)
