"""The desk under load: 100,000 open notices, and letters coming in while people write.

Cases are opened by the services that intake uses, so every row is there: events, the log, clocks,
alarms. What staff ask for is measured in this process, on the instance's own store, without a
browser; letters come in over SMTP into the running server, at a steady rate.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
import os
import random
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import structlog

from petitbleu import desk as rooms
from petitbleu import domain
from petitbleu.app import App
from petitbleu.bench import fill, letters
from petitbleu.bench.rig import Figures, Harness, percentile
from petitbleu.bench.search import Speech
from petitbleu.config import Config
from petitbleu.desk.casework.cases import events as shapes
from petitbleu.desk.casework.cases import queues, ranking
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.desk.reference.law import kinds
from petitbleu.desk.reference.law import service as law
from petitbleu.resources import schema_text
from petitbleu.run.jobs import JobRunner
from petitbleu.store.api import Tx
from petitbleu.store.opening import open_store

CHUNK = 200
"""Cases opened in one transaction while filling."""
SPREAD = 30 * 3600
"""They arrived during so many seconds: no alarm of a 72-hour clock is due yet."""
STAFF = 40
_PRACTICE = json.loads(schema_text("desk/practice.json"))
KINDS = tuple(kind for kind, n in _PRACTICE["hundred"].items() for _ in range(n))
_CATEGORIES = [
    f"STATEMENT_CATEGORY_{name}"
    for name in ("SCAMS_AND_FRAUD", "VIOLENCE", "SELF_HARM", "ILLEGAL_OR_HARMFUL_SPEECH")
]


class _Made:
    """Made-up cases, the same for a seed."""

    def __init__(self) -> None:
        self.speech = Speech()
        self.chance = self.speech.random

    def case(self, received: int, n: int) -> dict[str, Any]:
        """What ``open_case`` takes."""
        chance, words = self.chance, self.speech
        kind = chance.choice(KINDS)
        target = chance.randint(1, 40_000)
        reference = f"{words.words[n % 5000].upper()}-2026-{n:06}" if n % 10 == 0 else ""
        return {
            "actor": "system",
            "at": received,
            "kind": kind,
            "urgency": cases.URGENCIES.index(kinds.record(kind).urgency),
            "channel": "smtp",
            "received_at": received,
            "sender": f"{words.words[n % 20_000]}@{chance.choice(words.words[:300])}.example",
            "language": chance.choice(("fr", "fr", "fr", "en", "de", "it")),
            "reference": reference,
            "targets": [f"https://chat.example/{words.words[target % 9000]}/{target}"],
            "category": chance.choice(_CATEGORIES),
            "title": words.text(old=False),
            "target": -(10**12) - target,
            "item": chance.randint(1, 900),
            "reasons": ["the address is that of notices"],
            "then": self._later(n),
        }

    def _later(self, n: int) -> tuple[CaseEvent, ...]:
        """A third was looked at, a quarter has an owner."""
        found = [cases.make_event(shapes.Receipt(language="fr"))]
        if n % 3 == 0:
            found.append(cases.make_event(shapes.Looked()))
        if n % 4 == 0:
            found.append(cases.make_event(shapes.Owner(staff=n % STAFF + 1)))
        return tuple(found)


async def desk(
    rig: Harness,
    *,
    stored: int = 100_000,
    questions: int = 400,
    seconds: float = 20.0,
    rate: int = 50,
) -> Figures:
    """Fill the desk, ask what staff ask, then let ``rate`` letters a second come in."""
    await rig.crowd(2)
    rig.server.stop()
    asked = await _asked(rig, stored, questions)
    return asked | await letters.intake(rig, seconds=seconds, rate=rate)


async def _asked(rig: Harness, stored: int, questions: int) -> Figures:
    async with stocked(rig, stored) as (app, made, figures):
        return figures | await _ask(app, made, questions)


@asynccontextmanager
async def stocked(rig: Harness, stored: int) -> AsyncIterator[tuple[App, _Made, Figures]]:
    """The instance of a stopped server, with ``stored`` open cases."""
    domain.load_rooms()
    rooms.load_rooms()
    config = Config(data=rig.server.data, database=rig.server.database)
    store = await open_store(config)
    app = fill.instance(store, config)
    made = _Made()
    try:
        began = time.perf_counter()
        await open_many(app, stored, made)
        filled = time.perf_counter() - began
        if rig.server.postgres is not None:
            await asyncio.to_thread(rig.server.postgres.settle, rig.server.database)
        await asyncio.to_thread(os.sync)  # what was filled is on the disk before anything is timed
        yield app, made, {"open_case_ms": filled / stored * 1e3}
    finally:
        await store.close()


async def open_many(app: App, stored: int, made: _Made | None = None) -> None:
    """``stored`` open cases at the desk, with what a running server would have done for them."""
    rooms.load_rooms()
    app.log = structlog.wrap_logger(
        structlog.PrintLogger(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
    )
    await _fill(app, made or _Made(), stored)
    # Urgent ones have rung when they came, not all together when the server starts.
    while await JobRunner(app).run_due():
        pass


async def _fill(app: App, made: _Made, stored: int) -> None:
    first = int(app.clock.now()) - SPREAD
    for at in range(0, stored, CHUNK):
        cases_ = [
            made.case(first + n * SPREAD // stored, n) for n in range(at, min(at + CHUNK, stored))
        ]
        await app.store.write(_open, app, cases_)


async def _open(tx: Tx, app: App, made: list[dict[str, Any]]) -> None:
    for case in made:
        await cases.open_case(tx, app, **case)


Question = Callable[[], Awaitable[object]]


async def _ask(app: App, made: _Made, questions: int) -> Figures:
    """Times of what staff ask for: pages of queues with and without filters, searches, the strip,
    the next case.
    """
    chance = random.Random(5)  # noqa: S311 - questions, not secrets
    took: dict[str, list[float]] = {"page": [], "search": [], "next": [], "strip": []}
    for n in range(questions):
        for name, question in _questions(app, made, chance, n).items():
            began = time.perf_counter()
            await question()
            took[name].append(time.perf_counter() - began)
    figures: Figures = {}
    for name, times in took.items():
        figures[f"{name}_p50_ms"] = percentile(times, 0.5) * 1e3
        figures[f"{name}_p95_ms"] = percentile(times, 0.95) * 1e3
        figures[f"{name}_max_ms"] = max(times) * 1e3
    return figures


def _questions(app: App, made: _Made, chance: random.Random, n: int) -> dict[str, Question]:
    staff, kinds = chance.randint(1, STAFF), tuple(law.kinds(law.load_law(app)))
    wanted = chance.choice(
        (
            queues.Filter(kinds=kinds),
            queues.Filter(kinds=("art16_notice",)),
            queues.Filter(kinds=(*_PRACTICE["queues"]["people"], "unsorted")),
            queues.Filter(kinds=kinds, urgency=1),
            queues.Filter(kinds=kinds, owner=staff),
            queues.Filter(kinds=kinds, owner=0),
            queues.Filter(kinds=kinds, language="de"),
            queues.Filter(kinds=kinds, category=chance.choice(_CATEGORIES)),
            queues.Filter(kinds=kinds, open=None),
            queues.Filter(kinds=kinds, authority="nobody.example"),
        )
    )
    return {
        "page": lambda: _page(app, wanted, deep=n % 4 == 0),
        "search": lambda: ranking.page(
            app, queues.Filter(kinds=kinds, words=_search(made, chance))
        ),
        "next": lambda: ranking.page(app, queues.Filter(kinds=kinds, owner=0), limit=1),
        "strip": lambda: queues.strip(app),
    }


async def _page(app: App, wanted: queues.Filter, *, deep: bool) -> None:
    rows = await ranking.page(app, wanted)
    for _ in itertools.repeat(None, 2 if deep and len(rows) == 50 else 0):
        rows = await ranking.page(app, wanted, after=rows[-1][1])
        if len(rows) < 50:
            return


def _search(made: _Made, chance: random.Random) -> str:
    words = made.speech.words
    common, middling, rare = (
        words[chance.randint(low, high)]
        for low, high in ((0, 20), (100, 2000), (8000, len(words) - 1))
    )
    return chance.choice(
        (common, middling, rare, f"{common} {middling}", f"PB-2026-{chance.randint(1, 99999):06}",
         f"{rare}@", middling[:4], f"{middling} {rare}", "nobodyeversaidthis")
    )  # fmt: skip
