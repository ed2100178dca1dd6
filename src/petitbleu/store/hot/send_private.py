"""Say messages in private chats, many at once: one body, a box per owner, counters, dialogs, log.

Everything a private message changes happens here and in one transaction, whatever the number of
waiting senders (architecture §6, §7):

1. the counters of all owners are locked in ascending id and read, together with what can refuse a
   message: no such account, a deleted one, a block in either direction, a known ``random_id``;
2. ids and pts are given out in Python, in the order of the items;
3. bodies, boxes, log rows, dialogs and counters are written.

PostgreSQL: two statements a batch, arrays through ``unnest``. SQLite: two reads and five
``executemany``; ``random_id`` is not looked up beforehand there: its unique index tells, and a
batch with a duplicate is planned again with the look-up.

``random_id`` is unique per author. The same id with the same fingerprint gets the first result
again (same id, same pts, nothing announced); with another fingerprint RANDOM_ID_DUPLICATE.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import msgspec

from petitbleu.errors import Fault
from petitbleu.store.api import BatchOp

_PERSON_MAX_KIND = 1
"""account.kind: 0 person, 1 bot; 2 is the service account, which nobody can write to."""

_encode = msgspec.msgpack.Encoder().encode


class Outgoing(NamedTuple):
    """One message on its way into the store. ``peer`` is a user (the author: Saved Messages)."""

    author: int
    peer: int
    date: int
    random_id: int | None
    fingerprint: bytes | None
    kind: int
    text: str
    entities: bytes | None
    extra: bytes | None
    reply_to: int | None
    """Id of the message answered to, in the author's box."""
    peer_reply_to: int | None
    """The same message in the peer's box."""
    author_flags: int
    peer_flags: int
    official: bool
    """From the service account: no box of its own, and no block holds it up."""
    session: tuple[int, int] | None
    """(auth key, session) of the call: its answer carries the news."""


class Sent(NamedTuple):
    """What became of an :class:`Outgoing`."""

    id: int
    """The body's id, which is the id in the author's box."""
    pts: int
    """The author's pts after the message (0 where the author keeps no box)."""
    date: int
    peer_id: int
    """Id in the peer's box; 0 in Saved Messages and for a repeated call."""
    peer_pts: int
    again: bool
    """The call was a repetition: this is the result of the first one."""


class Collision(Exception):
    """Another process just wrote one of the batch's ``random_id``: join a new batch."""


Announce = Callable[[Outgoing, Sent], Sequence[object]]
"""What the rest of the process is told about a message, once it is on disk."""

Outcome = tuple[Any, Sequence[object]]

_States = dict[int, tuple[int, int, int, int | None]]
"""owner -> (pts, top_id, account kind, deleted_at)"""
_Known = dict[tuple[int, int], tuple[int, int, int, bytes]]
"""(author, random_id) -> (id, pts, date, fingerprint)"""


class _Plan:
    """The rows of one batch and one result per item."""

    __slots__ = ("body", "box", "counters", "dialog", "log", "results")

    def __init__(self) -> None:
        self.results: list[Sent | Exception] = []
        self.body: list[tuple[Any, ...]] = []
        self.box: list[tuple[Any, ...]] = []
        self.log: list[tuple[int, int, int, bytes]] = []
        self.dialog: dict[tuple[int, int], list[int]] = {}
        """(owner, peer) -> [top_id, top_date, unread to add, messages to add]"""
        self.counters: dict[int, list[int]] = {}
        """owner -> [pts, top_id] after the batch; only owners that change"""

    def refuse(self, name: str) -> None:
        self.results.append(Fault(name))


def _owners(items: Iterable[Outgoing]) -> list[int]:
    owners = {item.author for item in items}
    owners.update(item.peer for item in items)
    return sorted(owners)


