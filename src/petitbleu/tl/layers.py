"""Which wire form of a name a client of a given layer speaks, known layer or not.

Below the oldest known layer: the oldest. Above the newest: the newest, but for what the rows of
``schema/gaps.tsv`` know of a layer up there. Between two known layers:
the id that both neighbours share; where they differ, the row of ``schema/gaps.tsv``, else the
lower one's (measured over eighteen such layers, the lower neighbour is the better guess).
"""

from __future__ import annotations

import bisect
import functools

from petitbleu.resources import schema_text
from petitbleu.tl.schema import Combinator, Schema, parse_ranges

GapRules = dict[tuple[int, str], int]
"""(layer, name) -> id, or 0 where the layer lacks the name."""


@functools.cache
def gap_rules() -> GapRules:
    """``schema/gaps.tsv``: layers, name, id, reason."""
    rules: GapRules = {}
    for line in schema_text("gaps.tsv").splitlines()[1:]:
        layers, name, id_, _reason = line.split("\t")
        for low, high in parse_ranges(layers):
            for layer in range(low, high + 1):
                rules[layer, name] = int(id_, 16) if id_ != "-" else 0
    return rules


class Layers:
    """Forms by layer over one schema. ``rules`` and ``known`` are replaced in tests that hide
    layers.
    """

    __slots__ = ("_beyond", "known", "rules", "schema")

    def __init__(
        self, schema: Schema, rules: GapRules | None = None, known: tuple[int, ...] = ()
    ) -> None:
        self.schema = schema
        self.known = known or schema.layers
        self.rules = gap_rules() if rules is None else rules
        self._beyond = sorted({layer for layer, _ in self.rules if layer > self.known[-1]})

    def clamp(self, layer: int) -> int:
        """The layer answered to a client that declares ``layer``."""
        if layer > self.known[-1]:
            at = bisect.bisect_right(self._beyond, layer)
            return self._beyond[at - 1] if at else self.known[-1]
        return max(layer, self.known[0])

    def form(self, name: str, layer: int) -> Combinator | None:
        """The form of a name at a layer (clamped), or None where its clients lack it."""
        layer = self.clamp(layer)
        at = bisect.bisect_left(self.known, layer)
        if at < len(self.known) and self.known[at] == layer:
            return self.schema.form(name, layer)
        below = self.schema.form(name, self.known[at - 1])
        if at < len(self.known) and below is self.schema.form(name, self.known[at]):
            return below
        rule = self.rules.get((layer, name))
        if rule is None:
            return below
        return self.schema.by_id[rule] if rule else None
