"""One server, its people and its browser for all flows: started once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from petitbleu.bench import haproxy
from petitbleu.bench.server import Server
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
AT_WORKERS = frozenset(
    {
        "test_admin.py",
        "test_bylines.py",
        "test_cases.py",
        "test_chatting.py",
        "test_comments.py",
        "test_cuts.py::test_sockets_are_cut_under_traffic",
        "test_cuts.py::test_where_sockets_do_not_get_through",
        "test_cuts.py::test_typed_text_survives_a_reload",
        "test_devices.py::test_a_telegram_app_lets_the_browser_in",
        "test_devices.py::test_the_second_password_is_asked_all_the_same",
        "test_devices.py::test_a_code_is_renewed_before_it_expires",
        "test_doors.py::test_the_second_password",
        "test_doors.py::test_by_the_keyboard_alone_and_a_wrong_code",
        "test_files.py",
        "test_folders.py",
        "test_groups.py",
        "test_invites.py",
        "test_passkeys.py::test_a_passkey_that_was_removed_signs_nobody_in",
        "test_passkeys.py::test_cancelled_and_none_at_hand",
        "test_passkeys.py::test_the_browser_fills_it_in",
        "test_passkeys.py::test_it_is_offered_once_on_a_device_of_ones_own",
        "test_passkeys.py::test_how_they_look",
        "test_people.py",
        "test_polls.py::test_a_quiz_mentions_and_reactions",
        "test_saved.py",
        "test_scheduled.py",
        "test_search.py::test_search_in_a_chat_and_come_back",
        "test_search.py::test_what_a_chat_holds",
    }
)
"""Files and flows that three workers are looked at with too: those that have passed there. Some
of the others stop the server themselves, or write into its SQLite file.
"""
OF_SOURCE = "test_sources.py"
"""The client's own tests and its build, without a browser."""


def _of_one_process(item: pytest.Item) -> bool:
    """Whether a flow is not for several workers, but would meet them."""
    spec = getattr(item, "callspec", None)
    if spec is None or spec.params.get("site") in (None, "one"):
        return False
    name = item.path.name
    return not {name, f"{name}::{getattr(item, 'originalname', '')}"} & AT_WORKERS


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the flows that take turns; drop those that several workers have no use for."""
    dropped = [item for item in items if _of_one_process(item)]
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = [item for item in items if item not in set(dropped)]
    for item in items:
        name = f"{item.path.name}::{getattr(item, 'originalname', item.name)}"
        here = item.path.parent == Path(__file__).parent
        if here and item.path.name != OF_SOURCE and name not in EVERY_RUN:
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
