"""The imports room as other rooms see it."""

from __future__ import annotations

from petitbleu.domain.imports.actions import TOLD
from petitbleu.domain.imports.people import claim
from petitbleu.domain.imports.telegram import ENTITIES, stand_in

__all__ = ["ENTITIES", "TOLD", "claim", "stand_in"]
