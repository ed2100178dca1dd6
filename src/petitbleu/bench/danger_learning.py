"""What the encoder of sentences learns from the corpus of danger: ``encoder_learning.py``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from pathlib import Path

from petitbleu.bench import encoder_file, encoder_learning
from petitbleu.bench.danger_corpus import DANGER, LABELS, ORDINARY, digest
from petitbleu.bench.danger_training import Counted
from petitbleu.bench.encoder_layers import read_below
from petitbleu.bench.encoder_learning import Corpus, Lesson
from petitbleu.desk.intake.danger import model, sentences

LAYERS = (2, 4, 6, 8)
"""Layers whose means are weighed, the first being 1."""
GROUPS = 3
"""Groups of authors of which each is left out once."""
ROUNDS = 4
WEIGHTS = (3.0, 0.75, 1.0)
"""How much a line of each of ``LABELS`` counts."""
HARD, EASY = 0.3, 0.2
"""Ordinary lines that are learnt from: the share that the first model takes most for danger, and
the share of the others, drawn anew each round.
"""
KIND_LINES = 24
"""Lines that a kind must have."""


def learn(counted: Counted, kept: Path, folder: Path) -> bytes:
    """The file of an encoder that learnt from everybody; what else was learnt is written beside the
    corpus in ``folder``. What is done is kept in ``kept``. Raises ImportError.
    """
    lines, source, first = counted.lines, encoder_file.package(), model.shipped()
    corpus = Corpus(
        digest(lines),
        [line.author for line in lines],
        GROUPS,
        lambda authors: lesson(counted, authors),
    )
    texts = [sentences.telling(line.text, first) for line in lines]
    below = read_below(source, texts, LAYERS)
    whole = encoder_learning.learn(corpus, below, kept, folder)
    return encoder_file.make(source, [line.text for line in lines], learnt=whole.tensors)


def lesson(counted: Counted, authors: Collection[str]) -> Lesson:
    """The lesson of what some authors wrote."""
    import torch

    lines = counted.lines
    scores = dict(counted.left_out(authors))
    own = [number for number, line in enumerate(lines) if line.author in authors]
    ordinary = sorted(
        (number for number in own if lines[number].label == ORDINARY),
        key=lambda number: -scores[lines[number]],
    )
    hard = ordinary[: int(HARD * len(ordinary))]
    often = Counter((lines[number].label, lines[number].kind) for number in own)
    names = sorted(name for name, count in often.items() if count >= KIND_LINES)
    place = {name: at for at, name in enumerate(names)}
    labels = torch.tensor([LABELS.index(line.label) for line in lines])
    return Lesson(
        [number for number in own if lines[number].label != ORDINARY] + hard,
        ordinary[len(hard) :],
        EASY,
        ROUNDS,
        (labels == LABELS.index(DANGER)).float(),
        torch.tensor(WEIGHTS)[labels],
        torch.tensor([place.get((line.label, line.kind), -1) for line in lines]),
        len(names),
        torch.tensor([scores.get(line, 0.0) for line in lines]),
    )
