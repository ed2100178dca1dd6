"""The package ``akismet`` of PyPI, unmodified, makes all its calls against a running server."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from petitbleu.bench.server import HOST, Server
from tests.clients import environments


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return Server(tmp_path / "data")


def test_every_call_of_both_clients(server: Server) -> None:
    environments.prepare("akismet")
    server.start()
    try:
        blog = "https://blog.example.org"
        key = json.loads(server.run("admin", "akismet-key", "create", blog, "--json"))["key"]
        driver = environments.HERE / "drivers/akismet_driver.py"
        base = f"http://{HOST}:{server.port}"
        words = [*environments.interpreter("akismet"), str(driver), base, key]
        ran = subprocess.run(words, capture_output=True, text=True, timeout=120)
    finally:
        server.stop()
    assert ran.returncode == 0, ran.stderr
    said = json.loads(ran.stdout)
    month = next(name for name in said["sync"]["sites"] if name[:2] == "20")
    (line,) = said["sync"].pop("sites")[month]
    assert (line["site"], line["api_calls"], line["spam"]) == ("blog.example.org", "3", "2")
    assert (line["missed_spam"], line["false_positives"]) == ("1", "0")
    assert said["sync"].pop("csv").startswith(f"Active sites for {key} during {month}")
    assert said["sync"].pop("usage")["usage"] == 3
    assert said["sync"] == {
        "verify": True, "wrong": False, "good": "HAM", "bad": "SPAM", "worst": "DISCARD",
        "spam": True, "ham": True,
        "unknown": "APIKeyError",
    }  # fmt: skip
    assert said["async"]["usage"]["usage"] == 6
    assert said["async"]["csv"].startswith(f"Active sites for {key} during {month}")
    names = ("verify", "good", "bad", "worst", "spam", "ham")
    assert [said["async"][name] for name in names] == [
        True, "HAM", "SPAM", "DISCARD", True, True,
    ]  # fmt: skip
