"""Which engine a test runs on.

A test that takes the ``store`` or ``world`` fixture is collected twice: for SQLite and for
PostgreSQL. ``make test-full`` and a plain ``pytest`` run both. ``make test`` runs one of the two,
chosen for each test by a seed that is printed at the start and can be given again with
``TESTS_SEED=N make test``: about one in :data:`TURNS` runs on PostgreSQL, which costs two to three
times as much of the processor as SQLite, others on each run.
Tests below :data:`ALWAYS_BOTH` and tests marked ``engines`` always run on both. The tests of a file
of :data:`AS_ONE` go on from one another, on one server: they run on one engine together.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import subprocess
from pathlib import Path

import pytest

SEED = "TESTS_SEED"
"""Environment variable: the seed of a run on one engine a test; unset or empty: both engines."""
ENGINES = ("sqlite", "postgres")
FIXTURES = ("store", "house")
"""Fixtures whose parameter is the engine."""
TURNS = 4
"""One test in so many runs on PostgreSQL."""
ALWAYS_BOTH = ("tests/store/", "tests/crash/", "tests/schedule/")
AS_ONE = ("tests/clients/test_clients.py",)


def new_seed(root: Path) -> str:
    """A seed for one run: ``TESTS_SEED`` of the environment, else made of what the last commit of
    the repository at ``root`` holds; a random number where there is none.
    """
    if given := os.environ.get(SEED):
        return given
    try:
        asked = ("git", "-C", str(root), "rev-parse", "HEAD^{tree}")
        found = subprocess.run(asked, check=True, capture_output=True, text=True, timeout=10)
    except (OSError, subprocess.SubprocessError):
        return str(secrets.randbelow(1_000_000))
    return str(int(found.stdout[:8], 16) % 1_000_000)


def chosen_engine(seed: str, test: str) -> str:
    """The engine that ``test`` (its node id without parameters) runs on, by ``seed``."""
    digest = hashlib.sha256(f"{seed} {test}".encode()).digest()
    return "sqlite" if digest[0] % TURNS else "postgres"


def runs(seed: str, test: str, engine: str) -> bool:
    """Whether a test of an ordinary folder runs on ``engine`` in the run with ``seed``."""
    file = test.partition("::")[0]
    chosen = chosen_engine(seed, file if file in AS_ONE else test)
    return test.startswith(ALWAYS_BOTH) or chosen == engine


def _engine(item: pytest.Item) -> str | None:
    """The engine that ``item`` was collected for; None where it takes no fixture that has one."""
    spec = getattr(item, "callspec", None)
    found = [spec.params.get(name) for name in FIXTURES] if spec is not None else []
    return next((engine for engine in found if engine in ENGINES), None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the tests whose turn it is on the other engine."""
    seed = os.environ.get(SEED, "")
    if not seed:
        return
    kept, dropped = [], []
    for item in items:
        engine, test = _engine(item), item.nodeid.partition("[")[0]
        both = engine is None or item.get_closest_marker("engines") is not None
        (kept if both or runs(seed, test, engine or "") else dropped).append(item)
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = kept


def pytest_report_header() -> str | None:
    """Name the seed, so that a failing run can be repeated."""
    seed = os.environ.get(SEED)
    return f"one engine for each test: {SEED}={seed}" if seed else None
