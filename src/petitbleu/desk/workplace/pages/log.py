"""The log page: lines by filter, the newest signed head, checking it, and its export by two."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from petitbleu import commands
from petitbleu.app import App
from petitbleu.desk.reconciliation import service as reconciliation
from petitbleu.desk.reconciliation.service import Answer
from petitbleu.desk.records.audit import export as exporting
from petitbleu.desk.records.audit import heads, listing
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.records.audit.listing import Filter
from petitbleu.desk.records.audit.service import Entry
from petitbleu.desk.records.witnesses import service as witnesses
from petitbleu.desk.staffing.approvals import service as approvals
from petitbleu.desk.staffing.approvals.service import NotAgreed
from petitbleu.desk.workplace.pages.approval_request import ask
from petitbleu.desk.workplace.pages.shell import PageRequest, Problem, audit_line, page

_ROWS = 50
_FIELDS = ("actor", "action", "subject", "from", "to")
_LEDGER = "content."
_EXPORT = bytes.fromhex(audit.digest("export of the whole log"))
"""What two people agree to: the log as it is when it is taken."""


@page("/desk/log", right="log", rail="log", action="log.view")
async def log(visit: PageRequest) -> Response:
    """Lines of the log; what was asked for stands in the log too."""
    asked = {name: visit.request.query_params.get(name, "").strip()[:200] for name in _FIELDS}
    visit.said = {name: value for name, value in asked.items() if value}
    return await _log(visit, asked)


async def _log(visit: PageRequest, asked: dict[str, str], found: Answer | None = None) -> Response:
    app, zone = visit.app, ZoneInfo(visit.app.config.timezone)
    before = visit.request.query_params.get("before", "")
    wanted = Filter(
        asked["actor"],
        asked["action"],
        asked["subject"],
        _day(asked["from"], zone),
        _day(asked["to"], zone, days=1),
    )
    number = int(before) if before.isascii() and before.isdigit() and len(before) < 17 else 1 << 60
    rows = await listing.page(app, wanted, number, _ROWS)
    return visit.html(
        "log.html",
        rows=[
            {"row": row, "data": _details(visit, row), "did": did(visit.t, row.action)}
            for row in rows
        ],
        pages={rail.path: visit.t[f"rail_{rail.rail}"] for rail in visit.desk.rails},
        asked=asked,
        older=rows[-1].n if len(rows) == _ROWS else None,
        head=await heads.newest(app),
        key=heads.verifier(app),
        found=found,
        wrong=reconciliation.first(found, visit.staff.language) if found is not None else [],
    )


def did(t: Mapping[str, str], action: str) -> str:
    """What a line says was done, in words; an action without words as it stands."""
    words = t.get(f"did_{action}") or t.get(f"ev_{action.removeprefix('case.')}")
    typed = commands.COMMANDS.get(action.removeprefix("command."))
    if words is None and typed is not None:
        return f"petitbleu {typed.typed}"
    return words or action


def _details(visit: PageRequest, row: Entry) -> str:
    """What a line says besides. Of looks at content (who, which message, why) the ledger's readers
    alone may know; the line itself, and that it cannot be changed, is for all readers of the log.
    """
    hidden = row.action.startswith(_LEDGER) and not visit.staff.may("ledger")
    return visit.t["log_ledger"] if hidden else _without_digests(row.data)


def _without_digests(data: bytes) -> str:
    """What a line says, with how many digests of rows it carries in place of them."""
    if b'"records":' not in data:
        return data.decode()
    said = json.loads(data)
    rows = said.get("records")
    return json.dumps(said | {"records": len(rows)}, ensure_ascii=False) if rows else data.decode()


def _day(text: str, zone: ZoneInfo, *, days: int = 0) -> int:
    if not text:
        return 0
    try:
        day = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=zone)
        return int((day + timedelta(days=days)).timestamp())
    except (ValueError, OverflowError):
        raise Problem("invalid_date") from None


@page("/desk/log/verify", right="log", methods=("POST",), action="log.view")
async def verify(visit: PageRequest) -> Response:
    """Check every line and every signed head now, and compare the log with what the desk holds."""
    comparison = await reconciliation.compare(visit.app)
    await reconciliation.keep(visit.app, comparison)
    said = {"ok": reconciliation.sound(comparison)}
    await visit.app.store.write(audit_line, visit.app, visit.staff.actor, "log.verify", "log", said)
    return await _log(visit, dict.fromkeys(_FIELDS, ""), comparison)


@page("/desk/log/export", right="log.export", methods=("POST",), signs=True)
async def export(visit: PageRequest) -> Response:
    """Ask for an export of the whole log; a second person has to agree."""
    id = await ask(visit, "log.export", "log", _EXPORT, {}, visit.form.get("why"))
    return visit.to(f"/desk/seconds/{id}")


@page("/desk/log/export/take", right="log.export", methods=("POST",))
async def take(visit: PageRequest) -> Response:
    """The file, once two people have agreed; each agreement gives it once."""
    try:
        await heads.sign(visit.app)
    except heads.Unsound as found:
        raise Problem("log_broken", 409, what=found) from None
    try:
        await visit.app.store.write(
            approvals.require, app=visit.app, kind="log.export", digest=_EXPORT
        )
    except NotAgreed:
        raise Problem("log_not_agreed", 403) from None
    return StreamingResponse(
        _sound(visit),
        media_type="application/jsonl",
        headers={
            "content-disposition": 'attachment; filename="journal.jsonl"',
            "cache-control": "no-store",
        },
    )


async def _sound(visit: PageRequest) -> AsyncIterator[str]:
    async for row in exporting.whole(visit.app, visit.staff.actor):
        yield row


# ── published ───────────────────────────────────────────────────────────────────────────────────


def published(app: App) -> list[BaseRoute]:
    """``/transparence/journal``: key and signed heads for anybody, as JSON and as a signed note."""

    async def journal(request: Request) -> Response:
        said = await witnesses.published(app)
        return JSONResponse(said, headers={"access-control-allow-origin": "*"})

    async def checkpoint(request: Request) -> Response:
        head = await heads.newest(app)
        notes = await heads.with_cosignatures(app, [head] if head is not None else [])
        return PlainTextResponse("".join(notes), 200 if head else 404)

    return [
        Route("/transparence/journal", journal),
        Route("/transparence/journal/checkpoint", checkpoint),
    ]
