"""The hook that reads commit messages."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

HOOK = Path(__file__).resolve().parents[1] / ".githooks/commit-msg"


def _refusal(message: str, folder: Path) -> str:
    """What the hook says of a message; '' where it passes."""
    file = folder / "MESSAGE"
    file.write_text(message)
    done = subprocess.run([HOOK, file], capture_output=True, text=True, env={"LC_ALL": "C.UTF-8"})
    assert (done.returncode == 0) == (done.stderr == "")
    return done.stderr


@pytest.mark.parametrize(
    "message",
    [
        "media: Keep the order of albums\n\nTwo uploads could change places.\n",
        "desk, audit: Name each difference\n\nWhy it is so.\n# a comment\n",
        f"store: Count {'é' * 59}\n\nSeventy-two characters, not bytes.\n",
        "Merge branch 'topic'\n",
        "fixup! media: Keep the order of albums\n",
    ],
)
def test_a_message_in_the_form_of_the_project_passes(tmp_path: Path, message: str) -> None:
    assert _refusal(message, tmp_path) == ""


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("Keep the order of albums\n\nWhy.\n", "area: Verb"),
        ("media: keep the order\n\nWhy.\n", "area: Verb"),
        ("media: Keep the order.\n\nWhy.\n", "full stop"),
        (f"media: Keep {'x' * 61}\n\nWhy.\n", "72 characters"),
        ("media: Keep the order\nWhy.\n", "second line"),
        ("media: Keep the order\n", "body"),
        ("media: Keep the order\n\n# only a comment\n", "body"),
    ],
)
def test_any_other_message_is_refused_with_what_to_do(
    tmp_path: Path, message: str, reason: str
) -> None:
    assert reason in _refusal(message, tmp_path)
