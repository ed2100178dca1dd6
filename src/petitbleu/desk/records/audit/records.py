"""What the log says of rows: a digest of each, in a line of the transaction that wrote it.

``KINDS`` is the one list of tables whose rows the log accounts for. A room that writes such a row
calls ``service.note`` or ``service.note_row``; the transaction's next line carries what was noted.
Where no line follows, one is written before the commit. ``desk/reconciliation`` compares.

In a line: ``"records": [[kind, key, digest], …]`` and ``"erased": [[kind, key], …]``. A digest is
SHA-256 over the msgpack array of the columns, in hex; a key is the row's, with bytes in hex and
numbers of accounts as digests.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from petitbleu.store.api import Tx
from petitbleu.store.query import Query, query

_encode = msgspec.msgpack.Encoder().encode

RECORDS, ERASED = "records", "erased"
NOTED = "desk.audit"


class Kind(NamedTuple):
    """One table. ``columns``: what never changes of a row without a line that says so."""

    table: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    private: tuple[str, ...] = ()
    """Columns of the key that the log names by a digest."""


KINDS: dict[str, Kind] = {
    "vault": Kind("vault", ("sha",), ("sha",)),
    "inbound": Kind("desk_inbound", ("id",), ("sha", "channel", "stored_at")),
    "letter": Kind(
        "desk_letter",
        ("id",),
        (
            *("number", "key", "purpose", "recipient", "language", "subject", "sha"),
            *("queued_at", "not_before"),
        ),
    ),
    "decision": Kind(
        "decision",
        ("number",),
        (
            *("command", "print", "at", "actor", "second", "kind", "outcome", "category"),
            *("keyword", "ground", "source", "detected", "automated", "country", "items"),
            *("effect_at", "form", "measures", "people", "left_out", "undo_until", "undone_at"),
            *("corrects", "replaced_by"),
        ),
    ),
    "statement": Kind(
        "statement",
        ("number", "account", "purpose"),
        ("language", "subject", "text", "at", "not_before"),
        ("account",),
    ),
    "eu_statement": Kind("eu_statement", ("puid",), ("number", "at", "not_before", "payload")),
    "disclosure": Kind(
        "desk_disclosure",
        ("id",),
        (
            *("number", "state", "plan", "digest", "emergency", "request", "first", "second"),
            *("at", "made_at", "sha", "plain_sha", "manifest", "token", "expires_at"),
            *("fetched_at", "fetched_from", "agreed_at", "begun"),
        ),
    ),
    "hold": Kind(
        "desk_hold",
        ("id",),
        (
            *("number", "release", "scope", "subject", "messages", "reason", "placed_by", "at"),
            *("until", "renewals", "sha", "ended_at", "ended_by", "ended_why"),
        ),
    ),
    "report": Kind(
        "desk_report", ("period", "version"), ("published_at", "why", "files", "list", "signature")
    ),
}


def _where(kind: Kind) -> str:
    return " and ".join(f"{name} = :{name}" for name in kind.key)


def _get(kind: Kind) -> Query[Any]:
    columns = ", ".join(kind.columns)
    return query(f"select {columns} from {kind.table} where {_where(kind)}")  # noqa: S608


def _page(kind: Kind) -> Query[Any]:
    keys, marks = ", ".join(kind.key), ", ".join(f":{name}" for name in kind.key)
    return query(
        f"select {keys}, {', '.join(kind.columns)} from {kind.table}"  # noqa: S608
        f" where ({keys}) > ({marks}) order by {keys} limit :limit"
    )


GET = {name: _get(kind) for name, kind in KINDS.items()}
PAGE = {name: _page(kind) for name, kind in KINDS.items()}


def digest(values: Sequence[Any]) -> str:
    """What stands for a row: the columns of its kind in order, as the database gives them."""
    return hashlib.sha256(_encode(list(values))).hexdigest()


def named(kind: str, key: Sequence[Any]) -> list[Any]:
    """The key of a row as the log writes it."""
    private = KINDS[kind].private
    values: list[Any] = []
    for name, value in zip(KINDS[kind].key, key, strict=True):
        if isinstance(value, bytes):
            values.append(value.hex())
        elif name in private:
            values.append(hashlib.sha256(_encode([kind, list(key)])).hexdigest()[:16])
        else:
            values.append(value)
    return values


class Noted:
    """What a transaction has written and not yet logged."""

    __slots__ = ("_log", "_records")

    def __init__(self, log: Any) -> None:
        self._log = log
        self._records: dict[tuple[str, tuple[Any, ...]], str] = {}

    def add(self, kind: str, key: tuple[Any, ...], values: Sequence[Any]) -> None:
        """The row ``key`` of ``kind`` holds ``values`` now."""
        self._records[kind, key] = digest(values)

    def take(self) -> dict[str, Any]:
        """What the next line says besides; it is said once."""
        if not self._records:
            return {}
        records, self._records = self._records, {}
        return {RECORDS: [[kind, named(kind, key), sha] for (kind, key), sha in records.items()]}

    async def finish(self, tx: Tx) -> None:
        """No line followed: one for these alone."""
        if self._records:
            await self._log(tx)


async def note_row(tx: Tx, noted: Noted, kind: str, *key: Any) -> None:
    """Note a row as it stands in this transaction. Nothing where there is none."""
    row = await tx.row(GET[kind], **dict(zip(KINDS[kind].key, key, strict=True)))
    if row is not None:
        noted.add(kind, key, row)
