"""Flood control in two tiers: in memory per process (protects the CPU), durable (protects people).

Both are GCRA: one number, the theoretical arrival time, per rule and key. Rules stand in
``schema/limits.toml``. Keys of durable rules are stored as keyed digests: no phone or address in
clear.
"""

from __future__ import annotations

import ipaddress
import tomllib
from typing import NamedTuple

from petitbleu.app import App
from petitbleu.errors import Fault
from petitbleu.resources import schema_text
from petitbleu.rpc.links import Link
from petitbleu.store.api import Tx
from petitbleu.store.query import query

_SWEEP_AT = 50_000


class MemoryRule(NamedTuple):
    """``rate`` calls a second after a ``burst``."""

    interval: float
    tolerance: float
    by_ip: bool


class DurableRule(NamedTuple):
    """``count`` events in ``seconds``."""

    interval_ms: int
    tolerance_ms: int


class _Tat(NamedTuple):
    tat: int


_READ = query("select tat from rate where name = :name and key = :key", _Tat)
_WRITE = query(
    "insert into rate (name, key, tat) values (:name, :key, :tat)"
    " on conflict (name, key) do update set tat = excluded.tat"
)
_LOCK = query(
    "insert into rate (name, key, tat) values (:name, :key, 0)"
    " on conflict (name, key) do update set tat = rate.tat returning tat",
    _Tat,
)
PRUNE = query("delete from rate where tat < :before")


def load_rules() -> tuple[dict[str, MemoryRule], dict[str, DurableRule]]:
    """The rules of ``schema/limits.toml``."""
    data = tomllib.loads(schema_text("limits.toml"))
    memory = {
        name: MemoryRule(1 / rule["rate"], rule["burst"] / rule["rate"], rule["key"] == "ip")
        for name, rule in data["memory"].items()
    }
    durable = {
        name: DurableRule(
            rule["seconds"] * 1000 // rule["count"],
            rule["seconds"] * 1000 - rule["seconds"] * 1000 // rule["count"],
        )
        for name, rule in data["durable"].items()
    }
    return memory, durable


def is_loopback(ip: str) -> bool:
    """Whether an address is this machine's own (an empty one is: in-memory callers)."""
    if not ip or ip == "127.0.0.1":
        return True
    try:
        return ipaddress.ip_address(ip).is_loopback
    except ValueError:
        return False


class Limits:
    """The process's memory tier."""

    __slots__ = ("_durable", "_memory", "_tats")

    def __init__(self) -> None:
        self._memory, self._durable = load_rules()
        self._tats: dict[tuple[str, int | str], float] = {}

    def check(self, rule_name: str, link: Link, now: float) -> None:
        """Count one call; raise FLOOD_WAIT_X with the seconds to wait where it is too many."""
        rule = self._memory[rule_name]
        key = (rule_name, link.ip if rule.by_ip or not link.user_id else link.user_id)
        tat = self._tats.get(key, 0.0)
        if tat < now:
            tat = now
        wait = tat - rule.tolerance - now
        if wait > 0:
            raise Fault("FLOOD_WAIT_X", int(wait) + 1)
        self._tats[key] = tat + rule.interval
        if len(self._tats) > _SWEEP_AT:
            self._tats = {k: t for k, t in self._tats.items() if t > now}

    def durable_rule(self, name: str) -> DurableRule:
        """A rule of the durable tier."""
        return self._durable[name]


def of_app(app: App) -> Limits:
    """The process's limits."""
    limits: Limits | None = app.caches.get("limits")
    if limits is None:
        limits = app.caches["limits"] = Limits()
    return limits


def lifted(app: App, ip: str) -> bool:
    """Whether limits do not apply: developer mode and a loopback caller."""
    return app.config.dev and is_loopback(ip)


async def durable(app: App, rule_name: str, *key: str, ip: str) -> None:
    """Count one event under ``key``; raise FLOOD_WAIT_X where it is too many.

    ``ip`` is the caller's address, only looked at for developer mode.
    """
    if lifted(app, ip):
        return
    rule = of_app(app).durable_rule(rule_name)
    digest = app.secrets.hmac("rate:" + rule_name, *(part.encode() for part in key))[:16]
    wait_ms = await app.store.write(
        _take, rule=rule, name=rule_name, key=digest, now=int(app.clock.now() * 1000)
    )
    if wait_ms > 0:
        raise Fault("FLOOD_WAIT_X", wait_ms // 1000 + 1)


async def _take(tx: Tx, *, rule: DurableRule, name: str, key: bytes, now: int) -> int:
    row = await tx.row(_LOCK, name=name, key=key)
    tat = max(row.tat if row else 0, now)
    wait = tat - rule.tolerance_ms - now
    if wait > 0:
        return wait
    await tx.run(_WRITE, name=name, key=key, tat=tat + rule.interval_ms)
    return 0


async def prune(tx: Tx, now: float) -> int:
    """Forget keys whose time is over."""
    return await tx.run(PRUNE, before=int(now * 1000))
