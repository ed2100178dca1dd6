"""Makes ``antispam/seed.json``: ``python -m petitbleu.bench.spam_seed``. The same each time.

A logistic regression over the marks of texts, by AdaGrad (J. Duchi, E. Hazan and
Y. Singer, JMLR 12, 2011) with weights averaged over the later rounds. Sixty thousand texts take
a minute without a library; the server needs none to read the result.

Learnt from: what the generator writes (``spam_texts.py``), all comments of the authors in
``spam_sets``, and the half ``look`` of the first author's. Never from the half ``sealed``, nor from
the authors whose comments lie in ``tests/data`` to measure. Each text is learnt from as it is told
by different doors: with all that is known of its author, by a form that asks for no site, and as
bare words (:data:`TOLD`); or else what a door does not tell would speak for the text.
``python -m petitbleu.bench.spam_seed apart`` makes no seed: it leaves one author out at a time and
says how well those texts are told apart by what is learnt from the others.
"""

from __future__ import annotations

import base64
import json
import math
import random
import sys
from array import array
from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from petitbleu.bench import spam, spam_texts
from petitbleu.domain.safety import antispam
from petitbleu.domain.safety.antispam import features, seed
from petitbleu.domain.safety.antispam.submission import Submission

EACH, DRAWN, ROUNDS = 8000, 1, 16
"""Texts of each kind in each language; the generator's seed; how often all are looked at."""
WRITTEN = 5.0
"""How many generated texts one that somebody wrote weighs as much as."""
CHECKED = 200
"""Generated texts whose marks the digest covers, beside a tenth of the written ones: a test
compares it, so that nobody forgets to make the seed again after changing marks or texts.
"""
SETS = Path(__file__).parent / "spam_sets"
TOLD: tuple[tuple[float, dict[str, Any]], ...] = (
    (0.5, {}),
    (0.25, {"site": ""}),
    (0.25, {"site": "", "author": "", "email": "", "seconds": -1}),
)
"""How much of a text's weight goes to it as each door tells it, and what that leaves out."""
_RATE, _DECAY, _FEWEST, _KEPT = 0.25, 3e-5, 2, 0.02

Vector = Sequence[tuple[str, float]]


class Text(NamedTuple):
    """A text to learn from; ``weight``: how often it counts."""

    vector: Vector
    spam: bool
    weight: float = 1.0


class Learnt(NamedTuple):
    """The odds without any mark, and the weights of marks."""

    start: float
    weights: dict[str, float]

    def odds(self, vector: Vector) -> float:
        """What is thought of a text, above nought: spam."""
        return self.start + sum(self.weights.get(mark, 0.0) * share for mark, share in vector)


def written() -> dict[str, list[spam.Comment]]:
    """What is learnt from, by author: all comments, of the first author what may be studied."""
    paths = sorted(SETS.glob("*_author.jsonl"))
    found = {path.stem.partition("_")[0]: spam.comments(path) for path in paths}
    return {"first": [comment for comment in spam.comments() if comment.half == spam.LOOK], **found}


def vector(what: Submission) -> Vector:
    """What a regression learns of a text."""
    return seed.heard(features.extract_features(what)).vector()


