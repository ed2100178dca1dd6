"""The lock on a data directory."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from petitbleu.durable import make_folder
from petitbleu.store.migrate import Refused


class InUse(Refused):
    """Another process holds the lock now."""


class DataLock:
    """The lock on a data directory (``DIR/lock``): no second process ever writes, unless both are
    workers that share it.
    """

    __slots__ = ("_file",)

    def __init__(self, data: Path, *, shared: bool = False) -> None:
        """Take the lock; raises InUse where another process holds it."""
        make_folder(data)
        self._file = os.open(data / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError:
            os.close(self._file)
            raise InUse(
                f"{data} is in use by another petitbleu process. Stop it first, or talk to it."
            ) from None

    def release(self) -> None:
        """Give the lock back (the end of the process does it too)."""
        os.close(self._file)
