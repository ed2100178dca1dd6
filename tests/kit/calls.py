"""What the tests' clients call, and what comes of it: the evidence that ``tests/exercised.py``
judges.

Every call of a :class:`tests.kit.world.Client` is noted: the method, "" or the error it was
refused with, whether somebody else was told, and the test. An error that is not documented for
the method fails the test on the spot. A run with ``TESTS_CALLS=FOLDER`` leaves its notes there, a
file for each process.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from petitbleu.rpc import coverage

FOLDER = "TESTS_CALLS"

EVERYWHERE = frozenset(
    {
        "AUTH_KEY_PERM_EMPTY",
        "AUTH_KEY_UNREGISTERED",
        "BOT_METHOD_INVALID",
        "CONNECTION_NOT_INITED",
        "FLOOD_WAIT_X",
        "FROZEN_METHOD_INVALID",
        "INPUT_CONSTRUCTOR_INVALID",
        "INPUT_FETCH_ERROR",
        "INPUT_METHOD_INVALID",
        "METHOD_INVALID",
        "MSG_WAIT_FAILED",
        "MSG_WAIT_TIMEOUT",
        "SESSION_PASSWORD_NEEDED",
        "STORAGE_UNAVAILABLE",
        "TAKEOUT_INVALID",
        "USER_BOT_REQUIRED",
        "USER_DEACTIVATED_BAN",
    }
)
"""What any call may be answered: login, budgets, wrappers, bytes (core.telegram.org/api/errors)."""

LIKE = {
    "account.getPasswordSettings": ("account.updatePasswordSettings",),
    "messages.editChatCreator": ("channels.editCreator",),
    "messages.editChatParticipantRank": ("channels.editAdmin",),
}
"""Methods whose errors are not documented by themselves, and those whose work they do."""

BUG = "INTERNAL"
"""A bug of ours, which the ``world`` fixture judges by its log."""


class Note(NamedTuple):
    """One thing that a test has seen."""

    method: str
    error: str
    """\"\": the call succeeded."""
    told: bool
    """Whether a session of somebody else was pushed something meanwhile."""
    test: str


_seen: set[Note] = set()
_number = re.compile(r"(?<=_)\d+(?=_|$)")


def note(method: str, message: str = "", *, told: bool = False) -> None:
    """Remember a call; ``message`` is the error it was refused with. Raises AssertionError for an
    error that is not documented for the method.
    """
    error = general(message)
    assert not error or error == BUG or error in documented(method), (
        f"{error} is not documented for {method}"
    )
    _seen.add(Note(method, error, told, _test()))


def note_wrappers(names: list[str], message: str = "") -> None:
    """Remember the invoke* wrappers of a call. A refusal is theirs if it is one of all calls."""
    error = general(message)
    if not error or error in EVERYWHERE:
        _seen.update(Note(name, error, False, _test()) for name in names)


def general(message: str) -> str:
    """FLOOD_WAIT_30 -> FLOOD_WAIT_X"""
    return _number.sub("X", message)


def _test() -> str:
    """The test that runs, without its parameters."""
    return os.environ.get("PYTEST_CURRENT_TEST", "").partition(" ")[0].partition("[")[0]


def documented(method: str) -> frozenset[str]:
    """Every error that a method may be answered with."""
    return EVERYWHERE | own(method)


def own(method: str) -> frozenset[str]:
    """The errors that are documented for a method and for its other spellings."""
    facts = coverage.methods()
    names = {method, facts[method].present or method, *LIKE.get(method, ())}
    names |= {one.name for one in facts.values() if one.present == method}
    return frozenset().union(*(facts[name].errors for name in names))


def read(folder: Path) -> Iterator[Note]:
    """The notes that the processes of a run have left."""
    for file in sorted(folder.glob("*.tsv")):
        for line in file.read_text("utf-8").splitlines():
            method, error, told, test = line.split("\t")
            yield Note(method, error, told == "told", test)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Leave the notes of this process."""
    folder = os.environ.get(FOLDER)
    if folder and _seen:
        lines = (
            "\t".join((one.method, one.error, "told" if one.told else "", one.test)) + "\n"
            for one in sorted(_seen)
        )
        Path(folder).mkdir(parents=True, exist_ok=True)
        (Path(folder) / f"{os.getpid()}.tsv").write_text("".join(lines), "utf-8")
