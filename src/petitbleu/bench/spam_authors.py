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

from petitbleu.bench import spam_training
from petitbleu.bench.corpus_files import LANGUAGES
from petitbleu.bench.shares import Share
from petitbleu.bench.spam_corpus import HAM, LABELS, Line
from petitbleu.domain.safety.antispam import features, seed, verdicts
from petitbleu.domain.safety.antispam.classifier import Opinion

CAUGHT_GOAL, HELD_GOAL = 96.0, 2.0
"""Percent of spam caught at least, and of comments held at most, in each language."""


class Judged(NamedTuple):
    """A line of an author nothing was learnt from, and its verdict."""

    line: Line
    verdict: str
    figure: float

    @property
    def stopped(self) -> bool:
        """Whether it was not published."""
        return self.verdict != verdicts.PUBLISH


def measure(lines: Sequence[Line]) -> list[Judged]:
    """Every line, judged as a fresh instance would that learnt nothing from its author."""
    scored = spam_training.Counted(lines, spam_training.older()).score_left_out()
    return judge(scored)


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


def report(lines: Sequence[Line]) -> str:
    """The corpus, the table of authors left out, the model's size and the time of a comment."""
    counted = Counter((line.author, line.label) for line in lines)
    begun = time.perf_counter()
    judged = measure(lines)
    spent = time.perf_counter() - begun
    corpus = [
        f"{author}: " + ", ".join(f"{counted[author, label]} {label}" for label in LABELS)
        for author in sorted({line.author for line in lines})
    ]
    return "\n".join([*corpus, "", table(judged), "", speed(lines), f"measured in {spent:.0f} s"])


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
