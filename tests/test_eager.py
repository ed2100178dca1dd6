"""What a handler may reach waits in a way that works before it has a task."""

from __future__ import annotations

import ast
import asyncio
from pathlib import Path

import pytest

from petitbleu import eager
from tests.kit.world import eagerly

SOURCES = Path(eager.__file__).parent
REACHED = ("appdoor", "blobs", "desk", "domain", "rpc", "web", "sandbox.py")
"""What runs for a call, which the gateway starts outside any task."""
UNFIT = {"timeout", "wait_for", "timeout_at", "current_task", "TaskGroup"}


async def test_a_limit_of_time_holds_before_the_first_suspension() -> None:
    async def call(seconds: float) -> str:
        async with eager.within(0.05):
            await asyncio.sleep(seconds)
        return "done"

    assert await eagerly(call(0.0)) == "done"
    with pytest.raises(TimeoutError):
        await eagerly(call(10.0))


async def test_a_plain_timeout_would_fail_there() -> None:
    async def call() -> None:
        async with asyncio.timeout(1.0):
            pass

    with pytest.raises(RuntimeError):
        await eagerly(call())


def test_what_calls_reach_limits_its_time_by_within() -> None:
    """``asyncio.timeout`` and the like need a task: a call would answer 500."""
    found = []
    for name in REACHED:
        place = SOURCES / name
        for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if (
                    isinstance(node, ast.Attribute)
                    and node.attr in UNFIT
                    and isinstance(node.value, ast.Name)
                    and node.value.id == "asyncio"
                ):
                    found.append(f"{path.relative_to(SOURCES)}:{node.lineno}")
    assert found == []
