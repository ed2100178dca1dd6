"""What is known of a file from the parts that have come, and which further part fits.

The size of a file's parts is not told: it is that of the first part, unless a larger one follows;
then the first was the file's last one and moves to its place. Every part but the last has the same
size, which divides 512 KiB and is a multiple of 1 KiB (core.telegram.org/api/files).
"""

from __future__ import annotations

from petitbleu.blobs.api import MAX_PART, Unfit


class Shape:
    """The sizes and numbers of an upload's parts."""

    __slots__ = ("count", "highest", "last", "last_size", "part_size", "total")

    def __init__(
        self,
        part_size: int = 0,
        total: int = -1,
        last: int = -1,
        last_size: int = 0,
        count: int = 0,
        highest: int = -1,
    ) -> None:
        self.part_size = part_size
        self.total = total
        """How many parts there will be, where that was said."""
        self.last = last
        """Number of the part that is smaller than the others, once it has come."""
        self.last_size = last_size
        self.count = count
        """How many parts have come."""
        self.highest = highest
        """The highest number of a part that has come."""

    def admit(self, part: int, size: int, total: int, known: bool) -> bool:
        """Note a part of ``size`` bytes (``known``: one of its number has come before), or raise
        Unfit. Whether the one part that came before it turns out to be the file's last, smaller
        one, which therefore lies elsewhere in the file than was thought.
        """
        moved = self._admit(part, size, total, known)
        if not known:
            self.count += 1
        self.highest = max(self.highest, part)
        return moved

    def _admit(self, part: int, size: int, total: int, known: bool) -> bool:
        if total >= 0:
            if part >= total or (self.last >= 0 and self.last != total - 1):
                raise Unfit("invalid")
            if self.highest >= total:
                raise Unfit("invalid")
            self.total = total
        regular = size % 1024 == 0 and MAX_PART % size == 0
        if not self.part_size:
            self.part_size = size
            if not regular:
                self.last, self.last_size = part, size
            return False
        if part == self.last and size == self.last_size:
            return False
        if size == self.part_size and regular:
            if self.last >= 0 and part >= self.last:
                raise Unfit("invalid")
            return False
        if size > self.part_size:
            self._grow(part, size, regular)
            return True
        at_end = self.total < 0 or part == self.total - 1
        if self.last >= 0 or not at_end or part < self.highest or known:
            raise Unfit("changed" if regular else "size")
        self.last, self.last_size = part, size
        return False

    def _grow(self, part: int, size: int, regular: bool) -> None:
        """A larger part than all before: then the one before was the last of the file."""
        if not regular:
            raise Unfit("size")
        if self.count != 1 or part >= self.highest:
            raise Unfit("changed")
        self.last, self.last_size = self.highest, self.part_size
        self.part_size = size

    def size_of(self, parts: int) -> int:
        """Bytes of the file of ``parts`` parts, all of which have come. Raises Unfit."""
        if self.highest != parts - 1 or (self.last >= 0 and self.last != parts - 1):
            raise Unfit("invalid")
        if self.last >= 0:
            return (parts - 1) * self.part_size + self.last_size
        return parts * self.part_size
