"""Bits of ``chat.flags``: the switches of a group or channel."""

from __future__ import annotations

SIGNATURES = 1
"""Posts of the channel carry the name of who wrote them."""
SIGNATURE_PROFILES = 2
"""... and link to their profile."""
NOFORWARDS = 4
"""Protected content: no forwarding, no saving."""
HIDDEN_PREHISTORY = 8
"""New members do not see what was said before they came."""
HIDDEN_MEMBERS = 16
"""Only admins see who is in it."""
JOIN_TO_SEND = 32
"""Only members write (discussion groups)."""
JOIN_REQUEST = 64
"""Who wants to join asks first (public groups)."""
ANTISPAM = 128
FORUM = 256
AUTOTRANSLATION = 512
FORUM_TABS = 1024
JOIN_REQUEST_LINKS = 2048
"""... also who has an invite link."""
SECOND_READER = 4096
"""What is posted in the channel, or changed there, waits until another admin has approved it."""
