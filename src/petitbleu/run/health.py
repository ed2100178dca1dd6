"""How the instance is, in words: for ``/healthz``, ``petitbleu check`` and the start."""

from __future__ import annotations

import asyncio
import shutil
import time
from typing import Any, NamedTuple

from petitbleu import desk, keyring
from petitbleu.app import App
from petitbleu.appdoor import obstacles
from petitbleu.control import command
from petitbleu.desk.casework.alerts import watch
from petitbleu.domain.files.media.storage import STORAGE
from petitbleu.domain.publishing.newsletter import service as newsletter
from petitbleu.errors import StoreUnavailable
from petitbleu.run import protection
from petitbleu.store import settings
from petitbleu.store.api import Tx
from petitbleu.store.query import query
from petitbleu.web.app import Report

_LOW_DISK = 256 << 20
_SLOW_WRITE = 1.0
_PATIENCE = 5.0


class _One(NamedTuple):
    one: int


_ALIVE = query("select 1 as one", _One)


async def examine(app: App) -> Report:
    """Look at the store, the disk and the ways codes travel; one sentence each."""
    lines: list[str] = []
    ok = True
    try:
        async with asyncio.timeout(_PATIENCE):  # a worker waits longer for a lost database
            await app.store.row(_ALIVE)
            began = time.perf_counter()
            await app.store.write(_mark, value=str(int(app.clock.now())).encode())
            took = time.perf_counter() - began
    except (StoreUnavailable, TimeoutError) as error:
        ok = False
        lines.append(f"The database takes no writes: {error or 'it does not answer'}.")
    else:
        slow = " That is slow." if took > _SLOW_WRITE else ""
        lines.append(f"The database answers; a write takes {took * 1000:.0f} ms.{slow}")
    free = shutil.disk_usage(app.config.data).free
    if free < _LOW_DISK:
        ok = False
        lines.append(f"The disk of the data folder is nearly full: {free >> 20} MiB left.")
    else:
        lines.append(f"The disk of the data folder has {free / (1 << 30):.1f} GiB left.")
    held = await protection.examine(app)
    ok = ok and held.works
    lines.append(held.line)
    if ok:
        for phrase in await keyring.record(app):
            ok = False
            lines.append(
                f"{phrase}: the server runs with the keys it has read, but will not start again."
                " Restore the folder from a backup now."
            )
    trouble = await app.parts[STORAGE].blobs.trouble()
    if trouble:  # not a reason to restart: messages, pages and letters go on
        lines.append(f"Files cannot be sent or fetched: {trouble}. Messages go on.")
    if ok:
        lines.extend(await watch.health(app))
    lines.extend(advice(app))
    lines.extend(obstacles.find(app))
    if ok and not app.config.dev:
        lines.extend(await desk.advice(app))
    return Report(ok, lines)


async def with_desk(app: App) -> Report:
    """The same, and what waits for people at the desk: for ``petitbleu check``. A probe that
    restarts servers (``/healthz``) has no use for that: no restart answers an alarm.
    """
    report = await examine(app)
    if not report.ok:
        return report
    wrong = await desk.problems(app)
    return Report(not wrong, [*report.lines, *await newsletter.advice(app), *wrong])


def advice(app: App) -> list[str]:
    """What the operator has not set and people will miss."""
    config = app.config
    if config.dev:
        return ["Developer mode is on: codes appear on the console, anybody may sign up."]
    sentences = watch.advice(app)
    if app.mail is None and not config.codes.webhook_url:
        sentences.append(
            "Login codes have no way to reach people: set [smtp] host and sender for e-mail, or"
            " [codes] webhook_url for an SMS gateway. Until then `petitbleu admin login-code` shows"
            " the newest code."
        )
    if config.signup_mode == "invite":
        sentences.append(
            "Only people you let in can sign up: `petitbleu admin user add PHONE` admits one,"
            " `petitbleu admin invite create` makes a link."
        )
    if config.signup_mode == "open" and app.mail is None and not config.codes.webhook_url:
        sentences.append("Open sign-up needs a way for codes; nobody new can join now.")
    if not config.public_address:
        sentences.append(
            "public_address is not set: apps are told to come back to the address they dialled."
        )
    return sentences


@command("server.check")
async def server_check(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """What ``petitbleu check`` asks."""
    report = await with_desk(app)
    address = obstacles.address(app.config)
    return {"ok": report.ok, "lines": report.lines, "client": list(address) if address else None}


async def _mark(tx: Tx, *, value: bytes) -> None:
    await tx.run(settings.SET, name="health", value=value)
