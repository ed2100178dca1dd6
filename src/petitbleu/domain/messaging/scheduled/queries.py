"""SQL of ``scheduled``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class ScheduledRow(NamedTuple):
    """A message that waits for its time. Times are Unix seconds."""

    owner: int
    id: int
    peer: int
    sender: int
    due: int
    random_id: int
    made_at: int
    edit_date: int | None
    draft: bytes
    """``stored.py``"""
    editor: int = 0
    """Who wrote this version; 0: its sender."""
    approved_by: int = 0
    """Whoever has read this version for a channel that demands it; 0: nobody."""
    reason: str = ""
    """Why its own author publishes it without a second reader."""
    leaving: int = 0
    """1: it is being published, and stays as it is."""

    @property
    def author(self) -> int:
        """Who wrote what it says now."""
        return self.editor or self.sender


class Number(NamedTuple):
    """A number."""

    n: int


_COLUMNS = (
    "owner, id, peer, sender, due, random_id, made_at, edit_date, draft, editor, approved_by,"
    " reason, leaving"
)

ONE = query(f"select {_COLUMNS} from scheduled where owner = :owner and id = :id", ScheduledRow)
OF_CHAT = query(
    f"select {_COLUMNS} from scheduled where owner = :owner and peer = :peer order by due, id",
    ScheduledRow,
)
BY_IDS = query(
    f"select {_COLUMNS} from scheduled where owner = :owner and peer = :peer and id in (:ids)"
    " order by due, id",
    ScheduledRow,
)
BY_RANDOM = query(
    f"select {_COLUMNS} from scheduled where sender = :sender and random_id = :random_id",
    ScheduledRow,
)
ONLINE = query(
    f"select {_COLUMNS} from scheduled where peer = :peer and due = 2147483646"
    " order by owner, id limit 100",
    ScheduledRow,
)
COUNT = query("select count(*) as n from scheduled where owner = :owner and peer = :peer", Number)
LAST = query("select coalesce(max(id), 0) as n from scheduled where owner = :owner", Number)
PUT = query(
    f"insert into scheduled ({_COLUMNS}) values (:owner, :id, :peer, :sender, :due, :random_id,"
    " :made_at, :edit_date, :draft, :editor, :approved_by, :reason, :leaving)"
)
CHANGE = query(
    "update scheduled set due = :due, edit_date = :edit_date, draft = :draft, editor = :editor,"
    " approved_by = 0, reason = '' where owner = :owner and id = :id and leaving = 0"
)
APPROVE = query(
    "update scheduled set approved_by = :by, reason = :reason"
    " where owner = :owner and id = :id and leaving = 0"
)
LEAVE = query("update scheduled set leaving = 1 where owner = :owner and id = :id")
DROP = query("delete from scheduled where owner = :owner and id = :id")
