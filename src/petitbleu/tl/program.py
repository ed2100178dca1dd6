"""A combinator as a program: the flat list of steps that read or write one wire form.

``compile.py`` turns programs into Python functions; the same steps could drive a C interpreter.
"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.tl.schema import Combinator, Field

FIXED = {"#": "I", "int": "i", "long": "q", "double": "d", "int128": "16s", "int256": "32s"}
"""Types of fixed size and their ``struct`` codes."""
SIZES = {"I": 4, "i": 4, "q": 8, "d": 8, "16s": 16, "32s": 32}
VECTOR_ID = 0x1CB5C415
TRUE_ID = 0x997275B5
FALSE_ID = 0xBC799737


class Kind(NamedTuple):
    """What is on the wire: ``code`` is one of fixed, string, bytes, bool, true, object, vector,
    rest.
    """

    code: str
    pack: str = ""
    """``struct`` code of a fixed value."""
    type: str = ""
    """Abstract type of an object."""
    item: Kind | None = None
    """Of a vector."""
    bare: bool = False
    """A vector without its own id (service messages only)."""

    @property
    def least(self) -> int:
        """Fewest bytes one such value takes."""
        return SIZES[self.pack] if self.code == "fixed" else 8 if self.code == "vector" else 4


class Step(NamedTuple):
    """One field."""

    kind: Kind
    name: str
    attr: str
    flags: str
    bit: int

    @property
    def mask(self) -> int:
        """The bit as a number."""
        return 1 << self.bit

    @property
    def is_word(self) -> bool:
        """A flags word: on the wire, but no attribute."""
        return self.kind.pack == "I"


def kind_of(type_: str) -> Kind:
    """The wire kind of a field type as the schema writes it."""
    if type_ in FIXED:
        return Kind("fixed", FIXED[type_])
    if type_ in ("string", "bytes", "true"):
        return Kind(type_)
    if type_ == "Bool":
        return Kind("bool")
    if type_ in ("!X", "Object"):
        return Kind("rest")
    if type_[:7] in ("Vector<", "vector<"):
        return Kind("vector", item=kind_of(type_[7:-1]), bare=type_[0] == "v")
    return Kind("object", type=type_)


def step_of(field: Field) -> Step:
    """The step of one field."""
    return Step(kind_of(field.type), field.name, field.attr, field.flags, field.bit)


def program(c: Combinator) -> tuple[Step, ...]:
    """All steps of a combinator, in wire order."""
    return tuple(step_of(f) for f in c.fields)
