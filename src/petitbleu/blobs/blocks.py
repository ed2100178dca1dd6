"""Pieces of contents that a worker remembers of a bucket: in memory, and on its disk if it may.

Both may be lost at any time. What was erased is dropped from both (``forget``).
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Coroutine, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from petitbleu.blobs.threads import in_thread

BLOCK = 1 << 20
"""Bytes of a piece: no client asks for more at once."""
MEMORY = 64 << 20


class Block(NamedTuple):
    """Which mebibyte of a content."""

    sha: bytes
    gen: int
    number: int


class Blocks:
    """The pieces that were used last."""

    __slots__ = ("_disk", "_memory", "_on_disk", "_used", "folder")

    def __init__(self, folder: Path, disk: int) -> None:
        """``disk``: bytes in ``folder``; 0: none."""
        self.folder = folder
        self._disk = disk
        self._memory: OrderedDict[Block, bytes] = OrderedDict()
        self._on_disk: OrderedDict[Block, int] = OrderedDict()
        self._used = [0, 0]
        """Bytes in memory and on the disk."""

    async def load(self) -> list[bytes]:
        """Take up what lies in the folder; the contents of which there is something."""
        for block, size in await in_thread(_found, self.folder, self._disk > 0):
            if block not in self._on_disk:
                self._on_disk[block] = size
                self._used[1] += size
        await self._trim()
        return list({block.sha for block in self._on_disk})

    async def get(self, block: Block) -> bytes | None:
        """The piece, if it is remembered."""
        data = self._memory.get(block)
        if data is not None:
            self._memory.move_to_end(block)
            return data
        if block not in self._on_disk:
            return None
        self._on_disk.move_to_end(block)
        try:
            data = await in_thread(self._path(block).read_bytes)
        except OSError:
            self._drop_from_disk(block)
            return None
        if block not in self._on_disk:  # erased, or given up, while it was read
            return None
        self.remember(block, data)
        return data

    def keep(self, block: Block, data: bytes) -> Coroutine[Any, Any, None]:
        """Remember a piece. What is returned writes it to the disk; what is erased before that is
        done does not stay there.
        """
        self.remember(block, data)
        claimed = self._disk > 0 and block not in self._on_disk
        if claimed:
            self._on_disk[block] = len(data)
            self._used[1] += len(data)
        return self._written(block, data, claimed)

    async def _written(self, block: Block, data: bytes, claimed: bool) -> None:
        if not claimed:
            return
        try:
            await in_thread(_write, self._path(block), data)
        except OSError:
            self._drop_from_disk(block)
            return
        if block not in self._on_disk:  # erased meanwhile
            await in_thread(self._path(block).unlink, True)
        await self._trim()

    def remember(self, block: Block, data: bytes) -> None:
        """Have a piece in memory."""
        if block not in self._memory:
            self._memory[block] = data
            self._used[0] += len(data)
            while self._used[0] > MEMORY:
                _, old = self._memory.popitem(last=False)
                self._used[0] -= len(old)

    async def _trim(self) -> None:
        while self._used[1] > self._disk:
            block = next(iter(self._on_disk))
            self._drop_from_disk(block)
            await in_thread(self._path(block).unlink, True)

    def _drop_from_disk(self, block: Block) -> None:
        self._used[1] -= self._on_disk.pop(block, 0)

    def forget(self, shas: Iterable[bytes]) -> None:
        """These contents were erased."""
        gone = set(shas)
        for block in [block for block in self._memory if block.sha in gone]:
            self._used[0] -= len(self._memory.pop(block))
        for block in [block for block in self._on_disk if block.sha in gone]:
            self._drop_from_disk(block)
            self._path(block).unlink(missing_ok=True)

    def _path(self, block: Block) -> Path:
        name = block.sha.hex()
        return self.folder / name[:2] / f"{name[2:]}.{block.gen}.{block.number}"


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    temporary.write_bytes(data)
    temporary.replace(path)


def _found(folder: Path, wanted: bool) -> list[tuple[Block, int]]:
    """The pieces in the folder, the oldest first; what is no piece, or not wanted, is removed."""
    found = []
    for path in folder.glob("*/*"):
        parts = path.name.split(".")
        if not wanted or len(parts) != 3 or not parts[0]:
            path.unlink(missing_ok=True)
            continue
        status = path.stat()
        block = Block(bytes.fromhex(path.parent.name + parts[0]), int(parts[1]), int(parts[2]))
        found.append((status.st_mtime, block, status.st_size))
    return [(block, size) for _, block, size in sorted(found)]
