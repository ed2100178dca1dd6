"""The room as others see it: taking things in, and what arrived in a case."""

from __future__ import annotations

from petitbleu.desk.intake.delivering import (
    Stored,
    deliver,
    inbound,
    of_case,
    store,
    store_typed,
    work,
)
from petitbleu.desk.intake.filing import Delivered
from petitbleu.desk.intake.joining import CannotJoin, join
from petitbleu.desk.intake.receipts import forget_receipts
from petitbleu.desk.intake.rehearsing import rehearse
from petitbleu.desk.intake.typed import Refused, Typed, typed

__all__ = [
    "CannotJoin",
    "Delivered",
    "Refused",
    "Stored",
    "Typed",
    "deliver",
    "forget_receipts",
    "inbound",
    "join",
    "of_case",
    "rehearse",
    "store",
    "store_typed",
    "typed",
    "work",
]
