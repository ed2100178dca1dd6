"""Who walks through the steps, and how a step checks what it finds."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from PIL import Image

from tests.clients.driver import Driver, Event
from tests.kit.waiting import GUARD, STALE_SECONDS

SHOWS_WHAT_IT_WAS_TOLD = ("tdlib", "tdlib_new")
"""Clients that answer from what they were told, and do not ask the server once more."""


class Person:
    """An account with two devices of one library."""

    def __init__(self, client: str, number: int, make: Callable[[str, str], Driver]) -> None:
        self.client = client
        self.phone = f"99966{number}{4200 + number}"
        self.code = str(number) * 5
        self.name = f"P{number}-{client}"
        self.id = 0
        self.main = make(client, f"{client}-main")
        self.second = make(client, f"{client}-second")
        self.bot = make(client, f"{client}-bot")


class Walk:
    """One client on its way through the steps, with two others about it."""

    def __init__(
        self, me: Person, peer: Person, third: Person, operator: Callable[..., str]
    ) -> None:
        self.me = me
        self.peer = peer
        self.third = third
        self.operator = operator
        """Runs a command of the command line (``admin bot create …``); its output."""
        self.notes: dict[str, Any] = {}

    async def take(self, step: Step) -> None:
        """One step; what earlier ones brought does not count in it."""
        for driver in (self.me.main, self.me.second, self.me.bot, self.peer.main, self.third.main):
            if driver.started:
                await driver.forget()
        await step(self)


Step = Callable[[Walk], Awaitable[None]]


def equal(got: Any, wanted: Any, what: str) -> None:
    assert got == wanted, f"{what}: got {got!r}, wanted {wanted!r}"


async def shows(
    driver: Driver, wanted: Any, what: str, do: str, *path: str, **arguments: Any
) -> None:
    """What ``do`` answers, at ``path``, must equal ``wanted``: at once, or, of a client that shows
    what it was told, as soon as it was. What another worker has just changed may be asked for
    before its news is here: :data:`STALE_SECONDS`, no longer.
    """
    patient = driver.name in SHOWS_WHAT_IT_WAS_TOLD
    deadline = asyncio.get_running_loop().time() + (GUARD if patient else STALE_SECONDS)
    while True:
        got = await driver.call(do, **arguments)
        for key in path:
            got = got[key]
        waits = patient or driver.workers > 1
        if got == wanted or not waits or asyncio.get_running_loop().time() > deadline:
            equal(got, wanted, f"{driver.label}: {what}")
            return
        await asyncio.sleep(0.05)


def same_texts(got: list[str], wanted: list[str], what: str) -> None:
    """Like :func:`equal` for long lists: says where they part."""
    if got == wanted:
        return
    lacking = [text for text in wanted if text not in got][:8]
    extra = [text for text in got if got.count(text) > wanted.count(text)][:8]
    at = next((n for n, (a, b) in enumerate(zip(got, wanted, strict=False)) if a != b), -1)
    raise AssertionError(
        f"{what}: {len(got)} for {len(wanted)}, lacking {lacking}, too many {extra}, from {at} on"
    )


def said(text: str, chat: int | None = None) -> Callable[[Event], bool]:
    """Matches a new message with that text (in that chat)."""
    return lambda e: e["kind"] == "new" and e["text"] == text and chat in (None, e["peer"])


def service(action: str, chat: int) -> Callable[[Event], bool]:
    """Matches a service message in a chat."""
    return lambda e: e["kind"] == "service" and e["action"] == action and e["peer"] == chat


def picture(path: Path) -> Path:
    """A photo as a camera may have made it."""
    Image.linear_gradient("L").resize((1600, 1000)).convert("RGB").save(path, quality=90)
    return path


def noise(path: Path, size: int, seed: str) -> Path:
    """A file that nothing can compress or guess, the same for the same ``seed``."""
    path.write_bytes(random.Random(seed).randbytes(size))
    return path
