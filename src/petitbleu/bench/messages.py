"""The works about messages: W1 (pairs), one account on many devices, history, catching up,
growth.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import time

from petitbleu.bench import fill, people
from petitbleu.bench.people import Person, Template
from petitbleu.bench.rig import Figures, Harness, percentile
from petitbleu.bench.wire_client import Connection
from petitbleu.tl import api, codec

_random_ids = itertools.count(random.getrandbits(62))
PAGE = 100


class Sender:
    """Keeps a number of messages in flight from one account to another until its share is sent."""

    __slots__ = ("_connection", "_done", "_left", "_template", "_unanswered", "latencies")

    def __init__(self, connection: Connection, template: Template, count: int) -> None:
        self._connection = connection
        self._template = template
        self._left = count
        self._unanswered = 0
        self._done = asyncio.get_running_loop().create_future()
        self.latencies: list[int] = []

    def start(self, in_flight: int) -> asyncio.Future[None]:
        """Begin; the future is done when the last answer is here."""
        for _ in range(min(in_flight, self._left)):
            self._fire()
        return self._done

    def _fire(self) -> None:
        self._left -= 1
        self._unanswered += 1
        now = time.perf_counter_ns()
        body = self._template.message(now, next(_random_ids))
        self._connection.send(body).add_done_callback(lambda f: self._answered(f, now))

    def _answered(self, future: asyncio.Future[bytes], began: int) -> None:
        self._unanswered -= 1
        if (error := future.exception()) is not None:
            if not self._done.done():
                self._done.set_exception(error)
            return
        self.latencies.append(time.perf_counter_ns() - began)
        if self._left:
            self._fire()
        elif not self._unanswered:
            self._done.set_result(None)


class Receivers:
    """Counts what arrives, with the time each message took from send to receive."""

    __slots__ = ("latencies",)

    def __init__(self) -> None:
        self.latencies: list[int] = []

    def take(self, push: bytes) -> None:
        now = time.perf_counter_ns()
        self.latencies.extend(now - began for began in people.sent_at(push))

    async def wait_for(self, count: int, seconds: float = 30.0) -> None:
        """Until ``count`` deliveries; raises TimeoutError."""
        deadline = time.monotonic() + seconds
        while len(self.latencies) < count:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{len(self.latencies)} of {count} messages were delivered")
            await asyncio.sleep(0.005)


class Pairs:
    """Pairs of people who are online, the first of each ready to write to the second, who is at
    another worker where there are several.
    """

    def __init__(self) -> None:
        self.received = Receivers()
        self.senders: list[tuple[Connection, Template]] = []
        self._open: list[Connection] = []

    @classmethod
    async def of(cls, rig: Harness, count: int) -> Pairs:
        made = cls()
        crowd = await rig.crowd(2 * count)
        for n, (one, other) in enumerate(zip(crowd[::2], crowd[1::2], strict=True)):
            sender = await people.online(rig.door(n), one)
            receiver = await people.online(rig.door(n + 1), other, made.received.take)
            made._open += [sender, receiver]
            template = Template(await people.befriend(sender, other))
            made.senders.append((sender, template))
        return made

    async def run(self, messages: int, in_flight: int) -> list[int]:
        """Send ``messages`` in all; the latencies of the answers, in nanoseconds."""
        self.received.latencies.clear()
        share = messages // len(self.senders)
        working = [Sender(connection, template, share) for connection, template in self.senders]
        await asyncio.gather(*(sender.start(in_flight) for sender in working))
        await self.received.wait_for(share * len(working))
        return [ns for sender in working for ns in sender.latencies]

    def close(self) -> None:
        for connection in self._open:
            connection.close()


async def send(
    rig: Harness, *, pairs: int = 50, in_flight: int = 4, messages: int = 20000, alone: int = 1000
) -> Figures:
    """W1: ``pairs`` x ``in_flight`` durable messages, then one sender alone."""
    crowd = await Pairs.of(rig, pairs)
    await crowd.run(max(messages // 10, pairs), in_flight)  # warm-up
    meter = rig.meter()
    answers = await crowd.run(messages, in_flight)
    meter.stop()
    figures = _rates(meter.cpu, meter.database_cpu, meter.wall, len(answers))
    figures |= {
        "generator_us_per_message": meter.generator_cpu / len(answers) * 1e6,
        "answer_p50_ms": percentile(answers, 0.5) / 1e6,
        "answer_p99_ms": percentile(answers, 0.99) / 1e6,
        "delivered_p50_ms": percentile(crowd.received.latencies, 0.5) / 1e6,
        "delivered_p99_ms": percentile(crowd.received.latencies, 0.99) / 1e6,
        "rss_mib": meter.rss_kib / 1024,
    }
    if alone:
        del crowd.senders[1:]
        await crowd.run(100, 1)
        await crowd.run(alone, 1)
        figures["alone_delivered_p50_ms"] = percentile(crowd.received.latencies, 0.5) / 1e6
        figures["alone_delivered_p99_ms"] = percentile(crowd.received.latencies, 0.99) / 1e6
    crowd.close()
    return figures


def _rates(cpu: float, database: float, wall: float, count: int) -> Figures:
    return {
        "cpu_us_per_message": cpu / count * 1e6,
        "database_us_per_message": database / count * 1e6,
        "messages_per_second": count / wall,
    }


async def fanout(rig: Harness, *, sessions: int = 100, messages: int = 300) -> Figures:
    """One account with many sessions is written to; each delivery is an encryption and a write."""
    writer, reader = await rig.crowd(2)
    received = Receivers()
    devices = [await people.online(rig.at, reader, received.take) for _ in range(sessions)]
    connection = await people.online(rig.at, writer)
    template = Template(await people.befriend(connection, reader))
    await Sender(connection, template, 10).start(4)
    await received.wait_for(10 * sessions)
    received.latencies.clear()
    meter = rig.meter()
    await Sender(connection, template, messages).start(4)
    await received.wait_for(messages * sessions)
    meter.stop()
    deliveries = messages * sessions
    for device in (*devices, connection):
        device.close()
    return {
        "cpu_us_per_delivery": meter.cpu / deliveries * 1e6,
        "deliveries_per_second": deliveries / meter.wall,
        "delivered_p50_ms": percentile(received.latencies, 0.5) / 1e6,
        "delivered_p99_ms": percentile(received.latencies, 0.99) / 1e6,
        "generator_us_per_delivery": meter.generator_cpu / deliveries * 1e6,
    }


async def history(rig: Harness, *, messages: int = 10000, rounds: int = 3) -> Figures:
    """W5: a conversation read back in pages of 100."""
    pair = await Pairs.of(rig, 1)
    await pair.run(messages, 64)
    pair.close()
    writer, reader = await rig.crowd(2)
    return await read_history(rig, reader, writer, messages // PAGE, rounds)


async def read_history(
    rig: Harness, reader: Person, writer: Person, pages: int, rounds: int
) -> Figures:
    """Page through ``pages`` hundreds of ``reader``'s chat with ``writer``, ``rounds`` times."""
    connection = await people.online(rig.at, reader)
    chat = await people.befriend(connection, writer)
    took: list[float] = []
    meter = rig.meter()
    for _ in range(rounds):
        offset = 0
        for _ in range(pages):
            page = page_of(chat, offset)
            began = time.perf_counter()
            answer = await connection.call(page)
            took.append(time.perf_counter() - began)
            found = codec.decode(answer).messages
            if len(found) != PAGE:
                raise RuntimeError(f"a page of {len(found)} messages")
            offset = found[-1].id
    meter.stop()
    connection.close()
    return {
        "cpu_ms_per_page": meter.cpu / len(took) * 1e3,
        "page_p50_ms": percentile(took, 0.5) * 1e3,
        "page_p99_ms": percentile(took, 0.99) * 1e3,
    }


