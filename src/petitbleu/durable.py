"""Files and folders that survive a power cut: contents and names are on the disk before anybody
relies on them. A leaf.

A name lives in its folder: ``fsync`` of a file does not save it, only that of the folder does
(fsync(2)).
"""

from __future__ import annotations

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Bring a file's contents, or the names in a folder, to the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path, mode: int = 0o700) -> None:
    """Make the folder, with ``mode``, and those above it that are missing; their names are on the
    disk afterwards, also where an earlier start made them and was cut before it synced.
    """
    missing = []
    above = folder
    while not above.is_dir():
        missing.append(above)
        above = above.parent
    for path in reversed(missing):
        path.mkdir(mode=mode if path == folder else 0o777, exist_ok=True)
        sync(path.parent)
    if not missing:
        sync(folder.parent)


def write_file(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Write a small file whole or not at all; on the disk, with its name, when this returns."""
    make_folder(path.parent)
    temporary = path.with_suffix(".new")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC
    with os.fdopen(os.open(temporary, flags, mode), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync(path.parent)
