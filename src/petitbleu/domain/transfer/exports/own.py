"""A copy of one's own data, asked for by oneself: made by a job, kept for two days behind one's own
session, then deleted.

Whoever steals a login would like that too. So the second password is asked for where there is one;
else the login must be a day old (``takeout_delay_hours``), and the service chat tells all devices.
"""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import NamedTuple

from petitbleu import jobs
from petitbleu.app import Actor, App, Part
from petitbleu.blobs.threads import in_thread
from petitbleu.domain.access.devices import service as devices
from petitbleu.domain.access.password import service as password
from petitbleu.domain.access.password.service import Proof
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.transfer.exports import queries as q
from petitbleu.domain.transfer.exports import texts
from petitbleu.domain.transfer.exports.packing import Packing
from petitbleu.domain.transfer.exports.queries import OwnRow
from petitbleu.domain.transfer.exports.running import Exporter
from petitbleu.durable import make_folder
from petitbleu.errors import Fault, StoreUnavailable
from petitbleu.jobs import Job
from petitbleu.store.api import Tx

FOLDER = "exports"
MAKING, READY, FAILED = range(3)
"""``state`` of a row."""
KEPT_SECONDS = 2 * 86_400
PAUSE_SECONDS = 86_400
"""Between two copies."""
RETRY_SECONDS = 3_600
"""After one that failed."""
STEP_SECONDS = 1.0
_SAID = ("started", "ready", "failed")
_MASK = (1 << 63) - 1


class Make(Job, tag="exports.make", frozen=True):
    """The copy ``id`` of ``account`` is made, a step at a time."""

    account: int
    id: int


class Drop(Job, tag="exports.drop", frozen=True):
    """Its file goes."""

    account: int
    id: int


class Making(NamedTuple):
    """A copy on its way: written to a folder, then packed."""

    exporter: Exporter
    packing: Packing


UNDER_WAY: Part[dict[int, Making]] = Part(lambda _: {})
"""By the number of the copy. What a crash interrupts begins anew."""


def file_of(app: App, id: int) -> Path:
    """Where the copy lies once it is ready."""
    return app.config.data / FOLDER / f"{id:016x}.zip"


def next_at(row: OwnRow) -> int:
    """Unix second from which another can be asked for."""
    return row.asked_at + (RETRY_SECONDS if row.state == FAILED else PAUSE_SECONDS)


async def load(app: App, account: int) -> OwnRow | None:
    """The newest copy of somebody, if it is being made, there, or failed of late."""
    row = await app.store.row(q.OWN, account=account)
    return row if row is not None and await _is_of_use(app, row) else None


async def _is_of_use(app: App, row: OwnRow) -> bool:
    """Not one that is over, or whose file is gone: backups do not hold these files."""
    if row.state != READY:
        return True
    return row.expires_at > app.clock.now() and await in_thread(file_of(app, row.id).is_file)


async def start(app: App, me: Actor, proof: Proof | None) -> OwnRow:
    """Begin a copy; the one under way, or of the last day, where there is one.

    Raises PASSWORD_HASH_INVALID, SRP_ID_INVALID, SRP_PASSWORD_CHANGED; TAKEOUT_INIT_DELAY_X
    (seconds) where no password is set and the login is too young.
    """
    now = int(app.clock.now())
    before = await app.store.row(q.OWN, account=me.id)
    waits = before is not None and (before.state == MAKING or next_at(before) > now)
    if before is not None and waits and await _is_of_use(app, before):
        return before
    device = await _prove(app, me, proof, now)
    number = int.from_bytes(app.random(8), "big") >> 1 or 1
    begun = await app.store.write(_begin, me.id, number, before, now)
    row = await app.store.row(q.OWN, account=me.id)
    if row is None:
        raise Fault("AUTH_KEY_UNREGISTERED")  # the account was deleted meanwhile
    if begun:
        await _tell(app, row, "started", device=device)
    return row


async def _prove(app: App, me: Actor, proof: Proof | None, now: int) -> str:
    """Somebody may ask for it; by which device."""
    login = await devices.of_auth(app.store, me.auth)
    if login is None:
        raise Fault("AUTH_KEY_UNREGISTERED")
    if await password.is_set(app.store, me.id):
        await password.check(app, me.id, proof)
    else:
        hours = 0 if app.config.dev else app.config.takeout_delay_hours
        left = login.created_at + hours * 3600 - now
        if left > 0:
            raise Fault("TAKEOUT_INIT_DELAY_X", left)
    return " ".join(login.device.split())


async def _begin(tx: Tx, account: int, number: int, before: OwnRow | None, now: int) -> bool:
    if before is not None:
        await tx.run(q.OWN_DROP, account=account, id=before.id)
        await _drop_later(tx, account, before.id, now)
    if not await tx.run(q.OWN_BEGIN, account=account, id=number, now=now):
        return False  # another device was first
    await jobs.schedule(tx, Make(account=account, id=number), due=now, key=str(account))
    return True


