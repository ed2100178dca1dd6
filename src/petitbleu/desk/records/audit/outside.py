"""Heads outside the database: files in a folder, each written once its commit is on the disk.

The folder is ``[desk] heads``, else ``DATA/heads``. Whoever keeps it elsewhere (another disk,
another machine) can tell that database and folder were rolled back together. Any head may be put
there, also one out of a mail: a file that does not verify under the key of this log is reported and
ignored.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from petitbleu import keyring
from petitbleu.app import App
from petitbleu.desk.records.audit import keyed, notes
from petitbleu.durable import write_file

KEPT = 400
"""Files that stay."""
_LARGEST = 65_536
_END = ".head"


class Known(NamedTuple):
    """A head that lies outside."""

    size: int
    root: bytes


def folder(app: App) -> Path:
    """Where heads are written to."""
    wanted = app.config.desk.heads
    return Path(wanted) if wanted else app.config.data / "heads"


def known(app: App) -> list[Known]:
    """The heads in the folder, as far as they verify under the key of this log."""
    place = folder(app)
    if not place.is_dir() or not (app.config.data / keyring.FOLDER / keyed.KEY).exists():
        return []
    public, found = keyed.key(app).public_key(), []
    for path in sorted(place.iterdir()):
        if not path.is_file() or path.name.endswith(".new"):
            continue
        try:
            with path.open("rb") as file:
                note = file.read(_LARGEST).decode()
            head = notes.check(note, note.partition("\n")[0], public)
        except (OSError, UnicodeDecodeError, notes.BadNote):
            app.log.warning("audit.foreign_head", file=path.name)
        else:
            found.append(Known(head.size, head.root))
    return found


def write(app: App, size: int, note: str) -> None:
    """Write a head that is in the database for good; the oldest files go."""
    place = folder(app)
    write_file(place / f"{size:012}{_END}", note.encode())
    ours = sorted(path for path in place.glob(f"*{_END}") if path.stem.isdigit())
    for path in ours[:-KEPT]:
        path.unlink(missing_ok=True)
