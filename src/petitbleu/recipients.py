"""Monthly active recipients (DSA 24(2)): one count a month and country, and nobody's name.

A leaf over the store. An account carries the one month in which it was last seen; when that month
changes, and only then, it is counted. So everybody counts once a month, and nothing is kept of who
did what when. Bots are not recipients.
"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.api import Reader, Tx
from petitbleu.store.query import query


class Counted(NamedTuple):
    """Accounts of a country (ISO 3166; empty: not known) that were active in a month (YYYYMM)."""

    month: int
    country: str
    accounts: int


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


async def mark(tx: Tx, account: int, month: int) -> None:
    """The account is active in ``month``: counted where it was not seen in it before."""
    if await tx.run(_MARK, id=account, month=month):
        await tx.later(_COUNT, id=account, month=month)


async def between(reader: Reader, first: int, last: int) -> list[Counted]:
    """The counts of months (both within)."""
    return await reader.rows(_BETWEEN, first=first, last=last)
