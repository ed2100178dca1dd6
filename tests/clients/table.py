"""The table of the test's output: client by step."""

from __future__ import annotations

ROWS: dict[str, dict[str, str]] = {}
"""Step -> client -> what came of it; filled by the tests, printed by conftest.py."""


def note(step: str, client: str, outcome: str) -> None:
    """Record a cell."""
    ROWS.setdefault(step, {})[client] = outcome


def lines(titles: dict[str, str]) -> list[str]:
    """The table as text, a column for each client of ``titles`` (name -> heading)."""
    if not ROWS:
        return []
    first = max(len(step) for step in ROWS) + 2
    widths = {client: max(len(title), 8) + 2 for client, title in titles.items()}
    made = [" " * first + "".join(t.rjust(widths[c]) for c, t in titles.items())]
    for step, cells in ROWS.items():
        made.append(step.ljust(first) + "".join(cells.get(c, "-").rjust(widths[c]) for c in titles))
    return made
