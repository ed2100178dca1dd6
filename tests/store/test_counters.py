"""Every counter of the tree stands in the one list that a restore moves."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import petitbleu
from petitbleu.store import counters
from tests.desk.reconciliation.full_desk import fill
from tests.kit.trees import nodes
from tests.kit.world import World
from tests.store.test_queries import QUERIES

PACKAGE = Path(petitbleu.__file__).parent
COUNTER = r"next_(user|chat|channel|[a-z]+_id)"
NO_COUNTERS = {
    "health": "the time of the newest look",
    "search.version": "the version of an index",
    "search.unordered": "how far an index is made",
}
"""Rows of ``setting`` that are digits and give out no numbers."""
FROM_ROWS = {
    "admin_log": "recent actions of a chat: no device keeps their numbers",
    "invite": "links of a chat: they are known by their words",
    "letter_template": "versions of a text, written by staff",
    "desk_rule": "places in a list",
    "decision_preset": "places in a list",
    "misuse": "suspensions of one case; names outside carry the mark of a restore",
}
"""Tables whose numbers follow from their own rows, and why these need not skip."""


def test_what_statements_count_up_is_listed() -> None:
    """``column = column + …`` in any query of the tree."""
    listed = {one.column for one in counters.COLUMNS} | set(counters.HARMLESS)
    found: dict[str, str] = {}
    for name, one in QUERIES.items():
        for column in re.findall(r"\b(\w+) = (?:\w+\.)?\1 \+ ", one.sql):
            found[column] = name
    assert set(found) - listed == set(), {c: n for c, n in found.items() if c not in listed}
    assert {"pts", "top_id", "version", "tries"} <= set(found), "the search finds counters"


def test_names_of_counters_are_found_by_the_range_of_names() -> None:
    names = [*counters.SETTINGS, f"{counters.CASES}2027"]
    assert all("n" <= name < "s" for name in names), counters._SETTINGS


def test_numbers_that_follow_from_rows_are_listed() -> None:
    """``max(column) + 1`` in any query of the tree."""
    found = set()
    for one in QUERIES.values():
        if re.search(r"max\(\w+\)[^+]*\+ 1", one.sql):
            table = re.search(r"\bfrom (\w+)", one.sql)
            assert table is not None
            found.add(table[1])
    assert found - set(FROM_ROWS) == set()


@pytest.mark.sources
def test_names_of_counters_in_settings_are_listed() -> None:
    """Constants in the code that look like the name of a counter."""
    named = set()
    for path in PACKAGE.rglob("*.py"):
        if path.name == "counters.py":
            continue
        for node in nodes(path):
            text = node.value if isinstance(node, ast.Constant) else None
            if isinstance(text, str) and re.fullmatch(COUNTER, text):
                named.add(text)
    assert named == set(counters.SETTINGS)


async def test_settings_that_count_are_listed(world: World) -> None:
    """After a day of a whole instance, each row of digits is a counter of the list, or none."""
    from petitbleu.store.query import query

    await fill(world)
    rows = await world.app.store.rows(query("select name, value from setting"))
    digits = {name for name, value in rows if bytes(value).isdigit()}
    counted = {one for one in digits if one in counters.SETTINGS or one.startswith(counters.CASES)}
    assert counted, "the day gave out numbers"
    assert digits - counted - set(NO_COUNTERS) == set()