def _pairs(items: Iterable[Outgoing]) -> list[tuple[int, int]]:
    """(owner, target) of every block that would matter."""
    pairs = set()
    for item in items:
        if item.author != item.peer and not item.official:
            pairs.add((item.author, item.peer))
            pairs.add((item.peer, item.author))
    return list(pairs)


def _refusal(item: Outgoing, states: _States, blocked: set[tuple[int, int]]) -> str:
    """Name of the error that keeps ``item`` from being said, or ''."""
    author = states.get(item.author)
    peer = states.get(item.peer)
    if author is None or peer is None:
        return "PEER_ID_INVALID"
    if peer[3] is not None:
        return "INPUT_USER_DEACTIVATED"
    if item.official:
        return ""
    if peer[2] > _PERSON_MAX_KIND:
        return "PEER_ID_INVALID"
    if blocked:
        if (item.author, item.peer) in blocked:
            return "YOU_BLOCKED_USER"
        if (item.peer, item.author) in blocked:
            return "USER_IS_BLOCKED"
    return ""


def _repeat(item: Outgoing, first: tuple[int, int, int, bytes | None]) -> Sent | Exception:
    if first[3] != item.fingerprint:
        return Fault("RANDOM_ID_DUPLICATE")
    return Sent(first[0], first[1], first[2], 0, 0, True)


def _plan(
    items: Sequence[Outgoing], states: _States, known: _Known, blocked: set[tuple[int, int]]
) -> _Plan:
    """Give out ids and pts in the order of ``items``; refuse what has to be refused."""
    plan = _Plan()
    seen: dict[tuple[int, int], tuple[int, int, int, bytes | None]] = {}
    seen.update(known)
    counters = plan.counters
    for item in items:
        author, peer, random_id = item.author, item.peer, item.random_id
        if random_id is not None:
            first = seen.get((author, random_id))
            if first is not None:
                plan.results.append(_repeat(item, first))
                continue
        refusal = _refusal(item, states, blocked)
        if refusal:
            plan.refuse(refusal)
            continue
        mine = counters.get(author)
        if mine is None:
            mine = counters[author] = list(states[author][:2])
        mine[1] = body = mine[1] + 1
        pts = 0
        if not item.official:
            mine[0] = pts = mine[0] + 1
            _copy(plan, item, author, peer, body, pts, body, item.reply_to, item.author_flags, 0)
        peer_id = peer_pts = 0
        if author != peer:
            theirs = counters.get(peer)
            if theirs is None:
                theirs = counters[peer] = list(states[peer][:2])
            theirs[0] = peer_pts = theirs[0] + 1
            theirs[1] = peer_id = theirs[1] + 1
            _copy(
                plan, item, peer, author, peer_id, peer_pts, body, item.peer_reply_to,
                item.peer_flags, 1,
            )  # fmt: skip
        plan.body.append(
            (author, body, pts, peer, peer_id, random_id, item.fingerprint, item.date, item.kind,
             item.text, item.entities, item.extra)
        )  # fmt: skip
        plan.results.append(Sent(body, pts, item.date, peer_id, peer_pts, False))
        if random_id is not None:
            seen[(author, random_id)] = (body, pts, item.date, item.fingerprint)
    return plan


def _copy(
    plan: _Plan,
    item: Outgoing,
    owner: int,
    chat: int,
    box: int,
    pts: int,
    body: int,
    reply_to: int | None,
    flags: int,
    unread: int,
) -> None:
    """The message as ``owner`` has it: box row, log row, dialog."""
    plan.box.append((owner, box, chat, item.author, body, reply_to, flags))
    plan.log.append((owner, pts, item.date, _encode({"id": box})))
    dialog = plan.dialog.get((owner, chat))
    if dialog is None:
        plan.dialog[(owner, chat)] = [box, item.date, unread, 1]
    else:
        dialog[0] = box
        dialog[1] = item.date
        dialog[2] += unread
        dialog[3] += 1


