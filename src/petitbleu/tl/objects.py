"""The classes of TL objects: one per name, in the form of the newest layer that has it.

Classes are made when they are first asked for. They have slots and keyword-only arguments: required
fields must be given, conditional ones default to None, conditional ``true`` to False.
"""

from __future__ import annotations

from typing import Any, ClassVar

from petitbleu.tl.schema import Combinator, Schema


class TLObject:
    """Base of all TL objects. Compares by value."""

    __slots__: ClassVar[tuple[str, ...]] = ()
    NAME: ClassVar[str] = ""
    """The name in the schema: ``messages.sendMessage``."""
    TYPE: ClassVar[str] = ""
    """The abstract type it is of; of a method: what it returns."""
    FUNCTION: ClassVar[bool] = False

    def __eq__(self, other: object) -> bool:
        if self.__class__ is not other.__class__:
            return NotImplemented
        return all(getattr(self, slot) == getattr(other, slot) for slot in self.__slots__)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        shown = (
            f"{slot}={value!r}"
            for slot in self.__slots__
            if (value := getattr(self, slot, None)) is not None and value is not False
        )
        return f"{self.NAME}({', '.join(shown)})"


class Raw:
    """Bytes that stand for an object: already encoded for the layer they are used in."""

    __slots__ = ("data",)

    def __init__(self, data: bytes) -> None:
        self.data = data

    def __repr__(self) -> str:
        return f"Raw({len(self.data)} bytes)"


def class_name(name: str) -> str:
    """``messages.sendMessage`` -> ``SendMessage``; ``req_DH_params`` -> ``ReqDHParams``."""
    tail = name.rpartition(".")[2]
    return "".join(part[:1].upper() + part[1:] for part in tail.split("_"))


def make_class(c: Combinator) -> type[TLObject]:
    """The class of a combinator's fields."""
    attributes = [(f.attr, f) for f in c.values]
    needed = [a for a, f in attributes if not f.flags]
    optional = [f"{a}={'False' if f.type == 'true' else 'None'}" for a, f in attributes if f.flags]
    space: dict[str, Any] = {}
    if attributes:
        source = [f"def __init__(o_, /, *, {', '.join(needed + optional)}):"]
        source += [f"    o_.{a} = {a}" for a, _ in attributes]
        exec("\n".join(source), {}, space)  # noqa: S102
    space |= {
        "__slots__": tuple(a for a, _ in attributes),
        "__module__": "petitbleu.tl.api",
        "NAME": c.name,
        "TYPE": c.result,
        "FUNCTION": c.function,
    }
    return type(class_name(c.name), (TLObject,), space)


class Classes(dict[str, type[TLObject]]):
    """TL name -> class, made on first use. KeyError for a name no layer has."""

    def __init__(self, schema: Schema) -> None:
        super().__init__()
        self.schema = schema
        self._by_place: dict[str, str] | None = None

    def __missing__(self, name: str) -> type[TLObject]:
        class_ = self[name] = make_class(self.schema.newest(name))
        return class_

    def places(self) -> dict[str, str]:
        """Python place (``messages.SendMessage``) -> TL name (``messages.sendMessage``)."""
        if self._by_place is None:
            self._by_place = {}
            for name in self.schema.by_name:
                space, dot, _ = name.rpartition(".")
                self._by_place[space + dot + class_name(name)] = name
        return self._by_place
