"""The law as data: kinds of cases, their clocks, and what the operator's counsel changes of them.

``schema/law/kinds.json`` is what is shipped, one record for each kind. Files of ``DATA/law/`` in
the same form are laid over it, in the order of their names: kinds are found by name, clocks by
``id`` (and ``valid_from`` where several versions of one clock exist), and every field that is given
replaces the shipped one. ``"off": true`` takes a clock away. What a kind means for the code
(``family`` and what follows it in :class:`Kind`, ``ended_by`` and ``about`` of a clock) stays as
shipped. Nothing here knows a date or an article.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

import msgspec

from petitbleu.desk.reference.law import words
from petitbleu.typography import spaced


class LawError(Exception):
    """Law data cannot be used; the text is one sentence for the operator."""


Deed = Literal[
    "effect",
    "decided",
    "authority",
    "person",
    "notifier",
    "form",
    "transmitted",
    "held",
    "extended",
    "released",
    "looked",
    "reported",
]
"""An act of ours that ends clocks: a measure took effect, a decision was taken, the authority, the
person or the notifier was told; the form that asks the authority has left; the authority has taken
the data; data are held, held for longer, held no more; somebody opened the case; a threat was
reported to an authority."""
Family = Literal[
    "order",
    "request",
    "notice",
    "danger",
    "complaint",
    "appeal",
    "privacy",
    "own",
    "message",
]
"""``order``: to act, it binds. ``request``: an order or request for information or to keep it.
``appeal``: before somebody else. ``own``: what the operator does by itself."""
DataClass = Literal["subscriber", "access", "traffic", "content"]
"""Classes of data of Regulation (EU) 2023/1543 Article 3."""


class Shorter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A shorter project default for some categories of the EU database."""

    hours: int
    categories: tuple[str, ...]


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a clock comes from, as lawyers cite it in each language."""

    en: str
    fr: str

    def said(self, lang: str) -> str:
        """In the language of the reader."""
        said: dict[str, str] = msgspec.structs.asdict(self)
        return spaced(lang, said.get(lang, self.en))


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One version of one clock. ``duration`` and ``unit`` as in the data (docs/desk/clocks.md)."""

    id: str
    start_event: str
    duration: int | str
    unit: str
    source: Source | str
    """One text for both languages where counsel gave one."""
    action: str
    hard_legal_limit: bool
    status: str
    calendar: str = "calendar"
    escalation: tuple[str, ...] = ()
    note: str = ""
    project_default_minutes: int | None = None
    project_default_hours: int | None = None
    project_default_days: int | None = None
    project_default_working_days: int | None = None
    project_default_hours_for: tuple[Shorter, ...] = ()
    pause: Literal["none", "shift", "restart"] = "none"
    role: Literal["task", "option", "other", "keep"] = "task"
    counted_from_end_of: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    off: bool = False
    ended_by: tuple[Deed, ...] = ()
    """The acts that end it; without any it ends by itself, or somebody ends it by hand."""
    about: Literal["", "danger", "person", "decision"] = ""
    """Danger: it rings with the alarm that counts the danger. Telling the person: secrecy moves its
    end. The decision about what somebody sent: they are told when it is due."""

    @property
    def sources(self) -> Source:
        """``source`` in each language."""
        given = self.source
        return Source(given, given) if isinstance(given, str) else given

    def holds_on(self, day: date) -> bool:
        """Whether this version counts for what was received on ``day`` (operator's zone)."""
        return not (
            self.off
            or (self.valid_from is not None and day < self.valid_from)
            or (self.valid_until is not None and day > self.valid_until)
        )


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A kind of case. ``owner_role`` is empty where nobody owns it (a duplicate).

    Its short names in each language stand in ``sayings.KINDS``.
    """

    kind: str
    title: str
    owner_role: str = ""
    clocks: tuple[Rule, ...] = ()
    applies_to: str = ""
    notes: str = ""

    family: Family = "message"
    seen_by: Literal["", "orders", "child"] = ""
    """Whose right it takes to see its cases; empty: whoever sees cases."""
    minutes: int = 0
    """Minutes of work that a case takes as a rule; 0: not estimated."""
    urgency: Literal["high", "normal", "low"] = "normal"
    """Of a new case, unless its owner is on duty day and night: then it is critical."""
    official_only: bool = False
    """Only an authority can send it."""
    regime: Literal["", "tco", "e-evidence"] = ""
    """Regulation (EU) 2021/784 or (EU) 2023/1543, where its rules are of their own."""
    criminal: bool = False
    """Only authorities of criminal justice send it."""
    danger: bool = False
    """It is danger by itself."""
    nothing_but: Literal["", "perhaps", "danger"] = ""
    """A case that is nothing but danger of this level is of this kind."""
    graphic: bool = False
    """Its cases often show people being hurt."""

    disclosure: tuple[DataClass, ...] = ()
    """What may be given under it; empty: nothing."""
    emergency_disclosure: tuple[DataClass, ...] = ()
    """What may be given before two people could agree; empty: nothing."""
    person_told_by_us: bool = False
    """We tell the person that data were given; else the authority does."""

    form: Literal["", "annex3", "eevidence3"] = ""
    """The form by which its authority must be asked."""
    form_section: str = ""
    """The section of the order's form about informing the person (a letter)."""
    form_name: str = ""
    """The key of what the order's form is called (``decisions.words``)."""
    territory: Literal["", "union", "written"] = ""
    """Where it holds: in the Union, as written in it, or nowhere in particular."""
    in_our_language: bool = False
    """It must be in a language that the operator declared."""
    written_deadline: str = ""
    """The clock that a deadline written in the letter is for."""

    common_words: bool = False
    """It is known by words that anybody uses."""
    may_name_police: bool = False
    """A private person who sends it may well name the police."""
    gives_way_to_danger: bool = False
    """A letter that tells of danger is not of this kind beside it."""

    reported_as: Literal["", "order_to_act", "order_to_inform", "notice", "dispute"] = ""
    """Its part of the transparency report."""
    decision_source: Literal["", "notice", "trusted"] = ""
    """The source that a decision about it names as a rule."""
    digit: int = 0
    """The key that picks it on the page of a case; 0: none."""


class Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A law that the data cite, and from when until when it applies."""

    act: str
    title: str
    applies_from: date
    applies_until: date | None = None
    status: str
    note: str = ""


class Law(NamedTuple):
    """All kinds in the order of the data; ``faults`` are sentences about files left out."""

    kinds: Mapping[str, Kind]
    acts: tuple[Act, ...]
    escalations: Mapping[str, tuple[str, ...]]
    """Clock -> its steps, for “same as CLOCK”."""
    faults: tuple[str, ...] = ()

    def kind(self, name: str) -> Kind:
        """The kind of that name. Raises LookupError."""
        found = self.kinds.get(name)
        if found is None:
            raise LookupError(f"there is no kind of case named “{name}”")
        return found


OF_COUNSEL = frozenset({"kind", "title", "owner_role", "clocks", "applies_to", "notes"})
"""Fields of a kind that files of counsel may give."""


def parse(text: str, name: str) -> dict[str, Any]:
    """A data file as plain values. Raises LawError naming the file."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise LawError(f"{name} is not JSON: {error}.") from None
    if not isinstance(data, dict) or not isinstance(data.get("cases", []), list):
        raise LawError(f"{name} must be an object with a list “cases”.")
    return data


def build(data: Mapping[str, Any], name: str, faults: tuple[str, ...] = ()) -> Law:
    """Check merged data and make the law of it. Raises LawError with one sentence."""
    kinds: dict[str, Kind] = {}
    for case in data.get("cases", ()):
        made = _kind(case, name)
        kinds[made.kind] = made
    rules = {rule.id: rule for kind in kinds.values() for rule in kind.clocks}
    for rule in rules.values():
        for step in rule.escalation:
            referred = words.same_as(step)
            if referred and referred not in rules:
                raise LawError(f"{name}: clock {rule.id}: “{step}” names no clock of the data.")
        if rule.counted_from_end_of and rule.counted_from_end_of not in rules:
            raise LawError(f"{name}: clock {rule.id} counts from the end of an unknown clock.")
    try:
        acts = tuple(msgspec.convert(act, Act) for act in data.get("acts", ()))
    except msgspec.ValidationError as error:
        raise LawError(f"{name}: acts: {error}.") from None
    escalations = {name: rule.escalation for name, rule in rules.items()}
    return Law(kinds, acts, escalations, faults)


