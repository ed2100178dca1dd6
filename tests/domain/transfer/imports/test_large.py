"""50,000 messages and 500 files, interrupted half-way: in and out again, at constant memory."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from petitbleu.control import perform
from petitbleu.domain.transfer.imports.admin import OPEN
from petitbleu.tl import api
from tests.domain.transfer.imports.comparing import picture
from tests.domain.transfer.imports.test_round_trip import bring, hand_out
from tests.kit.telegram_export import Maker
from tests.kit.world import World

MESSAGES, FILES = 50_000, 500


@pytest.mark.long
async def test_a_large_export_comes_out_as_it_went_in(world: World, tmp_path: Path) -> None:
    source = Maker(tmp_path / "in").account(MESSAGES, FILES)
    ada = await world.sign_up("Ada")
    await ada.call(api.account.UpdateProfile(last_name="Lovelace"))
    params = {"path": str(source), "who": str(ada.user_id)}
    begun = await perform(world.app, "import.begin", params)
    done = {"messages": 0}
    while done["messages"] < MESSAGES // 2:
        done = await perform(world.app, "import.step", {"token": begun["token"], "seconds": 1})
    world.app.parts.pop(OPEN)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    done = await bring(world, source, who=str(ada.user_id))
    assert (done["messages"], done["chats"]) == (MESSAGES, 5)
    await hand_out(world, str(ada.user_id), tmp_path / "out")
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 100_000  # KiB
    assert picture(tmp_path / "out" / "result.json") == picture(source)
