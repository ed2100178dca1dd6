"""Bits of ``box.flags``: what one owner's copy of a message is, beyond its body."""

from __future__ import annotations

PINNED = 1
"""Pinned in this owner's chat. The lowest bit: ``box_pinned`` indexes ``flags % 2 = 1``."""
MENTIONED = 2
"""The owner is mentioned (groups)."""
MEDIA_UNREAD = 4
"""A voice or round video message, or a mention, that the owner has not opened."""
REACTED = 8
"""Somebody has reacted to it."""
POST = 16
"""A post of a channel: said by the channel, not by a member."""
