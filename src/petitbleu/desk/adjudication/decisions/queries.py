"""SQL of ``decision``, ``statement``, ``strike``, ``misuse`` and ``letter_template``."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from petitbleu.store.query import query


class Outcome(NamedTuple):
    """How many decisions ended so."""

    outcome: str
    total: int


class DecisionRow(NamedTuple):
    """One decision. Times are Unix seconds; see the migration for the columns."""

    number: int
    command: str
    print: bytes
    at: int
    actor: str
    second: str
    kind: str
    outcome: str
    category: str
    keyword: str
    ground: str
    source: str
    detected: int
    automated: str
    country: str
    items: int
    effect_at: int | None
    form: bytes
    measures: bytes
    people: bytes
    left_out: str
    undo_until: int
    undone_at: int | None
    corrects: int
    replaced_by: int


class Done(msgspec.Struct):
    """One measure that a decision took."""

    kind: str
    """As in the form."""
    measure: int
    """Number in the measures room."""
    written: str
    what: str
    peer: int
    owner: int
    messages: list[int]
    report: int
    countries: list[str]
    until: str


class StatementRow(NamedTuple):
    """What one person is told of a decision."""

    number: int
    account: int
    purpose: str
    language: str
    subject: str
    text: str
    at: int
    not_before: int
    told_at: int | None
    withdrawn_at: int | None


class Count(NamedTuple):
    """How many."""

    times: int


class MisuseRow(NamedTuple):
    """A warning or a suspension."""

    who: str
    kind: str
    at: int
    step: str
    until: int
    number: int
    actor: str
    counted: int
    measure: int
    reason: str
    ended_at: int | None
    nth: int
    """Of the suspensions of its case; 0: a warning."""


class TemplateRow(NamedTuple):
    """One version of the operator's own template."""

    kind: str
    language: str
    version: int
    text: str
    actor: str
    at: int


_DECISION = (
    "number, command, print, at, actor, second, kind, outcome, category, keyword, ground, source,"
    " detected, automated, country, items, effect_at, form, measures, people, left_out, undo_until,"
    " undone_at, corrects, replaced_by"
)
INSERT = query(
    f"insert into decision ({_DECISION}) values (:number, :command, :print, :at, :actor, :second,"
    " :kind, :outcome, :category, :keyword, :ground, :source, :detected, :automated, :country,"
    " :items, :effect_at, :form, :measures, :people, :left_out, :undo_until, null, :corrects, 0)"
)
GET = query(f"select {_DECISION} from decision where number = :number", DecisionRow)
BY_COMMAND = query(f"select {_DECISION} from decision where command = :command", DecisionRow)
OF_CASE = query(
    f"select {_DECISION} from decision where number > :first and number < :last order by number",
    DecisionRow,
)
BETWEEN = query(
    f"select {_DECISION} from decision where at >= :first and at < :last"
    " and (at > :at or (at = :at and number > :number)) order by at, number limit :limit",
    DecisionRow,
)
OUTCOMES = query(
    "select outcome, count(*) from decision where at >= :first and undone_at is null"
    " group by outcome order by outcome",
    Outcome,
)
LOCK = query(
    f"update decision set at = at where number = :number returning {_DECISION}", DecisionRow
)
UNDO = query("update decision set undone_at = :at where number = :number")
REPLACE = query("update decision set replaced_by = :by where number = :number")

# ── statements ──────────────────────────────────────────────────────────────────────────────────

_STATEMENT = (
    "number, account, purpose, language, subject, text, at, not_before, told_at, withdrawn_at"
)
INSERT_STATEMENT = query(
    "insert into statement (number, account, purpose, language, subject, text, at, not_before)"
    " values (:number, :account, :purpose, :language, :subject, :text, :at, :not_before)"
    " on conflict (number, account, purpose) do nothing"
)
STATEMENT = query(
    f"select {_STATEMENT} from statement where number = :number and account = :account"
    " and purpose = :purpose",
    StatementRow,
)
STATEMENTS = query(
    f"select {_STATEMENT} from statement where number = :number order by account, purpose",
    StatementRow,
)
TOLD = query(
    "update statement set told_at = :at where number = :number and account = :account"
    " and purpose = :purpose and told_at is null"
)
HURRY_STATEMENTS = query(
    "update statement set not_before = :now where number = :number and told_at is null"
    " and withdrawn_at is null and not_before > :later"
)
WITHDRAW_STATEMENTS = query(
    "update statement set withdrawn_at = :at where number = :number and told_at is null"
    " and withdrawn_at is null"
)

