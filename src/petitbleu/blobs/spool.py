"""Unfinished uploads: parts written at their offset into one sparse file each.

The size of a file's parts is not told: it is that of the first part, unless a larger one follows;
then the first was the file's last one and moves to its place. Every part but the last has the same
size, which divides 512 KiB and is a multiple of 1 KiB (core.telegram.org/api/files).

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
from pathlib import Path
from typing import NamedTuple

from petitbleu.blobs.settling import settle
from petitbleu.blobs.threads import in_thread

MAX_PART = 524_288
MAX_PARTS = 8000
_HEAD = struct.Struct("<16sIiiI")
_BOOT_FILE = Path("/proc/sys/kernel/random/boot_id")
_STEP = 1 << 20
_MADE = ".made"
_UNSIGNED = 0xFFFF_FFFF_FFFF_FFFF
KEPT = 1000
"""Uploads whose state stays in memory; the map on disk has it too."""


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


def _machine_start() -> bytes:
    try:
        return bytes.fromhex(_BOOT_FILE.read_text("ascii").replace("-", ""))
    except (OSError, ValueError):  # not Linux: by the second, which clocks may move a little
        return int(time.time() - time.monotonic()).to_bytes(16, "little")


class Upload:
    """The parts of one file. Everything that changes it holds :attr:`lock`."""

    __slots__ = (
        "_boot", "account", "begun", "got", "last", "last_size", "lock", "map", "part_size", "path",
        "received", "total",
    )  # fmt: skip

    def __init__(self, path: Path, account: int, boot: bytes) -> None:
        self.path = path
        self.map = path.with_suffix(".map")
        self.account = account
        self.lock = asyncio.Lock()
        self.got = bytearray()
        """One byte per part: whether it has come."""
        self.part_size = 0
        self.last = -1
        """Number of the part that is smaller than the others, once it has come."""
        self.last_size = 0
        self.total = -1
        """How many parts there will be, where that was said."""
        self.received = 0
        """Bytes that have come."""
        self.begun = False
        """Whether it was let in: of one that is known from the disk it is true."""
        self._boot = boot

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
        self.part_size, self.total, self.last, self.last_size = part_size, total, last, last_size
        self.got = bytearray(raw[_HEAD.size : _HEAD.size + MAX_PARTS])
        self.begun = True
        self.received = sum(self.got) * part_size
        if last >= 0:
            self.received += last_size - part_size

    def add(self, part: int, data: bytes, total: int) -> int:
        """Write one part; by how many bytes the upload grew. ``total``: parts announced, or -1."""
        size = len(data)
        moved = self._admit(part, size, total)
        if part >= len(self.got):
            self.got.extend(bytes(part + 1 - len(self.got)))
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fd = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            if moved is not None:
                early = os.pread(fd, self.last_size, moved)
                os.pwrite(fd, early, self.last * self.part_size)
            os.pwrite(fd, data, part * self.part_size)
            settle(fd, part * self.part_size, size)
        finally:
            os.close(fd)
        grown = 0 if self.got[part] else size
        self.got[part] = 1
        self.received += grown
        self._note(part)
        return grown

    def _admit(self, part: int, size: int, total: int) -> int | None:
        """Check the part against what is known; the old offset of an early last part that moves."""
        if total >= 0:
            if part >= total or (self.last >= 0 and self.last != total - 1):
                raise Unfit("invalid")
            if len(self.got) > total:
                raise Unfit("invalid")
            self.total = total
        regular = size % 1024 == 0 and MAX_PART % size == 0
        if not self.part_size:
            self.part_size = size
            if not regular:
                self.last, self.last_size = part, size
            return None
        if part == self.last and size == self.last_size:
            return None
        if size == self.part_size and regular:
            if self.last >= 0 and part >= self.last:
                raise Unfit("invalid")
            return None
        if size > self.part_size:
            return self._grow(part, size, regular)
        at_end = self.total < 0 or part == self.total - 1
        if self.last >= 0 or not at_end or part < self._highest() or self._has(part):
            raise Unfit("changed" if regular else "size")
        self.last, self.last_size = part, size
        return None

    def _grow(self, part: int, size: int, regular: bool) -> int:
        """A larger part than all before: then the one before was the last of the file."""
        only = self._highest()
        if not regular:
            raise Unfit("size")
        if sum(self.got) != 1 or part >= only:
            raise Unfit("changed")
        moved = only * self.part_size
        self.last, self.last_size = only, self.part_size
        self.part_size = size
        return moved

    def _highest(self) -> int:
        return len(self.got) - 1

    def _has(self, part: int) -> bool:
        return part < len(self.got) and bool(self.got[part])

    def _note(self, part: int) -> None:
        head = _HEAD.pack(self._boot, self.part_size, self.total, self.last, self.last_size)
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
        if len(self.got) != parts or (self.last >= 0 and self.last != parts - 1):
            raise Unfit("invalid")
        size = parts * self.part_size
        if self.last >= 0:
            size += self.last_size - self.part_size
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
    """All unfinished uploads."""

    __slots__ = ("_boot", "_folder", "_held", "_open")

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._boot = _machine_start()
        self._open: dict[tuple[int, int], Upload] = {}
        self._held: dict[int, int] = {}
        """Account -> bytes its unfinished uploads take."""

    async def upload(self, account: int, file_id: int) -> Upload:
        """The upload of this number by this account, new or known."""
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

    def held(self, account: int) -> int:
        """Bytes that the account's unfinished uploads take (once one of them was asked for)."""
        return self._held.get(account, 0)

    async def files(self, account: int) -> int:
        """How many unfinished uploads of the account lie on the disk."""
        return await in_thread(_parts, self._folder / str(account))

    async def add(self, upload: Upload, part: int, data: bytes, total: int) -> None:
        """Write one part of ``upload``. Raises Unfit, OSError."""
        async with upload.lock:
            grown = await in_thread(upload.add, part, data, total)
        self._held[upload.account] = self._held.get(upload.account, 0) + grown

    async def finished(self, upload: Upload, purpose: str = "", made: int = 0) -> None:
        """The upload has served; its caller holds the lock. What was ``made`` of it for a purpose
        can be asked of :meth:`Upload.made`.
        """
        self._open = {key: known for key, known in self._open.items() if known is not upload}
        await in_thread(upload.drop, purpose, made)
        self._held[upload.account] = max(0, self._held.get(upload.account, 0) - upload.received)

    async def expire(self, before: float) -> int:
        """Drop uploads that nothing was added to since ``before`` (Unix seconds); how many."""
        await in_thread(_drop_notes, self._folder, before)
        stale = await in_thread(_stale, self._folder, before)
        for path in stale:
            file_id = int(path.stem, 16)
            signed = file_id - (1 << 64) if file_id >> 63 else file_id
            upload = await self.upload(int(path.parent.name), signed)
            async with upload.lock:
                await self.finished(upload)
        return len(stale)


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
