"""The rooms' source as ``tests/kit/reads.py`` runs it: modules, functions, what names stand for."""

from __future__ import annotations

import ast
import types
import typing
from pathlib import Path
from typing import Any

from petitbleu.tl.objects import TLObject

Names = frozenset[str]


def classes(value: Any) -> Names | None:
    """The TL names of a class, a union, a collection or the keys of a table; None for others."""
    if isinstance(value, type):
        return frozenset({value.NAME}) if issubclass(value, TLObject) else None
    if isinstance(value, (types.UnionType, tuple, list, set, frozenset, dict)):
        parts = typing.get_args(value) if isinstance(value, types.UnionType) else value
        found = [classes(one) for one in parts]
        return frozenset().union(*(one for one in found if one))
    if typing.get_args(value):
        return classes(typing.get_args(value))
    return None


class Module:
    """One module: its source, its functions, and what its names stand for."""

    def __init__(self, real: Any) -> None:
        self.names: dict[str, Any] = vars(real)
        self.tree = ast.parse(Path(real.__file__).read_text("utf-8"))
        self.functions: dict[str, Any] = {}
        self._by_line: dict[tuple[str, int], Any] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                self.functions.setdefault(node.name, node)
                first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
                self._by_line[node.name, first] = node
            elif isinstance(node, ast.Lambda):
                self._by_line["<lambda>", node.lineno] = node

    def node_of(self, function: types.FunctionType) -> Any:
        """The source of a function object."""
        return self._by_line.get((function.__name__, function.__code__.co_firstlineno))

    def look(self, node: ast.AST) -> Any:
        """What an expression of the module's own names is; None where it needs more."""
        if not isinstance(
            node, (ast.Name, ast.Attribute, ast.Tuple, ast.BinOp, ast.Subscript, ast.Set, ast.Call)
        ):
            return None
        if isinstance(node, ast.Call):
            return None
        try:
            return eval(ast.unparse(node), self.names)
        except Exception:
            return None
