"""Log lines hold no message text, phone number, code, token or full address."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from petitbleu.run import logs


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    stream = io.StringIO()
    yield stream
    root.handlers[:], root.level = before[0], before[1]
    structlog.reset_defaults()


SECRETS: list[dict[str, Any]] = [
    {"text": "see you at eight"},
    {"body": b"see you at eight"},
    {"phone": "33612345678"},
    {"to": "+33612345678"},
    {"code": "48151"},
    {"password": "hunter2"},
    {"token": "abcdef"},
    {"link": "/join/Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9v"},
    {"email": "ada@example.org"},
    {"reason": "550 no mailbox ada@example.org here"},
    {"ip": "198.51.100.77"},
    {"peer": "2001:db8:1:2:3:4:5:6"},
    {"reason": "connect to 198.51.100.77:443 failed"},
    {"reason": "from 2001:db8:1:2:3:4:5:6 port 1"},
    {"first_name": "Ada"},
]
LEAKS = (
    "eight",
    "612345678",
    "48151",
    "hunter2",
    "abcdef",
    "Zm9v",
    "ada@",
    "100.77",
    "Ada",
    "3:4:5",
)


@pytest.mark.parametrize("format", ["json", "text"])
@pytest.mark.parametrize("fields", SECRETS, ids=lambda fields: "-".join(fields))
def test_nothing_of_people_reaches_a_line(
    lines: io.StringIO, format: str, fields: dict[str, Any]
) -> None:
    log = logs.setup(format, "debug", lines)
    log.info("something.happened", **fields)
    found = lines.getvalue()
    assert "something.happened" in found
    assert [leak for leak in LEAKS if leak in found] == []


@pytest.mark.parametrize(
    "said",
    [
        "no answer from 198.51.100.77",
        "('198.51.100.77', 4321) went away",
        "2001:db8:1:2:3:4:5:6 went away",
        "call to +33612345678 failed",
        "mail to <ada@example.org> refused",
        "GET /join/Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9v",
    ],
)
def test_lines_of_libraries_are_cleaned_too(lines: io.StringIO, said: str) -> None:
    logs.setup("text", "info", lines)
    logging.getLogger("library").warning("%s", said)
    assert "library" in lines.getvalue()
    assert [leak for leak in LEAKS if leak in lines.getvalue()] == []


def test_a_trace_is_kept_but_cleaned(lines: io.StringIO) -> None:
    log = logs.setup("json", "info", lines)
    try:
        raise ValueError("cannot send to +33612345678")
    except ValueError:
        log.exception("mail.failed")
    line = json.loads(lines.getvalue())
    assert "ValueError" in line["exception"]
    assert "612345678" not in lines.getvalue()
    assert line["level"] == "error" and line["timestamp"].endswith("Z")


def test_levels_are_kept(lines: io.StringIO) -> None:
    log = logs.setup("json", "warning", lines)
    log.info("quiet")
    log.warning("loud", count=3)
    assert [json.loads(line)["event"] for line in lines.getvalue().splitlines()] == ["loud"]
    assert json.loads(lines.getvalue())["count"] == 3


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("198.51.100.77", "198.51.100.0"),
        ("2001:db8:1:2::3", "2001:db8:1::"),
        ("127.0.0.1", "127.0.0.1"),
        ("nonsense", "-"),
    ],
)
def test_addresses_lose_their_last_part(address: str, shown: str) -> None:
    assert logs.coarse(address) == shown
