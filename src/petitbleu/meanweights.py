"""Weights for what an encoder of sentences makes of a text: a file of them, read and applied. Pure.

A line of JSON, then a weight of 32 bits for each number of the means of some of the encoder's
layers.
"""

from __future__ import annotations

import struct
from typing import Any, Protocol, TypeVar

import msgspec

from petitbleu.weighttables import Unusable


class Weighing(Protocol):
    """What the first line says at least: format, layers whose means are weighed, and a bias."""

    @property
    def format(self) -> int: ...

    @property
    def layers(self) -> tuple[int, ...]: ...

    @property
    def bias(self) -> float: ...


Head = TypeVar("Head", bound=Weighing)


def read_weights(data: bytes, kind: type[Head], name: str, form: int) -> tuple[Head, bytes]:
    """The first line of a file, and its weights. Raises Unusable."""
    line, _, weights = data.partition(b"\n")
    try:
        head = msgspec.json.decode(line, type=kind)
    except msgspec.DecodeError as error:
        raise Unusable(f"The model of {name} has no head: {error}.") from None
    if head.format != form:
        raise Unusable(f"The model of {name} is of another format.")
    if not weights or len(weights) % (4 * len(head.layers) or 1):
        raise Unusable(f"The model of {name} was cut.")
    return head, weights


def weigh(head: Weighing, weights: bytes, means: list[Any]) -> float:
    """What the means of all layers come to."""
    chosen = [means[layer - 1] for layer in head.layers]
    numbers = [float(number) for mean in chosen for number in mean]
    told = struct.unpack(f"<{len(numbers)}f", weights)
    return sum(map(float.__mul__, numbers, told)) + head.bias
