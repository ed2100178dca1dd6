"""A page of a world."""

from __future__ import annotations

import pytest

from petitbleu.appdoor.door import Door
from tests.appdoor.pages import Page, door_of
from tests.kit.world import World


@pytest.fixture
def door(world: World) -> Door:
    return door_of(world)


@pytest.fixture
def page(world: World, door: Door) -> Page:
    """A browser that nobody has signed in with."""
    return Page(world, door)
