"""The page on apps says of each part by which test it is held, or that it is not tested."""

from __future__ import annotations

import json
import re

from tests.clients import environments

PAGE = (environments.ROOT / "docs/guide/apps.md").read_text("utf-8")
TESTED_BY = re.compile(r"`(tests/[\w/]+\.py)`")


def _sections() -> dict[str, str]:
    parts = re.split(r"^## (.+)$", PAGE, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_part_names_its_test_or_says_that_it_has_none() -> None:
    for heading, text in _sections().items():
        held = "tested by" in text.lower() and TESTED_BY.search(text)
        assert held or "Not tested" in text, heading


def test_the_tests_that_the_page_names_are_there() -> None:
    named = set(TESTED_BY.findall(PAGE))
    assert named
    assert [one for one in sorted(named) if not (environments.ROOT / one).is_file()] == []


def test_the_clients_of_the_tested_parts_are_those_of_the_lock_files() -> None:
    """In the very versions; none is missing, none is there too much."""
    listed = set()
    for heading in ("By a setting", "TDLib without a build"):
        for row in re.findall(r"^\| (.+?) \|", _sections()[heading], re.M):
            listed |= set(re.findall(r"\d+\.\d+\.\d+", row))
    locked = set()
    for client in environments.PYTHON_CLIENTS:
        lock = (environments.LOCKS / f"{client}.txt").read_text("utf-8")
        (version,) = re.findall(r"^(?:telethon|kurigram|pyrogram|tdjson)==(\S+)", lock, re.M)
        locked.add(version)
    for client in environments.NODE_CLIENTS:
        wanted = json.loads((environments.LOCKS / client / "package.json").read_text("utf-8"))
        locked |= {v for name, v in wanted["dependencies"].items() if name.startswith("@mtcute/")}
    assert listed == locked
