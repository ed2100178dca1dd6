"""Fixture ``apart``: a folder that other users of the machine can be let into."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def apart() -> Iterator[Path]:
    """For servers that run as somebody else where root runs the tests. Not below ``tmp_path``: each
    pytest that starts on the machine closes the way in there to other users, in the midst of tests
    of another.
    """
    with tempfile.TemporaryDirectory(
        prefix="petitbleu-apart-", dir="/tmp", ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder)
