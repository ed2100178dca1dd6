"""What apps are told about limits is what the rooms keep to: one table holds both together."""

from __future__ import annotations

import json
from typing import Any

import pytest

from petitbleu import ids
from petitbleu.config import Config
from petitbleu.domain.access.devices import service as devices
from petitbleu.domain.administration.membership import handover, invitations
from petitbleu.domain.communities.chats import names, switches
from petitbleu.domain.messaging.dialogs import service as dialogs
from petitbleu.domain.messaging.folders import service as folders
from petitbleu.domain.messaging.messages import edit, entities, quotes, read, rpc_input, saved
from petitbleu.domain.messaging.polls import rpc as polls
from petitbleu.domain.messaging.reactions import emoji
from petitbleu.domain.messaging.read_receipts import service as read_receipts
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.transfer.imports import running
from petitbleu.resources import schema_text
from petitbleu.tl import api
from tests.kit.world import World

TOLD: dict[str, Any] = json.loads(schema_text("app-config.json"))
DAY = 86_400
PART_BYTES = 524_288
KEPT: dict[str, tuple[int, ...]] = {
    "about_length_limit": (accounts.ABOUT_MAX,),
    "authorization_autoconfirm_period": (devices.CONFIRM_SECONDS,),
    "caption_length_limit": (entities.MAX_CAPTION,),
    "channels_limit": (invitations.CHANNELS_MAX,),
    "channels_public_limit": (names.PUBLIC_MAX, handover.PUBLIC_MAX),
    "chat_read_mark_expire_period": (read_receipts.KEPT,),
    "chat_read_mark_size_threshold": (read_receipts.SMALL,),
    "dialog_filters_chats_limit": (folders.CHATS_MAX,),
    "dialog_filters_limit": (folders.FOLDERS_MAX,),
    "dialogs_folder_pinned_limit": (dialogs.PINNED_MAX[dialogs.ARCHIVE],),
    "dialogs_pinned_limit": (dialogs.PINNED_MAX[dialogs.MAIN],),
    "hidden_members_group_size_min": (switches.HIDDEN_MEMBERS_MIN,),
    "message_animated_emoji_max": (entities.MAX_ENTITIES,),
    "pm_read_date_expire_period": (read.READ_DATE_DAYS * DAY,),
    "poll_answers_max": (polls.ANSWERS[1],),
    "quote_length_max": (quotes.QUOTE_MAX,),
    "reactions_in_chat_max": (emoji.MAX_LISTED,),
    "reactions_uniq_max": (emoji.MAX_KINDS,),
    "reactions_user_max": (emoji.MAX_PER_USER,),
    "upload_max_fileparts": (Config().storage.upload_bytes // PART_BYTES,),
}
"""Name in help.getAppConfig (without ``_default``) -> what the rooms judge by."""
APPS_ALONE = {
    "chatlist_invites_limit": "folders are not shared",
    "chatlist_update_period": "folders are not shared",
    "chatlists_joined_limit": "folders are not shared",
    "contact_note_length_limit": "notes are not kept",
    "groupcall_video_participants_max": "there are no calls",
    "intro_description_length_limit": "no business accounts",
    "intro_title_length_limit": "no business accounts",
    "large_queue_max_active_operations_count": "how an app downloads",
    "recommended_channels_limit": "none are recommended",
    "ringtone_duration_max": "no ringtones are kept",
    "ringtone_saved_count_max": "no ringtones are kept",
    "ringtone_size_max": "no ringtones are kept",
    "saved_dialogs_pinned_limit": "apps keep to it; the server has a bound of its own above it",
    "saved_gifs_limit": "none are kept",
    "small_queue_max_active_operations_count": "how an app downloads",
    "stickers_emoji_cache_time": "how long an app remembers",
    "stickers_faved_limit": "none are kept",
    "telegram_antispam_group_size_min": "any group may switch the filter on",
    "topics_pinned_limit": "groups have no topics",
}
"""Name -> why no room judges by it."""


def _plain(name: str) -> str:
    return name.removesuffix("_default").removesuffix("_premium")


NUMBERS = {name: value for name, value in TOLD.items() if type(value) is int}


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_that_apps_are_told_is_the_one_that_rooms_keep_to(name: str) -> None:
    plain = _plain(name)
    assert (plain in KEPT) != (plain in APPS_ALONE), "say what keeps to it, or why nothing does"
    assert {NUMBERS[name], *KEPT.get(plain, ())} == {NUMBERS[name]}


def test_the_table_names_what_apps_are_told() -> None:
    assert {*KEPT, *APPS_ALONE} == {_plain(name) for name in NUMBERS}
    assert TOLD["saved_dialogs_pinned_limit_default"] <= saved.PINNED_MAX
    assert TOLD["telegram_antispam_user_id"] == str(ids.ANTISPAM_USER)


async def test_the_older_configuration_says_the_same(world: World) -> None:
    ada = await world.sign_up("Ada")
    told = await ada.call(api.help.GetConfig())
    assert (told.chat_size_max, told.megagroup_size_max) == (
        invitations.GROUP_MAX,
        invitations.SUPERGROUP_MAX,
    )
    assert running.GROUP_MAX == invitations.GROUP_MAX
    assert told.edit_time_limit == edit.EDIT_SECONDS
    assert told.forwarded_count_max == rpc_input.MAX_IDS
    assert told.message_length_max == entities.MAX_LENGTH
    assert told.caption_length_max == entities.MAX_CAPTION
