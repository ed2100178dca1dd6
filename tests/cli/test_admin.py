"""``petitbleu admin``, ``backup`` and ``restore``: with a server running, and without one."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from petitbleu.cli.main import cli
from petitbleu.config import Config
from petitbleu.domain.access.codes import service as codes
from petitbleu.run import logs
from petitbleu.run.control_socket import ControlSocket
from petitbleu.run.instance import Instance, opened

PHONE = "33612345678"


class Running:
    """An instance with its control socket, in a thread of its own."""

    def __init__(self, data: Path) -> None:
        self._config = Config(data=data, dev=True, public_url="https://chat.example.org")
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self.instance: Instance | None = None
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._run(),))
        self._thread.start()
        assert self._ready.wait(30)

    async def _run(self) -> None:
        try:
            async with opened(self._config, logs.setup("text", "error")) as self.instance:
                control = ControlSocket(self.instance.app, self._config.data)
                await control.start()
                self._ready.set()
                await self._stop.wait()
                await control.stop()
        finally:
            self._ready.set()

    def do(self, work: Any) -> Any:
        """Run a coroutine on the instance's loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(30)
        self._loop.close()


@pytest.fixture(params=["running", "stopped"])
def data(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A data folder, with and without a server running on it."""
    folder = tmp_path / "data"
    running = Running(folder)
    if request.param == "stopped":
        running.stop()
        (folder / "petitbleu.toml").write_text(
            'dev = true\npublic_url = "https://chat.example.org"\n'
        )
        yield folder
    else:
        yield folder
        running.stop()


def run(data: Path, *arguments: str, **options: Any) -> Result:
    return CliRunner().invoke(cli, [*arguments, "--data", str(data)], **options)


def told(data: Path, *arguments: str) -> Any:
    """The command's JSON."""
    result = run(data, *arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.sometimes(2)
def test_people_are_added_listed_shown_and_taken_back(data: Path) -> None:
    added = told(data, "admin", "user", "add", "--email", "ada@example.org", "--name", "Ada")
    assert run(data, "admin", "user", "add", PHONE).stdout.startswith("+33 6 12 34 56 78 may sign")
    listed = run(data, "admin", "user", "list").stdout
    assert added["shown"] in listed
    assert "not signed up yet" in listed
    shown = run(data, "admin", "user", "show", "ada@example.org").stdout
    assert f"number: {added['shown']}" in shown
    twice = run(data, "admin", "user", "add", f"+{PHONE}")
    assert (twice.exit_code, twice.stdout) == (1, "")
    assert "is admitted already" in twice.stderr
    gone = run(data, "admin", "user", "remove", PHONE, input="n\n")
    assert gone.exit_code == 1
    assert run(data, "admin", "user", "remove", PHONE, "--yes").exit_code == 0
    assert "nobody here" in run(data, "admin", "user", "show", PHONE).stderr


def test_invitations_are_made_listed_and_revoked(data: Path) -> None:
    made = run(data, "admin", "invite", "create", "--uses", "2", "--expires", "7d").stdout.strip()
    assert made.startswith("https://chat.example.org/join/")
    assert f"{made}  open, used 0 times, 2 left" in run(data, "admin", "invite", "list").stdout
    assert run(data, "admin", "invite", "revoke", made).exit_code == 0
    assert told(data, "admin", "invite", "list") == {"invites": []}
    assert "30m, 12h, 7d or 2w" in run(data, "admin", "invite", "create", "--expires", "x").output


def test_no_code_is_nothing_on_standard_output_and_a_failure(data: Path) -> None:
    result = run(data, "admin", "login-code", PHONE)
    assert (result.exit_code, result.stdout) == (1, "")


def test_a_code_is_printed_alone(tmp_path: Path) -> None:
    running = Running(tmp_path)
    try:
        assert running.instance is not None
        app = running.instance.app
        code = codes.make(app, codes.LOGIN, channel="email", phone=PHONE, length=5)
        running.do(app.store.write(codes.put, code))
        for typed in (PHONE, f"+{PHONE}"):
            result = run(tmp_path, "admin", "login-code", typed)
            assert (result.exit_code, result.stdout) == (0, f"{code.plain}\n")
    finally:
        running.stop()


@pytest.mark.sometimes(2)
def test_a_backup_is_restored_elsewhere(data: Path, tmp_path: Path) -> None:
    run(data, "admin", "user", "add", PHONE)
    saved = run(data, "backup", str(tmp_path / "copy"))
    assert saved.exit_code == 0, saved.output
    assert "Saved to" in saved.stdout
    again = run(data, "backup", str(tmp_path / "copy"))
    assert (again.exit_code, again.stdout) == (1, "")
    assert "exists already" in again.stderr

    used = run(data, "restore", str(tmp_path / "copy"))
    assert used.exit_code == 1
    place = tmp_path / "elsewhere"
    back = run(place, "restore", str(tmp_path / "copy"))
    assert back.exit_code == 0, back.output
    assert told(place, "admin", "user", "show", PHONE)["phone"] == PHONE
    for name in ("secrets.json", "rsa-0001.pem"):
        assert (place / "keys" / name).read_bytes() == (data / "keys" / name).read_bytes()


def test_a_backup_of_a_stopped_server_needs_no_skipping(data: Path, tmp_path: Path) -> None:
    run(data, "backup", str(tmp_path / "copy"))
    manifest = json.loads((tmp_path / "copy" / "manifest.json").read_text())
    assert manifest["live"] is (data / "control.sock").exists()


def test_a_wrong_folder_or_setting_is_one_sentence(tmp_path: Path) -> None:
    missing = run(tmp_path / "none", "admin", "user", "list")
    assert missing.exit_code == 1
    assert missing.stderr.count("\n") == 1
    assert not (tmp_path / "none").exists()
    (tmp_path / "petitbleu.toml").write_text('signup = "maybe"\n')
    wrong = run(tmp_path, "admin", "user", "list")
    assert wrong.exit_code == 1
    assert "signup" in wrong.stderr
    assert "Traceback" not in wrong.stderr
