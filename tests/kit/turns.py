"""Parameters and tests that take turns.

Some tests are run with many parameters that lead through the same code: the clients of each layer,
the seeds of a random walk. Marked ``turns(N)``, such a test runs with one in N of its parameters in
``make test``, chosen by the seed of the run (:mod:`tests.kit.engines`): another share on each run,
at least one on all. Marked ``sometimes(N)``, a test that costs seconds runs in about one in N runs
of ``make test``. ``make test-full`` and a plain ``pytest`` run all.
"""

from __future__ import annotations

import os
import zlib
from collections import defaultdict

import pytest

from tests.kit import engines


def has_turn(seed: str, test: str, number: int, of: int) -> bool:
    """Whether the parameters with this number of ``test`` (its node id without parameters) run."""
    return (zlib.crc32(f"{seed} {test}".encode()) + number) % of == 0


def chosen(seed: str, test: str, count: int, of: int) -> set[int]:
    """The numbers of the parameters whose turn it is, of ``count``."""
    return {n for n in range(count) if has_turn(seed, test, n, min(of, count))}


def runs(seed: str, test: str, of: int) -> bool:
    """Whether ``test`` (its node id without parameters), marked ``sometimes(of)``, runs."""
    return zlib.crc32(f"{test} {seed}".encode()) % of == 0


@pytest.hookimpl(trylast=True)  # the engine of a test is chosen before
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the parameters whose turn it is not."""
    seed = os.environ.get(engines.SEED, "")
    if not seed:
        return
    marked: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        if item.get_closest_marker("turns") is not None:
            marked[item.nodeid.partition("[")[0]].append(item)
    dropped = {
        item
        for item in items
        if (rare := item.get_closest_marker("sometimes")) is not None
        and not runs(seed, item.nodeid.partition("[")[0], rare.args[0])
    }
    for test, found in marked.items():
        mark = found[0].get_closest_marker("turns")
        assert mark is not None
        run = chosen(seed, test, len(found), mark.args[0])
        dropped |= {item for number, item in enumerate(found) if number not in run}
    if dropped:
        config.hook.pytest_deselected(items=list(dropped))
        items[:] = [item for item in items if item not in dropped]
