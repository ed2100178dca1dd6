"""One instance, its people and its staff for all stories: started once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import NamedTuple

import pytest
import pytest_asyncio

from tests.desk.stories.office import Office, office
from tests.desk.stories.people import Telegram, people
from tests.desk.stories.place import Place, opened


class Town(NamedTuple):
    """Everything that a story needs."""

    place: Place
    people: Telegram
    office: Office


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """The town, in its own process, clients and browser."""
    async with (
        opened(tmp_path_factory.mktemp("town")) as place,
        people(place) as telegram,
        office(place) as staff,
    ):
        yield Town(place, telegram, staff)
