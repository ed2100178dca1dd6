"""``petitbleu admin staff`` and ``petitbleu desk audit``, on a stopped server."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from petitbleu.cli import staff as commands
from petitbleu.cli.main import cli
from petitbleu.desk.staffing.staff import service as staff

VERIFIER = Path(__file__).resolve().parents[2] / "examples/verify_journal.py"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder that no server runs on."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "petitbleu.toml").write_text('public_url = "https://desk.example.org"\n')
    return folder


def run(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, [*arguments, "--data", str(data)])


def told(data: Path, *arguments: str) -> Any:
    """The command's JSON."""
    result = run(data, *arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


ADA = ("--name", "Ada", "--email", "ada@example.org", "--role", "director", "--role", "legal")


def test_staff_are_invited_listed_and_revoked(data: Path) -> None:
    assert run(data, "admin", "staff", "list").stdout == "Nobody works at the desk yet.\n"
    said = run(data, "admin", "staff", "invite", *ADA, "--on-call").stdout
    assert "staff 1, one-time link for 72 hours:\nhttps://desk.example.org/desk/invit" in said
    (row,) = told(data, "admin", "staff", "list")["staff"]
    assert (row["roles"], row["on_call"], row["invited"]) == (["director", "legal"], True, True)
    again = run(data, "admin", "staff", "invite", *ADA)
    assert (again.exit_code, again.stdout) == (1, "")
    assert "ada@example.org belongs to somebody" in again.stderr
    assert told(data, "admin", "staff", "invite", "--again", "1")["link"] not in said
    assert run(data, "admin", "staff", "revoke", "1").stdout == "staff 1: access ended.\n"
    assert "ENDED" in run(data, "admin", "staff", "list").stdout
    assert "no member of staff 1" in run(data, "admin", "staff", "revoke", "1").stderr


def test_without_an_address_the_invitation_says_what_to_set(data: Path) -> None:
    (data / "petitbleu.toml").write_text("")
    result = run(data, "admin", "staff", "invite", *ADA)
    assert result.exit_code == 1
    assert "the desk needs public_url" in result.stderr


def test_the_log_is_checked_signed_and_exported(data: Path, tmp_path: Path) -> None:
    assert "no line yet" in run(data, "desk", "audit", "head").stderr
    run(data, "admin", "staff", "invite", *ADA)
    assert run(data, "desk", "audit", "verify").stdout.startswith("sound: 3 lines, 0 signed heads")
    head = told(data, "desk", "audit", "head")
    kept, file = tmp_path / "head.txt", tmp_path / "journal.jsonl"
    kept.write_text(head["note"], "utf-8")
    said = told(data, "desk", "audit", "export", str(file))
    assert (said["lines"], said["heads"]) == (said["size"], 2)
    words = [sys.executable, str(VERIFIER), str(file), "--key", head["key"], "--head", str(kept)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout[:6]) == (0, "sound:"), done
    file.write_text(file.read_text("utf-8").replace("legal", "triage"), "utf-8")
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "was changed" in done.stdout
    assert "either --line or --since" in run(data, "desk", "audit", "prove").stderr
    assert len(told(data, "desk", "audit", "prove", "--line", "2")["proof"]) == 3


def test_every_role_can_be_given_at_the_command_line() -> None:
    assert sorted(commands.ROLES) == sorted(staff.ROLES)
