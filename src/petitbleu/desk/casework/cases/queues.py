"""Lists of cases: filters, pages by due date, and the counts of the home strip."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu import folding
from petitbleu.app import App
from petitbleu.desk.casework.cases import queries as q
from petitbleu.desk.casework.cases.queries import Brief, Count
from petitbleu.desk.reference.law import kinds
from petitbleu.store.query import query
from petitbleu.store.where import Where, contains

NEVER = 1 << 60
"""Where no clock runs: sorted last."""
DUE = f"coalesce(due, {NEVER})"
"""As in the indexes of the table."""
ORDER = f"order by {DUE}, number limit :limit"


(CHILD,) = kinds.select(lambda one: one.seen_by == "child")
"""The kind of case that is child sexual abuse material: a category of its own."""
_CATEGORY = f"(case when kind = '{CHILD}' or category = '' then kind else category end)"


def category_of(kind: str, category: str) -> str:
    """What budgets and opting out go by: the category, or the kind of case where none was given."""
    return kind if kind == CHILD or not category else category


class Filter(NamedTuple):
    """Which cases; what is empty or None does not matter."""

    kinds: tuple[str, ...] = ()
    urgency: int | None = None
    state: str = ""
    open: bool | None = True
    owner: int | None = None
    """Staff; 0: cases without an owner."""
    authority: str = ""
    category: str = ""
    language: str = ""
    words: str = ""
    senders: bool = False
    """Whether words that are addresses are looked for among the senders too: for those who may know
    notifiers."""
    unread: bool = False
    """Only cases nobody has looked at."""
    due_from: int | None = None
    due_before: int | None = None
    received_from: int | None = None
    received_until: int | None = None
    without: tuple[str, ...] = ()
    """Categories (:func:`category_of`) that are left out."""
    put_off: tuple[str, ...] = ()
    """Categories that are left out but for critical cases."""
    queue: int | None = None
    """A named queue; 0: cases in none."""
    not_queues: tuple[int, ...] = ()
    """Named queues that are left out."""


class Strip(NamedTuple):
    """What must be empty. ``oldest_unread``: when the oldest case nobody has looked at arrived."""

    oldest_unread: int | None
    unread: int
    without_owner: int
    due_soon: int
    late: int
    awaiting_second: int


def where(wanted: Filter) -> Where:
    """The conditions of a filter."""
    conditions = Where()
    if wanted.open is not None:
        conditions.add("open = :open", open=int(wanted.open))
    if len(wanted.kinds) == 1:
        conditions.add("kind = :kind", kind=wanted.kinds[0])
    elif wanted.kinds:
        conditions.add("kind in (:kinds)", kinds=list(wanted.kinds))
    for column in ("urgency", "owner", "queue"):
        value = getattr(wanted, column)
        if value is not None:
            conditions.add(f"{column} = :{column}", **{column: value})
    for column in ("state", "authority", "category", "language"):
        value = getattr(wanted, column)
        if value:
            conditions.add(f"{column} = :{column}", **{column: value})
    if wanted.authority:
        conditions.add("authority <> ''")  # said so, the index of authorities can be used
    for number, word in enumerate(folding.fold(wanted.words).split()[:8]):
        condition = f"words like :w{number} escape '!'"
        if wanted.senders and "@" in word:
            condition += f" or lower(sender) like :w{number} escape '!'"
        conditions.add(condition, **{f"w{number}": contains(word)})
    if wanted.unread:
        conditions.add("looked_at is null")
    if wanted.due_from is not None:
        conditions.add(f"{DUE} >= :due_from", due_from=wanted.due_from)
    if wanted.due_before is not None:
        conditions.add(f"{DUE} < :due_before", due_before=wanted.due_before)
    if wanted.received_from is not None:
        conditions.add("received_at >= :received_from", received_from=wanted.received_from)
    if wanted.received_until is not None:
        conditions.add("received_at < :received_until", received_until=wanted.received_until)
    if wanted.queue:
        conditions.add("queue <> 0")  # said so, the index of queues can be used
    if wanted.not_queues:
        conditions.add("queue not in (:not_queues)", not_queues=list(wanted.not_queues))
    if wanted.put_off:
        conditions.add(
            f"({_CATEGORY} not in (:put_off) or urgency = 0)", put_off=list(wanted.put_off)
        )
    if wanted.without:
        conditions.add(f"{_CATEGORY} not in (:without)", without=list(wanted.without))
    return conditions


async def page(app: App, wanted: Filter, *, limit: int = 50) -> list[Brief]:
    """Cases by their next due date, those without one last. In which order they are worked on:
    ``ranking.py``.
    """
    rows: list[Brief] = []
    for part in parts(wanted):
        chosen = where(part)
        listed = chosen.query(q.BRIEF, Brief, ORDER)
        rows += await app.store.scan(listed, **chosen.params, limit=limit)
    return sorted(rows, key=lambda row: (NEVER if row.due is None else row.due, row.number))[:limit]


def parts(wanted: Filter) -> list[Filter]:
    """A filter as several whose conditions are equalities: each is read off an index in order, in
    place of sorting all that any of them finds.
    """
    kinds: list[tuple[str, ...]] = [(kind,) for kind in dict.fromkeys(wanted.kinds)] or [()]
    opens = [True, False] if wanted.open is None else [wanted.open]
    return [wanted._replace(kinds=kind, open=one) for kind in kinds for one in opens]


async def count(app: App, wanted: Filter) -> int:
    """How many there are."""
    chosen = where(wanted)
    rows = await app.store.scan(
        chosen.query("select count(*) from desk_case", Count), **chosen.params
    )
    return rows[0].total


_STRIP = query(
    "select min(case when looked_at is null then received_at end),"
    " coalesce(sum(case when looked_at is null then 1 else 0 end), 0),"
    " coalesce(sum(case when owner = 0 then 1 else 0 end), 0),"
    " coalesce(sum(case when due >= :now and due < :soon then 1 else 0 end), 0),"
    " coalesce(sum(case when due < :now then 1 else 0 end), 0),"
    " coalesce(sum(case when state = 'awaiting_second' then 1 else 0 end), 0)"
    " from desk_case where open = 1",
    Strip,
)
SOON = 86_400


async def strip(app: App) -> Strip:
    """What the home page shows first."""
    now = int(app.clock.now())
    (row,) = await app.store.scan(_STRIP, now=now, soon=now + SOON)
    return row


class Load(NamedTuple):
    """How much one person has: open cases, and how many of them are late."""

    owner: int
    open: int
    late: int


_LOADS = query(
    "select owner, count(*), coalesce(sum(case when due < :now then 1 else 0 end), 0)"
    " from desk_case where open = 1 and owner > 0 group by owner order by owner",
    Load,
)


async def loads(app: App) -> list[Load]:
    """Open cases by owner."""
    return await app.store.scan(_LOADS, now=int(app.clock.now()))


_NEXT_DUE = query(
    f"{q.BRIEF} where owner = :owner and open = 1 and due is not null order by due limit 1", Brief
)


async def next_due(app: App, owner: int) -> Brief | None:
    """The case of ``owner`` (staff) whose clock ends first."""
    return await app.store.row(_NEXT_DUE, owner=owner)


_NEWEST = query("select coalesce(max(opened_at), 0) from desk_case", Count)


async def newest(app: App) -> int:
    """When the newest case was opened; 0: there never was one."""
    (row,) = await app.store.rows(_NEWEST)
    return row.total
