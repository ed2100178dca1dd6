"""A full disk at the start: one sentence, no trace, and nothing half made that a later start trips
over. The disk is a small one in a mount namespace of the test's own.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.kit.waiting import GUARD
from tests.run.process import CLEAN, COMMAND

MOUNTED = """
mount -t tmpfs -o size="$1" none "$2" && shift && folder="$1" && shift
"$@" serve --data "$folder" --listen 127.0.0.1:0
"""


@pytest.mark.parametrize("size", ["64k", "1m"])
def test_a_start_on_a_full_disk_is_refused_with_a_sentence(tmp_path: Path, size: str) -> None:
    done = subprocess.run(
        ["unshare", "-Urm", "sh", "-c", MOUNTED, "sh", size, str(tmp_path), *COMMAND],
        capture_output=True,
        text=True,
        timeout=GUARD * 2,
        env=CLEAN,
        check=False,
    )
    print(done.stderr)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    (line,) = done.stderr.splitlines()[-1:]
    assert line == "petitbleu: the database cannot be used now: database or disk is full"
