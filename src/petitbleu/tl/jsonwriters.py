"""Programs -> Python functions that turn an object into dicts, lists and scalars for a JSON writer.

As ``encoders.py`` does for bytes, one function per constructor is made on first use: walking the
table of steps for each object costs five times as much. Objects are in the newest form, and so is
what is written. A :class:`~petitbleu.tl.objects.Raw` holds the JSON text of an object already.
"""

from __future__ import annotations

import functools
from binascii import b2a_base64
from collections.abc import Callable
from typing import Any

import msgspec

from petitbleu.errors import LocalFault
from petitbleu.tl import codec
from petitbleu.tl.objects import Raw, TLObject
from petitbleu.tl.program import Kind, Step, kind_of, program

ToJson = Callable[[Any], Any]


def _base64(value: bytes) -> str:
    return b2a_base64(value, newline=False).decode("ascii")


def _missing(name: str, field: str) -> Any:
    raise LocalFault(f"{name}.{field} is missing")


def _query(value: Any) -> Any:
    """A query inside a wrapper, which may still be bytes."""
    value = codec.decode(value) if isinstance(value, bytes) else value
    return TABLE[value.__class__](value)


class Table(dict[type, ToJson]):
    """Class -> its function, made on first use."""

    def __missing__(self, cls: type) -> ToJson:
        if not issubclass(cls, TLObject):
            raise LocalFault(f"{cls!r} is no TL object")
        writer = self[cls] = _make(cls.NAME)
        return writer


TABLE = Table()
TABLE[Raw] = lambda raw: msgspec.Raw(raw.data)

_NAMES: dict[str, Any] = {
    "base64": _base64,
    "missing": _missing,
    "query": _query,
    "table": TABLE,
}


def _expression(kind: Kind, source: str) -> str:
    """Source text of a value of ``kind``; ``source`` is a local name."""
    if kind.code == "fixed":
        if kind.pack == "q":
            return f"str({source})"
        return source if kind.pack in "id" else f"base64({source})"
    if kind.code == "bytes":
        return f"base64({source})"
    if kind.code == "object":
        return f"table[{source}.__class__]({source})"
    if kind.code == "rest":
        return f"query({source})"
    if kind.code != "vector":
        return source
    assert kind.item is not None
    item = _expression(kind.item, "x")
    return f"list({source})" if item == "x" else f"[{item} for x in {source}]"


def _lines(name: str, step: Step) -> list[str]:
    """The statements that put one field into ``d``."""
    key = f"d[{step.name!r}]"
    if step.kind.code == "true":
        return [f"    v = o.{step.attr}", f"    if v: {key} = v"]
    value = _expression(step.kind, "v")
    lines = [f"    v = o.{step.attr}"]
    if step.flags:
        return [*lines, f"    if v is not None: {key} = {value}"]
    return [
        *lines,
        f"    if v is None: missing({name!r}, {step.name!r})",
        f"    {key} = {value}",
    ]


def _make(name: str) -> ToJson:
    lines = ["def write(o):", f"    d = {{'_': {name!r}}}"]
    for step in program(codec.SCHEMA.newest(name)):
        if not step.is_word:
            lines += _lines(name, step)
    return _compiled([*lines, "    return d"], name)


def _compiled(lines: list[str], name: str) -> ToJson:
    space = dict(_NAMES)
    exec(compile("\n".join(lines), f"<tl json {name}>", "exec"), space)  # noqa: S102
    writer: ToJson = space["write"]
    return writer


@functools.cache
def value_writer(kind: Kind) -> ToJson:
    """The function of a bare value: a field, or the result of a method."""
    return _compiled(["def write(v):", f"    return {_expression(kind, 'v')}"], kind.code)


@functools.cache
def result_writer(method: str) -> ToJson:
    """The function of the result of a method: an object, a Bool or a Vector."""
    return value_writer(kind_of(codec.SCHEMA.newest(method).result))
