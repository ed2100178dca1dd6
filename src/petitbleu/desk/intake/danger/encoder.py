"""An encoder of sentences: what a text says as numbers, in any of many languages.

The first layers of multilingual-e5-small (MIT: ``encoder-licence.txt``), with the pieces of words
that the desk's languages use; the upper ones learnt further from the corpus of danger. The file
(``encoder.bin``, written by ``bench/encoder_file.py``) is a line of JSON, the pieces, then weights
of 4 bits in blocks of 32 with a scale each. What was learnt stands beside them as the difference,
2 bits a weight: it is smaller than the steps of the 4 bits. ``comments.bin`` holds other
differences of the upper layers, which learnt from comments: that encoder reads for spam.

numpy is imported where an encoder is made, and with one thread: a start of the server needs
neither, and the processes that read may start no threads.
"""

from __future__ import annotations

import math
import unicodedata
from copy import copy
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from petitbleu.desk.intake.danger.threads import one_thread
from petitbleu.weighttables import Unusable

FILE = Path(__file__).with_name("encoder.bin")
COMMENTS = FILE.with_name("comments.bin")
BLOCK, BLOCK_BYTES = 32, 18
"""Weights that share a scale, and the bytes of them: the scale (16 bits), then 4 bits each."""
STEP_BYTES = 10
"""The bytes of a block of differences: the scale (16 bits), then 2 bits each: -3, -1, 1 or 3 times
the scale.
"""
TOKENS_MAX = 254
"""Pieces of a text that are read."""
_CHARACTERS_MAX = 2_000
_PROMPT = "query: "
"""What stood before each text in the encoder's training."""
SPACE = "\u2581"
"""What stands for a space in pieces."""
_UNKNOWN_LESS = 10.0
"""How much less an unknown character is worth than the worst piece."""
NORMS = ("aln.w", "aln.b", "oln.w", "oln.b")
BIASES = ("q.b", "k.b", "v.b", "ao.b", "fi.b", "fo.b")
MATRICES = ("q.w", "k.w", "v.w", "ao.w", "fi.w", "fo.w")
"""Tensors of a layer in the order of the file: query, key, value, attention's output, the inner
layer's input and output; scales and shifts after attention and at the end."""


class Head(msgspec.Struct, frozen=True):
    """The first line of the file."""

    format: int
    source: str
    width: int
    heads: int
    inner: int
    layers: int
    copied: int
    """How many of the layers are as they were; those above have differences, too."""
    positions: int
    pieces: int
    """How many pieces of words."""
    named: int
    """Bytes of their names."""
    start: int
    end: int
    unknown: int
    """Numbers of the pieces that begin and end a text and stand for what none is."""
    epsilon: float


class LayersHead(msgspec.Struct, frozen=True):
    """The first line of a file of layers that learnt something else."""

    format: int
    corpus: str
    """SHA-256 of the texts that they learnt from."""
    copied: int
    """How many lower layers are as they were."""
    layers: int
    """How many layers there are in all."""


class _Layer(NamedTuple):
    """A layer: matrices as they are multiplied from the right, and biases."""

    joined: Any
    """Query, key and value side by side."""
    joins: Any
    out: Any
    outs: Any
    into: Any
    intos: Any
    back: Any
    backs: Any
    norms: list[Any]


class _Source:
    """Numbers of a file, one after the other. ``np``: numpy."""

    def __init__(self, np: Any, data: memoryview, at: int = 0) -> None:
        self.np, self.data, self.at = np, data, at

    def floats(self, *shape: int) -> Any:
        """Numbers of 32 bits."""
        count = math.prod(shape)
        found = self.np.frombuffer(self.data, "<f4", count, self.at).reshape(shape)
        self.at += 4 * count
        return found

    def blocks(self, count: int, size: int) -> Any:
        """Blocks of ``size`` bytes."""
        found = self.np.frombuffer(self.data, self.np.uint8, count * size, self.at)
        self.at += count * size
        return found


