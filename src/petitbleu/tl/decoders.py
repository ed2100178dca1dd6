"""Programs -> Python functions that read. Made on first use, one per wire form.

``read(data, at, depth) -> (object, after)``: ``at`` is the place after the constructor id. Runs of
fixed fields (the id of an object and the head of a vector count as fixed) become one ``struct``
call. A string cut short is noticed by the caller, who compares the final place with the length:
every read in between raises ``struct.error`` or ``IndexError`` instead.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any

from petitbleu.tl import adapt
from petitbleu.tl.faults import TLError, UnknownConstructor
from petitbleu.tl.objects import Classes
from petitbleu.tl.program import FALSE_ID, SIZES, TRUE_ID, VECTOR_ID, Kind, Step, program
from petitbleu.tl.schema import Combinator, Schema
from petitbleu.tl.wire import MAX_DEPTH, get_bytes, get_string, u32

Read = Callable[[bytes, int, int], tuple[Any, int]]


def _too_deep() -> TLError:
    return TLError("nested too deep")


def _no_vector() -> TLError:
    return TLError("a vector was expected")


def _too_many() -> TLError:
    return TLError("vector longer than its data")


def _no_query() -> TLError:
    return TLError("no query")


def _bool(id_: int) -> bool:
    if id_ == TRUE_ID:
        return True
    if id_ != FALSE_ID:
        raise TLError("a Bool was expected")
    return False


def _turned(read: Read, turn: Callable[[Any], Any]) -> Read:
    def read_and_turn(data: bytes, at: int, depth: int) -> tuple[Any, int]:
        obj, after = read(data, at, depth)
        return turn(obj), after

    return read_and_turn


class TypeTable(dict[int, Read]):
    """Constructor id -> reader, for one abstract type; that of ``""`` takes everything."""

    def __init__(self, decoders: Decoders, type_: str) -> None:
        super().__init__()
        self._decoders = decoders
        self._type = type_

    def __missing__(self, id_: int) -> Read:
        c = self._decoders.schema.by_id.get(id_)
        if c is None:
            raise UnknownConstructor(id_, nested=bool(self._type))
        turn = None
        if self._type and (c.function or c.result != self._type):
            turn = None if c.function else adapt.TAKEN_FOR.get((c.result, self._type))
            if turn is None:
                raise TLError(f"{c.name} where {self._type} was expected")
        read = self._decoders.reader(c)
        self[id_] = read = read if turn is None else _turned(read, turn)
        return read


class Decoders:
    """All readers over one schema."""

    def __init__(self, schema: Schema, classes: Classes) -> None:
        self.schema = schema
        self.classes = classes
        self._tables: dict[str, TypeTable] = {}
        self._readers: dict[int, Read] = {}

    def table(self, type_: str) -> TypeTable:
        """The readers of an abstract type."""
        known = self._tables.get(type_)
        if known is None:
            known = self._tables[type_] = TypeTable(self, type_)
        return known

    def reader(self, c: Combinator) -> Read:
        """The reader of one wire form."""
        known = self._readers.get(c.id)
        if known is None:
            known = self._readers[c.id] = _Source(self, c).build()
        return known

    def value_reader(self, kind: Kind) -> Read:
        """A reader of a value that is no field: a method's result."""
        source = _Source(self, Combinator("value", 0, "", "", False, ()))
        source.lines = ["def read(b, p, d):"]
        source.read(kind, "v", "    ")
        source.flush("    ")
        source.lines.append("    return v, p")
        return source.compile()


