"""An operator measures the filter on comments of their own, on an installation without extras."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from petitbleu.cli.spam import spam
from petitbleu.domain.safety.antispam import measuring

SPAM = "Cheap pills and easy loans, order now at https://pills9.example/buy ! https://x.example"
_PLAIN = """
import sys
class Bare:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("numpy", "scipy", "sklearn", "tests", "pytest"):
            raise ModuleNotFoundError(f"No module named {name!r}")
sys.meta_path.insert(0, Bare())
from petitbleu.cli import main
main()
"""


def written(folder: Path, *lines: dict[str, object]) -> Path:
    file = folder / "comments.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines) + "\n\n", "utf-8")
    return file


def test_a_plain_install_measures(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        {"text": SPAM, "is_spam": True, "language": "en", "seconds_on_form": 1},
        {"text": "Merci pour cet article sur le port.", "is_spam": False, "language": "fr"},
        {"text": "Où se garer pendant les travaux ?", "is_spam": False},
    )
    words = [sys.executable, "-c", _PLAIN, "admin", "spam", "measure", str(file)]
    ran = subprocess.run(words, capture_output=True, text=True, timeout=60, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[-1].startswith("all   spam caught 1/1 100.0 % [")
    ran = subprocess.run([*words, "--json"], capture_output=True, text=True, timeout=60)
    rows = {one["language"]: one for one in json.loads(ran.stdout)["measured"]}
    assert set(rows) == {"en", "fr", "?", "all"}
    assert (rows["all"]["spam"], rows["all"]["comments"]) == (1, 2)


@pytest.mark.parametrize("line", [b"{", b"[]", b'{"text": 1, "is_spam": true}', b'{"text": "x"}',
                                  b"\xff\xfe", b'{"text": "x", "is_spam": "no"}'])  # fmt: skip
def test_what_is_no_comment_is_said_in_a_sentence(tmp_path: Path, line: bytes) -> None:
    file = tmp_path / "bad"
    file.write_bytes(b'{"text": "x", "is_spam": true}\n' + line + b"\n")
    ran = CliRunner().invoke(spam, ["measure", str(file)])
    assert ran.exit_code == 1 and "line 2 is no comment" in ran.output
    assert "Traceback" not in ran.output


def test_an_empty_file_claims_nothing(tmp_path: Path) -> None:
    file = tmp_path / "empty"
    file.write_bytes(b"")
    ran = CliRunner().invoke(spam, ["measure", str(file)])
    assert ran.exit_code == 0 and "0/0 0.0 % [0.0..100.0]" in ran.output
    assert measuring.Rate(244, 306).interval == pytest.approx((0.749, 0.838), abs=1e-3)
