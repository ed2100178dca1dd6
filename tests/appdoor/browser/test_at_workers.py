"""No flow is left out of those that three workers are looked at with, unless it is said why."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.appdoor.browser.at_workers import ALONE, AT_WORKERS, is_at_workers

FOLDER = Path(__file__).parent
Flow = ast.FunctionDef | ast.AsyncFunctionDef


def _flows() -> dict[str, Flow]:
    """``FILE::NAME`` -> the function, of each flow of this folder."""
    found = {}
    for path in sorted(FOLDER.glob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, Flow) and node.name.startswith("test_"):
                found[f"{path.name}::{node.name}"] = node
    return found


def test_each_flow_looks_at_workers_or_says_why_not() -> None:
    flows = _flows()
    assert len(flows) > 100
    wrong = {}
    for flow in flows:
        file, _, name = flow.partition("::")
        listed = is_at_workers(file, name)
        excused = bool({file, flow} & ALONE.keys())
        if listed == excused:
            wrong[flow] = "in both lists" if listed else "in neither list"
    assert wrong == {}


def test_the_lists_name_what_there_is() -> None:
    flows = _flows()
    known = {*flows, *(flow.partition("::")[0] for flow in flows)}
    assert (AT_WORKERS | ALONE.keys()) - known == set()
    assert {name: why for name, why in ALONE.items() if len(why.split()) < 4} == {}


def test_what_is_listed_has_the_site_that_is_several_workers() -> None:
    without = [
        flow
        for flow, node in _flows().items()
        if is_at_workers(*flow.split("::")) and "site" not in {one.arg for one in node.args.args}
    ]
    assert without == []
