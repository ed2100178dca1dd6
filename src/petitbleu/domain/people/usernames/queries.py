"""SQL of ``username``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class UsernameRow(NamedTuple):
    """A name in use by ``peer``, or resting after ``peer`` released it. ``name`` is lower case."""

    name: str
    display: str
    peer: int
    rests_until: int | None


_COLUMNS = "name, display, peer, rests_until"

GET = query(f"select {_COLUMNS} from username where name = :name", UsernameRow)
OF = query(
    f"select {_COLUMNS} from username where peer in (:ids) and rests_until is null", UsernameRow
)
PREFIX = query(
    f"select {_COLUMNS} from username"
    " where name >= :first and name <= :last and rests_until is null order by name limit :limit",
    UsernameRow,
)
# Taken if nobody has it, if it is one's own (resting or in other letters), or if its rest is over.
TAKE = query(
    "insert into username (name, display, peer, rests_until) values (:name, :display, :peer, null)"
    " on conflict (name) do update set display = excluded.display, peer = excluded.peer,"
    " rests_until = null"
    " where username.peer = excluded.peer or username.rests_until <= :now"
    f" returning {_COLUMNS}",
    UsernameRow,
    stamps=(("accounts", "peer"), ("chats", "peer")),
)
RELEASE = query(
    "update username set rests_until = :until"
    " where peer = :peer and rests_until is null and name <> :keep",
    stamps=(("accounts", "peer"), ("chats", "peer")),
)
RESTING = query(
    f"select {_COLUMNS} from username where peer = :peer and rests_until is not null"
    " order by rests_until desc, name",
    UsernameRow,
)
DROP = query("delete from username where name = :name and rests_until is not null")
