"""One server, its people and its browser for all flows: started once."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.appdoor.browser.site import Site, opened


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """A real server, two people in Telethon, and Chromium."""
    async with opened(tmp_path_factory.mktemp("site")) as made:
        yield made