CONCERNING = query(
    f"select {_DECISION} from decision where number in (select number from statement where"
    " account = :account and purpose in ('statement', 'statement_order')) order by number desc"
    " limit 50",
    DecisionRow,
)

# ── misuse ──────────────────────────────────────────────────────────────────────────────────────

STRIKE = query(
    "insert into strike (who, kind, number, at) values (:who, :kind, :number, :at)"
    " on conflict (who, kind, number) do nothing"
)
CANCEL_STRIKES = query(
    "update strike set cancelled_at = :at where number = :number and cancelled_at is null"
)
STRIKES = query(
    "select count(*) from strike where who = :who and kind = :kind and at >= :since"
    " and cancelled_at is null",
    Count,
)
_MISUSE = "who, kind, at, step, until, number, actor, counted, measure, reason, ended_at, nth"
INSERT_MISUSE = query(
    "insert into misuse (who, kind, at, step, until, number, actor, counted, measure, reason, nth)"
    " values (:who, :kind, :at, :step, :until, :number, :actor, :counted, :measure, :reason, :nth)"
)
SUSPENSIONS_OF = query("select coalesce(max(nth), 0) from misuse where number = :number", Count)
SUSPENSION = query(
    f"select {_MISUSE} from misuse where number = :number and nth = :nth and nth <> 0", MisuseRow
)
SUSPENSIONS_ABOUT = query(
    f"select {_MISUSE} from misuse where who = :who and step = 'suspension' and nth <> 0"
    " order by at desc limit 20",
    MisuseRow,
)
MISUSE = query(
    f"select {_MISUSE} from misuse where who = :who and kind = :kind order by at desc limit 100",
    MisuseRow,
)
END_MISUSE = query(
    "update misuse set ended_at = :at where who = :who and kind = :kind and at = :begun"
    " and step = 'suspension' and ended_at is null"
)
MISUSE_BETWEEN = query(
    f"select {_MISUSE} from misuse where step = 'suspension' and at >= :first and at < :last"
    " order by at, who limit :limit",
    MisuseRow,
)
SUSPENDED = query(
    f"select {_MISUSE} from misuse where who = :who and kind = :kind and step = 'suspension'"
    " and until > :now and ended_at is null order by at desc limit 1",
    MisuseRow,
)

# ── templates ───────────────────────────────────────────────────────────────────────────────────

_TEMPLATE = "kind, language, version, text, actor, at"
TEMPLATES = query(
    f"select {_TEMPLATE} from letter_template order by kind, language, version", TemplateRow
)
VERSIONS = query(
    f"select {_TEMPLATE} from letter_template where kind = :kind and language = :language"
    " order by version desc",
    TemplateRow,
)
INSERT_TEMPLATE = query(
    "insert into letter_template (kind, language, version, text, actor, at)"
    " select :kind, :language, cast(coalesce(max(version), 0) as bigint) + 1, :text, :actor, :at"
    " from letter_template where kind = :kind and language = :language"
)


class PresetRow(NamedTuple):
    """A preset; ``data`` is msgpack (presets.py)."""

    id: int
    data: bytes
    changed_at: int
    changed_by: str


class PresetId(NamedTuple):
    """A number."""

    id: int


PRESETS = query(
    "select id, data, changed_at, changed_by from decision_preset order by place, id", PresetRow
)
ADD_PRESET = query(
    "insert into decision_preset (place, data, changed_at, changed_by)"
    " select coalesce(max(place), 0) + 1, :data, cast(:at as bigint), cast(:by as text)"
    " from decision_preset returning id",
    PresetId,
)
CHANGE_PRESET = query(
    "update decision_preset set data = :data, changed_at = :at, changed_by = :by where id = :id"
)
PLACE_PRESET = query("update decision_preset set place = :place where id = :id")
DELETE_PRESET = query("delete from decision_preset where id = :id")
