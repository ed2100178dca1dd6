"""What is said instead where a client's layer has no words, when it takes more than a table row."""

from __future__ import annotations

from typing import Any

from petitbleu.tl import api
from petitbleu.tl.adapt import stand_in


@stand_in("updateShort", certain=True)
def _no_update(obj: api.UpdateShort) -> api.Updates:
    """The one update cannot be said: an empty list of them."""
    return api.Updates(updates=[], users=[], chats=[], date=obj.date, seq=0)


@stand_in("updates.channelDifferenceTooLong", certain=True)
def _no_dialog(obj: api.updates.ChannelDifferenceTooLong) -> api.updates.ChannelDifferenceEmpty:
    """A community has no messages: nothing is missed."""
    return api.updates.ChannelDifferenceEmpty(final=obj.final, pts=1, timeout=obj.timeout)


@stand_in("starsTonAmount", certain=True)
def _no_stars(obj: api.StarsTonAmount) -> api.StarsAmount:
    """Another currency: no stars."""
    return api.StarsAmount(amount=0, nanos=0)


@stand_in(
    "textAutoEmail",
    "textAutoPhone",
    "textAutoUrl",
    "textBankCard",
    "textBotCommand",
    "textButton",
    "textCashtag",
    "textDate",
    "textDiff",
    "textHashtag",
    "textMention",
    "textMentionName",
    "textSpoiler",
    certain=True,
)
def _inner_text(obj: Any) -> Any:
    """The text without what is special about it."""
    return obj.text


@stand_in("textMath", certain=True)
def _formula(obj: api.TextMath) -> api.TextPlain:
    return api.TextPlain(text=obj.source)


@stand_in("textCustomEmoji", certain=True)
def _emoji(obj: api.TextCustomEmoji) -> api.TextPlain:
    return api.TextPlain(text=obj.alt)


@stand_in("updatePinnedForumTopic")
def _pinned_topic(obj: api.UpdatePinnedForumTopic) -> Any:
    """Until layer 214 only channels had topics."""
    if not isinstance(obj.peer, api.PeerChannel):
        return None
    return api.UpdateChannelPinnedTopic(
        pinned=obj.pinned, channel_id=obj.peer.channel_id, topic_id=obj.topic_id
    )


@stand_in("updatePinnedForumTopics")
def _pinned_topics(obj: api.UpdatePinnedForumTopics) -> Any:
    if not isinstance(obj.peer, api.PeerChannel):
        return None
    return api.UpdateChannelPinnedTopics(channel_id=obj.peer.channel_id, order=obj.order)
