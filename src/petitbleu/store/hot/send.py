"""Say messages, many at once: one body, a copy in each box, counters, dialogs, log.

Everything a new message changes happens here and in one transaction, whatever the number of
waiting senders (architecture §6, §7). An :class:`Outgoing` names its copies: two in a private chat,
one in Saved Messages, one for each member of a basic group, one (the channel's own) in a channel.

1. where items depend on the members of a group, the versions of these groups are locked and read;
2. the counters of all owners are locked in ascending id and read, together with what can refuse a
   message: no such account, a deleted one, a block in either direction, a known ``random_id``;
3. ids and pts are given out in Python, in the order of the items (:func:`plan`);
4. bodies, boxes, log rows, dialogs and counters are written. A copy of a basic group's message has
   no log row: its box row holds the pts, and ``domain/updates`` reads the event from there.

PostgreSQL: two statements a batch, arrays through ``unnest``. SQLite: two reads and five
``executemany``; ``random_id`` is not looked up beforehand there: its unique index tells, and a
batch with a duplicate is planned again with the look-up.

``random_id`` is unique per author. The same id with the same fingerprint gets the first result
again (same id, same pts, nothing announced); with another fingerprint RANDOM_ID_DUPLICATE.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from petitbleu.errors import Fault
from petitbleu.store.api import BatchOp
from petitbleu.store.hot import secondary_writes, send_sql
from petitbleu.store.hot.secondary_writes import Beside

_PERSON_MAX_KIND = 1
"""account.kind: 0 person, 1 bot; 2 accounts of the server, which keep no box of what is said."""
_MENTIONED = 2
"""The bit of ``box.flags`` that says so."""

_encode = msgspec.msgpack.Encoder().encode


class Copy(NamedTuple):
    """The message in one owner's box."""

    owner: int
    chat: int
    """The chat as this owner sees it."""
    reply_to: int | None
    """Id of the message answered to, in this owner's box."""
    flags: int
    unread: int
    """1 where it waits to be read by the owner."""
    top: int | None = None
    """First message of the thread, in this owner's box."""


class Outgoing(NamedTuple):
    """One message on its way into the store."""

    author: int
    """Whose numbers name the body: the person, or the channel."""
    peer: int
    """The chat as the author sees it: a person (the author: Saved Messages), a group, a channel."""
    date: int
    random_id: int | None
    fingerprint: bytes | None
    kind: int
    text: str
    entities: bytes | None
    extra: bytes | None
    copies: tuple[Copy, ...]
    """The author's own first (the service account has none)."""
    session: tuple[int, int] | None
    """(auth key, session) of the call: its answer carries the news."""
    sender: int | None = None
    """Who says it, where that is not the author (channels)."""
    media: bytes | None = None
    guard: tuple[int, int] | None = None
    """(chat, version) that the copies were made for."""
    official: bool = False
    """From the service account: no box of its own, and no block holds it up."""
    mentioned: tuple[int, ...] = ()
    """Members of the group whom it mentions. In a basic group their copies say so as well."""
    shown: int | None = None
    """The peer under whose name it stands, where that is not who says it."""
    expires: int = 0
    """When a timer takes it away (Unix seconds); 0: never."""
    wakes: str = ""
    """The kind of job that hears it, where nobody reads the other side: planned with the message,
    once for each author however much waits. The other side keeps no copy and is not locked."""


class Sent(NamedTuple):
    """What became of an :class:`Outgoing`."""

    id: int
    """The body's id, which is the id in the author's box."""
    pts: int
    """The author's pts after the message (0 where the author keeps no box)."""
    date: int
    places: tuple[tuple[int, int], ...]
    """(id, pts) of each copy; (0, 0) where the owner is gone; empty for a repeated call."""
    again: bool
    """The call was a repetition: this is the result of the first one."""
    hosts: Mapping[int, str] | None = None
    """Which workers the owners' news are wanted at (``account_state.hosts``), of those that have
    any; None: not read with the counters."""


class Collision(Exception):
    """Another process just wrote one of the batch's ``random_id``: join a new batch."""


class Stale(Exception):
    """The group has other members than the copies were made for: make them anew."""


