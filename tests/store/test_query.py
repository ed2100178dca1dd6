"""One text, two dialects."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from petitbleu.store.api import Store, Tx
from petitbleu.store.query import either, query
from petitbleu.store.where import Where, contains


class Name(NamedTuple):
    name: str


def test_marks_are_numbered_by_first_use() -> None:
    q = query("select a from t where a = :x and b = :y and c = :x")
    assert q.names == ("x", "y")
    assert q.sqlite == "select a from t where a = ?1 and b = ?2 and c = ?1"
    assert q.postgres == "select a from t where a = $1 and b = $2 and c = $1"


def test_lists_become_json_or_arrays() -> None:
    q = query("select a from t where a in (:ids) and b not in (:ids)")
    assert q.sqlite == (
        "select a from t where a in (select value from json_each(?1))"
        " and b not in (select value from json_each(?1))"
    )
    assert q.postgres == "select a from t where a = any($1) and b <> all($1)"
    assert q.bind_sqlite({"ids": (1, -(2**63))}) == ("[1,-9223372036854775808]",)
    assert q.bind_postgres({"ids": (1, 2)}) == ([1, 2],)


def test_quoted_text_comments_and_casts_are_left_alone() -> None:
    q = query("select ':no', \"x:no\" -- :no\nfrom t where a = :yes")
    assert q.names == ("yes",)
    assert "':no'" in q.sqlite
    assert query("select a::bigint from t").names == ()


def test_greatest_and_least_are_scalar_max_and_min() -> None:
    q = query("select greatest(a, :b), least (a, 1) from t")
    assert q.sqlite == "select max(a, ?1), min (a, 1) from t"
    assert q.postgres == "select greatest(a, $1), least (a, 1) from t"


@pytest.mark.parametrize(
    ("sql", "writes"),
    [
        ("select updated from t", False),
        ("insert into t (a) values (1)", True),
        ("update t set a = 1", True),
        ("with x as (select 1) delete from t", True),
    ],
)
def test_writes_are_told_from_reads(sql: str, writes: bool) -> None:
    assert query(sql).writes is writes


PUT = query("insert into setting (name, value) values (:name, :value)")


async def test_where_joins_conditions_and_binds_values(store: Store) -> None:
    async def fill(tx: Tx) -> None:
        for name in ("a_b", "axb", "A_B", "a_c"):
            await tx.run(PUT, name=name, value=b"")

    await store.write(fill)
    where = Where().add("name like :part escape '!'", part=contains("_"))
    where.add("name > :low", low="a")
    found = await store.scan(
        where.query("select name from setting", Name, "order by name"), **where.params
    )
    assert [row.name for row in found] == ["a_b", "a_c"]
    assert len(await store.rows(Where().query("select name from setting", Name))) == 4


def test_where_refuses_a_name_used_twice() -> None:
    with pytest.raises(ValueError, match="in use already"):
        Where().add("a = :a", a=1).add("b = :a", a=2)


async def test_a_statement_with_a_form_for_each_engine(store: Store) -> None:
    asked = either(
        sqlite="select 'sqlite' as name where :low < :high",
        postgres="select 'postgres' as name where cast(:low as bigint) < :high",
        row=Name,
    )
    assert await store.rows(asked, low=1, high=2) == [(store.dialect,)]
    assert await store.rows(asked, low=2, high=1) == []


def test_both_forms_take_the_same_marks_in_the_same_order() -> None:
    with pytest.raises(ValueError, match="different marks"):
        either(sqlite="select :a, :b", postgres="select :b, :a", row=Name)


def test_a_row_that_one_engine_locks_by_writing_is_a_write_for_both() -> None:
    lock = either(
        sqlite="select name from t where id = :id",
        postgres="update t set name = name where id = :id returning name",
        row=Name,
    )
    assert lock.writes, "on PostgreSQL a transaction begins with the first write"
    assert lock.target == "t"
    assert {"update", "returning"} <= lock.words
