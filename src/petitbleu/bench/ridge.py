"""Ridge regressions on what an encoder of sentences makes of texts, with authors left out.

The sums are made once for each author; a model of some authors adds theirs up. Where two numbers
are added in another order on another machine the weights differ in their last digits, and so do
scores.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import Any


class Ridge:
    """Texts as rows of numbers, with what is wanted of each and how much it counts."""

    def __init__(
        self,
        rows: Any,
        authors: Sequence[str],
        wanted: Sequence[float],
        counts: Sequence[float],
        strength: float,
    ) -> None:
        self._mean, self._spread = rows.mean(0), rows.std(0) + 1e-6
        self._rows = (rows - self._mean) / self._spread
        self._authors, self._wanted, self._counts = authors, wanted, counts
        self._strength = strength
        self._sums = {author: self._sum(author) for author in set(authors)}

    def _sum(self, author: str) -> tuple[Any, Any]:
        import numpy as np

        own = [at for at, one in enumerate(self._authors) if one == author]
        rows = np.concatenate([self._rows[own], np.ones((len(own), 1), np.float32)], 1)
        counted = rows * np.array([self._counts[at] for at in own], np.float32)[:, None]
        wanted = np.array([self._wanted[at] for at in own], np.float32)
        return counted.T @ rows, counted.T @ wanted

    def fit(self, authors: Collection[str]) -> Any:
        """Weights of what some authors wrote, and last the bias."""
        import numpy as np

        named = sorted(authors)
        products = sum(self._sums[author][0].astype(float) for author in named)
        wanted = sum(self._sums[author][1].astype(float) for author in named)
        costs = np.full(len(products), self._strength)
        costs[-1] = 1e-3
        return np.linalg.solve(products + np.diag(costs), wanted)

    def scores(self, weights: Any, authors: Collection[str]) -> list[float]:
        """The scores of what some authors wrote, in the order of the texts."""
        own = [at for at, author in enumerate(self._authors) if author in authors]
        return [float(score) for score in self._rows[own] @ weights[:-1] + weights[-1]]

    def raw(self, weights: Any) -> tuple[Any, float]:
        """Weights and bias for what the encoder gives as it gives it."""
        own = weights[:-1] / self._spread
        return own.astype("<f4"), float(weights[-1] - (self._mean * own).sum())


def means_of(numbers: Any, layers: Sequence[int], of: int) -> Any:
    """From rows with the means of ``of`` layers those of some, the first layer being 1."""
    import numpy as np

    width = numbers.shape[1] // of
    return np.concatenate([numbers[:, width * (one - 1) : width * one] for one in layers], 1)


def spread(values: Sequence[float]) -> float:
    """The standard deviation."""
    middle = math.fsum(values) / max(1, len(values))
    return math.sqrt(math.fsum((one - middle) ** 2 for one in values) / max(1, len(values)))
