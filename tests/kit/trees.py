"""Syntax trees of the project's files, parsed once for the tests that look at all of them.

They are some two million objects. While they are there, the garbage collector does not run: it
would look through them again and again. After the last of the tests marked ``sources`` they go.
"""

from __future__ import annotations

import ast
import gc
from functools import cache
from pathlib import Path

import pytest

SOURCES = (
    *("tests/tl", "tests/test_architecture.py", "tests/test_names.py"),
    "tests/test_recipes.py",
)
"""Files and folders whose tests are all of the area "schema and source": they keep much of what
they read or make, and in one process they do so once. Elsewhere, tests that look at all modules are
marked ``sources``.
"""


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


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark the tests of :data:`SOURCES`."""
    if item.nodeid.startswith(SOURCES):
        item.add_marker("sources")


def pytest_runtest_teardown(nextitem: pytest.Item | None) -> None:
    """Let go of the trees when no test that comes next needs them."""
    needed = nextitem is not None and nextitem.get_closest_marker("sources") is not None
    if tree.cache_info().currsize and not needed:
        nodes.cache_clear()
        tree.cache_clear()
        gc.enable()
