"""The second model of spam: its file says what was fitted, and good comments keep their share."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from petitbleu.bench import encoder_learnt, spam_authors, spam_corpus, spam_sentences, spam_training
from petitbleu.bench.encoder_learnt import Head, Learnt
from petitbleu.bench.spam_corpus import HAM, SPAM, Line
from petitbleu.bench.spam_sentences import Left
from petitbleu.desk.intake.danger import encoder
from petitbleu.domain.safety.antispam import seed, sentences
from petitbleu.domain.safety.antispam.classifier import Opinion
from petitbleu.domain.safety.antispam.sentences import Sentences, as_read, odds_of
from petitbleu.domain.safety.antispam.submission import Submission
from petitbleu.weighttables import Unusable

WIDTH, LAYERS = 4, (2, 3)


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    return [line for line in spam_corpus.load() if line.language == "en"][::2]


@pytest.fixture(scope="module")
def learnt(lines: list[Line]) -> Learnt:
    """What learning might have left behind: scores that know spam, mostly."""
    chance = np.random.default_rng(7)
    weights = chance.normal(size=WIDTH * len(LAYERS)).astype("<f4")
    scores = chance.normal(size=len(lines)) + [2.0 * (line.label == SPAM) for line in lines]
    head = Head(1, spam_corpus.digest(lines), LAYERS, len(weights), 4, bias=-0.5, linear=1.0)
    return Learnt(head, weights.tobytes(), tuple(scores))


def _left(lines: list[Line], learnt: Learnt) -> list[Left]:
    chance = np.random.default_rng(8)
    scored = [(line, chance.normal() + 1.5 * (line.label == SPAM)) for line in lines]
    return spam_sentences.leave_out(scored, lines, learnt)


def test_the_file_says_what_was_learnt(lines: list[Line], learnt: Learnt) -> None:
    data = spam_sentences.write(lines, learnt, _left(lines, learnt))
    read, weights = Sentences(data), struct.unpack("<8f", learnt.weights)
    means = [np.full(WIDTH, float(layer)) for layer in (1, 2, 3)]
    wanted = 2.0 * sum(weights[:WIDTH]) + 3.0 * sum(weights[WIDTH:]) - 0.5
    assert read.say(means) == pytest.approx(wanted, abs=1e-4)
    for broken in (data[:-4], b"", b"{}\n"):
        with pytest.raises(Unusable):
            Sentences(broken)


def test_both_models_catch_more_and_hold_no_more(lines: list[Line], learnt: Learnt) -> None:
    left = _left(lines, learnt)
    limits = spam_sentences.choose(left)
    held = [limits.opinion(one).score >= 0.8 for one in left if one.line.label == HAM]
    assert sum(held) <= spam_training.HELD * len(held) + 1
    caught = [limits.opinion(one).score >= 0.8 for one in left if one.line.label == SPAM]
    alone = [limits.alone(one).score >= 0.8 for one in left if one.line.label == SPAM]
    assert sum(caught) > sum(alone)
    assert [one.line for one in left] == [one.line for one in left if one.line in set(lines)]
    judged = spam_authors.judge_both(left)
    assert sorted(one.line for one in judged) == sorted(lines)


def test_what_ships_is_what_was_learnt() -> None:
    lines = spam_corpus.load()
    found = encoder_learnt.read(spam_corpus.CORPUS, spam_corpus.digest(lines), len(lines))
    shipped = sentences.shipped()
    assert shipped.head.layers == found.head.layers and shipped.head.bias == found.head.bias
    assert shipped._weights == found.weights


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
