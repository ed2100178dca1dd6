"""Folders <-> TL DialogFilter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from petitbleu.app import App
from petitbleu.domain.messaging.folders import service
from petitbleu.domain.messaging.folders.service import Folder
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.rpc.ctx import Ctx
from petitbleu.tl import api

_RULES = (*service.KINDS, *service.EXCEPT, "title_noanimate")


def folder(app: App, viewer: int, number: int, kept: Folder | None) -> Any:
    """A folder with the access hashes of its owner."""
    if kept is None:
        return api.DialogFilterDefault()

    def inputs(numbers: Iterable[int]) -> list[Any]:
        return [peers.input_peer(app, viewer, number) for number in numbers]

    rules: dict[str, Any] = dict.fromkeys(kept.rules, True)
    return api.DialogFilter(
        id=number,
        title=api.TextWithEntities(
            text=kept.title,
            entities=[
                api.MessageEntityCustomEmoji(offset=offset, length=length, document_id=emoji)
                for offset, length, emoji in kept.entities
            ],
        ),
        emoticon=kept.emoticon,
        color=kept.color,
        pinned_peers=inputs(kept.pinned),
        include_peers=inputs(kept.include),
        exclude_peers=inputs(kept.exclude),
        **rules,
    )


async def given(ctx: Ctx, asked: Any) -> Folder:
    """What a client sends as dialogFilter. PEER_ID_INVALID for a chat it cannot name."""

    async def numbers(inputs: Iterable[Any]) -> list[int]:
        return [await peers.resolve(ctx, one) for one in inputs]

    return Folder(
        title=asked.title.text,
        entities=[
            [entity.offset, entity.length, entity.document_id]
            for entity in asked.title.entities
            if type(entity) is api.MessageEntityCustomEmoji
        ],
        emoticon=asked.emoticon,
        color=asked.color,
        rules=[name for name in _RULES if getattr(asked, name)],
        pinned=await numbers(asked.pinned_peers),
        include=await numbers(asked.include_peers),
        exclude=await numbers(asked.exclude_peers),
    )
