"""Usernames: public names of people (later of channels and bots), unique without regard to case."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from petitbleu.app import Actor, App
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.usernames import queries as q
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.ids import SERVICE_USER
from petitbleu.resources import schema_text
from petitbleu.store.api import Reader, Tx

REST_SECONDS = 365 * 86_400
"""A released name is nobody's for a year; only its former owner may take it back."""

RESTING_MAX = 5
"""Names one account may keep resting: changing names is no way to lock many of them."""

SERVICE_NAME = "petitbleu"
"""Leads to the service chat. Reserved, and no username of 777000: clients show none there."""

_FORM = re.compile(r"[a-z](?:_?[a-z0-9])*")


def canonical(name: str) -> str:
    """The name in lower case, as it is stored; USERNAME_INVALID where it is not 5-32 of a-z 0-9 _,
    beginning with a letter, without a double or trailing underscore."""
    lower = name.removeprefix("@").lower()
    if not 5 <= len(lower) <= 32 or not _FORM.fullmatch(lower):
        raise Fault("USERNAME_INVALID")
    return lower


@functools.cache
def reserved() -> frozenset[str]:
    """Names nobody may have: routes of the server and words that would mislead."""
    lines = schema_text("reserved-names.txt").splitlines()
    return frozenset(name for line in lines if (name := line.partition("#")[0].strip()))


async def load_usernames(reader: Reader, peers: Iterable[int]) -> dict[int, str]:
    """The username of each of ``peers`` that has one, in the case it was typed."""
    wanted = list(peers)
    if not wanted:
        return {}
    return {row.peer: row.display for row in await reader.rows(q.OF, ids=wanted)}


async def resolve(reader: Reader, name: str) -> int | None:
    """The peer that has ``name`` now, in any case, with or without ``@``."""
    lower = name.removeprefix("@").lower()
    if lower == SERVICE_NAME:
        return SERVICE_USER
    row = await reader.row(q.GET, name=lower)
    return None if row is None or row.rests_until is not None else row.peer


async def former(app: App, name: str) -> int | None:
    """The peer that gave ``name`` up within the last year: links to it may still lead there."""
    row = await app.store.row(q.GET, name=name.removeprefix("@").lower())
    if row is None or row.rests_until is None or row.rests_until <= app.clock.now():
        return None
    return row.peer


async def beginning_with(reader: Reader, prefix: str, limit: int) -> list[int]:
    """Peers whose username begins with ``prefix`` (any case), in the order of the names."""
    first = prefix.removeprefix("@").lower()
    if not re.fullmatch(r"[a-z0-9_]+", first):
        return []
    # "z" is the last letter a name can have in every collation a database may sort by.
    rows = await reader.rows(q.PREFIX, first=first, last=first + "z" * 33, limit=limit)
    peers = [row.peer for row in rows if row.name.startswith(first)]
    return [SERVICE_USER, *peers][:limit] if first == SERVICE_NAME else peers


async def free(app: App, me: Actor, name: str) -> bool:
    """Whether ``me`` could take ``name`` now. Raises USERNAME_INVALID."""
    return await free_for(app, me.id, name)


async def free_for(app: App, peer: int, name: str) -> bool:
    """:func:`free` for a person or channel; ``peer`` 0: a channel yet to be made."""
    lower = canonical(name)
    if lower in reserved():
        return False
    row = await app.store.row(q.GET, name=lower)
    if row is None or row.peer == peer:
        return True
    return row.rests_until is not None and row.rests_until <= app.clock.now()


async def update(app: App, me: Actor, name: str) -> list[Event]:
    """Take ``name`` (``""``: have none any more). The old one rests.

    Raises USERNAME_INVALID, USERNAME_OCCUPIED, USERNAME_NOT_MODIFIED.
    """
    lower = canonical(name) if name else ""
    if lower in reserved():
        raise Fault("USERNAME_OCCUPIED")
    with accounts.changing(app, me.id):
        return await app.store.write(
            _update, me, lower, name.removeprefix("@"), int(app.clock.now())
        )


async def _update(tx: Tx, me: Actor, lower: str, display: str, now: int) -> list[Event]:
    if (await load_usernames(tx, (me.id,))).get(me.id, "") == display:
        raise Fault("USERNAME_NOT_MODIFIED")
    if lower:
        await take(tx, me.id, display, now)
    await release(tx, me.id, now, keep=lower)
    return await accounts.announce_name(tx, me.id, at=now, by=me)


async def take(tx: Tx, peer: int, name: str, now: int) -> None:
    """Give ``name`` to ``peer`` beside those it has. Raises USERNAME_INVALID, USERNAME_OCCUPIED."""
    lower, display = canonical(name), name.removeprefix("@")
    if lower in reserved():
        raise Fault("USERNAME_OCCUPIED")
    taken = await tx.row(q.TAKE, name=lower, display=display, peer=peer, now=now)
    if taken is None:
        raise Fault("USERNAME_OCCUPIED")


async def release(tx: Tx, peer: int, now: int, *, keep: str = "") -> None:
    """Let the names of ``peer`` (but ``keep``) rest; of those at rest only the newest few stay
    kept.
    """
    await tx.run(q.RELEASE, peer=peer, until=now + REST_SECONDS, keep=keep)
    for row in (await tx.rows(q.RESTING, peer=peer))[RESTING_MAX:]:
        await tx.run(q.DROP, name=row.name)
