"""Attacks that go to three workers in turn, from one address and from one account: what protects
people (codes, passwords, links of groups) lets no more through than one worker would.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from petitbleu.config import Limits as Settings
from petitbleu.limitrules import load_rules
from petitbleu.mtproto import wire
from petitbleu.tl import api
from tests.gateway.wire import Client, Tcp
from tests.kit.server_cluster import ServerCluster
from tests.kit.waiting import GUARD
from tests.run.process import with_layer
from tests.run.test_people_on_workers import Person

pytestmark = pytest.mark.long
WORKERS = 3
CALLS = 60
RULES = load_rules(Settings())

Attackers = list[Client]
"""Who calls in turn: one is an account, several are what comes from one address."""


def _code(number: int) -> Any:
    """A code that is guessed, for another telephone number each time."""
    return api.auth.SignIn(
        phone_number=f"3361234{number:04}", phone_code_hash="0" * 20, phone_code="12345"
    )


def _link(number: int) -> Any:
    """A link of a group that is guessed."""
    return api.messages.ImportChatInvite(hash=f"guess{number:016}")


def _challenge(number: int) -> Any:
    """What a guess of a two-step password begins with."""
    return api.account.GetPassword()


def _password(number: int) -> Any:
    """A two-step password that is guessed."""
    guess = api.InputCheckPasswordSRP(srp_id=number + 1, A=bytes(256), M1=bytes(32))
    return api.account.GetPasswordSettings(password=guess)


async def _passed(cluster: ServerCluster, attackers: Attackers, query: Callable[[int], Any]) -> int:
    """How many of the calls were let through, each at the next worker."""
    passed = 0
    for number in range(CALLS):
        client = attackers[number % len(attackers)]
        client.carrier = await Tcp.open(cluster.workers[number % WORKERS].address)
        async with asyncio.timeout(GUARD):
            answer = await client.call(with_layer(query(number)))
        refused = wire.constructor(answer) == wire.RPC_ERROR and b"FLOOD_WAIT_" in answer
        passed += not refused
        await client.carrier.close()
    return passed


@pytest.fixture
async def attacked(tmp_path: Path) -> Any:
    """Three workers that count calls from this machine, too, and four who signed up before."""
    with ServerCluster(tmp_path / "data", 0) as cluster:
        lenient = await asyncio.to_thread(cluster.add, "--dev")
        people = [await Person.sign_up(lenient, f"Eve{n}", n) for n in range(4)]
        cluster.workers.remove(lenient)
        await asyncio.to_thread(lenient.stop)
        for _ in range(WORKERS):
            await asyncio.to_thread(cluster.add)
        await asyncio.sleep(3)  # each knows of all three
        yield cluster, people


async def _strangers(cluster: ServerCluster) -> Attackers:
    return [await cluster.workers[n % WORKERS].client() for n in range(4)]


async def test_guesses_are_counted_once_for_all_workers(attacked: Any) -> None:
    cluster, people = attacked
    town: Attackers = [one.client for one in people]
    strangers = await _strangers(cluster)
    memory = {name: (rule.interval, rule.tolerance) for name, rule in RULES.memory.items()}
    tried = RULES.durable["password_try"]
    attacks = [
        ("codes from one address", memory["code"], strangers, _code),
        ("password challenges for one account", memory["password"], town[:1], _challenge),
        ("passwords for one account", (tried.interval / 1000, tried.tolerance / 1000), town[1:2],
         _password),
        ("links from one address", memory["join"], town[2:], _link),
    ]  # fmt: skip
    for what, (interval, tolerance), attackers, query in attacks:
        began = time.monotonic()
        passed = await _passed(cluster, attackers, query)
        most = int(1 + (tolerance + time.monotonic() - began) / interval)
        print(f"{what}: {passed} of {CALLS} let through, one worker lets {most}")
        assert most // 2 < passed <= most
