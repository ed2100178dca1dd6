"""How well spam is caught: every author of the corpus left out once.

For each author a model is trained on all others, and its threshold chosen by how the comments of
these others are scored, each by a model that learnt nothing from its own author. What is counted is
the verdict of a fresh instance, rules and all: whatever is not published is caught, or held.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from petitbleu.bench import spam_sentences, spam_training
from petitbleu.bench.corpus_files import LANGUAGES
from petitbleu.bench.encoder_learnt import Learnt
from petitbleu.bench.shares import Share
from petitbleu.bench.spam_corpus import HAM, LABELS, Line
from petitbleu.bench.spam_sentences import Left
from petitbleu.domain.safety.antispam import features, seed, verdicts
from petitbleu.domain.safety.antispam.classifier import Opinion

CAUGHT_GOAL, HELD_GOAL = 96.0, 2.0
"""Percent of spam caught at least, and of comments held at most, in each language."""


class Judged(NamedTuple):
    """A line of an author nothing was learnt from, and its verdict."""

    line: Line
    verdict: str
    figure: float
    """The first model's."""
    second: bool = False
    """Whether it was left open to the second model."""

    @property
    def stopped(self) -> bool:
        """Whether it was not published."""
        return self.verdict != verdicts.PUBLISH


def measure(
    lines: Sequence[Line], learnt: Learnt | None = None
) -> tuple[list[Judged], list[Judged]]:
    """Every line, judged as a fresh instance would that learnt nothing from its author: by both
    models (none without ``learnt``), and by the first one alone.
    """
    scored = spam_training.Counted(lines, spam_training.older()).score_left_out()
    both = [] if learnt is None else judge_both(spam_sentences.leave_out(scored, lines, learnt))
    return both, judge(scored)


def judge(scored: Sequence[tuple[Line, float]]) -> list[Judged]:
    """Verdicts of lines with their figures; the others choose the threshold of each author."""
    found = []
    for author in sorted({line.author for line, _ in scored}):
        others = [one for one in scored if one[0].author != author]
        limit = spam_training.threshold(others)
        steep = spam_training.steepness(others, limit)
        for line, figure in scored:
            if line.author == author:
                thought = Opinion(seed.as_score(figure, limit, steep), [])
                verdict = verdicts.decide(line.submission, seed=thought)
                found.append(Judged(line, verdict.verdict, figure))
    return found


def judge_both(left: Sequence[Left]) -> list[Judged]:
    """The same by both models."""
    found = []
    for author in sorted({one.line.author for one in left}):
        limits = spam_sentences.choose([one for one in left if one.line.author != author])
        for one in left:
            if one.line.author == author:
                verdict = verdicts.decide(one.line.submission, seed=limits.opinion(one))
                found.append(Judged(one.line, verdict.verdict, one.figure, limits.leaves_open(one)))
    return found


def share(judged: Sequence[Judged], label: str) -> Share:
    """How many of a label's lines were stopped."""
    asked = [one for one in judged if one.line.label == label]
    return Share(sum(one.stopped for one in asked), len(asked))


def table(judged: Sequence[Judged]) -> str:
    """Counts and intervals by language and by author, and what was thrown away."""
    caught, held = f"goal >= {CAUGHT_GOAL:g}%", f"goal <= {HELD_GOAL:g}%"
    rows = [f"{'':8}{'spam caught':>28}{'comments held':>28}", f"{'':8}{caught:>28}{held:>28}"]
    for language in LANGUAGES:
        rows.append(_row(language, [one for one in judged if one.line.language == language]))
    for author in sorted({one.line.author for one in judged}):
        rows.append(_row(author, [one for one in judged if one.line.author == author]))
    rows.append(_row("all", judged))
    thrown = sum(one.line.label == HAM and one.verdict == verdicts.DISCARD for one in judged)
    rows.append(f"comments thrown away: {thrown}")
    return "\n".join(rows)


def _row(name: str, judged: Sequence[Judged]) -> str:
    cells = [share(judged, label).text for label in LABELS]
    return f"{name:8}" + "".join(f"{cell:>28}" for cell in cells)


def report(lines: Sequence[Line], learnt: Learnt) -> str:
    """The corpus, the tables of authors left out, sizes and the time of a comment."""
    counted = Counter((line.author, line.label) for line in lines)
    begun = time.perf_counter()
    both, first = measure(lines, learnt)
    spent = time.perf_counter() - begun
    corpus = [
        f"{author}: " + ", ".join(f"{counted[author, label]} {label}" for label in LABELS)
        for author in sorted({line.author for line in lines})
    ]
    opened = ", ".join(
        f"{label} {Share(sum(one.second for one in of), len(of)).text}"
        for label in LABELS
        for of in [[one for one in both if one.line.label == label]]
    )
    return "\n".join(
        [*corpus, "", "both models", table(both), "", "first model alone", table(first), "",
         f"left open to the second model: {opened}", speed(lines), f"measured in {spent:.0f} s"]
    )  # fmt: skip


def speed(lines: Sequence[Line]) -> str:
    """Size of the shipped model, and milliseconds of processor in which a comment is looked at."""
    texts = [line.submission for line in lines[:: max(1, len(lines) // 1000)]]
    times = []
    for what in texts:
        begun = time.process_time()
        seed.opinion(what, features.extract_features(what))
        times.append(1000 * (time.process_time() - begun))
    times.sort()
    size = seed.FILE.stat().st_size / (1 << 20)
    return (
        f"model {size:.1f} MiB (at most 2); a comment takes {times[len(times) // 2]:.2f} ms"
        f" (median), {times[len(times) * 99 // 100]:.2f} ms (p99) of processor here (at most 5)"
    )
