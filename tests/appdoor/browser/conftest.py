"""One server, its people and its browser for all flows: started once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from petitbleu.bench import haproxy
from petitbleu.bench.server import Server
from tests.appdoor.browser.at_workers import is_at_workers
from tests.appdoor.browser.several import Several
from tests.appdoor.browser.site import Site, opened

EVERY_RUN = frozenset(
    {
        "test_chatting.py::test_two_browsers_find_each_other_and_talk",
        "test_chatting.py::test_reply_edit_delete_react_and_vote",
        "test_cuts.py::test_sockets_are_cut_under_traffic",
        "test_doors.py::test_the_first_minute",
        "test_endings.py::test_ended_from_elsewhere",
        "test_exact.py::test_the_store_is_what_the_server_has",
        "test_files.py::test_photos_and_files_both_ways",
        "test_groups.py::test_make_a_group_invite_by_a_link_and_chat",
        "test_hostile.py::test_each_string_is_shown_and_never_run",
        "test_kept.py::test_signing_out_leaves_nothing",
        "test_looks.py::test_each_screen",
    }
)
"""The flows of each run of ``make test``; of the others one in :data:`TURNS`."""
TURNS = 4
SERVERS = {"one": Server, "three workers": Several}
"""What the flows look at; the second in ``make test-full``, while workers are killed."""
OF_SOURCE = frozenset({"test_at_workers.py", "test_sources.py"})
"""The client's own tests and its build, and lists of the flows: without a browser."""


def _of_one_process(item: pytest.Item) -> bool:
    """Whether a flow is not for several workers, but would meet them."""
    spec = getattr(item, "callspec", None)
    if spec is None or spec.params.get("site") in (None, "one"):
        return False
    return not is_at_workers(item.path.name, getattr(item, "originalname", ""))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the flows that take turns; drop those that several workers have no use for."""
    dropped = [item for item in items if _of_one_process(item)]
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = [item for item in items if item not in set(dropped)]
    for item in items:
        name = f"{item.path.name}::{getattr(item, 'originalname', item.name)}"
        here = item.path.parent == Path(__file__).parent
        if here and item.path.name not in OF_SOURCE and name not in EVERY_RUN:
            item.add_marker(pytest.mark.sometimes(TURNS))


@pytest_asyncio.fixture(
    scope="package",
    loop_scope="package",
    params=[
        "one",
        *([pytest.param("three workers", marks=pytest.mark.long)] if haproxy.program() else []),
    ],
)
async def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Site]:
    """A real server, two people in Telethon, and Chromium."""
    async with opened(tmp_path_factory.mktemp("site"), SERVERS[request.param]) as made:
        yield made
