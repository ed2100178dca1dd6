"""The durable tier of flood control: events counted in the database, so they survive restarts.

A leaf over the store, for every door. GCRA: one number per rule and key, the theoretical arrival
time. Rules stand in ``schema/limits.toml`` (``[durable.NAME]``: ``count`` events per ``seconds``).
Keys are stored as keyed digests: no phone number or address in clear.
"""

from __future__ import annotations

import functools
import tomllib
from typing import NamedTuple

from petitbleu import networks
from petitbleu.app import App
from petitbleu.errors import Fault
from petitbleu.resources import schema_text
from petitbleu.store.api import Tx
from petitbleu.store.query import query


class Rule(NamedTuple):
    """``count`` events in ``seconds``, as GCRA's two numbers (milliseconds)."""

    interval: int
    tolerance: int

    def shared(self, by: int) -> Rule:
        """The rule of so many together."""
        if by == 1:
            return self
        whole = self.interval + self.tolerance
        interval = max(1, self.interval // by)
        return Rule(interval, whole - interval)


class _Tat(NamedTuple):
    tat: int


WRITE = query(
    "insert into rate (name, key, tat) values (:name, :key, :tat)"
    " on conflict (name, key) do update set tat = excluded.tat"
)
LOCK = query(
    "insert into rate (name, key, tat) values (:name, :key, 0)"
    " on conflict (name, key) do update set tat = rate.tat returning tat",
    _Tat,
)
PRUNE = query("delete from rate where tat < :before")


@functools.cache
def rules() -> dict[str, Rule]:
    """The durable rules by name."""
    found = {}
    for name, rule in tomllib.loads(schema_text("limits.toml"))["durable"].items():
        interval = rule["seconds"] * 1000 // rule["count"]
        found[name] = Rule(interval, rule["seconds"] * 1000 - interval)
    return found


def is_loopback(ip: str) -> bool:
    """Whether an address is this machine's own (an empty one is: in-memory callers)."""
    return not ip or ip == "127.0.0.1" or networks.is_loopback(ip)


def lifted(app: App, ip: str) -> bool:
    """Whether limits do not apply: developer mode and a loopback caller."""
    return app.config.dev and is_loopback(ip)


async def durable(app: App, rule_name: str, *key: str, ip: str, share: int = 1) -> None:
    """Count one event under ``key``; raise FLOOD_WAIT_X where it is too many.

    ``ip`` is the caller's address, only looked at for developer mode. ``share``: how often what the
    rule says may be done under this key.
    """
    if lifted(app, ip):
        return
    digest = app.secrets.hmac("rate:" + rule_name, *(part.encode() for part in key))[:16]
    wait_ms = await app.store.write(
        _take,
        rule=rules()[rule_name].shared(share),
        name=rule_name,
        key=digest,
        now=int(app.clock.now() * 1000),
    )
    if wait_ms > 0:
        raise Fault("FLOOD_WAIT_X", wait_ms // 1000 + 1)


async def by_address(app: App, rule_name: str, ip: str) -> None:
    """Count one event of whoever is at a network address; raise FLOOD_WAIT_X where it is too many.

    Counted by what one subscriber holds (:mod:`petitbleu.networks`), not by each of the addresses
    that they can take in turn.
    """
    for block, share in networks.blocks(ip):
        await durable(app, rule_name, block, ip=ip, share=share)


async def _take(tx: Tx, *, rule: Rule, name: str, key: bytes, now: int) -> int:
    row = await tx.row(LOCK, name=name, key=key)
    tat = max(row.tat if row else 0, now)
    wait = tat - rule.tolerance - now
    if wait > 0:
        return wait
    await tx.run(WRITE, name=name, key=key, tat=tat + rule.interval)
    return 0


async def prune(tx: Tx, now: float) -> int:
    """Forget keys whose time is over."""
    return await tx.run(PRUNE, before=int(now * 1000))
