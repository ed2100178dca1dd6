"""How well danger is heard: every author left out once, with the others of a group.

For each group of authors models are trained on all others, and their thresholds chosen among lines
of those others that were left out in their turn. The rules that stand below the models are measured
beside them.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from petitbleu.bench import danger_corpus, danger_sentences
from petitbleu.bench.danger_corpus import DANGER, LABELS, LANGUAGES, NEAR, ORDINARY, Line
from petitbleu.bench.danger_sentences import Left
from petitbleu.bench.danger_training import Counted
from petitbleu.bench.encoder_learnt import Learnt
from petitbleu.bench.shares import Share
from petitbleu.desk.intake.classify import dangers
from petitbleu.desk.intake.danger import encoder, model, reading, sentences


class Scored(NamedTuple):
    """A line of an author nothing was learnt from, and what it was taken for."""

    line: Line
    level: str
    alone: str
    """The same without the rules."""
    second: bool = False
    """Whether it was left open to the second model."""


def measure(
    counted: Counted, left: Sequence[Left], weight: float
) -> tuple[list[Scored], list[Scored]]:
    """Every line, read by both models and by the first one alone, where neither learnt anything of
    its author; their thresholds are chosen among the lines of the other groups. ``weight``: as of
    :func:`danger_sentences.choose`.
    """
    both, first = [], []
    for group in sorted({one.group for one in left}):
        others = [one for one in left if one.group != group]
        limits = danger_sentences.choose(counted, others, weight)
        alone = counted.chosen([(one.line, one.linear) for one in others])
        for one in left:
            if one.group == group:
                ruled = one.line in counted.ruled
                both.append(
                    Scored(
                        one.line,
                        limits.level(one, alone, ruled=ruled),
                        limits.level(one, alone, ruled=False),
                        limits.leaves_open(one, ruled=ruled),
                    )
                )
                first.append(
                    Scored(
                        one.line,
                        model.level(alone, one.linear, ruled=ruled),
                        model.level(alone, one.linear, ruled=False),
                    )
                )
    return both, first


def share(scored: Sequence[Scored], label: str, *levels: str) -> Share:
    """How many lines of a label were taken for one of ``levels``."""
    asked = [score for score in scored if score.line.label == label]
    return Share(sum(one.level in levels for one in asked), len(asked))


def read_as_shipped(lines: Iterable[Line]) -> list[Scored]:
    """What the shipped models and the rules make of lines that do not come in a flood."""
    found = []
    for line in lines:
        reading.use_encoder()  # with all its time
        heard = dangers.read(line.text)
        alone = reading.read(line.text)
        found.append(Scored(line, heard.level, alone.level, alone.second))
    return found


def without_rules(scored: Sequence[Scored]) -> list[Scored]:
    """What the model alone makes of the lines."""
    return [score._replace(level=score.alone) for score in scored]


def table(scored: Sequence[Scored]) -> str:
    """Counts and intervals by language and label."""
    rows = {
        language or "all": [one for one in scored if language in ("", one.line.language)]
        for language in (*LANGUAGES, "")
    }
    return _table(rows)


def by_author(scored: Sequence[Scored]) -> str:
    """Counts and intervals by author and label."""
    authors = sorted({one.line.author for one in scored})
    return _table({who: [one for one in scored if one.line.author == who] for who in authors})


def _table(rows: Mapping[str, Sequence[Scored]]) -> str:
    found = [
        f"{'':8}{'danger heard (any)':>28}{'as danger':>28}{'near: danger':>26}"
        f"{'near: any':>28}{'ordinary: danger':>28}{'ordinary: any':>28}"
    ]
    both = (model.DANGER, model.PERHAPS)
    for name, scored in rows.items():
        cells = [
            share(scored, label, *levels).text
            for label, levels in (
                (DANGER, both), (DANGER, both[:1]), (NEAR, both[:1]), (NEAR, both),
                (ORDINARY, both[:1]), (ORDINARY, both),
            )
        ]  # fmt: skip
        found.append(f"{name:8}" + "".join(f"{cell:>28}" for cell in cells))
    return "\n".join(found)


def report(lines: Sequence[Line], learnt: Learnt) -> str:
    """The corpus, the tables of groups of authors left out, sizes and the time of a message."""
    labels = Counter((line.author, line.label) for line in lines)
    authors = sorted({line.author for line in lines})
    begun = time.perf_counter()
    counted = Counted(lines)
    left = danger_sentences.leave_out(counted, learnt)
    both, first = measure(counted, left, learnt.head.linear)
    spent = time.perf_counter() - begun
    corpus = [
        f"{author}: " + ", ".join(f"{labels[author, label]} {label}" for label in LABELS)
        for author in authors
    ]
    tables = []
    for name, scored in (
        ("both models and rules", both),
        ("both models alone", without_rules(both)),
        ("first model and rules", first),
        ("first model alone", without_rules(first)),
    ):
        tables += ["", name, table(scored)]
    tables += ["", "both models and rules, by author", by_author(both)]
    if danger_corpus.STRANGERS.is_dir():
        shipped = read_as_shipped(danger_corpus.load_strangers(lines))
        tables += ["", "what ships, authors of danger-strangers", table(shipped)]
    shares = ", ".join(
        f"{label} {Share(sum(one.second for one in of), len(of)).text}"
        for label in LABELS
        for of in [[one for one in both if one.line.label == label]]
    )
    return "\n".join(
        [*corpus, *tables, "", f"left open to the second model: {shares}", speed(lines),
         f"measured in {spent:.0f} s"]
    )  # fmt: skip


def speed(lines: Sequence[Line]) -> str:
    """Sizes of the shipped models and milliseconds of one message."""
    texts = [line.text for line in lines[:: max(1, len(lines) // 2000)]]
    first = _times(model.shipped().read, texts)
    reader, weighed = encoder.shipped(), sentences.shipped()
    second = _times(lambda text: weighed.read(reader, text, 0.0), texts[::10])
    sizes = [file.stat().st_size / (1 << 20) for file in (model.FILE, sentences.FILE, encoder.FILE)]
    return (
        f"models {sum(sizes):.1f} MiB; a message takes {first} (first model), {second} (second)"
        " on this machine"
    )


def _times(read: Callable[[str], object], texts: Sequence[str]) -> str:
    times = []
    for text in texts:
        begun = time.thread_time()
        read(text)
        times.append(1000 * (time.thread_time() - begun))
    times.sort()
    return f"{times[len(times) // 2]:.2f} ms (median), {times[len(times) * 99 // 100]:.2f} ms (p99)"
