"""TL methods of a copy of one's own data (``schema/petitbleu.tl``)."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.access.password import service as password
from petitbleu.domain.access.password.service import Proof
from petitbleu.domain.transfer.exports import own
from petitbleu.domain.transfer.exports.queries import OwnRow
from petitbleu.rpc import limits
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api

PATH = "/app/f/export/{}"
"""Where the file is given out, to the session of its owner (``appdoor/exports.py``)."""


@rpc("petitbleu.startExport", limit="password")
async def start_export(ctx: Ctx, q: api.petitbleu.StartExport) -> api.petitbleu.TypeExport:
    """Begin a copy of all my data; the one under way, or of the last day, where there is one."""
    proof: Proof | None = None
    given = q.password
    if isinstance(given, api.InputCheckPasswordSRP):
        proof = Proof(given.srp_id, given.A, given.M1)
        if await password.is_set(ctx.app.store, ctx.me.id):
            await limits.durable(ctx.app, "password_try", str(ctx.me.id), ip=ctx.ip)
    return _form(ctx.app, await own.start(ctx.app, ctx.me, proof))


@rpc("petitbleu.getExport")
async def get_export(ctx: Ctx, q: api.petitbleu.GetExport) -> api.petitbleu.TypeExport:
    """How far it is, and where."""
    row = await own.load(ctx.app, ctx.me.id)
    return api.petitbleu.ExportEmpty() if row is None else _form(ctx.app, row)


def _form(app: App, row: OwnRow) -> api.petitbleu.Export:
    ready = row.state == own.READY
    return api.petitbleu.Export(
        ready=ready,
        failed=row.state == own.FAILED,
        id=row.id,
        date=row.asked_at,
        chats=row.chats,
        all_chats=row.all_chats,
        messages=row.messages,
        files=row.files,
        size=row.size if ready else None,
        expires=row.expires_at if ready else None,
        url=_url(app, row.id) if ready else None,
        next=own.next_at(row),
    )


def _url(app: App, id: int) -> str:
    base = app.config.web.app_url or app.config.public_url
    return base.rstrip("/") + PATH.format(id)
