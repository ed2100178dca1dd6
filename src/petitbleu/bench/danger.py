"""How well danger is heard: every author left out once.

For each author a model is trained on all others, its two thresholds chosen among those others
alone (inner folds of authors), and the author's lines are scored by the very code that ships. The
rules that stand below the model are measured beside it.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from petitbleu.bench import danger_training
from petitbleu.bench.danger_corpus import DANGER, LABELS, LANGUAGES, NEAR, ORDINARY, Line
from petitbleu.bench.shares import Share
from petitbleu.desk.intake.danger import model


class Scored(NamedTuple):
    """A line of an author nothing was learnt from, and what it was taken for."""

    line: Line
    level: str
    alone: str
    """The same without the rules."""


def measure(lines: Sequence[Line]) -> list[Scored]:
    """Every line, read by a model that learnt nothing from its author."""
    counted = danger_training.Counted(lines)
    everybody = {line.author for line in lines}
    found = []
    for author in sorted(everybody):
        others = everybody - {author}
        limits = counted.thresholds(others)
        fitted = counted.fit(others)
        reader = model.Model(danger_training.write((), fitted, limits))
        for line, score in counted.scores(fitted, {author}):
            alone = reader.level(score, ruled=False)
            found.append(Scored(line, reader.level(score, ruled=line in counted.ruled), alone))
    return found


def share(scored: Sequence[Scored], label: str, *levels: str, language: str = "") -> Share:
    """How many lines of a label (and language) were taken for one of ``levels``."""
    asked = [
        score
        for score in scored
        if score.line.label == label and language in ("", score.line.language)
    ]
    return Share(sum(one.level in levels for one in asked), len(asked))


def without_rules(scored: Sequence[Scored]) -> list[Scored]:
    """What the model alone makes of the lines."""
    return [score._replace(level=score.alone) for score in scored]


def table(scored: Sequence[Scored]) -> str:
    """Counts and intervals by language and label."""
    rows = [
        f"{'':8}{'danger heard (any)':>28}{'as danger':>28}{'near: danger':>26}"
        f"{'near: any':>28}{'ordinary: danger':>28}{'ordinary: any':>28}"
    ]
    for language in (*LANGUAGES, ""):
        both = (model.DANGER, model.PERHAPS)
        cells = [
            share(scored, label, *levels, language=language).text
            for label, levels in (
                (DANGER, both), (DANGER, both[:1]), (NEAR, both[:1]), (NEAR, both),
                (ORDINARY, both[:1]), (ORDINARY, both),
            )
        ]  # fmt: skip
        rows.append(f"{language or 'all':8}" + "".join(f"{cell:>28}" for cell in cells))
    return "\n".join(rows)


def report(lines: Sequence[Line]) -> str:
    """The corpus, the table of authors left out, the model's size and the time of a message."""
    counted = Counter((line.author, line.label) for line in lines)
    authors = sorted({line.author for line in lines})
    begun = time.perf_counter()
    scored = measure(lines)
    spent = time.perf_counter() - begun
    corpus = [
        f"{author}: " + ", ".join(f"{counted[author, label]} {label}" for label in LABELS)
        for author in authors
    ]
    tables = ["model and rules", table(scored), "", "model alone", table(without_rules(scored))]
    return "\n".join([*corpus, "", *tables, "", speed(lines), f"measured in {spent:.0f} s"])


def speed(lines: Sequence[Line]) -> str:
    """Size of the shipped model and milliseconds of one message."""
    reader = model.shipped()
    texts = [line.text for line in lines[:: max(1, len(lines) // 2000)]]
    times = []
    for text in texts:
        begun = time.perf_counter()
        reader.read(text)
        times.append(1000 * (time.perf_counter() - begun))
    times.sort()
    size = model.FILE.stat().st_size / (1 << 20)
    return (
        f"model {size:.1f} MiB; a message takes {times[len(times) // 2]:.2f} ms (median),"
        f" {times[len(times) * 99 // 100]:.2f} ms (p99) on this machine"
    )
