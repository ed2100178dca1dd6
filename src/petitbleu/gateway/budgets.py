"""What one address, and all of them together, may take: connections and key exchanges.

Refusals are cheap on purpose: they happen before a byte is read. IPv6 is counted by /64, the
smallest network one subscriber gets. Nothing is counted on loopback with --dev.
"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.config import Limits

_WINDOW = 60.0
_REMEMBERED = 4096
"""Addresses whose key exchanges are counted at once; beyond, old windows are swept."""


class Origin(NamedTuple):
    """Where a connection comes from, as far as we can tell (after PROXY and forwarding headers)."""

    ip: str
    port: int
    local: tuple[str, int]
    """The address the client dialled."""
    proxied: bool
    """A proxy stands between: the peer is not the caller, whatever its address."""
    free: bool
    """Budgets do not apply (loopback with --dev)."""
    key: str
    """What per-address budgets are counted by."""


class Budgets:
    """Counts per address key. ``connections`` is also bounded by the process's file descriptors."""

    __slots__ = ("_by_key", "_exchanges", "_limits", "_most", "open")

    def __init__(self, limits: Limits, descriptors: int) -> None:
        self._limits = limits
        self._most = max(1, min(limits.connections, descriptors))
        self._by_key: dict[str, int] = {}
        self._exchanges: dict[str, tuple[float, int]] = {}
        self.open = 0

    def admit(self, key: str, *, free: bool) -> bool:
        """Take a connection slot for the address; False where there is none left."""
        held = self._by_key.get(key, 0)
        if self.open >= self._most or (not free and held >= self._limits.connections_per_ip):
            return False
        self.open += 1
        self._by_key[key] = held + 1
        return True

    def release(self, key: str) -> None:
        """Give the slot back."""
        self.open -= 1
        held = self._by_key[key] - 1
        if held:
            self._by_key[key] = held
        else:
            del self._by_key[key]

    def move(self, old: str, new: str, *, free: bool) -> bool:
        """The connection turned out to come from ``new`` (PROXY header); False: no slot there."""
        self.release(old)
        return self.admit(new, free=free)

    def readmit(self, key: str) -> None:
        """Take back a slot that ``move`` gave up, for as long as the refusal takes."""
        self.open += 1
        self._by_key[key] = self._by_key.get(key, 0) + 1

    def exchange(self, origin: Origin, now: float) -> bool:
        """Count one key exchange begun by the address at ``now`` (monotonic)."""
        if origin.free:
            return True
        began, count = self._exchanges.get(origin.key, (now, 0))
        if now - began >= _WINDOW:
            began, count = now, 0
        if count >= self._limits.handshakes_per_ip:
            return False
        self._exchanges[origin.key] = (began, count + 1)
        if len(self._exchanges) > _REMEMBERED:
            self._sweep(now)
        return True

    def _sweep(self, now: float) -> None:
        self._exchanges = {
            key: entry for key, entry in self._exchanges.items() if now - entry[0] < _WINDOW
        }