def digest() -> str:
    """Of the marks of some texts: another one means that the seed has to be made again."""
    hashed = blake2b(digest_size=12)
    looked = [example.what for example in spam_texts.examples(CHECKED // 4, DRAWN)]
    looked += [comment.what for comments in written().values() for comment in comments[::10]]
    for what in looked:
        hashed.update(repr(seed.heard(features.extract_features(what))).encode())
    return hashed.hexdigest()


def learnt(texts: Sequence[Text], rounds: int = ROUNDS) -> Learnt:
    """What a regression learns; of marks that come once it learns nothing."""
    often = Counter(mark for text in texts for mark, _ in text.vector)
    names = sorted(mark for mark, count in often.items() if count >= _FEWEST)
    number = {mark: at for at, mark in enumerate(names)}
    decay = [_DECAY * len(texts) / often[mark] for mark in names]
    rows = [
        ([(number[mark], share) for mark, share in text.vector if mark in number], text)
        for text in texts
    ]
    chance = random.Random(DRAWN)  # noqa: S311 - an order, not a secret
    weights, squares, sums = ([value] * len(names) for value in (0.0, 0.1, 0.0))
    start, start_square, start_sum, summed = 0.0, 1.0, 0.0, 0
    for turn in range(rounds):
        chance.shuffle(rows)
        for row, text in rows:
            odds = start + sum([weights[at] * share for at, share in row])
            error = (seed.chance(max(-30.0, min(30.0, odds))) - text.spam) * text.weight
            for at, share in row:
                slope = error * share + decay[at] * weights[at]
                squares[at] += slope * slope
                weights[at] -= _RATE * slope / math.sqrt(squares[at])
            start_square += error * error
            start -= _RATE * error / math.sqrt(start_square)
        if turn >= rounds // 2:
            summed += 1
            start_sum += start
            sums = [total + weight for total, weight in zip(sums, weights, strict=True)]
    return Learnt(
        start_sum / summed,
        {mark: total / summed for mark, total in zip(names, sums, strict=True)},
    )


def generated(each: int = EACH) -> list[Text]:
    """Texts of the generator, as a regression takes them."""
    chance = random.Random(DRAWN)  # noqa: S311 - a draw, not a secret
    shares, ways = [share for share, _ in TOLD], [left_out for _, left_out in TOLD]
    return [
        Text(vector(example.what._replace(**left_out)), example.kind == spam_texts.SPAM)
        for example in spam_texts.examples(each, DRAWN)
        for left_out in chance.choices(ways, shares)
    ]


def of_people(comments: Sequence[spam.Comment]) -> list[Text]:
    """Texts that somebody wrote, as a regression takes them: each as every door tells it."""
    return [
        Text(vector(comment.what._replace(**left_out)), comment.spam, WRITTEN * share)
        for comment in comments
        for share, left_out in TOLD
    ]


def held_out_report() -> str:
    """Each author, judged by what is learnt from the others and the generator: a table."""
    made = generated()
    texts = {name: of_people(comments) for name, comments in written().items()}
    lines = []
    for name, theirs in texts.items():
        others = [one for author, found in texts.items() if author != name for one in found]
        result = learnt([*made, *others])
        said = [name]
        for way, called in enumerate(("all told", "no site", "bare words")):
            told = theirs[way :: len(TOLD)]
            held = [one for one in told if result.odds(one.vector) > seed.LEANING]
            spams, caught = (sum(one.spam for one in among) for among in (told, held))
            said.append(
                f"{called}: of {spams} spams {caught} caught,"
                f" of {len(told) - spams} comments {len(held) - caught} held"
            )
        lines.append("; ".join(said))
    return "\n".join(lines)


def packed(result: Learnt) -> bytes:
    """``seed.json`` of what was learnt (:class:`petitbleu.domain.safety.antispam.seed.Seed`)."""
    loud = array("b", bytes(seed.PIECES))
    by_piece = {m: w for m, w in result.weights.items() if m.startswith(seed.PIECE)}
    loudness = max(map(abs, by_piece.values()), default=1.0)
    for mark, weight in by_piece.items():
        loud[int(mark.removeprefix(seed.PIECE))] = round(weight / loudness * seed.MAX_WEIGHT)
    kept = {
        mark: round(weight, 3)
        for mark, weight in sorted(result.weights.items())
        if abs(weight) >= _KEPT and mark not in by_piece
    }
    pieces = base64.b64encode(loud.tobytes()).decode()
    made = seed.Seed(round(result.start, 3), kept, digest(), round(loudness, 4), pieces)
    return json.dumps(made, ensure_ascii=False, indent=0).encode() + b"\n"


def main() -> None:
    """Write the file, or say how well authors are told apart who were left out."""
    if sys.argv[1:] == ["apart"]:
        print(held_out_report())
        return
    among = [*generated(), *(one for found in written().values() for one in of_people(found))]
    result = learnt(among)
    path = Path(antispam.__path__[0]) / "seed.json"
    path.write_bytes(packed(result))
    print(f"{len(among)} texts, {len(result.weights)} marks: {path}")


if __name__ == "__main__":
    main()
