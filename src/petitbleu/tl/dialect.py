"""One layer as a writer sees it: which constructors it has words for, and what replaces the
others.
"""

from __future__ import annotations

import functools
import struct
from typing import Any

from petitbleu.metrics import counter
from petitbleu.resources import schema_text
from petitbleu.tl import adapt
from petitbleu.tl.encoders import Put, Write, make_writer, value_writer
from petitbleu.tl.faults import Inexpressible
from petitbleu.tl.layers import Layers
from petitbleu.tl.objects import Classes, Raw, TLObject
from petitbleu.tl.program import FALSE_ID, SIZES, VECTOR_ID, Kind, kind_of
from petitbleu.tl.schema import Combinator

DROP = "drop"
UNRULED = counter(
    "tl_unruled_total",
    "Objects left out because a client's layer lacks them and no rule stands in",
    "constructor",
)
"""A gap in fallbacks.tsv, by the name of what was left out."""


@functools.cache
def fallbacks() -> dict[str, str]:
    """``schema/fallbacks.tsv``: a constructor or a type -> the constructor that stands in, or
    ``drop``.
    """
    rows = (line.split("\t") for line in schema_text("fallbacks.tsv").splitlines()[1:])
    return {what: rule for what, rule, *_ in rows}


def rule_for(name: str, type_: str) -> str | None:
    """The row for a constructor, else for its type."""
    rules = fallbacks()
    return rules.get(name) or rules.get(type_)


def _put_raw(obj: Any, put: Put) -> None:
    put(obj.data)


class Table(dict[type, Write]):
    """Class -> writer, made on first use."""

    def __init__(self, dialect: Dialect) -> None:
        super().__init__()
        self._dialect = dialect
        self[Raw] = _put_raw

    def __missing__(self, cls: type[TLObject]) -> Write:
        if not isinstance(cls, type) or not issubclass(cls, TLObject):
            raise TypeError(f"{cls!r} is no TL object")
        write = self[cls] = self._dialect.writer(cls.NAME)
        return write


