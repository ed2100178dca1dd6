"""Signing in as clients see it."""

from __future__ import annotations

import pytest

from petitbleu.tl import api
from tests.kit.world import RpcFault, World


async def test_a_new_person_signs_up_with_the_same_hash(world: World) -> None:
    ada = await world.sign_up("Ada")
    assert ada.user_id >= 1_000_001
