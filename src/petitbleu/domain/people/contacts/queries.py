"""SQL of the address book and the block lists, as their owner sees them."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.domain.people.social_graph.service import Contact
from petitbleu.store.query import query

_COLUMNS = "owner, target, phone, first_name, last_name, added_at"


class Count(NamedTuple):
    """How many."""

    n: int


class Block(NamedTuple):
    """One entry of a block list; ``at`` in Unix seconds."""

    target: int
    at: int


class Asked(NamedTuple):
    """A telephone number that was asked about, as its keyed digest."""

    number: str


class Hidden(NamedTuple):
    """A chat whose bar was closed."""

    peer: int


class Author(NamedTuple):
    """Who wrote the first message of a chat; None: there is none."""

    peer: int
    author: int | None


ALL = query(
    f"select {_COLUMNS} from contact where owner = :owner and target > 0 order by target", Contact
)
SAVED = query(
    f"select {_COLUMNS} from contact where owner = :owner and phone <> '' order by target, phone",
    Contact,
)
COUNT_SAVED = query("select count(*) as n from contact where owner = :owner and phone <> ''", Count)
COUNT = query("select count(*) as n from contact where owner = :owner", Count)
OF_TARGETS = query(
    f"select {_COLUMNS} from contact where owner = :owner and target in (:ids)", Contact
)
OF_PHONES = query(
    f"select {_COLUMNS} from contact where owner = :owner and phone in (:phones)", Contact
)
REMOVE_TARGETS = query(
    "delete from contact where owner = :owner and target in (:ids)",
    stamps=(("accounts", "owner"), ("accounts", "ids")),
)
REMOVE_PHONES = query(
    "delete from contact where owner = :owner and phone in (:phones)",
    stamps=(("accounts", "owner"), ("viewers", "owner")),
)
REMOVE_WAITING = query("delete from contact where owner = :owner and target = 0")
PUT = query(
    "insert into contact (owner, target, phone, first_name, last_name, added_at)"
    " values (:owner, :target, :phone, :first_name, :last_name, :at)"
    " on conflict (owner, target, phone) do update"
    " set first_name = excluded.first_name, last_name = excluded.last_name",
    stamps=(("accounts", "owner"), ("accounts", "target")),
)

ASKED = query(
    "select number from asked_number where owner = :owner and number in (:numbers) and at > :after",
    Asked,
)
ASK = query(
    "insert into asked_number (owner, number, at) values (:owner, :number, :at)"
    " on conflict (owner, number) do update set at = excluded.at"
)
PRUNE_ASKED = query("delete from asked_number where at < :before")

BLOCK = query(
    "insert into blocked (owner, list, target, at) values (:owner, :list, :target, :at)"
    " on conflict (owner, list, target) do nothing",
    stamps=(("blocks", "owner", "target"), ("accounts", "owner"), ("accounts", "target")),
)
UNBLOCK = query(
    "delete from blocked where owner = :owner and list = :list and target in (:ids)",
    stamps=(("blocks", "owner", "ids"), ("accounts", "owner"), ("accounts", "ids")),
)
BLOCKED = query(
    "select target, at from blocked where owner = :owner and list = :list"
    " order by at desc, target desc limit :limit offset :offset",
    Block,
)
BLOCKED_OF = query(
    "select target, at from blocked where owner = :owner and list = 0 and target in (:ids)", Block
)
COUNT_BLOCKED = query(
    "select count(*) as n from blocked where owner = :owner and list = :list", Count
)

HIDE_BAR = query(
    "insert into hidden_bar (owner, peer) values (:owner, :peer)"
    " on conflict (owner, peer) do nothing"
)
BARS_HIDDEN = query("select peer from hidden_bar where owner = :owner and peer in (:peers)", Hidden)
# Who began the chat decides whether it looks like spam.
FIRST_AUTHORS = query(
    "select d.peer, (select x.author from box x where x.owner = :owner and x.peer = d.peer"
    " order by x.id limit 1) as author from dialog d where d.owner = :owner and d.peer in (:peers)",
    Author,
)

FORGET_BOOK = query(
    "delete from contact where owner = :owner", stamps=(("accounts", "owner"), ("viewers", "owner"))
)
FORGET_BLOCKS = query(
    "delete from blocked where owner = :owner",
    stamps=(("blocks",), ("accounts", "owner"), ("viewers", "owner")),
)
FORGET_ASKED = query("delete from asked_number where owner = :owner")
FORGET_BARS = query("delete from hidden_bar where owner = :owner")
