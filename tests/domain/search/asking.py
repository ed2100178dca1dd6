"""Asking through the real methods."""

from __future__ import annotations

from typing import Any

from petitbleu.tl import api
from tests.kit.world import Client


async def search(client: Client, peer: Any, q: str = "", wanted: Any = None, **more: Any) -> Any:
    """messages.search"""
    fields = {"min_date": 0, "max_date": 0, "offset_id": 0, "add_offset": 0, "limit": 20,
              "max_id": 0, "min_id": 0, "hash": 0} | more  # fmt: skip
    return await client.call(
        api.messages.Search(
            peer=peer, q=q, filter=wanted or api.InputMessagesFilterEmpty(), **fields
        )
    )


async def found(client: Client, peer: Any, q: str = "", wanted: Any = None, **more: Any) -> Any:
    """The texts that messages.search finds, newest first."""
    return [one.message for one in (await search(client, peer, q, wanted, **more)).messages]


async def everywhere(client: Client, q: str = "", wanted: Any = None, **more: Any) -> Any:
    """messages.searchGlobal"""
    fields = {"min_date": 0, "max_date": 0, "offset_rate": 0, "offset_id": 0, "limit": 20,
              "offset_peer": api.InputPeerEmpty()} | more  # fmt: skip
    return await client.call(
        api.messages.SearchGlobal(q=q, filter=wanted or api.InputMessagesFilterEmpty(), **fields)
    )


async def count(client: Client, peer: Any, *wanted: Any, **more: Any) -> list[int]:
    """messages.getSearchCounters"""
    made = await client.call(
        api.messages.GetSearchCounters(peer=peer, filters=list(wanted), **more)
    )
    return [one.count for one in made]