Announce = Callable[[Outgoing, Sent], Sequence[object]]
"""What the rest of the process is told about a message, once it is on disk."""

Outcome = tuple[Any, Sequence[object]]

States = dict[int, tuple[int, int, int, int | None]]
"""owner -> (pts, top_id, account kind, deleted_at)"""
_Known = dict[tuple[int, int], tuple[int, int, int, bytes]]
"""(author, random_id) -> (id, pts, date, fingerprint)"""

_NOWHERE = (0, 0)


class Plan(Beside):
    """The rows of one batch and one result per item."""

    __slots__ = ("body", "box", "counters", "dialog", "log", "results")

    def __init__(self) -> None:
        super().__init__()
        self.results: list[Sent | Exception] = []
        self.body: list[tuple[Any, ...]] = []
        self.box: list[tuple[Any, ...]] = []
        self.log: list[tuple[int, int, int, bytes]] = []
        self.dialog: dict[tuple[int, int], list[int]] = {}
        """(owner, peer) -> [top_id, top_date, unread to add, messages to add]"""
        self.counters: dict[int, list[int]] = {}
        """owner -> [pts, top_id] after the batch; only owners that change"""


def owners_of(items: Iterable[Outgoing]) -> list[int]:
    """Everybody whose counters the items move, in the order of locking."""
    owners = {item.author for item in items}
    for item in items:
        for copy in item.copies:
            owners.add(copy[0])
    return sorted(owners)


def _pairs(items: Iterable[Outgoing]) -> list[tuple[int, int]]:
    """(owner, target) of every block that would matter."""
    pairs = set()
    for item in items:
        if item.peer > 0 and item.author != item.peer and not (item.official or item.wakes):
            pairs.add((item.author, item.peer))
            pairs.add((item.peer, item.author))
    return list(pairs)


def _guards(items: Iterable[Outgoing]) -> list[int]:
    return sorted({item.guard[0] for item in items if item.guard is not None})


def _refusal(item: Outgoing, states: States, blocked: set[tuple[int, int]]) -> str:
    """Name of the error that keeps ``item`` from being said, or ''."""
    author = states.get(item.author)
    if author is None or author[3] is not None:
        return "PEER_ID_INVALID"
    if item.peer < 0 or item.wakes:
        return ""
    peer = states.get(item.peer)
    if peer is None:
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
    return Sent(first[0], first[1], first[2], (), True)


def plan(
    items: Sequence[Outgoing],
    states: States,
    known: _Known,
    blocked: set[tuple[int, int]],
    versions: dict[int, int],
) -> Plan:
    """Give out ids and pts in the order of ``items``; refuse what has to be refused."""
    made = Plan()
    seen: dict[tuple[int, int], tuple[int, int, int, bytes | None]] = {}
    seen.update(known)
    for item in items:
        author, random_id = item.author, item.random_id
        if random_id is not None:
            first = seen.get((author, random_id))
            if first is not None:
                made.results.append(_repeat(item, first))
                continue
        if item.guard is not None and versions.get(item.guard[0]) != item.guard[1]:
            made.results.append(Stale())
            continue
        refusal = _refusal(item, states, blocked)
        if refusal:
            made.results.append(Fault(refusal))
            continue
        sent = _place(made, item, states)
        if random_id is not None:
            seen[(author, random_id)] = (sent.id, sent.pts, item.date, item.fingerprint)
    return made


