"""The Merkle tree of RFC 6962, section 2.1, over leaf hashes: roots, proofs, and checking them.

A tree that grows is kept as its *edge*: the roots of its full subtrees from left to right (as many
as the size has one-bits), from which the next root follows without the leaves before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

EMPTY = hashlib.sha256(b"").digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Edge:
    """A growing tree. ``size`` leaves; ``roots`` of its full subtrees, largest first."""

    __slots__ = ("roots", "size")

    def __init__(self, size: int = 0, roots: Sequence[bytes] = ()) -> None:
        if len(roots) != size.bit_count():
            raise ValueError("the edge does not fit the size")
        self.size = size
        self.roots = list(roots)

    def add(self, leaf: bytes) -> None:
        """One more leaf hash."""
        self.roots.append(leaf)
        self.size += 1
        for _ in range((self.size & -self.size).bit_length() - 1):
            right = self.roots.pop()
            self.roots.append(node(self.roots.pop(), right))

    def root(self) -> bytes:
        """The hash of the whole tree."""
        if not self.roots:
            return EMPTY
        digest = self.roots[-1]
        for left in reversed(self.roots[:-1]):
            digest = node(left, digest)
        return digest


def _split(size: int) -> int:
    """The largest power of two below ``size``."""
    return 1 << ((size - 1).bit_length() - 1)


class Tree:
    """All full subtrees over these leaf hashes (twice their memory): many proofs in little time."""

    __slots__ = ("_levels", "size")

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self.size = len(leaves)
        self._levels = [list(leaves)]
        while len(self._levels[-1]) > 1:
            below = self._levels[-1]
            pairs = range(0, len(below) - 1, 2)
            self._levels.append([node(below[at], below[at + 1]) for at in pairs])

    def root(self, first: int = 0, end: int | None = None) -> bytes:
        """The hash of the tree over leaves ``first`` to ``end`` (default: all)."""
        end = self.size if end is None else end
        size = end - first
        if size == 0:
            return EMPTY
        if size & (size - 1) == 0 and first % size == 0:
            return self._levels[size.bit_length() - 1][first // size]
        half = first + _split(size)
        return node(self.root(first, half), self.root(half, end))

    def inclusion(self, index: int) -> list[bytes]:
        """The path that proves leaf ``index`` to be in the tree (RFC 6962, 2.1.1)."""
        if not 0 <= index < self.size:
            raise IndexError(index)
        path: list[bytes] = []
        first, end = 0, self.size
        while end - first > 1:
            half = first + _split(end - first)
            if index < half:
                path.append(self.root(half, end))
                end = half
            else:
                path.append(self.root(first, half))
                first = half
        return path[::-1]

    def consistency(self, size: int) -> list[bytes]:
        """The nodes that prove the tree of the first ``size`` leaves to be a beginning of this one
        (RFC 6962, 2.1.2).
        """
        if not 0 < size <= self.size:
            raise IndexError(size)
        path: list[bytes] = []
        first, end, whole = 0, self.size, True
        while size != end:
            half = first + _split(end - first)
            if size <= half:
                path.append(self.root(half, end))
                end = half
            else:
                path.append(self.root(first, half))
                first, whole = half, False
        if not whole:
            path.append(self.root(first, end))
        return path[::-1]


def growth(size: int, roots: Sequence[bytes], leaves: Sequence[bytes]) -> list[bytes]:
    """:meth:`Tree.consistency` from the edge of the first ``size`` leaves (:class:`Edge`) and the
    ``leaves`` that came after.
    """
    if not size:
        raise IndexError(size)
    known: dict[tuple[int, int], bytes] = {}
    at = 0
    for root in roots:
        width = 1 << ((size - at).bit_length() - 1)
        known[at, at + width] = root
        at += width

    def subtree(first: int, end: int) -> bytes:
        if end <= size:
            return known[first, end]
        edge = Edge()
        for leaf in leaves[first - size : end - size]:
            edge.add(leaf)
        return edge.root()

    path: list[bytes] = []
    first, end = 0, size + len(leaves)
    while size != end:
        half = first + _split(end - first)
        if size <= half:
            path.append(subtree(half, end))
            end = half
        else:
            path.append(subtree(first, half))
            first = half
    if first:
        path.append(subtree(first, end))
    return path[::-1]


def included(leaf: bytes, index: int, size: int, path: Sequence[bytes], tree: bytes) -> bool:
    """Whether ``path`` proves ``leaf`` at ``index`` in the tree of ``size`` with this root
    (RFC 9162, 2.1.3.2).
    """
    if not 0 <= index < size:
        return False
    at, last, digest = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            digest = node(step, digest)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            digest = node(digest, step)
        at, last = at >> 1, last >> 1
    return last == 0 and digest == tree


def consistent(
    first: int, second: int, path: Sequence[bytes], first_root: bytes, second_root: bytes
) -> bool:
    """Whether ``path`` proves that the tree of ``second`` leaves continues that of ``first``
    (RFC 9162, 2.1.4.2).
    """
    if not 0 < first <= second:
        return False
    if first == second:
        return not path and first_root == second_root
    steps = list(path)
    if first & (first - 1) == 0:
        steps.insert(0, first_root)
    if not steps:
        return False
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node(step, old), node(step, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node(new, step)
        at, last = at >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root
