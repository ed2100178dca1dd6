"""Deferred and periodic work: rows of the ``job`` table, taken by ``run/jobs.py`` when they are
due.

A leaf over the store. A room declares the shape of a job, what it does, and schedules it inside
its transactions::

    class Expire(Job, tag="auth.expire", frozen=True):
        hash: str

    @job(Expire)
    async def expire(app: App, data: Expire) -> int | None: ...

    await schedule(tx, Expire(hash=h), due=now + 600, key=h)

    @job("messages.erase", every=60)
    async def erase(app: App, data: NoData) -> None: ...

A job runs *at least once* (a crash after its work and before its row is deleted repeats it), so it
must be idempotent. It may return the Unix second at which it wants to run again, with the same
data. A failure is logged and tried again later, with growing pauses.

The tag is the kind: it stands in a column of its own and never changes. Data are checked against
their shape when they are planned and when they are read; a stored field that the shape has no
longer is passed over. A shape that changes gets a new ``version``; its rows bear it (``v``; the
first has none), and :data:`UPGRADES` makes data of each version data of the next.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar, NamedTuple, TypeVar, overload

import msgspec

from petitbleu import leases
from petitbleu.app import App
from petitbleu.errors import LocalFault
from petitbleu.store.api import Tx
from petitbleu.store.query import Query, either, query

TAG, VERSION = "$", "v"
Data = dict[str, Any]

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Data).decode


class Job(msgspec.Struct, frozen=True, kw_only=True, tag_field=TAG, tag=""):
    """The shape of a job's data; the tag is its kind."""

    version: ClassVar[int] = 1


class NoData(Job, tag="", frozen=True):
    """What a periodic job is given that nobody plans."""


class UnreadableJob(LocalFault):
    """The data of a job do not have the shape of its kind."""


J = TypeVar("J", bound=Job)
Handler = Callable[[App, J], Awaitable[int | None]]


class JobRow(NamedTuple):
    """A row of ``job``, as its runner needs it."""

    id: int
    kind: str
    key: str
    due: int
    data: bytes
    tries: int


NO_DATA = _encode({})
"""The data of a job whose data have no values."""


class Run:
    """One run of a job: what it sends bears the same names when another worker, or the next start,
    does it again.
    """

    __slots__ = ("_counts", "_name")

    def __init__(self, name: str) -> None:
        self._name = name
        self._counts: dict[str, int] = {}

    def key(self, target: str) -> str:
        """The name of the next thing that this run sends to ``target``: 32 hexadecimal digits."""
        count = self._counts[target] = self._counts.get(target, 0) + 1
        return hashlib.sha256(f"{self._name} {count} {target}".encode()).hexdigest()[:32]


RUN: ContextVar[Run | None] = ContextVar("RUN", default=None)
"""The run of the job under way."""


@contextmanager
def run_of(row: JobRow) -> Iterator[None]:
    """What is done inside is the run of this row."""
    with run_named(f"{row.id:x}.{row.due:x}"):
        yield


@contextmanager
def run_named(name: str) -> Iterator[None]:
    """What is done inside sends under the same names whenever it is done again under ``name``:
    for what outlives the run that began it.
    """
    token = RUN.set(Run(name))
    try:
        yield
    finally:
        RUN.reset(token)


class Kind(NamedTuple):
    """One kind of job: its handler, the shape of its data, the seconds between runs where it is
    periodic (else 0), and which of several workers does it: who holds the lease ``at``, or with
    ``leases.ANY`` whoever claims it first.
    """

    handler: Handler[Any]
    shape: type[Job]
    every: int
    at: str = leases.JOBS


class Planned(NamedTuple):
    """Emitted with a row that was scheduled: the runner need not wait for its next look."""

    due: int


KINDS: dict[str, Kind] = {}
"""Kind -> what it does. Filled at import, read-only afterwards."""

UPGRADES: dict[tuple[str, int], Callable[[Data], Data]] = {}
"""(kind, version) -> what makes data of it data of the next version."""

