"""Unfinished uploads: parts written at their offset into one sparse file each.

For one server alone (``shape.py`` has the rules for parts, ``domain/files/media/shared_parts.py``
is the same for several).

Beside the data lies a map: a head (machine start, size of parts, announced number, the last part)
and one byte per part that has come. Nothing is synced, so a map of another start of the machine is
not believed. When the upload has served, a note of what was made of it takes their place, until
uploads of that age are dropped.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import struct
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from petitbleu.blobs.api import MAX_PARTS, Missing, Whole
from petitbleu.blobs.settling import settle
from petitbleu.blobs.shape import Shape
from petitbleu.blobs.threads import in_thread

_HEAD = struct.Struct("<16sIiiI")
_BOOT_FILE = Path("/proc/sys/kernel/random/boot_id")
_STEP = 1 << 20
_MADE = ".made"
_UNSIGNED = 0xFFFF_FFFF_FFFF_FFFF
KEPT = 1000
"""Uploads whose state stays in memory; the map on disk has it too."""


def _machine_start() -> bytes:
    try:
        return bytes.fromhex(_BOOT_FILE.read_text("ascii").replace("-", ""))
    except (OSError, ValueError):  # not Linux: by the second, which clocks may move a little
        return int(time.time() - time.monotonic()).to_bytes(16, "little")


class Upload:
    """The parts of one file. Everything that changes it holds :attr:`lock`."""

    __slots__ = (*("_boot", "account", "begun", "got", "lock", "map", "path", "received", "shape"),)

    def __init__(self, path: Path, account: int, boot: bytes) -> None:
        self.path = path
        self.map = path.with_suffix(".map")
        self.account = account
        self.lock = asyncio.Lock()
        self.got = bytearray()
        """One byte per part: whether it has come."""
        self.shape = Shape()
        self.received = 0
        """Bytes that have come."""
        self.begun = False
        """Whether it was let in: of one that is known from the disk it is true."""
        self._boot = boot

    @property
    def part_size(self) -> int:
        """Bytes of each part but the last."""
        return self.shape.part_size

    @property
    def total(self) -> int:
        """How many parts there will be, where that was said."""
        return self.shape.total

    def load(self) -> None:
        """Take up what the map says, if it is of this start of the machine."""
        try:
            raw = self.map.read_bytes()
        except FileNotFoundError:
            return
        if len(raw) < _HEAD.size or not self.path.exists():
            return
        boot, part_size, total, last, last_size = _HEAD.unpack_from(raw)
        if boot != self._boot or not part_size:
            return
        self.got = bytearray(raw[_HEAD.size : _HEAD.size + MAX_PARTS])
        count, highest = sum(self.got), len(self.got) - 1
        self.shape = Shape(part_size, total, last, last_size, count, highest)
        self.begun = True
        self.received = count * part_size
        if last >= 0:
            self.received += last_size - part_size

    def add(self, part: int, data: bytes, total: int) -> int:
        """Write one part; by how many bytes the upload grew. ``total``: parts announced, or -1."""
        size, shape = len(data), self.shape
        early = shape.highest * shape.part_size
        moved = shape.admit(part, size, total, self._has(part))
        if part >= len(self.got):
            self.got.extend(bytes(part + 1 - len(self.got)))
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fd = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            if moved:
                last = os.pread(fd, shape.last_size, early)
                os.pwrite(fd, last, shape.last * shape.part_size)
            os.pwrite(fd, data, part * shape.part_size)
            settle(fd, part * shape.part_size, size)
        finally:
            os.close(fd)
        grown = 0 if self.got[part] else size
        self.got[part] = 1
        self.received += grown
        self._note(part)
        return grown

    def _has(self, part: int) -> bool:
        return part < len(self.got) and bool(self.got[part])

    def _note(self, part: int) -> None:
        shape = self.shape
        head = _HEAD.pack(self._boot, shape.part_size, shape.total, shape.last, shape.last_size)
        fd = os.open(self.map, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            os.pwrite(fd, head, 0)
            os.pwrite(fd, b"\1", _HEAD.size + part)
        finally:
            os.close(fd)

    def whole(self, parts: int, md5: bool) -> Whole:
        """The finished file of ``parts`` parts. Raises Missing, Unfit."""
        for part in range(parts):
            if not self._has(part):
                raise Missing(part)
        size = self.shape.size_of(parts)
        os.truncate(self.path, size)
        sha_sum, md5_sum = hashlib.sha256(), hashlib.md5(usedforsecurity=False)
        buffer = bytearray(_STEP)
        view = memoryview(buffer)
        with self.path.open("rb", buffering=0) as file:
            while count := file.readinto(buffer):
                sha_sum.update(view[:count])
                if md5:
                    md5_sum.update(view[:count])
        return Whole(self.path, size, sha_sum.digest(), md5_sum.digest())

    def drop(self, purpose: str = "", made: int = 0) -> None:
        """Forget it all; note what was ``made`` of it for a purpose, if anything was."""
        if purpose:
            self._notes(purpose).write_bytes(made.to_bytes(8, "big"))
        self.path.unlink(True)
        self.map.unlink(True)

    def made(self, purpose: str) -> int:
        """The number that :meth:`drop` noted for a purpose; 0: none."""
        try:
            return int.from_bytes(self._notes(purpose).read_bytes(), "big")
        except FileNotFoundError:
            return 0

    def _notes(self, purpose: str) -> Path:
        return self.path.with_suffix(f".{purpose}{_MADE}")


class Spool:
    """See :class:`petitbleu.blobs.api.Parts`."""

    __slots__ = ("_boot", "_folder", "_held", "_open")
    shared = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._boot = _machine_start()
        self._open: dict[tuple[int, int], Upload] = {}
        self._held: dict[int, int] = {}
        """Account -> bytes its unfinished uploads take."""

    async def upload(self, account: int, file_id: int) -> Upload:
        found = self._open.get((account, file_id))
        if found is not None:
            return found
        folder = self._folder / str(account)
        made = Upload(folder / f"{file_id & _UNSIGNED:016x}.part", account, self._boot)
        await in_thread(made.load)
        if account not in self._held:
            held = await in_thread(_taken, folder)
            self._held.setdefault(account, held)
        # Another session may have been quicker.
        found = self._open.setdefault((account, file_id), made)
        if len(self._open) > KEPT:
            for key, other in list(self._open.items())[: KEPT // 2]:
                if not other.lock.locked() and other is not found:
                    del self._open[key]
        return found

    async def held(self, account: int) -> int:
        return self._held.get(account, 0)

    async def files(self, account: int) -> int:
        return await in_thread(_parts, self._folder / str(account))

    async def got(self, upload: Upload) -> bytes:
        return bytes(upload.got)

    async def add(self, upload: Upload, part: int, data: bytes, total: int) -> None:
        async with upload.lock:
            grown = await in_thread(upload.add, part, data, total)
        self._held[upload.account] = self._held.get(upload.account, 0) + grown

    @asynccontextmanager
    async def alone(self, upload: Upload) -> AsyncIterator[None]:
        async with upload.lock:
            yield

    async def whole(self, upload: Upload, parts: int, md5: bool) -> Whole:
        return await in_thread(upload.whole, parts, md5)

    async def made(self, upload: Upload, purpose: str) -> int:
        return await in_thread(upload.made, purpose)

    async def drop(self, upload: Upload, purpose: str = "", made: int = 0) -> None:
        self._open = {key: known for key, known in self._open.items() if known is not upload}
        await in_thread(upload.drop, purpose, made)
        self._held[upload.account] = max(0, self._held.get(upload.account, 0) - upload.received)

    async def forget(self, account: int) -> None:
        await self._drop_all(await in_thread(_of_account, self._folder, account))

    async def expire(self, before: float) -> int:
        await in_thread(_drop_notes, self._folder, before)
        stale = await in_thread(_stale, self._folder, before)
        await self._drop_all(stale)
        return len(stale)

    async def _drop_all(self, paths: list[Path]) -> None:
        for path in paths:
            file_id = int(path.stem, 16)
            signed = file_id - (1 << 64) if file_id >> 63 else file_id
            upload = await self.upload(int(path.parent.name), signed)
            async with upload.lock:
                await self.drop(upload)


def _of_account(folder: Path, account: int) -> list[Path]:
    return list(folder.glob(f"{account}/*.part"))


def _stale(folder: Path, before: float) -> list[Path]:
    return [path for path in folder.glob("*/*.part") if path.stat().st_mtime < before]


def _drop_notes(folder: Path, before: float) -> None:
    for path in folder.glob(f"*/*{_MADE}"):
        if path.stat().st_mtime < before:
            path.unlink(True)


def _parts(folder: Path) -> int:
    return sum(1 for _ in folder.glob("*.part"))


def _taken(folder: Path) -> int:
    return sum(path.stat().st_blocks * 512 for path in folder.glob("*.part"))
