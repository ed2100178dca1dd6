"""``petitbleu import`` and ``petitbleu export``: with a server running, and without one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.test_admin import PHONE, data, run, told
from tests.domain.transfer.imports.comparing import picture
from tests.kit.telegram_export import Maker

__all__ = ["data"]


def _account(data: Path, source: Path) -> str:
    """Import as the placeholder of the exporter; the account's id."""
    assert told(data, "import", "telegram", str(source))["messages"] == 100
    (ada,) = [one for one in told(data, "import", "people")["people"] if one["source"] == "user100"]
    return str(ada["account"])


def test_an_export_goes_in_and_comes_out(data: Path, tmp_path: Path) -> None:
    source = Maker(tmp_path / "in").account(100, 6)
    dry = run(data, "import", "telegram", str(source.parent), "--dry-run")
    assert re.match(r"Would import 5 chats, 100 messages, \d files\.\n5 people speak", dry.stdout)
    account = _account(data, source)
    again = run(data, "import", "telegram", str(source))
    assert (again.exit_code, again.stdout) == (1, "")
    assert "this file was imported before" in again.stderr
    out = tmp_path / "out"
    said = run(data, "export", "user", account, "--to", str(out))
    assert said.stdout.startswith("Exported 5 chats, 100 messages"), said.output
    assert picture(out / "result.json") == picture(source)
    assert "exists already" in run(data, "export", "user", account, "--to", str(out)).stderr


def test_placeholders_are_listed_and_given_to_a_number(data: Path, tmp_path: Path) -> None:
    assert run(data, "import", "people").stdout == "Nobody.\n"
    _account(data, Maker(tmp_path / "in").account(100, 0))
    assert re.search(r"user102 +Éve +-", run(data, "import", "people").stdout)
    assert "+33 6 12" in run(data, "import", "claim", "user104", f"+{PHONE}").stdout
    assert re.search(rf"user104 +Max +\+{PHONE}", run(data, "import", "people").stdout)
    waiting = told(data, "admin", "user", "list")["users"]
    assert PHONE in {one["phone"] for one in waiting}


@pytest.mark.turns(3)
@pytest.mark.parametrize("mapping", ["user1", "=1", "user1="])
def test_a_mapping_names_both(data: Path, tmp_path: Path, mapping: str) -> None:
    said = run(data, "import", "telegram", str(tmp_path), "--map", mapping)
    assert said.exit_code == 2
    assert "write user123=WHO" in said.stderr


def test_refusals_are_one_sentence(data: Path, tmp_path: Path) -> None:
    said = run(data, "import", "telegram", str(tmp_path), "--json")
    assert said.exit_code == 1
    assert json.loads(said.stdout)["error"].startswith("there is no")
    assert run(data, "export", "user", "@x", "--to", str(tmp_path / "o")).exit_code == 1
