"""Training the second model: what its file says is what was fitted, and thresholds keep shares."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from petitbleu.bench import danger, danger_corpus, danger_sentences
from petitbleu.bench.danger_corpus import DANGER, LABELS, Line
from petitbleu.bench.danger_sentences import Left, Limits, Weighed
from petitbleu.bench.danger_training import (
    NEAR_DANGER,
    NEAR_PERHAPS,
    ORDINARY_DANGER,
    ORDINARY_PERHAPS,
    Counted,
    Thresholds,
)
from petitbleu.desk.intake.danger.sentences import Sentences
from petitbleu.weighttables import Unusable

WIDTH = 4


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    return [line for line in danger_corpus.load() if line.language == "en"][::9]


@pytest.fixture(scope="module")
def numbers(lines: list[Line]) -> Any:
    """What an encoder might make of the lines: one number of each layer knows danger, mostly."""
    chance = np.random.default_rng(7)
    found = chance.normal(size=(len(lines), WIDTH * max(danger_sentences.LAYERS)))
    found[:, ::WIDTH] += 2.0 * np.array([[line.label == DANGER] for line in lines])
    return found.astype(np.float32)


def _left(lines: list[Line], weighed: Weighed) -> list[Left]:
    """Scores of the second model with authors left out, beside some of a first one."""
    chance, everybody = np.random.default_rng(8), {line.author for line in lines}
    found = []
    for group, author in enumerate(sorted(everybody)):
        own = [line for line in lines if line.author == author]
        scores = weighed.scores(weighed.fit(everybody - {author}), {author})
        linear = chance.normal(size=len(own)) + [line.label == DANGER for line in own]
        found += [Left(*one) for one in zip(own, [group] * len(own), linear, scores, strict=True)]
    return found


class Ruled(Counted):
    """A corpus in which no rule finds anything, and whose marks nobody counted."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines, self.ruled = lines, set()


def test_the_file_says_what_was_fitted(lines: list[Line], numbers: Any) -> None:
    weighed, counted = Weighed(lines, numbers), Ruled(lines)
    data = danger_sentences.write(counted, weighed, _left(lines, weighed))
    read = Sentences(data)
    everybody = {line.author for line in lines}
    wanted = weighed.scores(weighed.fit(everybody), everybody)
    for row, score in zip(numbers[:20], wanted, strict=False):
        means = [row[WIDTH * (layer - 1) : WIDTH * layer] for layer in read.head.layers]
        assert read.score(means, 0.0) == pytest.approx(score, abs=1e-4)
        assert read.score(means, 2.0) == pytest.approx(score + 2 * read.head.linear, abs=1e-4)
    with pytest.raises(Unusable):
        Sentences(data[:-4])


def test_harmless_lines_keep_their_shares(lines: list[Line], numbers: Any) -> None:
    weighed, counted = Weighed(lines, numbers), Ruled(lines)
    left = _left(lines, weighed)
    limits = danger_sentences.choose(counted, left)
    first = counted.chosen([(one.line, one.linear) for one in left])
    taken: dict[str, list[str]] = {label: [] for label in LABELS}
    for one in left:
        taken[one.line.label].append(limits.level(one, first, ruled=False))
    for label, danger_, any_ in (
        ("near", NEAR_DANGER, NEAR_PERHAPS),
        ("ordinary", ORDINARY_DANGER, ORDINARY_PERHAPS),
    ):
        found = taken[label]
        assert found.count("danger") <= danger_ * len(found) + 1
        assert len(found) - found.count("") <= any_ * len(found) + 1
    alone = [first.danger <= one.linear for one in left if one.line.label == DANGER]
    assert taken[DANGER].count("danger") > sum(alone)


def test_what_the_first_model_is_sure_of_is_not_left_open() -> None:
    line, limits = Line("a", "en", "near", "k", "t"), Limits(-1, 1, 1, Thresholds(0, 5, 3))
    first = Thresholds(0, 0.5, 0.2)
    assert limits.level(Left(line, 0, 1.0, -9), first, ruled=False) == "danger"
    assert limits.level(Left(line, 0, -1.1, 9), first, ruled=False) == ""
    assert limits.level(Left(line, 0, 0.9, -9), first, ruled=False) == ""
    assert limits.level(Left(line, 0, -0.9, 9), first, ruled=False) == "danger"


def test_both_tables_are_of_the_same_lines(lines: list[Line], numbers: Any) -> None:
    weighed = Weighed(lines, numbers)
    both, first = danger.measure(Ruled(lines), _left(lines, weighed))
    assert sorted(one.line for one in both) == sorted(one.line for one in first) == sorted(lines)
    assert "all" in danger.table(both)
