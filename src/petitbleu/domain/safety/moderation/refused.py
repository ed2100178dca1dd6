"""Why a measure cannot be taken, in English and French."""

from __future__ import annotations

from typing import ClassVar

from petitbleu.catalogues import Catalogue
from petitbleu.refusals import Refusal, Sentences


class Refused(Refusal):
    """The measure cannot be taken; one sentence says why to whoever decides."""

    SAID: ClassVar[Sentences] = Catalogue("desk", "refusals.moderation")
