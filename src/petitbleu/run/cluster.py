"""One of several workers: how it stands with the others, in words, and how it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from petitbleu import __version__, leases
from petitbleu.app import App
from petitbleu.control import command
from petitbleu.errors import StoreUnavailable
from petitbleu.leases import GONE_SECONDS
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


async def report(standing: Standing) -> Report:
    """Who is there, who leads, what lags: one sentence each, without names of people or keys."""
    try:
        members, held = await standing.members(), await standing.leases()
        lag = await standing.lag()
    except (StoreUnavailable, OSError) as error:
        return Report(False, [f"The database does not say who is there: {error}."])
    found = describe(members, held, __version__)
    late = []
    if lag.job > _LATE_JOB:
        late.append(f"The oldest job is {lag.job} s late: the worker that leads may be too busy.")
    if lag.changes > _MANY_CHANGES:
        late.append(f"The search index lags: {lag.changes:,} changes wait.")
    return Report(found.ok, [*found.lines, *(late or ["No work is late."])])


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
    found = await report(standing)
    return {"ok": found.ok, "lines": found.lines, "worker": standing.worker}
