"""W7: a file up and down over four connections, and what messages feel of it."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any, NamedTuple

from petitbleu.bench import people
from petitbleu.bench.exchange import Address
from petitbleu.bench.messages import Pairs
from petitbleu.bench.people import Person
from petitbleu.bench.rig import Figures, Rig, percentile
from petitbleu.bench.wire_client import CallFailed, Connection, Key, connect
from petitbleu.tl import api, codec

PART = 524_288
CONNECTIONS = 4
IN_FLIGHT = 4
"""Parts under way on each connection: what clients do."""
PAUSE = 0.005
"""Seconds between two messages of the trickle whose delay is measured."""


class Moved(NamedTuple):
    """How fast a file went up and came down, in MB/s."""

    up: float
    down: float


async def files(rig: Rig, *, parts: int = 4000, seconds: float = 10.0) -> Figures:
    """``parts`` half mebibytes (the most a file may have) up and down; a trickle of messages before
    and during it.
    """
    pair = await Pairs.of(rig, 1)
    owner = (await rig.crowd(3))[2]
    quiet = await trickle(pair, seconds, None)
    before = rig.server.usage()
    meter = rig.meter()
    peak = _Peak(rig)
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as other:
        loop = asyncio.get_running_loop()
        transfer = loop.run_in_executor(other, move, rig.at, owner, parts)
        busy = await trickle(pair, seconds, transfer)
        moved = await transfer
    meter.stop()
    peak.stop()
    pair.close()
    megabytes = 2 * parts * PART / 1e6
    return {
        "upload_mb_per_second": moved.up,
        "download_mb_per_second": moved.down,
        "cpu_ms_per_mb": meter.cpu / megabytes * 1e3,
        "message_p99_ratio": percentile(busy, 0.99) / percentile(quiet, 0.99),
        "quiet_delivered_p50_ms": percentile(quiet, 0.5) / 1e6,
        "quiet_delivered_p99_ms": percentile(quiet, 0.99) / 1e6,
        "busy_delivered_p50_ms": percentile(busy, 0.5) / 1e6,
        "busy_delivered_p99_ms": percentile(busy, 0.99) / 1e6,
        "rss_above_idle_mib": (peak.kib - before.server_kib) / 1024,
    }


class _Peak(threading.Thread):
    """The most memory the server takes while this runs."""

    def __init__(self, rig: Rig) -> None:
        super().__init__(daemon=True)
        self._rig = rig
        self._done = threading.Event()
        self.kib = 0
        self.start()

    def run(self) -> None:
        while not self._done.wait(0.1):
            self.kib = max(self.kib, self._rig.server.usage().server_kib)

    def stop(self) -> None:
        self._done.set()
        self.join()


async def trickle(pair: Pairs, seconds: float, until: asyncio.Future[Any] | None) -> list[int]:
    """Delays of messages sent every :data:`PAUSE`, for a time or until a transfer is done."""
    pair.received.latencies.clear()
    connection, template = pair.senders[0]
    end = time.monotonic() + seconds
    answers = []
    while (time.monotonic() < end) if until is None else not until.done():
        body = template.message(time.perf_counter_ns(), random.getrandbits(62))
        answers.append(connection.send(body))
        await asyncio.sleep(PAUSE)
    await asyncio.gather(*answers)
    await pair.received.wait_for(len(answers))
    return list(pair.received.latencies)


def move(at: Address, owner: Person, parts: int) -> Moved:
    """In a process of its own: the client's share of the work must not delay the messages."""
    try:
        return asyncio.run(_move(at, owner, parts))
    except CallFailed as failed:  # its class does not travel between processes
        raise RuntimeError(str(failed)) from None


async def _move(at: Address, owner: Person, parts: int) -> Moved:
    sessions = []
    for _ in range(CONNECTIONS):
        session = await connect(at.host, at.port, Key(owner.key.key, owner.key.salt))
        await session.call(people.opening(api.help.GetConfig()))
        sessions.append(session)
    content = os.urandom(PART)
    number = random.getrandbits(62)

    def part(n: int) -> bytes:
        return people.request(
            api.upload.SaveBigFilePart(
                file_id=number, file_part=n, file_total_parts=parts, bytes=content
            )
        )

    up = await _timed(sessions, parts, part)
    media = api.InputMediaUploadedDocument(
        file=api.InputFileBig(id=number, parts=parts, name="file"),
        mime_type="application/octet-stream",
        attributes=[],
    )
    made = codec.decode(
        await sessions[0].call(
            people.request(api.messages.UploadMedia(peer=api.InputPeerSelf(), media=media))
        )
    )
    found = made.document
    location = api.InputDocumentFileLocation(
        id=found.id,
        access_hash=found.access_hash,
        file_reference=found.file_reference,
        thumb_size="",
    )

    def piece(n: int) -> bytes:
        return people.request(api.upload.GetFile(location=location, offset=n * PART, limit=PART))

    down = await _timed(sessions, parts, piece)
    for session in sessions:
        session.close()
    return Moved(parts * PART / 1e6 / up, parts * PART / 1e6 / down)


async def _timed(sessions: list[Connection], count: int, request: Callable[[int], bytes]) -> float:
    """Make ``count`` calls, a few at a time on every connection; the seconds it took."""
    numbers = iter(range(count))

    async def work(session: Connection) -> None:
        for n in numbers:
            await session.call(request(n))

    began = time.perf_counter()
    await asyncio.gather(*(work(one) for one in sessions for _ in range(IN_FLIGHT)))
    return time.perf_counter() - began
