"""SQL of the ``import_…`` tables, and of the reactions that come with messages."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class Run(NamedTuple):
    """One file on its way in. Times are Unix seconds."""

    id: int
    source: str
    me: int
    started_at: int
    finished_at: int | None
    report: bytes


class ChatRow(NamedTuple):
    """How far a chat has come in."""

    n: int
    peer: int
    done: int


class Person(NamedTuple):
    """Who somebody of an export is here."""

    source: str
    account: int
    phone: str | None
    placeholder: int


class Place(NamedTuple):
    """Where a message of the file stands."""

    id: int
    author: int
    body: int


class Count(NamedTuple):
    """A number of rows."""

    n: int


_RUN = "id, source, me, started_at, finished_at, report"
_PERSON = "source, account, phone, placeholder"

RUN_OF = query(f"select {_RUN} from import_run where print = :print", Run)
PUT_RUN = query(
    "insert into import_run (id, print, source, me, started_at, report)"
    " values (:id, :print, :source, :me, :at, :report)"
)
REPORT = query("update import_run set report = :report where id = :id")
FINISH = query("update import_run set finished_at = :at, report = :report where id = :id")

CHATS = query("select n, peer, done from import_chat where run = :run order by n", ChatRow)
PUT_CHAT = query("insert into import_chat (run, n, peer) values (:run, :n, :peer)")
DONE = query("update import_chat set done = :done where run = :run and n = :n")

PEOPLE = query(f"select {_PERSON} from import_person where source in (:sources)", Person)
OF_PHONE = query(
    f"select {_PERSON} from import_person where phone = :phone and placeholder = 1"
    " order by source limit 1",
    Person,
)
PLACEHOLDERS = query(
    f"select {_PERSON} from import_person where placeholder = 1 order by source", Person
)
PUT_PERSON = query(
    "insert into import_person (source, account, phone, placeholder)"
    " values (:source, :account, :phone, :placeholder) on conflict (source) do nothing"
)
SET_PHONE = query("update import_person set phone = :phone where source = :source")
CLAIMED = query("update import_person set placeholder = 0, phone = null where account = :account")

PLACES = query(
    "select id, author, body from import_message where run = :run and n = :n and id in (:ids)",
    Place,
)
PUT_PLACE = query(
    "insert into import_message (run, n, id, author, body) values (:run, :n, :id, :author, :body)"
    " on conflict (run, n, id) do nothing"
)
FORGET_PLACES = query("delete from import_message where run = :run")
TALKED = query(
    "select count(*) as n from dialog where owner = :owner and peer = :peer and top_id > 0", Count
)
