"""Monthly active recipients (DSA 24(2)): one count a month and country, and nobody's name.

A leaf over the store. An account carries the one month in which it was last seen; when that month
changes, and only then, it is counted. So everybody counts once a month, and nothing is kept of who
did what when. Bots are not recipients.

Readers of public pages without an account are estimated (recital 77): of each day it is kept how
many different ones there were, and no more, so nobody can be known again on another day. The sum of
a month's days is what they are at most; somebody who comes on ten days is ten of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from petitbleu.store.api import Reader, Tx
from petitbleu.store.query import query


class Counted(NamedTuple):
    """Accounts of a country (ISO 3166; empty: not known) that were active in a month (YYYYMM)."""

    month: int
    country: str
    accounts: int


class Readers(NamedTuple):
    """Readers without an account of a country in a month (YYYYMM), at most."""

    month: int
    country: str
    readers: int


_MARK = query("update account set active_month = :month where id = :id and active_month <> :month")
_COUNT = query(
    "insert into recipient_count (month, country, accounts)"
    " select cast(:month as bigint), coalesce(country, ''), 1 from account"
    " where id = :id and kind = 0"
    " on conflict (month, country) do update set accounts = recipient_count.accounts + 1"
)
_BETWEEN = query(
    "select month, country, accounts from recipient_count"
    " where month >= :first and month <= :last order by month, country",
    Counted,
)
_ADD_READERS = query(
    "insert into reader_count (day, country, readers) values (:day, :country, :n)"
    " on conflict (day, country) do update set readers = reader_count.readers + excluded.readers"
)
_READERS_BETWEEN = query(
    "select day / 100 as month, country, cast(sum(readers) as bigint) as readers from reader_count"
    " where day >= :first and day <= :last group by day / 100, country order by 1, 2",
    Readers,
)


async def mark(tx: Tx, account: int, month: int) -> None:
    """The account is active in ``month``: counted where it was not seen in it before."""
    if await tx.run(_MARK, id=account, month=month):
        await tx.later(_COUNT, id=account, month=month)


async def between(reader: Reader, first: int, last: int) -> list[Counted]:
    """The counts of months (both within)."""
    return await reader.rows(_BETWEEN, first=first, last=last)


async def add_readers(tx: Tx, day: int, readers: Mapping[str, int]) -> None:
    """Country -> so many different readers more on a day (YYYYMMDD); less, where an estimate was
    too high."""
    for country, n in sorted(readers.items()):
        await tx.run(_ADD_READERS, day=day, country=country, n=n)


async def readers_between(reader: Reader, first: int, last: int) -> list[Readers]:
    """The estimates of months (YYYYMM, both within)."""
    return await reader.rows(_READERS_BETWEEN, first=first * 100, last=last * 100 + 99)
