"""SQL of ``report``, ``measure``, ``hold``, ``surface`` and ``sealed_copy``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class ReportRow(NamedTuple):
    """What somebody wants looked at. Times are Unix seconds."""

    number: int
    at: int
    method: str
    reporter: int
    subject: int
    """The chat or person it is about."""
    author: int
    """Whose words or picture; 0: the chat as a whole."""
    owner: int
    """Whose box the ids are of."""
    messages: bytes
    reason: str
    comment: str
    print: bytes
    times: int
    sealed: bytes
    digest: bytes


class OwnReport(NamedTuple):
    """A report as its reporter may know it; ``times``: how often they made it."""

    number: int
    at: int
    subject: int
    messages: bytes
    reason: str
    times: int


class MeasureRow(NamedTuple):
    """A decision about content, and its end. Times are Unix seconds."""

    number: int
    command: str
    print: bytes
    kind: str
    subject: int
    member: int
    owner: int
    messages: bytes
    countries: str
    label: str
    shown: str
    actor: str
    reason: str
    report: int
    at: int
    until: int
    ended_at: int | None
    ended_by: str
    ended_why: str
    ended_command: str | None
    sealed: bytes
    digest: bytes
    undo: bytes


class SealedRow(NamedTuple):
    """A copy of something public, taken for a file. Times are Unix seconds."""

    number: int
    file: int
    target: str
    subject: int
    item: int
    """The message; 0: the chat or person as a whole."""
    at: int
    until: int
    sealed: bytes
    digest: bytes


class Kept(NamedTuple):
    """A copy, whose it is, and until when it is kept."""

    number: int
    file: int
    until: int


class Number(NamedTuple):
    """A number."""

    number: int


class Until(NamedTuple):
    """Until when something is held."""

    until: int


class SurfaceRow(NamedTuple):
    """Who said how public a chat is, and why."""

    chat: int
    at: int
    n: int
    level: int
    actor: str
    reason: str


_REPORT = (
    "number, at, method, reporter, subject, author, owner, messages, reason, comment, print,"
    " times, sealed, digest"
)
_MEASURE = (
    "number, command, print, kind, subject, member, owner, messages, countries, label, shown,"
    " actor, reason, report, at, until, ended_at, ended_by, ended_why, ended_command, sealed,"
    " digest, undo"
)

# ── reports ─────────────────────────────────────────────────────────────────────────────────────

INSERT_REPORT = query(
    f"insert into report ({_REPORT}) values (:number, :at, :method, :reporter, :subject, :author,"
    " :owner, :messages, :reason, :comment, :print, 1, :sealed, :digest)"
)
REPORT = query(f"select {_REPORT} from report where number = :number", ReportRow)
REPORT_PRINT = query(
    f"select {_REPORT} from report where reporter = :reporter and print = :print", ReportRow
)
REPORTED_AGAIN = query(
    "update report set times = times + 1, comment = :comment where number = :number"
)
REPORTS = query(
    f"select {_REPORT} from report where number < :before order by number desc limit :limit",
    ReportRow,
)
REPORTS_ABOUT = query(
    f"select {_REPORT} from report where subject = :subject and number < :before"
    " order by number desc limit :limit",
    ReportRow,
)

OWN_REPORTS = query(
    "select number, at, subject, messages, reason, times from report where reporter = :reporter"
    " order by number desc limit :limit",
    OwnReport,
)

# ── measures ────────────────────────────────────────────────────────────────────────────────────

INSERT_MEASURE = query(
    f"insert into measure ({_MEASURE}) values (:number, :command, :print, :kind, :subject,"
    " :member, :owner, :messages, :countries, :label, :shown, :actor, :reason, :report, :at,"
    " :until, null, '', '', null, :sealed, :digest, :undo)"
)
MEASURE = query(f"select {_MEASURE} from measure where number = :number", MeasureRow)
# Changes nothing and locks the row on PostgreSQL; on SQLite the writer is alone anyway.
LOCK_MEASURE = query(
    f"update measure set at = at where number = :number returning {_MEASURE}", MeasureRow
)
BY_COMMAND = query(f"select {_MEASURE} from measure where command = :command", MeasureRow)
END_MEASURE = query(
    "update measure set ended_at = :at, ended_by = :actor, ended_why = :reason,"
    " ended_command = :command where number = :number"
)
REWORD_MEASURE = query("update measure set shown = :shown where number = :number")
MEASURES = query(
    f"select {_MEASURE} from measure where number < :before order by number desc limit :limit",
    MeasureRow,
)
MEASURES_ABOUT = query(
    f"select {_MEASURE} from measure where subject = :subject and number < :before"
    " order by number desc limit :limit",
    MeasureRow,
)

# ── holds ───────────────────────────────────────────────────────────────────────────────────────

HOLD = query(
    "insert into hold (author, body, number, until) values (:author, :body, :number, :until)"
    " on conflict (author, body, number) do update set until = excluded.until"
)
HELD = query(
    "select cast(coalesce(max(until), 0) as bigint) as until from hold"
    " where author = :author and body in (:bodies)",
    Until,
)
HOLDERS = query(
    "select distinct number from hold where author = :author and body = :body order by number",
    Number,
)
ALSO_HOLD = query(
    "insert into hold (author, body, number, until)"
    " select author, body, :also, :until from hold where number = :number"
    " on conflict (author, body, number) do update set until = excluded.until"
)
EXTEND = query("update hold set until = :until where number = :number and until < :until")
RELEASE = query("delete from hold where number = :number")
PRUNE_HOLDS = query("delete from hold where until < :now")

# ── copies for files ────────────────────────────────────────────────────────────────────────────

_SEALED = "number, file, target, subject, item, at, until, sealed, digest"
INSERT_SEALED = query(
    f"insert into sealed_copy ({_SEALED}) values (:number, :file, :target, :subject, :item, :at,"
    " :until, :sealed, :digest) on conflict (file, subject, item) do nothing"
    f" returning {_SEALED}",
    SealedRow,
)
SEALED = query(f"select {_SEALED} from sealed_copy where number = :number", SealedRow)
SEALED_OF = query(
    f"select {_SEALED} from sealed_copy where file = :file order by number", SealedRow
)
SEALED_ONCE = query(
    "select number from sealed_copy where file = :file and subject = :subject and item = :item",
    Number,
)
SEALED_ENDING = query(
    "select number, file, until from sealed_copy where until < :before order by until limit :limit",
    Kept,
)
KEEP_SEALED = query(
    "update sealed_copy set until = :until where number = :number and until < :until"
)
FORGET_SEALED = query("delete from sealed_copy where number = :number")

# ── surfaces ────────────────────────────────────────────────────────────────────────────────────

SURFACE = query(
    "select chat, at, n, level, actor, reason from surface where chat = :chat"
    " order by at desc, n desc limit 1",
    SurfaceRow,
)
SURFACES = query(
    "select chat, at, n, level, actor, reason from surface where chat = :chat"
    " order by at desc, n desc limit :limit",
    SurfaceRow,
)
SET_SURFACE = query(
    "insert into surface (chat, at, n, level, actor, reason)"
    " values (:chat, :at, :n, :level, :actor, :reason)"
)
