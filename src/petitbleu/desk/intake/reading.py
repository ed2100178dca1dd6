"""Reading a letter: in a worker process with limits, and what remains where that fails."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import msgspec

from petitbleu.app import App, Part
from petitbleu.desk.intake.classify.facts import Context, Listed
from petitbleu.desk.intake.classify.sorting import DUTY
from petitbleu.desk.intake.letter import Mailroom
from petitbleu.desk.intake.worker import Done, Job, work
from petitbleu.desk.reference.directory import service as directory
from petitbleu.desk.reference.law import service as law
from petitbleu.sandbox import JobFailed, Sandbox, TookTooLong

_SECONDS = 30
GLANCE_PDFS = 2.0
"""Seconds of the processor for the PDFs of a letter behind which others wait."""
_MEMORY = 768 << 20
_WORKERS = 2
_JOBS = 2000
"""Letters a worker reads before it is replaced: its start costs as much as 150 of them."""
_KEPT = 64 << 10
"""Bytes of a letter that are read where the whole was too much."""


def _make_readers(app: App) -> Sandbox:
    return Sandbox(
        "petitbleu.desk.intake.worker",
        workers=_WORKERS,
        seconds=_SECONDS,
        memory=_MEMORY,
        data=app.config.data,
        jobs=_JOBS,
    )


READERS: Part[Sandbox] = Part(_make_readers, lambda readers: readers.close())


async def read(app: App, raw: bytes, *, now: int, received: int | None) -> Done:
    """Read and sort. Never fails: a letter that no worker gets through is read by its beginning,
    and if that takes too long too, by who it is from and to.
    """
    return await _read(app, await prepare(app, raw, now=now, received=received))


async def glance(app: App, raw: bytes, *, now: int, received: int | None) -> tuple[Done, bool]:
    """What :func:`read` finds in the time there is while others wait behind the letter, and whether
    it finds more in its PDFs in the time that they take.
    """
    job = await prepare(app, raw, now=now, received=received)
    done = await _read(app, msgspec.structs.replace(job, seconds=GLANCE_PDFS))
    return done, any(
        attachment.verdict in ("pdf_too_slow", "office_too_slow")
        for attachment in done.letter.attachments
    )


async def _read(app: App, job: Job) -> Done:
    raw = job.raw
    plainly = msgspec.structs.replace(job, deeply=False)
    beginning, endless = msgspec.structs.replace(plainly, raw=raw[:_KEPT]), False
    for attempt in (job, plainly, beginning):
        try:
            answer = await app.parts[READERS].run(_plain(attempt))
            return msgspec.convert(answer, Done)
        except (JobFailed, msgspec.ValidationError) as error:
            app.log.warning("letter not read", reason=str(error), deeply=attempt.deeply)
            endless = isinstance(error, TookTooLong)
    # Here nothing bounds the time: no words that kept a worker busy to the end are looked at.
    return work(msgspec.structs.replace(beginning, raw=_envelope(raw)) if endless else beginning)


_BODY = re.compile(rb"\r?\n\r?\n")
_SUBJECT = re.compile(rb"^subject[ \t]*:[^\n]*\n?(?:[ \t][^\n]*\n?)*", re.I | re.M)


def _envelope(raw: bytes) -> bytes:
    """The headers of a letter without its subject."""
    return _SUBJECT.sub(b"", _BODY.split(raw[:_KEPT], 1)[0]) + b"\r\n\r\n"


def _plain(job: Job) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(job, builtin_types=(bytes,))
    return plain


async def prepare(app: App, raw: bytes, *, now: int, received: int | None) -> Job:
    """What a worker must know."""
    config = app.config
    operator = await directory.operator(app.store, app)
    entries = tuple(
        Listed(row.name, row.country, row.domain, bool(row.trusted_flagger))
        for row in await directory.authorities(app.store)
    )
    return Job(
        raw=raw,
        room=Mailroom(
            tuple(name for name in config.desk.received_by.lower().split() if name),
            operator.authserv_id.lower(),
        ),
        context=Context(
            country=operator.country or config.country,
            coordinator=operator.coordinator,
            languages=tuple(operator.declared_languages),
            hosts=hosts(app),
            zone=config.timezone,
        ),
        directory=entries,
        duty=duty(app),
        now=now,
        received=received,
    )


def hosts(app: App) -> tuple[str, ...]:
    """Where links to our own places lead, as far as the configuration says."""
    config = app.config
    own = urlsplit(config.public_url).hostname or ""
    domains = [address.rpartition("@")[2] for address in config.desk.addresses]
    domains += [address.rpartition(":")[0] or address for address in config.public_address]
    named = [own, *(host.lower() for host in domains if "." in host)]
    return tuple(dict.fromkeys(host for host in named if host))


def duty(app: App) -> frozenset[str]:
    """Kinds whose owner is on duty day and night."""
    known = law.load_law(app)
    return frozenset(name for name in known.kinds if known.kind(name).owner_role == DUTY)
