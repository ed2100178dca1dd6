"""A client's own picture of its chats, drawn from answers, pushes and differences."""

from __future__ import annotations

from typing import Any, NamedTuple

from petitbleu.tl import api
from tests.kit.world import Client

Seen = tuple[str, int | None, bool]
"""Of a message: its text or the name of its action, when it was edited, whether it is pinned."""
Counted = tuple[Any, ...]
"""Of a message: its reactions and the votes of its poll. They have no pts: whoever was away asks
for those it looks at.
"""


class Entry(NamedTuple):
    """One message as a client knows it."""

    where: Any
    seen: Seen
    speaker: int
    poll: int
    counted: Counted


class Picture(NamedTuple):
    """What a client believes: messages by (0 or channel id, message id); pts by the same owners."""

    messages: dict[tuple[int, int], Entry]
    pts: dict[int, int]

    def copy(self) -> Picture:
        return Picture(dict(self.messages), dict(self.pts))

    def of(self, peer: Any) -> dict[int, Seen]:
        """What stands in a chat."""
        return {key[1]: one.seen for key, one in self.messages.items() if one.where == peer}

    def counted(self, peer: Any) -> dict[int, Counted]:
        """What is counted there."""
        return {key[1]: one.counted for key, one in self.messages.items() if one.where == peer}

    def said(self, peer: Any) -> list[int]:
        """What people said there, without service messages."""
        found = self.of(peer).items()
        return [one for one, seen in found if not seen[0].startswith("messageAction")]

    def said_by(self, peer: Any, speaker: int) -> list[int]:
        """What somebody said there."""
        return [
            key[1]
            for key, one in self.messages.items()
            if one.where == peer and one.speaker == speaker
        ]


def owner(peer: Any) -> int:
    """Whose ids a chat's messages have: 0, or the channel."""
    return int(peer.channel_id) if type(peer) is api.PeerChannel else 0


def _seen(message: Any) -> Seen:
    if type(message) is api.MessageService:
        return type(message.action).NAME, None, False
    return message.message, message.edit_date, message.pinned


def _reactions(given: Any) -> tuple[Any, ...]:
    return tuple(sorted((one.reaction.emoticon, one.count) for one in given.results))


def _votes(poll: Any, results: Any) -> tuple[Any, ...]:
    return (poll.closed, results.total_voters or 0)


def put(picture: Picture, message: Any) -> None:
    """A new or edited message."""
    media, reactions = getattr(message, "media", None), getattr(message, "reactions", None)
    is_poll = type(media) is api.MessageMediaPoll
    counted = (
        () if reactions is None else _reactions(reactions),
        _votes(media.poll, media.results) if is_poll else (),
    )
    speaker = getattr(message.from_id, "user_id", 0)
    poll = media.poll.id if is_poll else 0
    picture.messages[owner(message.peer_id), message.id] = Entry(
        message.peer_id, _seen(message), speaker, poll, counted
    )


def _pinned(picture: Picture, channel_id: int, update: Any) -> None:
    for one in update.messages:
        found = picture.messages.get((channel_id, one))
        if found is not None:
            text, edited, _ = found.seen
            picture.messages[channel_id, one] = found._replace(seen=(text, edited, update.pinned))


def _count(picture: Picture, update: Any) -> None:
    """New reactions of a message, or new votes in a poll."""
    if type(update) is api.UpdateMessageReactions:
        key = (owner(update.peer), update.msg_id)
        found = picture.messages.get(key)
        if found is not None:
            picture.messages[key] = found._replace(
                counted=(_reactions(update.reactions), found.counted[1])
            )
        return
    for key, found in picture.messages.items():
        if found.poll == update.poll_id:
            votes = _votes(update.poll, update.results) if update.poll else found.counted[1]
            picture.messages[key] = found._replace(counted=(found.counted[0], votes))