class _Source:
    """The source text of one reader, and the names it uses."""

    def __init__(self, decoders: Decoders, c: Combinator) -> None:
        self.decoders = decoders
        self.c = c
        self.lines: list[str] = []
        self.names: dict[str, Any] = {
            "u32": u32,
            "get_bytes": get_bytes,
            "get_string": get_string,
            "boolean": _bool,
            "too_deep": _too_deep,
            "no_vector": _no_vector,
            "too_many": _too_many,
            "no_query": _no_query,
            "unpack": struct.unpack_from,
        }
        self._run: list[tuple[str, str]] = []
        self._after: list[str] = []
        self._temporary = 0

    def build(self) -> Read:
        cls = self.decoders.classes[self.c.name]
        steps = program(self.c)
        bridge = adapt.Upgrade(self.decoders.classes, self.c)
        if not cls.__slots__ and not steps:
            one = cls()
            return lambda data, at, depth: (one, at)
        self.names |= {"cls": cls, "new": cls.__new__}
        add = self.lines.append
        add("def read(b, p, d):")
        if any(_nests(s.kind) for s in steps):
            add("    d += 1")
            add(f"    if d > {MAX_DEPTH}: raise too_deep()")
        add("    o = new(cls)")
        self._defaults(bridge)
        old: list[str] = []
        for step in steps:
            self._field(step, bridge, old)
        self.flush("    ")
        if bridge.functions:
            self.names["lift"] = bridge.lift
            add(f"    return lift(o, {{{', '.join(old)}}}), p")
        else:
            add("    return o, p")
        return self.compile()

    def compile(self) -> Read:
        code = compile("\n".join(self.lines), f"<tl read {self.c.name}>", "exec")
        exec(code, self.names)  # noqa: S102
        read: Read = self.names["read"]
        return read

    def _defaults(self, bridge: adapt.Upgrade) -> None:
        """Fields of the newest form that this one lacks."""
        for number, (attr, zero) in enumerate(bridge.lacking):
            if callable(zero):
                self.names[f"zero{number}"] = zero
                self.lines.append(f"    o.{attr} = zero{number}()")
            else:
                self.lines.append(f"    o.{attr} = {zero!r}")

    def _field(self, step: Step, bridge: adapt.Upgrade, old: list[str]) -> None:
        if step.is_word:
            self._run.append(("I", step.name))
            return
        target = f"o.{step.attr}"
        if step.name in bridge.leftover:
            target = f"x_{step.attr}"
            old.append(f"{step.name!r}: {target}")
        if not step.flags:
            self.read(step.kind, target, "    ")
            if step.name in bridge.coerced:
                self.flush("    ")
                self.lines.append(f"    {target} = {bridge.coerced[step.name]}({target})")
            return
        self.flush("    ")
        if step.kind.code == "true":
            self.lines.append(f"    {target} = {step.flags} & {step.mask} != 0")
            return
        self.lines.append(f"    if {step.flags} & {step.mask}:")
        self.read(step.kind, target, "        ")
        self.flush("        ")
        if step.name in bridge.coerced:
            self.lines.append(f"        {target} = {bridge.coerced[step.name]}({target})")
        self.lines.append(f"    else: {target} = {bridge.absent(step)}")

    def _name(self, value: Any, stem: str) -> str:
        for name, held in self.names.items():
            if held is value and name.startswith(stem):
                return name
        name = f"{stem}{len(self.names)}"
        self.names[name] = value
        return name

    def flush(self, pad: str) -> None:
        """Emit the pending run of fixed fields, and what was waiting for them."""
        if self._run:
            packed = struct.Struct("<" + "".join(code for code, _ in self._run))
            unpack = self._name(packed.unpack_from, "unpack_")
            targets = ", ".join(target for _, target in self._run)
            comma = "," if len(self._run) == 1 else ""
            self.lines.append(f"{pad}{targets}{comma} = {unpack}(b, p)")
            self.lines.append(f"{pad}p += {packed.size}")
            self._run = []
        self.lines += self._after
        self._after = []

    def read(self, kind: Kind, target: str, pad: str) -> None:
        """Emit the read of one value of ``kind`` into ``target``."""
        if kind.code == "fixed":
            self._run.append((kind.pack, target))
        elif kind.code == "bool":
            self._run.append(("I", "i"))
            self._after.append(f"{pad}{target} = boolean(i)")
            self.flush(pad)
        elif kind.code in ("string", "bytes"):
            self.flush(pad)
            decode = ".decode()" if kind.code == "string" else ""
            self.lines += [
                f"{pad}n = b[p]",
                f"{pad}if n < 254: {target} = b[p + 1 : p + 1 + n]{decode}; p += n + 4 & -4",
                f"{pad}else: {target}, p = get_{kind.code}(b, p)",
            ]
        elif kind.code == "object":
            table = self._name(self.decoders.table(kind.type), "table_")
            self._run.append(("I", "i"))
            self.flush(pad)
            self.lines.append(f"{pad}{target}, p = {table}[i](b, p, d)")
        elif kind.code == "rest":
            self.flush(pad)
            self.lines += [
                f"{pad}{target} = b[p:]",
                f"{pad}p = len(b)",
                f"{pad}if len({target}) < 4: raise no_query()",
            ]
        else:
            self._vector(kind, target, pad)

    def _vector(self, kind: Kind, target: str, pad: str) -> None:
        item = kind.item
        assert item is not None
        if not kind.bare:
            self._run.append(("I", "i"))
        self._run.append(("I", "n"))
        self.flush(pad)
        if not kind.bare:
            self.lines.append(f"{pad}if i != {VECTOR_ID}: raise no_vector()")
        self.lines.append(f"{pad}if n * {item.least} > len(b) - p: raise too_many()")
        if item.code == "fixed" and item.pack in "iqd":
            self.lines.append(f'{pad}{target} = [*unpack(f"<{{n}}{item.pack}", b, p)]')
            self.lines.append(f"{pad}p += n * {SIZES[item.pack]}")
            return
        self._temporary += 1
        out, one = f"list{self._temporary}", f"item{self._temporary}"
        self.lines += [f"{pad}{out} = []", f"{pad}for _ in range(n):"]
        self.read(item, one, pad + "    ")
        self.flush(pad + "    ")
        self.lines += [f"{pad}    {out}.append({one})", f"{pad}{target} = {out}"]


def _nests(kind: Kind) -> bool:
    """True where reading the kind reads another object."""
    return kind.code == "object" or (kind.item is not None and _nests(kind.item))
