"""Writes ``client/src/wire/schema.d.ts``: the types that the web client needs, and no others.

A constructor is an interface (``messages.dialogs`` becomes ``messages_dialogs``), a type the union
of its constructors (``messages_Dialogs``), and ``Methods`` maps each method that the sources call
to its parameters and its result. In it is what those methods take and what can come back, updates
included. How the values look in JSON: :mod:`petitbleu.tl.jsonform`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from petitbleu.tl.schema import Combinator, Schema

_HEAD = """\
// Generated from the schema by `petitbleu dev schema typescript --write`. Do not edit.
/** 64 bits in decimal digits: compared for equality only. */
export type Long = string;
/** Base64. */
export type Bytes = string;
"""
_PLAIN = {
    "int": "number",
    "long": "Long",
    "double": "number",
    "string": "string",
    "bytes": "Bytes",
    "int128": "Bytes",
    "int256": "Bytes",
    "Bool": "boolean",
    "true": "boolean",
    "!X": "unknown",
}
_LITERAL = re.compile(r'"([a-z][a-zA-Z]*\.[a-z][a-zA-Z]*)"')


def called(sources: Path, schema: Schema) -> list[str]:
    """The methods whose names stand as literals in the TypeScript below a folder, sorted."""
    names: set[str] = set()
    for file in sources.rglob("*.ts*"):
        if not file.name.endswith(".d.ts"):
            names.update(_LITERAL.findall(file.read_text("utf-8")))
    return sorted(name for name in names if name in schema.by_name and schema.newest(name).function)


def typescript(schema: Schema, methods: Iterable[str]) -> str:
    """The text of ``schema.d.ts`` for these methods."""
    wanted = [schema.newest(name) for name in methods]
    makers: dict[str, list[Combinator]] = {}
    for name in sorted(schema.by_name):
        newest = schema.newest(name)
        if not newest.function and schema.is_current(name):
            makers.setdefault(newest.result, []).append(newest)
    types = _reached(makers, wanted)
    out = [_HEAD]
    for type_ in sorted(types):
        out += [_interface(c) for c in makers[type_]]
        members = " | ".join(_name(c.name) for c in makers[type_])
        out.append(f"export type {_name(type_)} = {members};")
    out.append("export interface Methods {")
    for c in wanted:
        fields = "; ".join(_fields(c))
        out.append(f'  "{c.name}": {{ params: {{ {fields} }}; result: {_type(c.result)} }};')
    out.append("}")
    return "\n".join(out) + "\n"


def _reached(makers: dict[str, list[Combinator]], wanted: Iterable[Combinator]) -> set[str]:
    """The types that the methods and the updates can hold, at any depth."""
    waiting = ["Updates"]
    for c in wanted:
        waiting += [c.result, *(field.type for field in c.values)]
    types: set[str] = set()
    while waiting:
        type_ = _item(waiting.pop())
        if type_ in types or type_ not in makers or type_ in _PLAIN:
            continue
        types.add(type_)
        waiting += [field.type for c in makers[type_] for field in c.values]
    return types


def _item(type_: str) -> str:
    while type_.lower().startswith("vector<"):
        type_ = type_[7:-1]
    return type_


def _name(name: str) -> str:
    return name.replace(".", "_")


def _type(type_: str) -> str:
    if type_.lower().startswith("vector<"):
        return f"{_type(type_[7:-1])}[]"
    return _PLAIN.get(type_) or _name(type_)


def _fields(c: Combinator) -> Iterator[str]:
    for field in c.values:
        yield f"{field.name}{'?' if field.flags else ''}: {_type(field.type)}"


def _interface(c: Combinator) -> str:
    fields = "; ".join([f'_: "{c.name}"', *_fields(c)])
    return f"export interface {_name(c.name)} {{ {fields} }}"
