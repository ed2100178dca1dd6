"""The one form of a decision: what a person fills in, kept word by word, and what is wrong with it.

Its fields are those of the EU database, so that nothing is typed twice (desk.md §8, items 1-7).
:func:`read` never refuses: whatever was typed is there again when the page comes back.
:func:`check` says for each field, in one sentence, what has to be mended.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from petitbleu.desk.adjudication.decisions import sentences
from petitbleu.desk.adjudication.eu_database import rules

MEASURES, NO_ACTION, IMPOSSIBLE, REFUSED = "measures", "no_action", "impossible", "refused"
OUTCOMES = (MEASURES, NO_ACTION, IMPOSSIBLE, REFUSED)
"""What a decision may say: measures are taken; nothing has to be done; it cannot be done (force
majeure, errors in the order: Annex III); it is refused for reasons of law."""

TELLS = ("yes", "date", "release", "unknown")
"""May the people concerned be told: yes, not before a date, not until released, not known yet."""
DATE = TELLS[1]
ILLEGAL, RULE = "illegal", "rule"
SOURCES = {
    "notice": "SOURCE_ARTICLE_16",
    "trusted": "SOURCE_TRUSTED_FLAGGER",
    "other": "SOURCE_TYPE_OTHER_NOTIFICATION",
    "own": "SOURCE_VOLUNTARY",
}
AUTOMATION = {
    "no": "AUTOMATED_DECISION_NOT_AUTOMATED",
    "partly": "AUTOMATED_DECISION_PARTIALLY",
    "fully": "AUTOMATED_DECISION_FULLY",
}
OBSTACLES = (
    "force_majeure",
    "impossible",
    "manifest_errors",
    "insufficient_information",
    "not_stored",
    "not_valid",
    "offence_not_covered",
    "service_not_covered",
    "immunity",
    "third_country_law",
)
"""Why an order cannot be carried out (2021/784 Annex III, 2023/1543 Annex III)."""
CURABLE = frozenset(OBSTACLES[:4]) | {"not_valid"}
"""Obstacles that may end: the case waits for the authority, its clock pauses (Art. 3(7) TCO)."""


class Act(NamedTuple):
    """A measure as the form offers it: what the measures room does, and what the EU reads."""

    order: str
    """Kind of :class:`~petitbleu.domain.safety.moderation.effects.Order`."""
    on: str
    """messages, chat, member or account."""
    field: str
    value: str
    end: str
    """The field of the database that holds its end."""
    dated: bool = False
    """It must have an end."""
    severity: int = 1


_VISIBLE, _ACCOUNT, _SERVICE = (
    ("decision_visibility", "end_date_visibility_restriction"),
    ("decision_account", "end_date_account_restriction"),
    ("decision_provision", "end_date_service_restriction"),
)


def _act(order: str, on: str, where: tuple[str, str], value: str, **more: Any) -> Act:
    field, end = where
    return Act(order, on, field, f"{field.upper()}_{value}", end, **more)


ACTS: dict[str, Act] = {
    "remove": _act("remove", "messages", _VISIBLE, "CONTENT_REMOVED", severity=3),
    "disable": _act("withhold", "messages", _VISIBLE, "CONTENT_DISABLED", severity=3),
    "country": _act("withhold", "messages", _VISIBLE, "CONTENT_DISABLED", severity=2),
    "age_limit": _act("label", "messages", _VISIBLE, "CONTENT_LABELLED"),
    "mute": _act("restrict", "member", _VISIBLE, "CONTENT_INTERACTION_RESTRICTED"),
    "label": _act("label", "chat", _VISIBLE, "CONTENT_LABELLED"),
    "label_account": _act("label", "account", _VISIBLE, "CONTENT_LABELLED"),
    "chat_country": _act("withhold", "chat", _SERVICE, "PARTIAL_SUSPENSION", severity=3),
    "chat_close": _act("withhold", "chat", _SERVICE, "PARTIAL_TERMINATION", severity=4),
    "freeze": _act("restrict", "account", _ACCOUNT, "SUSPENDED", dated=True, severity=2),
    "suspend": _act("suspend", "account", _ACCOUNT, "SUSPENDED", dated=True, severity=3),
    "close": _act("suspend", "account", _ACCOUNT, "TERMINATED", severity=4),
}
"""Name in the form -> what it is. No measure closes an account by itself: see :func:`check`."""

BY_COUNTRY = ("country", "chat_country")
TWO_PERSON_SEVERITY = 4
"""From this severity on two people decide."""


class Wanted(msgspec.Struct):
    """One measure as it was typed."""

    kind: str = ""
    item: str = ""
    """What it is about: a link, an @name, a number, or PB-… of a report."""
    member: str = ""
    countries: list[str] = []
    until: str = ""
    """Last day, 2026-12-25; empty: for good."""
    label: str = ""
    shown: str = ""


class Form(msgspec.Struct):
    """Everything that was typed, as it was typed. Dates are YYYY-MM-DD."""

    outcome: str = MEASURES
    measures: list[Wanted] = []
    ground: str = ""
    """illegal or rule."""
    law: str = ""
    """The provision, or the clause of the rules."""
    why: str = ""
    also_illegal: str = ""
    """Of a breach of the rules: yes, no, or nothing said."""
    ground_url: str = ""
    category: str = ""
    further: list[str] = []
    keywords: list[str] = []
    keyword_other: str = ""
    facts: str = ""
    content_types: list[str] = []
    content_type_other: str = ""
    content_language: str = ""
    content_date: str = ""
    territory: list[str] = []
    """What the measures' countries say already; a page may ask for it, nothing else is believed."""
    begin: str = ""
    source: str = ""
    source_identity: str = ""
    found_by_machine: str = "no"
    decided_by_machine: str = "no"
    remedies: str = ""
    """Words besides the standing ones."""
    tell: str = ""
    """May the people concerned be told: yes, date, release, unknown; asked first of orders and
    requests. Empty: as was answered before; where nobody was asked nothing is sent."""
    delay_until: str = ""
    """... not before this day ..."""
    delay_clause: str = ""
    """... because the order says so, here."""
    tell_permission: str = ""
    """What the authority permitted: who, when, how."""
    criminal: str = ""
    """yes: an authority of criminal justice."""
    short_path: str = ""
    """yes: deceptive high-volume commercial content (Article 17(2) DSA): no statement."""
    threat_to_life: str = ""
    """yes or no: does anything suggest a threat to somebody's life or safety (Article 18)?"""
    threat_told: str = ""
    """Which authority was told, and when."""
    manifest: str = ""
    """yes: the content is manifestly illegal, or the notice manifestly unfounded (Art. 23)."""
    unfounded: str = ""
    obstacle: str = ""
    obstacle_detail: str = ""
    preserved: str = ""
    not_found: str = ""
    """Targets of an order where nothing is, one a line."""
    not_done: str = ""
    """Targets of an order that are left as they are, one a line: the target, a blank, why."""


