"""The second model of spam: its file says what was fitted, and good comments keep their share."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from petitbleu.bench import spam_authors, spam_corpus, spam_sentences, spam_training
from petitbleu.bench.spam_corpus import HAM, SPAM, Line
from petitbleu.bench.spam_sentences import Left, Weighed
from petitbleu.desk.intake.danger import encoder
from petitbleu.domain.safety.antispam import seed, sentences
from petitbleu.domain.safety.antispam.classifier import Opinion
from petitbleu.domain.safety.antispam.sentences import Sentences, as_read, odds_of
from petitbleu.domain.safety.antispam.submission import Submission
from petitbleu.weighttables import Unusable

WIDTH, LAYERS = 4, 8


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    return [line for line in spam_corpus.load() if line.language == "en"][::2]


@pytest.fixture(scope="module")
def numbers(lines: list[Line]) -> Any:
    """What an encoder might make of the lines: one number of each layer knows spam, mostly."""
    found = np.random.default_rng(7).normal(size=(len(lines), WIDTH * LAYERS))
    found[:, ::WIDTH] += 2.0 * np.array([[line.label == SPAM] for line in lines])
    return found.astype(np.float32)


def _left(lines: list[Line], weighed: Weighed) -> list[Left]:
    chance = np.random.default_rng(8)
    scored = [(line, chance.normal() + 1.5 * (line.label == SPAM)) for line in lines]
    return spam_sentences.leave_out(scored, weighed)


def test_the_file_says_what_was_fitted(lines: list[Line], numbers: Any) -> None:
    weighed = Weighed(lines, numbers, LAYERS)
    data = spam_sentences.write(weighed, _left(lines, weighed))
    read, everybody = Sentences(data), {line.author for line in lines}
    wanted = weighed.scores(weighed.fit(everybody), everybody)
    for row, score in zip(numbers[:20], wanted, strict=False):
        assert read.say(list(row.reshape(LAYERS, WIDTH))) == pytest.approx(score, abs=1e-4)
    for broken in (data[:-4], b"", b"{}\n"):
        with pytest.raises(Unusable):
            Sentences(broken)


def test_both_models_catch_more_and_hold_no_more(lines: list[Line], numbers: Any) -> None:
    weighed = Weighed(lines, numbers, LAYERS)
    left = _left(lines, weighed)
    limits = spam_sentences.choose(left)
    held = [limits.opinion(one).score >= 0.8 for one in left if one.line.label == HAM]
    assert sum(held) <= spam_training.HELD * len(held) + 1
    caught = [limits.opinion(one).score >= 0.8 for one in left if one.line.label == SPAM]
    alone = [limits.alone(one).score >= 0.8 for one in left if one.line.label == SPAM]
    assert sum(caught) > sum(alone)
    assert [one.line for one in left] == [one.line for one in left if one.line in set(lines)]
    judged = spam_authors.judge_both(left)
    assert sorted(one.line for one in judged) == sorted(lines)


def test_the_shipped_file_is_of_the_corpus_and_of_the_encoder() -> None:
    head = sentences.shipped().head
    assert head.corpus == seed.shipped().head.corpus == spam_corpus.digest(spam_corpus.load())
    assert max(head.layers) <= encoder.shipped().head.layers
    assert head.low < 0 < head.high


def test_what_the_first_model_is_sure_of_is_not_read() -> None:
    second = sentences.shipped()
    for odds, opened in ((second.head.low - 0.01, False), (second.head.low + 0.01, True)):
        opinion = Opinion(seed.chance(odds + seed.LIMIT), [])
        assert odds_of(opinion) == pytest.approx(odds)
        assert second.leaves_open(opinion) is opened


def test_more_for_spam_is_a_higher_score_and_a_reason() -> None:
    second, first = sentences.shipped(), Opinion(0.5, [("links:1", 0.4)])
    less, more = second.both(first, -9.0), second.both(first, 9.0)
    assert less.score < 0.8 <= more.score
    assert more.reasons[0][0] == sentences.MARK and more.reasons[1:] == first.reasons


@pytest.mark.parametrize("text", ["", "x" * 100_000, "\ud800", "𓀀" * 20_000, "a " * 10_000])
def test_what_is_read_is_bounded(text: str) -> None:
    what = Submission(text, author="n" * 5_000, site="s" * 5_000)
    assert len(as_read(what)) <= sentences.READ_MAX + 200
