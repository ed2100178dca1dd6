"""A public function's name says what it returns or does.

The names below stood all over the tree and said neither: whoever read a call had to open the
function. ``docs/developers/glossary.md`` has the terms to use instead.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.kit.trees import tree

PACKAGE = Path(__file__).parents[1] / "src" / "petitbleu"
BANNED = frozenset({"of", "said", "told", "kept", "shown", "made", "taken"})


def _public_functions() -> Iterator[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every public function at the top of a module."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name[0] != "_":
                yield path, node


def test_no_public_function_has_a_banned_name() -> None:
    functions = list(_public_functions())
    assert len(functions) > 3000
    wrong = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}: {node.name}"
        for path, node in functions
        if node.name in BANNED
    ]
    assert not wrong, "\n".join(wrong)
