"""SQL of ``poll``, ``poll_vote``, ``poll_choice`` and ``poll_count``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class PollRow(NamedTuple):
    """A poll. Times are Unix seconds."""

    id: int
    creator: int
    data: bytes
    """``stored.Question``"""
    close_at: int | None
    closed: int
    voters: int
    version: int


class Vote(NamedTuple):
    """What somebody voted: positions, msgpack."""

    poll: int
    account: int
    at: int
    options: bytes


class Count(NamedTuple):
    """How many chose an answer."""

    poll: int
    option: int
    n: int


class Choice(NamedTuple):
    """Somebody chose an answer."""

    account: int
    at: int


class Number(NamedTuple):
    """How many."""

    n: int


class Body(NamedTuple):
    """A message that shows a poll."""

    author: int
    id: int


class Id(NamedTuple):
    """A poll."""

    id: int


_COLUMNS = "id, creator, data, close_at, closed, voters, version"

ONE = query(f"select {_COLUMNS} from poll where id = :id", PollRow)
MANY = query(f"select {_COLUMNS} from poll where id in (:ids)", PollRow)
INSERT = query(
    "insert into poll (id, creator, data, close_at, check_at)"
    " values (:id, :creator, :data, :close_at, :check_at)"
)
LOCK = query(f"update poll set version = version + 1 where id = :id returning {_COLUMNS}", PollRow)
SET_VOTERS = query("update poll set voters = :voters where id = :id")
CLOSE = query("update poll set closed = 1, version = version + 1 where id = :id and closed = 0")
RESTART = query("update poll set close_at = :close_at, closed = 0 where id = :id and voters = 0")
VOTES_OF = query(
    "select poll, account, at, options from poll_vote where poll in (:polls)"
    " and account = :account",
    Vote,
)
VOTED_IN = query("select poll as id from poll_vote where account = :account limit :limit", Id)
PUT_VOTE = query(
    "insert into poll_vote (poll, account, at, options) values (:poll, :account, :at, :options)"
)
DROP_VOTE = query("delete from poll_vote where poll = :poll and account = :account")
PUT_CHOICE = query(
    "insert into poll_choice (poll, option, account, at) values (:poll, :option, :account, :at)"
)
DROP_CHOICE = query(
    "delete from poll_choice where poll = :poll and option = :option and account = :account"
)
COUNT = query(
    "insert into poll_count (poll, option, n) values (:poll, :option, :by)"
    " on conflict (poll, option) do update set n = poll_count.n + excluded.n"
)
COUNTS = query("select poll, option, n from poll_count where poll in (:polls)", Count)
RECENT = query(
    "select poll, account, at, options from poll_vote where poll = :poll"
    " order by at desc, account desc limit :limit",
    Vote,
)
LIST = query(
    "select poll, account, at, options from poll_vote where poll = :poll"
    " and (at < :at or (at = :at and account < :account)) order by at desc, account desc"
    " limit :limit",
    Vote,
)
LIST_OF = query(
    "select account, at from poll_choice where poll = :poll and option = :option"
    " and (at < :at or (at = :at and account < :account)) order by at desc, account desc"
    " limit :limit",
    Choice,
)
BODIES = query(
    "select author, id from body where substr(media, 1, 8) = :key and media is not null"
    " order by author, id limit :limit",
    Body,
)

# ── polls that no message shows any more ────────────────────────────────────────────────────────

CHECK = query("select id from poll where check_at <= :now order by check_at limit :limit", Id)
POSTPONE = query("update poll set check_at = :at where id = :id")
ERASE = query("delete from poll where id = :poll")
ERASE_VOTES = query("delete from poll_vote where poll = :poll")
ERASE_CHOICES = query("delete from poll_choice where poll = :poll")
ERASE_COUNTS = query("delete from poll_count where poll = :poll")
