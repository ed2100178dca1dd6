"""``python -m tests.kit.shards``: the statements that would ask more than one shard.

The tables of a plain PostgreSQL, those of ``store/shards.py`` partitioned by the hash of their
column, are asked how they would run each statement of the tree. What a statement touches are the
numbers of the partitions in its plan; rows with the same number lie on the same shard. The list is
``docs/developers/shards.tsv``: what was mended is taken off, what is new is not put on and the exit
code is 1 (``tests/store/test_shards.py`` fails as well). Causes are written by hand where the words
of this module do not say enough.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import asyncpg

from petitbleu.store.hot import host, index, secondary_writes, send_sql
from petitbleu.store.shards import DISTRIBUTED
from tests.kit.queries import all_queries
from tests.kit.stores import drop_postgres_database, new_postgres_database

FILE = Path(__file__).resolve().parents[2] / "docs/developers/shards.tsv"
PARTITIONS = 8
COPY = "body_copy"
"""A split database has a body for each copy, which lies with its box row."""
HEADER = "statement\tpartitions\ttables\tcause"

_COPY_JOIN = re.compile(
    r"\bjoin\s+body\s+(?P<b>\w+)\s+on\s+(?P=b)\.author = (?P<x>\w+)\.author"
    r" and (?P=b)\.id = (?P=x)\.body"
)
_PARTITION = re.compile(r"(.+)_p(\d)")
_TABLE = re.compile(r"\b(?:from|join|update|into|using)\s+(\w+)", re.IGNORECASE)
_COLUMN = re.compile(r"(\w+)\.(\w+)")
_CONSTANT = re.compile(r"(?:'(?:[^']|'')*'|\(?-?\d+\)?)(?:::[\w ]+)?")


class Asked(NamedTuple):
    """A statement for PostgreSQL, and its marks in the order of their numbers."""

    sql: str
    names: tuple[str, ...]


class Spread(NamedTuple):
    """What a statement touches: how many partitions of all tables together, and of which tables it
    touches several.
    """

    partitions: int
    tables: tuple[str, ...]
    cause: str


def statements() -> dict[str, Asked]:
    """Every statement of the tree, those of ``store/hot`` included."""
    found = {name: Asked(q.postgres, q.names) for name, q in all_queries().items()}
    for module in (host, index, secondary_writes, send_sql):
        for name, value in vars(module).items():
            if isinstance(value, str) and re.match(
                r"\s*(with|select|insert|update|delete)\b", value
            ):
                if name.startswith("_LITE") or "{" in value:
                    continue
                marks = {int(n) for n in re.findall(r"\$(\d+)", value)}
                room = module.__name__.removeprefix("petitbleu.")
                found[f"{room}.{name}"] = Asked(value, tuple(f"p{n}" for n in sorted(marks)))
    return found


async def partition(conn: Any) -> None:
    """Lay partitioned tables over those of the database, in a schema that is found first."""
    # Contradictions between the made-up values (`id > 2 and id < 1`) must not empty a plan.
    await conn.execute(
        "create schema shards; set search_path = shards, public; set constraint_exclusion = off"
    )
    async with conn.transaction():
        for table, column in DISTRIBUTED.items():
            await _partition_table(conn, table, table, column, "")
        await _partition_table(conn, "body", COPY, "home", "home bigint, ")


async def _partition_table(conn: Any, source: str, table: str, column: str, more: str) -> None:
    script = [
        f"create table shards.{table} ({more}like public.{source} including defaults"
        f" including identity) partition by hash ({column})",
        *(
            f"create table shards.{table}_p{n} partition of shards.{table}"
            f" for values with (modulus {PARTITIONS}, remainder {n})"
            for n in range(PARTITIONS)
        ),
    ]
    indexes = await conn.fetch(
        "select pg_get_indexdef(indexrelid) as text, indisunique, indisprimary from pg_index"
        " where indrelid = to_regclass('public.' || $1)",
        source,
    )
    for text, unique, primary in indexes:
        columns = re.search(r"USING \w+ \((.*?)\)", text)
        assert columns is not None
        if unique and column not in columns[1].split(", "):
            unique = primary = False  # no shard can know that it is unique
            text = text.replace("UNIQUE ", "", 1)
        if primary:
            script.append(f"alter table shards.{table} add primary key ({columns[1]})")
        elif unique:  # the others are of no interest here, and take long to make
            script.append(text.replace(f" ON public.{source} ", f" ON shards.{table} "))
    await conn.execute(";\n".join(script))


async def spreads(conn: Any) -> dict[str, Spread]:
    """Statement -> what it touches, for each that touches more than one partition."""
    checker = await Checker.begin(conn)
    found = {name: await checker.spread(asked) for name, asked in statements().items()}
    return {name: spread for name, spread in found.items() if spread.partitions > 1}


class Checker:
    """Asks a partitioned database for plans."""

    def __init__(self, conn: Any, values: list[int], columns: Mapping[str, list[str]]) -> None:
        self._conn = conn
        self._values = values
        self._columns = columns

    @classmethod
    async def begin(cls, conn: Any) -> Checker:
        rows = await conn.fetch(
            "select k, min(n) as n from generate_series(1000000, 1000999) n,"
            " generate_series(0, $1) k where"
            " satisfies_hash_partition('shards.box'::regclass, $2, k, cast(n as bigint))"
            " group by k order by k",
            PARTITIONS - 1,
            PARTITIONS,
        )
        columns: dict[str, list[str]] = {}
        for table, column in await conn.fetch(
            "select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid"
            " where c.relkind = 'p' and a.attnum > 0 order by c.relname, a.attnum"
        ):
            columns.setdefault(table, []).append(column)
        return cls(conn, [row["n"] for row in rows], columns)

    async def spread(self, asked: Asked) -> Spread:
        """What the statement touches."""
        sql = _with_copies(asked.sql)
        if not _named(sql):
            return Spread(0, (), "")
        prepared = await self._conn.prepare(f"explain (verbose, format json) {sql}")
        kinds = [kind.name for kind in prepared.get_parameters()]
        # Marks get values of different partitions; where there are more marks than partitions two
        # share one, but not in both rounds.
        rounds = [
            [self._sample(kind, n + turn * (n // PARTITIONS)) for n, kind in enumerate(kinds)]
            for turn in range(2 if len(kinds) > PARTITIONS else 1)
        ]
        try:
            touched = [await self._touched(prepared, values) for values in rounds]
        except asyncpg.InvalidColumnReferenceError:  # `on conflict` finds no unique key
            return Spread(PARTITIONS, _named(sql), "a unique key without the column")
        if left_out := set(_TABLE.findall(sql)) & DISTRIBUTED.keys() - touched[0].keys():
            raise RuntimeError(f"no plan for {left_out} in {sql}: give its marks other values")
        most = max(touched, key=lambda tables: len(set().union(*tables.values())))
        return _described(sql, asked.names, most)

    def _sample(self, kind: str, n: int) -> Any:
        number = self._values[n % PARTITIONS]
        if kind.endswith("[]"):
            return [self._sample(kind[:-2], n), self._sample(kind[:-2], n + 1)]
        if kind == "bytea":
            return str(number).encode()
        if kind == "bool":
            return n % 2 == 0
        return number if kind in ("int8", "int4", "float8", "numeric") else str(number)

    async def _touched(self, prepared: Any, values: Sequence[Any]) -> dict[str, set[int]]:
        """Table -> numbers of its partitions in the plan."""
        (answer,) = await prepared.fetchrow(*values)
        found: dict[str, set[int]] = {}
        nodes = list(_nodes(json.loads(answer)[0]["Plan"]))
        for node in nodes:
            if part := _PARTITION.fullmatch(node.get("Relation Name", "")):
                found.setdefault(part[1].replace(COPY, "body"), set()).add(int(part[2]))
        for node in nodes:
            if node.get("Operation") == "Insert" and node["Relation Name"] in DISTRIBUTED:
                table = node["Relation Name"]
                found.setdefault(table, set()).update(await self._routes(table, node, nodes))
        return found

    async def _routes(self, table: str, insert: Any, nodes: list[Any]) -> set[int]:
        """Partitions that an insert may write to."""
        (rows,) = (plan for plan in insert["Plans"] if plan["Parent Relationship"] == "Outer")
        while "Output" not in rows:  # an Append: each of its parts gives the same columns
            rows = rows["Plans"][0]
        value = rows["Output"][self._columns[table].index(DISTRIBUTED[table])]
        if _CONSTANT.fullmatch(value):
            parts = await self._conn.fetch(
                "select k from generate_series(0, 7) k where"
                f" satisfies_hash_partition('shards.{table}'::regclass, {PARTITIONS}, k, {value})"
            )
            return {row["k"] for row in parts}
        column = _COLUMN.fullmatch(value)
        for node in nodes:  # the column by which the rows read are found: they lie together
            part = _PARTITION.fullmatch(node.get("Relation Name", ""))
            if column and part and node.get("Alias") == column[1]:
                by = "home" if part[1] == COPY else DISTRIBUTED[part[1]]
                if column[2] == by:
                    return set()
        return set(range(PARTITIONS))


def _nodes(plan: Any) -> Iterator[Any]:
    yield plan
    for inner in plan.get("Plans", ()):
        yield from _nodes(inner)


def _with_copies(sql: str) -> str:
    """The statement as a split database would be asked: an owner's body lies with the box row."""

    def copied(found: re.Match[str]) -> str:
        b, x = found["b"], found["x"]
        if not re.search(rf"\bbox\s+(as\s+)?{x}\b", sql):
            return found[0]
        return (
            f"join {COPY} {b} on {b}.home = {x}.owner and {b}.author = {x}.author"
            f" and {b}.id = {x}.body"
        )

    return _COPY_JOIN.sub(copied, sql)


