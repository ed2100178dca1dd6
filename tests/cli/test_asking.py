"""A command beside a server that is just starting or stopping."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from petitbleu.cli import asking
from petitbleu.cli.asking import ask_instance
from petitbleu.store.lock import DataLock


def test_whoever_takes_the_folder_for_a_moment_is_waited_for(tmp_path: Path) -> None:
    assert ask_instance(tmp_path, "staff.list", {}, True) == {"staff": []}
    lock = DataLock(tmp_path)
    threading.Timer(0.5, lock.release).start()
    began = time.monotonic()
    assert ask_instance(tmp_path, "staff.list", {}, True) == {"staff": []}
    assert time.monotonic() - began >= 0.4


def test_whoever_keeps_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(asking, "PATIENCE", 0.3)
    lock = DataLock(tmp_path)
    try:
        with pytest.raises(SystemExit):
            ask_instance(tmp_path, "staff.list", {}, False)
    finally:
        lock.release()
    assert "in use by another petitbleu process" in capsys.readouterr().err
