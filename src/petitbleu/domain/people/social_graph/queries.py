"""SQL of ``contact`` and ``blocked``, as facts between two people."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class Contact(NamedTuple):
    """One line of an address book. ``target`` is 0 while nobody has the phone."""

    owner: int
    target: int
    phone: str
    first_name: str
    last_name: str
    added_at: int


class Id(NamedTuple):
    """A single user id."""

    id: int


MINE = query(
    "select owner, target, phone, first_name, last_name, added_at from contact"
    " where owner = :owner and target in (:ids)",
    Contact,
)
THEIRS = query("select owner as id from contact where target = :target and owner in (:ids)", Id)
BLOCKERS = query(
    "select owner as id from blocked where owner in (:ids) and list = 0 and target = :target", Id
)
IS_BLOCKED = query(
    "select target as id from blocked where owner = :owner and list = 0 and target = :target", Id
)
ACQUAINTED = query(
    "select target as id from contact where owner = :owner and target > 0"
    " union select peer as id from dialog where owner = :owner and peer > 0 and top_id > 0"
    " limit :limit",
    Id,
)
# A private chat stands on both sides, so one's own list says who sees one in theirs.
CIRCLE = query(
    "select owner as id from contact where target = :target"
    " union select peer as id from dialog where owner = :target and peer > 0 and peer <> :target"
    " limit :limit",
    Id,
)
LINK = query(
    "update contact set target = :target where phone = :phone and target = 0 and owner <> :target",
    stamps=(("accounts", "target"),),
)
UNLINK = query(
    "update contact set target = 0 where target = :target and phone <> '' and not exists ("
    "select 1 from contact c where c.owner = contact.owner and c.target = 0"
    " and c.phone = contact.phone)",
    stamps=(("accounts", "target"),),
)
DROP = query("delete from contact where target = :target", stamps=(("accounts", "target"),))