def _outcomes(items: Sequence[Outgoing], plan: _Plan, announce: Announce) -> list[Outcome]:
    return [
        (result, announce(item, result) if type(result) is Sent and not result.again else ())
        for item, result in zip(items, plan.results, strict=True)
    ]


# ── SQLite ──────────────────────────────────────────────────────────────────────────────────────

_LITE_STATES = (
    "select s.owner, s.pts, s.top_id, a.kind, a.deleted_at from account_state s"
    " join account a on a.id = s.owner where s.owner in (select value from json_each(?1))"
)
_LITE_BLOCKED = "select 1 from blocked where owner = ?1 and target = ?2"
_LITE_KNOWN = "select id, pts, date, print from body where author = ?1 and random_id = ?2"
_LITE_BODY = (
    "insert into body (author, id, pts, peer, twin, random_id, print, date, kind, text, entities,"
    " extra)"
    " values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) on conflict do nothing"
)
_LITE_UNSAY = "delete from body where author = ?1 and id > ?2"
_LITE_BOX = (
    "insert into box (owner, id, peer, author, body, reply_to, flags)"
    " values (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
)
_LITE_LOG = (
    "insert into event_log (owner, pts, count, kind, at, data)"
    " values (?1, ?2, 1, 'message.new', ?3, ?4)"
)
_LITE_DIALOG = (
    "insert into dialog (owner, peer, top_id, top_date, unread, total)"
    " values (?1, ?2, ?3, ?4, ?5, ?6)"
    " on conflict (owner, peer) do update set top_id = excluded.top_id,"
    " top_date = excluded.top_date, unread = unread + excluded.unread,"
    " total = total + excluded.total"
)
_LITE_COUNTERS = "update account_state set pts = ?2, top_id = ?3 where owner = ?1"


def _lite_known(db: Any, items: Iterable[Outgoing]) -> _Known:
    known: _Known = {}
    for item in items:
        if item.random_id is not None:
            row = db.execute(_LITE_KNOWN, (item.author, item.random_id)).fetchone()
            if row is not None:
                known[(item.author, item.random_id)] = row
    return known


def _sqlite(db: Any, items: Sequence[Outgoing], announce: Announce) -> list[Outcome]:
    """Run the batch on the writer thread; ``db`` is an open cursor."""
    owners = str(_owners(items))
    states: _States = {row[0]: row[1:] for row in db.execute(_LITE_STATES, (owners,)).fetchall()}
    blocked = {
        pair for pair in _pairs(items) if db.execute(_LITE_BLOCKED, pair).fetchone() is not None
    }
    plan = _plan(items, states, {}, blocked)
    if plan.body and db.executemany(_LITE_BODY, plan.body).rowcount != len(plan.body):
        db.executemany(_LITE_UNSAY, [(row[0], states[row[0]][1]) for row in plan.body])
        plan = _plan(items, states, _lite_known(db, items), blocked)
        db.executemany(_LITE_BODY, plan.body)
    db.executemany(_LITE_BOX, plan.box)
    db.executemany(_LITE_LOG, plan.log)
    db.executemany(_LITE_DIALOG, [(*key, *value) for key, value in plan.dialog.items()])
    db.executemany(_LITE_COUNTERS, [(key, *value) for key, value in plan.counters.items()])
    return _outcomes(items, plan, announce)


# ── PostgreSQL ──────────────────────────────────────────────────────────────────────────────────

_PG_READ = """
with locked as materialized (
  select s.owner, s.pts, s.top_id, a.kind, a.deleted_at from account_state s
  join account a on a.id = s.owner
  where s.owner = any($1::bigint[]) order by s.owner for update of s
)
select 0 as what, owner as a, pts as b, top_id as c, kind as d, deleted_at as e, null::bytea as f
from locked
union all
select 1, b.author, b.random_id, b.id, b.pts, b.date, b.print
from unnest($2::bigint[], $3::bigint[]) i(author, random_id)
join body b on b.author = i.author and b.random_id = i.random_id
union all
select 2, b.owner, b.target, 0, 0, null, null
from unnest($4::bigint[], $5::bigint[]) p(owner, target)
join blocked b on b.owner = p.owner and b.target = p.target
"""

