"""The copies of a message in a basic group, made into rows one at a time.

A hundred members get an event each in the same moment; nearly all are pushed without their own row
(``updates_alike.py``).
"""

from __future__ import annotations

from petitbleu.domain.messaging.messages.queries import MessageRow
from petitbleu.store.hot.send import Outgoing, Sent


class GroupMessage:
    """A message just said in a basic group."""

    __slots__ = ("item", "sent")

    def __init__(self, item: Outgoing, sent: Sent) -> None:
        self.item = item
        self.sent = sent

    def row(self, n: int) -> MessageRow:
        """The row of the copy number ``n``."""
        item, sent = self.item, self.sent
        owner, chat, reply_to, flags, _, top = item.copies[n]
        return MessageRow(
            owner, sent.places[n][0], chat, item.author, sent.id, reply_to, flags, top, 0,
            sent.date, None, item.kind, item.text, item.entities, item.extra,
            item.sender or item.author, item.media,
        )  # fmt: skip
