"""Syntax trees of the project's files, parsed once for the tests that look at all of them.

They are some two million objects. While they are there, the garbage collector does not run: it
would look through them again and again. After the last of the files of :data:`USERS` they go.
"""

from __future__ import annotations

import ast
import gc
from functools import cache
from pathlib import Path

import pytest

USERS = ("tests/test_architecture.py", "tests/test_architecture_state.py", "tests/test_names.py")
"""Files of tests that look at them, one after the other."""


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    gc.disable()
    text = path.read_text("utf-8")
    try:
        return ast.parse(text, str(path))
    except SystemError:
        # Python 3.11 counts the depth of a tree for all threads together: another one was at it.
        return ast.parse(text, str(path))


@cache
def nodes(path: Path) -> list[ast.AST]:
    """All nodes of a module."""
    return list(ast.walk(tree(path)))


def pytest_runtest_teardown(nextitem: pytest.Item | None) -> None:
    """Let go of the trees when no test that comes next needs them."""
    if tree.cache_info().currsize and not (nextitem and nextitem.nodeid.startswith(USERS)):
        nodes.cache_clear()
        tree.cache_clear()
        gc.enable()
