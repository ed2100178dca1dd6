"""Flood control in the database: what survives restarts. A leaf over the store, for every door.

Rules stand in ``schema/limits.toml``, with what the operator changed (:mod:`petitbleu.limitrules`).
``durable`` rules are GCRA: one number per rule and key, the theoretical arrival time. ``daily``
rules add up what happened in each of the last 24 hours. Keys are stored as keyed digests: no phone
number or address in clear.

Where several rules apply to one deed, all are judged before any is charged: :func:`charge` has a
transaction of its own, :func:`take` is part of the deed's, so that a deed that fails is not
counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from petitbleu import networks
from petitbleu.app import App, Part
from petitbleu.errors import Fault
from petitbleu.limitrules import Rule, Rules, load_rules
from petitbleu.store.api import Reader, Tx
from petitbleu.store.query import query

HOUR = 3600
HOURS = 24


class Claim(NamedTuple):
    """``amount`` events to be counted under a key of a rule; ``share``: how often what the rule
    says may be done under this key.
    """

    rule: str
    key: tuple[str, ...] = ()
    amount: int = 1
    share: int = 1


class _Even(NamedTuple):
    """A claim on a durable rule, as the database has it."""

    name: str
    key: bytes
    rule: Rule
    amount: int


class _Daily(NamedTuple):
    """A claim on a daily rule, as the database has it; ``most`` in 24 hours."""

    key: bytes
    most: int
    amount: int


class Charge(NamedTuple):
    """Claims that are judged together and charged together. ``now``: Unix milliseconds."""

    even: Sequence[_Even]
    daily: Sequence[_Daily]
    now: int


class _Tat(NamedTuple):
    tat: int


class _Hour(NamedTuple):
    hour: int
    n: int


WRITE = query(
    "insert into rate (name, key, tat) values (:name, :key, :tat)"
    " on conflict (name, key) do update set tat = excluded.tat"
)
LOCK = query(
    "insert into rate (name, key, tat) values (:name, :key, 0)"
    " on conflict (name, key) do update set tat = rate.tat returning tat",
    _Tat,
)
LOOK = query("select tat from rate where name = :name and key = :key", _Tat)
PRUNE = query("delete from rate where tat < :before")
ADD = query(
    "insert into daily_count (key, hour, n) values (:key, :hour, :n)"
    " on conflict (key, hour) do update set n = daily_count.n + excluded.n"
)
HOURLY = query(
    "select hour, n from daily_count where key = :key and hour > :after order by hour", _Hour
)
PRUNE_DAILY = query("delete from daily_count where hour < :before")

NOTHING = Charge((), (), 0)
"""What is not limited."""


RULES: Part[Rules] = Part(lambda app: load_rules(app.config.limits))


def rules_of(app: App) -> Rules:
    """The rules of this instance."""
    return app.parts[RULES]


def is_loopback(ip: str) -> bool:
    """Whether an address is this machine's own (an empty one is: in-memory callers)."""
    return not ip or ip == "127.0.0.1" or networks.is_loopback(ip)


def lifted(app: App, ip: str) -> bool:
    """Whether limits do not apply: developer mode and a loopback caller."""
    return app.config.dev and is_loopback(ip)


def at_address(rule: str, ip: str, amount: int = 1) -> list[Claim]:
    """Claims of whoever is at a network address.

    Counted by what one subscriber holds (:mod:`petitbleu.networks`), not by each of the addresses
    that they can take in turn.
    """
    return [Claim(rule, (block,), amount, share) for block, share in networks.blocks(ip)]


def charge_of(app: App, ip: str | None, *claims: Claim) -> Charge:
    """The claims made ready for :func:`take`.

    ``ip`` is the caller's address, only looked at for developer mode; None: on behalf of the
    operator or of a job, which nothing limits.
    """
    if ip is None or lifted(app, ip):
        return NOTHING
    rules = rules_of(app)
    even: list[_Even] = []
    daily: list[_Daily] = []
    for claim in claims:
        key = _digest(app, claim)
        if claim.rule in rules.daily:
            daily.append(_Daily(key, rules.daily[claim.rule] * claim.share, claim.amount))
        else:
            rule = rules.durable[claim.rule].shared(claim.share)
            even.append(_Even(claim.rule, key, rule, claim.amount))
    # In one order for everybody: transactions that lock the same rows do not wait in a circle.
    return Charge(sorted(even), sorted(daily), int(app.clock.now() * 1000))


