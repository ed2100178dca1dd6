"""After cuts, kills and drains under the traffic of twenty people, the store of a page is what a
page would have that is opened now; nothing is lost, doubled or out of order.

The pages run the client's own code in Node, by socket, by long poll, and by what it chooses.
"""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from tests.appdoor.browser.crowd import BROADCASTS, Crowd, LivePage, crowd
from tests.kit.waiting import GUARD

pytestmark = pytest.mark.browser

FEW = (8, 1, 1)
MANY = {"cuts": (500, 0, 0), "kills": (0, 100, 0), "drains": (0, 0, 50)}
"""Cuts, kills, drains. The long runs are three, which can run beside each other."""
_TOLD = 10
"""How many rounds there are between two lines of what the run has come to."""


class Rounds:
    """How many rounds there were, and how long they took."""

    def __init__(self) -> None:
        self.count = 0
        self._began = time.monotonic()

    def __str__(self) -> str:
        return f"{self.count} rounds in {time.monotonic() - self._began:.0f} s"

    def add(self, what: str) -> None:
        """One more, after which every page was equal."""
        self.count += 1
        if self.count % _TOLD == 0:
            print(f"{what}: {self}", flush=True)


async def _checked(made: Crowd, what: str) -> None:
    """Every page is equal to the server."""
    found = await asyncio.gather(*[page.do("check") for page in made.pages])
    wrong = [(page.how, one) for page, one in zip(made.pages, found, strict=True) if one["left"]]
    assert not wrong, (what, wrong, made.server.log()[-2000:])


async def _busy(made: Crowd, count: int) -> None:
    """What everybody does in one round; each page has another chat open, writes and types."""

    async def at(page: LivePage) -> None:
        await page.do("open", chat=made.dice.choice(made.channels))
        for _ in range(2):
            await made.page_says(page)
            await made.page_types(page)
            await asyncio.sleep(made.dice.random() / 20)

    await asyncio.gather(made.traffic(count), *[at(page) for page in made.pages])


async def _cut(made: Crowd, cuts: int, rounds: Rounds) -> None:
    wanted = made.cuts + cuts
    while made.cuts < wanted:
        before = made.cuts
        for one in made.cutters:
            one.arm()
        async with asyncio.timeout(GUARD):
            while made.cuts < before + len(made.pages):
                await _busy(made, 8)
        for one in made.cutters:
            one.disarm()
        await _checked(made, f"cut {made.cuts}")
        rounds.add(f"cut {made.cuts}")


async def _fall(made: Crowd, times: int, rounds: Rounds, *, kill: bool) -> None:
    for turn in range(1, times + 1):
        busy = asyncio.create_task(_busy(made, 12))
        await asyncio.sleep(made.dice.random() / 5)
        await asyncio.to_thread(made.server.kill if kill else made.server.stop)
        await asyncio.to_thread(made.server.start)
        await busy
        await _checked(made, f"{'kill' if kill else 'drain'} {turn}")
        rounds.add(f"{'kill' if kill else 'drain'} {turn}")


async def _said(made: Crowd) -> int:
    """What was said stands at the server, once, in the order of its author; how many texts."""
    total = 0
    for chat in made.channels[: -BROADCASTS or None]:
        history = await made.history(chat)
        for author, texts in made.said.get(chat, {}).items():
            stored = [text for who, text in history if who == author and "changed" not in text]
            assert len(set(stored)) == len(stored), (chat, author, "doubled")
            assert stored == [text for text in texts if text in set(stored)], (chat, author)
            if author in {page.person.user for page in made.pages}:
                assert stored == texts, (chat, author, "lost")
            total += len(stored)
    return total


@pytest.mark.parametrize(
    ("cuts", "kills", "drains"),
    [
        pytest.param(*FEW, id="few"),
        *(pytest.param(*many, marks=pytest.mark.long, id=what) for what, many in MANY.items()),
    ],
)
async def test_the_store_is_what_the_server_has(
    tmp_path: Path, cuts: int, kills: int, drains: int
) -> None:
    async with crowd(tmp_path, cuts) as made:
        await _checked(made, "begin")
        rounds = Rounds()
        await _cut(made, cuts, rounds)
        await _fall(made, kills, rounds, kill=True)
        await _fall(made, drains, rounds, kill=False)
        total = await _said(made)
        tallies = [await page.do("check") for page in made.pages]
        resumed = sum(one["resumed"] for one in tallies)
        anew = sum(one["anew"] for one in tallies)
        carriers = [
            (page.how, one["resumed"], one["anew"])
            for page, one in zip(made.pages, tallies, strict=True)
        ]
        share = resumed / max(1, resumed + anew)
        print(f"\n{made.cuts} cuts, {kills} kills, {drains} drains, {rounds}, "
              f"{total} texts in order; {resumed} of {resumed + anew} sessions that came back kept "
              f"their frames ({share:.0%}); by carrier {carriers}")  # fmt: skip
