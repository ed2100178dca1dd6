"""What an installation holds, and what of it needs a clone of the repository."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from petitbleu.cli.main import cli

ROOT = Path(__file__).resolve().parents[2]
SENTENCE = "`petitbleu dev` works in a clone of the repository only"


@pytest.mark.parametrize("command", ["bench", "train", "structure"])
def test_tools_say_that_they_need_a_clone(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("petitbleu.cli.main.CLONE", tmp_path)
    done = CliRunner().invoke(cli, ["dev", command])
    assert done.exit_code == 1
    assert SENTENCE in done.stderr and len(done.stderr.splitlines()) == 1


def test_tools_are_there_in_a_clone() -> None:
    done = CliRunner().invoke(cli, ["dev", "bench", "--help"])
    assert done.exit_code == 0 and "--quick" in done.output


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The wheel of this tree, built twice."""
    built = []
    for number in range(2):
        folder = tmp_path_factory.mktemp(f"wheel{number}")
        words = ["wheel", "-q", "--disable-pip-version-check", "--no-deps", "-w", str(folder)]
        subprocess.run([sys.executable, "-m", "pip", *words, str(ROOT)], check=True)
        built += folder.glob("*.whl")
    return built


@pytest.mark.long
def test_the_same_tree_gives_the_same_wheel(wheels: list[Path]) -> None:
    assert len({hashlib.sha256(wheel.read_bytes()).hexdigest() for wheel in wheels}) == 1


@pytest.mark.long
def test_the_wheel_holds_what_serves_and_nothing_of_the_bench(
    wheels: list[Path], tmp_path: Path
) -> None:
    with zipfile.ZipFile(wheels[0]) as wheel:
        names = wheel.namelist()
        wheel.extractall(tmp_path)
    folders = {name.split("/")[1] for name in names if name.count("/") > 1}
    assert {"schema", "web", "desk", "store"} <= folders
    assert not {"bench", "tests", "corpora"} & folders
    assert any(name.endswith("danger/model.bin") for name in names)
    assert any(name.endswith("schema/limits.toml") for name in names)

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-c", "from petitbleu.cli import main; main()", *words]
        environment = os.environ | {"PYTHONPATH": str(tmp_path)}
        return subprocess.run(
            program, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

    bench = run("dev", "bench", "send")
    assert bench.returncode == 1 and SENTENCE in bench.stderr, bench.stderr
    pubkey = run("pubkey", "--data", str(tmp_path / "data"))
    assert "start the server once" in pubkey.stderr, pubkey.stderr
