"""Users, chats, channels and their calls."""

from __future__ import annotations

from typing import Any

from petitbleu.tl import api
from petitbleu.tl.adapt import downgrade, lowered, upgrade

Old = dict[str, Any]


@upgrade("user", "channel", fields=("stories_max_id",))
def _recent_story(obj: Any, old: Old) -> None:
    """A number until layer 216."""
    if old["stories_max_id"] is not None:
        obj.stories_max_id = api.RecentStory(max_id=old["stories_max_id"])


@downgrade("user", "stories_max_id")
@downgrade("channel", "stories_max_id")
def _newest_story(obj: Any) -> int | None:
    return None if obj.stories_max_id is None else obj.stories_max_id.max_id


@upgrade("user", "channel", fields=("color", "background_emoji_id"))
def _color(obj: Any, old: Old) -> None:
    """Layer 166 had two fields for what is one object since."""
    color, emoji = old.get("color"), old.get("background_emoji_id")
    if color is not None or emoji is not None:
        obj.color = api.PeerColor(color=color, background_emoji_id=emoji)


@downgrade("user", "color")
@downgrade("channel", "color")
def _palette(obj: Any) -> int | None:
    return obj.color.color if isinstance(obj.color, api.PeerColor) else None


@downgrade("user", "background_emoji_id")
@downgrade("channel", "background_emoji_id")
def _background(obj: Any) -> int | None:
    return obj.color.background_emoji_id if isinstance(obj.color, api.PeerColor) else None


@upgrade("userFull", fields=("theme_emoticon",))
def _theme(obj: api.UserFull, old: Old) -> None:
    if old["theme_emoticon"] is not None:
        obj.theme = api.ChatTheme(emoticon=old["theme_emoticon"])


@downgrade("userFull", "theme_emoticon")
def _theme_emoticon(obj: api.UserFull) -> str | None:
    return obj.theme.emoticon if isinstance(obj.theme, api.ChatTheme) else None


@upgrade("botBusinessConnection", "connectedBot", fields=("can_reply",))
def _rights(obj: Any, old: Old) -> None:
    if old["can_reply"]:
        obj.rights = api.BusinessBotRights(reply=True)


@downgrade("botBusinessConnection", "can_reply")
@downgrade("connectedBot", "can_reply")
def _can_reply(obj: Any) -> bool:
    return obj.rights is not None and obj.rights.reply


def _recipients(cls: Any, named: Any) -> Any:
    return cls(
        existing_chats=named.existing_chats,
        new_chats=named.new_chats,
        contacts=named.contacts,
        non_contacts=named.non_contacts,
        exclude_selected=named.exclude_selected,
        users=named.users,
    )


@upgrade("connectedBot", fields=("recipients",))
def _bot_recipients(obj: api.ConnectedBot, old: Old) -> None:
    obj.recipients = _recipients(api.BusinessBotRecipients, old["recipients"])


@downgrade("connectedBot", "recipients")
def _plain_recipients(obj: api.ConnectedBot) -> Any:
    return _recipients(api.BusinessRecipients, obj.recipients)


@upgrade("updateGroupCall", fields=("chat_id",))
def _call_peer(obj: api.UpdateGroupCall, old: Old) -> None:
    if old["chat_id"]:
        obj.peer = api.PeerChat(chat_id=old["chat_id"])


@downgrade("updateGroupCall", "chat_id")
def _call_chat(obj: api.UpdateGroupCall) -> int | None:
    if isinstance(obj.peer, api.PeerChannel):
        return obj.peer.channel_id
    return obj.peer.chat_id if isinstance(obj.peer, api.PeerChat) else None


@upgrade("updateGroupCallMessage", fields=("from_id", "message"))
def _call_message(obj: api.UpdateGroupCallMessage, old: Old) -> None:
    """Layer 216 had no id and no date for it."""
    obj.message = api.GroupCallMessage(id=0, from_id=old["from_id"], date=0, message=old["message"])


@downgrade("updateGroupCallMessage", "message")
def _call_text(obj: api.UpdateGroupCallMessage) -> Any:
    return obj.message.message


@downgrade("updateGroupCallMessage", "from_id")
def _call_author(obj: api.UpdateGroupCallMessage) -> Any:
    return obj.message.from_id


@downgrade("updateGroupCallMessage", "random_id")
def _call_message_number(obj: api.UpdateGroupCallMessage) -> int:
    return obj.message.id


@upgrade("account.chatThemes", fields=("next_offset",))
def _next_offset(obj: api.account.ChatThemes, old: Old) -> None:
    if old["next_offset"] is not None:
        obj.next_offset = str(old["next_offset"])


@downgrade("account.chatThemes", "next_offset")
def _next_number(obj: api.account.ChatThemes) -> int | None:
    offset = obj.next_offset
    return int(offset) if offset is not None and offset.isdigit() and len(offset) < 10 else None


@lowered("emojiStatus")
def _until(obj: api.EmojiStatus) -> Any:
    """Until layer 196 a status that ends had a constructor of its own."""
    if obj.until is None:
        return obj
    return api.EmojiStatusUntil(document_id=obj.document_id, until=obj.until)
