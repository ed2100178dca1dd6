"""Heads outside the database: files in a folder, each written once its commit is on the disk.

The folder is ``[desk] heads``, else ``DATA/heads``. Whoever keeps it elsewhere (another disk,
another machine) can tell that database and folder were rolled back together. Any head may be put
there, also one out of a mail: a file that does not verify under the key of this log is reported and
ignored.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from petitbleu.app import App
from petitbleu.desk.records.audit import keyed, notes, standing
from petitbleu.durable import write_file

KEPT = 400
"""Files that stay."""
_LARGEST = 65_536
_END = ".head"


class Known(NamedTuple):
    """A head that lies outside. ``name``: how often the log went on from a loss (``heads.origin``):
    a later log comes after all heads of the one before.
    """

    name: int
    size: int
    root: bytes


def folder(app: App) -> Path:
    """Where heads are written to."""
    wanted = app.config.desk.heads
    return Path(wanted) if wanted else app.config.data / "heads"


def known(app: App) -> list[Known]:
    """The heads in the folder, as far as they verify under the key of this log."""
    place = folder(app)
    if not place.is_dir() or not (app.config.keys_folder / keyed.KEY).exists():
        return []
    heads = []
    for path in sorted(place.iterdir()):
        if not path.is_file() or path.name.endswith(".new"):
            continue
        try:
            with path.open("rb") as file:
                head = read(app, file.read(_LARGEST).decode())
        except (OSError, UnicodeDecodeError):
            head = None
        if head is None:
            app.log.warning("audit.foreign_head", file=path.name)
        else:
            heads.append(head)
    return heads


def read(app: App, note: str) -> Known | None:
    """A signed note; None where it is no head that verifies under the key of this log."""
    try:
        head = notes.check(note, note.partition("\n")[0], keyed.key(app).public_key())
    except notes.BadNote:
        return None
    return Known(standing.number_of(head.origin), head.size, head.root)


def write(app: App, size: int, note: str) -> None:
    """Write a head that is in the database for good; the oldest files go."""
    place, losses = folder(app), app.parts[standing.LOSSES]
    name = f"{losses + 1:03}-{size:012}" if losses else f"{size:012}"
    write_file(place / f"{name}{_END}", note.encode())
    ours = [path for path in place.glob(f"*{_END}") if path.stem.replace("-", "").isdigit()]
    ours.sort(key=lambda path: path.stem.rjust(16, "0"))
    for path in ours[:-KEPT]:
        path.unlink(missing_ok=True)
