"""The log names an answer that was not written to its client within some seconds, and no other."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import pytest
import structlog

from petitbleu.gateway import unwritten
from tests.gateway.conftest import Serve
from tests.kit.waiting import until


def _not_written(lines: list[Any]) -> list[Any]:
    return [one for one in lines if one["event"] == "gateway.answer_not_written"]


async def test_answer_that_is_not_written_is_named_in_the_log(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unwritten, "LATE_SECONDS", 0.2)
    with structlog.testing.capture_logs() as lines:
        async with serve() as server:
            client = await server.client()
            await client.call(b"echo0000")
            call = await client.begin(b"hold1234")
            await until(lambda: server.rooms.begun == 2)
            await client.carrier.close()
            await until(lambda: not server.rooms.links[0].connected)
            server.rooms.gate.set()
            (line,) = await until(lambda: _not_written(lines))
    assert line["call"] == f"{call:016x}"
    assert (line["why"], line["log_level"]) == ("no_connection", "info")


async def test_answer_that_the_client_does_not_read_is_named_in_the_log(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unwritten, "LATE_SECONDS", 0.2)
    with structlog.testing.capture_logs() as lines:
        async with serve() as server:
            client = await server.client()
            calls = [await client.begin(b"echo" + os.urandom(1 << 19)) for _ in range(16)]
            await until(lambda: len(server.gateway.sessions.unwritten))
            found = await until(lambda: _not_written(lines))
            for call in calls:
                await client.result(call)
    assert [(one["why"], one["log_level"]) for one in found] == [("not_read", "warning")]


async def test_answers_that_are_written_are_not_named(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unwritten, "LATE_SECONDS", 0.2)
    with structlog.testing.capture_logs() as lines:
        async with serve() as server:
            client = await server.client()
            for n in range(20):
                await client.call(b"echo%04d" % n)
            await client.carrier.close()
            await until(lambda: not server.rooms.links[0].connected)
            await asyncio.sleep(1.2)  # two turns of the wheel
    assert not _not_written(lines)
