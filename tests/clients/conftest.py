"""Fixtures of the client tests: prepared environments, one server, eight people who signed up."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clients import table

TITLES = {
    "telethon": "Telethon 1.45",
    "telethon_old": "Telethon 1.39",
    "kurigram": "Kurigram 2.2.26",
    "pyrogram": "Pyrogram 2.0",
    "mtcute_node": "mtcute TCP",
    "mtcute_web": "mtcute WSS",
    "tdlib": "TDLib 1.8.67",
    "tdlib_new": "TDLib 1.8.69",
}
"""Client -> column of the table."""


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the tables, whatever the outcome."""
    for engine in table.ROWS:
        terminalreporter.section(f"clients x steps (seconds), {engine}")
        for row in table.lines(engine, TITLES):
            terminalreporter.write_line(row)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/clients" in item.nodeid:
            item.add_marker(pytest.mark.clients)
