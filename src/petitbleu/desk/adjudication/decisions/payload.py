"""A decision as the EU Transparency Database reads it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from petitbleu.desk.adjudication.decisions.form import (
    ACTS,
    AUTOMATION,
    ILLEGAL,
    SOURCES,
    Form,
    Wanted,
)
from petitbleu.desk.adjudication.eu_database import rules


def payload(form: Form, puid: str, day: str) -> dict[str, Any]:
    """The statement of a checked form; ``day`` is when the measures apply from (2026-11-25)."""
    fields: dict[str, Any] = {
        "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT"
        if form.ground == ILLEGAL
        else "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        "content_type": _once(form.content_types),
        "category": form.category,
        "territorial_scope": territory(form),
        "content_date": form.content_date.strip(),
        "application_date": day,
        "decision_facts": form.facts.strip(),
        "source_type": SOURCES[form.source],
        "automated_detection": form.found_by_machine.capitalize(),
        "automated_decision": AUTOMATION[form.decided_by_machine],
        "puid": puid,
    }
    fields |= _decisions(form.measures) | _ground(form)
    more = [category for category in _once(form.further) if category != form.category]
    optional = {
        "decision_ground_reference_url": form.ground_url.strip(),
        "content_type_other": form.content_type_other.strip(),
        "category_addition": more,
        "category_specification": _once(form.keywords),
        "category_specification_other": form.keyword_other.strip(),
        "content_language": form.content_language.strip().upper(),
        "source_identity": form.source_identity.strip() if form.source != "own" else "",
    }
    return fields | {name: value for name, value in optional.items() if value}


def _once(values: Sequence[str]) -> list[str]:
    return sorted(set(values))


def territory(form: Form) -> list[str]:
    """Where it applies: the named countries where every measure names some, else the whole Area
    (a measure without countries applies everywhere).
    """
    eea = set(rules.rules().eea)
    if form.measures and all(measure.countries for measure in form.measures):
        return sorted({code for measure in form.measures for code in measure.countries} & eea)
    return sorted(eea)


def _decisions(measures: Sequence[Wanted]) -> dict[str, Any]:
    """The decision fields and their ends. Several measures of one kind: the harshest and longest
    stand for all, but what is done to visibility is listed in full.
    """
    fields: dict[str, Any] = {}
    for measure in sorted(measures, key=lambda wanted: ACTS[wanted.kind].severity):
        act = ACTS[measure.kind]
        if act.field == "decision_visibility":
            fields[act.field] = sorted({*fields.get(act.field, ()), act.value})
        else:
            fields[act.field] = act.value
    for field in list(fields):
        same = [one for one in measures if ACTS[one.kind].field == field]
        if field != "decision_visibility":
            same = [one for one in same if ACTS[one.kind].value == fields[field]]
        if all(one.until for one in same):
            fields[ACTS[same[0].kind].end] = max(one.until for one in same)
    if any(one.kind in ("chat_close", "chat_country") for one in measures):
        closed = "DECISION_VISIBILITY_CONTENT_DISABLED"
        fields["decision_visibility"] = sorted({*fields.get("decision_visibility", ()), closed})
        fields.pop("end_date_visibility_restriction", None)
    return fields


def _ground(form: Form) -> dict[str, Any]:
    law, why = form.law.strip(), form.why.strip()
    if form.ground == ILLEGAL:
        return {"illegal_content_legal_ground": law, "illegal_content_explanation": why}
    fields = {"incompatible_content_ground": law, "incompatible_content_explanation": why}
    if form.also_illegal:
        fields["incompatible_content_illegal"] = form.also_illegal.capitalize()
    return fields


FIELDS = {
    "decision_facts": "facts",
    "illegal_content_legal_ground": "law",
    "illegal_content_explanation": "why",
    "incompatible_content_ground": "law",
    "incompatible_content_explanation": "why",
    "incompatible_content_illegal": "also_illegal",
    "category_addition": "further",
    "category_specification": "keywords",
    "category_specification_other": "keyword_other",
    "content_type": "content_types",
    "decision_ground_reference_url": "ground_url",
    "territorial_scope": "territory",
    "automated_detection": "found_by_machine",
    "automated_decision": "decided_by_machine",
    "source_type": "source",
    "application_date": "begin",
}
"""A field of the database -> the field of the form it comes from, where they have other names."""
