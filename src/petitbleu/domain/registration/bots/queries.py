"""SQL of ``bot``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class BotRow(NamedTuple):
    """One bot. Times are Unix seconds."""

    id: int
    owner: int
    """Who made it; 0: the operator."""
    sealed: bytes
    digest: bytes
    created_at: int
    token_at: int


_COLUMNS = "id, owner, sealed, digest, created_at, token_at"

GET = query(f"select {_COLUMNS} from bot where id = :id", BotRow)
ALL = query(f"select {_COLUMNS} from bot order by id limit :limit", BotRow)
INSERT = query(
    f"insert into bot ({_COLUMNS}) values (:id, :owner, :sealed, :digest, :at, :at)",
    stamps=(("bots", "id"),),
)
SET_TOKEN = query(
    "update bot set sealed = :sealed, digest = :digest, token_at = :at where id = :id"
)
DROP = query("delete from bot where id = :id")
