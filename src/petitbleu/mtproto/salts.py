"""Server salts, derived instead of stored (core.telegram.org/mtproto/description#server-salt).

The salt of half-hour ``n`` of a key is HMAC(secret, key id, n). It is the current one during its
half-hour and still accepted in the next; the salt agreed in the key exchange is accepted during the
key's first hour.

The secret is of one start of the server. So a frame that was recorded before it is refused whatever
its msg_id and the clocks say, and a frame with a good salt was made after it.
"""

from __future__ import annotations

import hmac
from struct import Struct

HALF_HOUR = 1800
AHEAD = 64
EARLY = 300
"""Seconds before its half-hour in which a salt is already taken: client clocks differ."""

_PARTS = Struct("<qq")
_SALT = Struct("<q")


class Salts:
    """The salts of one authorization key; may be shared by its sessions."""

    __slots__ = (
        "_current",
        "_first",
        "_first_until",
        "_key_id",
        "_number",
        "_previous",
        "_secret",
        "since",
    )

    def __init__(
        self,
        secret: bytes,
        auth_key_id: int,
        first: int | None = None,
        born: float = 0.0,
        since: float = 0.0,
    ) -> None:
        """``secret``: of this start; ``since``: when it began, 0 for a key that is younger;
        ``first``, ``born``: of a fresh key.
        """
        self.since = since
        self._secret = secret
        self._key_id = auth_key_id
        self._first = first
        self._first_until = born + 2 * HALF_HOUR
        self._number = -1
        self._current = 0
        self._previous = 0

    def _derive(self, number: int) -> int:
        digest = hmac.digest(self._secret, _PARTS.pack(self._key_id, number), "sha256")
        return int(_SALT.unpack_from(digest)[0])

    def current(self, now: float) -> int:
        """The salt to send with."""
        number = int(now) // HALF_HOUR
        if number != self._number:
            self._number = number
            self._current = self._derive(number)
            self._previous = self._derive(number - 1)
        return self._current

    def accepts(self, salt: int, now: float) -> bool:
        """Whether a client may use this salt now."""
        if salt == self.current(now) or salt == self._previous:
            return True
        if salt == self._first and now < self._first_until:
            return True
        ahead = int(now + EARLY) // HALF_HOUR
        return ahead != self._number and salt == self._derive(ahead)

    def future(self, count: int, now: float) -> list[tuple[int, int, int]]:
        """``(valid_since, valid_until, salt)`` of the current and the next ones, 64 at most."""
        first = int(now) // HALF_HOUR
        return [
            (n * HALF_HOUR, (n + 2) * HALF_HOUR, self._derive(n))
            for n in range(first, first + max(1, min(count, AHEAD)))
        ]
