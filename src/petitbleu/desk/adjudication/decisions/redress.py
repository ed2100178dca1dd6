"""What somebody can do against a decision: data by country, with the operator's changes.

A file ``law/redress.json`` in the data folder that cannot be used is left out and said so: a slip
of the pen must not stop decisions.
"""

from __future__ import annotations

from typing import Any

import msgspec

from petitbleu.app import App
from petitbleu.desk.reference.law import service as law
from petitbleu.resources import schema_text
from petitbleu.typography import table

_NAME = "redress"
ANYWHERE = "*"


class _Said(msgspec.Struct, frozen=True):
    bodies: str
    court: str
    order: str


class Pack(msgspec.Struct, frozen=True):
    """One country's, in the languages of the templates."""

    fr: _Said
    en: _Said


def load_redress(app: App, country: str) -> dict[str, dict[str, str]]:
    """Language -> ``{bodies, court, order}`` for the operator's country."""
    try:
        return _pack(law.document(app, _NAME), country)
    except (law.LawError, msgspec.ValidationError, KeyError) as error:
        app.log.error("law file left out", reason=f"redress.json: {error}")
        return _pack(msgspec.json.decode(schema_text(f"law/{_NAME}.json")), country)


def _pack(data: dict[str, Any], country: str) -> dict[str, dict[str, str]]:
    found = msgspec.convert(data.get(country, data[ANYWHERE]), Pack)
    made: dict[str, dict[str, str]] = msgspec.to_builtins(found)
    return table(made)
