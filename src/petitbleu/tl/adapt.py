"""How one wire form of a name differs from the newest, and the registry of hand-written rules for
it.

What names and types settle by themselves is settled here: a field of the same name and type is
taken over, one that the other side lacks is dropped or gets its zero. The rest are functions in
``bridges.py``, registered with the decorators of this module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeVar

from petitbleu.tl.objects import Classes, TLObject
from petitbleu.tl.program import Step
from petitbleu.tl.schema import Combinator, Field

Lift = Callable[[Any, dict[str, Any]], Any]
Lower = Callable[[Any], Any]
F = TypeVar("F", bound=Callable[..., Any])


class UpgradeRule(NamedTuple):
    """A function that completes an object read in an old form."""

    fields: frozenset[str]
    lacking: frozenset[str]
    lift: Lift


UPGRADES: dict[str, list[UpgradeRule]] = {}
DOWNGRADES: dict[tuple[str, str], Lower] = {}
STAND_INS: dict[str, Lower] = {}
CERTAIN: set[str] = set()
"""Constructors whose stand-in can be said in every layer."""
LOWERED: dict[str, Lower] = {}
RENAMED: dict[str, Lower] = {}
RESULTS: dict[str, Callable[[Any, str], Any]] = {}
TAKEN_FOR: dict[tuple[str, str], Lower] = {}
"""(type given, type wanted) -> what turns the one into the other."""


def upgrade(
    *names: str, fields: Iterable[str] = (), lacking: Iterable[str] = ()
) -> Callable[[F], F]:
    """``f(obj, old) -> obj | None`` completes ``obj`` of any of ``names`` when it was read in a
    form that has one of ``fields`` (which the newest lacks or types differently; their values are
    in ``old``), or that lacks one of the newest form's ``lacking``. What it returns, unless None,
    takes the object's place.
    """

    def register(function: F) -> F:
        rule = UpgradeRule(frozenset(fields), frozenset(lacking), function)
        for name in names:
            UPGRADES.setdefault(name, []).append(rule)
        return function

    return register


def downgrade(name: str, *fields: str) -> Callable[[F], F]:
    """``f(obj) -> value`` gives the value of an old field that the newest form lacks or types
    differently.

    A field may be given as ``name:type`` where it had several types. None leaves a conditional
    field out.
    """

    def register(function: F) -> F:
        for field in fields:
            DOWNGRADES[name, field] = function
        return function

    return register


def stand_in(*names: str, certain: bool = False) -> Callable[[F], F]:
    """``f(obj) -> obj`` gives another object of the same type for clients that lack the
    constructor, or to whom it cannot be said because something it needs cannot. None: go by
    ``fallbacks.tsv``. ``certain``: it always gives an object that every layer knows.
    """

    def register(function: F) -> F:
        for name in names:
            STAND_INS[name] = function
        if certain:
            CERTAIN.update(names)
        return function

    return register


def lowered(name: str) -> Callable[[F], F]:
    """``f(obj) -> obj`` gives the object to write in any but the newest form: of an old name where
    one constructor has taken the place of several.
    """

    def register(function: F) -> F:
        LOWERED[name] = function
        return function

    return register


def renamed(*names: str) -> Callable[[F], F]:
    """``f(obj) -> obj`` gives what an object of a name that is gone is called today."""

    def register(function: F) -> F:
        for name in names:
            RENAMED[name] = function
        return function

    return register


def result(*names: str) -> Callable[[F], F]:
    """``f(value, old_type) -> value`` turns a method's newest result into its old result type."""

    def register(function: F) -> F:
        for name in names:
            RESULTS[name] = function
        return function

    return register


def taken_for(given: str, wanted: str) -> Callable[[F], F]:
    """``f(obj) -> obj`` makes an object of the type ``wanted`` of one of ``given`` that stands in
    its place.
    """

    def register(function: F) -> F:
        TAKEN_FOR[given, wanted] = function
        return function

    return register


_READ_AS = {("int", "double"): "float", ("true", "Bool"): "bool", ("Bool", "true"): "bool"}
_WRITE_AS = {("double", "int"): "int", ("true", "Bool"): "bool", ("Bool", "true"): "bool"}


