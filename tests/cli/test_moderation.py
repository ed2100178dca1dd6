"""``petitbleu admin report|measure|surface|bot`` and ``admin user country``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from petitbleu.cli.main import cli


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder that no server runs on."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "petitbleu.toml").write_text("dev = true\n")
    return folder


def run(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["admin", *arguments, "--data", str(data)])


def told(data: Path, *arguments: str) -> Any:
    """The command's JSON."""
    result = run(data, *arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.sometimes(2)
def test_a_bot_is_made_shown_measured_and_removed(data: Path) -> None:
    token = run(data, "bot", "create", "Météo", "meteo_bot").stdout.strip()
    number = token.partition(":")[0]
    assert "@meteo_bot" in run(data, "bot", "list").stdout
    assert run(data, "bot", "token", "@meteo_bot").stdout.strip() == token
    assert told(data, "bot", "token", number, "--new")["token"] != token

    asked = (
        "measure", "apply", "suspend", "--account", "@meteo_bot", "--reason", "Spam", "--for",
        "7d", "--by", "Zoé", "--command", "c1",
    )  # fmt: skip
    said = run(data, *asked).stdout
    made = said.partition(":")[0]
    assert "suspend in Météo, until" in said
    assert told(data, *asked)["number"] == made
    assert made in run(data, "measure", "list", "--about", "@meteo_bot").stdout
    assert "by Zoé" in run(data, "measure", "show", made).stdout
    assert run(data, "measure", "lift", made, "--reason", "Erreur").stdout == f"{made} ended.\n"
    twice = run(data, "measure", "lift", made, "--reason", "Erreur")
    assert (twice.exit_code, twice.stdout) == (1, "")
    assert "ended already" in twice.stderr

    assert run(data, "user", "country", number, "de").exit_code == 0
    assert run(data, "bot", "remove", "meteo_bot", "--yes").stdout == "Deleted.\n"
    assert run(data, "bot", "list").stdout == "There is no bot.\n"


def test_what_is_not_there_is_one_sentence(data: Path) -> None:
    assert run(data, "report", "list").stdout == "No report.\n"
    assert run(data, "measure", "list").stdout == "No measure.\n"
    for arguments in (
        ("report", "show", "PB-2026-000001"),
        ("surface", "show", "@nothing"),
        ("surface", "set", "@nothing", "public", "--reason", "x"),
        ("measure", "apply", "suspend", "--account", "@nobody", "--reason", "x"),
    ):
        result = run(data, *arguments)
        assert (result.exit_code, result.stdout) == (1, ""), arguments
        assert result.stderr.count("\n") == 1
    assert (
        "12,15,20"
        in run(data, "measure", "apply", "remove", "--messages", "x", "--reason", "x").output
    )