def _named(sql: str) -> tuple[str, ...]:
    return tuple(sorted({word for word in re.findall(r"\w+", sql) if word in DISTRIBUTED}))


def _described(sql: str, names: tuple[str, ...], touched: dict[str, set[int]]) -> Spread:
    everything: set[int] = set().union(*touched.values())
    wide = tuple(sorted(table for table, parts in touched.items() if len(parts) > 1))
    if len(everything) < PARTITIONS:
        cause = "a list of owners" if "any($" in sql else "several owners"
    elif any(_is_joined(sql, table) for table in wide):
        cause = "the owner comes from another row"
    else:
        cause = "no owner is named"
    return Spread(len(everything), wide or tuple(sorted(touched)), cause)


def _is_joined(sql: str, table: str) -> bool:
    column = DISTRIBUTED[table]
    return bool(re.search(rf"\b{column} = \w+\.\w+|= \w+\.{column}\b|unnest", sql))


def listing(found: Mapping[str, Spread]) -> str:
    """The text of the list."""
    lines = [
        f"{name}\t{spread.partitions}\t{', '.join(spread.tables)}\t{spread.cause}"
        for name, spread in sorted(found.items())
    ]
    return "\n".join([HEADER, *lines, ""])


def committed() -> dict[str, Spread]:
    """The list as it is committed."""
    found = {}
    for line in FILE.read_text("utf-8").splitlines()[1:]:
        name, partitions, tables, cause = line.split("\t")
        found[name] = Spread(int(partitions), tuple(tables.split(", ")), cause)
    return found