_SCHEDULE = query(
    "insert into job (id, kind, key, due, data, tries) values (:id, :kind, :key, :due, :data, 0)"
    " on conflict (kind, key) where key <> ''"
    " do update set id = excluded.id, due = excluded.due, data = excluded.data, tries = 0",
    apart=("kind", "key"),
)
DONE = query("delete from job where id = :id and due = :due")
AGAIN = query("update job set due = :next, tries = :tries where id = :id and due = :due")
"""What the runner (``run/jobs.py``) writes of jobs that have run."""
PLANT = query(
    "insert into job (id, kind, key, due, data, tries) values (:id, :kind, :key, :due, :data, 0)"
    " on conflict (kind, key) where key <> '' do nothing"
)
CLAIM = either(
    sqlite="update job set worker = :worker, claim = id, until = unixepoch() * 1000 + :hold"
    " where id in (select id from job where due <= :now and kind in (:kinds) and (worker is null"
    " or claim <> id or until < unixepoch() * 1000) order by due limit :limit)"
    " returning id, kind, key, due, data, tries",
    postgres="update job set worker = :worker, claim = id, until = :hold"
    " + cast(extract(epoch from clock_timestamp()) * 1000 as bigint)"
    " where id in (select id from job where due <= :now and kind in (:kinds) and (worker is null"
    " or claim <> id or until < cast(extract(epoch from clock_timestamp()) * 1000 as bigint))"
    " order by due limit :limit for update skip locked)"
    " returning id, kind, key, due, data, tries",
    row=JobRow,
)
"""What is due and claimed by nobody is this worker's for ``hold`` milliseconds of the database's
time. Planned anew under its key a job has another id, and is free."""
KEEP: Query[Any] = either(
    sqlite="update job set until = unixepoch() * 1000 + :hold"
    " where id in (:ids) and worker = :worker and claim = id",
    postgres="update job set until = :hold"
    " + cast(extract(epoch from clock_timestamp()) * 1000 as bigint)"
    " where id in (:ids) and worker = :worker and claim = id",
    row=None,
)
FREE_OF_WORKERS = "update job set worker = null, claim = null where worker = any($1::bigint[])"
"""Of workers that are gone, beside the queries above (PostgreSQL)."""
FREE = query("update job set worker = null where id in (:ids) and worker = :worker")
_UNSCHEDULE = query(
    "delete from job where kind = :kind and key = :key and key <> ''",
    apart=("kind", "key"),
)


@overload
def job(
    what: type[J], *, every: int = 0, at: str = leases.JOBS
) -> Callable[[Handler[J]], Handler[J]]: ...


@overload
def job(
    what: str, *, every: int, at: str = leases.JOBS
) -> Callable[[Handler[Any]], Handler[Any]]: ...


def job(
    what: type[Job] | str, *, every: int = 0, at: str = leases.JOBS
) -> Callable[[Handler[Any]], Handler[Any]]:
    """Declare a job by its shape, or one without data by its kind. ``every`` (seconds) makes it
    periodic without anybody scheduling it. ``at``: which of several workers runs it
    (:class:`Kind`).
    """
    if at not in (*leases.NAMES, leases.ANY):
        raise RuntimeError(f"there is no lease {at!r}")
    kind, shape = (what, NoData) if isinstance(what, str) else (kind_of(what), what)

    def register(handler: Handler[Any]) -> Handler[Any]:
        if not kind or kind in KINDS:
            raise RuntimeError(f"job kind {kind!r} has no name or is declared twice")
        KINDS[kind] = Kind(handler, shape, every, at)
        return handler

    return register


def kind_of(shape: type[Job]) -> str:
    """The kind of job that has this shape."""
    return str(shape.__struct_config__.tag)


async def schedule(tx: Tx, work: Job, *, due: int, key: str = "") -> None:
    """Plan a run at ``due`` (Unix seconds). With a ``key``, a pending run of that key is
    replaced. Raises UnreadableJob where a value is not of its field's type: a bug of ours.
    """
    await _plan(tx, kind_of(type(work)), encode(work), due, key)


async def schedule_periodic(tx: Tx, kind: str, *, due: int, key: str) -> None:
    """Plan a run of a job whose data have no values."""
    await _plan(tx, kind, NO_DATA, due, key)


async def _plan(tx: Tx, kind: str, data: bytes, due: int, key: str) -> None:
    await tx.later(
        _SCHEDULE,
        id=int.from_bytes(os.urandom(8), "big") >> 1,
        kind=kind,
        key=key,
        due=due,
        data=data,
    )
    tx.emit(Planned(due))


async def unschedule(tx: Tx, shape: type[Job], key: str) -> None:
    """Forget the pending run of ``key``, if any."""
    await tx.later(_UNSCHEDULE, kind=kind_of(shape), key=key)


def encode(work: Job) -> bytes:
    """The data of a job as they are stored. Raises UnreadableJob."""
    shape = type(work)
    data = msgspec.to_builtins(work, builtin_types=(bytes,))
    del data[TAG]
    if shape.version > 1:
        data[VERSION] = shape.version
    _convert(shape, data)
    return _encode(data)


def decode(kind: str, stored: bytes) -> Job:
    """The data of a job of a known kind, of any version so far. Raises UnreadableJob."""
    shape = KINDS[kind].shape
    try:
        data = _decode(stored)
    except msgspec.DecodeError as error:
        raise UnreadableJob(f"job {kind}: {error}") from None
    version = data.get(VERSION, 1)
    if version not in range(1, shape.version + 1):
        raise UnreadableJob(f"job {kind} is of version {version}, not {shape.version}")
    while version < shape.version:
        data = UPGRADES[kind, version](data)
        version += 1
    return _convert(shape, data)


def _convert(shape: type[Job], data: Data) -> Job:
    try:
        return msgspec.convert({name: data[name] for name in data if name != TAG}, shape)
    except msgspec.ValidationError as error:
        raise UnreadableJob(f"job {kind_of(shape)}: {error}") from None
