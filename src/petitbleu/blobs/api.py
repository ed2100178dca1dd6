"""The narrow interfaces to where contents are kept, and to where parts of uploads wait.

One server alone keeps both on its disk (``local.py``, ``spool.py``). Several workers keep contents
in a shared folder or an S3 bucket (``s3.py``) and note parts in the database, since the connections
of one client may reach several of them (``domain/files/media/shared_parts.py``).
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from petitbleu.errors import StoreUnavailable

MAX_PART = 524_288
MAX_PARTS = 8000


class BlobMissing(Exception):
    """The database knows the blob, the place that should hold it does not."""


class FilesUnavailable(StoreUnavailable):
    """Files cannot be had or kept now; whoever asks again later may have them."""


class Unfit(Exception):
    """The part does not fit what came before; ``name`` says how: invalid, size, changed, small."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


class Missing(Exception):
    """A part has not come."""

    def __init__(self, part: int) -> None:
        self.part = part
        super().__init__(part)


class Whole(NamedTuple):
    """A finished upload: where it lies, its size, its SHA-256, its MD5 where that was asked for."""

    path: Path
    size: int
    sha: bytes
    md5: bytes


class Blobs(Protocol):
    """Contents by SHA-256 (32 bytes) and generation (from 0). Nothing in here is ever changed, only
    added and removed, and a generation that was removed does not come back.
    """

    async def read(self, sha: bytes, gen: int, offset: int, limit: int) -> bytes:
        """At most ``limit`` bytes from ``offset``; empty beyond the end. BlobMissing."""
        ...

    async def put(self, sha: bytes, gen: int, data: bytes) -> None:
        """Keep ``data``; returns when it is on disk. Nothing happens where it is kept already."""
        ...

    async def adopt(self, sha: bytes, gen: int, path: Path) -> None:
        """Keep the local file ``path``, which is gone afterwards; returns when it is on disk."""
        ...

    async def remove(self, sha: bytes, gen: int) -> None:
        """Forget this generation of a blob and those before it; nothing happens where there is
        none.
        """
        ...

    async def note_erased(self, sha: bytes, at: int) -> None:
        """Write down that a content is erased for good, at a Unix second: a backup that has it is
        not to bring it back.
        """
        ...

    async def free(self) -> int:
        """Bytes that could still be kept."""
        ...

    def address(self, sha: bytes, gen: int) -> str:
        """Where it lies, for people and logs."""
        ...

    def forget(self, shas: Iterable[bytes]) -> None:
        """They were erased: drop what is remembered of them beside the place they were kept at."""
        ...

    async def remembered(self) -> list[bytes]:
        """Contents of which something is remembered on the local disk, beside their place."""
        ...

    async def trouble(self) -> str:
        """What keeps contents from being read, in a sentence; empty: nothing does."""
        ...

    async def try_out(self) -> None:
        """Keep, read and forget something. Raises FilesUnavailable."""
        ...

    async def close(self) -> None:
        """End what works in the background."""
        ...


class Upload(Protocol):
    """An upload that is not finished, as it was when it was asked for."""

    account: int
    begun: bool
    """Whether it was let in."""

    @property
    def part_size(self) -> int:
        """Bytes of each part but the last; 0: none has come."""
        ...

    @property
    def total(self) -> int:
        """How many parts there will be; -1: not said yet."""
        ...

    @property
    def received(self) -> int:
        """Bytes that have come."""
        ...


class Parts(Protocol):
    """All unfinished uploads: parts in any order, from any connection. ``upload`` is what
    :meth:`upload` gave.
    """

    shared: bool
    """Whether other processes add parts too."""

    async def upload(self, account: int, file_id: int) -> Upload:
        """The upload of this number by this account, new or known."""
        ...

    async def add(self, upload: Any, part: int, data: bytes, total: int) -> None:
        """Keep one part; ``total``: parts announced, or -1. Raises Unfit, OSError."""
        ...

    async def got(self, upload: Any) -> bytes:
        """A byte for each part up to the highest that has come: whether it has come."""
        ...

    def alone(self, upload: Any) -> AbstractAsyncContextManager[None]:
        """Held while something is made of the upload: nobody else makes anything of it meanwhile.
        Raises FilesUnavailable where somebody else does for too long.
        """
        ...

    async def whole(self, upload: Any, parts: int, md5: bool) -> Whole:
        """The finished file of ``parts`` parts; its caller holds :meth:`alone`, and may use its
        path for so long. Raises Missing, Unfit.
        """
        ...

    async def made(self, upload: Any, purpose: str) -> int:
        """The number that :meth:`drop` noted for a purpose; 0: none."""
        ...

    async def drop(self, upload: Any, purpose: str = "", made: int = 0) -> None:
        """The upload has served; its caller holds :meth:`alone`. What was ``made`` of it for a
        purpose can be asked of :meth:`made` until uploads of that age expire.
        """
        ...

    async def held(self, account: int) -> int:
        """Bytes that the account's unfinished uploads take (once one of them was asked for)."""
        ...

    async def files(self, account: int) -> int:
        """How many unfinished uploads the account has."""
        ...

    async def forget(self, account: int) -> None:
        """Drop all unfinished uploads of an account that is gone. Raises FilesUnavailable."""
        ...

    async def expire(self, before: float) -> int:
        """Drop uploads that nothing was added to since ``before`` (Unix seconds); how many."""
        ...
