"""The systemd unit is one that systemd understands, and it is hardened."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UNIT = ROOT / "deploy/petitbleu.service"
ANALYZE = shutil.which("systemd-analyze")


def test_unit_gives_up_what_the_server_does_not_need() -> None:
    lines = UNIT.read_text("utf-8").splitlines()
    for line in (
        "DynamicUser=yes",
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "ProtectHome=yes",
        "CapabilityBoundingSet=CAP_NET_BIND_SERVICE",
        "SystemCallFilter=@system-service",
        "UMask=0077",
    ):
        assert line in lines


if ANALYZE is not None:

    def test_systemd_verifies_the_unit(tmp_path: Path) -> None:
        unit = tmp_path / "petitbleu.service"
        text = UNIT.read_text("utf-8").replace("/opt/petitbleu/bin/petitbleu", sys.executable)
        unit.write_text(text, "utf-8")
        found = subprocess.run(
            [str(ANALYZE), "verify", "--man=no", str(unit)],
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert (found.returncode, found.stderr + found.stdout) == (0, "")
