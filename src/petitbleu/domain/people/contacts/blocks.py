"""Block lists: people kept away (list 0), and people kept from seeing one's stories (list 1)."""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.app import Actor, App
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.contacts import queries as q
from petitbleu.domain.people.contacts.queries import Block
from petitbleu.domain.people.contacts.service import tell_settings
from petitbleu.domain.people.social_graph import service as social_graph
from petitbleu.domain.updates import log
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.store.api import Tx

PEOPLE, STORIES = 0, 1
PAGE_MAX = 100
LIST_MAX = 10_000


async def block(app: App, me: Actor, target: int, which: int = PEOPLE) -> list[Event]:
    """Block ``target``. Raises CONTACT_ID_INVALID for oneself and for nobody."""
    if target == me.id or await accounts.get(app, target) is None:
        raise Fault("CONTACT_ID_INVALID")
    return await _change(app, me, [target], [], which)


async def unblock(app: App, me: Actor, target: int, which: int = PEOPLE) -> list[Event]:
    """Lift a block; nothing happens where there is none."""
    return await _change(app, me, [], [target], which)


async def replace(app: App, me: Actor, targets: Sequence[int], which: int) -> list[Event]:
    """Make the list exactly ``targets``."""
    before = await page(app, me.id, which, 0, LIST_MAX)
    wanted = {target for target in targets if target != me.id}
    known = await accounts.get_many(app, wanted)
    had = {entry.target for entry in before}
    return await _change(app, me, sorted(known.keys() - had), sorted(had - wanted), which)


async def _change(
    app: App, me: Actor, blocked: list[int], freed: list[int], which: int
) -> list[Event]:
    with (
        social_graph.blocking(app, me.id, [*blocked, *freed]),
        accounts.changing(app, me.id, *blocked, *freed),
    ):
        return await app.store.write(_write, me, blocked, freed, which, int(app.clock.now()))


async def _write(
    tx: Tx, me: Actor, blocked: list[int], freed: list[int], which: int, at: int
) -> list[Event]:
    events: list[Event] = []
    for target in blocked:
        if await tx.run(q.BLOCK, owner=me.id, list=which, target=target, at=at):
            events += await _tell(tx, me, target, which, at, blocked=True)
    for target in freed:
        if await tx.run(q.UNBLOCK, owner=me.id, list=which, ids=[target]):
            events += await _tell(tx, me, target, which, at, blocked=False)
    return events


async def _tell(
    tx: Tx, me: Actor, target: int, which: int, at: int, *, blocked: bool
) -> list[Event]:
    data = {"peer": target, "blocked": blocked, "list": which}
    key = f"{which}:{target}"
    event = await log.state(tx, me.id, "peer_blocked", key, data, at=at, by=me)
    if which == STORIES:
        return [event]
    return [event, await tell_settings(tx, me.id, target, at, me)]


async def page(app: App, owner: int, which: int, offset: int, limit: int) -> list[Block]:
    """The list, newest first."""
    return await app.store.rows(
        q.BLOCKED, owner=owner, list=which, offset=max(offset, 0), limit=max(limit, 0)
    )


async def count(app: App, owner: int, which: int) -> int:
    """How long the list is."""
    row = await app.store.row(q.COUNT_BLOCKED, owner=owner, list=which)
    return row.n if row is not None else 0
