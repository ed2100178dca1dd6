"""Programs -> Python functions that write, for one layer. Made on first use.

``write(obj, put)`` hands pieces of bytes to ``put``. Objects are in the newest form; the function
writes the form of its layer: fields by name, what the layer lacks is dropped, what it demands and
we no longer have gets its zero or a function of ``bridges.py``. An object that the layer has no
words for raises :class:`Inexpressible`, which is caught where leaving out is possible: in a
vector, in a conditional field, and where ``stand_in`` or ``schema/fallbacks.tsv`` names a
replacement.
"""

from __future__ import annotations

import functools
import struct
from collections.abc import Callable
from types import CodeType
from typing import TYPE_CHECKING, Any

from petitbleu.tl import adapt
from petitbleu.tl.faults import Inexpressible
from petitbleu.tl.program import FALSE_ID, TRUE_ID, VECTOR_ID, Kind, Step, program
from petitbleu.tl.schema import Combinator
from petitbleu.tl.wire import put_bytes, put_string

if TYPE_CHECKING:
    from petitbleu.tl.dialect import Dialect

Put = Callable[[bytes], Any]
Write = Callable[[Any, Put], None]

_pack = struct.pack


@functools.cache
def _code(source: str, name: str) -> CodeType:
    """Compiled once for all layers that write a form alike."""
    return compile(source, f"<tl write {name}>", "exec")


def _put_ints(values: list[int], code: str) -> bytes:
    n = len(values)
    return _pack(f"<II{n}{code}", VECTOR_ID, n, *values)