def page_of(chat: api.InputPeerUser, offset: int) -> bytes:
    """The request of the page below ``offset`` (0: the newest)."""
    query = api.messages.GetHistory(
        peer=chat,
        offset_id=offset,
        offset_date=0,
        add_offset=0,
        limit=PAGE,
        max_id=0,
        min_id=0,
        hash=0,
    )
    return people.request(query)


async def catchup(rig: Harness, *, messages: int = 1000, rounds: int = 10) -> Figures:
    """W6: a client away for 1,000 messages asks for the difference."""
    writer, reader = await rig.crowd(2)
    device = await people.online(rig.at, reader)
    state = codec.decode(await device.call(people.request(api.updates.GetState())))
    device.close()
    connection = await people.online(rig.at, writer)
    template = Template(await people.befriend(connection, reader))
    await Sender(connection, template, messages).start(16)
    connection.close()
    device = await people.online(rig.at, reader)
    walls: list[float] = []
    meter = rig.meter()
    for _ in range(rounds):
        began = time.perf_counter()
        raw = await _difference(device, state.pts, state.date, state.qts)
        walls.append(time.perf_counter() - began)
        found = sum(len(codec.decode(part).new_messages) for part in raw)
        if found != messages:
            raise RuntimeError(f"{found} of {messages} messages in the difference")
    meter.stop()
    device.close()
    return {
        "wall_ms": percentile(walls, 0.5) * 1e3,
        "cpu_ms": meter.cpu / rounds * 1e3,
    }


async def _difference(device: Connection, pts: int, date: int, qts: int) -> list[bytes]:
    """Every part of the difference since ``pts``, as bytes."""
    parts: list[bytes] = []
    while True:
        query = api.updates.GetDifference(pts=pts, date=date, qts=qts)
        parts.append(await device.call(people.request(query)))
        part = codec.decode(parts[-1])
        if not isinstance(part, api.updates.DifferenceSlice):
            return parts
        pts = part.intermediate_state.pts


async def growth(rig: Harness, *, stored: int = 1_000_000, messages: int = 10000) -> Figures:
    """W1 and W5 on an almost empty store, then again with ``stored`` messages in it."""
    small, small_page = await _send_and_read(rig, messages)
    ids = [person.id for person in rig.people]
    began = time.perf_counter()
    async with fill.behind(rig) as app:
        await fill.talk(app, list(zip(ids[::2], ids[1::2], strict=True)), stored)
    filled = time.perf_counter() - began
    large, large_page = await _send_and_read(rig, messages)
    return {
        "send_cpu_ratio": large["cpu_us_per_message"] / small["cpu_us_per_message"],
        "history_cpu_ratio": large_page["cpu_ms_per_page"] / small_page["cpu_ms_per_page"],
        "empty_cpu_us_per_message": small["cpu_us_per_message"],
        "full_cpu_us_per_message": large["cpu_us_per_message"],
        "empty_cpu_ms_per_page": small_page["cpu_ms_per_page"],
        "full_cpu_ms_per_page": large_page["cpu_ms_per_page"],
        "fill_s": filled,
    }


async def _send_and_read(rig: Harness, messages: int) -> tuple[Figures, Figures]:
    crowd = await rig.crowd(100)
    sent = await send(rig, messages=messages, alone=0)
    pages = max(messages // 50 // PAGE - 1, 1)
    return sent, await read_history(rig, crowd[1], crowd[0], pages, 60 // pages + 1)