class Encoder:
    """An encoder that was read. Raises Unusable where the file is cut or of another format."""

    def __init__(self, data: bytes) -> None:
        line, _, rest = data.partition(b"\n")
        try:
            self.head = msgspec.json.decode(line, type=Head)
        except msgspec.DecodeError as error:
            raise Unusable(f"The encoder has no head: {error}.") from None
        if self.head.format != 2:
            raise Unusable("The encoder is of another format.")
        if len(rest) != _size(self.head):
            raise Unusable("The encoder is of another size or was cut.")
        one_thread()
        import numpy as np

        self._np = np
        self._read(memoryview(rest))

    def _read(self, rest: memoryview) -> None:
        np, head = self._np, self.head
        names = bytes(rest[: head.named]).decode().split("\n")
        source = _Source(np, rest, head.named)
        scores = source.floats(head.pieces)
        self._pieces = {
            name: (number, float(score))
            for number, (name, score) in enumerate(zip(names, scores, strict=True))
        }
        self._longest = max(map(len, self._pieces))
        self._unknown = float(scores.min()) - _UNKNOWN_LESS
        self._positions = source.floats(head.positions, head.width)
        self._first = source.floats(2, head.width)
        rows = source.blocks(head.pieces * head.width // BLOCK, BLOCK_BYTES)
        self._vectors = rows.reshape(head.pieces, -1)
        self._layers: list[_Layer] = []
        self._copied: list[list[Any]] = []
        """Of each layer the 4 bits of its matrices, beside which other differences may be put."""
        for number in range(head.layers):
            vectors, copied, learnt = self._vectors_of(source), [], []
            for _, rows, columns in self._shapes():
                copied.append(source.blocks(rows * columns // BLOCK, BLOCK_BYTES))
                if number >= head.copied:
                    learnt.append(source.blocks(rows * columns // BLOCK, STEP_BYTES))
            self._copied.append(copied)
            self._layers.append(self._layer(vectors, copied, learnt))

    def with_layers(self, data: bytes) -> Encoder:
        """An encoder of the same pieces and lower layers whose upper layers learnt what ``data``
        holds. Raises Unusable.
        """
        line, _, rest = data.partition(b"\n")
        try:
            head = msgspec.json.decode(line, type=LayersHead)
        except msgspec.DecodeError as error:
            raise Unusable(f"The encoder's other layers have no head: {error}.") from None
        if head.format != 1 or not 0 <= head.copied < head.layers <= self.head.layers:
            raise Unusable("The encoder's other layers are of another format.")
        if len(rest) != (head.layers - head.copied) * _layer_size(self.head, 0, STEP_BYTES):
            raise Unusable("The encoder's other layers were cut.")
        found = copy(self)
        found._layers = self._layers[: head.copied]
        source = _Source(self._np, memoryview(rest))
        for number in range(head.copied, head.layers):
            vectors = self._vectors_of(source)
            learnt = [
                source.blocks(rows * columns // BLOCK, STEP_BYTES)
                for _, rows, columns in self._shapes()
            ]
            found._layers.append(self._layer(vectors, self._copied[number], learnt))
        return found

    def _shapes(self) -> list[tuple[str, int, int]]:
        """Rows and columns of a layer's matrices."""
        width, inner = self.head.width, self.head.inner
        sizes = {"fi.w": (inner, width), "fo.w": (width, inner)}
        return [(name, *sizes.get(name, (width, width))) for name in MATRICES]

    def _vectors_of(self, source: _Source) -> tuple[list[Any], list[Any]]:
        """A layer's scales and shifts, and its biases."""
        width, inner = self.head.width, self.head.inner
        norms = [source.floats(width) for _ in NORMS]
        return norms, [source.floats(inner if name == "fi.b" else width) for name in BIASES]

    def _layer(
        self, vectors: tuple[list[Any], list[Any]], copied: list[Any], learnt: list[Any]
    ) -> _Layer:
        np, (norms, biases) = self._np, vectors
        found = []
        for at, (_, rows, columns) in enumerate(self._shapes()):
            whole = weights(np, copied[at])
            if learnt:
                whole += steps(np, learnt[at])
            found.append(np.ascontiguousarray(whole.reshape(rows, columns).T))
        query, key, value, out, into, back = found
        return _Layer(
            np.ascontiguousarray(np.concatenate([query, key, value], 1)),
            np.concatenate(biases[:3]),
            out, biases[3], into, biases[4], back, biases[5], norms,
        )  # fmt: skip

    def numbers(self, text: str) -> list[int]:
        """The pieces of a text by their numbers, with its beginning and end: the likeliest
        division. A character that no piece has is one unknown piece.
        """
        words = _plain(_PROMPT + text[:_CHARACTERS_MAX])
        count, longest, pieces = len(words), self._longest, self._pieces
        best, come, piece = [0.0] + [-math.inf] * count, [0] * (count + 1), [0] * (count + 1)
        for at in range(count):
            here = best[at]
            for end in range(at + 1, min(count, at + longest) + 1):
                found = pieces.get(words[at:end])
                if found is not None and here + found[1] > best[end]:
                    best[end], piece[end], come[end] = here + found[1], found[0], at
            if here + self._unknown > best[at + 1]:
                best[at + 1] = here + self._unknown
                piece[at + 1], come[at + 1] = self.head.unknown, at
        numbers = []
        while count:
            numbers.append(piece[count])
            count = come[count]
        numbers.reverse()
        return [self.head.start, *numbers[:TOKENS_MAX], self.head.end]

    def embed(self, numbers: list[int]) -> Any:
        """What the first layer is given for pieces: a row for each."""
        now = weights(self._np, self._vectors[numbers]).reshape(len(numbers), self.head.width)
        return self._even(now + self._positions[: len(numbers)], *self._first)

    def means(self, text: str) -> list[Any]:
        """For each layer the mean of what it makes of a text's pieces, as ``width`` numbers."""
        np, head = self._np, self.head
        now = self.embed(self.numbers(text))
        count, each = len(now), head.width // head.heads
        found = []
        for one in self._layers:
            parts = (now @ one.joined + one.joins).reshape(count, 3, head.heads, each)
            parts = parts.transpose(1, 2, 0, 3)
            heeds = parts[0] @ parts[1].transpose(0, 2, 1) / np.float32(math.sqrt(each))
            np.exp(heeds - heeds.max(-1, keepdims=True), out=heeds)
            heeds /= heeds.sum(-1, keepdims=True)
            seen = (heeds @ parts[2]).transpose(1, 0, 2).reshape(count, head.width)
            now = self._even(now + (seen @ one.out + one.outs), *one.norms[:2])
            inner = self._bent(now @ one.into + one.intos)
            now = self._even(now + (inner @ one.back + one.backs), *one.norms[2:])
            found.append(now.mean(0))
        return found

    def _even(self, rows: Any, scale: Any, shift: Any) -> Any:
        """Rows of mean 0 and spread 1, scaled and shifted."""
        rows = rows - rows.mean(-1, keepdims=True)
        spread = (rows * rows).mean(-1, keepdims=True)
        return rows / self._np.sqrt(spread + self._np.float32(self.head.epsilon)) * scale + shift

    def _bent(self, rows: Any) -> Any:
        """GELU, with the error function to 1.5e-7 (Abramowitz and Stegun 7.1.26)."""
        np = self._np
        size = np.abs(rows) * np.float32(math.sqrt(0.5))
        t = 1 / (1 + np.float32(0.3275911) * size)
        sum_ = np.float32(1.061405429) * t - np.float32(1.453152027)
        for term in (1.421413741, -0.284496736, 0.254829592):
            sum_ = sum_ * t + np.float32(term)
        tail = sum_ * t * np.exp(-size * size)
        return rows * np.where(rows < 0, tail, 2 - tail) * np.float32(0.5)


def weights(np: Any, raw: Any) -> Any:
    """Blocks of 4 bits as a row of numbers for each. ``np``: numpy."""
    blocks = raw.reshape(-1, BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], 1)
    return (nibbles.astype(np.float32) - 8) * scales


def steps(np: Any, raw: Any) -> Any:
    """Blocks of differences, the same."""
    blocks = raw.reshape(-1, STEP_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    found = np.concatenate([blocks[:, 2:] >> shift & 3 for shift in (0, 2, 4, 6)], 1)
    return (2 * found.astype(np.float32) - 3) * scales


def _size(head: Head) -> int:
    first = head.named + 4 * (head.pieces + (head.positions + 2) * head.width)
    first += head.pieces * head.width // BLOCK * BLOCK_BYTES
    copied = min(head.layers, head.copied)
    return (
        first
        + copied * _layer_size(head, BLOCK_BYTES, 0)
        + (head.layers - copied) * _layer_size(head, BLOCK_BYTES, STEP_BYTES)
    )


def _layer_size(head: Head, *bytes_of_block: int) -> int:
    """Bytes of a layer with so many for each block of its matrices."""
    width, inner = head.width, head.inner
    blocks = (4 * width * width + 2 * width * inner) // BLOCK
    return 4 * (len(NORMS) * width + 5 * width + inner) + blocks * sum(bytes_of_block)


def _plain(text: str) -> str:
    """A text as pieces are looked for in it."""
    folded = unicodedata.normalize("NFKC", text)
    seen = (
        char
        for char in folded
        if char.isspace() or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Cn")
    )
    return SPACE + SPACE.join("".join(seen).split())


@cache
def shipped() -> Encoder:
    """The encoder of this version. Raises Unusable, OSError, ImportError."""
    return Encoder(FILE.read_bytes())


@cache
def for_comments() -> Encoder:
    """The encoder that reads for spam. Raises Unusable, OSError, ImportError."""
    return shipped().with_layers(COMMENTS.read_bytes())
