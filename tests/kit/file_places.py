"""Where an instance keeps files: ``local`` as one server alone, ``shared`` as the workers of one
machine.

A test marked ``file_places`` that takes ``world`` is collected once for each. ``make test`` runs it
locally, and one in :data:`TURNS` with each of the others, chosen by the seed of ``engines.py``.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from petitbleu.app import App
from petitbleu.config import Cluster
from tests.kit.engines import SEED

PLACES = ("local", "shared")
TURNS = 5
"""One test in so many runs with each place but the local one."""
_BUS = "nats://127.0.0.1:1"
"""Says that there are several workers; nothing in a ``world`` calls there."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Collect marked tests once for each place."""
    marked = metafunc.definition.get_closest_marker("file_places") is not None
    if marked and "file_place" in metafunc.fixturenames:
        metafunc.parametrize("file_place", PLACES, indirect=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what has no turn in this run."""
    seed = os.environ.get(SEED, "")
    dropped = [item for item in items if seed and not _has_turn(seed, item)]
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = [item for item in items if item not in set(dropped)]


def _has_turn(seed: str, item: pytest.Item) -> bool:
    spec = getattr(item, "callspec", None)
    place = spec.params.get("file_place", "local") if spec is not None else "local"
    text = f"{seed} {place} {item.nodeid.partition('[')[0]}"
    return place == "local" or hashlib.sha256(text.encode()).digest()[0] % TURNS == 0


@pytest.fixture
def file_place(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Settings of an instance that keeps its files there."""
    if getattr(request, "param", "local") == "shared":
        return {"cluster": Cluster(bus=_BUS)}
    return {}


async def contents(app: App) -> list[str]:
    """Every content that lies where the instance keeps them, by any name."""
    return _files(app.config.data / "blobs")


async def waiting_parts(app: App) -> list[str]:
    """Every part of an unfinished upload."""
    return _files(app.config.data / "spool")


async def lose_contents(app: App) -> None:
    """The place loses all contents."""
    for name in await contents(app):
        Path(name).unlink()


def _files(folder: Path) -> list[str]:
    return [str(path) for path in folder.rglob("*") if path.is_file()]
