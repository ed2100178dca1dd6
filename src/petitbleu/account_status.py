"""Accounts that may not do everything: frozen (may read, not act) or suspended (may do nothing).

A leaf over the store, like ``rates.py``: the dispatcher asks before every call, so the few accounts
concerned are held in memory. ``moderation`` decides and calls :func:`refresh` after its
commit.
core.telegram.org/api/auth#frozen-accounts
"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.app import App, Part
from petitbleu.login import LOGINS
from petitbleu.stamps import ROOMS_HERE, Change, room
from petitbleu.store.query import query

FROZEN, SUSPENDED = 3, 4
"""``mark.kind`` (domain/restrictions)."""


class Standing(NamedTuple):
    """What is the matter with an account. Times are Unix seconds; ``until`` 0: for ever."""

    account: int
    kind: int
    since: int
    until: int


# Of several the strongest comes first, then the one that lasts longest (0: for ever).
_ALL = query(
    "select owner, kind, since, until from mark where id = 0 and kind >= 3"
    " order by owner, kind desc, case when until = 0 then 0 else 1 end, until desc",
    Standing,
)
_OF = query(
    "select owner, kind, since, until from mark where owner = :account and id = 0 and kind >= 3"
    " order by kind desc, case when until = 0 then 0 else 1 end, until desc limit 1",
    Standing,
)


class _Standings:
    __slots__ = ("generation", "known", "loaded")

    def __init__(self) -> None:
        self.known: dict[int, Standing | None] = {}
        self.loaded = False
        self.generation = 0
        """Moves when another worker decided something: what was read before may be too old."""


ROOM = room("standings", mark=())


def _standings(app: App) -> _Standings:
    standings = _Standings()

    def take(change: Change) -> None:
        standings.generation += 1
        if standings.loaded:
            known = [account for account, one in standings.known.items() if one is not None]
            app.spawn(_renew(app, list(change.of(known)), anybody=not change.keys))

    app.parts[ROOMS_HERE].hear(ROOM, take)
    return standings


STANDINGS: Part[_Standings] = Part(_standings)


async def ready(app: App) -> None:
    """Read who is frozen or suspended, once; before :func:`load_standing` is asked for the first
    time.
    """
    standings = app.parts[STANDINGS]
    while not standings.loaded:
        generation = standings.generation
        for row in await app.store.rows(_ALL):
            standings.known.setdefault(row.account, row)  # what was decided meanwhile is newer
        if generation == standings.generation:
            standings.loaded = True
        else:
            standings.known.clear()


async def _renew(app: App, accounts: list[int], *, anybody: bool) -> None:
    """Another worker decided something about ``accounts``, or nobody knows about whom."""
    if anybody:
        known = app.parts[STANDINGS].known
        accounts = sorted({*accounts, *(row.account for row in await app.store.rows(_ALL))})
        accounts = [one for one in accounts if one > 0 or known.get(one) is not None]
    for account in accounts:
        before = app.parts[STANDINGS].known.get(account)
        after = await refresh(app, account)
        if _suspended(before) != _suspended(after):
            _close(app, account)


def _suspended(standing: Standing | None) -> bool:
    return standing is not None and standing.kind == SUSPENDED


def _close(app: App, account: int) -> None:
    """Suspended: they hear nothing more. Not any more: they are heard again."""
    logins = app.parts[LOGINS]
    for auth in [auth for auth, login in logins.items() if login.user_id == account]:
        logins.pop(auth, None)
        if app.sessions is not None:
            app.sessions.close_auth(auth)


def load_standing(app: App, account: int, now: float) -> Standing | None:
    """How the account stands now; None: like everybody else."""
    standing = app.parts[STANDINGS].known.get(account)
    return None if standing is None or (standing.until and standing.until <= now) else standing


async def refresh(app: App, account: int) -> Standing | None:
    """Something was decided about the account: read and remember how it stands now."""
    standings = app.parts[STANDINGS]
    while True:
        generation = standings.generation
        standing = await app.store.row(_OF, account=account)
        if generation == standings.generation:
            standings.known[account] = standing
            return standing
