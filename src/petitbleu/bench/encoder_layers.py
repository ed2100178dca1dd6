"""The encoder's layers as PyTorch computes them, to learn with: ``encoder_learning.py``."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from petitbleu.bench import encoder_file
from petitbleu.bench.encoder_file import Package
from petitbleu.desk.intake.danger import encoder

COPIED = 4
"""Lower layers that learn nothing."""
LAYERS = 8
"""Layers in all."""
PIECES_MAX = 96
"""Pieces of a text that are learnt from."""
TOGETHER = 1000
"""Pieces of a batch, about."""


class Below(NamedTuple):
    """What the lower layers make of all texts: a row for each piece, and where a text's begin."""

    source: Package
    rows: Any
    starts: Any
    means: Any
    """Of all layers as the package has them, by text and layer."""
    weighed: tuple[int, ...]
    """Layers whose means are weighed, the first being 1."""

    def padded(self, numbers: Sequence[int], hidden: float) -> tuple[Any, Any]:
        """Rows of some texts, and which of them are seen: ``hidden``, a share, are not."""
        import numpy as np
        import torch

        lengths = [int(self.starts[n + 1] - self.starts[n]) for n in numbers]
        rows = np.zeros((len(numbers), max(lengths), self.rows.shape[1]), np.float32)
        seen = np.zeros(rows.shape[:2], bool)
        for at, (number, length) in enumerate(zip(numbers, lengths, strict=True)):
            begin = self.starts[number]
            rows[at, :length] = self.rows[begin : begin + length]
            seen[at, :length] = True
        shown = torch.rand(seen.shape) >= hidden
        shown[:, 0] = True
        return torch.from_numpy(rows), torch.from_numpy(seen) & shown

    def length(self, number: int) -> int:
        """Pieces of a text."""
        return int(self.starts[number + 1] - self.starts[number])


def read_below(source: Package, texts: Sequence[str], weighed: tuple[int, ...]) -> Below:
    """What the lower layers make of all texts."""
    import numpy as np
    import torch

    reader = encoder.Encoder(encoder_file.make(source, texts, layers=0))
    pieces = [reader.numbers(text) for text in texts]
    pieces = [one[: PIECES_MAX - 1] + one[-1:] if len(one) > PIECES_MAX else one for one in pieces]
    starts = np.cumsum([0, *map(len, pieces)])
    rows = np.concatenate([reader.embed(one) for one in pieces]).astype(np.float16)
    means = np.zeros((len(texts), LAYERS, source.width), np.float16)
    found = Below(source, rows, starts, means, weighed)
    tensors = as_tensors(encoder_file.plain(source, range(LAYERS)))
    chance = random.Random(0)  # noqa: S311 - an order, not a secret
    for some in batches(found, range(len(texts)), 4 * TOGETHER, chance):
        now, seen = found.padded(some, 0.0)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            for at in range(LAYERS):
                now = layer(tensors, source, at, now, seen)
                means[some, at] = mean(now, seen).numpy()
                if at == COPIED - 1:
                    for one, number in enumerate(some):
                        rows[starts[number] : starts[number + 1]] = now[one, : found.length(number)]
    return found


def as_tensors(found: Mapping[str, Any]) -> dict[str, Any]:
    """Numbers as PyTorch has them."""
    import torch

    return {name: torch.tensor(one) for name, one in found.items()}


def layer(tensors: Mapping[str, Any], source: Package, at: int, rows: Any, seen: Any) -> Any:
    """A layer of the encoder, as ``encoder.py`` has it; pieces that are not seen are not heeded."""
    import torch
    from torch.nn import functional

    def line(name: str, x: Any) -> Any:
        return functional.linear(x, tensors[f"l{at}.{name}.w"], tensors[f"l{at}.{name}.b"])

    def even(name: str, x: Any) -> Any:
        scale, shift = tensors[f"l{at}.{name}.w"], tensors[f"l{at}.{name}.b"]
        return functional.layer_norm(x.float(), (width,), scale, shift, source.epsilon)

    count, long, width = rows.shape
    each = width // source.heads
    query, key, value = (
        line(name, rows).view(count, long, source.heads, each).transpose(1, 2) for name in "qkv"
    )
    heeds = (query @ key.transpose(-1, -2)).float() / math.sqrt(each)
    heeds = torch.softmax(heeds.masked_fill(~seen[:, None, None, :], -1e4), -1)
    found = (heeds.to(value.dtype) @ value).transpose(1, 2).reshape(count, long, width)
    rows = even("aln", rows + line("ao", found))
    return even("oln", rows + line("fo", functional.gelu(line("fi", rows))))


def mean(rows: Any, seen: Any) -> Any:
    """The mean of the rows that are seen."""
    part = seen.float() / seen.sum(1, keepdim=True)
    return (rows.float() * part[:, :, None]).sum(1)


def means(tensors: Mapping[str, Any], below: Below, some: Sequence[int], hidden: float) -> Any:
    """The means that the head weighs, of some texts."""
    import torch

    now, seen = below.padded(some, hidden)
    found = {at: torch.from_numpy(below.means[some, at - 1]).float() for at in below.weighed}
    with torch.autocast("cpu", torch.bfloat16):
        for at in range(COPIED, LAYERS):
            now = layer(tensors, below.source, at, now, seen)
            found[at + 1] = mean(now, seen)
    return torch.cat([found[at] for at in below.weighed], 1)


def batches(
    below: Below, numbers: Sequence[int], pieces: int, chance: random.Random
) -> Iterator[list[int]]:
    """Texts of about one length together, in an order of chance."""
    found: list[list[int]] = []
    longest = 0
    for number in sorted(numbers, key=lambda one: below.length(one) + 4 * chance.random()):
        longest = max(longest, below.length(number))
        if not found or longest * (len(found[-1]) + 1) > pieces:
            found.append([])
            longest = below.length(number)
        found[-1].append(number)
    chance.shuffle(found)
    return iter(found)
