"""A folder becomes one ZIP file, a file at a time. What is packed leaves the folder, so that both
together take the room of one.
"""

from __future__ import annotations

import os
import shutil
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from petitbleu.durable import sync

_PACKED = frozenset({".json"})
"""Endings of files that get smaller; pictures, sounds and videos are small already."""

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC


class Packing:
    """A folder on its way into ``to``, which exists only once it is whole."""

    def __init__(self, folder: Path, to: Path) -> None:
        self._folder = folder
        self._to = to
        self._part = to.with_suffix(".part")
        self._zip: zipfile.ZipFile | None = None
        self._left: Iterator[Path] = iter(())

    def step(self, seconds: float) -> int:
        """Go on for about so long; the size of the file once it is whole, else 0. Raises OSError.
        Only from a thread.
        """
        until = time.monotonic() + seconds
        if self._zip is None:
            opened = os.fdopen(os.open(self._part, _NEW, 0o600), "wb")
            self._zip = zipfile.ZipFile(opened, "w", zipfile.ZIP_STORED, allowZip64=True)
            self._left = _files(self._folder)
        for path in self._left:
            how = zipfile.ZIP_DEFLATED if path.suffix in _PACKED else zipfile.ZIP_STORED
            self._zip.write(path, str(path.relative_to(self._folder)), compress_type=how)
            path.unlink()
            if time.monotonic() >= until:
                return 0
        return self._finish(self._zip)

    def _finish(self, packed: zipfile.ZipFile) -> int:
        below = packed.fp
        packed.close()
        if below is not None:
            below.close()
        sync(self._part)
        self._part.replace(self._to)
        sync(self._to.parent)
        shutil.rmtree(self._folder)
        return self._to.stat().st_size

    def close(self) -> None:
        """Give up."""
        if self._zip is not None and self._zip.fp is not None:
            below, self._zip.fp = self._zip.fp, None
            below.close()


def _files(folder: Path) -> Iterator[Path]:
    """All files below, the text first: a broken download has that."""
    for above, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            yield Path(above) / name
