"""The store's narrow interface: all that rooms know of a database.

Reads go through :class:`Store`, every write through :meth:`Store.write`: a transaction function
``async def change(tx, ...)`` that awaits nothing but ``tx``. Its result and its *emits* (what the
rest of the process is told) exist only after the commit is on disk.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar

from petitbleu.store.forms import Form
from petitbleu.store.query import Query
from petitbleu.store.stamps import Told

R = TypeVar("R")
T = TypeVar("T")
I = TypeVar("I")  # noqa: E741 - the item of a batch
P = ParamSpec("P")


class Conflict(Exception):
    """A unique rule refused a row. It ends the transaction: catch it around ``write``, not inside.

    Inside a transaction use ``on conflict do nothing`` and look at the number of rows changed.
    """


class Reader(Protocol):
    """Anything that can run a read: the store itself or an open transaction."""

    async def rows(self, query: Query[R], /, **params: Any) -> list[R]:
        """All rows, as the query's NamedTuple type."""
        ...

    async def row(self, query: Query[R], /, **params: Any) -> R | None:
        """The first row, or None."""
        ...


class Tx(Reader, Protocol):
    """An open transaction. Awaiting anything else inside a transaction function raises."""

    async def run(self, query: Query[Any], /, **params: Any) -> int:
        """Execute; the number of rows changed."""
        ...

    async def many(self, query: Query[Any], params: Iterable[dict[str, Any]], /) -> None:
        """Execute once per mapping."""
        ...

    async def later(self, query: Query[Any], /, **params: Any) -> None:
        """Execute a plain insert, update or delete whose result nobody needs.

        As if at once, except that locks and errors come later, at the latest before the commit:
        PostgreSQL gets several of them in one statement (``store/later.py``).
        """
        ...

    def emit(self, emit: object, /) -> None:
        """Hand ``emit`` to the store's listener after commit, in commit order.

        Dropped on rollback.
        """
        ...

    async def once(self, form: Form[Any] | None = None) -> None:
        """The call that runs creates something from here on: see ``store/once.py``. ``form``: how
        the result of the transaction is kept. Raises ``once.Repeated`` where it has been done.
        """
        ...

    def before_commit(self, name: str, make: Callable[[], E], /) -> E:
        """What is to be run inside this transaction once its function has returned: an object with
        a method ``finish(tx)``, made at the first call with this name, given back at the others.
        """
        ...


class Finish(Protocol):
    """Something a transaction runs before it commits."""

    async def finish(self, tx: Tx, /) -> None:
        """Write what is left to be written."""
        ...


E = TypeVar("E", bound=Finish)


class BatchOp(Generic[I, T]):
    """A hot statement that serves many waiting callers in one round trip (``store/hot/``).

    ``name`` is for metrics. ``sqlite`` runs on the writer thread inside a savepoint, ``postgres``
    on one connection in a transaction; both take a list of items and return one result each, same
    order, plus the emits of each. A result that is an Exception is raised to that caller alone.
    ``background``: as in :meth:`Store.background`. ``again``: an item that is run a second time has
    one effect, so that the batch is run again after a lost connection. ``postgres_few`` is tried
    before ``postgres``, on a connection without a transaction: None where the batch is none for it
    and nothing was written.
    """

    __slots__ = ("again", "background", "name", "postgres", "postgres_few", "sqlite")

    def __init__(
        self,
        name: str,
        sqlite: Callable[[Any, Sequence[I]], list[tuple[T, Sequence[object]]]],
        postgres: Callable[[Any, Sequence[I]], Awaitable[list[tuple[T, Sequence[object]]]]],
        *,
        background: bool = False,
        again: bool = False,
        postgres_few: Callable[
            [Any, Sequence[I]], Awaitable[list[tuple[T, Sequence[object]]] | None]
        ]
        | None = None,
    ) -> None:
        self.name = name
        self.background = background
        self.again = again
        self.sqlite = sqlite
        self.postgres = postgres
        self.postgres_few = postgres_few


class Store(Reader, Protocol):
    """A database: SQLite in this process, or PostgreSQL."""

    dialect: str
    """``"sqlite"`` or ``"postgres"``."""

    place: str
    """Where it is, for a process that only reads (``store/reading.py``): the path of the SQLite
    file, or the URL of PostgreSQL.
    """

    @property
    def writing(self) -> int:
        """Writes of people under way. Their thread needs the interpreter that the event loop
        holds, or another process has an answer that the event loop has to fetch: long work waits.
        """
        ...

    changes: int
    """Moves with every transaction that ended, after its commit and before its caller is answered
    and anybody told: while it stands still, what was read since still holds.
    """

    def changed(self) -> None:
        """Move :attr:`changes`: somebody else has written, in another process for one."""
        ...

    async def write(
        self, change: Callable[Concatenate[Tx, P], Awaitable[T]], /, *args: P.args, **kw: P.kwargs
    ) -> T:
        """Run ``change(tx, ...)`` in a transaction; return after the commit is durable.

        Raises what ``change`` raised (rolled back, nothing emitted), or StoreUnavailable.
        """
        ...

    async def background(
        self, change: Callable[Concatenate[Tx, P], Awaitable[T]], /, *args: P.args, **kw: P.kwargs
    ) -> T:
        """:meth:`write` for what nobody waits for at a screen: the writes of people go first, and
        it has its share of the database whatever they do. As durable, once it returns.
        """
        ...

    async def batch(self, op: BatchOp[I, T], item: I, /) -> T:
        """Join the running batch of ``op``; return after its commit is durable."""
        ...

    async def scan(self, query: Query[R], /, **params: Any) -> list[R]:
        """Like ``rows`` for reads that may be long (search, export): never on the event loop."""
        ...

    def listen(self, listener: Callable[[list[object]], None]) -> None:
        """Set the one receiver of emits; called on the event loop, in commit order."""
        ...

    def on_repeated(self, callback: Callable[[list[tuple[Any, Any]]], None]) -> None:
        """Have ``callback`` called with items of a batch that was run again after a lost connection
        and their results: what was on disk already has announced nothing.
        """
        ...

    def on_reconnected(self, callback: Callable[[], None]) -> None:
        """Have ``callback`` called on the loop once the database is there again after it was away;
        after a failover, what was written without waiting for its commit may be missing.
        """
        ...

    def on_stamps(self, tell: Callable[[list[Told]], None]) -> None:
        """From now on this process is one of several: transactions stamp what they change
        (``store/stamps.py``), and ``tell`` is called with it after each commit.
        """
        ...

    def on_taken(self, callback: Callable[[str], None]) -> None:
        """Have ``callback`` called with a sentence for the operator once another process has taken
        the database over: this one can write no more and has to end.
        """
        ...

    async def close(self) -> None:
        """Finish what is queued, close connections and threads."""
        ...
