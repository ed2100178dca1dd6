"""An encoder of sentences: what a text says as numbers, in any of many languages.

The first layers of multilingual-e5-small (MIT: ``encoder-licence.txt``), with the pieces of words
that the desk's languages use; the upper ones learnt further from the corpus of danger. The file
(``encoder.bin``, written by ``bench/danger_tuning.py``) is a line of JSON, the pieces, then weights
of 4 bits in blocks of 32 with a scale each. What was learnt stands beside them as the difference,
2 bits a weight: it is smaller than the steps of the 4 bits.

numpy is imported where an encoder is made, and with one thread: a start of the server needs
neither, and the processes that read may start no threads.
"""

from __future__ import annotations

import math
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from petitbleu.desk.intake.danger.threads import one_thread
from petitbleu.weighttables import Unusable

FILE = Path(__file__).with_name("encoder.bin")
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
        at = head.named

        def floats(*shape: int) -> Any:
            nonlocal at
            count = math.prod(shape)
            found = np.frombuffer(rest, "<f4", count, at).reshape(shape)
            at += 4 * count
            return found

        def matrix(rows: int, columns: int, learnt: bool) -> Any:
            nonlocal at
            blocks = rows * columns // BLOCK
            found = weights(np, np.frombuffer(rest, np.uint8, blocks * BLOCK_BYTES, at))
            at += blocks * BLOCK_BYTES
            if learnt:
                found += steps(np, np.frombuffer(rest, np.uint8, blocks * STEP_BYTES, at))
                at += blocks * STEP_BYTES
            return np.ascontiguousarray(found.reshape(rows, columns).T)

        width, inner = head.width, head.inner
        scores = floats(head.pieces)
        self._pieces = {
            name: (number, float(score))
            for number, (name, score) in enumerate(zip(names, scores, strict=True))
        }
        self._longest = max(map(len, self._pieces))
        self._unknown = float(scores.min()) - _UNKNOWN_LESS
        self._positions = floats(head.positions, width)
        self._first = floats(2, width)
        size = head.pieces * width // BLOCK * BLOCK_BYTES
        self._vectors = np.frombuffer(rest, np.uint8, size, at).reshape(head.pieces, -1)
        at += size
        self._layers = []
        for layer in range(head.layers):
            norms = [floats(width) for _ in NORMS]
            biases = [floats(inner if name == "fi.b" else width) for name in BIASES]
            learnt = layer >= head.copied
            query, key, value, out = (matrix(width, width, learnt) for _ in range(4))
            into, back = matrix(inner, width, learnt), matrix(width, inner, learnt)
            joined = np.ascontiguousarray(np.concatenate([query, key, value], 1))
            self._layers.append(
                (joined, np.concatenate(biases[:3]), out, biases[3], into, biases[4], back,
                 biases[5], norms)
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
        for joined, joins, out, outs, into, intos, back, backs, norms in self._layers:
            parts = (now @ joined + joins).reshape(count, 3, head.heads, each).transpose(1, 2, 0, 3)
            heeds = parts[0] @ parts[1].transpose(0, 2, 1) / np.float32(math.sqrt(each))
            np.exp(heeds - heeds.max(-1, keepdims=True), out=heeds)
            heeds /= heeds.sum(-1, keepdims=True)
            seen = (heeds @ parts[2]).transpose(1, 0, 2).reshape(count, head.width)
            now = self._even(now + (seen @ out + outs), norms[0], norms[1])
            now = self._even(
                now + (self._bent(now @ into + intos) @ back + backs), norms[2], norms[3]
            )
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
    width, inner = head.width, head.inner
    blocks = (4 * width * width + 2 * width * inner) // BLOCK
    layer = 4 * (len(NORMS) * width + 5 * width + inner) + blocks * BLOCK_BYTES
    learnt = max(0, head.layers - head.copied) * blocks * STEP_BYTES
    first = head.named + 4 * (head.pieces + (head.positions + 2) * width)
    return first + head.pieces * width // BLOCK * BLOCK_BYTES + head.layers * layer + learnt


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