class Dialect:
    """How one layer is written."""

    __slots__ = (
        "_values",
        "_zeros",
        "classes",
        "failing",
        "layer",
        "layers",
        "open_types",
        "table",
    )

    def __init__(self, layers: Layers, classes: Classes, layer: int) -> None:
        self.layers = layers
        self.classes = classes
        self.layer = layer
        self.table = Table(self)
        self._values: dict[str, Write] = {}
        self._zeros: dict[str, bytes] = {}
        self.failing, self.open_types = self._find_failing()

    def form(self, name: str) -> Combinator | None:
        """The form of a name in this layer."""
        return self.layers.form(name, self.layer)

    def _find_failing(self) -> tuple[set[str], set[str]]:
        """(constructors that may be inexpressible here, types that have such a constructor).

        One fails that the layer lacks or splits over several names, and one that requires a value
        of a type with a failing constructor. A stand-in that can always be said ends the chain.
        """
        schema = self.classes.schema
        if self.layer == schema.newest_layer:
            return set(), set()
        needs: dict[str, list[str]] = {}
        waiting: list[str] = []
        for name in schema.by_name:
            newest = schema.newest(name)
            if newest.function or not schema.is_current(name):
                continue
            form = self.form(name)
            if form is None or (name in adapt.LOWERED and form is not newest):
                waiting.append(name)
                continue
            for f in form.fields:
                if not f.flags and (kind := kind_of(f.type)).code == "object":
                    needs.setdefault(kind.type, []).append(name)
        failing: set[str] = set()
        types: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name in failing:
                continue
            failing.add(name)
            type_ = schema.newest(name).result
            if type_ not in types and not self._surely_replaced(name):
                types.add(type_)
                waiting += needs.get(type_, ())
        return failing, types

    def _surely_replaced(self, name: str) -> bool:
        """True where the stand-in is a constructor that every object of this layer can be said
        with.
        """
        if name in adapt.CERTAIN:
            return True
        rule = rule_for(name, self.classes.schema.newest(name).result)
        if rule is None or rule in (DROP, name) or name in adapt.STAND_INS:
            return False
        form = self.form(rule)
        return form is not None and not any(
            kind_of(f.type).code == "object" for f in form.fields if not f.flags
        )

    def writer(self, name: str) -> Write:
        """The writer of a name in this layer: its form, or what stands in."""
        form = self.form(name)
        if form is None:
            return self._replacement(name)
        write = make_writer(self, form)
        if name in adapt.LOWERED and form is not self.classes.schema.newest(name):
            write = self._lowered(name, write)
        if name in self.failing:
            write = self._guarded(name, write)
        return write

    def _lowered(self, name: str, write: Write) -> Write:
        """For a constructor whose old form is split over several names."""
        lower = adapt.LOWERED[name]

        def lowered(obj: Any, put: Put) -> None:
            other = lower(obj)
            if other.__class__ is obj.__class__:
                write(other, put)
            else:
                self.table[other.__class__](other, put)

        return lowered

    def _guarded(self, name: str, write: Write) -> Write:
        """The form, and what stands in where something in it cannot be said."""
        replace = self._replacement(name)

        def guarded(obj: Any, put: Put) -> None:
            pieces: list[bytes] = []
            try:
                write(obj, pieces.append)
            except Inexpressible:
                replace(obj, put)
            else:
                put(b"".join(pieces))

        return guarded

    def _replacement(self, name: str) -> Write:
        c = self.classes.schema.newest(name)
        function = adapt.STAND_INS.get(name)
        rule = rule_for(name, c.result)

        def replaced(obj: Any, put: Put) -> None:
            other = function(obj) if function is not None else None
            if other is None and rule is not None and rule not in (DROP, name):
                other = self._likened(obj, rule)
            if other is None:
                if rule is None and function is None and self.form(name) is None:
                    UNRULED.add(name)
                raise Inexpressible(f"{name} in layer {self.layer}")
            self.table[other.__class__](other, put)

        return replaced

    def _likened(self, obj: Any, name: str) -> TLObject:
        """An object of another constructor, with the fields both have."""
        other = adapt.blank(self.classes, name)
        own = {f.name: f for f in self.classes.schema.newest(obj.NAME).values}
        for f in self.classes.schema.newest(name).values:
            same = own.get(f.name)
            if same is None or same.type != f.type:
                value: Any = getattr(other, f.attr) if not f.flags else None
                if f.type == "true":
                    value = False
            else:
                value = getattr(obj, f.attr)
                if value is None and not f.flags:
                    value = getattr(other, f.attr)
            setattr(other, f.attr, value)
        return other

    def zero(self, kind: Kind) -> bytes:
        """The bytes of a value that says nothing."""
        if kind.code == "fixed":
            return bytes(SIZES[kind.pack])
        if kind.code == "bool":
            return struct.pack("<I", FALSE_ID)
        if kind.code == "vector":
            return struct.pack("<II", VECTOR_ID, 0)
        if kind.code == "object":
            known = self._zeros.get(kind.type)
            if known is None:
                known = self._zeros[kind.type] = self._zero_object(kind.type)
            return known
        return bytes(4) if kind.code in ("string", "bytes") else b""

    def _zero_object(self, type_: str) -> bytes:
        names = self.classes.schema.of_type(type_)
        forms = [f for n in names if (f := self.form(n)) is not None]
        if not forms:
            raise Inexpressible(f"{type_} in layer {self.layer}")
        c = adapt.plainest(type_, forms)
        needed = (kind_of(f.type) for f in c.fields if not f.flags)
        return struct.pack("<I", c.id) + b"".join(self.zero(k) for k in needed)

    def put_query(self, query: Any, put: Put) -> None:
        """The query inside a wrapper: an object, or bytes that hold one."""
        if isinstance(query, (bytes, bytearray, memoryview)):
            put(bytes(query))
        else:
            self.table[query.__class__](query, put)

    def value(self, type_: str) -> Write:
        """The writer of a value of any type: a method's result."""
        write = self._values.get(type_)
        if write is None:
            write = self._values[type_] = value_writer(self, kind_of(type_))
        return write