def read_as(old: Field, new: Field) -> str | None:
    """How an old value becomes the newest's: ``""`` as it is, the name of a builtin, None: not by
    itself.
    """
    if old.type == new.type or (old.type, new.type) == ("int", "long"):
        return ""
    return _READ_AS.get((old.type, new.type))


def write_as(new: Field, old: Field) -> str | None:
    """The other way. A ``long`` does not go into an ``int`` by itself: it may not fit."""
    if old.type == new.type or (new.type, old.type) == ("int", "long"):
        return ""
    return _WRITE_AS.get((new.type, old.type))


def zero_of(classes: Classes, type_: str) -> Any:
    """The zero of a field type: a plain value, or for an object a function that makes one."""
    if type_ in ("int", "long"):
        return 0
    if type_ == "double":
        return 0.0
    if type_ == "string":
        return ""
    if type_ in ("bytes", "!X", "Object"):
        return b""
    if type_ in ("true", "Bool"):
        return False
    if type_ in ("int128", "int256"):
        return bytes(16 if type_ == "int128" else 32)
    if type_.lower().startswith("vector<"):
        return []
    c = plainest(type_, [classes.schema.newest(n) for n in classes.schema.of_type(type_)])
    return lambda: blank(classes, c.name)


def plainest(type_: str, forms: Iterable[Combinator]) -> Combinator:
    """Of a type's constructors the one that says least: ``...Empty``, else the fewest required
    fields.
    """

    def weight(c: Combinator) -> tuple[bool, int, bool, str]:
        needed = [f for f in c.values if not f.flags]
        return (
            any(f.type == type_ for f in needed),
            0
            if c.name.endswith(("Empty", "Unsupported", "None")) and not needed
            else 1 + len(needed),
            c.last < 1 << 30,
            c.name,
        )

    return min(forms, key=weight)


def blank(classes: Classes, name: str) -> TLObject:
    """An object with zeros in its required fields."""
    values = {}
    for f in classes.schema.newest(name).values:
        if not f.flags:
            zero = zero_of(classes, f.type)
            values[f.attr] = zero() if callable(zero) else zero
    return classes[name](**values)


class Upgrade:
    """From one old form to the newest form of the name."""

    __slots__ = ("_classes", "_newest", "coerced", "functions", "lacking", "leftover")

    def __init__(self, classes: Classes, c: Combinator) -> None:
        self._classes = classes
        newest = classes.schema.newest(c.name)
        self._newest = {f.name: f for f in newest.values}
        self.leftover: set[str] = set()
        """Old fields that the newest form has not, or has with another type."""
        self.coerced: dict[str, str] = {}
        """Old field -> builtin that converts its value."""
        self.lacking: list[tuple[str, Any]] = []
        """(attribute, zero) of the newest form's fields that the old form has not."""
        self.functions: list[Lift] = []
        if c.name in RENAMED:
            rename = RENAMED[c.name]
            self.functions.append(lambda obj, old: rename(obj))
        if c.id == newest.id:
            return
        for f in c.values:
            new = self._newest.get(f.name)
            way = None if new is None else read_as(f, new)
            if way is None:
                self.leftover.add(f.name)
            elif way:
                self.coerced[f.name] = way
        own = {f.name for f in c.values} - self.leftover
        missing = set(self._newest) - own
        for name in sorted(missing):
            f = self._newest[name]
            if f.flags:
                self.lacking.append((f.attr, False if f.type == "true" else None))
            else:
                self.lacking.append((f.attr, zero_of(classes, f.type)))
        for rule in UPGRADES.get(c.name, ()):
            if rule.fields & self.leftover or rule.lacking & missing:
                self.functions.insert(0, rule.lift)

    def lift(self, obj: Any, old: dict[str, Any]) -> Any:
        """Apply the hand-written rules."""
        for function in self.functions:
            obj = function(obj, old) or obj
        return obj

    def absent(self, step: Step) -> str:
        """Source text of what a conditional field is when it is absent: None, or the newest form's
        zero.
        """
        f = self._newest.get(step.name)
        if f is None or step.name in self.leftover:
            return "None"
        if f.flags:
            return "False" if f.type == "true" else "None"
        zero = zero_of(self._classes, f.type)
        return "None" if callable(zero) else repr(zero)
