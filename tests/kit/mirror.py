"""What a client that only listens knows: it applies what it is pushed, in order, and asks for the
difference where a number is missing, as every client does.
"""

from __future__ import annotations

from typing import Any

from petitbleu.tl import api
from tests.kit.world import Client

_NEW = (
    api.UpdateNewMessage,
    api.UpdateEditMessage,
    api.UpdateNewChannelMessage,
    api.UpdateEditChannelMessage,
)
_GONE = (api.UpdateDeleteMessages, api.UpdateDeleteChannelMessages)


class Box:
    """The messages of one counter: id -> text."""

    def __init__(self, pts: int) -> None:
        self.pts = pts
        self.texts: dict[int, str] = {}

    def take(self, update: Any) -> bool:
        """Apply an update; False where one before it is missing."""
        count = update.pts_count
        if update.pts <= self.pts:
            return True
        if update.pts - count != self.pts:
            return False
        self.pts = update.pts
        self.apply(update)
        return True

    def apply(self, update: Any) -> None:
        """What the update says, whatever its number."""
        if isinstance(update, _NEW):
            self.note(update.message)
        elif isinstance(update, _GONE):
            for number in update.messages:
                self.texts.pop(number, None)

    def said(self, answer: Any, text: str) -> bool:
        """The answer to a message of one's own, where it does not repeat the message."""
        if answer.pts - answer.pts_count != self.pts:
            return answer.pts <= self.pts
        self.pts = answer.pts
        self.texts[answer.id] = text
        return True

    def gone(self, answer: Any, numbers: list[int]) -> bool:
        """The answer to the deletion of messages."""
        if answer.pts - answer.pts_count != self.pts:
            return answer.pts <= self.pts
        self.pts = answer.pts
        for number in numbers:
            self.texts.pop(number, None)
        return True

    def note(self, message: Any) -> None:
        """A message as it is now."""
        if isinstance(message, api.Message):
            self.texts[message.id] = message.message


class Mirror:
    """One device's picture of its own chats and of some channels."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.own = Box(0)
        self.channels: dict[int, tuple[Any, Box]] = {}
        self.asked = 0
        """Differences that it had to ask for."""

    async def begin(self, channels: dict[int, Any]) -> None:
        """Know how far things are. ``channels``: bare id -> inputChannel."""
        state = await self.client.call(api.updates.GetState())
        self.own.pts = state.pts
        for number, channel in channels.items():
            full = await self.client.call(api.channels.GetFullChannel(channel=channel))
            self.channels[number] = (channel, Box(full.full_chat.pts))
        self.client.pushed.clear()

    async def take_in(self) -> None:
        """Apply what was pushed since."""
        pushed = list(self.client.pushed)
        self.client.pushed.clear()
        for container in pushed:
            await self.take(container)

    async def take(self, container: Any) -> None:
        """Apply a container: a push, or the answer of a call."""
        if isinstance(container, api.UpdatesTooLong):
            await self.difference()
        for update in getattr(container, "updates", ()):
            await self._update(update)

    async def _update(self, update: Any) -> None:
        if isinstance(update, api.UpdateChannelTooLong):
            await self.channel_difference(update.channel_id)
            return
        if not hasattr(update, "pts"):
            return
        channel = _channel_of(update)
        if channel == 0:
            if not self.own.take(update):
                await self.difference()
        elif channel in self.channels and not self.channels[channel][1].take(update):
            await self.channel_difference(channel)

    async def difference(self) -> None:
        """Ask what happened."""
        self.asked += 1
        found = await self.client.call(api.updates.GetDifference(pts=self.own.pts, date=0, qts=0))
        if isinstance(found, api.updates.DifferenceEmpty):
            return
        assert isinstance(found, api.updates.Difference), found
        for message in found.new_messages:
            self.own.note(message)
        for update in found.other_updates:
            if _channel_of(update) == 0:
                self.own.apply(update)
        self.own.pts = found.state.pts

    async def channel_difference(self, number: int) -> None:
        """Ask what happened in a channel."""
        if number not in self.channels:
            return
        self.asked += 1
        channel, box = self.channels[number]
        found = await self.client.call(
            api.updates.GetChannelDifference(
                channel=channel, filter=api.ChannelMessagesFilterEmpty(), pts=box.pts, limit=100
            )
        )
        if isinstance(found, api.updates.ChannelDifference):
            for message in found.new_messages:
                box.note(message)
            for update in found.other_updates:
                box.apply(update)
        assert not isinstance(found, api.updates.ChannelDifferenceTooLong), found
        box.pts = found.pts


def _channel_of(update: Any) -> int:
    """The bare id of the channel whose counter moves; 0: the person's own."""
    if isinstance(update, api.UpdateNewChannelMessage | api.UpdateEditChannelMessage):
        return int(update.message.peer_id.channel_id)
    return int(getattr(update, "channel_id", 0) or 0)
