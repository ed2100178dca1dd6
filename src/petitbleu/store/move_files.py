"""Moving contents of files and keys: from the data folder into a bucket, and back.

Contents are named by their SHA-256, so each is read, hashed, put, read again at the other end and
hashed again; what is there already is not sent twice. They may be copied beforehand while a server
runs: nothing in them is ever changed. The last run, with the server stopped, copies what is new and
compares what is there with the table of contents. The source stays as it is.

Rows of ``setting``: :data:`PLACE` says where contents are from then on; a server that is set to
another place is refused.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from petitbleu.store import settings
from petitbleu.store.api import Store, Tx
from petitbleu.store.migrate import Refused

if TYPE_CHECKING:  # it loads asyncpg, and each start asks here where files lie
    from petitbleu.store.move_sides import Side

PLACE = "files.place"
"""``local``, or the bucket without what is behind the ?. No row: it was never moved."""
LOCAL = "local"
_STEP = 1 << 20


class Content(NamedTuple):
    """One content of a place: SHA-256, generation, bytes."""

    sha: bytes
    gen: int
    size: int


class Place(Protocol):
    """Where contents lie."""

    name: str

    def contents(self) -> AsyncIterator[Content]:
        """All that lie there."""
        ...

    async def read(self, sha: bytes, gen: int, offset: int, limit: int) -> bytes:
        """Bytes of one. Raises BlobMissing."""
        ...

    async def adopt(self, sha: bytes, gen: int, path: Path) -> None:
        """Keep the local file, which is gone afterwards."""
        ...

    async def prepare(self, size: int) -> None:
        """Refuse where ``size`` more bytes cannot be kept, or something else lies here."""
        ...

    async def finish(self) -> None:
        """Everything is here."""
        ...


class Files(NamedTuple):
    """What was moved: contents, and the digest of all of them together (hex)."""

    contents: int
    bytes: int
    digest: str
    copied: int
    """Of them by this run."""


async def copy(source: Place, target: Place, folder: Path, say: Callable[[str], None]) -> Files:
    """Copy every content that is not there. ``folder``: for one content at a time."""
    known = [content async for content in source.contents()]
    await target.prepare(sum(content.size for content in known))
    there = {content async for content in target.contents()}
    copied = 0
    for number, content in enumerate(known):
        if content in there:
            continue
        await _copy_one(source, target, content, folder / "moving")
        copied += 1
        if copied % 1000 == 0:
            say(f"{number + 1} of {len(known)} files")
    return _sum(known)._replace(copied=copied)


def _sum(contents: list[Content]) -> Files:
    total = hashlib.sha256()
    for content in sorted(contents):
        total.update(content.sha + content.gen.to_bytes(8, "big") + content.size.to_bytes(8, "big"))
    size = sum(content.size for content in contents)
    return Files(len(contents), size, total.hexdigest(), 0)


async def _copy_one(source: Place, target: Place, content: Content, path: Path) -> None:
    with path.open("wb") as file:
        async for data in _pieces(source, content):
            file.write(data)
    await _compare(source, content, "was damaged there before")
    await target.adopt(content.sha, content.gen, path)
    await _compare(target, content, "did not arrive as it was")


async def _compare(place: Place, content: Content, wrong: str) -> None:
    digest = hashlib.sha256()
    async for data in _pieces(place, content):
        digest.update(data)
    if digest.digest() != content.sha:
        raise Refused(f"The file {content.sha.hex()} of {place.name} {wrong}: the move stops here.")


async def _pieces(place: Place, content: Content) -> AsyncIterator[bytes]:
    for offset in range(0, content.size, _STEP):
        yield await place.read(content.sha, content.gen, offset, _STEP)


async def compare(side: Side, target: Place) -> Files:
    """Whether every content that the database knows is there. Raises Refused."""
    table = next(table for table in await side.tables() if table.name == "blob")
    places = [table.columns.index(name) for name in ("sha", "gen", "size", "state")]
    there, known = {content async for content in target.contents()}, []
    async for rows in side.rows(table):
        for row in rows:
            sha, gen, size, state = (row[place] for place in places)
            if state != 1:
                known.append(Content(bytes(sha), gen, size))
    missing = [content for content in known if content not in there]
    if missing:
        raise Refused(
            f"{len(missing)} files that the database knows are not in {target.name}, the first is"
            f" {missing[0].sha.hex()}: nothing was changed."
        )
    return _sum(known)


def copy_keys(source: Path, target: Path) -> int:
    """Copy the key folder; how many files. Raises Refused where other keys are there."""
    files = sorted(path for path in source.iterdir() if path.is_file())
    if not files:
        raise Refused(f"There are no keys in {source}.")
    target.mkdir(0o700, parents=True, exist_ok=True)
    ours = {path.name: path.read_bytes() for path in files}
    for path in target.iterdir():
        if path.name not in ours or path.read_bytes() != ours[path.name]:
            raise Refused(f"{target} is not empty: keys are never written over.")
    for name, data in ours.items():
        path = target / name
        path.touch(0o600)
        path.write_bytes(data)
    if {path.name: path.read_bytes() for path in target.iterdir()} != ours:
        raise Refused(f"The keys did not arrive in {target} as they were.")
    return len(ours)


async def check(store: Store, place: str, *, return_to: bool = False) -> None:
    """At a start: refuse a server that is set to another place than the one contents were moved to.
    ``return_to``: from now on they are where it is set to.
    """
    row = await store.row(settings.LOAD, name=PLACE)
    known = row.value.decode() if row is not None else ""
    if not known or known == place:
        return
    if not return_to:
        raise Refused(
            f"The files of this instance were moved to {_words(known)}, and cluster.blobs is set to"
            f" {_words(place)}. Set it to the place they were moved to; or, if the move was a"
            " mistake, start once with --i-know."
        )
    await store.write(_set_place, place)


async def _set_place(tx: Tx, place: str) -> None:
    await tx.run(settings.SET, name=PLACE, value=place.encode())


def _words(place: str) -> str:
    return "the data folder (empty)" if place == LOCAL else place


def place_of(blobs: str) -> str:
    """``cluster.blobs`` as :data:`PLACE` says it."""
    return blobs.partition("?")[0].rstrip("/") or LOCAL


def line(source: str, target: str, files: int) -> bytes:
    """What the desk's log is told of a move of contents alone."""
    return json.dumps({"source": source, "target": target, "rows": files}).encode()


def has_room(folder: Path, size: int) -> bool:
    """Whether ``size`` more bytes fit on the disk of ``folder``."""
    return shutil.disk_usage(folder).free > size
