"""Peer ids: one signed 64-bit number names a user, a basic group or a channel.

The Bot API's convention: a user is its id, a basic group the negative id, a channel
``-(10**12 + id)``. Tables hold this one number in a single ``peer`` column.
Ranges follow what real clients can hold: users below 2**31, channels 1e9 .. 2**31-1.

Bare ids come from clients, so every ``peer_of_...`` checks its range and gives :data:`NOBODY` for
an id that nothing can have: what comes out fits 64 bits and never is a peer of another kind.
"""

from __future__ import annotations

CHANNEL_BASE = 1_000_000_000_000
NOBODY = 0
"""The peer that no id names."""
LAST_USER_ID = 0xFF_FFFF_FFFF
LAST_CHAT_ID = CHANNEL_BASE - 1
LAST_CHANNEL_ID = 997_852_516_352
"""The largest bare ids (core.telegram.org/api/bots/ids)."""
SERVICE_USER = 777000
"""The service chat: login codes, alerts and notices come from this account."""
ANTISPAM_USER = 777001
"""In whose name the spam filter removes messages (``telegram_antispam_user_id``)."""
GUESTS_USER = 777002
"""Says in discussion groups what people without an account write on the web."""
HIDDEN_AUTHOR = 2666000
"""Saved Messages file under this account what came from somebody who hides."""
SPEECHLESS = frozenset({ANTISPAM_USER, GUESTS_USER, HIDDEN_AUTHOR})
"""Accounts in whose name others speak: nobody is there who could be written to."""

FIRST_USER = 1_000_001
LAST_USER = 2_147_483_647
FIRST_CHANNEL = 1_000_000_000
LAST_CHANNEL = 2_147_483_647


def peer_of_user(user_id: int) -> int:
    """User id -> peer; NOBODY for an id out of range."""
    return user_id if 0 < user_id <= LAST_USER_ID else NOBODY


def peer_of_chat(chat_id: int) -> int:
    """Basic group id -> peer; NOBODY for an id out of range."""
    return -chat_id if 0 < chat_id <= LAST_CHAT_ID else NOBODY


def peer_of_channel(channel_id: int) -> int:
    """Channel or supergroup id -> peer; NOBODY for an id out of range."""
    return -(CHANNEL_BASE + channel_id) if 0 < channel_id <= LAST_CHANNEL_ID else NOBODY


def is_chat(peer: int) -> bool:
    """Whether the peer is a basic group."""
    return -CHANNEL_BASE < peer < 0


def is_channel(peer: int) -> bool:
    """Whether the peer is a channel or supergroup."""
    return peer <= -CHANNEL_BASE


def bare(peer: int) -> int:
    """The id as it stands in TL objects (always positive)."""
    if peer > 0:
        return peer
    return -peer - CHANNEL_BASE if peer <= -CHANNEL_BASE else -peer
