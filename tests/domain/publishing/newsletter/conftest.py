"""An instance with links of a real address."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from petitbleu.config import Newsletter, Smtp
from petitbleu.store.api import Store
from tests.domain.publishing.newsletter.kit import BASE
from tests.kit.world import World, running


@pytest.fixture
async def world(store: Store, tmp_path: Path) -> AsyncIterator[World]:
    letters = Newsletter(sender="news@example.org", bounces="back@example.org", imports_per_day=400)
    made = World(
        store,
        tmp_path,
        public_url=BASE,
        smtp=Smtp(host="127.0.0.1", sender="no-reply@example.org"),
        newsletter=letters,
    )
    async with running(made) as world:
        yield world
