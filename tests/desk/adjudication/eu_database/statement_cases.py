"""Statements that must be accepted and statements that must be refused, made from the data alone.

Every field of ``schema/law/statement-of-reasons.json`` gets, for every rule it states, at least one
of each.
"""

from __future__ import annotations

import copy
import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

from tests.desk.adjudication.eu_database import statement_checker

DATA = statement_checker.load()
FIELDS = {field["name"]: field for field in DATA["fields"]}
GIVEN = DATA["examples"]["valid_minimal"]
WIDE = "é"
"""One character, two bytes: lengths count characters."""


class Example(NamedTuple):
    """A statement, why it is in the table, and the field the case is about."""

    field: str
    why: str
    statement: dict[str, Any]


def _with(base: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """A copy; ``...`` takes a field away."""
    made = copy.deepcopy(base) | changed
    return {name: value for name, value in made.items() if value is not ...}


INCOMPATIBLE = _with(
    GIVEN,
    decision_ground="DECISION_GROUND_INCOMPATIBLE_CONTENT",
    illegal_content_legal_ground=...,
    illegal_content_explanation=...,
    incompatible_content_ground="Terms, 4.2",
    incompatible_content_explanation="A scam.",
)

CONTEXT: dict[str, dict[str, Any]] = {
    "decision_visibility_other": _with(GIVEN, decision_visibility=["DECISION_VISIBILITY_OTHER"]),
    "decision_monetary_other": _with(GIVEN, decision_monetary="DECISION_MONETARY_OTHER"),
    "incompatible_content_ground": INCOMPATIBLE,
    "incompatible_content_explanation": INCOMPATIBLE,
    "incompatible_content_illegal": INCOMPATIBLE,
    "content_type_other": _with(GIVEN, content_type=["CONTENT_TYPE_OTHER"]),
    "category_specification_other": _with(GIVEN, category_specification=["KEYWORD_OTHER"]),
    "end_date_monetary_restriction": _with(GIVEN, decision_monetary="DECISION_MONETARY_SUSPENSION"),
    "end_date_service_restriction": _with(
        GIVEN, decision_provision="DECISION_PROVISION_PARTIAL_SUSPENSION"
    ),
    "end_date_account_restriction": _with(GIVEN, decision_account="DECISION_ACCOUNT_SUSPENDED"),
}
"""What must stand around a field so that it may be there."""


def around(name: str) -> dict[str, Any]:
    """A valid statement but for the field, which its condition asks for or allows."""
    return _with(CONTEXT.get(name, GIVEN), **{name: ...})


def _others(name: str, value: str) -> dict[str, Any]:
    """What a value of an enum asks of other fields."""
    more: dict[str, Any] = {}
    for other, field in FIELDS.items():
        condition = field.get("condition", "")
        if condition.startswith("required iff") and name in condition and condition.endswith(value):
            more[other] = "Words"
    if name == "decision_ground" and value == "DECISION_GROUND_INCOMPATIBLE_CONTENT":
        more |= {"illegal_content_legal_ground": ..., "illegal_content_explanation": ...}
    if name == "category":
        more["category_specification"] = ...
    if name == "category_specification":
        more["category"] = next(c for c, ks in DATA["category_tree"].items() if value in ks)
    return more


def _allowed(field: dict[str, Any]) -> list[str]:
    found: Any = DATA
    for part in field["allowed"].split("."):
        found = found[part]
    values = [one["value"] if isinstance(one, dict) else one for one in found]
    in_tree = {word for words in DATA["category_tree"].values() for word in words}
    if field["name"] == "category_specification":
        return [one for one in values if one in in_tree]
    if field["name"] == "category_addition":
        return [one for one in values if one != GIVEN["category"]]
    return values


# ── accepted ────────────────────────────────────────────────────────────────────────────────────


def accepted() -> Iterator[Example]:
    """Everything that must pass."""
    for name, statement in DATA["examples"].items():
        if name != "invalid":
            yield Example("", name, statement)
    for name, field in FIELDS.items():
        if field.get("endpoint"):
            continue
        base = around(name)
        for value, why in _good(field):
            extra = _others(name, value[0] if isinstance(value, list) else str(value))
            yield Example(name, why, _with(base, **{name: value}, **extra))
        if field["required"] in ("optional", "conditional"):
            free = _with(GIVEN, **{name: ...})
            if name == "decision_visibility":
                free |= {"decision_account": "DECISION_ACCOUNT_TERMINATED"}
            if name.startswith("illegal_content"):
                free = INCOMPATIBLE
            yield Example(name, "left out", free)


def _good(field: dict[str, Any]) -> Iterator[tuple[Any, str]]:
    kind, name = field["type"], field["name"]
    if kind == "enum":
        yield from ((value, value) for value in _allowed(field))
    elif kind == "array<enum>":
        yield from (([value], value) for value in _allowed(field))
    elif kind == "date":
        least = max(field.get("min", ""), GIVEN["application_date"] if "end" in name else "")
        if name == "application_date":
            least = field["min"]
        yield least, "the first day"
        yield field["max"], "the last day"
    elif kind == "object":
        yield {"EAN-13": "4006381333931"}, "thirteen digits"
    elif kind == "url":
        address = "https://petitbleu.example/"
        yield address + "a" * (field["max_length"] - len(address)), "the longest"
    elif name == "puid":
        yield "aZ09_-" + "x" * (field["max_length"] - 6), "the longest"
    else:
        yield WIDE * field["max_length"], "the longest, in characters"
        yield "x", "one letter"


# ── refused ─────────────────────────────────────────────────────────────────────────────────────


def refused() -> Iterator[Example]:
    """Everything that must not pass."""
    for one in DATA["examples"]["invalid"]:
        yield Example("", one["why"], _with(GIVEN, **one["patch"]))
    yield Example("nothing", "an unknown key", _with(GIVEN, nothing="x"))
    yield Example("decision_visibility", "no decision", _with(GIVEN, decision_visibility=...))
    yield Example("content_id_ean", "the alias of the other endpoint", _with(
        GIVEN, content_id_ean="4006381333931"
    ))  # fmt: skip
    for name, field in FIELDS.items():
        if field.get("endpoint"):
            continue
        base = around(name)
        for value, why in (*_bad(field), (None, "null"), (7, "a number"), ("", "empty")):
            yield Example(name, why, _with(base, **{name: value}))
        if field["required"] in ("always", "documented-required"):
            yield Example(name, "missing", _with(base, **{name: ...}))
        if field.get("condition", "").startswith("required iff"):
            yield Example(name, "missing under its condition", base)
        if "dropped_when" in field or "meaningful only" in field.get("condition", ""):
            yield Example(name, "would be dropped", _dropped(name, field))


def _bad(field: dict[str, Any]) -> Iterator[tuple[Any, str]]:
    kind = field["type"]
    if kind == "enum":
        yield "null", "the word null"
        yield "SOMETHING", "a value of no list"
        yield _allowed(field)[0].swapcase(), "another case"
        yield True, "a boolean"
        yield [_allowed(field)[0]], "a list"
    elif kind == "array<enum>":
        first = _allowed(field)[0]
        yield ["null"], "the word null"
        yield ["SOMETHING"], "a value of no list"
        yield [], "an empty list"
        yield first, "no list"
        yield [first, first], "doubles"
    elif kind == "date":
        yield from ((day, f"the date {day!r}") for day in ("2026-2-3", "2026-02-30", "25.11.2026"))
        yield "2026-11-25T00:00:00", "a time"
        yield _beyond(field["max"], 1), "the day after the last"
        if field.get("min"):
            yield _beyond(field["min"], -1), "the day before the first"
        if "end_date" in field["name"]:
            yield _beyond(GIVEN["application_date"], -1), "an end before the beginning"
    elif kind == "object":
        yield {"EAN-13": "400638133393"}, "twelve digits"
        yield {"EAN-13": "4006381333931", "ISBN": "1"}, "another key"
    else:
        yield from _bad_text(field)


def _bad_text(field: dict[str, Any]) -> Iterator[tuple[Any, str]]:
    letter = "x" if field["name"] == "puid" else WIDE
    start = "https://petitbleu.example/" if field["type"] == "url" else ""
    yield start + letter * (field["max_length"] + 1 - len(start)), "one character too many"
    yield start + " ", "only a space, or one at the end"
    yield ["x"], "a list"
    if field["type"] == "url":
        yield "petitbleu.example/terms", "no scheme"
        yield "javascript:alert(1)", "another scheme"
    if field["name"] == "puid":
        yield from ((text, f"{text!r}") for text in ("a.b", "a b", "é", "a\n", "a/b"))


def _beyond(day: str, days: int) -> str:
    return str(datetime.date.fromisoformat(day) + datetime.timedelta(days=days))


def _dropped(name: str, field: dict[str, Any]) -> dict[str, Any]:
    if name.startswith("illegal_content"):
        return _with(INCOMPATIBLE, **{name: "Words"})
    if name == "source_identity":
        return _with(GIVEN, source_type="SOURCE_VOLUNTARY", source_identity="Words")
    value = "No" if field["type"] == "enum" else "Words"
    return _with(GIVEN, **{name: value})
