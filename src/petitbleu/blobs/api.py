"""The narrow interface to where contents are kept."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class BlobMissing(Exception):
    """The database knows the blob, the place that should hold it does not."""


class Blobs(Protocol):
    """Contents by SHA-256 (32 bytes). Nothing in here is ever changed, only added and removed."""

    async def read(self, sha: bytes, offset: int, limit: int) -> bytes:
        """At most ``limit`` bytes from ``offset``; empty beyond the end. BlobMissing."""
        ...

    async def put(self, sha: bytes, data: bytes) -> None:
        """Keep ``data``; returns when it is on disk. Nothing happens where it is kept already."""
        ...

    async def adopt(self, sha: bytes, path: Path) -> None:
        """Keep the local file ``path``, which is gone afterwards; returns when it is on disk."""
        ...

    async def remove(self, sha: bytes) -> None:
        """Forget a blob; nothing happens where there is none."""
        ...

    async def free(self) -> int:
        """Bytes that could still be kept."""
        ...
