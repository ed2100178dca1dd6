"""Asking a second person, and what they are asked to agree to in words, line by line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from petitbleu.desk.orders.disclosures.fields import name as field_name
from petitbleu.desk.reference.law import categories
from petitbleu.desk.staffing.approvals import service as approvals
from petitbleu.desk.staffing.approvals.service import NotYou
from petitbleu.desk.workplace.pages.render import plain_day
from petitbleu.desk.workplace.pages.shell import PageRequest, Problem
from petitbleu.domain.safety.case_numbers import service as case_numbers

_LABELS = {
    "category": "queue_category",
    "keywords": "queue_category",
    "content_language": "act_language",
    "found_by_machine": "d_found",
    "decided_by_machine": "d_decided",
    "threat_to_life": "d_threat",
}
"""Fields of a decision whose label has another name than ``d_`` and theirs."""
_VALUES = {
    "outcome": "outcome_",
    "ground": "ground_",
    "source": "source_",
    "decided_by_machine": "machine_",
    "content_types": "type_",
}
"""Fields whose values are codes, and what the texts of these begin with."""


async def ask(
    visit: PageRequest,
    kind: str,
    subject: str,
    digest: bytes,
    shown: dict[str, Any],
    verdict: str = "",
) -> int:
    """Ask for a second person by the touch of this form; the request's number. The arguments are
    those of ``seconds.ask``. Problem (403) where the visitor may not ask.
    """
    try:
        return await visit.app.store.write(
            approvals.ask,
            app=visit.app,
            kind=kind,
            subject=subject,
            digest=digest,
            by=visit.touch(),
            shown=shown,
            verdict=verdict,
        )
    except NotYou as not_:
        raise Problem(f"notyou_{not_.reason}", 403) from None


def describe_request(visit: PageRequest, shown: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """Label and lines of each particular, in the order in which they were given."""
    return [(_label(visit, name), _lines(visit, name, shown)) for name in shown]


def _label(visit: PageRequest, name: str) -> str:
    keys = (f"shown_{name}", _LABELS.get(name, f"d_{name}"))
    return next((visit.t[key] for key in keys if key in visit.t), name)


def _lines(visit: PageRequest, name: str, shown: Mapping[str, Any]) -> list[str]:
    value, t = shown[name], visit.t
    if name == "case" and isinstance(value, int):
        return [case_numbers.text(value)]
    if name in ("since", "until") and isinstance(value, int):
        ends = name == "until" and "since" in shown  # a period ends with the day before
        return [plain_day(visit.app, value - ends, visit.lang)]
    if name == "fields":
        return [field_name(one, visit.lang) for one in value]
    if name == "measures":
        return [_measure(visit, measure) for measure in value]
    if name == "keywords":
        chosen = f"{shown.get('category', '')}/"
        return [categories.words(visit.lang, chosen + one) for one in value]
    if name == "category":
        return [categories.words(visit.lang, value)]
    if name == "tell":
        return [t.get(f"tell_{value}", str(value))]
    if isinstance(value, bool):
        return [t["yes" if value else "no"]]
    if value in ("yes", "no"):
        return [t[value]]
    prefix = _VALUES.get(name, "")
    values = value if isinstance(value, list) else [value]
    return [t.get(f"{prefix}{one}", str(one)) if prefix else str(one) for one in values]


def _measure(visit: PageRequest, wanted: Mapping[str, Any]) -> str:
    limits = [*wanted["countries"], wanted["until"], wanted["member"]]
    what = visit.t.get(f"measure_{wanted['kind']}", wanted["kind"])
    return ", ".join(one for one in (what, wanted["item"], *limits) if one)
