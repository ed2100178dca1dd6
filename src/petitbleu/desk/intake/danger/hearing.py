"""Having texts read by the second model before they are filed, in a process of its own.

The doors that file in one transaction ask for it beforehand (:func:`hear`): no transaction and no
other work waits for the encoder. Nothing hangs on it: if the process ends, takes too long or has
too much to read, the words are filed as the first model reads them.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

from petitbleu.app import App, Part
from petitbleu.desk.intake.danger import reading
from petitbleu.desk.intake.danger.model import Reading, shortened
from petitbleu.domain.publishing.comments import service as comments
from petitbleu.domain.safety.moderation import service as moderation
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


@comments.on_typed
@moderation.on_typed
async def hear(app: App, text: str) -> None:
    """Have a text read by both models that is about to be filed; ``service.read`` knows the answer
    then. Never fails.
    """
    if reading.left_open(text) is None:
        return
    hearing = app.parts[HEARING]
    if hearing.waiting >= WAITING_MAX:
        app.log.warning("danger read by the first model alone", reason="too many texts wait")
        return
    hearing.waiting += 1
    answered = asyncio.Event()
    # In a task of its own: a process that only starts is not ended by whoever waits no longer.
    app.spawn(_ask(app, hearing, text, answered))
    with suppress(TimeoutError):
        async with asyncio.timeout(SECONDS):
            await answered.wait()


async def _ask(app: App, hearing: Hearing, text: str, answered: asyncio.Event) -> None:
    try:
        answer = await hearing.process.run({"text": shortened(text)})
        reading.remember(text, Reading(**answer))
    except (JobFailed, OSError, TypeError) as error:
        app.log.warning("danger read by the first model alone", reason=repr(error))
    finally:
        hearing.waiting -= 1
        answered.set()
