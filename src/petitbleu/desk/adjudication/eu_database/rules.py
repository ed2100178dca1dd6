"""The rules of the EU Transparency Database for one statement of reasons (Article 24(5) DSA).

What may stand in a field is data: ``schema/law/statement-of-reasons.json``. Only the conditions
between fields are written here. We are stricter than the service wherever it would lose or bend
what we send without a word (the "quirks" of the data): no unknown key, no field whose condition
does not hold, no explicit null, no list with doubles, no end before its beginning.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import msgspec

from petitbleu.resources import schema_text

Payload = Mapping[str, Any]

DECISIONS = (
    "decision_visibility",
    "decision_monetary",
    "decision_provision",
    "decision_account",
)
"""At least one of these says what was done."""
_PUID = re.compile(r"[a-zA-Z0-9_-]+")
_EAN = re.compile(r"[0-9]{13}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_URL = re.compile(r"https?://[^\s/?#]+\.[^\s/?#]+(?:[/?#]\S*)?", re.IGNORECASE)


class Problem(NamedTuple):
    """What is wrong with one field, in one sentence."""

    field: str
    text: str


class FieldRule(msgspec.Struct, frozen=True, rename={"kind": "type"}):
    """One field as the data describes it."""

    name: str
    kind: str
    required: str
    allowed: str = ""
    max_length: int = 0
    min: str = ""
    max: str = ""
    endpoint: str = ""


class Rules(NamedTuple):
    """The data, ready to be asked."""

    fields: dict[str, FieldRule]
    values: dict[str, frozenset[str]]
    """``enums.category``, ``countries.eea``, ``languages`` -> what is allowed."""
    tree: dict[str, frozenset[str]]
    """Category -> its keywords."""
    labels: dict[str, str]
    """Value -> its English name."""
    eu: tuple[str, ...]
    eea: tuple[str, ...]


@functools.cache
def rules() -> Rules:
    """The rules in force."""
    data = msgspec.json.decode(schema_text("law/statement-of-reasons.json"))
    fields = msgspec.convert(data["fields"], list[FieldRule])
    values = {
        f"enums.{name}": frozenset(one["value"] for one in values)
        for name, values in data["enums"].items()
    }
    values["countries.eea"] = frozenset(data["countries"]["eea"])
    values["languages"] = frozenset(data["languages"])
    tree = {name: frozenset(words) for name, words in data["category_tree"].items()}
    labels = {one["value"]: one["label"] for some in data["enums"].values() for one in some}
    eu, eea = tuple(data["countries"]["eu"]), tuple(data["countries"]["eea"])
    return Rules({field.name: field for field in fields}, values, tree, labels, eu, eea)


def _listed(value: Any) -> list[Any]:
    """A list as it is; anything else (which :func:`_value` refuses) holds nothing."""
    return value if isinstance(value, list) else []


# ── conditions between fields ───────────────────────────────────────────────────────────────────


def _contains(field: str, value: str) -> Callable[[Payload], bool]:
    return lambda payload: value in _listed(payload.get(field))


def _equals(field: str, value: str) -> Callable[[Payload], bool]:
    return lambda payload: payload.get(field) == value


_ILLEGAL = _equals("decision_ground", "DECISION_GROUND_ILLEGAL_CONTENT")
_INCOMPATIBLE = _equals("decision_ground", "DECISION_GROUND_INCOMPATIBLE_CONTENT")

REQUIRED_IF: dict[str, Callable[[Payload], bool]] = {
    "decision_visibility_other": _contains("decision_visibility", "DECISION_VISIBILITY_OTHER"),
    "decision_monetary_other": _equals("decision_monetary", "DECISION_MONETARY_OTHER"),
    "illegal_content_legal_ground": _ILLEGAL,
    "illegal_content_explanation": _ILLEGAL,
    "incompatible_content_ground": _INCOMPATIBLE,
    "incompatible_content_explanation": _INCOMPATIBLE,
    "content_type_other": _contains("content_type", "CONTENT_TYPE_OTHER"),
}
"""Fields that must be there when this holds, and must not be when it does not."""

ALLOWED_IF: dict[str, Callable[[Payload], bool]] = REQUIRED_IF | {
    "incompatible_content_illegal": _INCOMPATIBLE,
    "category_specification_other": _contains("category_specification", "KEYWORD_OTHER"),
    "source_identity": lambda payload: payload.get("source_type") != "SOURCE_VOLUNTARY",
}
"""Fields that the service would drop without a word when this does not hold."""

END_DATES = {
    "end_date_visibility_restriction": "decision_visibility",
    "end_date_monetary_restriction": "decision_monetary",
    "end_date_service_restriction": "decision_provision",
    "end_date_account_restriction": "decision_account",
}
"""An end -> the restriction that ends then."""


# ── checking ────────────────────────────────────────────────────────────────────────────────────


def check(payload: Payload) -> list[Problem]:
    """Everything that is wrong with a statement; an empty list when it may be sent."""
    known = rules()
    problems = [
        Problem(name, f"{name} is no field of the database")
        for name in payload
        if name not in known.fields or known.fields[name].endpoint
    ]
    for name, rule in known.fields.items():
        if name in payload:
            text = _value(rule, payload[name], known)
            problems += [Problem(name, f"{name} {text}")] if text else []
        elif rule.required in ("always", "documented-required"):
            problems.append(Problem(name, f"{name} is missing"))
    if not any(payload.get(name) for name in DECISIONS):
        problems.append(Problem(DECISIONS[0], f"one of {', '.join(DECISIONS)} must be given"))
    return problems + _between(payload)


def _between(payload: Payload) -> list[Problem]:
    problems = [
        Problem(name, f"{name} is missing")
        for name, needed in REQUIRED_IF.items()
        if needed(payload) and not payload.get(name)
    ]
    problems += [
        Problem(name, f"{name} does not apply here and would be dropped")
        for name, fits in ALLOWED_IF.items()
        if name in payload and not fits(payload)
    ]
    begin = payload.get("application_date")
    for name, restriction in END_DATES.items():
        end = payload.get(name)
        if end is None:
            continue
        if not payload.get(restriction):
            problems.append(
                Problem(name, f"{name} is the end of nothing: {restriction} is not given")
            )
        if isinstance(end, str) and isinstance(begin, str) and end < begin:
            problems.append(Problem(name, f"{name} is before application_date"))
    return problems + _categories(payload)


def _categories(payload: Payload) -> list[Problem]:
    tree, main = rules().tree, payload.get("category")
    more = _listed(payload.get("category_addition"))
    problems = []
    if main in more:
        problems.append(Problem("category_addition", "category_addition repeats category"))
    fitting: set[str] = set()
    for name in (main, *more):
        fitting |= tree.get(name, frozenset()) if isinstance(name, str) else frozenset()
    for word in _listed(payload.get("category_specification")):
        if isinstance(word, str) and word not in fitting:
            text = f"category_specification: {word} belongs to none of the categories given"
            problems.append(Problem("category_specification", text))
    return problems


def _value(rule: FieldRule, value: Any, known: Rules) -> str:
    """What is wrong with a value, as the end of a sentence; empty: nothing."""
    if value is None:
        return "is null; leave it out instead"
    if rule.kind == "array<enum>":
        return _array(value, known.values[rule.allowed])
    if rule.kind == "object":
        fits = isinstance(value, dict) and set(value) == {"EAN-13"}
        number = value["EAN-13"] if fits else None
        fits = isinstance(number, str) and _EAN.fullmatch(number) is not None
        return "" if fits else "holds an EAN-13 of 13 digits and nothing else"
    if not isinstance(value, str):
        return "is not a text"
    if rule.kind == "enum":
        return "" if value in known.values[rule.allowed] else f"cannot be “{value[:60]}”"
    if rule.kind == "date":
        return _date(rule, value)
    return _text(rule, value)


def _array(value: Any, allowed: frozenset[str]) -> str:
    if not isinstance(value, list) or not value:
        return "is not a list with something in it"
    wrong = next((one for one in value if not isinstance(one, str) or one not in allowed), None)
    if wrong is not None:
        return f"cannot hold “{str(wrong)[:60]}”"
    return "" if len(set(value)) == len(value) else "says something twice"


def _date(rule: FieldRule, value: str) -> str:
    try:
        if not _DATE.fullmatch(value):
            raise ValueError
        datetime.date.fromisoformat(value)
    except ValueError:
        return "is no date of the form 2026-11-25"
    if rule.min and value < rule.min:
        return f"is before {rule.min}"
    if rule.max and value > rule.max:
        return f"is after {rule.max}"
    return ""


def _text(rule: FieldRule, value: str) -> str:
    if not value.strip():
        return "is empty"
    if value != value.strip():
        return "begins or ends with a space"
    if rule.max_length and len(value) > rule.max_length:
        return f"has {len(value)} characters; {rule.max_length} are allowed"
    if rule.name == "puid" and not _PUID.fullmatch(value):
        return "may hold letters without accents, digits, - and _ only"
    if rule.kind == "url" and not _URL.fullmatch(value):
        return "is no address of the form https://…"
    return ""
