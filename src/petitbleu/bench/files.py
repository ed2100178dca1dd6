"""W7: a file up and down over four connections, and what messages feel of it."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import random
import threading
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from typing import Any, NamedTuple

from petitbleu.bench import people
from petitbleu.bench.exchange import Address
from petitbleu.bench.interference import Beside, stand_back
from petitbleu.bench.messages import Pairs
from petitbleu.bench.people import Person
from petitbleu.bench.rig import Figures, Harness
from petitbleu.bench.wire_client import CallFailed, Connection, Key, connect
from petitbleu.tl import api, codec

PART = 524_288
CONNECTIONS = 4
IN_FLIGHT = 4
"""Parts under way on each connection: what clients do."""
ROUNDS = 4
"""Times that messages are alone and then beside a share of each way."""
AGAIN_SECONDS = 1.0
"""After so long a call that failed is made again."""
PATIENCE = 120.0
"""After so long a file that is not finished is given up."""


class Place(NamedTuple):
    """Where a stored file is asked for."""

    id: int
    access_hash: int
    file_reference: bytes


async def files(rig: Harness, *, parts: int = 4000, seconds: float = 10.0) -> Figures:
    """``parts`` half mebibytes (the most a file may have) up and down, a trickle of messages beside
    them; between their shares messages alone, ``seconds`` in all.
    """
    pair = await Pairs.of(rig, 1)
    owner = (await rig.crowd(3))[2]
    beside = Beside(pair)
    await beside.warm_up()
    before = rig.server.usage()
    took = {"up": 0.0, "finish": 0.0, "down": 0.0}
    cpu = 0.0
    peak = _Peak(rig)
    share = parts // ROUNDS
    number = random.getrandbits(62)
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), stand_back) as other:
        loop = asyncio.get_running_loop()

        async def phase(kind: str, work: Callable[..., Any], *args: Any) -> Any:
            nonlocal cpu
            await beside.without(seconds / (2 * ROUNDS + 1))
            meter = rig.meter()
            done = loop.run_in_executor(other, run, work, rig.doors, owner, *args)
            await beside.during(kind, done)
            seconds_taken, answer = await done
            meter.stop()
            cpu += meter.cpu
            took[kind] += seconds_taken
            return answer

        for turn in range(ROUNDS):
            await phase("up", up, number, share * ROUNDS, turn * share, share)
        place = await phase("finish", finish, number, share * ROUNDS)
        for turn in range(ROUNDS):
            await phase("down", down, place, turn * share, share)
    peak.stop()
    pair.close()
    megabytes = share * ROUNDS * PART / 1e6
    return {
        "upload_mb_per_second": megabytes / (took["up"] + took["finish"]),
        "download_mb_per_second": megabytes / took["down"],
        "cpu_ms_per_mb": cpu / megabytes / 2 * 1e3,
        **beside.figures(),
        "rss_above_idle_mib": (peak.kib - before.server_kib) / 1024,
    }


class _Peak(threading.Thread):
    """The most memory the server takes while this runs."""

    def __init__(self, rig: Harness) -> None:
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


Sessions = list[Connection]


class _Mover:
    """The client's side, in a process of its own: its share of the work must not delay the
    messages. Its connections stay open between its calls.
    """

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.sessions: Sessions = []

    async def connect(self, doors: Sequence[Address], owner: Person) -> None:
        for number in range(CONNECTIONS):
            at = doors[number % len(doors)]
            session = await connect(at.host, at.port, Key(owner.key.key, owner.key.salt))
            await session.call(people.opening(api.help.GetConfig()))
            self.sessions.append(session)


_mover = cache(_Mover)


def run(
    work: Callable[..., Awaitable[Any]], doors: Sequence[Address], owner: Person, *args: Any
) -> tuple[float, Any]:
    """``work(sessions, *args)``: seconds it took, and its answer. The sessions are dealt out to
    ``doors``.
    """
    mover = _mover()
    try:
        if not mover.sessions:
            mover.loop.run_until_complete(mover.connect(doors, owner))
        began = time.perf_counter()
        answer = mover.loop.run_until_complete(work(mover.sessions, *args))
        return time.perf_counter() - began, answer
    except CallFailed as failed:  # its class does not travel between processes
        raise RuntimeError(str(failed)) from None


async def up(sessions: Sessions, number: int, parts: int, first: int, count: int) -> None:
    """Save ``count`` parts of a file of ``parts``."""
    content = os.urandom(PART)

    def part(n: int) -> bytes:
        return people.request(
            api.upload.SaveBigFilePart(
                file_id=number, file_part=n, file_total_parts=parts, bytes=content
            )
        )

    await _calls(sessions, range(first, first + count), part)


async def finish(sessions: Sessions, number: int, parts: int) -> Place:
    """Make a document of the parts."""
    media = api.InputMediaUploadedDocument(
        file=api.InputFileBig(id=number, parts=parts, name="file"),
        mime_type="application/octet-stream",
        attributes=[],
    )
    request = people.request(api.messages.UploadMedia(peer=api.InputPeerSelf(), media=media))
    found = codec.decode(await _repeated(sessions[0], request)).document
    return Place(found.id, found.access_hash, found.file_reference)


async def _repeated(session: Connection, request: bytes) -> Any:
    """The answer to a call that is made again after each 500, as clients do: what finishes a large
    file goes on after the call was given up.
    """
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return await session.call(request)
        except CallFailed as failed:
            if failed.code != 500 or time.monotonic() > until:
                raise
        await asyncio.sleep(AGAIN_SECONDS)


async def down(sessions: Sessions, place: Place, first: int, count: int) -> None:
    """Fetch ``count`` parts."""
    location = api.InputDocumentFileLocation(
        id=place.id,
        access_hash=place.access_hash,
        file_reference=place.file_reference,
        thumb_size="",
    )

    def piece(n: int) -> bytes:
        return people.request(api.upload.GetFile(location=location, offset=n * PART, limit=PART))

    await _calls(sessions, range(first, first + count), piece)


async def _calls(sessions: Sessions, which: range, request: Callable[[int], bytes]) -> None:
    """Make a call for each number, a few at a time on every connection."""
    numbers = iter(which)

    async def work(session: Connection) -> None:
        for n in numbers:
            await session.call(request(n))

    await asyncio.gather(*(work(session) for session in sessions for _ in range(IN_FLIGHT)))
