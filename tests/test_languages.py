"""No module but those that read catalogues and set texts knows a language by its code: a new
language is files of ``locale/`` and nothing else.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from petitbleu.catalogues import FOLDER
from tests.kit.trees import tree

SRC = Path(__file__).parents[1] / "src" / "petitbleu"
OF_LANGUAGES = ("catalogues.py", "typography.py")
"""Where texts are read, and set as their language does."""
EXCEPTIONS = {
    "desk/intake/classify/": "in which language a letter is written: words that are recognised",
    "domain/safety/antispam/language.py": "in which language a text is written",
    "web/public/reading.py": "how many words a minute people read in a language",
}
"""Path -> why languages are named there."""
CODES = frozenset(place.name for place in FOLDER.iterdir() if place.is_dir())

_TEMPLATE = re.compile(
    r"""(?:[=!]=|\bin\b\s*[(\[]|\[|\{|,)\s*["'](?:{codes})["']|["'](?:{codes})["']\s*(?:[=!]=|:)""".replace(
        "{codes}", "|".join(sorted(CODES))
    )
)
_MARK = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)


def _is_code(node: ast.expr | None) -> bool:
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return bool(node.elts) and all(map(_is_code, node.elts))
    return isinstance(node, ast.Constant) and node.value in CODES


def _named(node: ast.AST) -> bool:
    """Whether what is done depends on a language that is named in the code."""
    if isinstance(node, ast.Compare):
        return any(map(_is_code, [node.left, *node.comparators]))
    if isinstance(node, ast.Dict):
        return any(map(_is_code, node.keys))
    if isinstance(node, ast.Subscript):
        return _is_code(node.slice)
    if isinstance(node, ast.MatchValue):
        return _is_code(node.value)
    if isinstance(node, ast.Call):
        by_name = any(one.arg in CODES - {"nl"} for one in node.keywords)  # echo(…, nl=False)
        got = isinstance(node.func, ast.Attribute) and node.func.attr == "get"
        return by_name or (got and any(map(_is_code, node.args[:1])))
    return False


def _languages(tree: ast.AST) -> Iterator[int]:
    yield from (getattr(node, "lineno", 0) for node in ast.walk(tree) if _named(node))


@pytest.mark.sources
def test_no_module_compares_or_maps_a_code_of_a_language() -> None:
    wrong = []
    for path in sorted(SRC.rglob("*.py")):
        name = str(path.relative_to(SRC))
        if name not in OF_LANGUAGES and not name.startswith(tuple(EXCEPTIONS)):
            wrong += [f"{name}:{line}" for line in _languages(tree(path))]
    assert wrong == []


def test_no_template_of_a_page_does_either() -> None:
    wrong = [
        f"{path.relative_to(SRC)}: {mark[0]}"
        for path in sorted(SRC.rglob("*.html"))
        for mark in _MARK.finditer(path.read_text("utf-8"))
        if _TEMPLATE.search(mark[0])
    ]
    assert wrong == []


def test_exceptions_are_still_needed() -> None:
    for place in EXCEPTIONS:
        paths = sorted((SRC / place).rglob("*.py")) if place.endswith("/") else [SRC / place]
        assert any(list(_languages(ast.parse(one.read_text("utf-8")))) for one in paths), place


def test_a_language_in_code_is_found() -> None:
    code = """
a = "x" if lang == "fr" else "y"
b = {"en": 1, "fr": 2}
c = texts["de"]
d = texts.get("fr", "")
e = lang in ("fr", "en")
f = command(en="a", fr="b")
match lang:
    case "fr":
        pass
"""
    assert sorted(set(_languages(ast.parse(code)))) == [2, 3, 4, 5, 6, 7, 9]
    assert _TEMPLATE.search('{% if lang == "fr" %}') and _TEMPLATE.search('{{ x["fr"] }}')
    assert _TEMPLATE.search('{% if lang in ("fr", "en") %}')
    assert not _TEMPLATE.search("{% if lang == view.lang %}")