def apply(picture: Picture, update: Any) -> None:
    """One update of a push, an answer or a difference."""
    form = type(update)
    channel_id = getattr(update, "channel_id", 0)
    if form in (
        api.UpdateNewMessage, api.UpdateNewChannelMessage, api.UpdateEditMessage,
        api.UpdateEditChannelMessage,
    ):  # fmt: skip
        put(picture, update.message)
        channel_id = owner(update.message.peer_id)
    elif form in (api.UpdateDeleteMessages, api.UpdateDeleteChannelMessages):
        for one in update.messages:
            picture.messages.pop((channel_id, one), None)
    elif form in (api.UpdatePinnedMessages, api.UpdatePinnedChannelMessages):
        _pinned(picture, channel_id, update)
    elif form in (api.UpdateMessageReactions, api.UpdateMessagePoll):
        _count(picture, update)
    counted = getattr(update, "pts_count", None)
    if counted is not None:
        before = picture.pts.get(channel_id)
        assert before is None or before + counted == update.pts, f"a gap after {before}: {update}"
        picture.pts[channel_id] = update.pts


class Device:
    """A client and its picture."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.picture = Picture({}, {})
        self.kept: list[Picture] = []

    async def call(self, q: Any) -> Any:
        """Call; what the answer tells goes into the picture, then what was pushed meanwhile."""
        self.hear([])
        answer = await self.client.call(q)
        told: list[Any] = []
        if type(answer) is api.Updates:
            told = answer.updates
        elif type(answer) is api.messages.InvitedUsers:
            told = answer.updates.updates
        elif type(answer) in (api.messages.AffectedMessages, api.messages.AffectedHistory):
            told = [self._affected(q, answer)]
        self.hear(told)
        return answer

    def _affected(self, q: Any, answer: Any) -> Any:
        """What a call did, as the update that other devices get (clients do it so)."""
        counted = {"pts": answer.pts, "pts_count": answer.pts_count}
        if type(q) is api.messages.ReadHistory:
            return api.UpdateReadHistoryInbox(
                peer=peer(q.peer), max_id=0, still_unread_count=0, **counted
            )
        if type(q) is api.messages.DeleteMessages:
            return api.UpdateDeleteMessages(messages=q.id, **counted)
        if type(q) in (api.channels.DeleteMessages, api.channels.DeleteParticipantHistory):
            number = q.channel.channel_id
            gone = getattr(q, "id", None)
            if gone is None:
                where = api.PeerChannel(channel_id=number)
                gone = self.picture.said_by(where, q.participant.user_id)
            return api.UpdateDeleteChannelMessages(channel_id=number, messages=gone, **counted)
        where = peer(q.peer)
        pinned = [one for one, seen in self.picture.of(where).items() if seen[2]]
        if type(where) is api.PeerChat:
            return api.UpdatePinnedMessages(peer=where, messages=pinned, **counted)
        return api.UpdatePinnedChannelMessages(
            channel_id=where.channel_id, messages=pinned, **counted
        )

    def hear(self, told: list[Any]) -> None:
        """Answer and pushes in the order of their pts, as a client sorts them."""
        updates = told + self.client.updates()
        self.client.pushed.clear()
        updates.sort(key=lambda one: (getattr(one, "pts", 0), -getattr(one, "pts_count", 0)))
        for update in updates:
            apply(self.picture, update)


def take(picture: Picture, found: Any) -> None:
    """What a difference tells."""
    for message in getattr(found, "new_messages", ()):
        put(picture, message)
    for update in getattr(found, "other_updates", ()):
        bare = picture.copy()
        bare.pts.clear()
        apply(bare, update)
        picture.messages.clear()
        picture.messages.update(bare.messages)


def peer(given: Any) -> Any:
    """The Peer of an InputPeer of a chat."""
    if type(given) is api.InputPeerChannel:
        return api.PeerChannel(channel_id=given.channel_id)
    return api.PeerChat(chat_id=given.chat_id)
