"""The imports room as other rooms see it."""

from __future__ import annotations

from petitbleu.domain.transfer.imports.actions import TOLD
from petitbleu.domain.transfer.imports.people import claim
from petitbleu.domain.transfer.imports.telegram import ENTITIES, stand_in

__all__ = ["ENTITIES", "TOLD", "claim", "stand_in"]
