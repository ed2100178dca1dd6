"""Flood control before every call: the tier in memory, per process, which protects the CPU.

GCRA: one number, the theoretical arrival time, per rule and key. Rules stand in
``schema/limits.toml`` (``[memory.NAME]``), with what the operator changed. The tier in the
database, which protects people, is ``petitbleu/rates.py``; its functions are given on here for the
handlers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from petitbleu.app import App, Part
from petitbleu.errors import Fault
from petitbleu.limitrules import MemoryRule
from petitbleu.networks import block
from petitbleu.rates import (
    Claim,
    at_address,
    by_address,
    charge,
    durable,
    is_loopback,
    lifted,
    prune,
    rules_of,
)

__all__ = [
    "LIMITS",
    "Claim",
    "Limits",
    "at_address",
    "by_address",
    "charge",
    "durable",
    "is_loopback",
    "lifted",
    "prune",
]

DIVIDED = frozenset({"code", "password", "join", "resolve", "contacts", "search"})
"""Rules that protect people, not the processor: several workers share what one would allow, so that
whoever asks all of them gets no further.
"""
_SWEEP_AT = 50_000


class Caller(Protocol):
    """Whoever makes a call: a session, or a request for a file."""

    @property
    def user_id(self) -> int:
        """0: nobody is signed in."""
        ...

    @property
    def ip(self) -> str:
        """The address it comes from."""
        ...


class Limits:
    """The process's memory tier."""

    __slots__ = ("_rules", "_tats", "_workers")

    def __init__(
        self, rules: dict[str, MemoryRule], workers: Callable[[], int] | None = None
    ) -> None:
        """``workers()``: how many there are; None: this server is alone."""
        self._rules = rules
        self._workers = workers
        self._tats: dict[tuple[str, int | str], float] = {}

    def check(self, rule_name: str, link: Caller, now: float) -> None:
        """Count one call; raise FLOOD_WAIT_X with the seconds to wait where it is too many."""
        rule = self._rules[rule_name]
        if self._workers is not None and rule_name in DIVIDED:
            rule = rule.divided(self._workers())
        key = (rule_name, block(link.ip) if rule.by_ip or not link.user_id else link.user_id)
        tat = self._tats.get(key, 0.0)
        if tat < now:
            tat = now
        wait = tat - rule.tolerance - now
        if wait > 0:
            raise Fault("FLOOD_WAIT_X", int(wait) + 1)
        self._tats[key] = tat + rule.interval
        if len(self._tats) > _SWEEP_AT:
            self._tats = {k: t for k, t in self._tats.items() if t > now}


def _of(app: App) -> Limits:
    return Limits(rules_of(app).memory, (lambda: app.leases.workers) if app.worker else None)


LIMITS: Part[Limits] = Part(_of)
"""The process's limits."""
