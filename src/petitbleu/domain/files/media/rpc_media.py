"""TL handlers: photos and documents made ahead of the message that will carry them."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.files.media import closed, files, making, rpc_input, views
from petitbleu.domain.messaging.file_references import service as references
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import BOT, USER, rpc
from petitbleu.tl import api

_SHA256_BYTES = 32


@rpc("messages.uploadMedia", who=USER | BOT, limit="send")
async def upload_media(ctx: Ctx, q: api.messages.UploadMedia) -> Any:
    """MessageMedia whose reference is good for the caller alone; unused, it is gone after a day."""
    if q.business_connection_id:
        raise Fault("PEER_ID_INVALID")
    await peers.resolve(ctx, q.peer)
    taken = await rpc_input.take(ctx, q.media, bad_ttl="MEDIA_INVALID")
    return views.show(ctx.app, taken.stored, (references.UPLOAD, ctx.me.id, 0))


@rpc("messages.getDocumentByHash", who=USER | BOT)
async def get_document_by_hash(ctx: Ctx, q: api.messages.GetDocumentByHash) -> Any:
    """A document the caller once uploaded, documentEmpty where there is none."""
    if len(q.sha256) != _SHA256_BYTES:
        raise Fault("SHA256_HASH_INVALID")
    row = await files.mine(ctx.app, ctx.me, q.sha256, q.size, q.mime_type)
    if row is None or await closed.is_closed(ctx.app, ctx.me.id, row.id):
        return api.DocumentEmpty(id=0)
    origin = (references.UPLOAD, ctx.me.id, 0)
    return views.document(ctx.app, making.document_of(row), origin)