async def check() -> dict[str, Spread]:
    """The list as it is now, from a database made for this."""
    url = new_postgres_database()
    try:
        conn = await asyncpg.connect(url)
        try:
            await partition(conn)
            return await spreads(conn)
        finally:
            await conn.close()
    finally:
        drop_postgres_database(url)


def differences(found: Mapping[str, Spread], listed: Mapping[str, Spread]) -> list[str]:
    """Sentences about what is not as it is listed."""
    worse = [
        f"{name} touches {spread.partitions} partitions of {', '.join(spread.tables)}"
        f" ({spread.cause})"
        for name, spread in found.items()
        if name not in listed or listed[name].partitions < spread.partitions
    ]
    mended = [
        f"{name} touches fewer partitions than it is listed with: `make shard-check`"
        for name, spread in listed.items()
        if name not in found or found[name].partitions < spread.partitions
    ]
    return worse + mended


def shortened(found: Mapping[str, Spread], listed: Mapping[str, Spread]) -> dict[str, Spread]:
    """The list without what was mended. It never gets longer by itself."""
    return {
        name: spread._replace(partitions=min(spread.partitions, found[name].partitions))
        for name, spread in listed.items()
        if name in found
    }


def main() -> None:
    listed, found = committed(), asyncio.run(check())
    FILE.write_text(listing(shortened(found, listed)), "utf-8")
    print(listing(found), end="")
    print(f"{len(found)} of {len(statements())} statements touch more than one partition")
    worse = differences(found, shortened(found, listed))
    if worse:
        sys.exit("\n".join(["not listed:", *worse]))


if __name__ == "__main__":
    main()
