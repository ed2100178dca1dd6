"""``petitbleu …`` for which the whole internet is one server on loopback.

``python inward.py PORT WORDS…``. Every name has a public address, and connecting to it leads to
``PORT``; what is checked in between, and everything else, is what an operator runs.
"""

from __future__ import annotations

import socket
import sys

from petitbleu.cli import main
from petitbleu.domain.messaging.webpages import guard
from tests.domain.messaging.webpages.inside import PUBLIC


def turn(port: int) -> None:
    """Lead this process inward."""
    connect = guard.Network.connect

    async def resolved(self: guard.Network, host: str, _: int) -> list[str]:
        return [PUBLIC]

    async def connected(self: guard.Network, address: str, _: int) -> socket.socket:
        assert address == PUBLIC
        return await connect(self, "127.0.0.1", port)

    guard.Network.resolve = resolved  # type: ignore[method-assign]
    guard.Network.connect = connected  # type: ignore[method-assign]


if __name__ == "__main__":
    turn(int(sys.argv.pop(1)))
    main()
