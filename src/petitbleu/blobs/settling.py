"""Bytes of a growing file are brought to the disk as they come, a part at a time.

Left to itself the kernel keeps hundreds of megabytes and hands them to the disk all at once; the
commit of a message, which waits for the same disk (and on ext4 for the file's bytes themselves, if
both are in one commit of its journal), then takes a quarter of a second. Whoever sends a file is
answered when its part is there, and so sends no faster than the disk writes.

Not a promise that the bytes survive: the file's own records are not written (``fsync`` does that
once, at the end, and finds little left to do).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Callable

_WRITE, _WAIT_AFTER = 2, 4
"""SYNC_FILE_RANGE_WRITE and _WAIT_AFTER of sync_file_range(2)."""


def _found() -> Callable[[int, int, int, int], int] | None:
    if sys.platform != "linux":
        return None
    try:
        call = ctypes.CDLL(None).sync_file_range
    except (OSError, AttributeError):
        return None
    call.argtypes = [ctypes.c_int, ctypes.c_int64, ctypes.c_int64, ctypes.c_uint]
    call.restype = ctypes.c_int
    made: Callable[[int, int, int, int], int] = call
    return made


_sync_file_range = _found()


def settle(fd: int, offset: int, size: int) -> None:
    """Write these bytes of the file out and wait for the disk. Never fails: a fault of the disk is
    found by ``fsync``. Only from a thread: it takes as long as the disk does.
    """
    if _sync_file_range is not None:
        # ctypes gives the GIL free during the call.
        _sync_file_range(fd, offset, size, _WRITE | _WAIT_AFTER)
    elif hasattr(os, "posix_fadvise"):
        # Begins to write, and waits for nothing.
        with contextlib.suppress(OSError):
            os.posix_fadvise(fd, offset, size, os.POSIX_FADV_DONTNEED)
