"""The law as data: kinds of cases, their clocks, and what the operator's counsel changes of them.

``schema/law/deadlines.json`` is what is shipped. Files of ``DATA/law/`` in the same form are laid
over it, in the order of their names: kinds are found by name, clocks by ``id`` (and ``valid_from``
where several versions of one clock exist), and every field that is given replaces the shipped one.
``"off": true`` takes a clock away. Nothing here knows a date or an article.
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
        return spaced("fr", self.fr) if lang == "fr" else self.en


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
    """A kind of case. ``owner_role`` is empty where nobody owns it (a duplicate)."""

    kind: str
    title: str
    owner_role: str = ""
    clocks: tuple[Rule, ...] = ()
    applies_to: str = ""
    notes: str = ""


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
        cases[kind] = before | case | {"clocks": _merge_clocks(before.get("clocks", []), case)}
    return {"acts": list(acts.values()), "cases": list(cases.values())}


def _objects(data: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    found = data.get(key, [])
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise LawError(f"the file's “{key}” must be a list of objects.")
    return found


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