def _place(made: Plan, item: Outgoing, states: States) -> Sent:
    """The rows of one message."""
    author, date = item.author, item.date
    counters, boxes, logged, dialogs = made.counters, made.box, made.log, made.dialog
    body = own_pts = box = 0
    if item.official:
        mine = counters.get(author)
        if mine is None:
            mine = counters[author] = list(states[author][:2])
        mine[1] = body = mine[1] + 1
    places = []
    for owner, chat, reply_to, flags, unread, top in item.copies:
        counter = counters.get(owner)
        if counter is None:
            state = states.get(owner)
            if state is None or state[3] is not None:
                places.append(_NOWHERE)
                continue
            counter = counters[owner] = [state[0], state[1]]
        counter[0] = pts = counter[0] + 1
        counter[1] = box = counter[1] + 1
        if not body:
            body, own_pts = box, pts
        places.append((box, pts))
        boxes.append((owner, box, chat, author, body, reply_to, flags, top, pts))
        if top is not None and owner < 0:
            speaker = item.shown or item.sender or author
            made.threads.append((owner, top, box, speaker))
        if chat > 0 or owner < 0:
            logged.append((owner, pts, date, _encode({"id": box})))
        if flags & _MENTIONED:
            people = (owner,) if owner > 0 else item.mentioned
            made.attention.extend((person, chat, box) for person in people)
        dialog = dialogs.get((owner, chat))
        if dialog is None:
            dialogs[(owner, chat)] = [box, date, unread, 1]
        else:
            dialog[0] = box
            dialog[1] = date
            dialog[2] += unread
            dialog[3] += 1
    twin = box if item.peer > 0 and item.peer != author and not item.wakes else 0
    made.body.append(
        (author, body, own_pts, item.peer, twin, item.random_id, item.fingerprint, date, item.kind,
         item.text, item.entities, item.extra, item.sender, item.media)
    )  # fmt: skip
    if item.expires:
        made.expiry.append((item.expires, author, body))
    if item.wakes:
        made.wake(item.wakes, author, body, date)
    sent = Sent(body, own_pts, date, tuple(places), False)
    made.results.append(sent)
    return sent


def _outcomes(items: Sequence[Outgoing], made: Plan, announce: Announce) -> list[Outcome]:
    return [
        (result, announce(item, result) if type(result) is Sent and not result.again else ())
        for item, result in zip(items, made.results, strict=True)
    ]


# ── SQLite ──────────────────────────────────────────────────────────────────────────────────────

