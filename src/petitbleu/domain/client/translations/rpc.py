"""TL handlers: translating, which is not offered."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api

MAX_TEXTS = 20
"""Texts of one request."""


@rpc("messages.translateText", stub=True)
async def translate_text(ctx: Ctx, q: api.messages.TranslateText) -> Any:
    """TRANSLATIONS_DISABLED, for what could be translated elsewhere."""
    if q.peer is not None:
        chat = await peers.resolve(ctx, q.peer)
        try:
            at = await messages.place(ctx.app, ctx.me, chat)
        except Fault:
            raise Fault("PEER_ID_INVALID") from None
        wanted = list(q.id or ())[:MAX_TEXTS]
        if not await messages.in_place(ctx.app, at, [one for one in wanted if one > 0]):
            raise Fault("MSG_ID_INVALID")
    elif not q.text:
        raise Fault("INPUT_TEXT_EMPTY")
    raise Fault("TRANSLATIONS_DISABLED")


@rpc("messages.togglePeerTranslations", limit="write", stub=True)
async def toggle_peer_translations(ctx: Ctx, q: api.messages.TogglePeerTranslations) -> bool:
    """True: no chat shows a bar that offers it."""
    await peers.resolve(ctx, q.peer)
    return True
