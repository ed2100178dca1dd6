"""The second model of danger: what an encoder of sentences makes of a text that the first one
leaves open. Pure.

The file (``sentences.bin``) is written by ``petitbleu dev train danger``: a line of JSON, then a
weight of 32 bits for each number that the encoder gives (:mod:`.encoder`). The score of both models
together is compared with thresholds of its own.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from petitbleu import wordmarks
from petitbleu.desk.intake.danger import encoder, model
from petitbleu.desk.intake.danger.model import Model, Reading
from petitbleu.meanweights import read_weights, weigh

FILE = Path(__file__).with_name("sentences.bin")


class Head(msgspec.Struct, frozen=True):
    """The first line of the file."""

    format: int
    corpus: str
    """SHA-256 of the corpus."""
    layers: tuple[int, ...]
    """Layers of the encoder whose means are weighed."""
    low: float
    high: float
    """Scores of the first model between which a text is read by the second."""
    linear: float
    """How much the first model's score counts beside the encoder's."""
    bias: float
    perhaps: float
    danger: float
    ruled: float
    """As of the first model, for the score of both."""


class Sentences:
    """A second model that was read. Raises Unusable."""

    __slots__ = ("_weights", "head")

    def __init__(self, data: bytes) -> None:
        self.head, self._weights = read_weights(data, Head, "sentences", 1)

    def leaves_open(self, score: float, *, ruled: bool = False) -> bool:
        """Whether the first model's score says neither that a text is harmless nor that it tells of
        danger. Where a rule finds danger it is not believed that a text is harmless.
        """
        return (ruled or self.head.low <= score) and score < self.head.high

    def read(self, reader: encoder.Encoder, text: str, score: float) -> Reading:
        """What both make of a text that the first model gives ``score``."""
        both = self.score(reader.means(telling(text, model.shipped())), score)
        return Reading(self.level(both, ruled=False), both, True)

    def score(self, means: list[Any], linear: float) -> float:
        """How much both say for danger, given the means of all layers."""
        return weigh(self.head, self._weights, means) + self.head.linear * linear

    def level(self, score: float, *, ruled: bool) -> str:
        """What a text of that score tells of; ``ruled``: a rule finds danger in it, too."""
        return model.level(self.head, score, ruled=ruled)


def telling(text: str, reader: Model) -> str:
    """The stretch of a long text that tells most of danger, by the first model; a short one."""
    seen = model.shortened(text).split()
    if len(seen) <= model.WHOLE:
        return text
    stretches = [
        " ".join(seen[at : at + model.WINDOW])
        for at in range(0, len(seen) - model.STRIDE, model.STRIDE)
    ]
    scores = reader.of_parts([wordmarks.split(stretch) for stretch in stretches])
    return stretches[scores.index(max(scores))]


@cache
def shipped() -> Sentences:
    """The model of this version. Raises Unusable, OSError."""
    return Sentences(FILE.read_bytes())