def _digest(app: App, claim: Claim) -> bytes:
    parts = (part.encode() for part in claim.key)
    return app.secrets.hmac("rate:" + claim.rule, *parts)[:16]


async def charge(app: App, claims: Iterable[Claim], *, ip: str) -> None:
    """Count the claims, all or none; raise FLOOD_WAIT_X where one of them is too much."""
    total = charge_of(app, ip, *claims)
    if total.even or total.daily:
        await app.store.write(take, total)


async def durable(app: App, rule_name: str, *key: str, ip: str) -> None:
    """Count one event under ``key``; raise FLOOD_WAIT_X where it is too many."""
    await charge(app, [Claim(rule_name, key)], ip=ip)


async def by_address(app: App, rule_name: str, ip: str) -> None:
    """Count one event of whoever is at a network address; raise FLOOD_WAIT_X where it is too
    many.
    """
    await charge(app, at_address(rule_name, ip), ip=ip)


# ── inside a transaction ────────────────────────────────────────────────────────────────────────


async def take(tx: Tx, made: Charge) -> None:
    """Count as part of the caller's transaction; FLOOD_WAIT_X, which ends it, where one of the
    claims is too much.
    """
    waits = [0]
    tats = []
    for claim in made.even:
        row = await tx.row(LOCK, name=claim.name, key=claim.key)
        tat = max(row.tat if row else 0, made.now)
        tats.append((claim, tat))
        waits.append(_wait(claim, tat, made.now))
    hour = made.now // 1000 // HOUR
    for day in made.daily:
        await tx.run(ADD, key=day.key, hour=hour, n=day.amount)
        waits.append(await _daily_wait(tx, day, made.now))
    if max(waits) > 0:
        raise Fault("FLOOD_WAIT_X", max(waits) // 1000 + 1)
    if tats:
        await tx.many(
            WRITE,
            [
                {
                    "name": claim.name,
                    "key": claim.key,
                    "tat": tat + claim.amount * claim.rule.interval,
                }
                for claim, tat in tats
            ],
        )


def _wait(claim: _Even, tat: int, now: int) -> int:
    """Milliseconds until the durable rule has room for the claim; 0: it has."""
    ahead = (claim.amount - 1) * claim.rule.interval
    return max(0, tat + ahead - claim.rule.tolerance - now)


async def _daily_wait(tx: Tx, day: _Daily, now: int) -> int:
    """Milliseconds until the daily rule has room for what was added just now; 0: it has."""
    hour = now // 1000 // HOUR
    rows = await tx.rows(HOURLY, key=day.key, after=hour - HOURS)
    over = sum(row.n for row in rows) - day.most
    if over <= 0:
        return 0
    for row in rows:
        over -= row.n
        if over <= 0:
            return (row.hour + HOURS) * HOUR * 1000 - now - 1  # seconds are rounded up
    return HOURS * HOUR * 1000 - 1


async def room(reader: Reader, made: Charge) -> int:
    """How many events the daily claims leave room for, each being for one."""
    hour = made.now // 1000 // HOUR
    left = []
    for day in made.daily:
        rows = await reader.rows(HOURLY, key=day.key, after=hour - HOURS)
        left.append(day.most - sum(row.n for row in rows))
    return max(0, min(left))


async def wait_of(reader: Reader, made: Charge) -> int:
    """Seconds until the durable claims have room, without counting anything; 0: they have."""
    waits = [0]
    for claim in made.even:
        row = await reader.row(LOOK, name=claim.name, key=claim.key)
        waits.append(_wait(claim, max(row.tat if row else 0, made.now), made.now))
    return max(waits) // 1000 + 1 if max(waits) > 0 else 0


async def note(tx: Tx, made: Charge) -> bool:
    """Count what has happened already, on durable rules; whether this has used one up.

    Never refuses. Beyond a rule it counts no further, so that what was too much is over after one
    interval; only then a rule can be used up again.
    """
    used_up = False
    for claim in made.even:
        row = await tx.row(LOCK, name=claim.name, key=claim.key)
        before = max(row.tat if row else 0, made.now)
        full = made.now + claim.rule.tolerance
        tat = min(before + claim.amount * claim.rule.interval, full + claim.rule.interval)
        await tx.run(WRITE, name=claim.name, key=claim.key, tat=max(tat, before))
        used_up = used_up or before <= full < tat
    return used_up


async def prune(tx: Tx, now: float) -> int:
    """Forget keys whose time is over."""
    await tx.run(PRUNE_DAILY, before=int(now) // HOUR - HOURS)
    return await tx.run(PRUNE, before=int(now * 1000))
