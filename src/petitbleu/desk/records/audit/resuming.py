"""Whether the log goes on from what is known of it outside, at a start; and going on once two
people have signed why it does not.

Known are the heads that lie outside (``outside.py``). Besides, the database and the data folder
each count the starts, and the database knows its file: one that was copied back alone, or the whole
folder, is noticed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from petitbleu import jobs
from petitbleu.app import App
from petitbleu.desk.records.audit import outside, service, standing
from petitbleu.desk.records.audit import queries as q
from petitbleu.desk.records.audit.queries import HoldRow
from petitbleu.desk.records.audit.standing import Hold
from petitbleu.durable import write_file
from petitbleu.store import counters, settings
from petitbleu.store.api import Reader, Tx

PLACE = "place.json"
_LOST = (standing.BEHIND, standing.OTHER)

# ── looking ─────────────────────────────────────────────────────────────────────────────────────


async def look(app: App) -> Hold | None:
    """What is wrong with the log or its place against what is known outside; None: nothing."""
    known = max(outside.known(app), default=None)
    hold = await _differs(app, known) if known is not None else None
    if hold is None and await _is_copied(app):
        return _hold(app, standing.COPIED, await _size(app.store), known)
    return hold


async def _differs(app: App, known: outside.Known) -> Hold | None:
    """Whether the log does not go on from a head; those of before a loss that two people have
    signed do not matter any more.
    """
    losses = app.parts[standing.LOSSES]
    if known.name < losses:
        return None
    size = await _size(app.store)
    if known.size > size or known.name > losses:
        return _hold(app, standing.BEHIND, size, known)
    row = await app.store.row(q.SIGNED_AT, size=known.size)
    if row is None or row.root != known.root:
        return _hold(app, standing.OTHER, size, known)
    return None


def _hold(app: App, why: str, size: int, known: outside.Known | None) -> Hold:
    now = int(app.clock.now())
    if known is None:
        return Hold(now, why, size, 0, "", "", "")
    return Hold(now, why, size, known.size, known.root.hex(), "", "")


async def _size(reader: Reader) -> int:
    row = await reader.row(q.HEAD)
    return row.size if row is not None else 0


async def resets(reader: Reader) -> tuple[int, ...]:
    """When a backup was restored, or the desk began to stand still, by lines of the log."""
    rows = await reader.rows(q.OF_SUBJECT, subject=standing.SUBJECT, before=1 << 60, limit=1000)
    return tuple(
        row.at
        for row in rows
        if row.action == standing.RESTORE
        or (row.action == standing.HOLD and "why" in json.loads(row.data))
    )


async def _losses(reader: Reader) -> int:
    """How often people signed, by lines of the log, that heads do not fit any more."""
    rows = await reader.rows(q.OF_SUBJECT, subject=standing.SUBJECT, before=1 << 60, limit=1000)
    accepted = [json.loads(row.data) for row in rows if row.action == standing.ACCEPT]
    return sum(line.get("why") in _LOST for line in accepted)


# ── the place ───────────────────────────────────────────────────────────────────────────────────


class Place(NamedTuple):
    """What database or folder say of the last start. ``done``: it got through."""

    starts: int
    file: int
    done: bool


def _file_number(app: App) -> int:
    """What the system calls the file of the database; 0 where it is none."""
    return Path(app.store.place).stat().st_ino if app.store.dialect == "sqlite" else 0


def _of_folder(app: App) -> Place | None:
    try:
        said = json.loads((app.config.data / PLACE).read_bytes())
        return Place(int(said["starts"]), 0, bool(said["done"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


async def _of_database(reader: Reader) -> Place | None:
    row = await reader.row(settings.LOAD, name=counters.PLACE)
    if row is None:
        return None
    said = json.loads(row.value)
    return Place(said["starts"], said["file"], True)


async def _is_copied(app: App) -> bool:
    """Whether database and folder are not those that ran together last."""
    folder, database = _of_folder(app), await _of_database(app.store)
    if database is None:  # a new one, a restored one, or one of an earlier release
        return folder is not None
    if folder is None or database.file != _file_number(app):
        return True
    if folder.done:
        return folder.starts != database.starts
    return folder.starts - database.starts not in (0, 1)


async def _settle_place(app: App) -> None:
    """Count this start: in the folder, in the database, and in the folder that it got through."""
    folder, database = _of_folder(app), await _of_database(app.store)
    starts = 1 + max(place.starts if place is not None else 0 for place in (folder, database))
    path: Path = app.config.data / PLACE
    write_file(path, json.dumps({"starts": starts, "done": False}).encode())
    value = json.dumps({"starts": starts, "file": _file_number(app)}).encode()
    await app.store.write(_keep_place, value)
    write_file(path, json.dumps({"starts": starts, "done": True}).encode())


async def _keep_place(tx: Tx, value: bytes) -> None:
    await tx.run(settings.SET, name=counters.PLACE, value=value)


# ── standing still, and going on ────────────────────────────────────────────────────────────────


async def begin(app: App) -> Hold | None:
    """At a start: see whether the log goes on from what is known; why the desk stands still."""
    app.parts[standing.LOSSES] = await _losses(app.store)
    row = await app.store.row(q.OPEN_HOLD)
    hold = _of_row(row) if row is not None else await look(app)
    if hold is not None and row is None:
        await app.store.write(_open, app, hold)
    await _settle_place(app)
    if hold is not None:
        await _stand_still(app, hold)
    return hold


async def confront(app: App, known: outside.Known) -> bool:
    """Compare with a head that came from elsewhere and verifies under the key of this log; whether
    the desk stands still now because of it.
    """
    hold = await _differs(app, known) if standing.held(app) is None else None
    if hold is None:
        return False
    await app.store.write(_open, app, hold)
    await _stand_still(app, hold)
    app.parts[standing.RESETS] = await resets(app.store)
    return True


async def _stand_still(app: App, found: Hold) -> None:
    app.parts[standing.HELD] = found
    app.log.warning("desk.stands_still", why=str(found.refusal()))
    await app.store.write(_tell, int(app.clock.now()))


async def _tell(tx: Tx, now: int) -> None:
    await jobs.schedule(tx, standing.TellHeld(), due=now, key="held")


async def _open(tx: Tx, app: App, found: Hold) -> None:
    said = {"size": found.size, "known": found.known, "root": found.root}
    await counters.skip_live(tx)  # what was given out since must not be given out again
    await tx.run(q.HOLD, at=found.at, why=found.why, said=json.dumps(said))
    await service.append(
        tx, app, "system", standing.HOLD, standing.SUBJECT, {"why": found.why} | said
    )


def _of_row(row: HoldRow) -> Hold:
    said: dict[str, Any] = json.loads(row.said)
    return Hold(row.at, row.why, said["size"], said["known"], said["root"], row.first, row.reason)


async def sign(app: App, actor: str, reason: str, *, alone: bool, marked: bool = False) -> bool:
    """One signs why the log is as it is; whether the desk goes on. ``alone``: there is nobody else
    who could sign; ``marked``: nobody whom the first had not brought to the desk.

    Raises Held where the same person signs twice, LookupError where the desk does not stand still.
    """
    hold = standing.held(app)
    if hold is None:
        raise LookupError("the desk does not stand still")
    if hold.first == actor:
        raise hold.refusal()
    if not hold.first and not alone:
        app.parts[standing.HELD] = hold._replace(first=actor, reason=reason)
        await app.store.write(_first, app, hold, actor, reason)
        return False
    await app.store.write(_accept, app, hold, actor, reason, marked)
    app.parts[standing.LOSSES] = await _losses(app.store)
    app.parts[standing.HELD] = None
    return True


async def _first(tx: Tx, app: App, found: Hold, actor: str, reason: str) -> None:
    now = int(app.clock.now())
    await tx.run(q.HOLD_FIRST, at=found.at, first=actor, reason=reason, now=now)
    await service.append(
        tx, app, actor, standing.HOLD, standing.SUBJECT, {"signed": 1, "reason": reason}
    )


async def _accept(tx: Tx, app: App, found: Hold, actor: str, reason: str, marked: bool) -> None:
    now = int(app.clock.now())
    await tx.run(q.HOLD_END, at=found.at, second=actor, now=now)
    said = {
        "why": found.why,
        "known": found.known,
        "root": found.root,
        "first": found.first,
        "reasons": [text for text in (found.reason, reason) if text],
    }
    if marked:
        said["marked"] = "invited"
    await service.append(tx, app, actor, standing.ACCEPT, standing.SUBJECT, said)