def _kind(case: Any, name: str) -> Kind:
    title = case.get("kind") if isinstance(case, dict) else None
    if not isinstance(title, str) or not title:
        raise LawError(f"{name}: an entry of “cases” lacks its “kind”.")
    plain = {key: value for key, value in case.items() if key != "clocks" and value is not None}
    try:
        clocks = tuple(_rule(clock, f"{name}: kind {title}") for clock in case.get("clocks", ()))
        return msgspec.structs.replace(msgspec.convert(plain, Kind), clocks=clocks)
    except msgspec.ValidationError as error:
        raise LawError(f"{name}: kind {title}: {error}.") from None


def _rule(clock: Any, where: str) -> Rule:
    identity = clock.get("id") if isinstance(clock, dict) else None
    where = f"{where}, clock {identity or '?'}"
    try:
        rule = msgspec.convert(clock, Rule)
    except msgspec.ValidationError as error:
        raise LawError(f"{where}: {error}.") from None
    if not words.is_duration(rule.duration, rule.unit):
        raise LawError(
            f"{where}: duration “{rule.duration}” with unit “{rule.unit}” is not understood"
            f" (units: {', '.join(words.UNITS)}; at once: 0 and {', '.join(words.AT_ONCE)}; dates:"
            " “as written…”, “date in the document…”, “until …”, “before 1 March”)."
        )
    for step in rule.escalation:
        if not words.is_step(step):
            raise LawError(
                f"{where}: escalation “{step}” names no instant (forms: “30 min: …”, “4 h: hourly"
                " …”, “day 50: …”, “-30 days: …”, “75 %: …”, “1 Feb: …”, “same as CLOCK”,"
                " “automatic”, “project default …”, “before …”)."
            )
    return rule


def merge(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """``base`` with what ``over`` changes; neither is altered."""
    acts = {act["act"]: act for act in base.get("acts", ())}
    acts |= {
        act.get("act", ""): acts.get(act.get("act", ""), {}) | act for act in _objects(over, "acts")
    }
    cases = {case["kind"]: case for case in base.get("cases", ())}
    for case in _objects(over, "cases"):
        kind = str(case.get("kind", ""))
        before = cases.get(kind, {"clocks": []})
        _check_as_shipped(kind, before, case)
        cases[kind] = before | case | {"clocks": _merge_clocks(before.get("clocks", []), case)}
    return {"acts": list(acts.values()), "cases": list(cases.values())}


def _check_as_shipped(kind: str, before: Mapping[str, Any], case: Mapping[str, Any]) -> None:
    """Raises LawError where a file of counsel changes what a kind means for the code."""
    fixed = set(Kind.__struct_fields__) - OF_COUNSEL
    changed = [name for name in case if name in fixed and case[name] != before.get(name)]
    clocks = {clock["id"]: clock for clock in before.get("clocks", ())}
    changed += [
        name
        for clock in _objects(case, "clocks")
        for name in ("ended_by", "about")
        if name in clock and clock[name] != clocks.get(clock.get("id"), {}).get(name)
    ]
    if changed:
        raise LawError(f"kind {kind}: “{changed[0]}” stays as it is shipped.")


def _objects(data: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    objects = data.get(key, [])
    if not isinstance(objects, list) or not all(isinstance(item, dict) for item in objects):
        raise LawError(f"the file's “{key}” must be a list of objects.")
    return objects


def _merge_clocks(before: list[dict[str, Any]], case: dict[str, Any]) -> list[dict[str, Any]]:
    """Clocks of one kind; a new ``valid_from`` makes another version of the clock it names."""
    clocks = list(before)
    for change in _objects(case, "clocks"):
        identity, start = change.get("id"), change.get("valid_from")
        same = [n for n, clock in enumerate(clocks) if clock["id"] == identity]
        exact = [n for n in same if clocks[n].get("valid_from") == start] if start else same[:1]
        if exact:
            clocks[exact[0]] = clocks[exact[0]] | change
        else:
            clocks.append((clocks[same[-1]] if same else {}) | change)
    return clocks
