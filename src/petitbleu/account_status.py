"""Accounts that may not do everything: frozen (may read, not act) or suspended (may do nothing).

A leaf over the store, like ``rates.py``: the dispatcher asks before every call, so the few accounts
concerned are held in memory. ``moderation`` decides and calls :func:`refresh` after its
commit.
core.telegram.org/api/auth#frozen-accounts
"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.app import App, Part
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
    __slots__ = ("known", "loaded")

    def __init__(self) -> None:
        self.known: dict[int, Standing | None] = {}
        self.loaded = False


STANDINGS: Part[_Standings] = Part(lambda _: _Standings())


async def ready(app: App) -> None:
    """Read who is frozen or suspended, once; before :func:`load_standing` is asked for the first
    time.
    """
    standings = app.parts[STANDINGS]
    if not standings.loaded:
        for row in await app.store.rows(_ALL):
            standings.known.setdefault(row.account, row)  # what was decided meanwhile is newer
        standings.loaded = True


def load_standing(app: App, account: int, now: float) -> Standing | None:
    """How the account stands now; None: like everybody else."""
    standing = app.parts[STANDINGS].known.get(account)
    return None if standing is None or (standing.until and standing.until <= now) else standing


async def refresh(app: App, account: int) -> Standing | None:
    """Something was decided about the account: read and remember how it stands now."""
    standing = await app.store.row(_OF, account=account)
    app.parts[STANDINGS].known[account] = standing
    return standing
