"""The table of kinds: its records agree with one another, and nobody else lists kinds."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import petitbleu
from petitbleu.catalogues import SOURCE
from petitbleu.desk.adjudication.decisions import form, words
from petitbleu.desk.adjudication.decisions.seed_data import PRACTICE
from petitbleu.desk.intake.classify.rules_orders import ORDERS
from petitbleu.desk.intake.classify.rules_people import PEOPLE
from petitbleu.desk.intake.danger import reading
from petitbleu.desk.orders.disclosures import fields
from petitbleu.desk.reference.law import kinds, sayings
from petitbleu.desk.reference.law import service as law
from tests.kit.trees import tree

PACKAGE = Path(petitbleu.__file__).parent
NAMES = {PACKAGE / "desk/reference/law/sayings.py"}
"""Names of kinds in each language: texts, one for each record."""
KINDS = frozenset(kinds.TABLE)
KNOWN = KINDS | {rule.id for one in kinds.TABLE.values() for rule in one.clocks}
"""Names of kinds and of clocks."""


# ── nobody else lists kinds ─────────────────────────────────────────────────────────────────────


def _listed(node: ast.expr | ast.pattern) -> set[str]:
    """Kinds and clocks that stand in a literal collection, and in the literals in it."""
    match node:
        case ast.Constant(value=str(text)) | ast.MatchValue(value=ast.Constant(value=str(text))):
            return {text} & KNOWN
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            return set().union(*map(_listed, parts))
        case ast.Dict(keys=keys, values=values):
            return set().union(*(_listed(one) for one in (*keys, *values) if one is not None))
        case ast.Starred(value=value):
            return _listed(value)
        case ast.BinOp(left=left, right=right):
            return _listed(left) | _listed(right)
        case ast.MatchOr(patterns=patterns):
            return set().union(*map(_listed, patterns))
    return set()


def _compared(node: ast.BoolOp) -> set[str]:
    """Kinds and clocks that something is compared with, one after another."""
    return {
        kind
        for one in node.values
        if isinstance(one, ast.Compare)
        for side in (one.left, *one.comparators)
        for kind in _listed(side)
    }


def _texts(tree: ast.AST) -> Iterator[ast.Constant]:
    """String constants that are no docstrings."""
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node


def lists_of_kinds(tree: ast.Module) -> list[tuple[int, list[str]]]:
    """(line, names) of whatever in a module names two kinds or clocks or more in one literal, one
    comparison, one pattern or one string.
    """
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.BoolOp):
            found.append((node.lineno, _compared(node)))
        elif isinstance(node, ast.expr | ast.pattern):
            found.append((node.lineno, _listed(node)))
    for text in _texts(tree):
        found.append((text.lineno, set(re.findall(r"[\w.]+", str(text.value))) & KNOWN))
    return sorted((line, sorted(names)) for line, names in found if len(names) > 1)


@pytest.mark.parametrize(
    "source",
    [
        "A = {'epoc', 'epoc_pr'}",
        "A = frozenset({'epoc'} | {'dsar'})",
        "A = (*('epoc', 'dsar'), 'x')",
        "A = [('epoc', 1), ('dsar', 2)]",
        "A = {'epoc': 1, 'dsar': 2}",
        "A = {1: 'epoc', 2: 'dsar'}",
        "def a(kind):\n return kind in ('epoc', 'dsar')",
        "def a(kind):\n return kind == 'epoc' or kind == 'dsar'",
        "def a(kind):\n match kind:\n  case 'epoc' | 'dsar': return 1",
        "A = 'epoc dsar'.split()",
        "A = ('dsa16.decide', 'dsa20.decide')",
        "A = {'epoc': 'epoc.produce'}",
        "A = \"select 1 from x where kind in ('epoc', 'dsar')\"",
    ],
)
def test_a_list_of_kinds_is_seen_in_every_form(source: str) -> None:
    assert lists_of_kinds(ast.parse(source))


@pytest.mark.parametrize(
    "source",
    [
        "A = 'epoc'",
        "A = {'epoc', 'something'}",
        "def a(kind):\n return kind == 'epoc' and kind != 'else'",
        '"""Of epoc and dsar."""',
        "A = [f('epoc'), f('dsar')]",
        "A = [x == 'epoc' and y, x == 'dsar' or y]",
    ],
)
def test_one_kind_is_no_list(source: str) -> None:
    assert lists_of_kinds(ast.parse(source)) == []


@pytest.mark.sources
def test_no_module_lists_kinds() -> None:
    found = {
        f"{path.relative_to(PACKAGE)}:{line}": names
        for path in sorted(PACKAGE.rglob("*.py"))
        if path not in NAMES
        for line, names in lists_of_kinds(tree(path))
    }
    assert found == {}, "say it in schema/law/kinds.json, and select by it (law.kinds.select)"


def test_no_template_lists_kinds() -> None:
    found = {
        f"{path.relative_to(PACKAGE)}: {tag}"
        for path in sorted((PACKAGE / "desk").rglob("templates/**/*.*"))
        for tag in re.findall(r"{[{%].*?[}%]}", path.read_text("utf-8"), re.DOTALL)
        if len(set(re.findall(r"""(?<=["'])\w+(?=["'])""", tag)) & KINDS) > 1
    }
    assert found == set()


# ── records agree with one another, and with what they name ────────────────────────────────────


RECORDS = pytest.mark.parametrize("one", kinds.TABLE.values(), ids=list(kinds.TABLE))


def test_every_kind_has_its_names_and_nothing_else_has() -> None:
    assert set(sayings._KINDS[SOURCE]) == KINDS


@RECORDS
def test_a_record_names_what_there_is(one: law.Kind) -> None:
    assert not one.written_deadline or one.written_deadline in {rule.id for rule in one.clocks}
    assert not one.form_name or f"order.{one.form_name}" in words._TEXTS[SOURCE]
    assert re.fullmatch("[A-Z]?", one.form_section)
    assert not one.decision_source or one.decision_source in form.SOURCES
    assert set(one.disclosure) <= {field.kind for field in fields.FIELDS.values()}


@RECORDS
def test_a_record_agrees_with_itself(one: law.Kind) -> None:
    authority = one.family in ("order", "request")
    assert (one.seen_by == "orders") is authority
    assert not one.criminal or authority
    assert set(one.emergency_disclosure) <= set(one.disclosure)
    assert not one.person_told_by_us or one.disclosure
    assert (one.family == "danger") <= (one.danger or bool(one.nothing_but))
    assert (one.territory != "") is (one.family == "order")
    assert one.reported_as != "order_to_act" or one.family == "order"
    if one.reported_as == "order_to_inform":
        assert one.family == "request"
    if one.official_only:
        assert not one.common_words
        assert not one.may_name_police


def test_a_key_picks_one_kind() -> None:
    digits = [one.digit for one in kinds.TABLE.values() if one.digit]
    assert sorted(digits) == list(range(1, len(digits) + 1))
    assert len(digits) < 10


def test_each_level_of_danger_has_a_kind() -> None:
    assert set(kinds.NOTHING_BUT_DANGER) == {reading.DANGER, reading.PERHAPS}


def test_every_rule_proposes_a_kind_of_the_table() -> None:
    assert {rule.kind for rule in (*ORDERS, *PEOPLE)} <= KINDS


def test_clocks_of_one_name_mean_the_same() -> None:
    meant: dict[str, set[tuple[object, ...]]] = {}
    for one in kinds.TABLE.values():
        for rule in one.clocks:
            meant.setdefault(rule.id, set()).add((rule.ended_by, rule.about))
    assert {name for name, several in meant.items() if len(several) > 1} == set()


def test_the_practice_desk_names_kinds_of_the_table() -> None:
    named = {
        *PRACTICE.waiting,
        *(kind for kind, _ in (*PRACTICE.decided, *PRACTICE.others)),
        *(kind for several in PRACTICE.presets.values() for kind in several),
        *(kind for several in PRACTICE.queues.values() for kind in several),
        *PRACTICE.hundred,
    }
    assert named <= KINDS
    assert sum(PRACTICE.hundred.values()) == 100


# ── what the operator's counsel may say ─────────────────────────────────────────────────────────


def _laid_over(folder: Path, *cases: dict[str, Any]) -> law.Law:
    (folder / "law").mkdir()
    (folder / "law" / "counsel.json").write_text(json.dumps({"cases": cases}), "utf-8")
    return law.read(folder)


@pytest.mark.parametrize(
    ("kind", "change", "field"),
    [
        ("art16_notice", {"seen_by": "orders"}, "seen_by"),
        ("counsels_own", {"family": "order"}, "family"),
        ("epoc", {"disclosure": []}, "disclosure"),
        (
            "art16_notice",
            {"clocks": [{"id": "dsa16.decide", "ended_by": ["looked"]}]},
            "ended_by",
        ),
    ],
)
def test_counsel_cannot_change_what_a_kind_means_for_the_code(
    tmp_path: Path, kind: str, change: dict[str, Any], field: str
) -> None:
    found = _laid_over(tmp_path, {"kind": kind, "title": "Title"} | change)
    assert found.faults == (f"law/counsel.json: kind {kind}: “{field}” stays as it is shipped.",)
    assert "counsels_own" not in found.kinds
    assert found.kind("art16_notice").seen_by == ""


def test_a_copy_of_the_shipped_file_is_no_change(tmp_path: Path) -> None:
    found = _laid_over(tmp_path, *kinds.shipped()["cases"])
    assert found.faults == ()
    assert found.kinds == kinds.TABLE


def test_a_kind_of_counsel_has_the_defaults(tmp_path: Path) -> None:
    found = _laid_over(tmp_path, {"kind": "counsels_own", "title": "Press", "owner_role": "legal"})
    made = found.kind("counsels_own")
    assert made == law.Kind(kind="counsels_own", title="Press", owner_role="legal")
    assert kinds.record("counsels_own") == law.Kind(kind="counsels_own", title="counsels_own")
