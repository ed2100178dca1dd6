"""What learning the encoder's layers left behind: ``corpora/danger/learnt.bin``.

The weights of the second model of everybody, and the score of every line by a second model that
learnt nothing from its author's group: thresholds are chosen and tables printed of these, without
learning again (``danger_learning.py`` needs an hour and PyTorch).

A line of JSON, then numbers of 32 bits: a weight for each number of the means that are weighed, and
a score for each line of the corpus.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

import msgspec

from petitbleu.bench.danger_corpus import CORPUS, Broken, Line, digest

FILE = CORPUS / "learnt.bin"


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


def read(lines: Sequence[Line], path: Path = FILE) -> Learnt:
    """What was learnt from these lines. Raises Broken where it was learnt from others."""
    try:
        line, _, rest = path.read_bytes().partition(b"\n")
        head = msgspec.json.decode(line, type=Head)
    except (OSError, msgspec.DecodeError) as error:
        raise Broken(f"{path.name}: nothing was learnt: {error}") from None
    if head.corpus != digest(lines):
        raise Broken(
            f"{path.name}: the encoder learnt from another corpus;"
            " run “petitbleu dev train danger --learn” (needs PyTorch: pip install torch)"
        )
    if len(rest) != 4 * (head.weights + len(lines)):
        raise Broken(f"{path.name}: the file was cut")
    scores = struct.unpack(f"<{len(lines)}f", rest[4 * head.weights :])
    return Learnt(head, rest[: 4 * head.weights], scores)


def write(head: Head, weights: bytes, scores: Sequence[float], path: Path = FILE) -> None:
    """Write the file."""
    data = msgspec.json.encode(head) + b"\n" + weights + struct.pack(f"<{len(scores)}f", *scores)
    path.write_bytes(data)
