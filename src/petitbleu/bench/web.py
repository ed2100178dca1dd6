"""The work about the web client: browsers beside sessions of MTProto, and the page."""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
import zlib
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import petitbleu
from petitbleu.bench import browsers, crowds, fill, people
from petitbleu.bench.browsers import SOCKETS, Page
from petitbleu.bench.messages import PAGE, Pairs, Receivers, Sender, read_history
from petitbleu.bench.people import Person, Template
from petitbleu.bench.rig import Figures, Harness, percentile
from petitbleu.cli import dev_client
from petitbleu.ids import peer_of_channel
from petitbleu.tl import api

IN_FLIGHT = 4
WARM = 10
REQUESTS = "sign_in_requests"
OTHERS = 1_000_000
"""From here on the numbers of strangers who are nobody's in a group."""


async def web(rig: Harness, *, parts: Sequence[str], small: bool = False) -> Figures:
    """The parts that are named (:data:`PARTS`), each on a rig that no other has used; ``small``: in
    the sizes of ``--quick``.
    """
    figures: Figures = {}
    for name in parts:
        work, sizes = PARTS[name]
        figures |= await work(rig, **(sizes if small else {}))
    return figures


async def sockets(
    rig: Harness,
    *,
    pages: int = 1000,
    messages: int = 150,
    idle: int = 2000,
    stored: int = 4000,
    rounds: int = 3,
) -> Figures:
    """Pages of history, pushes to ``pages`` sockets, and sockets that do nothing: in JSON and, with
    as many sessions of the same people, in bytes (``binary_``)."""
    figures = await _history(rig, stored, rounds)
    figures |= await _alone(rig, messages)
    figures |= await _dialogs(rig, 100, rounds * 5)
    figures |= await _pushes(rig, pages, messages)
    return figures | await _idle(rig, idle)


async def built(rig: Harness) -> Figures:
    """The client built from nothing, and looked at when nothing has changed; its sizes."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        await asyncio.to_thread(dev_client.build, Path(folder))
    whole = time.perf_counter() - began
    await asyncio.to_thread(dev_client.build)
    began = time.perf_counter()
    await asyncio.to_thread(dev_client.build)
    unchanged = time.perf_counter() - began
    return _bundle() | {"build_s": whole, "build_unchanged_s": unchanged}


async def _start(rig: Harness, **sizes: Any) -> Figures:
    from petitbleu.bench import page_start  # Playwright, which the other works do without

    return await page_start.start(rig, **sizes)


async def _chats(rig: Harness, **sizes: Any) -> Figures:
    from petitbleu.bench import page_chats

    return await page_chats.chats(rig, **sizes)


async def _scroll(rig: Harness, **sizes: Any) -> Figures:
    from petitbleu.bench import page_scroll

    return await page_scroll.scroll(rig, **sizes)


async def _burden(rig: Harness, **sizes: Any) -> Figures:
    from petitbleu.bench import page_burden

    return await page_burden.burden(rig, **sizes)


async def _hours(rig: Harness, **sizes: Any) -> Figures:
    from petitbleu.bench import page_hours

    return await page_hours.hours(rig, **sizes)


def _bundle() -> Figures:
    """What a browser fetches of the page, compressed; nothing where there is no bundle."""
    file = Path(petitbleu.__file__).parent / "appdoor/static/sizes.json"
    if not file.is_file():
        return {}
    found: dict[str, int] = json.loads(file.read_text("utf-8"))
    kib = {f"{name}_kib": size / 1024 for name, size in found.items() if name != REQUESTS}
    return {f"page_{name}": size for name, size in kib.items()} | {
        f"page_{REQUESTS}": float(found[REQUESTS])
    }


async def _history(rig: Harness, stored: int, rounds: int) -> Figures:
    pair = await Pairs.of(rig, 1)
    await pair.run(stored, 64)
    pair.close()
    writer, reader = await rig.crowd(2)
    binary = await read_history(rig, reader, writer, stored // PAGE, rounds)
    connection = await people.online(rig.at, reader)
    chat = await people.befriend(connection, writer)
    connection.close()
    page = await browsers.open_page(rig.at, await browsers.sign_in(rig.at, reader))
    took: list[float] = []
    size = 0
    meter = rig.meter()
    for _ in range(rounds):
        offset = 0
        for _ in range(stored // PAGE):
            query = api.messages.GetHistory(
                peer=chat, offset_id=offset, offset_date=0, add_offset=0, limit=PAGE, max_id=0,
                min_id=0, hash=0,
            )  # fmt: skip
            began = time.perf_counter()
            frame = await page.call(query)
            took.append(time.perf_counter() - began)
            size += len(frame)
            offset = json.loads(frame)["ok"]["messages"][-1]["id"]
    meter.stop()
    page.close()
    return {
        "history_cpu_ms_per_page": meter.cpu / len(took) * 1e3,
        "binary_history_cpu_ms_per_page": binary["cpu_ms_per_page"],
        "history_page_p50_ms": percentile(took, 0.5) * 1e3,
        "history_page_p99_ms": percentile(took, 0.99) * 1e3,
        "history_kib_per_page": size / len(took) / 1024,
    }


async def _alone(rig: Harness, messages: int) -> Figures:
    """One message at a time from a session of MTProto to one socket."""
    writer, reader = await rig.crowd(2)
    received = Receivers()
    page = await browsers.open_page(rig.at, await browsers.sign_in(rig.at, reader), received.take)
    await page.call(api.updates.GetState())  # from here on it is told
    connection = await people.online(rig.at, writer)
    template = Template(await people.befriend(connection, reader))
    await Sender(connection, template, WARM).start(1)
    await received.wait_for(WARM)
    received.latencies.clear()
    await Sender(connection, template, messages).start(1)
    await received.wait_for(messages)
    connection.close()
    page.close()
    return {
        "alone_push_p50_ms": percentile(received.latencies, 0.5) / 1e6,
        "alone_push_p99_ms": percentile(received.latencies, 0.99) / 1e6,
    }


async def _dialogs(rig: Harness, chats: int, rounds: int) -> Figures:
    """The first page of somebody's list of ``chats``: time, and size as it goes over the wire."""
    *_, owner = await rig.crowd(3)
    async with fill.behind(rig) as app:
        others = await fill.strangers(app, chats, OTHERS)
        await fill.talk(app, [(other, owner.id) for other in others], chats)
    page = await browsers.open_page(rig.at, await browsers.sign_in(rig.at, owner))
    query = api.messages.GetDialogs(
        limit=chats, hash=0, offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty()
    )
    took: list[float] = []
    frame = b""
    for _ in range(rounds):
        began = time.perf_counter()
        frame = await page.call(query)
        took.append(time.perf_counter() - began)
    page.close()
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    return {
        "dialogs_page_p50_ms": percentile(took, 0.5) * 1e3,
        "dialogs_page_wire_kib": len(packer.compress(frame) + packer.flush()) / 1024,
        "dialogs_page_kib": len(frame) / 1024,
    }