class Unmet(NamedTuple):
    """A target of an order without a measure. ``why`` empty: nothing is there."""

    written: str
    why: str


class FieldError(NamedTuple):
    """One field that has to be mended."""

    field: str
    """As in the form; ``measures.0.item``."""
    code: str
    values: dict[str, Any]

    def say(self, language: str) -> str:
        """One sentence in French or English."""
        return sentences.say(self.code, language, **self.values)


class Wrong(Exception):
    """The form cannot be decided on; every field error."""

    def __init__(self, errors: list[FieldError]) -> None:
        super().__init__("; ".join(f"{error.field}: {error.say('en')}" for error in errors))
        self.errors = errors


# ── reading ─────────────────────────────────────────────────────────────────────────────────────

_LISTS = {"further", "keywords", "content_types", "territory", "countries"}


def read(raw: Mapping[str, Any]) -> Form:
    """What was sent, from JSON or from a page (``measures.0.kind``). Unknown fields are ignored."""
    given: dict[str, Any] = {}
    measures: dict[int, dict[str, Any]] = {}
    for name, value in raw.items():
        parts = name.split(".")
        if len(parts) == 3 and parts[0] == "measures" and parts[1].isdigit():
            measures.setdefault(int(parts[1]), {})[parts[2]] = value
        else:
            given[name] = value
    rows = given.pop("measures", None)
    rows = list(rows) if isinstance(rows, list | tuple) else []
    rows += [measures[at] for at in sorted(measures)]
    form = Form(**{name: _typed(name, given[name]) for name in _FIELDS if name in given})
    form.measures = [
        Wanted(**{name: _typed(name, row[name]) for name in _WANTED if name in row})
        for whole in rows
        if isinstance(whole, Mapping)
        for row in _one_item_each(whole)
    ]
    form.measures = [
        measure
        for measure in form.measures
        # A page offers what the case targets: without a measure that says nothing.
        if measure != Wanted() and (measure.kind or form.outcome == MEASURES)
    ]
    return form


