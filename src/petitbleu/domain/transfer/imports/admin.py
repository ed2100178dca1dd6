"""The operator's commands: ``import.begin``, ``import.step``, ``import.people``, ``import.claim``.

An import is long: the command line asks for it step by step, so that it can show how far it is, and
so that one that is given up (or a server that stops) leaves everything that is in.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from petitbleu import phones
from petitbleu.app import App, Part
from petitbleu.control import CommandRefused, command
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.transfer.imports import people, pieces, running
from petitbleu.domain.transfer.imports import queries as q
from petitbleu.domain.transfer.imports.running import Importer, Job
from petitbleu.errors import Fault

STEP_SECONDS = 2.0
OPEN: Part[dict[str, Importer]] = Part(lambda _: {})
"""Token -> an import under way."""


def _file(given: str) -> Path:
    path = Path(given)
    if path.is_dir():
        path = path / "result.json"
    if not path.is_file():
        raise CommandRefused(
            f"there is no {path}; name the folder of an export in JSON (“machine-readable”)"
        )
    return path


async def _account(app: App, who: str) -> int:
    account = await joining.find(app, who)
    if account is None or account.account is None:
        raise CommandRefused(f"nobody with an account here is “{who}”")
    return account.account.id


async def _facts(path: Path) -> dict[str, Any]:
    """What the file says about whoever exported."""

    def first() -> dict[str, Any]:
        piece = next(pieces.read(path))
        return piece.value if isinstance(piece, pieces.Facts) else {}

    try:
        return (await asyncio.to_thread(first)).get("personal_information") or {}
    except (pieces.BadExport, OSError, StopIteration) as error:
        raise CommandRefused(f"{path}: {error}") from None


async def _me(app: App, path: Path, params: dict[str, Any]) -> int:
    """Whose export it is: as the operator says, by the number in it, or a placeholder."""
    if params.get("who"):
        return await _account(app, str(params["who"]))
    facts = await _facts(path)
    if not facts.get("user_id"):
        if params.get("dry_run"):
            return 0
        raise CommandRefused("the file does not say who exported it: name them with --for")
    phone = phones.canonical(str(facts.get("phone_number") or ""))
    row = await accounts.by_phone(app.store, phone) if phone is not None else None
    if row is not None:
        return row.id
    if params.get("dry_run"):
        return 0
    source = f"user{facts['user_id']}"
    name = f"{facts.get('first_name') or ''} {facts.get('last_name') or ''}".strip()
    numbers = {source: phone} if phone is not None else {}
    return (await people.ensure(app, {source: name or "Somebody"}, numbers))[source]


@command("import.begin")
async def begin(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{path, who?, map?: {source: who}, only?: [name or id], dry_run?}`` -> ``{token, again}``.

    ``again``: an import of this file was interrupted and goes on.
    """
    path = _file(str(params["path"]))
    mapping = {
        str(source): await _account(app, str(who))
        for source, who in (params.get("map") or {}).items()
    }
    job = Job(path, await _me(app, path, params), tuple(params.get("only") or ()))
    run = None
    if not params.get("dry_run"):
        for source, account in mapping.items():
            if not await people.bind(app, source, account):
                raise CommandRefused(f"{source} is another account here already")
        run = await running.begin(app, job, await asyncio.to_thread(running.fingerprint, path))
        if run.finished_at is not None:
            raise CommandRefused("this file was imported before")
        if run.me != job.me:
            raise CommandRefused("this file was begun on behalf of somebody else")
    opened = app.parts[OPEN]
    token = app.random(8).hex()
    opened[token] = Importer(app, job, run)
    again = run is not None and bool(await app.store.rows(q.CHATS, run=run.id))
    return {"token": token, "again": again}


@command("import.step")
async def step(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{token, seconds?}`` -> how far it is: ``{finished, chats, messages, files, left_out}``."""
    opened = app.parts[OPEN]
    importer = opened.get(str(params.get("token")))
    if importer is None:
        raise CommandRefused("the server was started anew: give the same command again")
    try:
        await importer.step(float(params.get("seconds") or STEP_SECONDS))
    except pieces.BadExport as error:
        opened.pop(str(params["token"]))
        raise CommandRefused(f"{importer.job.path}: {error}") from None
    except OSError as error:
        opened.pop(str(params["token"]))
        raise CommandRefused(f"{error.filename}: {error.strerror}") from None
    if importer.finished:
        opened.pop(str(params["token"]))
    return {
        "finished": importer.finished,
        "people": len(importer.report.people),
        **importer.report.plain(),
    }


@command("import.people")
async def list_people(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{}`` -> ``{people: […]}``: placeholders that wait for their person."""
    rows = await app.store.rows(q.PLACEHOLDERS)
    known = await accounts.get_many(app, [row.account for row in rows])
    return {
        "people": [
            {
                "source": row.source,
                "account": row.account,
                "name": f"{known[row.account].first_name} {known[row.account].last_name}".strip(),
                "phone": row.phone,
            }
            for row in rows
            if row.account in known
        ]
    }


@command("import.claim")
async def claim(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{source, phone}`` -> ``{shown}``: whoever signs up with the number has that history."""
    phone = phones.canonical(str(params.get("phone") or ""))
    if phone is None:
        raise CommandRefused(f"“{params.get('phone')}” is no phone number with its country code")
    try:
        person = await people.wait_for(app, str(params.get("source")), phone)
    except Fault:
        raise CommandRefused(
            "somebody has an account with this number already; import with --map"
            f" {params.get('source')}=+{phone} instead"
        ) from None
    if person is None:
        raise CommandRefused(f"no placeholder is called “{params.get('source')}”")
    await app.store.write(joining.admit, app, phone=phone, email=None, name="")
    return {"phone": phone, "shown": joining.format_phone(phone)}
