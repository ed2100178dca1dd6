"""The process dies at any moment of deciding: each decision is whole, or is not there."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
import structlog

from petitbleu.config import Config
from petitbleu.desk.adjudication.decisions import service
from petitbleu.desk.adjudication.eu_database import service as eu_database
from petitbleu.desk.casework.cases import service as cases
from petitbleu.domain.safety.moderation import measures
from petitbleu.run.instance import opened

_RUN = "from petitbleu.cli import main; main()"


def _decisions(database: Path) -> int:
    if not database.exists():
        return 0
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as reader:
        try:
            return int(reader.execute("select count(*) from decision").fetchone()[0])
        except sqlite3.OperationalError:  # the tables are being made
            return 0


def _killed(data: Path, after: float) -> None:
    """A practice desk in the making, ended by SIGKILL."""
    data.mkdir()
    made = subprocess.Popen(
        [sys.executable, "-c", _RUN, "desk", "seed", "--decisions", "9000", "--data", str(data)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 60
        while not _decisions(data / "petitbleu.sqlite"):
            assert made.poll() is None and time.monotonic() < deadline
            time.sleep(0.05)
        time.sleep(after)
        assert made.poll() is None
    finally:
        made.kill()
        made.wait()


@pytest.mark.turns(3)
@pytest.mark.parametrize("after", [0.0, 0.37, 0.91])
async def test_each_decision_is_whole_or_is_not_there(tmp_path: Path, after: float) -> None:
    data = tmp_path / "data"
    _killed(data, after)
    log = structlog.wrap_logger(structlog.ReturnLogger())
    async with opened(Config(data=data), log) as instance:
        app = instance.app
        rows = await service.between(app.store, 0, 1 << 40, limit=5000)
        assert rows
        taken = {row.number for row in await measures.listed(app, limit=5000)}
        decided: set[int] = set()
        for row in rows:
            state = await cases.get(app.store, row.number // 1000)
            assert state is not None and row.number in state.decisions
            decided |= set(state.decisions)
            done = {one.measure for one in service.measures_of(row)}
            assert done <= taken
            taken -= done
            told = {one.account for one in await service.statements(app.store, row.number)}
            if row.outcome == "measures":
                assert told == set(msgspec.msgpack.decode(row.people))
            queued = await eu_database.of_decision(app.store, row.number)
            assert len(queued) == (not row.left_out)
        assert taken == set()
        assert decided == {row.number for row in rows}
