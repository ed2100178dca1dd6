"""A second codec, written apart from the one under test: it walks the schema and knows only one
layer's ids.

Objects are dicts: ``{"_": "user", "id": 1}``; absent conditional fields are absent.
"""

from __future__ import annotations

import functools
import struct
from collections.abc import Iterable
from typing import Any

from petitbleu.tl.schema import Combinator, Field, Schema


class Unreadable(Exception):
    """The bytes say something that this layer has no words for."""


class Plain:
    """Reads and writes the forms of one layer."""

    def __init__(
        self, schema: Schema, layer: int, known: Iterable[Combinator] | None = None
    ) -> None:
        self.layer = layer
        if known is None:
            known = [c for c in schema.by_id.values() if c.known_at(layer)]
        known = list(known)
        self.by_id = {c.id: c for c in known}
        self.by_name = {c.name: c for c in known}
        self.types: dict[str, list[str]] = {}
        for c in known:
            if not c.function:
                self.types.setdefault(c.result, []).append(c.name)

    def read(self, data: bytes) -> dict[str, Any]:
        """The one object that ``data`` is."""
        value, after = self.read_object(data, 0, "")
        if after != len(data):
            raise Unreadable(f"{len(data) - after} bytes left over")
        return value

    def read_value(self, data: bytes, type_: str) -> Any:
        """The one value of a type that ``data`` is."""
        value, after = self._read(data, 0, type_)
        if after != len(data):
            raise Unreadable(f"{len(data) - after} bytes left over")
        return value

    def read_object(self, data: bytes, at: int, type_: str) -> tuple[dict[str, Any], int]:
        (id_,) = struct.unpack_from("<I", data, at)
        c = self.by_id.get(id_)
        if c is None or (type_ and c.result != type_):
            raise Unreadable(f"{id_:08x} where layer {self.layer} wants {type_}")
        out: dict[str, Any] = {"_": c.name}
        words: dict[str, int] = {}
        at += 4
        for f in c.fields:
            if f.type == "#":
                (words[f.name],) = struct.unpack_from("<I", data, at)
                at += 4
            elif f.flags and not words[f.flags] >> f.bit & 1:
                continue
            elif f.type == "true":
                out[f.name] = True
            else:
                out[f.name], at = self._read(data, at, f.type)
        return out, at

    def _read(self, data: bytes, at: int, type_: str) -> tuple[Any, int]:
        fixed = {"int": ("<i", 4), "long": ("<q", 8), "double": ("<d", 8)}.get(type_)
        if fixed:
            return struct.unpack_from(fixed[0], data, at)[0], at + fixed[1]
        if type_ in ("int128", "int256"):
            size = int(type_[3:]) // 8
            return data[at : at + size], at + size
        if type_ in ("string", "bytes"):
            size, head = data[at], 1
            if size == 254:
                size, head = int.from_bytes(data[at + 1 : at + 4], "little"), 4
            value = data[at + head : at + head + size]
            at += (head + size + 3) // 4 * 4
            return (value.decode() if type_ == "string" else value), at
        if type_ == "Bool":
            (id_,) = struct.unpack_from("<I", data, at)
            return {0x997275B5: True, 0xBC799737: False}[id_], at + 4
        if type_ == "!X":
            return data[at:], len(data)
        if type_.startswith("Vector<"):
            id_, count = struct.unpack_from("<II", data, at)
            assert id_ == 0x1CB5C415
            at += 8
            items = []
            for _ in range(count):
                item, at = self._read(data, at, type_[7:-1])
                items.append(item)
            return items, at
        return self.read_object(data, at, type_)

    def write(self, value: dict[str, Any]) -> bytes:
        """The bytes of an object."""
        c = self.by_name[value["_"]]
        out = [struct.pack("<I", c.id)]
        for f in c.fields:
            if f.type == "#":
                bits = {g.bit for g in c.fields if g.flags == f.name and g.name in value}
                out.append(struct.pack("<I", sum(1 << bit for bit in bits)))
            elif f.type != "true" and (not f.flags or f.name in value):
                out.append(self._write(value[f.name], f.type))
        return b"".join(out)

    def _write(self, value: Any, type_: str) -> bytes:
        pack = {"int": "<i", "long": "<q", "double": "<d"}.get(type_)
        if pack:
            return struct.pack(pack, value)
        if type_ in ("string", "bytes"):
            raw = value.encode() if type_ == "string" else value
            head = bytes([len(raw)]) if len(raw) < 254 else b"\xfe" + len(raw).to_bytes(3, "little")
            return head + raw + bytes(-(len(head) + len(raw)) % 4)
        if type_ == "Bool":
            return struct.pack("<I", 0x997275B5 if value else 0xBC799737)
        if type_ in ("int128", "int256", "!X"):
            return bytes(value)
        if type_.startswith("Vector<"):
            items = b"".join(self._write(item, type_[7:-1]) for item in value)
            return struct.pack("<II", 0x1CB5C415, len(value)) + items
        return self.write(value)


@functools.cache
def _heights(plain: Plain) -> dict[str, int]:
    """Constructor -> how many levels of objects it needs at least."""
    heights: dict[str, int] = {}
    types: dict[str, int] = {}
    changed = True
    while changed:
        changed = False
        for name, c in plain.by_name.items():
            if name in heights or c.function:
                continue
            needed = [f.type for f in c.fields if not f.flags and f.type in plain.types]
            if all(t in types for t in needed):
                heights[name] = 1 + max((types[t] for t in needed), default=0)
                types.setdefault(c.result, heights[name])
                changed = True
    return heights


class Samples:
    """Makes values of the forms of one layer: ``full`` with all conditional fields, else without.

    Values differ from field to field, constructors of a type take turns, nesting ends soon.
    """

    def __init__(self, plain: Plain) -> None:
        self.plain = plain
        self._count = 0
        self._turn: dict[str, int] = {}
        self._heights = _heights(plain)

    def make(self, name: str, full: bool, depth: int = 0) -> dict[str, Any]:
        c = self.plain.by_name[name]
        out: dict[str, Any] = {"_": name}
        bits = {(f.flags, f.bit) for f in c.fields if f.flags and full and depth < 3}
        for f in c.fields:
            if f.type == "#" or (f.flags and (f.flags, f.bit) not in bits):
                continue
            out[f.name] = True if f.type == "true" else self.value(f.type, full, depth)
        return out

    def value(self, type_: str, full: bool, depth: int) -> Any:
        self._count += 1
        n = self._count
        if type_ == "int":
            return n % 1000 + 1
        if type_ == "long":
            return n + (1 << 33)
        if type_ == "double":
            return float(n)
        if type_ == "string":
            return f"é{n}" * (60 if n % 50 == 0 else 1)
        if type_ == "bytes":
            return bytes([n % 256]) * (n % 7)
        if type_ in ("int128", "int256"):
            return bytes([n % 256]) * (int(type_[3:]) // 8)
        if type_ == "Bool":
            return n % 2 == 0
        if type_ == "!X":
            return self.plain.write({"_": "help.getConfig"})
        if type_.startswith("Vector<"):
            return [self.value(type_[7:-1], full, depth) for _ in range(2 if depth < 2 else 0)]
        return self.make(self._choose(type_, depth), full, depth + 1)

    def _choose(self, type_: str, depth: int) -> str:
        names = self.plain.types[type_]
        if depth >= 2:
            return min(names, key=self._heights.__getitem__)
        turn = self._turn[type_] = self._turn.get(type_, 0) + 1
        return names[turn % len(names)]


def fields_of(c: Combinator) -> dict[str, Field]:
    """Fields by name."""
    return {f.name: f for f in c.fields}
