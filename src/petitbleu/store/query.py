"""SQL written once for both engines.

``query("select a, b from t where owner = :owner and id in (:ids)", Row)``: the text is translated
when it is first run: SQLite gets ``?1`` and ``json_each``, PostgreSQL ``$1`` and ``= any($1)``.
Translated is:

* ``:name`` marks; ``x in (:ids)`` and ``x not in (:ids)`` take a list of int or str;
* ``greatest(a, b)`` and ``least(a, b)`` (no argument may be null: SQLite's answer would be null).

Everything else must be SQL that both understand: ``returning``, ``on conflict``, CTEs, window
functions, ``cast(:x as bigint)`` where PostgreSQL cannot tell the type of a mark (``:x + 1``,
``coalesce(:x, 0)``). A test prepares every query of the tree on both engines.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from operator import itemgetter
from typing import Any, Generic, TypeVar, cast, overload

import msgspec

R = TypeVar("R")

_json = msgspec.json.Encoder().encode

# A quoted string or comment (left alone), a list mark, a plain mark, or a function to translate.
_TOKEN = re.compile(
    r"""(?P<quoted>'(?:[^']|'')*'|"[^"]*"|--[^\n]*)
    |\b(?P<negated>not\s+)?in\s*\(\s*:(?P<list>[a-z_][a-z0-9_]*)\s*\)
    |(?<![:\w]):(?P<mark>[a-z_][a-z0-9_]*)
    |\b(?P<extreme>greatest|least)(?=\s*\()""",
    re.VERBOSE | re.IGNORECASE,
)
_WRITES = re.compile(r"\b(insert\s+into|update\s+\w+\s+set|delete\s+from)\b", re.IGNORECASE)


_TARGET = re.compile(r"\s*(?:insert\s+into|update|delete\s+from)\s+(\w+)", re.IGNORECASE)
_INSERTS = re.compile(r"\s*insert\b(?!.*\bdo\s+update\b)", re.IGNORECASE | re.DOTALL)
_WORD = re.compile(r"[a-z_]\w*")


class Query(Generic[R]):
    """One statement, ready for both engines.

    ``names`` are the marks in the order of their numbers, ``lists`` those that take a list.
    ``make`` turns an engine's row into ``R``; ``writes`` tells whether the statement changes rows.
    For ``store/later.py``: ``target`` is the table that a plain write changes (else empty),
    ``inserts`` tells whether it adds rows and changes none, ``words`` are all names in the text.
    """

    __slots__ = (
        "apart",
        "bind_postgres",
        "bind_sqlite",
        "inserts",
        "lists",
        "make",
        "names",
        "postgres",
        "row",
        "sql",
        "sqlite",
        "stamps",
        "target",
        "words",
        "writes",
    )

    bind_postgres: Callable[[dict[str, Any]], tuple[Any, ...]]
    bind_sqlite: Callable[[dict[str, Any]], tuple[Any, ...]]
    inserts: bool
    lists: frozenset[str]
    make: Callable[[Any], R]
    names: tuple[str, ...]
    postgres: str
    sqlite: str
    target: str
    words: frozenset[str]

    def __init__(
        self,
        sql: str,
        row: type[Any] | None,
        apart: tuple[str, ...] = (),
        stamps: tuple[tuple[str, ...], ...] = (),
    ) -> None:
        self.sql = sql
        self.row = row
        self.apart = apart
        self.stamps = stamps
        self.writes = _WRITES.search(sql) is not None
        if stamps:
            known = {found["mark"] or found["list"] for found in _TOKEN.finditer(sql)}
            unknown = {mark for _, *marks in stamps for mark in marks} - known
            if unknown or not self.writes:
                raise ValueError(f"{sql!r} has no such marks, or writes nothing: {stamps}")

    def prepare(self) -> None:
        """Make of the text what an engine needs."""
        make: Any = tuple if self.row is None else partial(tuple.__new__, self.row)
        self.make = make
        self.names, self.lists, self.sqlite, self.postgres = _translate(self.sql)
        target = _TARGET.match(self.sql)
        self.target = target[1].lower() if target else ""
        self.inserts = _INSERTS.match(self.sql) is not None
        self.words = frozenset(_WORD.findall(self.sql.lower()))
        self.bind_sqlite = _binder(self.names, dict.fromkeys(self.lists, _to_json))
        self.bind_postgres = _binder(self.names, dict.fromkeys(self.lists, list))

    def __repr__(self) -> str:
        return f"Query({self.sql!r})"


class _NotRunYet(Query[R]):
    """A statement that nobody has run: it is prepared by the first look at what that makes, and is
    a plain Query from then on, whose attributes cost no call. Most of the statements of a server
    are of work that it never does; prepared at the import they took 4 MiB.
    """

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        if name not in Query.__slots__:
            raise AttributeError(name)
        self.prepare()  # two threads may both do it, with the same outcome
        cast(Any, self).__class__ = Query
        return getattr(self, name)


@overload
def query(
    sql: str,
    row: None = None,
    *,
    apart: tuple[str, ...] = (),
    stamps: tuple[tuple[str, ...], ...] = (),
) -> Query[Any]: ...
@overload
def query(sql: str, row: type[R], *, stamps: tuple[tuple[str, ...], ...] = ()) -> Query[R]: ...
def query(
    sql: str,
    row: type[Any] | None = None,
    *,
    apart: tuple[str, ...] = (),
    stamps: tuple[tuple[str, ...], ...] = (),
) -> Query[Any]:
    """Translate ``sql``; rows come back as the NamedTuple ``row`` (None: plain tuples).

    ``apart``: marks that say which row a write changes. Two such writes of one table, with the same
    marks and other values, are about different rows and may share a statement.
    ``stamps``: rooms that remember what the write changes (``petitbleu/stamps.py``), each with the
    marks that form the key: ``(("members", "chat", "account"),)``. A room without marks: all of it.
    """
    return _NotRunYet(sql, row, apart, stamps)


def either(*, sqlite: str, postgres: str, row: type[R] | None) -> Query[R]:
    """A statement that cannot be written once (full-text matching; a row that PostgreSQL locks by
    writing to it, where SQLite has one writer), with the same marks in the same order for both
    engines, and the same columns. It is a write where either form is one.
    """
    queries, other = Query[R](sqlite, row), Query[R](postgres, row)
    queries.prepare()
    other.prepare()
    if (queries.names, queries.lists) != (other.names, other.lists):
        raise ValueError(f"the two forms of {sqlite!r} have different marks")
    queries.postgres = other.postgres
    # The transaction on PostgreSQL begins with the first write: a lock that came before would be
    # given back at once. What ``later.py`` asks, it asks of PostgreSQL's form.
    queries.writes = queries.writes or other.writes
    queries.target, queries.inserts, queries.words = other.target, other.inserts, other.words
    return queries


def _translate(sql: str) -> tuple[tuple[str, ...], frozenset[str], str, str]:
    """``(names, lists, SQLite text, PostgreSQL text)`` of a statement with named marks."""
    numbers: dict[str, int] = {}
    lists: set[str] = set()

    def number(name: str) -> int:
        return numbers.setdefault(name, len(numbers) + 1)

    def for_sqlite(found: re.Match[str]) -> str:
        if found["mark"]:
            return f"?{number(found['mark'])}"
        if found["list"]:
            lists.add(found["list"])
            negation = "not " if found["negated"] else ""
            mark = number(found["list"])
            return f"{negation}in (select value from json_each(?{mark}))"  # noqa: S608
        if found["extreme"]:
            return "max" if found["extreme"].lower() == "greatest" else "min"
        return found[0]

    def for_postgres(found: re.Match[str]) -> str:
        if found["mark"]:
            return f"${number(found['mark'])}"
        if found["list"]:
            compare = "<> all" if found["negated"] else "= any"
            return f"{compare}(${number(found['list'])})"
        return found[0]

    sqlite = _TOKEN.sub(for_sqlite, sql)
    postgres = _TOKEN.sub(for_postgres, sql)
    return tuple(numbers), frozenset(lists), sqlite, postgres


def _to_json(values: Any) -> str:
    return _json(list(values)).decode()


def _binder(
    names: tuple[str, ...], convert: dict[str, Callable[[Any], Any]]
) -> Callable[[dict[str, Any]], tuple[Any, ...]]:
    """A function ``params -> positional values`` that also refuses missing and unknown names."""
    count = len(names)
    pick: Callable[[dict[str, Any]], tuple[Any, ...]]
    if count == 0:
        pick = lambda params: ()  # noqa: E731
    elif count == 1:
        only = names[0]
        pick = lambda params: (params[only],)  # noqa: E731
    else:
        pick = itemgetter(*names)

    def bind(params: dict[str, Any]) -> tuple[Any, ...]:
        if len(params) != count:
            raise TypeError(f"parameters {sorted(params)} given, {sorted(names)} expected")
        return pick(params)

    if not convert:
        return bind

    def bind_lists(params: dict[str, Any]) -> tuple[Any, ...]:
        return bind(
            {name: convert[name](v) if name in convert else v for name, v in params.items()}
        )

    return bind_lists
