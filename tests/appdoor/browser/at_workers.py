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
        "test_cuts.py::test_sockets_are_cut_under_traffic",
        "test_cuts.py::test_typed_text_survives_a_reload",
        "test_cuts.py::test_where_sockets_do_not_get_through",
        "test_devices.py",
        "test_doors.py",
        "test_endings.py::test_ended_while_no_page_was_open",
        "test_endings.py::test_signed_out_by_the_person",
        "test_endings.py::test_suspended_while_there_was_no_connection",
        "test_files.py",
        "test_focus.py",
        "test_folders.py",
        "test_groups.py",
        "test_invites.py",
        "test_kept.py::test_a_device_that_is_trusted_no_more",
        "test_kept.py::test_a_device_without_room",
        "test_kept.py::test_a_new_build_replaces_the_old_worker",
        "test_kept.py::test_a_reload_shows_the_list_before_the_server_has_answered",
        "test_kept.py::test_a_store_of_a_newer_build",
        "test_kept.py::test_signing_out_leaves_nothing",
        "test_kept.py::test_the_last_chats_in_a_network_with_a_page_of_its_own",
        "test_kept.py::test_the_page_can_be_installed",
        "test_notices.py",
        "test_page.py::test_a_newspaper_is_named_and_asks_for_its_domain",
        "test_page.py::test_a_page_is_previewed_switched_on_and_read_by_a_stranger",
        "test_page.py::test_a_picture_is_described_from_its_menu",
        "test_page.py::test_a_post_is_put_on_top_and_closed_from_its_menu",
        "test_passkeys.py",
        "test_people.py",
        "test_polls.py",
        "test_saved.py",
        "test_scheduled.py",
        "test_search.py::test_search_in_a_chat_and_come_back",
        "test_search.py::test_what_a_chat_holds",
        "test_suggestions.py",
        "test_typed.py::test_a_disk_that_is_full",
        "test_typed.py::test_a_tab_that_crashes",
        "test_typed.py::test_the_store_of_a_newer_build",
        "test_writing.py",
    }
)
"""Those that have passed there."""

ALONE = {
    "test_at_workers.py": "it looks at these lists only",
    "test_cuts.py::test_the_server_is_killed_while_both_write": (
        "it has not been seen passing there yet"
    ),
    "test_endings.py::test_a_suspension_leaves_nothing_but_its_page": (
        "it failed once of twice: what was typed was not shown, and it is not known why"
    ),
    "test_endings.py::test_ended_from_elsewhere": (
        "it failed there, what was wrong is mended, and it has not been run there since"
    ),
    "test_engines.py::test_sign_in_read_send_compose_and_record": (
        "it has not been seen passing there yet"
    ),
    "test_exact.py": "it stops a server of its own, and has none of several workers yet",
    "test_hostile.py::test_each_string_is_shown_and_never_run": (
        "it has not been seen passing there yet"
    ),
    "test_hostile.py::test_hostile_strings_in_every_field": (
        "it has not been seen passing there yet"
    ),
    "test_hostile.py::test_the_corpus": "it looks at no server",
    "test_kept.py::test_the_last_chats_without_a_server": (
        "it failed there, what was wrong is mended, and it has not been run there since"
    ),
    "test_keys.py::test_each_key_of_the_sheet": (
        "it failed there, what was wrong is mended, and it has not been run there since"
    ),
    "test_lies.py::test_lying_files_are_downloads": (
        "it failed there, what was wrong is mended, and it has not been run there since"
    ),
    "test_looks.py::test_each_screen": "it has not been seen passing there yet",
    "test_looks.py::test_texts_that_mean_harm": "it has not been seen passing there yet",
    "test_page.py::test_a_newspaper_in_french": (
        "a list of its form is cut on a phone, with one process too"
    ),
    "test_page.py::test_all_of_a_newspaper_by_hand": (
        "a list of its form is cut on a phone, with one process too"
    ),
    "test_page.py::test_every_switch_by_hand": (
        "a list of its form is cut on a phone, with one process too"
    ),
    "test_page.py::test_switched_off_elsewhere_while_somebody_looks": (
        "a list of its form is cut on a phone, with one process too"
    ),
    "test_push.py": "a notice may go out twice where a worker is killed, and it counts them",
    "test_reading.py::test_a_chat_of_200_messages": "it has not been seen passing there yet",
    "test_reading.py::test_what_is_announced": "it has not been seen passing there yet",
    "test_reading.py::test_zoom_spacing_colours_and_motion": (
        "it has not been seen passing there yet"
    ),
    "test_search.py::test_the_screens_of_searching": (
        "it failed there, what was wrong is mended, and it has not been run there since"
    ),
    "test_second_reader.py::test_previews_edits_and_publishing_alone": (
        "it has not been seen passing there yet"
    ),
    "test_second_reader.py::test_what_one_schedules_another_approves_and_readers_see": (
        "it has not been seen passing there yet"
    ),
    "test_settings.py::test_a_copy_of_ones_own_data": "it has not been seen passing there yet",
    "test_settings.py::test_a_second_password_from_first_to_last": (
        "it has not been seen passing there yet"
    ),
    "test_settings.py::test_an_account_ends": "it has not been seen passing there yet",
    "test_settings.py::test_each_section": "it has not been seen passing there yet",
    "test_settings.py::test_other_devices_and_people_one_does_not_want": (
        "it has not been seen passing there yet"
    ),
    "test_settings.py::test_sections_have_addresses": "it has not been seen passing there yet",
    "test_settings.py::test_what_others_see_of_me": "it has not been seen passing there yet",
    "test_sources.py": "it builds the client and looks at no server",
    "test_states.py::test_a_blocked_microphone": "it has not been seen passing there yet",
    "test_states.py::test_a_device_without_room": "it has not been seen passing there yet",
    "test_states.py::test_a_network_with_a_page_of_its_own": (
        "it has not been seen passing there yet"
    ),
    "test_states.py::test_a_store_of_a_newer_build": "it has not been seen passing there yet",
    "test_states.py::test_the_second_password": "it has not been seen passing there yet",
    "test_typed.py::test_a_clock_that_is_wrong_by_a_day": "it has not been seen passing there yet",
    "test_typed.py::test_a_network_with_a_page_of_its_own": (
        "it has not been seen passing there yet"
    ),
    "test_typed.py::test_a_page_that_begins_in_such_a_network": (
        "it has not been seen passing there yet"
    ),
    "test_typed.py::test_what_waits_is_sent_by_the_next_page": (
        "it has not been seen passing there yet"
    ),
    "test_uploads.py::test_a_file_goes_up_through_everything": (
        "it has not been seen passing there yet"
    ),
    "test_uploads.py::test_a_long_video_plays_from_its_middle": (
        "it has not been seen passing there yet"
    ),
    "test_uploads.py::test_a_portal_takes_no_part": "it has not been seen passing there yet",
    "test_viewer.py::test_a_hundred_pictures": "it has not been seen passing there yet",
    "test_viewer.py::test_larger_and_smaller": "it has not been seen passing there yet",
    "test_viewer.py::test_on_a_phone_and_from_right_to_left": (
        "it has not been seen passing there yet"
    ),
    "test_viewer.py::test_through_the_pictures_of_a_chat": "it has not been seen passing there yet",
}
"""Those for which three workers make no sense, or not yet, and why."""


def is_at_workers(file: str, flow: str) -> bool:
    """Whether a flow (the name of its function) of a file looks at three workers too."""
    return not {file, f"{file}::{flow}"}.isdisjoint(AT_WORKERS)
