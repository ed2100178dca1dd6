"""Which flows look at three workers too, of which one is killed every 20 seconds.

Each flow of this folder is in one of the two lists (``test_at_workers.py``): by its file, or by its
file and name.
"""

from __future__ import annotations

AT_WORKERS = frozenset(
    {
        "test_admin.py",
        "test_bylines.py",
        "test_cases.py",
        "test_chatting.py",
        "test_comments.py",
        "test_cuts.py",
        "test_devices.py",
        "test_doors.py",
        "test_endings.py",
        "test_files.py",
        "test_focus.py",
        "test_folders.py",
        "test_groups.py",
        "test_hostile.py::test_hostile_strings_in_every_field",
        "test_invites.py",
        "test_kept.py",
        "test_keys.py",
        "test_lies.py",
        "test_looks.py",
        "test_notices.py",
        "test_page.py",
        "test_passkeys.py",
        "test_people.py",
        "test_polls.py",
        "test_reading.py",
        "test_saved.py",
        "test_scheduled.py",
        "test_search.py",
        "test_second_reader.py",
        "test_settings.py::test_a_copy_of_ones_own_data",
        "test_settings.py::test_a_second_password_from_first_to_last",
        "test_settings.py::test_an_account_ends",
        "test_settings.py::test_each_section",
        "test_settings.py::test_other_devices_and_people_one_does_not_want",
        "test_settings.py::test_sections_have_addresses",
        "test_settings.py::test_what_others_see_of_me",
        "test_states.py",
        "test_suggestions.py",
        "test_typed.py",
        "test_uploads.py",
        "test_viewer.py",
        "test_writing.py",
    }
)
"""Those that have passed there."""

ALONE = {
    "test_at_workers.py": "it looks at these lists only",
    "test_engines.py": "it is about Firefox and WebKit, and has not been run there",
    "test_exact.py": "it stops a server of its own, and has none of several workers yet",
    "test_hostile.py::test_each_string_is_shown_and_never_run": (
        "it invents messages, which a page forgets that asks what it missed while a worker was gone"
    ),
    "test_hostile.py::test_the_corpus": "it looks at no server",
    "test_push.py": "a notice may go out twice where a worker is killed, and it counts them",
    "test_sources.py": "it builds the client and looks at no server",
}
"""Those for which three workers make no sense, or not yet, and why."""


def is_at_workers(file: str, flow: str) -> bool:
    """Whether a flow (the name of its function) of a file looks at three workers too."""
    return not {file, f"{file}::{flow}"}.isdisjoint(AT_WORKERS)
