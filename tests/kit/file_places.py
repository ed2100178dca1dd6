"""Where an instance keeps files: ``local`` as one server alone, ``shared`` as the workers of one
machine, ``s3`` in a bucket (moto's server, over HTTP).

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
from petitbleu.blobs.bucket import Bucket
from petitbleu.config import Cluster
from petitbleu.domain.files.media.storage import STORAGE
from tests.kit import buckets
from tests.kit.engines import SEED

PLACES = ("local", "shared", "s3")
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
    place = getattr(request, "param", "local")
    if place == "shared":
        return {"cluster": Cluster(bus=_BUS)}
    if place == "s3":
        blobs = buckets.new_bucket()
        return {"cluster": Cluster(bus=_BUS, blobs=blobs, disk_cache="1 MiB", undelete_days=0)}
    return {}


async def contents(app: App) -> list[str]:
    """Every content that lies where the instance keeps them, by any name."""
    if app.config.cluster.blobs:
        return await Bucket(app.config.cluster.blobs).remembers("b")
    return _files(app.config.data / "blobs")


async def waiting_parts(app: App) -> list[str]:
    """Every part of an unfinished upload."""
    if app.config.cluster.blobs:
        return await Bucket(app.config.cluster.blobs).remembers("parts")
    return _files(app.config.data / "spool")


async def lose_contents(app: App) -> None:
    """The place loses all contents."""
    names = await contents(app)
    if not app.config.cluster.blobs:
        for name in names:
            Path(name).unlink()
        return
    await Bucket(app.config.cluster.blobs).delete(names)
    blobs = app.parts[STORAGE].blobs
    blobs.forget([bytes.fromhex(name.split("/")[1]) for name in names])


def _files(folder: Path) -> list[str]:
    return [str(path) for path in folder.rglob("*") if path.is_file()]
