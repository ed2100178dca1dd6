"""What the encoder of sentences learns from the corpus of comments: ``encoder_learning.py``.

Its upper layers once more, apart from those that learnt from the corpus of danger.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from petitbleu.bench import encoder_file, encoder_learning
from petitbleu.bench.encoder_layers import read_below
from petitbleu.bench.encoder_learning import Corpus, Lesson
from petitbleu.bench.spam_corpus import SPAM, digest
from petitbleu.bench.spam_training import Counted
from petitbleu.domain.safety.antispam import sentences

LAYERS = (1, 2, 3, 4, 5, 6, 7, 8)
"""Layers whose means are weighed, the first being 1."""
GROUPS = 4
"""Groups of authors of which each is left out once."""
ROUNDS = 3


def learn(counted: Counted, kept: Path, folder: Path) -> bytes:
    """The file of upper layers that learnt from everybody's comments; what else was learnt is
    written beside the corpus in ``folder``. What is done is kept in ``kept``. Raises ImportError.
    """
    lines, source = counted.lines, encoder_file.package()
    corpus = Corpus(
        digest(lines),
        [line.author for line in lines],
        GROUPS,
        lambda authors: lesson(counted, authors),
    )
    texts = [sentences.as_read(line.submission) for line in lines]
    below = read_below(source, texts, LAYERS)
    whole = encoder_learning.learn(corpus, below, kept, folder)
    return encoder_file.make_layers(source, whole.tensors, corpus.digest)


def lesson(counted: Counted, authors: Collection[str]) -> Lesson:
    """The lesson of what some authors wrote."""
    import torch

    scores = dict(counted.left_out(authors))
    lines = counted.lines
    return Lesson(
        [number for number, line in enumerate(lines) if line.author in authors],
        [],
        0.0,
        ROUNDS,
        torch.tensor([float(line.label == SPAM) for line in lines]),
        torch.ones(len(lines)),
        torch.full((len(lines),), -1),
        0,
        torch.tensor([scores.get(line, 0.0) for line in lines]),
    )
