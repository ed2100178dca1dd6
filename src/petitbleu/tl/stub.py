"""Writes ``api.pyi``: the types of all classes, for editors and mypy (a developer's tool).

Namespaces are classes. Fields refer to other types by module-level names, because a field may be
called like a namespace or a builtin.
"""

from __future__ import annotations

from collections.abc import Iterator

from petitbleu.tl.objects import class_name
from petitbleu.tl.schema import Combinator, Schema

_HEAD = """\
# Generated from schema/api.tl by `petitbleu dev schema merge`. Do not edit.
# mypy: disable-error-code="assignment"
import builtins
from collections.abc import Sequence
from typing import TypeAlias, dataclass_transform

from petitbleu.tl.objects import Classes as Classes
from petitbleu.tl.objects import Raw as Raw
from petitbleu.tl.objects import TLObject as TLObject

CLASSES: Classes

@dataclass_transform(kw_only_default=True)
class _Object(TLObject):
    pass

"""
_PLAIN = {
    "int": "builtins.int",
    "long": "builtins.int",
    "double": "builtins.float",
    "string": "builtins.str",
    "bytes": "builtins.bytes",
    "int128": "builtins.bytes",
    "int256": "builtins.bytes",
    "Bool": "builtins.bool",
    "true": "builtins.bool",
    "!X": "builtins.bytes | TLObject",
}


def python_type(type_: str) -> str:
    """The annotation of a field type."""
    if type_.startswith("Vector<"):
        return f"Sequence[{python_type(type_[7:-1])}]"
    return _PLAIN.get(type_) or alias(type_)


def alias(type_: str) -> str:
    """The module-level name of an abstract type."""
    space, _, name = type_.rpartition(".")
    return f"_{space}_Type{name}" if space else f"Type{name}"


def _class(c: Combinator, pad: str) -> Iterator[str]:
    fields = c.values
    yield f"{pad}class {class_name(c.name)}(_Object):{'' if fields else ' ...'}"
    for f in fields:
        kind = python_type(f.type)
        if not f.flags:
            yield f"{pad}    {f.attr}: {kind}"
        elif f.type == "true":
            yield f"{pad}    {f.attr}: {kind} = False"
        else:
            yield f"{pad}    {f.attr}: {kind} | None = None"


def stub(schema: Schema) -> str:
    """The text of ``api.pyi``."""
    spaces: dict[str, list[Combinator]] = {}
    for name in sorted(schema.by_name):
        spaces.setdefault(name.rpartition(".")[0], []).append(schema.newest(name))
    types: dict[str, list[str]] = {}
    for name in sorted(schema.by_name):
        newest = schema.newest(name)
        if not newest.function:
            space, dot, _ = name.rpartition(".")
            types.setdefault(newest.result, []).append(f"{space}{dot}{class_name(name)}")
    out = [_HEAD]
    for space in sorted(spaces):
        if space:
            out.append(f"class {space}:")
        for c in spaces[space]:
            out += _class(c, "    " if space else "")
        for type_, members in sorted(types.items()):
            where, _, name = type_.rpartition(".")
            if where == space and space:
                short = " | ".join(m.removeprefix(space + ".") for m in members)
                out.append(f"    Type{name}: TypeAlias = {short}")
            elif where == space:
                out.append(f"Type{name}: TypeAlias = {' | '.join(members)}")
    for type_, members in sorted(types.items()):
        if "." in type_:
            out.append(f"{alias(type_)}: TypeAlias = {' | '.join(members)}")
    return "\n".join(out) + "\n"
