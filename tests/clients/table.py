"""The tables of the test's output: client by step, one for each engine."""

from __future__ import annotations

ROWS: dict[str, dict[str, dict[str, str]]] = {}
"""Engine -> step -> client -> what came of it; filled by the tests, printed by conftest.py."""


def note(engine: str, step: str, client: str, outcome: str) -> None:
    """Record a cell."""
    ROWS.setdefault(engine, {}).setdefault(step, {})[client] = outcome


def lines(engine: str, titles: dict[str, str]) -> list[str]:
    """A table as text, a column for each client of ``titles`` (name -> heading)."""
    rows = ROWS[engine]
    first = max(len(step) for step in rows) + 2
    widths = {client: max(len(title), 8) + 2 for client, title in titles.items()}
    made = [" " * first + "".join(t.rjust(widths[c]) for c, t in titles.items())]
    for step, cells in rows.items():
        made.append(step.ljust(first) + "".join(cells.get(c, "-").rjust(widths[c]) for c in titles))
    return made
