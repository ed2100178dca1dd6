"""One of several workers: how it stands with the others, in words, and how it goes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from petitbleu import __version__, leases
from petitbleu.app import App
from petitbleu.control import command
from petitbleu.domain.files.media.storage import STORAGE
from petitbleu.errors import StoreUnavailable
from petitbleu.leases import GONE_SECONDS
from petitbleu.metrics import COUNTERS
from petitbleu.web.app import Report

if TYPE_CHECKING:
    from petitbleu.store.workers import Held, Member, Standing

WORDS = {
    leases.JOBS: "deferred work",
    leases.INDEX: "the search index",
    leases.MAIL: "the desk's mailbox",
    leases.DESK: "what the desk does by itself",
    leases.FOLLOW: "feeds and caches",
}
_LATE_SECONDS = 4.0
_LATE_JOB = 60
_MANY_CHANGES = 2_000


_COUNTED = {
    "frames_lost_total": "times that frames of the bus were, or may have been, lost (each time this"
    " worker looked into the database)",
    "frames_unopened_total": "frames of the bus that could not be opened (another cluster has this"
    " name, or somebody writes there who is no worker)",
    "sweep_found_total": "news of other workers found in the database (the bus had not brought them"
    " in time)",
    "stamp_found_total": "changes of other workers found by comparing stamps (the bus had not told"
    " of them)",
    "fenced_total": "writes refused because another worker had taken over",
    "passing_dropped_total": "passing news not passed on, such as typing (too many waited)",
}
"""Counter -> what it counts, in words; said where it is not 0."""


class Around(NamedTuple):
    """What this worker knows of the things that it shares with the others."""

    unready: str
    """Why it takes nobody; empty: it does."""
    bus: bool
    """Whether what is sent to other workers arrives."""
    unheard: Sequence[int]
    """Live workers that the bus brings nothing of."""
    files: str
    """Why files cannot be sent or fetched; empty: they can."""
    gone: list[tuple[int, float]]
    """Workers taken off lately, and how many seconds ago."""
    counts: Mapping[str, int]
    """Counters of :data:`_COUNTED`, since the start."""


async def report(app: App, standing: Standing) -> Report:
    """Who is there, who leads, what is down, what lags: one sentence each, without names of people
    or keys.
    """
    rows, files = await asyncio.gather(_rows(standing), app.parts[STORAGE].blobs.trouble())
    around = describe_around(
        Around(
            standing.unready(),
            app.bus.up(),
            app.bus.unheard(),
            files,
            standing.gone(),
            _counts(),
        )
    )
    return Report(rows.ok and around.ok, [*rows.lines, *around.lines])


async def _rows(standing: Standing) -> Report:
    """What the database says."""
    import asyncpg  # by servers that have PostgreSQL only

    try:
        members, held = await standing.members(), await standing.leases()
        lag = await standing.lag()
    except (StoreUnavailable, OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        why = str(error) or "it does not answer in time"
        return Report(False, [f"The database does not say who is there: {why}."])
    found = describe(members, held, __version__)
    late = []
    if lag.job > _LATE_JOB:
        late.append(f"The oldest job is {lag.job} s late: the worker that leads may be too busy.")
    if lag.changes > _MANY_CHANGES:
        late.append(f"The search index lags: {lag.changes:,} changes wait.")
    return Report(found.ok, [*found.lines, *(late or ["No work is late."])])


def _counts() -> dict[str, int]:
    return {name: sum(COUNTERS[name].values.values()) for name in _COUNTED if name in COUNTERS}


def describe_around(around: Around) -> Report:
    """What is down, who was taken off, what went wrong since the start."""
    lines = []
    if around.unready:
        lines.append(f"This worker takes nobody: {around.unready}.")
    if not around.bus:
        lines.append(
            "The bus (NATS) does not answer this worker: news of other workers come up to 2 seconds"
            " late, typing and presence not at all."
        )
    lines += [
        f"The bus (NATS) brings nothing of worker {worker}: its news come up to 2 seconds late."
        " Does that worker reach the same NATS server?"
        for worker in around.unheard
    ]
    if around.files:
        lines.append(f"Files cannot be sent or fetched: {around.files}. Messages go on.")
    ok = not lines
    lines += [
        f"Worker {number} was taken off {ago:.0f} s ago: it had said nothing for {GONE_SECONDS} s."
        for number, ago in around.gone
    ]
    counted = [
        f"Since this worker started, {what}: {around.counts[name]:,}."
        for name, what in _COUNTED.items()
        if around.counts.get(name)
    ]
    return Report(ok, lines + counted)


def describe(members: list[Member], held: list[Held], version: str) -> Report:
    """The same of rows."""
    ok, lines = True, []
    for member in members:
        state = "is draining" if member.draining else "works"
        if member.silent > GONE_SECONDS:
            ok, state = False, f"has been silent for {member.silent:.0f} s"
        elif member.silent > _LATE_SECONDS:
            state = f"was last heard of {member.silent:.0f} s ago"
        since = (member.now - member.started) // 60_000
        roles = f" as {member.roles.replace(',', ', ')}" if member.roles else " for a command"
        other = f", version {member.version}" if member.version != version else ""
        lines.append(
            f"Worker {member.id} ({member.name}, {member.address}{other}) {state}{roles},"
            f" for {since} min."
        )
    there = {member.id for member in members}
    for lease in held:
        what = WORDS.get(lease.name, lease.name)
        if lease.left > 0 and lease.holder in there:
            lines.append(f"Worker {lease.holder} leads {what} (term {lease.term}).")
        else:
            ok = False
            lines.append(f"Nobody leads {what} now: a worker of that role takes it in 10 s.")
    return Report(ok, lines)


@command("cluster.status")
async def cluster_status(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """What ``petitbleu cluster status`` asks."""
    if not app.worker:
        line = "This server is alone: [cluster] bus is empty (docs/operate/cluster.md)."
        return {"ok": True, "lines": [line], "worker": 0}
    standing = cast("Standing", app.leases)
    found = await report(app, standing)
    return {"ok": found.ok, "lines": found.lines, "worker": standing.worker}
