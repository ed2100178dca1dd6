"""Where contents go: blobs, spool, workers, quotas. One of each per process.

Bytes count twice: each photo or document against the quota of whoever uploaded it (``account``),
each content once against the server's. What does not fit is refused with STORAGE_QUOTA_EXCEEDED
(the account's) or STORAGE_FULL (the server's, or its disk's).
"""

from __future__ import annotations

import asyncio
import hashlib
import os
from pathlib import Path
from typing import Any, NamedTuple

from petitbleu.app import App, Part
from petitbleu.blobs.api import Blobs, Parts
from petitbleu.blobs.local import LocalBlobs
from petitbleu.blobs.objects import FolderObjects
from petitbleu.blobs.spool import Spool
from petitbleu.blobs.threads import in_thread
from petitbleu.domain.files.media import queries as q
from petitbleu.domain.files.media.shared_parts import SharedParts
from petitbleu.errors import Fault
from petitbleu.metrics import counter
from petitbleu.sandbox import JobFailed, Sandbox
from petitbleu.store.api import Tx
from petitbleu.store.migrate import Refused

CHECK_SECONDS = 86_400
"""After so long without a use something is looked at, and erased where it has none."""
SERVER = 0
"""The account under which the bytes of all blobs are counted."""
_FREE_SECONDS = 10
_PROBE_SECONDS = 10

JOBS_FAILED = counter(
    "media_jobs_failed_total", "Files that a worker could not take: too long, too large, crashed"
)


class Counted(NamedTuple):
    """At most so many unused files; when they were last looked at (Unix seconds)."""

    files: int
    at: float


class Content(NamedTuple):
    """A content that was kept: SHA-256, generation, bytes."""

    sha: bytes
    gen: int
    size: int


class Storage:
    """What the room keeps per process."""

    __slots__ = (
        *("blobs", "finishing", "free", "free_at", "made", "parts", "probers", "unused"),
        "workers",
    )

    def __init__(self, app: App) -> None:
        settings = app.config.storage
        folder = app.config.data.absolute()  # workers run elsewhere
        self.blobs, self.parts = _places(app, folder)
        self.workers = Sandbox(
            "petitbleu.domain.files.media.worker",
            workers=settings.workers,
            seconds=settings.worker_seconds,
            memory=settings.worker_bytes,
            data=folder,
        )
        self.probers = Sandbox(
            "petitbleu.domain.files.media.prober",
            workers=settings.workers,
            seconds=min(settings.worker_seconds, _PROBE_SECONDS),
            memory=settings.worker_bytes,
            data=folder,
            jobs=1,
        )
        self.finishing: dict[tuple[int, int, str], asyncio.Task[q.MediaRow]] = {}
        """(account, file id, purpose) -> what is being made of a large upload."""
        self.made: dict[tuple[int, int, str], q.MediaRow] = {}
        """(account, file id, purpose) -> what was made of an upload: a repeated call finds it."""
        self.unused: dict[int, Counted] = {}
        """Account -> how many files it uploaded that nothing uses (``unused.py``)."""
        self.free = 0
        self.free_at = 0.0

    async def close(self) -> None:
        """End the workers."""
        for task in list(self.finishing.values()):
            task.cancel()
        await self.workers.close()
        await self.probers.close()
        await self.blobs.close()


def _places(app: App, folder: Path) -> tuple[Blobs, Parts]:
    """Where contents lie, and parts of uploads."""
    cluster, spool = app.config.cluster, folder / "spool"
    if cluster.blobs:
        # Where no bucket is used nothing of it is imported.
        from petitbleu.blobs.blocks import Blocks
        from petitbleu.blobs.bucket import Bucket
        from petitbleu.blobs.s3 import BucketBlobs, BucketObjects

        try:
            bucket = Bucket(cluster.blobs)
        except ValueError as error:
            raise Refused(f"cluster.blobs: {error}") from None
        blocks = Blocks(folder / "cache" / "blobs", cluster.disk_cache_bytes)
        return BucketBlobs(bucket, blocks), SharedParts(app, BucketObjects(bucket), spool)
    if cluster.bus:  # workers of one machine: the folder is theirs together
        return LocalBlobs(folder / "blobs"), SharedParts(app, FolderObjects(spool), spool)
    return LocalBlobs(folder / "blobs"), Spool(spool)


