"""The order in which cases are worked on: by the time that is left for the time they need.

A removal order with half an hour left and a production order with two days left may be equally
pressing: each has six times what it needs. So open cases stand by *time left ÷ time needed*, never
by when they came. Before all stand critical cases due within a day, the next due first: nothing
else is a reason to let one wait. What is late comes next, the longest first, as no work makes up
for it; what has no clock comes last.

Within a kind that order is the order of due dates, which an index has; the kinds are merged. An
instant is kept through all pages of a list, so that cases do not change places between two pages.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from petitbleu.app import App
from petitbleu.desk.casework.cases import queries as q
from petitbleu.desk.casework.cases.queries import Brief
from petitbleu.desk.casework.cases.queues import DUE, NEVER, ORDER, SOON, Filter, parts, where
from petitbleu.desk.reference.directory import service as directory
from petitbleu.desk.reference.law import kinds

NEEDED: Mapping[str, int] = {
    name: kind.minutes for name, kind in kinds.TABLE.items() if kind.minutes
}
"""Kind of case -> minutes of work it takes as a rule. A house estimate and no law: the operator's
``minutes_needed`` goes before it."""
OTHERWISE = 30
"""Minutes, for kinds that counsel added."""


class Mark(NamedTuple):
    """Where a list goes on: after which case, and as of which instant its order is."""

    at: int
    tier: int
    due: int
    """NEVER: none."""
    number: int
    kind: str


_CRITICAL, _CLOCK, _NONE = range(3)


class _Order:
    """The order as of ``at``, in whole numbers: of each kind, how much a second weighs."""

    def __init__(self, minutes: Mapping[str, int], at: int) -> None:
        self.at, self.soon = at, at + SOON
        self._late = math.lcm(*minutes.values())
        self._weights = {kind: self._late // needed for kind, needed in minutes.items()}

    def mark(self, row: Brief) -> Mark:
        """Where a list goes on after a case."""
        due = NEVER if row.due is None else row.due
        critical = row.urgency == 0 and due < self.soon
        tier = _CRITICAL if critical else _NONE if row.due is None else _CLOCK
        return Mark(self.at, tier, due, row.number, row.kind)

    def key(self, mark: Mark) -> tuple[int, int, int]:
        """What cases are sorted by."""
        within = self._rank(mark) if mark.tier == _CLOCK else mark.due
        return mark.tier, within, mark.number

    def _rank(self, mark: Mark) -> int:
        left = mark.due - self.at
        return left * (self._late if left < 0 else self._weights.get(mark.kind, 1))

    def after(self, mark: Mark, kind: str) -> tuple[int, int]:
        """The last due and number of a kind that still stand before ``mark``."""
        if mark.tier == _NONE:
            return NEVER, mark.number
        rank = self._rank(mark)
        left, over = divmod(rank, self._late if rank < 0 else self._weights[kind])
        return self.at + left, NEVER if over else mark.number


async def page(
    app: App, wanted: Filter, *, after: Mark | None = None, limit: int = 50
) -> list[tuple[Brief, Mark]]:
    """Cases in the order they are worked on, each with the mark after which a list goes on.

    ``wanted`` names the kinds: no kind, no case.
    """
    if not wanted.kinds:
        return []
    at = after.at if after is not None else int(app.clock.now())
    order = _Order(await _minutes(app, wanted.kinds), at)
    rows: list[Brief] = []
    if after is None or after.tier == _CRITICAL:
        rows += await _critical(app, wanted, order, after, limit)
    for part in parts(wanted):
        chosen = where(part).add(f"urgency <> 0 or {DUE} >= :soon", soon=order.soon)
        if after is not None and after.tier != _CRITICAL:
            due, number = order.after(after, part.kinds[0])
            chosen.add(_AFTER, after_due=due, after_number=number)
        rows += await app.store.scan(
            chosen.query(q.BRIEF, Brief, ORDER), **chosen.params, limit=limit
        )
    marked = [(row, order.mark(row)) for row in rows]
    return sorted(marked, key=lambda one: order.key(one[1]))[:limit]


_AFTER = f"({DUE}, number) > (:after_due, :after_number)"


async def _critical(
    app: App, wanted: Filter, order: _Order, after: Mark | None, limit: int
) -> list[Brief]:
    if wanted.urgency not in (None, 0) or wanted.open is False:
        return []
    chosen = where(wanted._replace(urgency=0, open=True)).add(f"{DUE} < :soon", soon=order.soon)
    if after is not None:
        chosen.add(_AFTER, after_due=after.due, after_number=after.number)
    return await app.store.scan(chosen.query(q.BRIEF, Brief, ORDER), **chosen.params, limit=limit)


async def _minutes(app: App, wanted: tuple[str, ...]) -> dict[str, int]:
    ours = (await directory.operator(app.store, app)).minutes_needed
    return {kind: ours.get(kind) or NEEDED.get(kind, OTHERWISE) for kind in wanted}