async def _open(rig: Harness, crowd: Sequence[Person], count: int, on_push: object) -> list[Page]:
    """``count`` sockets: a browser of each person, :data:`SOCKETS` of each."""
    gate = asyncio.Semaphore(16)

    async def one(person: Person, sockets: int) -> list[Page]:
        async with gate:
            cookie = await browsers.sign_in(rig.at, person)
            return [await browsers.open_page(rig.at, cookie, on_push) for _ in range(sockets)]  # type: ignore[arg-type]

    each = min(SOCKETS, -(-count // len(crowd)))
    need = [min(each, count - at) for at in range(0, count, each)]
    found = await asyncio.gather(*map(one, crowd, need))
    return [page for some in found for page in some]


async def _pushes(rig: Harness, pages: int, messages: int) -> Figures:
    """Posts to a supergroup whose members are here: each delivery goes to a socket of its own."""
    crowd = await rig.crowd(pages // SOCKETS + 2)
    town = await crowds.supergroup(rig, crowd[0])
    async with fill.behind(rig) as app:
        await crowds.bring(app, crowd, peer_of_channel(town.channel_id), len(crowd) + 100)
    figures: Figures = {}
    writer = await people.online(rig.at, crowd[0])
    template = Template(town)
    for name in ("binary_push_", "push_"):
        received = Receivers()
        opened: list[object] = []
        if name == "push_":
            opened += await _open(rig, crowd[1:], pages, received.take)
            await asyncio.gather(*(one.call(api.updates.GetState()) for one in opened))  # type: ignore[attr-defined]
        else:
            for n in range(pages):
                person = crowd[1 + n // SOCKETS]
                opened.append(await people.online(rig.at, person, received.take))
        await Sender(writer, template, WARM).start(IN_FLIGHT)
        await received.wait_for(WARM * pages)
        received.latencies.clear()
        meter = rig.meter()
        await Sender(writer, template, messages).start(IN_FLIGHT)
        await received.wait_for(messages * pages, seconds=300)
        meter.stop()
        figures |= {
            f"{name}cpu_us_per_delivery": meter.cpu / (messages * pages) * 1e6,
            f"{name}deliveries_per_second": messages * pages / meter.wall,
            f"{name}delivered_p50_ms": percentile(received.latencies, 0.5) / 1e6,
            f"{name}delivered_p99_ms": percentile(received.latencies, 0.99) / 1e6,
        }
        for one in opened:
            one.close()  # type: ignore[attr-defined]
        await asyncio.sleep(1.0)
    writer.close()
    json_cpu, binary_cpu = (
        figures[f"{name}cpu_us_per_delivery"] for name in ("push_", "binary_push_")
    )
    return figures | {"pages": float(pages), "push_cpu_ratio": json_cpu / binary_cpu}


async def _idle(rig: Harness, idle: int) -> Figures:
    """Sockets of signed-in browsers, after one call each."""
    crowd = await rig.crowd(-(-idle // SOCKETS))
    before = rig.meter()
    before.stop()
    pages = await _open(rig, crowd, idle, None)
    await asyncio.gather(*(page.call(api.updates.GetState()) for page in pages))
    await asyncio.sleep(2.0)
    after = rig.meter()
    after.stop()
    if any(page.closed for page in pages):
        raise RuntimeError("an idle socket was closed")
    for page in pages:
        page.close()
    return {
        "kib_per_idle_session": (after.rss_kib - before.rss_kib) / idle,
        "idle_sessions": float(idle),
    }


PARTS: dict[str, tuple[Callable[..., Awaitable[Figures]], dict[str, Any]]] = {
    "built": (built, {}),
    "sockets": (
        sockets,
        {"pages": 160, "messages": 40, "idle": 200, "stored": 1000, "rounds": 2},
    ),
    "start": (_start, {"chats": 500, "rounds": 1}),
    "chats": (_chats, {"chats": 15, "keys": 140, "messages": 8}),
    "scroll": (_scroll, {"stored": 6000, "seconds": 3.0, "rush": 4000}),
    "burden": (_burden, {"rounds": 1}),
    "hours": (_hours, {"messages": 1440, "sleeps": 4}),
}
"""Part -> what it measures, and what ``--quick`` makes smaller. Each ends in less than 280 s."""
