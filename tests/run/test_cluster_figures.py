"""Each figure of several workers moves in a test that breaks what it is about, and that thing is
named in words where operators look (``/clusterz``, ``cluster status``).

:data:`FIGURES` says which test that is; a figure without one fails here.
"""

from __future__ import annotations

import ast
import asyncio
import inspect
from pathlib import Path
from typing import NamedTuple

import asyncpg
import pytest

from petitbleu import domain, metrics
from petitbleu.domain.files.media import storage  # noqa: F401 - declares what files count
from petitbleu.run import cluster, jobs
from petitbleu.store import postgres_tx
from petitbleu.tl import api
from tests.kit.pair import Pair

ROOT = Path(__file__).resolve().parents[2]


class Moved(NamedTuple):
    """``test``: file and function that break it; ``by``: what of the figure the test looks at;
    ``words``: how what is broken is named.
    """

    test: str
    by: str
    words: str


DOWN = "tests/deploy/test_local_cluster.py::test_what_is_down_is_named_in_words"
NEWS = "tests/domain/updates/test_workers.py"
FIGURES = {
    "hop_seconds": Moved(
        f"{NEWS}::test_figures_of_the_cluster_move",
        "hop_seconds_count",
        "The bus (NATS) does not answer this worker",
    ),
    "frames_lost_total": Moved(
        DOWN, "frames_lost_total", "times that frames of the bus were, or may have been, lost"
    ),
    "frames_unopened_total": Moved(
        "tests/bus/test_numbered.py::test_a_frame_that_does_not_open_is_counted_and_a_loss",
        "counts.unopened",
        "frames of the bus that could not be opened",
    ),
    "sweep_found_total": Moved(
        DOWN, "sweep_found_total", "news of other workers found in the database"
    ),
    "stamp_found_total": Moved(
        "tests/run/test_staleness.py::test_it_is_refused_without_the_bus",
        "FOUND",
        "changes of other workers found by comparing stamps",
    ),
    "fenced_total": Moved(
        "tests/run/test_job_claims.py::test_a_stalled_leader_is_fenced_and_its_job_done_once",
        "FENCED",
        "writes refused because another worker had taken over",
    ),
    "batch_size": Moved(
        "tests/run/test_cluster_figures.py::test_writes_that_wait_for_a_lock_are_counted_together",
        "_BATCH_SIZE",
        "The database does not say who is there",
    ),
    # `lock_wait_seconds` of the design: the time of a batch, waiting for its locks included.
    "batch_seconds": Moved(
        "tests/run/test_cluster_figures.py::test_writes_that_wait_for_a_lock_are_counted_together",
        "_BATCH_SECONDS",
        "The database does not say who is there",
    ),
    "claims": Moved(
        "tests/run/test_job_claims.py::test_a_stalled_leader_is_fenced_and_its_job_done_once",
        '"claims"',
        "The oldest job is",
    ),
    "hosted_owners": Moved(
        f"{NEWS}::test_figures_of_the_cluster_move", "hosted_owners", "was taken off"
    ),
    "s3_seconds": Moved(DOWN, "s3_seconds_count", "Files cannot be sent or fetched"),
}
GAUGES = ("claims", "hosted_owners")
"""Not kept but asked for."""


def _source(where: str) -> str:
    """The text of a test, or of a whole file of tests."""
    file, _, name = where.partition("::")
    text = (ROOT / file).read_text("utf-8")
    if not name:
        return text
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef) and node.name == name:
            return ast.get_source_segment(text, node) or ""
    raise AssertionError(f"there is no test {where}")


@pytest.mark.parametrize("name", FIGURES)
def test_a_test_moves_it_and_its_thing_has_words(name: str) -> None:
    figure = FIGURES[name]
    assert figure.by in _source(figure.test)
    said = " ".join(
        part.value
        for part in ast.walk(ast.parse(inspect.getsource(cluster)))
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )
    assert figure.words in said, "/clusterz names it"


def test_each_figure_exists_and_is_explained() -> None:
    domain.load_rooms()
    kept = {*metrics.COUNTERS, *metrics.HISTOGRAMS}
    assert set(FIGURES) - kept == set(GAUGES)
    pages = (ROOT / "docs/operate/monitoring.md").read_text("utf-8")
    pages += (ROOT / "docs/operate/cluster.md").read_text("utf-8")
    assert [name for name in FIGURES if f"petitbleu_{name}" not in pages] == []


def test_each_counter_that_is_said_in_words_is_one_of_them() -> None:
    domain.load_rooms()
    assert set(cluster._COUNTED) <= set(FIGURES) | {"passing_dropped_total"}
    assert jobs.JOBS_RUN.name in metrics.COUNTERS


async def test_writes_that_wait_for_a_lock_are_counted_together(pair: Pair) -> None:
    """Somebody else holds the row of a counter: what people say meanwhile is written with one
    batch, whose time is that of the wait.
    """
    ada, bob = await pair.one.sign_up("Ada"), await pair.one.sign_up("Bob")
    peer = await ada.peer(bob)
    batches, written = sum(postgres_tx._BATCH_SIZE.counts), postgres_tx._BATCH_SIZE.sum
    waited = postgres_tx._BATCH_SECONDS.sum
    conn = await asyncpg.connect(pair.one.app.store.place)
    try:
        async with conn.transaction():
            await conn.fetch(
                "select pts from account_state where owner in ($1, $2) for update",
                *(ada.user_id, bob.user_id),
            )
            said = [
                asyncio.create_task(
                    ada.call(api.messages.SendMessage(peer=peer, message=f"{n}", random_id=n + 1))
                )
                for n in range(8)
            ]
            waiting = "select count(*) > 0 from pg_locks where not granted"
            while not await conn.fetchval(waiting):
                await asyncio.sleep(0.02)
            await asyncio.sleep(0.3)
            assert not any(one.done() for one in said)
        await asyncio.gather(*said)
    finally:
        await conn.close()
    more = sum(postgres_tx._BATCH_SIZE.counts) - batches
    assert postgres_tx._BATCH_SIZE.sum - written >= 8
    assert more < 8, "several went together"
    assert postgres_tx._BATCH_SECONDS.sum - waited >= 0.3
    await pair.settle()
    news = (api.UpdateNewMessage, api.UpdateShortMessage)
    assert sum(isinstance(one, news) for one in bob.updates()) == 8
