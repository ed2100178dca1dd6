"""A whole instance with much in it, made while its server is down: ``petitbleu dev fill``.

Everything is written by the rooms' own services or the store's own batch, so that the rows are
those of an instance that grew.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeVar

import structlog

from petitbleu.app import Actor, App
from petitbleu.bench import desk, fill
from petitbleu.config import Config
from petitbleu.domain.administration.chat_editing import creating
from petitbleu.domain.administration.membership import channels
from petitbleu.domain.files.media import service as media
from petitbleu.domain.messaging.messages import send
from petitbleu.domain.messaging.messages.contents import Draft
from petitbleu.run.instance import opened

T = TypeVar("T")

AT_ONCE = 64
"""Services that run at a time: enough to share commits."""
PAIR_MESSAGES = 20
"""Messages of a conversation, where there are people enough."""
SMALLEST, LARGEST = 2_000, 60_000
"""Bytes of a file."""
_OWNERS = 10_000
"""Channels have one of so many owners at most."""


class Amounts(NamedTuple):
    """How much of each."""

    accounts: int = 1000
    channels: int = 0
    members: int = 20
    """Of each channel, beside who made it."""
    posts: int = 10
    """In each channel."""
    messages: int = 0
    """Between two people."""
    files: int = 0
    """Documents, said in private chats."""
    cases: int = 0
    """At the desk."""


Say = Callable[[str], object]


async def start_once(config: Config) -> None:
    """What a first start of the server makes: keys, tables, the service account."""
    quiet = structlog.make_filtering_bound_logger(logging.ERROR)
    async with opened(config, structlog.wrap_logger(structlog.PrintLogger(), wrapper_class=quiet)):
        pass


async def stock(app: App, amounts: Amounts, say: Say) -> None:
    """Write ``amounts`` into a new instance."""
    making = fill.strangers(app, amounts.accounts)
    people = await _timed(say, f"{amounts.accounts} accounts", making)
    pairs = _pairs(people, max(amounts.messages // PAIR_MESSAGES, 1))
    if amounts.messages:
        await _timed(say, f"{amounts.messages} messages", fill.talk(app, pairs, amounts.messages))
    if amounts.channels:
        await _timed(say, f"{amounts.channels} channels", _channels(app, people, amounts))
    if amounts.files:
        await _timed(say, f"{amounts.files} files", _files(app, pairs, amounts.files))
    if amounts.cases:
        await _timed(say, f"{amounts.cases} cases", desk.open_many(app, amounts.cases))


async def _timed(say: Say, what: str, work: Awaitable[T]) -> T:
    began = time.perf_counter()
    done = await work
    say(f"{what} in {time.perf_counter() - began:.1f} s")
    return done


def _pairs(people: list[int], most: int) -> list[tuple[int, int]]:
    """Who writes to whom: each to the next, so that everybody has two chats."""
    following = [*people[1:], *people[:1]]
    return list(zip(people, following, strict=True))[:most]


async def _channels(app: App, people: list[int], amounts: Amounts) -> None:
    owners = people[:_OWNERS]

    async def one(n: int) -> None:
        owner = Actor(owners[n % len(owners)])
        made = await creating.create_channel(app, owner, f"C{n}", "", broadcast=n % 2 == 0)
        first = n * amounts.members % len(people)
        come = [who for who in people[first : first + amounts.members] if who != owner.id]
        if come:
            await channels.invite(app, owner, made.chat, come)
        for post in range(amounts.posts):
            await send.send(app, owner, made.chat, Draft(f"Post {post} of channel {n}."))

    await _all(range(amounts.channels), one)


async def _files(app: App, pairs: list[tuple[int, int]], count: int) -> None:
    chance = random.Random(7)  # noqa: S311 - files, not secrets
    with TemporaryDirectory(prefix="petitbleu-fill-") as folder:

        async def one(n: int) -> None:
            path = Path(folder) / f"file{n}.bin"
            path.write_bytes(chance.randbytes(chance.randint(SMALLEST, LARGEST)))
            owner, other = pairs[n % len(pairs)]
            asked = media.Asked("application/octet-stream", [["filename", path.name]])
            stored = await media.local.document(app, owner, path, asked, {})
            path.unlink()
            await send.send(app, Actor(owner), other, Draft("", media=stored))

        await _all(range(count), one)


async def _all(numbers: Iterable[int], one: Callable[[int], Awaitable[None]]) -> None:
    """``one`` of each number, some at a time."""
    left = iter(numbers)

    async def work() -> None:
        for n in left:
            await one(n)

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
