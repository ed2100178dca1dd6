"""Every French text of the program has the signs, spaces and apostrophes of French.

Texts stand in the sources with plain spaces and are set where they are read (``typography``). So
two things are looked at: that no French text is read but through what sets it, and that what comes
out has no fault left.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import ClassVar

import pytest

from petitbleu import refusals
from petitbleu.catalogues import Catalogue
from petitbleu.config import Config
from petitbleu.domain.safety.moderation import options
from tests.kit.catalogues import SURFACES, shown
from tests.kit.french import faults

SRC = Path(__file__).parents[1] / "src" / "petitbleu"
_NOT_SAID = ("bench/", "store/", "tl/", "desk/intake/classify/", "desk/reference/law/words.py")
"""Code and patterns."""
_PEOPLES = ("desk/adjudication/decisions/seed_data.py",)
"""What people of a practice desk write."""
_GATHERED = re.compile(r".*/sayings\.py")
"""Tables that are set one by one."""
_FRENCH = re.compile("[àâçèéêîôù«]")
"""What a module with a French text has somewhere."""
_TO_SET = re.compile(r"(?=.*[^\W\d_]).*( [;?!»](?!\w)|« | :(?![\w:])|n° (?=[\d{]))", re.DOTALL)
_JOINING = re.compile(r" [;?!»:] |« |n° $")
"""The same between two parts of an f-string."""
_KEYS = {"frozenset", "set", "tuple", "len"}
"""What reads the names of a table and not its texts."""

_TYPED = {
    *("pages.work.act_deadline_hint", "pages.threats.threat_at_hint", "pages.work.wrong_when"),
    "refusals.decisions.threats.unsent.at",
}
"""Texts that show how a time is typed in."""

SOURCES = sorted(
    path for path in SRC.rglob("*.py") if not str(path.relative_to(SRC)).startswith(_NOT_SAID)
)


class _Reading(ast.NodeVisitor):
    """French texts of a module that are read without being set."""

    def __init__(self, tree: ast.Module) -> None:
        self.plain: list[str] = []
        self._tables = {id(node): name for node in tree.body if (name := _table(node))}
        self._sets = {"spaced", "table", "command"} | {
            one.name
            for one in ast.walk(tree)
            if isinstance(one, ast.FunctionDef) and _returns_set(one)
        }
        self._calls: list[str] = []

    def visit(self, node: ast.AST) -> None:
        """Go down, but not into docstrings, tables that wait to be set, and what asks for keys."""
        if id(node) in self._tables or _is_said(node):
            return
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
            return
        if isinstance(node, ast.Name) and node.id in self._tables.values():
            self._found(node, node.id)
        if isinstance(node, ast.Constant) and _TO_SET.match(str(node.value)):
            self._found(node, str(node.value)[:60])
        if isinstance(node, ast.JoinedStr):
            for one in node.values:
                if isinstance(one, ast.Constant) and _JOINING.search(str(one.value)):
                    self._found(node, str(one.value))
        if isinstance(node, ast.Call):
            self._calls.append(_name(node.func))
            self.generic_visit(node)
            self._calls.pop()
        else:
            self.generic_visit(node)

    def _found(self, node: ast.expr, what: str) -> None:
        if not (self._sets | _KEYS) & set(self._calls):
            self.plain.append(f"line {node.lineno}: {what}")


def _is_said(node: ast.AST) -> bool:
    """The sentences of a :class:`Refusal`, which sets them as it says them."""
    return (
        isinstance(node, ast.AnnAssign)
        and isinstance(node.target, ast.Name)
        and node.target.id == "SAID"
    )


def _returns_set(function: ast.FunctionDef) -> bool:
    """Whether it gives out nothing but what was set."""
    found = [one.value for one in ast.walk(function) if isinstance(one, ast.Return)]
    named = [_name(one.func) if isinstance(one, ast.Call) else "" for one in found]
    return bool(named) and set(named) == {"spaced"}


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _table(node: ast.stmt) -> str:
    """The name of a table whose texts are still to be set; empty: it is none."""
    if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
        return ""
    if isinstance(node.value, ast.Call) and _name(node.value.func) == "table":
        return ""
    target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
    within = [one.value for one in ast.walk(node.value) if isinstance(one, ast.Constant)]
    waits = any(isinstance(one, str) and _TO_SET.match(one) for one in within)
    return target.id if waits and isinstance(target, ast.Name) else ""


def test_no_french_text_is_read_but_through_what_sets_it() -> None:
    plain: dict[str, list[str]] = {}
    for path in SOURCES:
        name = str(path.relative_to(SRC))
        text = path.read_text("utf-8")
        french = _FRENCH.search(text) is not None
        if french and name not in _PEOPLES and not _GATHERED.fullmatch(name):
            tree = ast.parse(text)
            reading = _Reading(tree)
            reading.visit(tree)
            if reading.plain:
                plain[name] = reading.plain
    assert plain == {}


def test_a_text_that_nothing_sets_is_found() -> None:
    tree = ast.parse(
        "from petitbleu.typography import table\n"
        "_WRITTEN = {'fr': 'Qui ?'}\n"
        "TEXTS = table(_WRITTEN)\n"
        "_ELSE = {'fr': 'Quoi ?'}\n"
        "def say(lang):\n    return _ELSE[lang] if lang in _ELSE else 'Voici : rien'\n"
    )
    reading = _Reading(tree)
    reading.visit(tree)
    assert reading.plain == ["line 6: _ELSE", "line 6: Voici : rien"]


@pytest.mark.parametrize("surface", SURFACES)
def test_catalogues_have_no_fault(surface: str) -> None:
    found = {name: faults(_words(text)) for name, text in shown("fr", surface).items()}
    assert {name: wrong for name, wrong in found.items() if wrong and name not in _TYPED} == {}


def _words(template: str) -> str:
    """A text without its marks, and without HTML where it is a page."""
    text = re.sub(r"\{%.*?%\}", "", re.sub(r"\{\{.*?\}\}", "1", template))
    return re.sub("<[^>]*>", " ", text) if text.startswith("<!DOCTYPE") else text


def test_reasons_of_a_refusal_are_set_as_they_are_said() -> None:
    class Refused(refusals.Refusal):
        SAID: ClassVar[refusals.Sentences] = Catalogue("desk", "refusals.views")

    said = Refused("name", most="un : deux").say("fr")
    assert faults(said.replace("un : deux", "")) == []
    assert "un : deux" in said, "what people wrote stays as it is"


def test_questions_of_a_report_are_set() -> None:
    config = Config()
    question = options.question("", "fr", config, group=True)
    assert question is not None
    for path, _ in [(b"", ""), *question.options]:
        asked = options.question(path.decode(), "fr", config, group=True)
        shown = [asked.title, *(text for _, text in asked.options)] if asked is not None else []
        assert [fault for one in shown for fault in faults(one)] == []
    assert faults(options.text("rules/admins", "fr", config)) == []


def test_apostrophes_are_those_of_print() -> None:
    elided = re.compile(
        r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'(?=[aeiouyhàâéèêîô])", re.IGNORECASE
    )
    wrong = {}
    for path in SOURCES:
        text = path.read_text("utf-8")
        tree = ast.parse(text if elided.search(text) else "")
        within = [
            one.value
            for one in ast.walk(tree)
            if isinstance(one, ast.Constant) and isinstance(one.value, str)
        ]
        if found := [one[:80] for one in within if elided.search(one)]:
            wrong[str(path.relative_to(SRC))] = found
    assert wrong == {}
