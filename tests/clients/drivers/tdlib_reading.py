"""TDLib's objects as the test compares them, shaped as ``reading.py`` shapes those of the others.

TDLib numbers chats as the test does. A message of the server has its number shifted by 20 bits; a
scheduled one keeps TDLib's.
"""

from __future__ import annotations

from typing import Any

from reading import lower

Json = dict[str, Any]
SHIFT = 20

ACTIONS = {
    "messageBasicGroupChatCreate": "chatCreate",
    "messageSupergroupChatCreate": "channelCreate",
    "messageChatAddMembers": "chatAddUser",
    "messageChatDeleteMember": "chatDeleteUser",
    "messageChatChangeTitle": "chatEditTitle",
    "messageChatUpgradeTo": "chatMigrateTo",
    "messageChatUpgradeFrom": "channelMigrateFrom",
    "messageChatJoinByLink": "chatJoinedByLink",
    "messageChatJoinByRequest": "chatJoinedByRequest",
    "messagePinMessage": "pinMessage",
}
ROLES = {"Creator": "creator", "Administrator": "admin", "Restricted": "banned"}
RULES = {
    "userPrivacySettingRuleAllowAll": "allowAll",
    "userPrivacySettingRuleAllowUsers": "allowUsers",
    "userPrivacySettingRuleRestrictAll": "disallowAll",
}


def server_id(id: int) -> int:
    """The number that the server gave to TDLib's message."""
    return id >> SHIFT


def td_id(id: int) -> int:
    """TDLib's number of the server's message."""
    return id << SHIFT


def sender(found: Json) -> int:
    """The one number of a MessageSender."""
    return int(found.get("user_id") or found["chat_id"])


def origin(found: Json | None) -> int | None:
    """Whom a message was forwarded from."""
    if not found:
        return None
    came = found["origin"]
    return came.get("sender_user_id") or came.get("chat_id") or came.get("sender_chat_id")


def role(status: Json) -> str:
    """creator, admin, banned, left or member."""
    name = status["@type"].removeprefix("chatMemberStatus")
    return ROLES.get(name, lower(name))


def status(user: Json) -> str:
    """online, offline, recently, lastWeek, lastMonth, empty."""
    return lower(user["status"]["@type"].removeprefix("userStatus"))


def entity(found: Json) -> list[Any]:
    """A textEntity as ``[kind, offset, length, url]``."""
    kind = lower(found["type"]["@type"].removeprefix("textEntityType"))
    return [kind, found["offset"], found["length"], found["type"].get("url")]


def reactions(info: Json | None) -> dict[str, int]:
    """``{emoji: count}``"""
    found = ((info or {}).get("reactions") or {}).get("reactions", [])
    return {one["type"]["emoji"]: one["total_count"] for one in found}


def votes(poll: Json) -> list[int]:
    """Votes by answer."""
    return [option["voter_count"] for option in poll["options"]]


def is_service(found: Json) -> bool:
    """Whether the message tells what happened in the chat."""
    return found["content"]["@type"] in ACTIONS


def message(found: Json) -> Json:
    """A message."""
    content = found["content"]
    kind = lower(content["@type"].removeprefix("message"))
    text = content.get("text") or content.get("caption") or {"text": "", "entities": []}
    info, reply = found.get("interaction_info") or {}, found.get("reply_to") or {}
    poll = content.get("poll")
    planned = bool(found.get("scheduling_state"))
    return {
        "id": found["id"] if planned else server_id(found["id"]),
        "peer": found["chat_id"],
        "sender": sender(found["sender_id"]),
        "out": found["is_outgoing"],
        "text": text["text"],
        "entities": [entity(one) for one in text["entities"]],
        "reply_to": server_id(reply["message_id"]) if reply.get("message_id") else None,
        "forward": origin(found.get("forward_info")),
        "edited": found["edit_date"] > 0,
        "pinned": found["is_pinned"],
        "media": None if kind == "text" else kind,
        "group": found["media_album_id"] if found["media_album_id"] != "0" else None,
        "replies": (info.get("reply_info") or {}).get("reply_count", 0),
        "reactions": reactions(info),
        "votes": votes(poll) if poll else [],
        "closed": bool(poll and poll["is_closed"]),
    }


def new_message(found: Json) -> Json:
    """What a new message is for the test: an event."""
    if is_service(found):
        action = ACTIONS[found["content"]["@type"]]
        chat, id = found["chat_id"], server_id(found["id"])
        return {"kind": "service", "action": action, "peer": chat, "id": id}
    if found.get("scheduling_state"):
        return {"kind": "scheduled", "text": message(found)["text"], "id": found["id"]}
    return {"kind": "new", **message(found)}
