"""Service messages of the format <-> those of this server (``messages/views_actions.py``).

One that has no counterpart here is shown as a sentence (``told``) and kept as it stood.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_WORDS = {
    "phone_call": "Phone call",
    "take_screenshot": "Took a screenshot",
    "edit_group_photo": "Changed the photo of the group",
    "delete_group_photo": "Removed the photo of the group",
    "migrate_to_supergroup": "The group became a supergroup",
    "migrate_from_group": "The group became a supergroup",
    "group_call": "Group call",
    "invite_to_group_call": "Invited to a group call",
    "group_call_scheduled": "Planned a group call",
    "set_messages_ttl": "Changed the timer of messages",
    "edit_chat_theme": "Changed the theme of the chat",
    "score_in_game": "Scored in a game",
    "send_payment": "Paid",
    "topic_created": "Opened a topic",
    "topic_edit": "Changed a topic",
    "suggest_profile_photo": "Suggested a profile photo",
    "set_chat_wallpaper": "Changed the wallpaper of the chat",
    "set_same_chat_wallpaper": "Changed the wallpaper of the chat",
}
_ENVELOPE = frozenset({"id", "type", "date", "date_unixtime", "actor", "actor_id", "text",
                       "text_entities"})  # fmt: skip
TOLD = "told"


def stored(
    action: tuple[str, dict[str, Any]], people: Mapping[str, int], me: int
) -> tuple[list[Any], dict[str, Any]]:
    """(the action as it is kept in a message, what of the format is kept beside it)."""
    name, raw = action
    title = str(raw.get("title") or "")
    members = _members(raw, people)
    if name == "create_group" and members is not None:
        return ["chat_create", title, members], {}
    if name == "edit_group_title":
        return ["chat_title", title], {}
    if name == "create_channel":
        return ["channel_create", title], {}
    if name == "invite_members" and members:
        return ["chat_add", members], {}
    if name == "remove_members" and members:
        return ["chat_delete", members[0]], {}
    if name == "join_group_by_link":
        inviter = people.get(f"name:{raw.get('inviter')}")
        if inviter is not None:
            return ["chat_joined_link", inviter], {}
    simple = {
        "join_group_by_request": "chat_joined_request",
        "pin_message": "pin",
        "clear_history": "history_clear",
        "joined_telegram": "contact_sign_up",
    }.get(name)
    if simple is not None:
        return [simple], {}
    kept = {key: value for key, value in raw.items() if key not in _ENVELOPE}
    return [TOLD, _words(name, raw)], kept


def _members(raw: dict[str, Any], people: Mapping[str, int]) -> list[int] | None:
    """The accounts of the names listed; None where one of them names nobody known."""
    members = [people.get(f"name:{name}") for name in raw.get("members") or []]
    return None if None in members else [person for person in members if person is not None]


def _words(name: str, raw: dict[str, Any]) -> str:
    text = raw.get("information_text") or _WORDS.get(name) or name.replace("_", " ").capitalize()
    seconds = raw.get("duration_seconds") or raw.get("duration")
    return f"{text} ({seconds} s)" if seconds else str(text)
