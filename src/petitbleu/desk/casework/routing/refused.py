"""Why a rule or a queue cannot be as it is asked for."""

from __future__ import annotations

from typing import ClassVar

from petitbleu.catalogues import Catalogue
from petitbleu.refusals import Refusal, Sentences


class Refused(Refusal):
    """The rule or queue cannot be made or changed; the sentence says what to do."""

    SAID: ClassVar[Sentences] = Catalogue("desk", "refusals.routing")