_PG_WRITE = """
with said as (
  insert into body (author, id, pts, peer, twin, random_id, print, date, kind, text, entities,
    extra)
  select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[],
    $6::bigint[], $7::bytea[], $8::bigint[], $9::bigint[], $10::text[], $11::bytea[], $12::bytea[])
), boxed as (
  insert into box (owner, id, peer, author, body, reply_to, flags)
  select * from unnest($13::bigint[], $14::bigint[], $15::bigint[], $16::bigint[], $17::bigint[],
    $18::bigint[], $19::bigint[])
), logged as (
  insert into event_log (owner, pts, count, kind, at, data)
  select owner, pts, 1, 'message.new', at, data
  from unnest($20::bigint[], $21::bigint[], $22::bigint[], $23::bytea[]) l(owner, pts, at, data)
), counted as (
  update account_state s set pts = v.pts, top_id = v.top_id
  from unnest($24::bigint[], $25::bigint[], $26::bigint[]) v(owner, pts, top_id)
  where s.owner = v.owner
)
insert into dialog as d (owner, peer, top_id, top_date, unread, total)
select * from unnest($27::bigint[], $28::bigint[], $29::bigint[], $30::bigint[], $31::bigint[],
  $32::bigint[]) n(owner, peer, top_id, top_date, unread, total)
order by n.owner, n.peer
on conflict (owner, peer) do update set top_id = excluded.top_id, top_date = excluded.top_date,
  unread = d.unread + excluded.unread, total = d.total + excluded.total
"""


def _columns(rows: Iterable[Sequence[Any]], width: int) -> list[list[Any]]:
    columns = [list(column) for column in zip(*rows, strict=True)]
    return columns or [[] for _ in range(width)]


async def _postgres(db: Any, items: Sequence[Outgoing], announce: Announce) -> list[Outcome]:
    """Run the batch on one asyncpg connection that has a transaction open."""
    keyed = [item for item in items if item.random_id is not None]
    pairs = _pairs(items)
    found = await db.fetch(
        _PG_READ,
        _owners(items),
        [item.author for item in keyed],
        [item.random_id for item in keyed],
        [pair[0] for pair in pairs],
        [pair[1] for pair in pairs],
    )
    states: _States = {}
    known: _Known = {}
    blocked: set[tuple[int, int]] = set()
    for what, a, b, c, d, e, f in found:
        if what == 0:
            states[a] = (b, c, d, e)
        elif what == 1:
            known[(a, b)] = (c, d, e, f)
        else:
            blocked.add((a, b))
    plan = _plan(items, states, known, blocked)
    if plan.body:
        await _pg_write(db, plan)
    return _outcomes(items, plan, announce)


async def _pg_write(db: Any, plan: _Plan) -> None:
    try:
        await db.execute(
            _PG_WRITE,
            *_columns(plan.body, 12),
            *_columns(plan.box, 7),
            *_columns(plan.log, 4),
            *_columns([(key, *value) for key, value in plan.counters.items()], 3),
            *_columns([(*key, *value) for key, value in plan.dialog.items()], 6),
        )
    except Exception as error:
        if getattr(error, "sqlstate", None) == "23505":
            # The look-up of random_id saw the state before the locks were granted.
            raise Collision from error
        raise


def operation(announce: Announce) -> BatchOp[Outgoing, Sent]:
    """The batch, announcing what it wrote through ``announce``."""

    def sqlite(db: Any, items: Sequence[Outgoing]) -> list[Outcome]:
        return _sqlite(db, items, announce)

    async def postgres(db: Any, items: Sequence[Outgoing]) -> list[Outcome]:
        return await _postgres(db, items, announce)

    return BatchOp("send_private", sqlite, postgres)