class Writer:
    """The source text of one ``write`` function."""

    def __init__(self, dialect: Dialect, c: Combinator) -> None:
        self.dialect = dialect
        self.c = c
        schema = dialect.classes.schema
        newest = schema.newest(c.name) if c.name in schema.by_name else c
        self.newest = {f.name: f for f in newest.values}
        self.steps = program(c)
        self.lines: list[str] = []
        self.names: dict[str, Any] = {
            "table": dialect.table,
            "put_string": put_string,
            "put_bytes": put_bytes,
            "put_ints": _put_ints,
            "put_query": dialect.put_query,
            "join": b"".join,
            "Inexpressible": Inexpressible,
        }
        self._run: list[tuple[str, str]] = []
        self._temporary = 0

    def build(self) -> Write:
        """The function."""
        self.lines.append("def write(o, put):")
        self._gather()
        self._run.append(("I", str(self.c.id)))
        for step in self.steps:
            self._field(step)
        return self._compile()

    def build_value(self, kind: Kind) -> Write:
        """A writer of a bare value instead."""
        self.lines.append("def write(o, put):")
        self._value(kind, "o", "    ")
        return self._compile()

    def _compile(self) -> Write:
        self._flush("    ")
        exec(_code("\n".join(self.lines), self.c.name), self.names)  # noqa: S102
        write: Write = self.names["write"]
        return write

    def _gather(self) -> None:
        """Take the conditional values into locals and compute the flags words."""
        words: dict[str, list[str]] = {}
        for step in self.steps:
            if step.is_word:
                words[step.name] = []
                self.lines.append(f"    {step.name} = 0")
        for step in self.steps:
            if not step.flags:
                continue
            if step.kind.code == "true":
                source = self._source(step)
                if source != "None":
                    self.lines.append(f"    if {source}: {step.flags} |= {step.mask}")
                continue
            local = f"v_{step.attr}"
            self.lines.append(f"    {local} = {self._source(step)}")
            if self._open(step.kind):
                self._try_optional(step, local)
            self.lines.append(f"    if {local} is not None: {step.flags} |= {step.mask}")

    def _try_optional(self, step: Step, local: str) -> None:
        self.lines += [
            f"    if {local} is not None:",
            "        out = []",
            f"        try: table[{local}.__class__]({local}, out.append)",
            f"        except Inexpressible: {local} = None",
            f"        else: {local} = join(out)",
        ]

    def _open(self, kind: Kind) -> bool:
        return kind.code == "object" and kind.type in self.dialect.open_types

    def _source(self, step: Step) -> str:
        """Source text of the value: from the object, from a rule, or ``None`` where we have
        nothing.
        """
        old = next(f for f in self.c.fields if f.name == step.name)
        new = self.newest.get(step.name)
        rules = adapt.DOWNGRADES
        rule = rules.get((self.c.name, f"{old.name}:{old.type}"))
        rule = rule or rules.get((self.c.name, old.name))
        way = None if new is None else adapt.write_as(new, old)
        if way is None:
            if rule is None:
                return "None"
            name = f"lower_{step.attr}"
            self.names[name] = rule
            return f"{name}(o)"
        value = f"o.{step.attr}"
        if not way:
            return value
        if new is not None and new.flags and way == "int":
            return f"({value} if {value} is None else int({value}))"
        return f"{way}({value})"

    def _shares_bit(self, step: Step) -> bool:
        return any(
            s.flags == step.flags and s.bit == step.bit and s is not step for s in self.steps
        )

    def _field(self, step: Step) -> None:
        if step.is_word:
            self._run.append(("I", step.name))
            return
        if step.kind.code == "true":
            return
        if not step.flags:
            self._required(step)
            return
        self._flush("    ")
        local = f"v_{step.attr}"
        pad = "        "
        if self._shares_bit(step):
            self.lines.append(f"    if {step.flags} & {step.mask}:")
            self.lines.append(f"{pad}if {local} is None: {self._put_zero(step)}")
            self.lines.append(f"{pad}else:")
            pad = "            "
        else:
            self.lines.append(f"    if {local} is not None:")
        if self._open(step.kind):
            self.lines.append(f"{pad}put({local})")
        else:
            self._value(step.kind, local, pad)
        self._flush(pad)

    def _required(self, step: Step) -> None:
        source = self._source(step)
        new = self.newest.get(step.name)
        if source == "None":
            self._flush("    ")
            self.lines.append(f"    {self._put_zero(step)}")
            return
        if source.startswith("lower_") or (new is not None and new.flags and new.type != "true"):
            local = f"v_{step.attr}"
            self.lines.append(f"    {local} = {source}")
            self._flush("    ")
            self.lines.append(f"    if {local} is None: {self._put_zero(step)}")
            self.lines.append("    else:")
            self._value(step.kind, local, "        ")
            self._flush("        ")
            return
        self._value(step.kind, source, "    ")

    def _put_zero(self, step: Step) -> str:
        name = f"zero_{step.attr}"
        self.names[name] = self.dialect.zero(step.kind)
        return f"put({name})"

    def _flush(self, pad: str) -> None:
        if not self._run:
            return
        if all(value.isdigit() for _, value in self._run):
            piece: Any = struct.pack(
                "<" + "".join(code for code, _ in self._run), *(int(v) for _, v in self._run)
            )
            name = f"piece{len(self.names)}"
            self.lines.append(f"{pad}put({name})")
        else:
            piece = struct.Struct("<" + "".join(code for code, _ in self._run)).pack
            name = f"pack{len(self.names)}"
            self.lines.append(f"{pad}put({name}({', '.join(value for _, value in self._run)}))")
        self.names[name] = piece
        self._run = []

    def _value(self, kind: Kind, source: str, pad: str) -> None:
        """Emit the write of one value that is there."""
        if kind.code == "fixed":
            self._run.append((kind.pack, source))
        elif kind.code == "bool":
            self._run.append(("I", f"({TRUE_ID} if {source} else {FALSE_ID})"))
        elif kind.code in ("string", "bytes"):
            self._flush(pad)
            self.lines.append(f"{pad}put(put_{kind.code}({source}))")
        elif kind.code == "object":
            self._flush(pad)
            self.lines.append(f"{pad}x = {source}")
            self.lines.append(f"{pad}table[x.__class__](x, put)")
        elif kind.code == "rest":
            self._flush(pad)
            self.lines.append(f"{pad}put_query({source}, put)")
        else:
            self._vector(kind, source, pad)

    def _vector(self, kind: Kind, source: str, pad: str) -> None:
        item = kind.item
        assert item is not None
        if item.code == "fixed" and item.pack in "iqd" and not kind.bare:
            self._flush(pad)
            self.lines.append(f'{pad}put(put_ints({source}, "{item.pack}"))')
            return
        self._temporary += 1
        items, one = f"items{self._temporary}", f"item{self._temporary}"
        head = [] if kind.bare else [("I", str(VECTOR_ID))]
        if self._open(item):
            self._flush(pad)
            self._open_vector(source, pad)
            self._run += [*head, ("I", "n")]
            self._flush(pad)
            self.lines.append(f"{pad}put(join(out))")
            return
        self.lines.append(f"{pad}{items} = {source}")
        self._run += [*head, ("I", f"len({items})")]
        self._flush(pad)
        self.lines.append(f"{pad}for {one} in {items}:")
        self._value(item, one, pad + "    ")
        self._flush(pad + "    ")

    def _open_vector(self, source: str, pad: str) -> None:
        """Items one by one; those that cannot be said are left out and not counted."""
        self.lines += [
            f"{pad}out = []; n = 0",
            f"{pad}for x in {source}:",
            f"{pad}    mark = len(out)",
            f"{pad}    try: table[x.__class__](x, out.append)",
            f"{pad}    except Inexpressible: del out[mark:]",
            f"{pad}    else: n += 1",
        ]


def make_writer(dialect: Dialect, c: Combinator) -> Write:
    """The writer of one form in one layer."""
    return Writer(dialect, c).build()


def value_writer(dialect: Dialect, kind: Kind) -> Write:
    """A writer of a value that is no field: a method's result."""
    writer = Writer(dialect, Combinator("value", 0, "", "", False, ()))
    return writer.build_value(kind)
