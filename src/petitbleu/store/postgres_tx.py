"""A transaction on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast

from petitbleu.metrics import histogram
from petitbleu.store.api import E
from petitbleu.store.fence import Fence
from petitbleu.store.forms import Form
from petitbleu.store.later import Later
from petitbleu.store.once import CLAIM, TAKE, Claim, Repeated
from petitbleu.store.query import Query
from petitbleu.store.stamps import Gathered, Told

R = TypeVar("R")


_BATCH_SIZE = histogram(
    "batch_size",
    "Hot writes that went to PostgreSQL together",
    (1, 2, 4, 8, 16, 32, 64, 128, 256),
)
_BATCH_SECONDS = histogram(
    "batch_seconds", "Time of such a batch: waiting for its locks, writing, committing"
)


def note_batch(items: int, seconds: float) -> None:
    """Count a batch that was committed."""
    _BATCH_SIZE.observe(items)
    _BATCH_SECONDS.observe(seconds)


class PostgresTx:
    """A transaction on one connection. It begins with the first statement that writes: in READ
    COMMITTED each read has a snapshot of its own, and one write needs no ``begin`` and ``commit``.
    """

    __slots__ = (
        *("_conn", "_later", "_open", "_stamps"),
        *("claim", "committing", "emits", "form", "last", "told"),
    )

    def __init__(self, conn: Any, *, stamping: bool = False) -> None:
        self.claim: Claim | None = None
        """The call that this transaction is the effect of, and how its result is kept."""
        self.form: Form[Any] | None = None
        self.committing = False
        """Whether a statement was sent that may have committed it."""
        self._conn = conn
        self._stamps = Gathered() if stamping else None
        self.told: list[Told] = []
        """What other workers are to hear, once the commit has begun."""
        self._later = Later()
        self._open: Any = None
        self.emits: list[object] = []
        self.last: dict[str, Any] = {}

    async def rows(self, query: Query[R], /, **params: Any) -> list[R]:
        await self._before(query)
        if self._stamps is not None and query.stamps:
            self._stamps.note(query, params)
        return list(
            map(query.make, await self._conn.fetch(query.postgres, *query.bind_postgres(params)))
        )

    async def row(self, query: Query[R], /, **params: Any) -> R | None:
        await self._before(query)
        if self._stamps is not None and query.stamps:
            self._stamps.note(query, params)
        record = await self._conn.fetchrow(query.postgres, *query.bind_postgres(params))
        return None if record is None else query.make(record)

    async def run(self, query: Query[Any], /, **params: Any) -> int:
        await self._before(query)
        status = await self._conn.execute(query.postgres, *query.bind_postgres(params))
        # "UPDATE 3", "INSERT 0 1": the count stands last; statements without one say a word.
        count = status.rpartition(" ")[2]
        if self._stamps is not None and query.stamps and count != "0":
            self._stamps.note(query, params)
        return int(count) if count.isdigit() else -1

    async def many(self, query: Query[Any], params: Iterable[dict[str, Any]], /) -> None:
        await self._before(query)
        await self._begin()
        if self._stamps is not None and query.stamps:
            params = list(params)
            for each in params:
                self._stamps.note(query, each)
        await self._conn.executemany(query.postgres, [query.bind_postgres(each) for each in params])

    async def later(self, query: Query[Any], /, **params: Any) -> None:
        if self._later and not self._later.fits(query, params):
            await self.settle()
        self._later.add(query, params)
        if self._stamps is not None and query.stamps:
            self._stamps.note(query, params)

    async def _before(self, query: Query[Any]) -> None:
        if self._later and self._later.concerns(query):
            await self.settle()
        if query.writes:
            await self._begin()

    async def stand(self, under: Fence) -> None:
        """Begin, with the question whether ``under`` still stands. Raises Fenced."""
        await self._begin()
        await under.check(self._conn)

    async def _begin(self) -> None:
        if self._open is None:
            begun = self._conn.transaction()
            await begun.start()
            self._open = begun

    async def settle(self) -> None:
        """Send what waits."""
        if self._later:
            await self._begin()
            await self._send()

    async def _send(self) -> None:
        statement, values = self._later.take()
        await self._conn.execute(statement, *values)

    async def commit(self) -> None:
        """Send what waits and end the transaction; where all of it is one statement, in one."""
        if self._stamps is not None and self._stamps.rooms:
            await self.settle()
            await self._begin()
            numbers = await self._stamps.bump(self._conn)
            # Until the commit is answered nobody knows: to forget in vain costs a read.
            self.told = self._stamps.told({})
            await self._end()
            self.told = self._stamps.told(numbers)
            return
        if self._later:
            self.committing = self._open is None  # then it is a transaction by itself
            await self._send()
        await self._end()

    async def _end(self) -> None:
        if self._open is not None:
            open_, self._open = self._open, None
            self.committing = True
            await open_.commit()
        if self.claim is not None:
            self.claim.taken = True

    async def roll_back(self) -> None:
        """Undo what was written."""
        if self._open is not None:
            open_, self._open = self._open, None
            await open_.rollback()

    def emit(self, emit: object, /) -> None:
        self.emits.append(emit)

    async def once(self, form: Form[Any] | None = None) -> None:
        claim = CLAIM.get()
        if self._stamps is None or claim is None or claim.taken:
            return
        given = {"auth": claim.auth, "session": claim.session, "msg_id": claim.msg_id}
        if not await self.run(TAKE, at=claim.at, **given):
            raise Repeated(claim, form)
        self.claim, self.form = claim, form

    def before_commit(self, name: str, make: Callable[[], E], /) -> E:
        earlier = self.last.get(name)
        if earlier is None:
            earlier = self.last[name] = make()
        return cast("E", earlier)

    async def finish(self) -> None:
        """Run what was left for the end."""
        for each in list(self.last.values()):
            await each.finish(self)
