"""The work about crowds: a post to a supergroup of 100,000 members, of whom 1,000 are online."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from petitbleu.app import Actor, App
from petitbleu.bench import fill, people
from petitbleu.bench.messages import Receivers, Sender
from petitbleu.bench.people import Person, Template
from petitbleu.bench.rig import Figures, Harness, percentile
from petitbleu.bench.wire_client import Connection
from petitbleu.domain.administration.membership import channels
from petitbleu.ids import peer_of_channel
from petitbleu.tl import api, codec

LAYERS = (158, 201, 229)
"""What the online members' clients speak, in turn."""
INVITED = 200
"""People brought in at a time, as an admin would."""
WARM = 10
IN_FLIGHT = 4


async def post(
    rig: Harness, *, members: int = 100_000, sessions: int = 1000, messages: int = 150
) -> Figures:
    """One member writes; each delivery goes to a session of its own.

    With :data:`IN_FLIGHT` posts under way some reach a session in one turn and share an encryption
    and a write; one at a time (``alone``), each pays for both.
    """
    crowd = await rig.crowd(sessions + 1)
    town = await supergroup(rig, crowd[0])
    began = time.perf_counter()
    async with fill.behind(rig) as app:
        await bring(app, crowd, peer_of_channel(town.channel_id), members)
    filled = time.perf_counter() - began
    figures = await deliver(rig, town, sessions, messages)
    return figures | {"members": float(members), "sessions": float(sessions), "fill_s": filled}


async def deliver(
    rig: Harness, town: api.InputPeerChannel, sessions: int, messages: int
) -> Figures:
    """The first of the crowd writes ``messages`` to the next ``sessions``, twice."""
    crowd = await rig.crowd(sessions + 1)
    received = Receivers()
    online = await _online(rig, crowd[1:], received)
    writer = await people.online(rig.at, crowd[0])
    template = Template(town)
    await Sender(writer, template, WARM).start(4)
    await received.wait_for(WARM * sessions)
    figures: Figures = {}
    for name, in_flight in (("", IN_FLIGHT), ("alone_", 1)):
        received.latencies.clear()
        meter = rig.meter()
        await Sender(writer, template, messages).start(in_flight)
        await received.wait_for(messages * sessions, seconds=120)
        meter.stop()
        deliveries = messages * sessions
        figures |= {
            f"{name}cpu_us_per_delivery": meter.cpu / deliveries * 1e6,
            f"{name}deliveries_per_second": deliveries / meter.wall,
            f"{name}delivered_p50_ms": percentile(received.latencies, 0.5) / 1e6,
            f"{name}delivered_p99_ms": percentile(received.latencies, 0.99) / 1e6,
            f"{name}generator_us_per_delivery": meter.generator_cpu / deliveries * 1e6,
        }
    for one in (*online, writer):
        one.close()
    return figures


async def supergroup(rig: Harness, creator: Person) -> api.InputPeerChannel:
    """A new supergroup of the creator, as they name it."""
    connection = await people.online(rig.at, creator)
    made = codec.decode(await connection.call(people.request(
        api.channels.CreateChannel(megagroup=True, title="Town", about="")
    )))  # fmt: skip
    connection.close()
    chat = made.chats[0]
    return api.InputPeerChannel(channel_id=chat.id, access_hash=chat.access_hash)


async def bring(app: App, crowd: Sequence[Person], town: int, members: int) -> None:
    """Everybody but the first of the crowd, and strangers up to ``members``, are invited."""
    creator = Actor(crowd[0].id)
    come = [person.id for person in crowd[1:]]
    come += await fill.strangers(app, members - len(crowd))
    for at in range(0, len(come), INVITED):
        _, missing = await channels.invite(app, creator, town, come[at : at + INVITED])
        if missing:
            raise RuntimeError(f"{len(missing)} people could not be brought in")


async def _online(rig: Harness, crowd: Sequence[Person], received: Receivers) -> list[Connection]:
    gate = asyncio.Semaphore(32)

    async def one(number: int, person: Person) -> Connection:
        async with gate:
            layer = LAYERS[number % len(LAYERS)]
            return await people.online(rig.door(number), person, received.take, layer)

    return list(await asyncio.gather(*(one(n, person) for n, person in enumerate(crowd))))
