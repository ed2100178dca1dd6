"""The work about fan-out: one account with many sessions, and basic groups, where each member has
a copy, an event and numbers of their own.
"""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.bench import messages as pairs
from petitbleu.bench import people
from petitbleu.bench.messages import Receivers, Sender
from petitbleu.bench.people import Person, Template
from petitbleu.bench.rig import Figures, Harness, percentile
from petitbleu.bench.wire_client import Connection
from petitbleu.tl import api, codec

IN_FLIGHT = 4
WARM_DELIVERIES = 5_000
"""Deliveries before the measured ones, so that a group's pages are no longer shared."""
AT_ONCE = 100
"""Contacts of one request."""


async def fanout(
    rig: Harness,
    *,
    sessions: int = 100,
    messages: int = 300,
    groups: Sequence[int] = (100, 200),
    deliveries: int = 60_000,
) -> Figures:
    """One account with ``sessions`` sessions; then a basic group of each of the sizes ``groups``,
    all of its members online."""
    figures = await pairs.fanout(rig, sessions=sessions, messages=messages)
    crowd = await rig.crowd(2 + sum(groups))
    first = 2
    for size in groups:
        members = crowd[first : first + size]
        measured = await _group(rig, members, max(deliveries // size, 10))
        figures |= {f"group_{size}_{name}": value for name, value in measured.items()}
        first += size
    return figures


async def _group(rig: Harness, members: Sequence[Person], messages: int) -> Figures:
    """``messages`` of the first member, :data:`IN_FLIGHT` under way, to all the others."""
    writer = await people.online(rig.at, members[0])
    received = Receivers()
    others = [await people.online(rig.at, member, received.take) for member in members[1:]]
    template = Template(await _made(writer, members[1:]))
    warm = max(WARM_DELIVERIES // len(members), 5)
    await Sender(writer, template, warm).start(IN_FLIGHT)
    await received.wait_for(warm * len(others))
    received.latencies.clear()
    count = messages * len(others)
    meter = rig.meter()
    await Sender(writer, template, messages).start(IN_FLIGHT)
    await received.wait_for(count, seconds=300)
    meter.stop()
    for one in (*others, writer):
        one.close()
    return {
        "cpu_us_per_delivery": meter.cpu / count * 1e6,
        "database_us_per_delivery": meter.database_cpu / count * 1e6,
        "deliveries_per_second": count / meter.wall,
        "delivered_p50_ms": percentile(received.latencies, 0.5) / 1e6,
        "delivered_p99_ms": percentile(received.latencies, 0.99) / 1e6,
        "generator_us_per_delivery": meter.generator_cpu / count * 1e6,
    }


async def _made(writer: Connection, others: Sequence[Person]) -> api.InputPeerChat:
    """A basic group of the connection's account and ``others``."""
    users = []
    for at in range(0, len(others), AT_ONCE):
        contacts = [
            api.InputPhoneContact(client_id=n, phone=one.phone, first_name="M", last_name="")
            for n, one in enumerate(others[at : at + AT_ONCE])
        ]
        request = people.request(api.contacts.ImportContacts(contacts=contacts))
        found = codec.decode(await writer.call(request)).users
        users += [api.InputUser(user_id=one.id, access_hash=one.access_hash) for one in found]
    request = people.request(api.messages.CreateChat(users=users, title="Hall"))
    made = codec.decode(await writer.call(request))
    return api.InputPeerChat(chat_id=made.updates.chats[0].id)
