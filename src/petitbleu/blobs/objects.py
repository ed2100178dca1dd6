"""Where small things lie by name: parts of uploads, in a folder that workers of one machine share
or in a bucket (``s3.py``).
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Protocol

from petitbleu.blobs.api import BlobMissing
from petitbleu.blobs.threads import in_thread


class Objects(Protocol):
    """Bytes by key: words with slashes between them."""

    async def put(self, key: str, data: bytes) -> None:
        """Keep it, in the place of what was there. Raises OSError, FilesUnavailable."""
        ...

    async def get(self, key: str) -> bytes:
        """The whole object. Raises BlobMissing, FilesUnavailable."""
        ...

    async def drop(self, folder: str) -> None:
        """Forget all whose key begins with ``folder`` and a slash."""
        ...


class FolderObjects:
    """A folder of the local disk. Nothing is synced: whoever reads compares digests."""

    __slots__ = ("_folder",)

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, key: str, data: bytes) -> None:
        await in_thread(_put, self._folder / key, data)

    async def get(self, key: str) -> bytes:
        try:
            return await in_thread((self._folder / key).read_bytes)
        except FileNotFoundError:
            raise BlobMissing(key) from None

    async def drop(self, folder: str) -> None:
        await in_thread(shutil.rmtree, self._folder / folder, True)


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        os.write(fd, data)
    finally:
        os.close(fd)
    temporary.replace(path)
