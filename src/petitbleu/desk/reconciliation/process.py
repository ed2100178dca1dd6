"""The comparison in a process of its own: it keeps the interpreter and the disk from nobody.

``python -m petitbleu.desk.reconciliation.process`` reads one :class:`Order` (JSON) from its
standard input and writes one :class:`Answer` to its standard output. Secrets come that way only:
nothing of them is in its arguments or its environment.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from petitbleu.catalogues import Catalogue
from petitbleu.desk.reconciliation import comparing
from petitbleu.desk.reconciliation.comparing import Found, Outside
from petitbleu.desk.reconciliation.differences import Said
from petitbleu.desk.reconciliation.scratch import Scratch, Unknown
from petitbleu.keys import Secrets
from petitbleu.refusals import Refusal
from petitbleu.store.reading import reader

NICE = 10
ADOPTED = 20_000
"""Rows that one run takes over at most."""
LANGUAGES = Catalogue("desk")
PLAIN = "plain"
"""English without capital and full stop, for commands."""


class Order(msgspec.Struct):
    """What is to be compared."""

    dialect: str
    place: str
    scratch: str
    """The folder for the temporary file."""
    key: str
    """The public key of the log, in hex."""
    sealing: dict[str, str]
    """Sealing keys by their number, in hex."""
    outside: list[tuple[int, str]] = []
    adopt: bool = False
    """Name the rows that the log does not tell of yet."""
    idle: bool = True
    """Run only while nobody else wants the CPU."""


class Answer(msgspec.Struct):
    """What was found. Sentences by language, and :data:`PLAIN`."""

    size: int
    heads: int
    root: str
    problems: dict[str, list[str]]
    differences: dict[str, list[str]]
    count: int
    older: int
    adopted: bool
    rows: dict[str, int]
    seconds: float
    memory: int
    """The most that was resident at once, in KiB."""
    unknown: list[tuple[str, str, str]] = []
    """Rows to be taken over: kind, key (JSON), digest."""

    @property
    def total(self) -> int:
        """Problems and differences together."""
        return len(self.problems[PLAIN]) + self.count


def _sentences(found: Sequence[Refusal | Said]) -> dict[str, list[str]]:
    said = {language: [difference.say(language) for difference in found] for language in LANGUAGES}
    return said | {PLAIN: [str(difference) for difference in found]}


def answer(found: Found, seconds: float, unknown: list[Unknown]) -> Answer:
    """What is said of a comparison."""
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Answer(
        size=found.size,
        heads=found.heads,
        root=found.root.hex(),
        problems=_sentences(found.problems),
        differences=_sentences(found.differences),
        count=found.total,
        older=found.older,
        adopted=found.adopted,
        rows=dict(found.rows),
        seconds=round(seconds, 2),
        memory=memory,
        unknown=[(row.kind, str(row.key), row.digest) for row in unknown],
    )


async def _run(order: Order, scratch: Scratch) -> Answer:
    began = time.monotonic()
    sealing = {int(number): bytes.fromhex(key) for number, key in order.sealing.items()}
    secrets = Secrets(sealing, {1: bytes(32)})
    async with reader(order.dialect, order.place) as source:
        comparison = await comparing.compare(
            source,
            scratch,
            key=Ed25519PublicKey.from_public_bytes(bytes.fromhex(order.key)),
            unseal=secrets.unseal,
            outside=[Outside(size, bytes.fromhex(root)) for size, root in order.outside],
        )
    wanted = ADOPTED if order.adopt and not comparison.adopted else 0
    unknown = list(itertools.islice(scratch.unknown(), wanted))
    return answer(comparison, time.monotonic() - began, unknown)


def _step_back(idle: bool) -> None:
    """Let the server go first. It is of the server's session, so that ``nice`` counts; but what is
    only nice goes on to the end of its slice when the server wakes, at each step of a letter.
    """
    os.nice(NICE)
    if idle and sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def main() -> None:
    """Do the one thing that is asked."""
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    _step_back(order.idle)
    scratch = Scratch(str(Path(order.scratch) / "scratch.sqlite"))
    try:
        comparison = asyncio.run(_run(order, scratch))
    finally:
        scratch.close()
    sys.stdout.buffer.write(msgspec.json.encode(comparison))


if __name__ == "__main__":
    main()
