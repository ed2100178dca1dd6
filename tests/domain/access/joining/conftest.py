"""An instance as an operator runs it: no developer mode, joining by invitation, mail set up."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from petitbleu.store.api import Store
from tests.kit.world import World, running


@pytest.fixture
async def instance(store: Store, tmp_path: Path) -> AsyncIterator[World]:
    """Not in developer mode."""
    made = World(
        store,
        tmp_path,
        dev=False,
        name="Chez nous",
        public_url="https://chat.example.org/",
        languages=("en", "fr"),
    )
    async with running(made):
        yield made
