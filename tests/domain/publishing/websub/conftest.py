"""What the tests of the hub share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from petitbleu.config import Web
from petitbleu.store.api import Store
from tests.domain.publishing.websub.kit import BASE, Hub, Readers, hub
from tests.kit.world import World, running


@pytest.fixture
async def readers() -> AsyncIterator[Readers]:
    """Subscribers."""
    made = Readers()
    await made.start()
    yield made
    await made.close()


@pytest.fixture
async def here(store: Store, tmp_path: Path, readers: Readers) -> AsyncIterator[Hub]:
    """An instance with a hub, on each engine."""
    world = World(store, tmp_path, public_url=BASE, web=Web(websub=True))
    async with running(world) as made:
        yield await hub(made, readers)
