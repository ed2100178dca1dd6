"""Makes ``domain/antispam/seed.json``: ``python -m petitbleu.bench.spam_seed``. The same each time.

A logistic regression over the marks of generated texts, by AdaGrad (J. Duchi, E. Hazan and
Y. Singer, JMLR 12, 2011) with weights averaged over the later rounds. Ten thousand texts of a
hundred marks take half a minute without a library; the server needs none to read the result.
"""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from petitbleu.bench import spam_texts
from petitbleu.domain import antispam
from petitbleu.domain.antispam import marks, seed

EACH, DRAWN, ROUNDS = 2000, 1, 16
"""Texts of each kind in each language; the generator's seed; how often all are looked at."""
CHECKED = 200
"""Texts whose marks the digest covers: a test compares it, so that nobody forgets to make the seed
again after changing marks or grammars.
"""
_RATE, _DECAY, _FEWEST, _KEPT = 0.25, 3e-5, 2, 0.02

Vector = Sequence[tuple[str, float]]


class Text(NamedTuple):
    """A text to learn from."""

    vector: Vector
    spam: bool


def digest() -> str:
    """Of the marks of the first texts: another one means that the seed has to be made again."""
    found = hashed = blake2b(digest_size=12)
    for one in spam_texts.examples(CHECKED // 4, DRAWN):
        hashed.update(repr((one.kind, seed.shares(marks.of(one.what)))).encode())
    return found.hexdigest()


def learnt(texts: list[Text], rounds: int = ROUNDS) -> tuple[float, dict[str, float]]:
    """The odds without any mark, and the weight of each mark that comes twice."""
    often = Counter(mark for text in texts for mark, _ in text.vector)
    texts = [
        Text([one for one in text.vector if often[one[0]] >= _FEWEST], text.spam) for text in texts
    ]
    chance = random.Random(DRAWN)  # noqa: S311 - an order, not a secret
    decay = {mark: _DECAY * len(texts) / count for mark, count in often.items()}
    weights = dict.fromkeys((mark for mark in often if often[mark] >= _FEWEST), 0.0)
    squares = dict.fromkeys(weights, 0.1)
    sums = dict.fromkeys(weights, 0.0)
    start, start_square, start_sum, summed = 0.0, 1.0, 0.0, 0
    for turn in range(rounds):
        chance.shuffle(texts)
        for vector, spam in texts:
            odds = start + sum(weights[mark] * share for mark, share in vector)
            error = seed.chance(max(-30.0, min(30.0, odds))) - spam
            for mark, share in vector:
                slope = error * share + decay[mark] * weights[mark]
                squares[mark] += slope * slope
                weights[mark] -= _RATE * slope / math.sqrt(squares[mark])
            start_square += error * error
            start -= _RATE * error / math.sqrt(start_square)
        if turn >= rounds // 2:
            summed += 1
            start_sum += start
            for mark, weight in weights.items():
                sums[mark] += weight
    return start_sum / summed, {mark: total / summed for mark, total in sums.items()}


def main() -> None:
    """Write the file."""
    texts = [
        Text(seed.shares(marks.of(one.what)), one.kind == spam_texts.SPAM)
        for one in spam_texts.examples(EACH, DRAWN)
    ]
    start, weights = learnt(texts)
    kept = {m: round(weights[m], 3) for m in sorted(weights) if abs(weights[m]) >= _KEPT}
    written = json.dumps([round(start, 3), kept, digest()], ensure_ascii=False, indent=0)
    path = Path(antispam.__path__[0]) / "seed.json"
    path.write_text(written + "\n", "utf-8")
    print(f"{len(texts)} texts, {len(kept)} marks: {path}")


if __name__ == "__main__":
    main()
