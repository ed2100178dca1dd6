"""A strict reading of ``schema/law/statement-of-reasons.json``, by itself.

It knows the data only and nothing of the program it is there to check: conditions are read from
the sentences of the data. ``faults(data, statement)`` gives everything that is wrong.
"""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[4] / "schema/law/statement-of-reasons.json"


def load() -> dict[str, Any]:
    """The data."""
    found: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return found


def faults(data: dict[str, Any], statement: Any) -> list[str]:
    """What is wrong with a statement, one line each."""
    if not isinstance(statement, dict):
        return ["a statement is an object"]
    fields = {one["name"]: one for one in data["fields"]}
    found = [f"{name}: unknown" for name in statement if name not in fields]
    for name, field in fields.items():
        if name in statement:
            found += [f"{name}: {text}" for text in _value(data, field, statement[name])]
            if field.get("endpoint"):
                found.append(f"{name}: only for the {field['endpoint']} endpoint")
        elif field["required"] in ("always", "documented-required"):
            found.append(f"{name}: missing")
        found += [f"{name}: {text}" for text in _condition(field, statement)]
    return found + _dates(statement) + _keywords(data, statement)


# ── one value ───────────────────────────────────────────────────────────────────────────────────


def _allowed(data: dict[str, Any], path: str) -> set[str]:
    found: Any = data
    for part in path.split("."):
        found = found[part]
    if isinstance(found, dict):
        return set(found)
    return {one["value"] if isinstance(one, dict) else one for one in found}


def _value(data: dict[str, Any], field: dict[str, Any], value: Any) -> list[str]:
    if value is None:
        return ["null"]
    kind = field["type"]
    if kind == "array<enum>":
        if not isinstance(value, list):
            return ["not a list"]
        allowed = _allowed(data, field["allowed"])
        found = [f"{one!r} is not allowed" for one in value if one not in allowed]
        found += ["doubles"] if len({str(one) for one in value}) != len(value) else []
        least = max(1, field.get("min_items", 0), field.get("min_items_if_sent", 0))
        return found + (["too few"] if len(value) < least else [])
    if kind == "object":
        pattern = re.compile(r"[0-9]{13}")
        fits = isinstance(value, dict) and set(value) == set(field["keys"])
        fits = fits and all(
            isinstance(one, str) and pattern.fullmatch(one) for one in value.values()
        )
        return [] if fits else ["not the object foreseen"]
    if not isinstance(value, str):
        return ["not a text"]
    return _string(data, field, value)


def _string(data: dict[str, Any], field: dict[str, Any], value: str) -> list[str]:
    if value != value.strip() or not value:
        return ["would be trimmed"]
    if field["type"] == "enum":
        return [] if value in _allowed(data, field["allowed"]) else [f"{value!r} is not allowed"]
    found = []
    if len(value) > field.get("max_length", len(value)):
        found.append("too long")
    pattern = field.get("pattern", "").split(" ")[0].removeprefix("^").removesuffix("$")
    if pattern and not re.fullmatch(pattern, value):
        found.append("not of the pattern")
    if field["type"] == "url" and not re.fullmatch(r"https?://[^\s/]+\.[^\s/]+(/\S*)?", value):
        found.append("no absolute address")
    if field["type"] == "date":
        found += _date(field, value)
    return found


def _date(field: dict[str, Any], value: str) -> list[str]:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return ["not zero padded"]
    try:
        day = datetime.date.fromisoformat(value)
    except ValueError:
        return ["no such day"]
    low, high = field.get("min"), field.get("max")
    if low and day < datetime.date.fromisoformat(low):
        return ["too early"]
    return ["too late"] if high and day > datetime.date.fromisoformat(high) else []


# ── conditions, as the data words them ──────────────────────────────────────────────────────────


def _holds(sentence: str, statement: dict[str, Any]) -> bool | None:
    """Whether ``<field> contains|lacks|=|!= <VALUE>`` is true; None: another sentence."""
    said = re.search(r"(\w+) (contains|lacks|=|!=) ([A-Z0-9_]+)", sentence)
    if said is None:
        return None
    field, word, value = said.groups()
    there = statement.get(field)
    inside = value in (there or []) if isinstance(there, list) else there == value
    return inside if word in ("contains", "=") else not inside


def _condition(field: dict[str, Any], statement: dict[str, Any]) -> list[str]:
    name, said = field["name"], field.get("condition", "")
    there = bool(statement.get(name))
    found = []
    if "none of the other three decision_* fields" in said:
        four = ("visibility", "monetary", "provision", "account")
        if not any(statement.get(f"decision_{one}") for one in four):
            found.append("no decision at all")
    elif said.startswith("required iff"):
        if _holds(said, statement) and not there:
            found.append("missing under its condition")
        if not _holds(said, statement) and name in statement:
            found.append("would be dropped")
    elif said.startswith("meaningful only with"):
        keyword, words = said.split()[3], statement.get("category_specification")
        if name in statement and not (isinstance(words, list) and keyword in words):
            found.append("would be dropped")
    elif said:
        raise AssertionError(f"a condition nobody taught this checker: {said}")
    dropped = field.get("dropped_when", "")
    if dropped and dropped != "other ground" and name in statement and _holds(dropped, statement):
        found.append("would be dropped")
    return found


def _dates(statement: dict[str, Any]) -> list[str]:
    begin = statement.get("application_date", "")
    return [
        f"{name}: before application_date"
        for name, end in statement.items()
        if name.startswith("end_date_") and isinstance(end, str) and end < str(begin)
    ]


def _keywords(data: dict[str, Any], statement: dict[str, Any]) -> list[str]:
    """Not asked by the service; asked by the transparency report."""
    more = statement.get("category_addition") or []
    main = statement.get("category")
    more = more if isinstance(more, list) else []
    names = [one for one in (main, *more) if isinstance(one, str)]
    fitting = {word for name in names for word in data["category_tree"].get(name, ())}
    found = ["category_addition: repeats category"] if main in more else []
    words = statement.get("category_specification")
    words = words if isinstance(words, list) else []
    return found + [f"keyword {one!r}: of another category" for one in words if one not in fitting]
