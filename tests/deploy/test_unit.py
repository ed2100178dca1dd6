"""The systemd unit is one that systemd understands, and it is hardened."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UNIT = ROOT / "deploy/petitbleu.service"
WORKER = ROOT / "deploy/petitbleu@.service"
ANALYZE = shutil.which("systemd-analyze")


def test_a_worker_is_held_in_like_a_server_alone() -> None:
    """The template differs in names, ports, and the capability for ports below 1024."""

    def settings(unit: Path) -> set[str]:
        lines = unit.read_text("utf-8").splitlines()
        return {line for line in lines if "=" in line and not line.startswith("#")}

    fewer = {line.partition("=")[0] for line in settings(UNIT) - settings(WORKER)}
    assert fewer == {
        *("AmbientCapabilities", "CapabilityBoundingSet", "Description", "ExecStart"),
        "TimeoutStopSec",
    }
    more = {line.partition("=")[0] for line in settings(WORKER) - settings(UNIT)}
    assert more == {
        *("CapabilityBoundingSet", "Description", "Environment", "ExecStart", "TimeoutStopSec"),
        "User",
    }


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

    @pytest.mark.parametrize(
        ("source", "name"), [(UNIT, "petitbleu.service"), (WORKER, "petitbleu@8081.service")]
    )
    def test_systemd_verifies_the_unit(source: Path, name: str, tmp_path: Path) -> None:
        unit = tmp_path / name
        text = source.read_text("utf-8").replace("/opt/petitbleu/bin/petitbleu", sys.executable)
        unit.write_text(text, "utf-8")
        found = subprocess.run(
            [str(ANALYZE), "verify", "--man=no", str(unit)],
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert (found.returncode, found.stderr + found.stdout) == (0, "")
