"""The works about long lists: a conversation of 1,000,000 messages, a chat list of 5,000."""

from __future__ import annotations

import time
from typing import Any

from petitbleu.bench import fill, people
from petitbleu.bench.messages import PAGE, page_of
from petitbleu.bench.rig import Figures, Harness, Meter, percentile
from petitbleu.bench.wire_client import Connection
from petitbleu.tl import api, codec

SMALL = 1000
PAGES = SMALL // PAGE - 1
"""Pages in a row: what the short conversation has, less one, so that all are full."""


class _Pages:
    """Pages read at one place: what they cost, summed over the rounds."""

    def __init__(self) -> None:
        self.cpu = 0.0
        self.took: list[float] = []

    async def read(
        self, connection: Connection, chat: api.InputPeerUser, offset: int, meter: Meter
    ) -> None:
        """:data:`PAGES` pages below ``offset`` (0: the newest)."""
        for _ in range(PAGES):
            began = time.perf_counter()
            answer = await connection.call(page_of(chat, offset))
            self.took.append(time.perf_counter() - began)
            found = codec.decode(answer).messages
            if len(found) != PAGE:
                raise RuntimeError(f"a page of {len(found)} messages")
            offset = found[-1].id
        meter.stop()
        self.cpu += meter.cpu

    @property
    def cpu_ms(self) -> float:
        """Of the server and its database, for one page."""
        return self.cpu / len(self.took) * 1e3


async def paging(rig: Harness, *, stored: int = 1_000_000, rounds: int = 30) -> Figures:
    """Pages of a conversation of 1,000 and of one of ``stored``, at its newest and oldest end."""
    reader, other, friend = await rig.crowd(3)
    began = time.perf_counter()
    async with fill.behind(rig) as app:
        await fill.talk(app, [(reader.id, friend.id)], SMALL)
        await fill.talk(app, [(reader.id, other.id)], stored)
    filled = time.perf_counter() - began
    connection = await people.online(rig.at, reader)
    small = await people.befriend(connection, friend)
    large = await people.befriend(connection, other)
    # Both conversations lie in the box of the reader, the short one below the long one.
    oldest = SMALL + (PAGES + 1) * PAGE
    places = [(small, 0), (large, 0), (large, oldest)]
    await _read(rig, connection, places, 2)  # warm what is remembered
    few, newest, last = await _read(rig, connection, places, rounds)
    connection.close()
    return {
        "newest_cpu_ratio": newest.cpu_ms / few.cpu_ms,
        "oldest_cpu_ratio": last.cpu_ms / few.cpu_ms,
        "small_cpu_ms_per_page": few.cpu_ms,
        "newest_cpu_ms_per_page": newest.cpu_ms,
        "oldest_cpu_ms_per_page": last.cpu_ms,
        "small_page_p99_ms": percentile(few.took, 0.99) * 1e3,
        "oldest_page_p99_ms": percentile(last.took, 0.99) * 1e3,
        "fill_s": filled,
    }


async def _read(
    rig: Harness, connection: Connection, places: list[tuple[api.InputPeerUser, int]], rounds: int
) -> list[_Pages]:
    """The places in turn, ``rounds`` times: what disturbs one disturbs all."""
    read = [_Pages() for _ in places]
    for _ in range(rounds):
        for (chat, offset), pages in zip(places, read, strict=True):
            await pages.read(connection, chat, offset, rig.meter())
    return read


async def dialogs(rig: Harness, *, chats: int = 5000, rounds: int = 5) -> Figures:
    """Opening a chat list: the first page and the whole list, right after a start and later."""
    (owner,) = await rig.crowd(1)
    async with fill.behind(rig) as app:
        others = await fill.strangers(app, chats)
        await fill.talk(app, [(other, owner.id) for other in others], chats)
    connection = await people.online(rig.at, owner)
    cold = await _list(connection, chats)
    meter = rig.meter()
    warm = [await _list(connection, chats) for _ in range(rounds)]
    meter.stop()
    connection.close()
    firsts = [took[0] for took in warm]
    pages = sum(map(len, warm))
    return {
        "cold_first_page_ms": cold[0] * 1e3,
        "cold_list_ms": sum(cold) * 1e3,
        "first_page_ms": percentile(firsts, 0.5) * 1e3,
        "list_ms": percentile([sum(took) for took in warm], 0.5) * 1e3,
        "cpu_ms_per_page": meter.cpu / pages * 1e3,
        "dialogs": float(chats),
    }


async def _list(connection: Connection, chats: int) -> list[float]:
    """Read the whole list as a client does; the seconds of each page."""
    seen: set[int] = set()
    took: list[float] = []
    after: dict[str, Any] = {
        "offset_date": 0, "offset_id": 0, "offset_peer": api.InputPeerEmpty(),
    }  # fmt: skip
    while len(seen) < chats:
        query = api.messages.GetDialogs(limit=PAGE, hash=0, **after)
        began = time.perf_counter()
        answer = await connection.call(people.request(query))
        took.append(time.perf_counter() - began)
        found = codec.decode(answer)
        fresh = {dialog.peer.user_id for dialog in found.dialogs} - seen
        if not fresh:
            raise RuntimeError(f"the list ends after {len(seen)} of {chats} dialogs")
        seen |= fresh
        after = _after(found)
    return took


def _after(found: Any) -> dict[str, Any]:
    last = found.dialogs[-1]
    who = next(user for user in found.users if user.id == last.peer.user_id)
    peer = api.InputPeerUser(user_id=who.id, access_hash=who.access_hash)
    top = next(message for message in found.messages if message.id == last.top_message)
    return {"offset_date": top.date, "offset_id": top.id, "offset_peer": peer}
