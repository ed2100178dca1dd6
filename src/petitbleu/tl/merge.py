"""Merge published schemas of single layers into ``schema/api.tl`` (a developer's tool).

Rules: names ending in ``Prefix`` are dropped (they are wrappers without their query); field names
become snake_case; ``Vector``, ``Bool`` and ``true`` are built into the codec; one line per id.
Where two layers spell the same id with different ``flags.N?true`` marks, the line holds all of
them: they take no room on the wire. Any other difference under one id is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from petitbleu.tl.schema import Combinator, Field, parse, parse_field, parse_layers

_BUILT_IN = {"vector", "boolFalse", "boolTrue", "true"}
_CAMEL = re.compile(r"(?<=[a-z])([A-Z])(?=[a-z])")
_FILE = re.compile(r"api_(\d+)\.tl$")


class MergeConflict(Exception):
    """The same id means two things."""


class _Line:
    __slots__ = ("fields", "function", "generic", "id", "layers", "name", "result")

    def __init__(self, c: Combinator) -> None:
        self.id = c.id
        self.name = c.name
        self.function = c.function
        self.result = c.result
        self.generic = c.result == "X"
        self.fields = [_canonical(f) for f in c.fields]
        self.layers: set[int] = set()

    def wire(self) -> list[Field]:
        return [f for f in self.fields if f.type != "true"]

    def text(self, known: tuple[int, ...]) -> str:
        parts = [f"{self.name}#{self.id:08x}"]
        if self.generic:
            parts.append("{X:Type}")
        parts += [f.text for f in self.fields]
        return f"{' '.join(parts)} = {self.result}; // {_ranges(self.layers, known)}"


def _canonical(field: Field) -> Field:
    name = _CAMEL.sub(lambda m: "_" + m[1].lower(), field.name)
    return field._replace(name=name, type=field.type.replace("vector<", "Vector<"))


def _ranges(layers: set[int], known: tuple[int, ...]) -> str:
    runs: list[list[int]] = []
    previous_known = False
    for layer in known:
        if layer in layers:
            if previous_known:
                runs[-1][1] = layer
            else:
                runs.append([layer, layer])
        previous_known = layer in layers
    out = []
    for low, high in runs:
        end = "" if high == known[-1] else str(high)
        out.append(str(low) if low == high and end else f"{low}-{end}")
    return " ".join(out)


def _join(line: _Line, newer: _Line) -> None:
    if line.name != newer.name or line.result != newer.result or line.wire() != newer.wire():
        raise MergeConflict(f"{newer.id:08x}: {line.name} and {newer.name} differ on the wire")
    bits = {(f.flags, f.bit): f.name for f in newer.fields if f.type == "true"}
    names = {f.name for f in newer.fields}
    kept = [
        f
        for f in line.fields
        if f.type == "true" and (f.flags, f.bit) not in bits and f.name not in names
    ]
    line.fields = newer.fields + kept


def merge(schemas: Mapping[int, str], before: str = "") -> str:
    """The text of ``api.tl`` out of layer -> schema text, and of what stood there before."""
    lines: dict[int, _Line] = {}
    known: tuple[int, ...] = ()
    if before:
        known = parse_layers(before)
        for c in parse(before):
            line = lines[c.id] = _Line(c)
            line.layers = {layer for layer in known if c.known_at(layer)}
    known = tuple(sorted({*known, *schemas}))
    for layer in sorted(schemas):
        for line in lines.values():
            line.layers.discard(layer)
        for c in parse(normalise(schemas[layer])):
            if c.name in _BUILT_IN or c.name.endswith("Prefix"):
                continue
            line = _Line(c)
            if c.id in lines:
                _join(lines[c.id], line)
            else:
                lines[c.id] = line
            lines[c.id].layers.add(layer)
    ordered = sorted(
        lines.values(), key=lambda x: (x.function, x.name, max(x.layers), min(x.layers))
    )
    head = f"// layers {' '.join(map(str, known))}"
    types = [x.text(known) for x in ordered if not x.function]
    functions = [x.text(known) for x in ordered if x.function]
    return "\n".join([head, *types, "---functions---", *functions]) + "\n"


def normalise(text: str) -> str:
    """Comments, empty lines and the generic vector line out; one blank between arguments."""
    kept = []
    for raw in text.splitlines():
        line = " ".join(raw.partition("//")[0].split())
        if line and not line.startswith(("---types", "vector#")):
            kept.append(line)
    return "\n".join(kept)


def incoming(folder: Path) -> dict[int, str]:
    """``api_NNN.tl`` files of a folder by layer."""
    by_id = {}
    for path in sorted(folder.glob("api_*.tl")):
        match = _FILE.search(path.name)
        if match:
            by_id[int(match[1])] = path.read_text("utf-8")
    return by_id


__all__ = ["MergeConflict", "incoming", "merge", "normalise", "parse_field"]
