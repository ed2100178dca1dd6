"""What learning the encoder's layers left behind: ``learnt.bin`` beside a corpus.

The weights of the second model of everybody, and the score of every line by a second model that
learnt nothing from its author's group: thresholds are chosen and tables printed of these, without
learning again (``encoder_learning.py`` needs an hour and PyTorch).

A line of JSON, then numbers of 32 bits: a weight for each number of the means that are weighed, and
a score for each line of the corpus.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

import msgspec

from petitbleu.bench.corpus_files import Broken

NAME = "learnt.bin"


class Head(msgspec.Struct, frozen=True):
    """The first line of the file."""

    format: int
    corpus: str
    """SHA-256 of the corpus that was learnt from."""
    layers: tuple[int, ...]
    """Layers of the encoder whose means are weighed."""
    weights: int
    groups: int
    """Groups of authors, each left out once."""
    bias: float
    linear: float
    """How much the first model's score counted beside the encoder's while it learnt."""


class Learnt(msgspec.Struct, frozen=True):
    """The file, read."""

    head: Head
    weights: bytes
    """As ``sentences.bin`` has them."""
    scores: tuple[float, ...]
    """Of the encoder alone, in the order of the corpus."""


def read(folder: Path, corpus: str, lines: int) -> Learnt:
    """What was learnt from the ``lines`` of a corpus of that digest in ``folder``. Raises Broken
    where it was learnt from others.
    """
    path = folder / NAME
    try:
        line, _, rest = path.read_bytes().partition(b"\n")
        head = msgspec.json.decode(line, type=Head)
    except (OSError, msgspec.DecodeError) as error:
        raise Broken(f"{path}: nothing was learnt: {error}") from None
    if head.corpus != corpus:
        raise Broken(
            f"{path}: the encoder learnt from another corpus;"
            " run “petitbleu dev train … --learn” (needs PyTorch: pip install torch)"
        )
    if len(rest) != 4 * (head.weights + lines):
        raise Broken(f"{path}: the file was cut")
    scores = struct.unpack(f"<{lines}f", rest[4 * head.weights :])
    return Learnt(head, rest[: 4 * head.weights], scores)


def write(head: Head, weights: bytes, scores: Sequence[float], folder: Path) -> None:
    """Write the file."""
    data = msgspec.json.encode(head) + b"\n" + weights + struct.pack(f"<{len(scores)}f", *scores)
    (folder / NAME).write_bytes(data)
