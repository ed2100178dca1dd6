"""A full disk at the start and while running: one sentence, no trace, and nothing half made that a
later start trips over. The disk is a small one in a mount namespace of the test's own.
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


@pytest.mark.sometimes(2)
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


FILLED = """
mount -t tmpfs -o size=16m none "$1" && folder="$1" && shift
"$@" serve --data "$folder/d" --listen 127.0.0.1:0 >"$folder/../out" 2>&1 &
until grep -q Fingerprint "$folder/../out"; do sleep 0.1; done
dd if=/dev/zero of="$folder/fill" bs=4k 2>/dev/null
"$@" admin user add +33612345678 --name Ada --data "$folder/d"; echo "full: $?" >&2
rm "$folder/fill"
"$@" admin user add +33612345678 --name Ada --data "$folder/d"; echo "free: $?" >&2
kill %1; wait %1
cat "$folder/../out" >&2
"""


def test_a_disk_that_fills_up_is_told_in_a_sentence_and_no_restart_is_needed(
    tmp_path: Path,
) -> None:
    (tmp_path / "disk").mkdir()
    done = subprocess.run(
        ["unshare", "-Urm", "bash", "-mc", FILLED, "bash", str(tmp_path / "disk"), *COMMAND],
        capture_output=True,
        text=True,
        timeout=GUARD * 2,
        env=CLEAN,
        check=False,
    )
    print(done.stderr)
    assert "petitbleu: the database cannot be used now: database or disk is full" in done.stderr
    assert "full: 0" not in done.stderr and "free: 0" in done.stderr
    assert "Traceback" not in done.stderr
