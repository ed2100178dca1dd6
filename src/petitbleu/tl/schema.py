"""The merged schema: one line per constructor or method id, with the layers that have it.

A line of ``schema/api.tl`` is ``name#id args = Result; // 157-195 202-``. The ranges run over the
known layers (first line of the file); an open end means "up to the newest". Reading the file takes
milliseconds because a line's fields are parsed when they are first asked for.
Source of the notation: core.telegram.org/mtproto/TL.
"""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Iterable
from typing import NamedTuple

from petitbleu.resources import schema_text

_LINE = re.compile(r"^([\w.]+)#([0-9a-f]+)((?: [^=]*)?) = ([^;]+);(?: // (.*))?$", re.M)
_FLAG = re.compile(r"^(flags\d*)\.(\d+)\?(.+)$")
NEWEST = 1 << 30
"""The upper end of an open range."""


class Field(NamedTuple):
    """One argument of a combinator."""

    name: str
    """As in the schema, snake_case."""
    type: str
    """Without the flag condition: ``int``, ``Vector<User>``, ``true``, ``#``, ``!X``."""
    flags: str
    """Name of the flags word that announces it, or ``""`` where it is required."""
    bit: int

    @property
    def attr(self) -> str:
        """The Python attribute (``from`` is a keyword)."""
        return "from_" if self.name == "from" else self.name

    @property
    def text(self) -> str:
        """As written in the schema."""
        return (
            f"{self.name}:{self.flags}.{self.bit}?{self.type}"
            if self.flags
            else (f"{self.name}:{self.type}")
        )


def parse_field(text: str) -> Field:
    """``text`` is ``name:type`` or ``name:flags.N?type``."""
    name, _, kind = text.partition(":")
    match = _FLAG.match(kind)
    if match:
        return Field(name, match[3], match[1], int(match[2]))
    return Field(name, kind, "", 0)


class Combinator:
    """One constructor or method in one wire form."""

    __slots__ = ("_fields", "_text", "function", "id", "name", "ranges", "result")

    def __init__(
        self,
        name: str,
        id: int,
        text: str,
        result: str,
        function: bool,
        ranges: tuple[tuple[int, int], ...],
    ) -> None:
        self.name = name
        self.id = id
        self.result = result
        self.function = function
        self.ranges = ranges
        self._text = text
        self._fields: tuple[Field, ...] | None = None

    @property
    def fields(self) -> tuple[Field, ...]:
        """Arguments in wire order, flags words included."""
        if self._fields is None:
            self._fields = tuple(parse_field(t) for t in self._text.split() if t[0] != "{")
        return self._fields

    @property
    def values(self) -> tuple[Field, ...]:
        """Arguments that are attributes: all but the flags words."""
        return tuple(f for f in self.fields if f.type != "#")

    def known_at(self, layer: int) -> bool:
        """True where the layer has this id."""
        return any(low <= layer <= high for low, high in self.ranges)

    @property
    def last(self) -> int:
        """The newest layer that has this id."""
        return self.ranges[-1][1]

    @property
    def layers_text(self) -> str:
        """The ranges as the schema writes them; empty for a form that every layer has."""
        parts = []
        for low, high in self.ranges:
            end = "" if high == NEWEST else str(high)
            parts.append(str(low) if low == high else f"{low}-{end}")
        return " ".join(parts) if self.ranges != ((0, NEWEST),) else ""

    @property
    def text(self) -> str:
        """The line without its layer range."""
        arguments = f" {self._text}" if self._text else ""
        return f"{self.name}#{self.id:08x}{arguments} = {self.result};"

    def __repr__(self) -> str:
        return f"<{self.text}>"


@functools.cache
def parse_ranges(text: str | None) -> tuple[tuple[int, int], ...]:
    """``"157-195 202-"`` -> ``((157, 195), (202, NEWEST))``; no text: every layer."""
    if not text:
        return ((0, NEWEST),)
    ranges = []
    for part in text.split():
        low, dash, high = part.partition("-")
        ranges.append((int(low), (int(high) if high else NEWEST) if dash else int(low)))
    return tuple(ranges)


def parse(text: str) -> list[Combinator]:
    """All combinators of a schema text. A line that is neither a combinator nor a comment is
    refused.
    """
    types, _, functions = text.partition("---functions---")
    combinators: list[Combinator] = []
    for part, is_function in ((types, False), (functions, True)):
        before = len(combinators)
        for found in _LINE.finditer(part):
            name, id_, args, result, ranges = found.groups("")
            combinators.append(
                Combinator(
                    sys.intern(name),
                    int(id_, 16),
                    args.strip(),
                    sys.intern(result),
                    is_function,
                    parse_ranges(ranges),
                )
            )
        lines = sum(1 for line in part.splitlines() if line and not line.startswith(("//", "---")))
        if lines != len(combinators) - before:
            raise ValueError(f"{lines - len(combinators) + before} schema lines cannot be read")
    return combinators


class Schema:
    """The combinators by id and by name."""

    __slots__ = ("_by_type", "by_id", "by_name", "layers")

    def __init__(self, combinators: Iterable[Combinator], layers: tuple[int, ...]) -> None:
        self.layers = layers
        """Known layers, ascending."""
        self.by_id: dict[int, Combinator] = {}
        self.by_name: dict[str, list[Combinator]] = {}
        for c in combinators:
            self.by_id[c.id] = c
            self.by_name.setdefault(c.name, []).append(c)
        for forms in self.by_name.values():
            if len(forms) > 1:
                forms.sort(key=lambda c: (c.last, c.ranges[-1]))
        self._by_type: dict[str, list[str]] | None = None

    @property
    def newest_layer(self) -> int:
        """The newest known layer."""
        return self.layers[-1]

    def newest(self, name: str) -> Combinator:
        """The newest form of a name: the one its class has. KeyError where the name is unknown."""
        return self.by_name[name][-1]

    def is_current(self, name: str) -> bool:
        """True where the newest layer still has the name."""
        return self.newest(name).last == NEWEST

    def form(self, name: str, layer: int) -> Combinator | None:
        """The form of ``name`` in a *known* layer, or None where that layer lacks it."""
        for c in reversed(self.by_name.get(name, ())):
            if c.known_at(layer):
                return c
        return None

    def of_type(self, result: str) -> list[str]:
        """Constructor names of an abstract type (old names included)."""
        if self._by_type is None:
            self._by_type = {}
            for name, forms in self.by_name.items():
                for result_ in {c.result for c in forms if not c.function}:
                    self._by_type.setdefault(result_, []).append(name)
        return self._by_type.get(result, [])


def parse_layers(text: str) -> tuple[int, ...]:
    """The known layers, from the first line ``// layers 157 158 ...``."""
    head = text.partition("\n")[0]
    return tuple(int(n) for n in head.removeprefix("// layers ").split())


@functools.cache
def load() -> Schema:
    """``schema/api.tl``, ``schema/gap_forms.tl`` and ``schema/petitbleu.tl``, read once."""
    text = schema_text("api.tl")
    more = [
        definition
        for name in ("gap_forms.tl", "petitbleu.tl")
        for definition in parse(schema_text(name))
    ]
    return Schema([*parse(text), *more], parse_layers(text))


@functools.cache
def load_service() -> Schema:
    """``schema/mtproto.tl``: the service messages of MTProto, which have no layers."""
    return Schema(parse(schema_text("mtproto.tl")), (0,))
