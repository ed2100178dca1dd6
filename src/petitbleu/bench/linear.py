"""Fitting the linear models that ship as tables of bytes (``petitbleu/weighttables.py``).

What adds floating-point numbers does so in one order, and nothing is drawn by chance that has no
seed: the same texts give the same bytes. numpy and scipy are imported where they are needed: they
are packages of developers.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from petitbleu import wordmarks
from petitbleu.weighttables import Table

_SMOOTHING = 1.0
"""Texts of each sort that every mark is taken to have stood in."""


class Fitted(NamedTuple):
    """A model before it is a file: of each sort of marks a table, and its bytes as numbers."""

    bias: float
    tables: tuple[Table, ...]
    lengths: dict[str, Any]
    weights: dict[str, Any]

    def to_bytes(self) -> bytes:
        """The tables as :class:`~petitbleu.weighttables.Tables` reads them."""
        names = [table.name for table in self.tables]
        return b"".join(
            self.lengths[name].tobytes() + self.weights[name].tobytes() for name in names
        )


def count_marks(name: str, bits: int, words: Sequence[Sequence[str]]) -> Any:
    """How often each mark stands in each text, as a sparse matrix; often counts less and less."""
    from scipy import sparse

    mask = (1 << bits) - 1
    starts, columns, values = [0], [], []
    for one in words:
        counted = Counter(mark & mask for mark in _marks(name, one))
        for mark in sorted(counted):
            columns.append(mark)
            values.append(1.0 + math.log(counted[mark]))
        starts.append(len(columns))
    return sparse.csr_matrix((values, columns, starts), shape=(len(words), 1 << bits))


def _marks(name: str, words: Sequence[str]) -> Iterable[int]:
    if name == wordmarks.WORDS:
        return wordmarks.of_words(words)
    return (mark for word in words for mark in wordmarks.of_word(word))


def rareness(counts: Any) -> Any:
    """How much each mark counts, by how few of the texts have it; 0: none has."""
    import numpy as np

    known = np.asarray((counts > 0).sum(axis=0)).ravel()
    return np.where(known > 0, np.log((1 + counts.shape[0]) / (1 + known)) + 1, 0.0)


def tellingness(counts: Any, positive: Any, weights: Any) -> Any:
    """How much more often each mark stands in texts of one sort than of the other: the absolute
    logarithm of the ratio (S. Wang and C. Manning, "Baselines and bigrams", ACL 2012).

    ``positive``: which texts are of the first sort; ``weights``: how much each counts.
    """
    import numpy as np

    found = (counts > 0).astype(float)
    shares = [
        (np.asarray(found.T @ among).ravel() + _SMOOTHING) / (among.sum() or 1.0)
        for among in (weights * positive, weights * ~positive)
    ]
    return np.abs(np.log(shares[0] / shares[1]))


def scaled(counts: Any, scales: Any) -> Any:
    """Rows of ``counts`` times ``scales``, each of the length one."""
    import numpy as np
    from scipy import sparse

    found = counts.multiply(scales).tocsr()
    norms = np.sqrt(np.asarray(found.multiply(found).sum(axis=1)).ravel())
    norms[norms == 0] = 1
    return sparse.diags(1 / norms) @ found


def cut_to_bytes(
    coefficients: Any, bias: float, scales: Mapping[str, Any], bits: Mapping[str, int]
) -> Fitted:
    """What was fitted on the blocks of ``bits`` (name -> power of two) in their order, as bytes."""
    import numpy as np

    tables, lengths, weights, at = [], {}, {}, 0
    for name, power in bits.items():
        found = coefficients[at : at + (1 << power)] * scales[name]
        at += 1 << power
        length = float(scales[name].max()) / 255 or 1.0
        weight = float(np.abs(found).max()) / 127 or 1.0
        tables.append(Table(name, power, length, weight))
        lengths[name] = np.ceil(scales[name] / length).astype(np.uint8)
        weights[name] = np.rint(found / weight).astype(np.int8)
    return Fitted(bias, tuple(tables), lengths, weights)


def scores(fitted: Fitted, counts: Mapping[str, Any]) -> Any:
    """What a model makes of texts whose marks were counted, as the shipped code would."""
    import numpy as np

    total = np.full(next(iter(counts.values())).shape[0], fitted.bias)
    for table in fitted.tables:
        lengths = fitted.lengths[table.name].astype(float)
        known = counts[table.name].multiply(lengths > 0).tocsr()
        spoken = known @ fitted.weights[table.name].astype(float)
        squares = known.multiply(lengths).tocsr()
        norms = np.sqrt(np.asarray(squares.multiply(squares).sum(axis=1)).ravel())
        norms[norms == 0] = 1
        total += spoken * table.weight / (norms * table.length)
    return total


def score_above(found: Iterable[float], share: float) -> float:
    """The score that at most ``share`` of some reach; 0 of none."""
    ordered = sorted(found, reverse=True)
    if not ordered:
        return 0.0
    return math.nextafter(ordered[min(int(share * len(ordered)), len(ordered) - 1)], math.inf)