def _one_item_each(row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """A measure for each line of what it is about: an order may have hundreds of targets."""
    lines = [line.strip() for line in str(row.get("item") or "").splitlines() if line.strip()]
    return [{**row, "item": line} for line in lines] if len(lines) > 1 else [row]


def unmet(form: Form) -> list[Unmet]:
    """Targets without a measure, as they were typed, each once."""
    rows = [Unmet(line.strip(), "") for line in form.not_found.splitlines()]
    for line in form.not_done.splitlines():
        target, _, why = line.strip().partition(" ")
        rows.append(Unmet(target, why.strip()))
    return list({row.written: row for row in reversed(rows) if row.written}.values())[::-1]


def _typed(name: str, value: Any) -> Any:
    if name in _LISTS:
        many = value if isinstance(value, list | tuple) else re.split(r"[\s,;]+", str(value or ""))
        return [text for one in many if (text := str(one).strip())]
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        value = value[-1] if value else ""
    return "" if value is None else str(value)


_FIELDS = tuple(name for name in Form.__struct_fields__ if name != "measures")
_WANTED = Wanted.__struct_fields__


# ── checking ────────────────────────────────────────────────────────────────────────────────────

_MAX_CHARACTERS = {
    "law": 500,
    "why": 2000,
    "facts": 5000,
    "ground_url": 500,
    "keyword_other": 500,
    "content_type_other": 500,
    "source_identity": 500,
    "remedies": 2000,
    "delay_clause": 500,
    "tell_permission": 1000,
    "threat_told": 500,
    "obstacle_detail": 2000,
    "not_found": 100_000,
    "not_done": 100_000,
}


def day(text: str) -> datetime.date | None:
    """A typed date; None where it is none."""
    try:
        return datetime.date.fromisoformat(text.strip()) if len(text.strip()) == 10 else None
    except ValueError:
        return None


class _Checking:
    def __init__(self, form: Form, today: datetime.date) -> None:
        self.form = form
        self.today = today
        self.errors: list[FieldError] = []

    def wrong(self, field: str, code: str, **values: Any) -> None:
        self.errors.append(FieldError(field, code, values))

    def needed(self, *fields: str) -> None:
        for field in fields:
            if not getattr(self.form, field):
                self.wrong(field, f"missing.{field}")

    def one_of(self, field: str, allowed: Any, *, empty: bool = False) -> None:
        value = getattr(self.form, field)
        if value and value not in allowed:
            self.wrong(field, "choice", value=value)
        elif not value and not empty:
            self.wrong(field, f"missing.{field}")

    def dated(self, field: str) -> datetime.date | None:
        text = getattr(self.form, field)
        date = day(text)
        if text and date is None:
            self.wrong(field, "date", value=text)
        return date


def check(form: Form, today: datetime.date) -> list[FieldError]:
    """What has to be mended before the form can become a decision."""
    checking = _Checking(form, today)
    checking.one_of("outcome", OUTCOMES)
    for field, most in _MAX_CHARACTERS.items():
        length = len(getattr(form, field))
        if length > most:
            checking.wrong(field, "long", most=most, length=length)
    stopped = form.outcome in (IMPOSSIBLE, REFUSED)
    if not stopped:  # else the authority reads the obstacle, and nobody is restricted
        checking.needed("facts", "law", "why")
    checking.one_of("source", SOURCES)
    checking.one_of("found_by_machine", ("yes", "no"))
    checking.one_of("decided_by_machine", AUTOMATION)
    checking.one_of("threat_to_life", ("yes", "no"))
    if form.threat_to_life == "yes":
        checking.needed("threat_told")
    _check_classes(checking)
    if form.outcome == MEASURES:
        _check_restriction(checking)
    elif form.measures:
        checking.wrong("measures", "measures.none")
    if stopped:
        checking.one_of("obstacle", OBSTACLES)
        checking.needed("obstacle_detail")
    _check_delay(checking)
    _check_unmet(checking)
    return checking.errors


def _check_unmet(found: _Checking) -> None:
    """Each target has one outcome, and one that is left as it is has a reason."""
    form = found.form
    items = {measure.item.strip() for measure in form.measures}
    for line in form.not_done.splitlines():
        if line.strip() and " " not in line.strip():
            found.wrong("not_done", "targets.why", value=line.strip())
    listed = [one.strip() for one in form.not_found.splitlines() if one.strip()]
    listed += [one.split()[0] for one in form.not_done.splitlines() if one.strip()]
    for at, one in enumerate(listed):
        if one in items or one in listed[:at]:
            found.wrong("not_found", "targets.twice", value=one)


def _check_classes(found: _Checking) -> None:
    form, known = found.form, rules.rules()
    found.one_of("category", known.values["enums.category"])
    for field, values in (
        ("further", known.values["enums.category"]),
        ("keywords", known.values["enums.category_specification"]),
        ("content_types", known.values["enums.content_type"]),
        ("territory", known.values["countries.eea"]),
    ):
        for value in getattr(form, field):
            if value not in values:
                found.wrong(field, "choice", value=value)
    fitting = set().union(
        *(known.tree.get(category, ()) for category in (form.category, *form.further))
    )
    for word in form.keywords:
        if word in known.values["enums.category_specification"] and word not in fitting:
            found.wrong("keywords", "keyword", value=known.labels.get(word, word))
    if form.keyword_other and "KEYWORD_OTHER" not in form.keywords:
        found.wrong("keyword_other", "keyword_other")
    if form.content_language and form.content_language.upper() not in known.values["languages"]:
        found.wrong("content_language", "choice", value=form.content_language)


def _check_restriction(found: _Checking) -> None:
    """What a statement of reasons needs besides (Article 17(3) DSA)."""
    form = found.form
    if not form.measures:
        found.wrong("measures", "missing.measures")
    found.one_of("ground", (ILLEGAL, RULE))
    found.one_of("also_illegal", ("yes", "no"), empty=True)
    if form.also_illegal and form.ground == ILLEGAL:
        found.wrong("also_illegal", "also_illegal")
    if form.ground_url and not re.fullmatch(r"https?://[^\s/]+\.[^\s/]+(/\S*)?", form.ground_url):
        found.wrong("ground_url", "url")
    if not form.content_types:
        found.wrong("content_types", "missing.content_types")
    if ("CONTENT_TYPE_OTHER" in form.content_types) != bool(form.content_type_other):
        found.wrong("content_type_other", "content_type_other")
    found.needed("content_date")
    content_date = found.dated("content_date")
    if content_date is not None and not datetime.date(2000, 1, 1) <= content_date <= found.today:
        found.wrong("content_date", "past", value=form.content_date)
    if form.territory and not all(measure.countries for measure in form.measures):
        found.wrong("territory", "territory")
    begin = found.dated("begin")
    if begin is not None and begin != found.today:
        found.wrong("begin", "begin")
    for at, wanted in enumerate(form.measures):
        _check_measure(found, f"measures.{at}", wanted)
    if form.decided_by_machine == "fully" and any(
        measure.kind == "close" for measure in form.measures
    ):
        found.wrong("decided_by_machine", "machine_close")


def _check_measure(found: _Checking, field: str, wanted: Wanted) -> None:
    act = ACTS.get(wanted.kind)
    if act is None:
        found.wrong(f"{field}.kind", "choice" if wanted.kind else "missing.kind", value=wanted.kind)
        return
    if not wanted.item:
        found.wrong(f"{field}.item", "missing.item")
    if act.on == "member" and not wanted.member:
        found.wrong(f"{field}.member", "missing.member")
    if wanted.kind in BY_COUNTRY and not wanted.countries:
        found.wrong(f"{field}.countries", "missing.countries")
    if wanted.kind not in BY_COUNTRY and wanted.countries:
        found.wrong(f"{field}.countries", "countries")
    if wanted.kind in ("label", "label_account") and not wanted.label:
        found.wrong(f"{field}.label", "missing.label")
    end = day(wanted.until)
    if wanted.until and end is None:
        found.wrong(f"{field}.until", "date", value=wanted.until)
    elif end is not None and not found.today < end < datetime.date(2038, 1, 1):
        found.wrong(f"{field}.until", "future", value=wanted.until)
    if act.dated and not wanted.until:
        found.wrong(f"{field}.until", "missing.until")
    if wanted.kind == "close" and wanted.until:
        found.wrong(f"{field}.until", "close_until")


def answered(form: Form) -> str:
    """What the form answers to the question whether people may be told; a date alone says when."""
    return form.tell or (DATE if form.delay_until else "")


def _check_delay(found: _Checking) -> None:
    form = found.form
    found.one_of("tell", TELLS, empty=True)
    until = found.dated("delay_until")
    if until is not None and until <= found.today:
        found.wrong("delay_until", "future", value=form.delay_until)
    if form.delay_until and form.tell and form.tell != DATE:
        found.wrong("delay_until", "tell.date")
    if form.delay_until and not form.tell and not form.delay_clause:
        found.wrong("delay_clause", "missing.delay_clause")
    dated = form.tell == DATE or (form.delay_clause and not form.tell)
    if dated and not form.delay_until:
        found.wrong("delay_until", "missing.delay_until")


def harsh(form: Form) -> bool:
    """Whether the harshest option is the first choice: the page asks for the lesser measure."""
    return any(
        ACTS[measure.kind].severity >= TWO_PERSON_SEVERITY
        for measure in form.measures
        if measure.kind in ACTS
    )
