"""Landlock: a process gives up access to files, TCP and foreign processes for good. A leaf.

Linux 5.13 and newer (docs.kernel.org/userspace-api/landlock.html), called through ctypes; see
docs/decisions/0036. What is not granted is denied, whoever the process runs as. The version (ABI)
tells what the kernel can deny: 1 files; 2 renaming between folders; 3 truncating; 4 TCP; 5 ioctl of
devices; 6 abstract sockets and signals to processes outside.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
"""System calls; the numbers are the same on every architecture."""
_ASK_VERSION, _PATH_BENEATH = 1, 1
_NO_NEW_PRIVS = 38
"""Of prctl(2)."""
EXECUTE, READ_FILE, READ_DIR = 1 << 0, 1 << 2, 1 << 3
_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
"""Version -> all rights on files that it knows: each is denied unless it is granted."""
_TCP = 0b11
"""Binding and connecting."""
_SCOPES = 0b11
"""Abstract sockets and signals."""


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def version() -> int:
    """The kernel's version of Landlock (ABI); 0 where it has none or does not let us use it."""
    if not sys.platform.startswith("linux"):
        return 0
    abi = _libc().syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_ASK_VERSION))
    return max(0, int(abi))


def restrict(readable: Iterable[tuple[Path | int, int]]) -> int:
    """From now on open only what lies in ``readable``: (a path or open descriptor, rights).

    No file can be written, made, renamed or erased, no TCP connection made or taken, no process
    outside be traced (from version 6 on: nor sent a signal). Returns the version in force; 0 where
    the kernel has none. Holds for the calling thread and what it starts: call it before there are
    others. Raises OSError where a kernel that has Landlock refuses.
    """
    abi = version()
    if not abi:
        return 0
    libc = _libc()
    rights = _RIGHTS[max(known for known in _RIGHTS if known <= abi)]
    fields = [rights, *([_TCP] if abi >= 4 else []), *([_SCOPES] if abi >= 6 else [])]
    ruleset = struct.pack(f"={len(fields)}Q", *fields)
    rules = libc.syscall(_CREATE_RULESET, ruleset, ctypes.c_size_t(len(ruleset)), 0)
    if rules < 0:
        raise _refused("landlock_create_ruleset")
    try:
        for what, allowed in readable:
            _grant(libc, rules, what, allowed & rights)
        if libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0):
            raise _refused("prctl")
        if libc.syscall(_RESTRICT_SELF, rules, 0):
            raise _refused("landlock_restrict_self")
    finally:
        os.close(rules)
    return abi


def _grant(libc: ctypes.CDLL, rules: int, what: Path | int, rights: int) -> None:
    """Add one rule; what does not exist is no loss."""
    try:
        place = os.open(what, os.O_PATH | os.O_CLOEXEC) if isinstance(what, Path) else what
    except OSError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(place).st_mode):
            rights &= ~READ_DIR
        rule = struct.pack("=Qi", rights, place)
        if libc.syscall(_ADD_RULE, rules, _PATH_BENEATH, rule, 0):
            raise _refused("landlock_add_rule")
    finally:
        if place is not what:
            os.close(place)


def without(tree: Path, hidden: Path) -> Iterator[Path]:
    """``tree`` if ``hidden`` does not lie in it, else everything in it but ``hidden``."""
    if not hidden.is_relative_to(tree):
        yield tree
    elif tree != hidden:
        on_the_way = tree / hidden.relative_to(tree).parts[0]
        for entry in tree.iterdir():
            if entry == on_the_way:
                yield from without(entry, hidden)
            elif not entry.is_symlink():
                yield entry


def _refused(call: str) -> OSError:
    number = ctypes.get_errno()
    return OSError(number, f"{call}: {os.strerror(number)}")
