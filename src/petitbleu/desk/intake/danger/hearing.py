"""Having texts read by the second model before they are filed, in a process of its own.

The doors that file in one transaction ask for it beforehand (:func:`hear`): no transaction and no
other work waits for the encoder. Nothing hangs on it: if the process ends, takes too long or has
too much to read, the words are filed as the first model reads them. The filter of spam asks the
same process about comments (:func:`weigh`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from petitbleu.app import App, Part
from petitbleu.desk.intake.classify import dangers
from petitbleu.desk.intake.danger import reading
from petitbleu.desk.intake.danger.model import Reading, shortened
from petitbleu.domain.publishing.comments import service as comments
from petitbleu.domain.safety.antispam import service as antispam
from petitbleu.domain.safety.moderation import service as moderation
from petitbleu.eager import within
from petitbleu.sandbox import JobFailed, Sandbox

SECONDS = 5
"""That are waited for one text, the start of the process included."""
_LONGEST = 30
"""Seconds for one text in the process."""
WAITING_MAX = 40
"""Texts that wait; of more the first model's answer stands."""
_MEMORY = 768 << 20
_JOBS = 20_000


class Hearing:
    """The process that reads, and how many texts wait for it."""

    __slots__ = ("process", "waiting")

    def __init__(self, process: Sandbox) -> None:
        self.process = process
        self.waiting = 0


def _make(app: App) -> Hearing:
    process = Sandbox(
        "petitbleu.desk.intake.danger.worker",
        workers=1,
        seconds=_LONGEST,
        memory=_MEMORY,
        data=app.config.data,
        jobs=_JOBS,
    )
    return Hearing(process)


HEARING: Part[Hearing] = Part(_make, lambda hearing: hearing.process.close())


class Asked:
    """What the process is asked, and what becomes of its answer, also of one that comes late."""

    __slots__ = ("about", "answered", "job", "kept")

    def __init__(self, about: str, job: dict[str, Any]) -> None:
        self.about, self.job = about, job
        self.kept: Callable[[dict[str, Any]], None] = lambda answer: None
        self.answered = asyncio.Event()


@comments.on_typed
@moderation.on_typed
async def hear(app: App, text: str) -> None:
    """Have a text read by both models that is about to be filed; ``service.read`` knows the answer
    then. Never fails.
    """
    ruled = dangers.by_rule(text)
    if reading.left_open(text, ruled=ruled) is None:
        return
    asked = Asked("danger", {"text": shortened(text), "ruled": ruled})
    asked.kept = lambda answer: reading.remember(text, Reading(**answer))
    await _ask(app, asked)


@antispam.on_left_open
async def weigh(app: App, text: str) -> float | None:
    """How much the encoder says for spam in a comment; None: not now. Never fails."""
    found: list[float] = []
    asked = Asked("spam", {"comment": text})
    asked.kept = lambda answer: found.append(answer["said"])
    await _ask(app, asked)
    return found[0] if found else None


async def _ask(app: App, asked: Asked) -> None:
    """Returns once the answer was kept, or without one."""
    hearing = app.parts[HEARING]
    if hearing.waiting >= WAITING_MAX:
        why = "too many texts wait"
        app.log.warning(f"{asked.about} read by the first model alone", reason=why)
        return
    hearing.waiting += 1
    # In a task of its own: a process that only starts is not ended by whoever waits no longer.
    app.spawn(_run(app, hearing, asked))
    with suppress(TimeoutError):
        async with within(SECONDS):
            await asked.answered.wait()


async def _run(app: App, hearing: Hearing, asked: Asked) -> None:
    try:
        asked.kept(await hearing.process.run(asked.job))
    except (JobFailed, KeyError, OSError, TypeError) as error:
        app.log.warning(f"{asked.about} read by the first model alone", reason=repr(error))
    finally:
        hearing.waiting -= 1
        asked.answered.set()
