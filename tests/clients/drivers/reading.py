"""Messages and updates as the test compares them, for both families of Python libraries.

Telethon and Pyrogram name the constructors and fields of the schema alike, so what is read by
name serves both. Chats are numbered as both do: users as they are, groups negative, channels
below ``-10**12``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

CHANNELS_FROM = -(10**12)


def lower(name: str) -> str:
    """``ChatCreate`` -> ``chatCreate``."""
    return name[:1].lower() + name[1:]


def marked(peer: Any) -> int | None:
    """The one number of a Peer (or InputPeer)."""
    for field, number in (
        ("user_id", lambda n: n),
        ("chat_id", lambda n: -n),
        ("channel_id", lambda n: CHANNELS_FROM - n),
    ):
        if hasattr(peer, field):
            return number(getattr(peer, field))
    return None


def chat_number(chat: Any) -> int:
    """The number of a Chat or Channel."""
    return CHANNELS_FROM - chat.id if "Channel" in type(chat).__name__ else -chat.id


def plain(text: Any) -> str:
    """A string of old layers or a TextWithEntities of new ones."""
    return text if isinstance(text, str) else text.text


def seconds(date: Any) -> int:
    """Unix seconds of what one family shows as a datetime and the other as a number."""
    return int(date.timestamp()) if hasattr(date, "timestamp") else int(date or 0)


def entity(name: str, value: Any) -> list[Any]:
    """A MessageEntity as ``[kind, offset, length, url]``; kind as in the schema, without its
    prefix.
    """
    kind = lower(name.removeprefix("MessageEntity"))
    return [kind, value.offset, value.length, getattr(value, "url", None)]


def reactions(found: Any) -> dict[str, int]:
    """MessageReactions as ``{emoji: count}``."""
    return {one.reaction.emoticon: one.count for one in getattr(found, "results", None) or []}


def votes(results: Any) -> list[int]:
    """PollResults as votes by answer; empty while they are not shown."""
    return [one.voters or 0 for one in getattr(results, "results", None) or []]


def message(found: Any) -> dict[str, Any]:
    """A Message."""
    reply, forward = found.reply_to, found.fwd_from
    media = type(found.media).__name__.removeprefix("MessageMedia") if found.media else None
    return {
        "id": found.id,
        "peer": marked(found.peer_id),
        "sender": marked(found.from_id) if found.from_id else marked(found.peer_id),
        "out": bool(found.out),
        "text": found.message,
        "entities": [entity(type(e).__name__, e) for e in found.entities or []],
        "reply_to": getattr(reply, "reply_to_msg_id", None),
        "forward": marked(forward.from_id) if forward and forward.from_id else None,
        "edited": found.edit_date is not None,
        "pinned": bool(found.pinned),
        "media": media and lower(media),
        "group": found.grouped_id and str(found.grouped_id),
        "replies": found.replies.replies if found.replies else 0,
        "reactions": reactions(found.reactions),
        "votes": votes(getattr(found.media, "results", None)),
        "closed": bool(getattr(getattr(found.media, "poll", None), "closed", False)),
    }


def event(update: Any) -> dict[str, Any] | None:
    """An Update that the scenario looks at, else None."""
    reader = READERS.get(type(update).__name__)
    return reader(update) if reader else None


def _new(update: Any) -> dict[str, Any] | None:
    found = update.message
    match type(found).__name__:
        case "Message":
            return {"kind": "new", **message(found)}
        case "MessageService":
            action = lower(type(found.action).__name__.removeprefix("MessageAction"))
            peer = marked(found.peer_id)
            return {"kind": "service", "action": action, "peer": peer, "id": found.id}
    return None


def _edit(update: Any) -> dict[str, Any] | None:
    if type(update.message).__name__ != "Message":
        return None
    return {"kind": "edit", **message(update.message)}


def _scheduled(update: Any) -> dict[str, Any]:
    return {"kind": "scheduled", "text": update.message.message, "id": update.message.id}


def _poll(update: Any) -> dict[str, Any]:
    closed = bool(update.poll and update.poll.closed)
    return {"kind": "poll", "closed": closed, "votes": votes(update.results)}


def _reactions(update: Any) -> dict[str, Any]:
    counts = reactions(update.reactions)
    return {"kind": "reactions", "id": update.msg_id, "counts": counts}


def _folder(update: Any) -> dict[str, Any]:
    title = plain(update.filter.title) if update.filter else None
    return {"kind": "folder", "id": update.id, "title": title}


READERS: dict[str, Callable[[Any], dict[str, Any] | None]] = {
    "UpdateNewMessage": _new,
    "UpdateNewChannelMessage": _new,
    "UpdateEditMessage": _edit,
    "UpdateEditChannelMessage": _edit,
    "UpdateDeleteMessages": lambda u: {"kind": "delete", "ids": list(u.messages)},
    "UpdateReadHistoryInbox": lambda u: {"kind": "read_in", "max": u.max_id},
    "UpdateReadHistoryOutbox": lambda u: {"kind": "read_out", "max": u.max_id},
    "UpdateUserTyping": lambda u: {"kind": "typing", "user": u.user_id},
    "UpdatePinnedMessages": lambda u: {
        "kind": "pin",
        "ids": list(u.messages),
        "on": bool(u.pinned),
    },
    "UpdateDraftMessage": lambda u: {"kind": "draft", "text": getattr(u.draft, "message", "")},
    "UpdateChannel": lambda u: {"kind": "channel", "peer": CHANNELS_FROM - u.channel_id},
    "UpdatePendingJoinRequests": lambda u: {"kind": "requests", "count": u.requests_pending},
    "UpdateMessagePoll": _poll,
    "UpdateMessageReactions": _reactions,
    "UpdateDialogFilter": _folder,
    "UpdateNewScheduledMessage": _scheduled,
    "UpdatePrivacy": lambda u: {"kind": "privacy"},
}
"""Constructor -> how it is read."""