STORAGE: Part[Storage] = Part(Storage, Storage.close)


async def work(app: App, do: str, path: Path, **more: Any) -> dict[str, Any]:
    """Let a worker look at the file. Raises the Fault it names; IMAGE_PROCESS_FAILED where it
    could not bear the file."""
    return await _looked_at(app, app.parts[STORAGE].workers, path, {"do": do, **more})


async def measure(app: App, path: Path, program: str) -> dict[str, Any]:
    """What the program (ffprobe) finds out about a recording. Raises IMAGE_PROCESS_FAILED."""
    return await _looked_at(
        app, app.parts[STORAGE].probers, path, {"do": "probe", "program": program}
    )


async def _looked_at(app: App, workers: Sandbox, path: Path, job: dict[str, Any]) -> dict[str, Any]:
    do = job["do"]
    try:
        file = await in_thread(os.open, path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            answer = await workers.run({"file": True, **job}, file)
        finally:
            os.close(file)
    except (JobFailed, OSError) as failure:
        JOBS_FAILED.add()
        app.log.info("media.job_failed", job=do, reason=str(failure))
        raise Fault("IMAGE_PROCESS_FAILED") from None
    if "error" in answer:
        raise Fault(answer["error"])
    return answer


# ── quota ───────────────────────────────────────────────────────────────────────────────────────


async def used(app: App, account: int) -> int:
    """Bytes that the account's photos and documents take (0: all blobs)."""
    row = await app.store.row(q.USED, account=account)
    return row.bytes if row is not None else 0


async def admit(app: App, account: int, size: int) -> None:
    """Whether ``size`` more bytes may come. Raises STORAGE_QUOTA_EXCEEDED, STORAGE_FULL."""
    limits = app.config.storage
    if limits.account_bytes:
        waiting = await app.parts[STORAGE].parts.held(account)
        if await used(app, account) + waiting + size > limits.account_bytes:
            raise Fault("STORAGE_QUOTA_EXCEEDED")
    if limits.total_bytes and await used(app, SERVER) + size > limits.total_bytes:
        raise Fault("STORAGE_FULL")
    if await _free(app) - size < limits.reserve_bytes:
        raise Fault("STORAGE_FULL")


async def _free(app: App) -> int:
    """Free bytes of the disk, asked for every ten seconds."""
    storage, now = app.parts[STORAGE], asyncio.get_running_loop().time()
    if not storage.free_at or now - storage.free_at > _FREE_SECONDS:
        storage.free = await storage.blobs.free()
        storage.free_at = now
    return storage.free


# ── contents ────────────────────────────────────────────────────────────────────────────────────


async def keep(app: App, data: bytes) -> Content:
    """Put a small content on disk. Unused, it is erased after a day."""
    sha = await in_thread(_digest, data)
    gen = await app.store.write(_note, sha, len(data), *_limits(app))
    await app.parts[STORAGE].blobs.put(sha, gen, data)
    return Content(sha, gen, len(data))


async def adopt(app: App, path: Path, sha: bytes, size: int) -> Content:
    """Make a content of a finished upload; the file ``path`` is gone afterwards."""
    gen = await app.store.write(_note, sha, size, *_limits(app))
    await app.parts[STORAGE].blobs.adopt(sha, gen, path)
    return Content(sha, gen, size)


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _limits(app: App) -> tuple[int, int]:
    return int(app.clock.now()) + CHECK_SECONDS, app.config.storage.total_bytes


async def _note(tx: Tx, sha: bytes, size: int, check_at: int, limit: int) -> int:
    """The generation in which the content is to be kept."""
    if await tx.run(q.NOTE_BLOB, sha=sha, size=size, check_at=check_at):
        total = await tx.row(q.ADD_USE, account=SERVER, bytes=size)
        if limit and total is not None and total.bytes > limit:
            raise Fault("STORAGE_FULL")
        return 0
    kept = await tx.row(q.KEEP_BLOB, sha=sha, check_at=check_at)
    if kept is None:  # erased between the two statements, by another process
        return await _note(tx, sha, size, check_at, limit)
    return kept.gen
