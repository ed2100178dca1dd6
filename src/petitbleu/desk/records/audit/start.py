"""At a start: does the log go on from what was published of it?"""

from __future__ import annotations

import json
from typing import Any

from petitbleu import acts, jobs, keyring
from petitbleu.app import App
from petitbleu.desk.records.audit import heads, outside, resuming, service, standing
from petitbleu.desk.records.audit.standing import TellRestored
from petitbleu.store import counters, moved, settings
from petitbleu.store.api import Tx


@acts.on_act
async def acted(tx: Tx, app: App, act: acts.Act) -> None:
    """The line of what the command line, the service chat or a job did."""
    await service.append(tx, app, act.actor, act.action, act.subject, act.data)


async def begin(app: App) -> None:
    """Note a restore; compare; where a stop came between commit and file, write the file now."""
    restored = await app.store.row(settings.LOAD, name=counters.RESTORED)
    if restored is not None:
        await app.store.write(_restored, app, json.loads(restored.value))
    if await app.store.row(settings.LOAD, name=keyring.FORGOTTEN) is not None:
        await app.store.write(_forgotten, app)
    if await app.store.row(settings.LOAD, name=moved.LINE) is not None:
        await app.store.write(_moved, app)
    mark = await app.store.row(settings.LOAD, name=standing.MARK)
    app.parts[standing.LAST_RESTORE] = mark.value.decode() if mark is not None else ""
    held = await resuming.begin(app)
    app.parts[standing.RESETS] = await resuming.resets(app.store)
    if held is not None:
        return
    head = await heads.newest(app)
    known = {one.size for one in outside.known(app)}
    if head is not None and head.size not in known:
        outside.write(app, head.size, head.note)


async def _restored(tx: Tx, app: App, said: dict[str, Any]) -> None:
    """The line of a restore, and the mail about it, once."""
    await service.append(tx, app, "operator", standing.RESTORE, standing.SUBJECT, said)
    await tx.run(settings.DROP, name=counters.RESTORED)
    await tx.run(settings.SET, name=standing.MARK, value=b"%x" % said["at"])
    work = TellRestored(backup=said["backup"])
    await jobs.schedule(tx, work, due=int(app.clock.now()), key="restored")


async def _forgotten(tx: Tx, app: App) -> None:
    """The lines of keys that were given up while nothing ran."""
    row = await tx.row(settings.LOAD, name=keyring.FORGOTTEN)
    for name in json.loads(row.value) if row is not None else []:
        await service.append(tx, app, "operator", "command.keys.forget", f"key:{name}")
    await tx.run(settings.DROP, name=keyring.FORGOTTEN)


async def _moved(tx: Tx, app: App) -> None:
    """The line of a move from one database to another."""
    row = await tx.row(settings.LOAD, name=moved.LINE)
    said = json.loads(row.value) if row is not None else {}
    await service.append(tx, app, "operator", "command.move", standing.SUBJECT, said)
    await tx.run(settings.DROP, name=moved.LINE)
