"""What somebody can do against a decision: data by country, with the operator's changes.

A file ``law/redress.json`` in the data folder that cannot be used is left out and said so: a slip
of the pen must not stop decisions.
"""

from __future__ import annotations

from typing import Any

import msgspec

from petitbleu.app import App
from petitbleu.catalogues import SOURCE
from petitbleu.desk.reference.law import service as law
from petitbleu.resources import schema_text
from petitbleu.typography import table

_NAME = "redress"
ANYWHERE = "*"


class _Said(msgspec.Struct, frozen=True):
    bodies: str
    court: str
    order: str


def load_redress(app: App, country: str) -> dict[str, dict[str, str]]:
    """Language -> ``{bodies, court, order}`` for the operator's country."""
    try:
        return _pack(law.document(app, _NAME), country)
    except (law.LawError, msgspec.ValidationError, KeyError) as error:
        app.log.error("law file left out", reason=f"redress.json: {error}")
        return _pack(msgspec.json.decode(schema_text(f"law/{_NAME}.json")), country)


def _pack(data: dict[str, Any], country: str) -> dict[str, dict[str, str]]:
    entry = {
        name: said
        for name, said in data.get(country, data[ANYWHERE]).items()
        if isinstance(said, dict)
    }
    texts = msgspec.convert(entry, dict[str, _Said])
    if SOURCE not in texts:
        raise KeyError(SOURCE)
    packed: dict[str, dict[str, str]] = msgspec.to_builtins(texts)
    return table(packed)


def in_language(pack: dict[str, dict[str, str]], language: str) -> dict[str, str]:
    """What a pack says in a language, in English where it does not speak it."""
    return pack.get(language, pack[SOURCE])
