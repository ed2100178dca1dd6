"""Why something cannot be disclosed, or not yet, in English and French."""

from __future__ import annotations

from typing import ClassVar

from petitbleu.catalogues import Catalogue
from petitbleu.refusals import Refusal, Sentences


class Refused(Refusal):
    """This cannot be disclosed, or not yet; one sentence says why."""

    SAID: ClassVar[Sentences] = Catalogue("desk", "refusals.disclosures")
