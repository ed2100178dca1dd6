"""Why a complaint cannot be taken or decided, in English and French."""

from __future__ import annotations

from typing import ClassVar

from petitbleu.catalogues import Catalogue
from petitbleu.refusals import Refusal, Sentences


class Refused(Refusal):
    """It cannot be done; one sentence says why."""

    SAID: ClassVar[Sentences] = Catalogue("desk", "refusals.appeals")


class Excluded(Refused):
    """This person took part in the decision that is complained about."""
