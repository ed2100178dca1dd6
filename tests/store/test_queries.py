"""Every query of the tree is prepared on both engines, and none walks through a big table."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

import petitbleu
from petitbleu.store.migrate import load, migrate_sqlite
from petitbleu.store.query import Query
from tests.kit.queries import all_queries
from tests.kit.stores import drop_postgres_database, new_postgres_database

SMALL = {
    "cache_stamp": "256 buckets a room",
    "audit_signed": "a head a day",
    "body_change": "a feed that is emptied as it is read",
    "bot": "its programs are known at the start",
    "channel_page": "the channels that have a page",
    "decision_preset": "written by staff",
    "desk_disclosure": "each is somebody's work of hours",
    "desk_mark": "a row for each thing that is watched",
    "desk_queue": "made by staff",
    "desk_report": "one a year",
    "desk_rule": "made by staff",
    "hold": "the orders that hold something now",
    "import_person": "an index of those who have not come yet",
    "join_invite": "written by the operator",
    "letter_template": "written by staff",
    "log_check": "one a night",
    "log_hold": "each is a disaster",
    "mark": "what was marked or withheld, read once",
    "misuse": "who was suspended",
    "newsletter_channel": "the channels that have a newsletter",
    "page_domain": "the channels that have a domain",
    "page_purge": "the channels that have a page",
    "second": "the newest, by the key",
    "spam_key": "made by the operator",
    "spam_word": "written by staff",
    "staff": "people who work here",
    "staff_invite": "people who are to work here",
    "staff_passkey": "people who work here",
    "staff_session": "people who work here",
    "staff_subject": "people who work here",
    "staff_touch": "people who work here",
    "websub_request": "limited by the hub",
    "websub_subscription": "limited by the hub",
}
"""Tables that may be walked through, and why. All others grow with use: a statement reads a few of
their rows, by key.
"""

ALLOWED = {
    "desk.casework.alerts.queries.OPEN": "an index of the few alarms that ring",
    "desk.casework.alerts.queries.RINGING": "an index of the few alarms that ring",
    "desk.intake.danger.queries.ALL_SEEN": "a row for each public channel, read once at the start",
    "domain.client.push.queries.ACCOUNTS": "people who want notices, read once at the start",
    "domain.client.push.queries.ALL_SHOWN": "notices of the last month, read once at the start",
    "desk.intake.queries.OPEN": "an index of what has not been read yet",
    "desk.reconciliation.queries.WAITING": "an index of what has not been read yet",
    "desk.casework.letters.queries.WAITING": "an index of the few letters that wait",
    "desk.adjudication.eu_database.queries.WAITING": "an index of the few statements that wait",
    "desk.adjudication.eu_database.queries.QUARANTINED": "an index of the few that were refused",
    "domain.communities.chats.queries.LINKED": (
        "an index of channels with a discussion, once at the start"
    ),
    "domain.search.queries.NEWEST": "the newest, by the key",
    "gateway.keys._EXPIRED": "once a day",
    "gateway.keys._UNUSED": "once a day",
    "domain.updates.queries.LONG_LOGS": "off the event loop, a row for each account",
}
"""Name of a query -> why it may walk through a big table."""


QUERIES = all_queries()


@pytest.fixture(scope="module")
def lite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    conn = sqlite3.connect(tmp_path_factory.mktemp("q") / "q.sqlite", isolation_level=None)
    migrate_sqlite(conn)
    yield conn
    conn.close()


def test_the_walk_finds_the_queries() -> None:
    assert len(QUERIES) > 20


def _sample(query: Query[Any]) -> dict[str, Any]:
    return {name: [1] if name in query.lists else 1 for name in query.names}


@pytest.mark.parametrize("name", QUERIES)
def test_sqlite_prepares_it_and_walks_through_no_big_table(
    lite: sqlite3.Connection, name: str
) -> None:
    query = QUERIES[name]
    plan = lite.execute(
        f"explain query plan {query.sqlite}", query.bind_sqlite(_sample(query))
    ).fetchall()
    walked = [
        line[3]
        for line in plan
        if (found := re.match(r"SCAN (\w+)", line[3])) and _grows(lite, query.sql, found[1])
    ]
    assert not walked or name in ALLOWED, f"{walked}: {query.sql}"


def _grows(lite: sqlite3.Connection, sql: str, alias: str) -> bool:
    """Whether what the statement calls ``alias`` is a table, and not a small one."""
    found = re.search(rf"\b(?:from|join|update|into)\s+(\w+)\s+(?:as\s+)?{alias}\b", sql, re.I)
    table = found[1] if found else alias
    known = lite.execute(
        "select 1 from sqlite_master where type = 'table' and name = ?", [table]
    ).fetchone()
    return known is not None and table not in SMALL


@pytest.mark.parametrize("name", [n for n, q in QUERIES.items() if q.row is not None])
def test_its_columns_are_those_of_its_row(lite: sqlite3.Connection, name: str) -> None:
    query = QUERIES[name]
    lite.execute("begin")
    try:
        # `explain` binds nothing and changes nothing, so the columns are asked of the real thing.
        cursor = lite.execute(query.sqlite, query.bind_sqlite(_sample(query)))
        columns = [column[0] for column in cursor.description]
        cursor.close()
    except sqlite3.IntegrityError:
        return  # a sample row that a constraint refuses: PostgreSQL's side tells the columns
    finally:
        lite.execute("rollback")
    assert len(columns) == len(query.row._fields), (columns, query.row._fields)  # type: ignore[union-attr]


async def test_postgresql_prepares_all_and_walks_through_no_big_table() -> None:
    url = new_postgres_database()
    conn = await asyncpg.connect(url)
    await conn.execute("set enable_seqscan = off")
    wrong = []
    for name, query in QUERIES.items():
        try:
            wrong += await _faults(conn, name, query)
        except asyncpg.PostgresError as error:
            wrong.append(f"{name}: {error}\n  {query.postgres}")
    await conn.close()
    drop_postgres_database(url)
    assert not wrong, "\n".join(wrong)


async def _faults(conn: Any, name: str, query: Query[Any]) -> list[str]:
    wrong = []
    statement = await conn.prepare(query.postgres)
    narrow = [
        mark
        for mark, kind in zip(query.names, statement.get_parameters(), strict=True)
        if kind.name in ("int4", "int2", "bool", "unknown")
    ]
    if narrow:
        wrong.append(f"{name}: write cast(:{narrow[0]} as bigint), PostgreSQL takes it as narrower")
    columns = statement.get_attributes()
    if query.row is not None:
        fields = query.row._fields  # type: ignore[attr-defined]
        if len(columns) != len(fields):
            wrong.append(f"{name}: {len(columns)} columns for the fields {fields}")
        wrong += [
            f"{name}: column {column.name} comes as {column.type.name}, cast it"
            for column in columns
            if column.type.name in ("numeric", "bool", "float8", "unknown")
        ]
    await conn.execute(f"prepare p as {query.postgres}")
    nulls = ", ".join(["null"] * len(query.names))
    await conn.execute("set plan_cache_mode = force_generic_plan")
    plan = await conn.fetch(f"explain execute p({nulls})" if nulls else "explain execute p")
    await conn.execute("deallocate p")
    for (line,) in plan:
        found = re.search(r"Seq Scan on (\w+)", line)
        if found and found[1] not in SMALL and name not in ALLOWED:
            wrong.append(f"{name}: {line.strip()}\n  {query.postgres}")
    return wrong


def test_every_exception_is_still_a_query(lite: sqlite3.Connection) -> None:
    tables = {name for (name,) in lite.execute("select name from sqlite_master")}
    assert set(ALLOWED) <= set(QUERIES)
    assert set(SMALL) <= tables


def test_every_hot_table_begins_its_key_with_its_owner() -> None:
    sql = "\n".join(
        migration.sql for migration in load(Path(petitbleu.__path__[0]) / "store/migrations")
    )
    for table, owner in (("body", "author"), ("box", "owner"), ("dialog", "owner"),
                         ("event_log", "owner"), ("state_event", "owner")):  # fmt: skip
        created = re.search(rf"create table {table} \((.*?)\n\)", sql, re.S)
        assert created is not None
        assert f"primary key ({owner}," in created[1], table