async def _drop_later(tx: Tx, account: int, id: int, due: int) -> None:
    await jobs.schedule(tx, Drop(account=account, id=id), due=due, key=str(id))


async def make(app: App, account: int, id: int) -> bool:
    """One step; whether there is more to do."""
    row = await app.store.row(q.OWN, account=account)
    if row is None or row.id != id:
        await delete(app, account, id)
        return False
    if row.state == READY:
        await _tell(app, row, "ready", until=row.expires_at)
        return False
    if row.state == FAILED:
        await _tell(app, row, "failed")
        return False
    try:
        size = await _step(app, account, id)
    except StoreUnavailable:
        raise
    except Exception:
        app.log.exception("export.failed", account=account)
        await _remove(app, id)
        await app.store.background(_end, row, FAILED, 0, 0)
        return True
    if size:
        expires = int(app.clock.now()) + KEPT_SECONDS
        await app.store.background(_end, row, READY, size, expires)
    return True


async def _step(app: App, account: int, id: int) -> int:
    """Bytes of the file once it is whole, else 0. Raises OSError."""
    under_way = app.parts[UNDER_WAY]
    making = under_way.get(id)
    if making is None:
        await _remove(app, id)
        making = under_way[id] = await _opened(app, account, id)
    await _check_room(app)
    exporter = making.exporter
    if not exporter.finished:
        await exporter.step(STEP_SECONDS)
        counts = {name: getattr(exporter, name) for name in ("chats", "messages", "files")}
        counts["all_chats"] = exporter.all_chats
        await app.store.background(_note, account, id, counts)
        return 0
    # Not one of the threads that files of messages wait for.
    size = await asyncio.to_thread(making.packing.step, STEP_SECONDS)
    if size:
        under_way.pop(id)
    return size


async def _opened(app: App, account: int, id: int) -> Making:
    to = file_of(app, id)
    await in_thread(make_folder, to.parent)
    folder = to.with_suffix(".making")
    return Making(Exporter(app, account, folder), Packing(folder, to))


async def _check_room(app: App) -> None:
    free = (await in_thread(shutil.disk_usage, app.config.data)).free
    if free < app.config.storage.reserve_bytes:
        raise OSError(28, "less than reserve_bytes is free", str(app.config.data))


async def _note(tx: Tx, account: int, id: int, counts: dict[str, int]) -> None:
    await tx.run(q.OWN_PROGRESS, account=account, id=id, **counts)


async def _end(tx: Tx, row: OwnRow, state: int, size: int, expires: int) -> None:
    ended = await tx.run(
        q.OWN_END, account=row.account, id=row.id, state=state, size=size, expires_at=expires
    )
    if ended and state == READY:
        await _drop_later(tx, row.account, row.id, expires)


async def _tell(app: App, row: OwnRow, what: str, *, device: str = "", until: int = 0) -> None:
    """Tell all devices, once for each copy and ``what``."""
    person = await accounts.get(app, row.account)
    if person is None:
        return
    said = texts.notice(app.config, person.lang, what, device=device, until=until)
    once = (row.id + _SAID.index(what)) & _MASK
    await messages.send_service(app, row.account, said, once=once, find=False)


async def delete(app: App, account: int, id: int) -> None:
    """The copy goes, whatever has come of it."""
    await _remove(app, id)
    await app.store.background(_drop, account, id)


async def _drop(tx: Tx, account: int, id: int) -> None:
    await tx.run(q.OWN_DROP, account=account, id=id)


async def _remove(app: App, id: int) -> None:
    """Nothing of it is left on the disk."""
    making = app.parts[UNDER_WAY].pop(id, None)
    if making is not None:
        making.exporter.close()
        making.packing.close()
    await in_thread(_unlink, file_of(app, id))


def _unlink(to: Path) -> None:
    shutil.rmtree(to.with_suffix(".making"), ignore_errors=True)
    for path in (to.with_suffix(".part"), to):
        path.unlink(missing_ok=True)


async def forget(tx: Tx, account: int, now: int) -> None:
    """The account is gone: so is its copy, soon."""
    row = await tx.row(q.OWN, account=account)
    if row is not None:
        await tx.run(q.OWN_DROP, account=account, id=row.id)
        await _drop_later(tx, account, row.id, now)


async def sweep(app: App) -> int:
    """Delete files that belong to no copy (a backup was put back, say); how many."""
    names = await in_thread(_names, app.config.data / FOLDER)
    if not names:
        return 0
    present = {row.id for row in await app.store.rows(q.OWN_PRESENT, ids=list(names))}
    stray = names - present - app.parts[UNDER_WAY].keys()
    for id in stray:
        await _remove(app, id)
    return len(stray)


def _names(folder: Path) -> set[int]:
    found: set[int] = set()
    for path in folder.iterdir() if folder.is_dir() else ():
        try:
            found.add(int(path.stem, 16))
        except ValueError:
            continue
    return found
