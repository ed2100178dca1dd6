"""Random calls of every served method on one instance: an answer or a documented error, never a
bug of ours.

``python -m tests.fuzz.methods --minutes 30 --engine sqlite`` plays rounds until the time is up. A
round is an instance of its own with a chat of each kind; its callers (two people and a bot) send
requests of the schema with up to four values replaced by extreme or random ones, and so change what
the next requests meet. A wrong answer is printed with the seed of its round.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any

from petitbleu.domain.registration.bots import service as bots
from petitbleu.rpc.registry import METHODS
from petitbleu.store.api import Store
from petitbleu.tl import api
from tests.kit import engines, stores
from tests.kit.requests import Leaf, Maker, leaves, scene, variants
from tests.kit.world import Client, World, running
from tests.rpc.test_extremes import DEEP, ENDS_THE_SESSION, EXTREMES, PEER_IDS, Sender, sign

CALLS = 1500
"""Calls in a round."""
REST = 0.4
"""Seconds that the clock moves from call to call, so that limits on pace leave something over."""


def replace_values(random: Random, client: Client, request: Any) -> str:
    """Put up to four extreme or random values into a request; what was put where."""
    done = []
    for _ in range(random.choice((0, 1, 1, 2, 4))):
        found = list(leaves(request))
        if not found:
            break
        leaf = random.choice(found)
        leaf.put(_value(random, leaf))
        if leaf.key in PEER_IDS and random.random() < 0.7:
            sign(client, leaf)
        done.append(f"{leaf.path}={str(leaf.get())[:30]!r}")
    return " ".join(done)


def _value(random: Random, leaf: Leaf) -> Any:
    if leaf.type.startswith("Vector<"):
        some = list(leaf.get())
        return random.choice(([], some * 2, some[:1] * 300, some[::-1]))
    if leaf.type in ("int", "long") and random.random() < 0.5:
        return leaf.get() + random.choice((-2, -1, 1, 2)) if abs(leaf.get()) < 2**31 - 2 else 1
    values = EXTREMES.get(leaf.type) or DEEP.get(leaf.type)
    return random.choice(values) if values else leaf.get()


async def play(
    world: World, seed: int, end: float, *, calls: int = CALLS
) -> tuple[int, dict[tuple[str, str], str]]:
    """One round: how many calls, and what was wrong by (method, error)."""
    random = Random(seed)
    at = await scene(world)
    made = await bots.create(world.app, "Fuzz", f"fuzz_{seed % 10_000}_bot")
    bot = world.connect()
    signed = await bot.call(
        api.auth.ImportBotAuthorization(flags=0, api_id=1, api_hash="", bot_auth_token=made.token)
    )
    bot.user_id = signed.user.id
    callers = [at.me, at.me, await world.sign_up("Eve"), bot]
    sender = Sender(world, at.me, Maker(at))
    methods = sorted(name for name in METHODS if name not in ENDS_THE_SESSION)
    while sender.sent < calls:
        if time.monotonic() > end:
            break
        method = random.choice(methods)
        sender.client = random.choice(callers)
        path, make = random.choice(list(variants(sender.maker, method)))
        request = make()
        await sender.send(method, request, f"{path} {replace_values(random, at.me, request)}")
        world.clock.advance(REST)
    await world.settle()
    return sender.sent, sender.wrong


@asynccontextmanager
async def _instance(engine: str, folder: Path) -> AsyncIterator[World]:
    store: Store
    if engine == "sqlite":
        store = stores.open_sqlite(folder)
        async with running(World(store, folder)) as world:
            yield world
            world.errors.clear()  # they are among what was wrong
        await store.close()
        return
    async with stores.empty_postgres_store() as store, running(World(store, folder)) as world:
        yield world
        world.errors.clear()


async def run(engine: str, minutes: float, seed: int) -> int:
    """Play rounds; the number of wrong answers of different kinds."""
    end, calls, rounds = time.monotonic() + minutes * 60, 0, 0
    wrong: dict[tuple[str, str], str] = {}
    while time.monotonic() < end:
        folder = Path(tempfile.mkdtemp(prefix="petitbleu-fuzz-"))
        try:
            async with _instance(engine, folder) as world:
                sent, found = await play(world, seed + rounds, end)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        for what, example in found.items():
            if what not in wrong:
                print(f"seed {seed + rounds}: {what[0]}: {what[1]}: {example}", flush=True)
            wrong.setdefault(what, example)
        calls, rounds = calls + sent, rounds + 1
    print(f"{engine}: {rounds} rounds, {calls} calls, {len(wrong)} wrong answers", flush=True)
    return len(wrong)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.methods")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--engine", choices=engines.ENGINES, default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    sys.exit(1 if asyncio.run(run(given.engine, given.minutes, given.seed)) else 0)


if __name__ == "__main__":
    main()