_LITE_STATES = (
    "select s.owner, s.pts, s.top_id, coalesce(a.kind, 0), a.deleted_at from account_state s"
    " left join account a on a.id = s.owner where s.owner in (select value from json_each(?1))"
)
_LITE_VERSION = "select version from chat where id = ?1"
_LITE_BLOCKED = "select 1 from blocked where owner = ?1 and target = ?2"
_LITE_KNOWN = "select id, pts, date, print from body where author = ?1 and random_id = ?2"
_LITE_BODY = (
    "insert into body (author, id, pts, peer, twin, random_id, print, date, kind, text, entities,"
    " extra, sender, media)"
    " values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) on conflict do nothing"
)
_LITE_UNSAY = "delete from body where author = ?1 and id > ?2"
_LITE_BOX = (
    "insert into box (owner, id, peer, author, body, reply_to, flags, top, pts)"
    " values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
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
_LITE_CHANGE = "insert into body_change (author, body) values (?1, ?2)"


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
    versions = {chat: db.execute(_LITE_VERSION, (chat,)).fetchone()[0] for chat in _guards(items)}
    owners = str(owners_of(items))
    states: States = {row[0]: row[1:] for row in db.execute(_LITE_STATES, (owners,)).fetchall()}
    blocked = {
        pair for pair in _pairs(items) if db.execute(_LITE_BLOCKED, pair).fetchone() is not None
    }
    made = plan(items, states, {}, blocked, versions)
    if made.body and db.executemany(_LITE_BODY, made.body).rowcount != len(made.body):
        db.executemany(_LITE_UNSAY, [(row[0], states[row[0]][1]) for row in made.body])
        made = plan(items, states, _lite_known(db, items), blocked, versions)
        db.executemany(_LITE_BODY, made.body)
    db.executemany(_LITE_BOX, made.box)
    db.executemany(_LITE_LOG, made.log)
    db.executemany(_LITE_DIALOG, [(*key, *value) for key, value in made.dialog.items()])
    db.executemany(_LITE_COUNTERS, [(key, *value) for key, value in made.counters.items()])
    db.executemany(_LITE_CHANGE, [row[:2] for row in made.body])
    secondary_writes.sqlite(db, made)
    return _outcomes(items, made, announce)


# ── PostgreSQL ──────────────────────────────────────────────────────────────────────────────────

_FEW = 4
"""Messages of a batch that are tried without a transaction around both statements."""


def _columns(rows: Iterable[Sequence[Any]], width: int) -> list[list[Any]]:
    columns = [list(column) for column in zip(*rows, strict=True)]
    return columns or [[] for _ in range(width)]


async def _postgres(db: Any, items: Sequence[Outgoing], announce: Announce) -> list[Outcome]:
    """Run the batch on one asyncpg connection that has a transaction open."""
    guards = _guards(items)
    # Chats before owners: the order of every transaction that locks both.
    versions = dict(await db.fetch(send_sql.VERSIONS, guards)) if guards else {}
    made, _, hosts = await _pg_planned(db, items, versions)
    if made.body:
        await _pg_write(db, send_sql.WRITE, made)
        await secondary_writes.postgres(db, made)
    return _outcomes(items, _hosted(made, hosts), announce)


async def _postgres_few(
    db: Any, items: Sequence[Outgoing], announce: Announce
) -> list[Outcome] | None:
    """Run a small batch of private messages in two statements, each a transaction of its own; None
    where it is not one, or somebody else moved a counter meanwhile: nothing is written then.
    """
    if len(items) > _FEW or _guards(items):
        return None
    made, states, hosts = await _pg_planned(db, items, {})
    if made.attention or made.expiry or made.threads or made.jobs:
        return None
    if made.body:
        before = [[states[owner][n] for owner in made.counters] for n in (0, 1)]
        wanted_at = [hosts.get(owner, "") for owner in made.counters]
        if not await _pg_write(db, send_sql.WRITE_IF_HELD, made, *before, wanted_at):
            return None
    return _outcomes(items, _hosted(made, hosts), announce)


def _hosted(made: Plan, hosts: dict[int, str]) -> Plan:
    """What was said, with the workers that are to be told."""
    made.results = [
        result._replace(hosts=hosts) if type(result) is Sent else result for result in made.results
    ]
    return made


async def _pg_planned(
    db: Any, items: Sequence[Outgoing], versions: dict[int, int]
) -> tuple[Plan, States, dict[int, str]]:
    keyed = [item for item in items if item.random_id is not None]
    pairs = _pairs(items)
    rows = await db.fetch(
        send_sql.READ,
        owners_of(items),
        [item.author for item in keyed],
        [item.random_id for item in keyed],
        [pair[0] for pair in pairs],
        [pair[1] for pair in pairs],
    )
    states: States = {}
    known: _Known = {}
    blocked: set[tuple[int, int]] = set()
    hosts: dict[int, str] = {}
    for what, a, b, c, d, e, f, g in rows:
        if what == 0:
            states[a] = (b, c, d, e)
            if g:
                hosts[a] = g
        elif what == 1:
            known[(a, b)] = (c, d, e, f)
        else:
            blocked.add((a, b))
    return plan(items, states, known, blocked, versions), states, hosts


async def _pg_write(db: Any, statement: str, made: Plan, *more: list[Any]) -> bool:
    """Write the rows of a batch; whether there were any to write."""
    try:
        status = await db.execute(
            statement,
            *_columns(made.body, 14),
            *_columns(made.box, 9),
            *_columns(made.log, 4),
            *_columns([(key, *value) for key, value in made.counters.items()], 3),
            *_columns([(*key, *value) for key, value in made.dialog.items()], 6),
            *more,
        )
    except Exception as error:
        if getattr(error, "sqlstate", None) == "23505":
            # The look-up of random_id saw the state before the locks were granted.
            raise Collision from error
        raise
    return not status.endswith(" 0")


def operation(announce: Announce) -> BatchOp[Outgoing, Sent]:
    """The batch, announcing what it wrote through ``announce``."""

    def sqlite(db: Any, items: Sequence[Outgoing]) -> list[Outcome]:
        return _sqlite(db, items, announce)

    async def postgres(db: Any, items: Sequence[Outgoing]) -> list[Outcome]:
        return await _postgres(db, items, announce)

    async def postgres_few(db: Any, items: Sequence[Outgoing]) -> list[Outcome] | None:
        return await _postgres_few(db, items, announce)

    return BatchOp("send", sqlite, postgres, again=True, postgres_few=postgres_few)
