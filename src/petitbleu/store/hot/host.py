"""Name this worker in ``account_state.hosts`` of owners whose news it wants, or take it out.

On PostgreSQL, in a cluster; SQLite has one process. The row is the one that a send locks for the
owner's pts: whatever commits after this operation has seen the host, whatever committed before is
counted in the pts that it returns. There is no third case.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from petitbleu.store.api import BatchOp


class Hosting(NamedTuple):
    """One owner to be hosted, or no more."""

    owner: int
    worker: int
    here: bool
    gone: tuple[int, ...] = ()
    """Workers that are no more: taken out on the way."""


_ASYNCHRONOUS = "set local synchronous_commit = off"
# What stands there already is not written again.
_HOST = """
with wanted as (
  select * from unnest($1::bigint[], $2::text[], $3::boolean[]) w(owner, worker, here)
), locked as materialized (
  select s.owner, s.pts, s.hosts, w.worker, w.here from account_state s
  join wanted w on w.owner = s.owner order by s.owner for update of s
), changed as (
  update account_state s set hosts = coalesce((
    select string_agg(h.id || ',', '' order by h.place)
    from unnest(string_to_array(l.hosts, ',')) with ordinality h(id, place)
    where h.id <> '' and h.id <> l.worker and not h.id = any($4::text[])
  ), '') || case when l.here then l.worker || ',' else '' end
  from locked l
  where s.owner = l.owner and (position(',' || l.worker || ',' in ',' || l.hosts) > 0) <> l.here
)
select owner, pts from locked
"""


def _sqlite(db: Any, items: Sequence[Hosting]) -> list[tuple[int, Sequence[object]]]:
    raise RuntimeError("there are no workers on SQLite")


async def _postgres(db: Any, items: Sequence[Hosting]) -> list[tuple[int, Sequence[object]]]:
    last = {item.owner: item for item in items}  # the newest wish counts
    gone = sorted({str(worker) for item in items for worker in item.gone})
    await db.execute(_ASYNCHRONOUS)
    rows = await db.fetch(
        _HOST,
        list(last),
        [str(item.worker) for item in last.values()],
        [item.here for item in last.values()],
        gone,
    )
    pts = {row["owner"]: row["pts"] for row in rows}
    return [(pts.get(item.owner, 0), ()) for item in items]


HOST: BatchOp[Hosting, int] = BatchOp("host", _sqlite, _postgres, again=True)
"""The owner's pts at that moment; 0: it has no counters."""
