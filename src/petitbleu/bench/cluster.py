"""What two workers cost beside one process on the same PostgreSQL: messages, posts, idle sessions;
and files in a bucket at four workers.

One process and two workers take turns on one database, so that what else the machine does meets
both. CPU is that of all processes of the service: workers, PostgreSQL and NATS.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from statistics import median

import click

from petitbleu.bench import crowds, files, fill, people, sessions
from petitbleu.bench.buckets import Gateway, NoGateway
from petitbleu.bench.messages import Pairs, Sender
from petitbleu.bench.people import Template
from petitbleu.bench.rig import Figures, Harness, percentile
from petitbleu.bench.workers import Nats, NoLimit, Workers, held
from petitbleu.ids import peer_of_channel
from petitbleu.tl import api

IN_FLIGHT = 4
SHARE_PERCENT = 15.0
"""Of a core, where each process is held to one."""
SETTLE = 1.0
"""Seconds after a start before anything is measured."""
COUNTED = 20
"""Posts whose frames are counted."""
FILE_WORKERS = 4
PARTS = ("messages", "shares", "posts", "idle", "files")
"""What this work is made of; each can be measured alone."""


async def cluster(
    rig: Harness,
    *,
    parts: Collection[str] = PARTS,
    pairs: int = 50,
    messages: int = 10_000,
    rounds: int = 3,
    alone: int = 400,
    shared: int = 2_000,
    shared_rounds: int = 5,
    members: int = 100_000,
    online: int = 1_000,
    posts: int = 100,
    idle: int = 10_000,
    seconds: float = 60.0,
    pieces: int = 400,
) -> Figures:
    """``messages`` between ``pairs`` in each of ``rounds``, ``alone`` more by one sender;
    ``shared`` with each process held to a share of a core; ``posts`` to a channel of ``members``,
    of whom ``online`` are there; ``idle`` sessions for ``seconds`` (in 60 each job of a minute
    runs once); a file of ``pieces`` half mebibytes. Only the named ``parts``.
    """
    bus = Nats()
    try:
        both = _Both(rig, Workers(rig.server, bus))
        figures: Figures = {}
        if "messages" in parts:
            figures |= await _messages(both, pairs, messages, alone, rounds)
        if "shares" in parts:
            figures |= await _shares(both, pairs, shared, shared_rounds)
        if "posts" in parts:
            figures |= await _posts(both, members, online, posts)
        if "idle" in parts:
            figures |= await _idle(both, idle, seconds)
        if "files" in parts:
            figures |= await _files(rig, bus, pieces)
        return figures
    finally:
        bus.stop()


class _Both:
    """One process and the workers, of which one runs at a time; first the process."""

    def __init__(self, one: Harness, workers: Workers) -> None:
        self.one = one
        self.workers = workers

    @asynccontextmanager
    async def two(self) -> AsyncIterator[Harness]:
        """The workers, while the one process is stopped."""
        self.one.server.stop()
        try:
            self.workers.start()
            made = Harness(self.workers, self.one.engine)
            made.people = self.one.people
            await asyncio.sleep(SETTLE)
            yield made
        finally:
            self.workers.stop()
            self.one.server.start()
            await asyncio.sleep(SETTLE)


# ── messages ────────────────────────────────────────────────────────────────────────────────────


async def _messages(both: _Both, pairs: int, messages: int, alone: int, rounds: int) -> Figures:
    ones: list[Figures] = []
    twos: list[Figures] = []
    for _ in range(rounds):
        ones.append(await _sent(both.one, pairs, messages, alone))
        async with both.two() as workers:
            twos.append(await _sent(workers, pairs, messages, alone))
    figures: Figures = {}
    for name in ones[0]:
        one, two = (median(turn[name] for turn in turns) for turns in (ones, twos))
        figures |= {f"one_{name}": one, f"two_{name}": two}
    for name in ("cpu_us_per_message", "alone_p50_ms", "alone_p99_ms"):
        figures[f"{name}_ratio"] = median(
            two[name] / one[name] for one, two in zip(ones, twos, strict=True)
        )
    return figures


async def _sent(rig: Harness, pairs: int, messages: int, alone: int) -> Figures:
    """Messages between people, with several workers each to the next one; then one sender alone."""
    crowd = await Pairs.of(rig, pairs)
    await crowd.run(max(messages // 5, pairs), IN_FLIGHT)
    nats = _nats_cpu(rig)
    meter = rig.meter()
    count = len(await crowd.run(messages, IN_FLIGHT))
    meter.stop()
    figures = {
        "cpu_us_per_message": meter.cpu / count * 1e6,
        "database_us_per_message": meter.database_cpu / count * 1e6,
        "nats_us_per_message": (_nats_cpu(rig) - nats) / count * 1e6,
        "messages_per_second": count / meter.wall,
        "p50_ms": percentile(crowd.received.latencies, 0.5) / 1e6,
        "p99_ms": percentile(crowd.received.latencies, 0.99) / 1e6,
    }
    del crowd.senders[1:]
    await crowd.run(50, 1)
    await crowd.run(alone, 1)
    figures["alone_p50_ms"] = percentile(crowd.received.latencies, 0.5) / 1e6
    figures["alone_p99_ms"] = percentile(crowd.received.latencies, 0.99) / 1e6
    crowd.close()
    return figures


def _nats_cpu(rig: Harness) -> float:
    return rig.server.nats_cpu if isinstance(rig.server, Workers) else 0.0


async def _shares(both: _Both, pairs: int, messages: int, rounds: int) -> Figures:
    """Deliveries a second where each process has a share of a core."""
    ones: list[float] = []
    twos: list[float] = []
    try:
        for _ in range(rounds):
            ones.append(await _rate(both.one, [both.one.server.pid], pairs, messages))
            async with both.two() as workers:
                pids = [worker.pid for worker in both.workers.workers]
                twos.append(await _rate(workers, pids, pairs, messages))
    except NoLimit as why:
        click.echo(f"cluster: {why}", err=True)
        return {}
    return {
        "held_one_per_second": median(ones),
        "held_two_per_second": median(twos),
        "held_ratio": median(two / one for one, two in zip(ones, twos, strict=True)),
    }


async def _rate(rig: Harness, pids: list[int], pairs: int, messages: int) -> float:
    crowd = await Pairs.of(rig, pairs)
    await crowd.run(messages // 2, IN_FLIGHT)
    with held(pids, SHARE_PERCENT):
        meter = rig.meter()
        count = len(await crowd.run(messages, IN_FLIGHT))
        meter.stop()
    crowd.close()
    return count / meter.wall


# ── posts ───────────────────────────────────────────────────────────────────────────────────────


async def _posts(both: _Both, members: int, online: int, posts: int) -> Figures:
    rig = both.one
    crowd = await rig.crowd(online + 1)
    town = await crowds.supergroup(rig, crowd[0])
    async with fill.behind(rig) as app:
        await crowds.bring(app, crowd, peer_of_channel(town.channel_id), members)
    one = await crowds.deliver(rig, town, online, posts)
    async with both.two() as workers:
        two = await crowds.deliver(workers, town, online, posts)
        frames = await _frames(workers, town, online)
    figures = {"post_frames_per_worker": frames}
    for name in ("cpu_us_per_delivery", "deliveries_per_second", "alone_cpu_us_per_delivery"):
        figures |= {f"one_post_{name}": one[name], f"two_post_{name}": two[name]}
        if "cpu" in name:
            figures[f"post_{name}_ratio"] = two[name] / one[name]
    return figures


async def _frames(rig: Harness, town: api.InputPeerChannel, online: int) -> float:
    """Frames to each other worker for a post, counted on NATS; posts one after the other."""
    from nats.aio.client import Client

    assert isinstance(rig.server, Workers)
    seen: Counter[str] = Counter()

    async def came(message: object) -> None:
        seen[message.subject] += 1  # type: ignore[attr-defined]

    listener = Client()
    await listener.connect(rig.server.nats.url)
    crowd = await rig.crowd(online + 1)
    reader = await people.online(rig.door(1), crowd[2])
    writer = await people.online(rig.at, crowd[0])
    await asyncio.sleep(SETTLE)
    await listener.subscribe("pb.*.w.*", cb=came)
    await listener.flush()
    await Sender(writer, Template(town), COUNTED).start(1)
    await asyncio.sleep(SETTLE)
    await listener.close()
    reader.close()
    writer.close()
    return sum(seen.values()) / COUNTED / (len(rig.doors) - 1)


# ── idle sessions ───────────────────────────────────────────────────────────────────────────────


async def _idle(both: _Both, idle: int, seconds: float) -> Figures:
    async with both.two() as workers:
        found = await sessions.idle(workers, sessions=idle, seconds=seconds)
    return {f"idle_{name}": value for name, value in found.items()}


# ── files ───────────────────────────────────────────────────────────────────────────────────────


async def _files(rig: Harness, bus: Nats, pieces: int) -> Figures:
    """A file up and down over four connections, each to a worker of its own; contents lie in an S3
    server on this machine.
    """
    try:
        gateway = Gateway()
    except NoGateway as why:
        click.echo(f"cluster: {why}", err=True)
        return {}
    try:
        both = _Both(rig, Workers(rig.server, bus, FILE_WORKERS, gateway.settings))
        async with both.two() as workers:
            found = await files.files(workers, parts=pieces, seconds=4.0)
    finally:
        gateway.stop()
    return {f"files_{name}": value for name, value in found.items()}
