"""What runs in a process of its own: reading and sorting one letter from strangers.

A job is ``{raw, room, deeply, seconds, context, directory, duty, received, now}``, the answer
``{letter, sorted}``.
"""

from __future__ import annotations

import importlib
from typing import Any

import msgspec

from petitbleu.desk.intake import attachments, parse
from petitbleu.desk.intake.classify import words
from petitbleu.desk.intake.classify.facts import Context, Listed
from petitbleu.desk.intake.classify.sorting import Sorted, sort
from petitbleu.desk.intake.danger import reading
from petitbleu.desk.intake.letter import Letter, Mailroom
from petitbleu.sandbox import import_whole, serve


class Job(msgspec.Struct, frozen=True):
    """One letter and what must be known to sort it."""

    raw: bytes
    room: Mailroom
    context: Context
    """Without ``received``, ``listed`` and ``directory``."""
    directory: tuple[Listed, ...]
    duty: frozenset[str]
    now: int
    received: int | None = None
    """Time of receipt where it is known otherwise."""
    deeply: bool = True
    seconds: float = attachments.PDF_SECONDS
    """For its PDFs."""


class Done(msgspec.Struct, frozen=True):
    """A letter, read and sorted."""

    letter: Letter
    sorted: Sorted


def work(job: Job) -> Done:
    """Read and sort."""
    letter = parse.read(job.raw, job.room, deeply=job.deeply, seconds=job.seconds)
    # Further than an hour ahead of us: a clock gone wrong, not a receipt.
    at = job.received if job.received is not None else letter.received
    if at is None or (job.received is None and at > job.now + 3600):
        at = job.now
    letter = msgspec.structs.replace(letter, received=at)
    context = job.context._replace(
        received=at, listed=listed(job.directory, letter.domain), directory=job.directory
    )
    return Done(letter, sort(letter, context, job.duty))


def listed(directory: tuple[Listed, ...], domain: str) -> Listed | None:
    """The entry that covers a domain: its own, else that of the nearest parent."""
    known = {entry.domain: entry for entry in directory}
    labels = domain.split(".")
    names = (".".join(labels[at:]) for at in range(max(1, len(labels) - 1)))
    return next((known[name] for name in names if name in known), None)


def _handle(job: dict[str, Any]) -> dict[str, Any]:
    done: dict[str, Any] = msgspec.to_builtins(
        work(msgspec.convert(job, Job)), builtin_types=(bytes,)
    )
    return done


def _prepare(closed: bool) -> None:
    reading.use_encoder()
    if closed:
        import_whole("encodings", "email", "html", "nh3", "pypdf")
        importlib.import_module("tarfile")
        words.free_mail()  # the data file that sorting reads
        reading.prepare()


if __name__ == "__main__":
    serve(_handle, prepare=_prepare)
