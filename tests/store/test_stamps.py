"""Every write of a table that a cache reads says so, and other workers hear of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from petitbleu import desk, domain
from petitbleu.stamps import ROOMS, Room
from petitbleu.store.postgres import PostgresStore
from petitbleu.store.query import Query, query
from petitbleu.store.sqlite import SqliteStore
from petitbleu.store.stamps import BUCKETS, MOST_KEYS, WHOLE, Told, bucket_of
from petitbleu.store.tables import HOT
from tests.store.test_queries import QUERIES

domain.load_rooms()
desk.load_rooms()

_WRITE = re.compile(r"\b(insert\s+into|update|delete\s+from)\s+(?!set\b)(\w+)", re.IGNORECASE)
_INSERTED = re.compile(r"insert\s+into\s+\w+\s*\(([^)]*)\)", re.IGNORECASE)
_SET = re.compile(r"\bset\b(.*?)(?:\bwhere\b|\breturning\b|$)", re.IGNORECASE | re.DOTALL)
_ASSIGNED = re.compile(r"(?:^|[,(])\s*(\w+)\s*(?:=\s*(?:([\w.]+)\s*(?=,|$))?|(?=[,)]))")

UNSEEN: dict[str, dict[str, str]] = {
    "logins": {
        "domain.access.devices.queries.PRUNE_UNUSED": "nobody is signed in on them",
        "domain.access.devices.queries.STALE_PENDING": "asked of the database where it counts",
    },
    "keys": {
        "gateway.keys._ADD": "a key that nobody could know",
        "gateway.keys._EXPIRED": "an expired key is refused by its date",
        "gateway.keys._UNUSED": "nobody is signed in on them",
    },
    "accounts": {
        "domain.people.contacts.queries.REMOVE_WAITING": "nobody has these numbers",
        "domain.people.usernames.queries.DROP": "a name that rests is nobody's",
    },
    "chats": {"domain.people.usernames.queries.DROP": "a name that rests is nobody's"},
    "viewers": {
        "domain.people.accounts.queries.INSERT": "nobody has looked with a new account",
        "domain.people.accounts.queries.ERASE": "nobody looks with it any more",
    },
    "bots": {
        "domain.registration.bots.queries.DROP": "its account is erased next",
    },
    "archive": {
        "domain.messaging.dialogs.queries.UNLIST": "one too many costs a look",
    },
    "files": {
        "domain.files.media.queries.INSERT": "what was not there is not remembered",
        "domain.files.media.queries.INSERT_FILE": "what was not there is not remembered",
    },
    "push": {
        f"domain.client.push.queries.{name}": "known is who may have some, never too few"
        for name in ("DROP", "DROP_OF_ACCOUNT", "DROP_OF_AUTH", "TAKE_OVER")
    },
    "push_shown": {
        f"domain.client.push.queries.{name}": "known is what may be shown, never too little"
        for name in ("CLOSE", "FORGET_SHOWN")
    },
}
"""Room -> writes that change nothing that it remembers, and why."""


def _columns(write: Query[Any]) -> set[str] | None:
    """What a write gives another value; None: whole rows."""
    kind = _WRITE.search(write.sql)
    assert kind is not None
    if kind[1].lower().startswith("delete"):
        return None
    changed: set[str] = set()
    if kind[1].lower().startswith("insert"):
        listed = _INSERTED.search(write.sql)
        if listed is None:
            return None
        changed = {one.strip().lower() for one in listed[1].split(",")}
    for assigned in _SET.findall(write.sql):
        changed |= {
            name.lower() for name, value in _ASSIGNED.findall(assigned) if name.lower() != value
        }
    return changed


def _lacking(name: str, write: Query[Any], rooms: dict[str, Room]) -> Iterator[str]:
    """Rooms that remember what the write changes and are not named by it."""
    named = {stamp[0] for stamp in write.stamps}
    for _, table in _WRITE.findall(write.sql):
        columns = _columns(write)
        for room in rooms.values():
            wanted = room.reads.get(table.lower())
            if wanted is None or room.name in named or name in UNSEEN.get(room.name, ()):
                continue
            if columns is None or (columns.intersection(wanted) if wanted else columns):
                yield f"{name} writes {table}, which the room {room.name} remembers"


def test_each_write_of_what_a_cache_reads_is_stamped() -> None:
    assert [line for name, one in QUERIES.items() for line in _lacking(name, one, ROOMS)] == []


def test_no_exception_is_made_in_vain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.UNSEEN", {})
    lacking = {line for name, one in QUERIES.items() for line in _lacking(name, one, ROOMS)}
    monkeypatch.undo()
    for room, writes in UNSEEN.items():
        for name in writes:
            assert any(
                line.startswith(f"{name} ") and line.endswith(f"the room {room} remembers")
                for line in lacking
            ), (room, name)


PLANTED = (
    ("update chat set title = :title, version = version + 1 where id = :id", "chats"),
    ("update chat set version = version where id = :id", ""),
    ("delete from member where chat = :id", "members"),
    ("insert into member (chat, account) values (:id, :id)", "members"),
    ("update auth set active_at = :id where id = :id", ""),
    ("update auth set active_at = :id, account = null where id = :id", "logins"),
    ("update dialog set unread = 0 where owner = :id", ""),
    ("update dialog set unread = 0, ttl = :id where owner = :id", "timers"),
    ("update dialog set (folder, notify) = (select 1, null) where owner = :id", "archive"),
    ("with gone as (delete from mark where owner = :id returning id) select id from gone", "marks"),
    ("update message set text = :id where id = :id", ""),
)


@pytest.mark.parametrize(("sql", "room"), PLANTED)
def test_a_write_without_stamps_is_found(sql: str, room: str) -> None:
    found = list(_lacking("planted", query(sql), ROOMS))
    assert bool(found) == bool(room), found
    assert not room or any(line.endswith(f"the room {room} remembers") for line in found)


def test_hot_statements_write_nothing_that_is_remembered_but_of_other_columns() -> None:
    """They go by the batch, without stamps: of ``dialog`` they move numbers and times."""
    hot = {table for tables in HOT.values() for table in tables}
    shared = {(room.name, table) for room in ROOMS.values() for table in room.reads if table in hot}
    assert shared == {("timers", "dialog"), ("archive", "dialog")}


def test_every_room_that_is_named_is_there() -> None:
    named = {stamp[0] for write in QUERIES.values() for stamp in write.stamps}
    assert named == ROOMS.keys()


def test_stamps_name_marks_of_a_write() -> None:
    with pytest.raises(ValueError, match="no such marks"):
        query("update chat set title = :title where id = :id", stamps=(("chats", "chat"),))
    with pytest.raises(ValueError, match="writes nothing"):
        query("select id from chat where id = :id", stamps=(("chats", "id"),))


# ── what a transaction tells ────────────────────────────────────────────────────────────────────

_PUT = query(
    "insert into setting (name, value) values (:name, :value) on conflict (name) do update"
    " set value = excluded.value",
    stamps=(("a", "name"), ("b", "name", "value")),
)
_DROP = query("delete from setting where name in (:names)", stamps=(("a", "names"),))
_CLEAR = query("delete from setting", stamps=(("b",),))
_BUCKETS = query("select room, bucket, n from cache_stamp order by room, bucket")


async def _put(tx: Any, *names: str) -> None:
    for name in names:
        await tx.run(_PUT, name=name, value=b"1")


async def _put_later(tx: Any, name: str) -> None:
    await tx.later(_PUT, name=name, value=b"1")


async def _put_many(tx: Any, *names: str) -> None:
    await tx.many(_PUT, ({"name": name, "value": b"1"} for name in names))


async def _drop(tx: Any, *names: str) -> int:
    return int(await tx.run(_DROP, names=names))


async def test_a_transaction_stamps_what_it_wrote(postgres_store: PostgresStore) -> None:
    told: list[list[Told]] = []
    await postgres_store.write(_put, "before")
    assert await postgres_store.rows(_BUCKETS) == [], "a server that is alone stamps nothing"
    postgres_store.on_stamps(told.append)
    await postgres_store.write(_put, "x", "y", "x")
    a = {bucket_of("x"): 1, bucket_of("y"): 1}
    b = {bucket_of(("x", b"1")): 1, bucket_of(("y", b"1")): 1}
    assert told == [[Told("a", ["x", "y"], a), Told("b", [("x", b"1"), ("y", b"1")], b)]]
    await postgres_store.write(_put_later, "x")
    assert told[1][0] == Told("a", ["x"], {bucket_of("x"): 2})
    await postgres_store.write(_put_many, "x", "y")
    assert told[2][0].numbers == {bucket_of("x"): 3, bucket_of("y"): 2}
    await postgres_store.write(_drop, "x", "z")
    assert told[3][0].keys == ["x", "z"]
    assert await postgres_store.write(_drop, "x") == 0
    assert len(told) == 4, "what changed no row tells nobody"


async def test_a_transaction_that_is_rolled_back_tells_nobody(
    postgres_store: PostgresStore,
) -> None:
    told: list[list[Told]] = []
    postgres_store.on_stamps(told.append)

    async def change(tx: Any) -> None:
        await _put(tx, "x")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await postgres_store.write(change)
    assert told == []
    assert await postgres_store.rows(_BUCKETS) == []


async def test_much_of_a_room_is_all_of_it(postgres_store: PostgresStore) -> None:
    told: list[list[Told]] = []
    await postgres_store.write(_put_many, *map(str, range(MOST_KEYS + 9)))
    postgres_store.on_stamps(told.append)
    await postgres_store.write(_put_many, *map(str, range(MOST_KEYS + 9)))
    assert [(one.keys, one.numbers) for one in told[0]] == [([], {WHOLE: 1}), ([], {WHOLE: 1})]

    async def clear(tx: Any) -> None:
        await tx.run(_CLEAR)

    await postgres_store.write(clear)
    assert told[1] == [Told("b", [], {WHOLE: 2})]


async def test_sqlite_stamps_nothing(sqlite_store: SqliteStore) -> None:
    sqlite_store.on_stamps(lambda told: pytest.fail(str(told)))
    await sqlite_store.write(_put, "x")
    assert await sqlite_store.rows(_BUCKETS) == []


def test_a_key_has_the_same_bucket_everywhere() -> None:
    assert [bucket_of(key) for key in (1, -5, "x", (1, 2))] == [183, 51, 226, 181]
    assert all(0 <= bucket_of(key) < BUCKETS for key in range(1000))
