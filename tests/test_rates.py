"""Limits in the database: judged together, charged together, kept under digests."""

from __future__ import annotations

import ast
import asyncio
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from petitbleu import rates
from petitbleu.config import DailyLimit, DurableLimit, Limits
from petitbleu.errors import Fault
from petitbleu.rates import Claim
from petitbleu.store.query import query
from tests.kit.trees import tree
from tests.kit.world import World

SRC = Path(__file__).resolve().parents[1] / "src" / "petitbleu"
IP = "203.0.113.5"
DAY = 86_400
_CHARGES = {"durable", "by_address", "charge"}


class Row(NamedTuple):
    n: int


_RATES = query("select count(*) as n from rate where tat > 0", Row)
_DAYS = query("select coalesce(sum(n), 0) as n from daily_count", Row)


async def counted(world: World) -> tuple[int, int]:
    """Keys of durable rules that count something, and the sum of all daily counts."""
    first = await world.app.store.row(_RATES)
    second = await world.app.store.row(_DAYS)
    assert first is not None and second is not None
    return first.n, second.n


async def refused(world: World, *claims: Claim) -> int:
    """Seconds that the claims have to wait; 0: they were charged."""
    try:
        await rates.charge(world.app, claims, ip=IP)
    except Fault as fault:
        assert fault.name == "FLOOD_WAIT_X" and fault.value
        return int(fault.value)
    return 0


CLAIMS = [
    Claim("code_phone", ("33612345678",)),
    Claim("code_prefix", ("3361234",)),
    Claim("code_day"),
    Claim("groups_made", ("7",)),
    Claim("people_added", ("7",), 5),
    *rates.at_address("code_ip", "2001:db8:1:2::3"),
    *rates.at_address("numbers_address", "2001:db8:1:2::3", 3),
]


@pytest.mark.parametrize("full", range(len(CLAIMS)))
async def test_one_rule_that_is_used_up_leaves_all_others_as_they_were(
    world: World, full: int
) -> None:
    limits = Limits(
        durable={"code_phone": DurableLimit(count=5, seconds=3600)},
        daily={"people_added": DailyLimit(count=50)},
    )
    rules = world.app.parts[rates.RULES] = rates.load_rules(limits)
    claim = CLAIMS[full]
    most = rules.daily.get(claim.rule)
    if most is None:
        rule = rules.durable[claim.rule]
        most = (rule.interval + rule.tolerance) // rule.interval
    while await refused(world, claim._replace(amount=1000 if most > 2000 else 1)) == 0:
        pass
    before = await counted(world)
    orders = (CLAIMS, CLAIMS[::-1])
    for claims in orders:
        assert await refused(world, *claims) > 0
    assert await counted(world) == before
    assert await refused(world, *(one for n, one in enumerate(CLAIMS) if n != full)) == 0


async def test_claims_wait_for_the_slowest_of_them(world: World) -> None:
    slow = Claim("signup_ip", (IP,))
    for _ in range(20):
        assert await refused(world, slow) == 0
    for _ in range(5):
        assert await refused(world, Claim("code_phone", ("1",))) == 0
    alone = await refused(world, slow)
    assert await refused(world, slow, Claim("code_phone", ("1",))) == alone == 4321


async def test_many_at_once_are_as_many_as_the_rule_says(world: World) -> None:
    claims = (Claim("code_phone", ("1",)), Claim("groups_made", ("1",)))
    waits = await asyncio.gather(*(refused(world, *claims) for _ in range(40)))
    assert sum(wait == 0 for wait in waits) == 5


async def test_callers_that_claim_the_same_in_other_orders_do_not_block_each_other(
    world: World,
) -> None:
    keys = [Claim("spam_mail", (str(n),)) for n in range(6)]
    orders = [keys[n:] + keys[:n] for n in range(6)]
    async with asyncio.timeout(60):
        waits = await asyncio.gather(*(refused(world, *order) for order in orders))
    assert waits == [0] * 6


async def test_a_day_is_the_last_24_hours(world: World) -> None:
    claim = Claim("groups_made", ("7",))
    for _ in range(10):  # three now, and three each hour
        for _ in range(3):
            assert await refused(world, claim) == 0
        world.clock.advance(3600)
    wait = await refused(world, claim)
    assert 13 * 3600 <= wait <= 14 * 3600
    world.clock.advance(wait)
    assert [await refused(world, claim) > 0 for _ in range(4)] == [False, False, False, True]


async def test_what_is_noted_is_never_refused_and_over_after_an_interval(world: World) -> None:
    made = rates.charge_of(world.app, IP, *rates.at_address("wrong_code_ip", IP))
    noted = [await world.app.store.write(rates.note, made) for _ in range(100)]
    assert noted == [False] * 29 + [True] + [False] * 70
    assert await rates.wait_of(world.app.store, made) == 121
    world.clock.advance(121)
    later = rates.charge_of(world.app, IP, *rates.at_address("wrong_code_ip", IP))
    assert await rates.wait_of(world.app.store, later) == 0
    assert await world.app.store.write(rates.note, later)


async def test_nothing_is_counted_for_the_operator_and_for_developers(world: World) -> None:
    claims = (Claim("groups_made", ("7",)), Claim("code_day"))
    assert rates.charge_of(world.app, None, *claims) == rates.NOTHING
    assert rates.charge_of(world.app, "127.0.0.1", *claims) == rates.NOTHING
    assert rates.charge_of(world.app, IP, *claims) != rates.NOTHING


# ── every place ─────────────────────────────────────────────────────────────────────────────────


def _charging(tree: ast.AST, names: set[str]) -> list[tuple[str, int]]:
    """Functions, and how often they call one of ``names`` of rates.py or limits.py."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        calls = [
            call
            for call in ast.walk(node)
            if isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and call.func.attr in names
            and isinstance(call.func.value, ast.Name)
            and call.func.value.id in ("rates", "limits")
        ]
        loops = [
            call
            for loop in ast.walk(node)
            if isinstance(loop, ast.For | ast.AsyncFor | ast.While)
            for call in ast.walk(loop)
            if call in calls
        ]
        found.append((node.name, len(calls) + len(loops)))
    return found


@pytest.mark.sources
def test_no_deed_charges_one_rule_before_it_has_judged_the_others() -> None:
    """Each function charges once, with all its claims."""
    twice = []
    for path in sorted(SRC.rglob("*.py")):
        if path.name in ("rates.py", "limits.py"):
            continue
        for name, times in _charging(tree(path), _CHARGES):
            if times > 1:
                twice.append((path.relative_to(SRC).as_posix(), name, times))
    assert twice == []


async def test_keys_tell_no_number_and_no_address(world: World) -> None:
    phone = "33612345678"
    await rates.charge(
        world.app, [Claim("code_phone", (phone,)), *rates.at_address("numbers_address", IP)], ip=IP
    )
    held: list[Any] = await world.app.store.rows(
        query("select key as n from rate union all select key as n from daily_count", Row)
    )
    keys = b"".join(bytes(row.n) for row in held)
    assert len(keys) == 32 and phone.encode() not in keys and IP.encode() not in keys
