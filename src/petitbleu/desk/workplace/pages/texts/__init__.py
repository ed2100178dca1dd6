"""Words of the desk's pages: each module has ``EN`` and ``FR`` with the same keys."""

from __future__ import annotations

from petitbleu.desk.workplace.pages.texts import (
    comments,
    concerned,
    decide,
    did,
    disclosing,
    events,
    joining,
    letter_templates,
    lists,
    log,
    manual_intake,
    media,
    present,
    presets,
    redress,
    reporter_statements,
    reporting,
    routing,
    shell,
    team,
    telling,
    threats,
    work,
    writing,
)
from petitbleu.typography import table

_MODULES = (
    shell,
    comments,
    team,
    log,
    did,
    work,
    lists,
    decide,
    reporter_statements,
    joining,
    redress,
    concerned,
    letter_templates,
    reporting,
    media,
    present,
    manual_intake,
    events,
    writing,
    routing,
    presets,
    telling,
    disclosing,
    threats,
)


def _joined(name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for module in _MODULES:
        words: dict[str, str] = getattr(module, name)
        twice = found.keys() & words.keys()
        if twice:
            raise RuntimeError(f"texts defined twice: {sorted(twice)}")
        found.update(words)
    return found


TEXTS = table({"fr": _joined("FR"), "en": _joined("EN")})
"""Language -> key -> words."""
