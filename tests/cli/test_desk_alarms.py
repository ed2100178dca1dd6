"""``petitbleu desk alarms`` and ``desk law``, and an order delivered while no server runs."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from petitbleu.cli.main import cli
from tests.desk.casework.alerts.receivers import receiver
from tests.desk.intake.mails import SAMPLES


def told(data: Path, *words: str, fails: bool = False) -> Any:
    """The JSON of a command."""
    result = CliRunner().invoke(cli, ["desk", *words, "--data", str(data), "--json"])
    assert (result.exit_code != 0) == fails, result.output
    return json.loads(result.stdout.splitlines()[0] if fails else result.stdout)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.mark.sometimes(2)
async def test_an_order_delivered_without_a_server_rings_at_once(data: Path) -> None:
    (letter,) = SAMPLES.glob("s2*.eml")
    async with receiver() as hook:
        (data / "petitbleu.toml").write_text(f'[desk]\nwebhook_url = "{hook.url}"\n', "utf-8")
        made = await asyncio.to_thread(told, data, "deliver", str(letter))
        assert hook.json()["case"] == made["case"]
    (alarm,) = await asyncio.to_thread(lambda: told(data, "alarms")["alarms"])
    assert alarm["case"] == made["case"]
    assert await asyncio.to_thread(told, data, "alarms", "hear", made["case"]) == {"heard": 1}
    assert (await asyncio.to_thread(told, data, "alarms"))["alarms"] == []
    assert len((await asyncio.to_thread(told, data, "alarms", "of", made["case"]))["alarms"]) >= 1


def test_law_lists_every_clock_and_refuses_a_file_with_one_sentence(data: Path) -> None:
    kinds = {kind["kind"]: kind for kind in told(data, "law")["kinds"]}
    assert kinds["tco_removal_order"]["clocks"][1]["id"] == "tco.remove"
    (data / "law").mkdir()
    clock = {"id": "dsa16.decide", "unit": "moon"}
    wrong = {"cases": [{"kind": "art16_notice", "clocks": [clock]}]}
    (data / "law/counsel.json").write_text(json.dumps(wrong), "utf-8")
    said = told(data, "law", fails=True)["error"]
    assert said.startswith("law/counsel.json: kind art16_notice, clock dsa16.decide: duration")
