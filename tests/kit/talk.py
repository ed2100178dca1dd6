"""Talking through the real methods, for tests: saying, looking, being refused."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from petitbleu.tl import api
from tests.kit.world import Client, RpcFault

_random = itertools.count(1_000_000)


async def say(client: Client, peer: Any, text: str = "hello", **more: Any) -> int:
    made = await client.call(
        api.messages.SendMessage(peer=peer, message=text, random_id=next(_random), **more)
    )
    if type(made) is api.UpdateShortSentMessage:
        return int(made.id)
    return int(next(u.id for u in made.updates if type(u) is api.UpdateMessageID))


async def fault(work: Any) -> str:
    with pytest.raises(RpcFault) as raised:
        await work
    return raised.value.message


async def history(client: Client, peer: Any) -> list[Any]:
    page = await client.call(
        api.messages.GetHistory(
            peer=peer, offset_id=0, offset_date=0, add_offset=0, limit=50, max_id=0, min_id=0,
            hash=0,
        )
    )  # fmt: skip
    return list(page.messages)


async def unread(client: Client, peer: Any) -> tuple[int, int]:
    """(mentions, reactions) as the chat list counts them."""
    found = await client.call(api.messages.GetPeerDialogs(peers=[api.InputDialogPeer(peer=peer)]))
    (dialog,) = found.dialogs
    return dialog.unread_mentions_count, dialog.unread_reactions_count
