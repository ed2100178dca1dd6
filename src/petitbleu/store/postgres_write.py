"""One write on PostgreSQL, run as often as it takes.

A transaction that met a deadlock is run again at once; one whose connection was lost, as soon as
there is another (after a failover it leads to the new primary). Only where the answer to a commit
was lost nobody knows whether it took place. Calls that create something are known by their name
(``store/once.py``): a second run finds what the first one did, and has its result. Others are told.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeVar, cast

from petitbleu.store.fence import Fence
from petitbleu.store.forms import Form
from petitbleu.store.once import ANSWERED, FIND, Repeated, effect, read_effect
from petitbleu.store.postgres_errors import Lost
from petitbleu.store.postgres_tx import PostgresTx
from petitbleu.store.stamps import Told

T = TypeVar("T")

PAUSE, MOST_PAUSE = 0.02, 0.5
"""Seconds between two tries: doubled from one to the next."""


async def repeated_until_connected(
    run: Callable[[], Awaitable[T]],
    seconds: float,
    may: Callable[[], bool] = lambda: True,
) -> T:
    """``run``, again after a lost connection, for so many seconds, as long as it ``may`` be.

    Raises Lost.
    """
    end = time.monotonic() + seconds
    pause = PAUSE
    while True:
        try:
            return await run()
        except Lost:
            if not may() or time.monotonic() + pause > end:
                raise
        await asyncio.sleep(pause)
        pause = min(MOST_PAUSE, pause * 2)


class Write(Generic[T]):
    """A transaction function with its arguments (``change``), and what its runs came to."""

    __slots__ = ("_change", "_mark", "_outcome", "_stamped", "_tx", "_under")

    def __init__(
        self,
        change: Callable[[Any], Awaitable[T]],
        under: Fence | None,
        stamped: Callable[[list[Told]], None] | None,
    ) -> None:
        self._change = change
        self._under = under
        self._stamped = stamped
        self._tx: PostgresTx | None = None
        self._mark = b""
        self._outcome: tuple[T, list[object]] | None = None
        """What a run would have given whose commit was begun, and the mark it left."""

    async def run(self, conn: Any) -> tuple[T, list[object]]:
        """Once on ``conn``: the result and the emits."""
        tx = self._tx = PostgresTx(conn, stamping=self._stamped is not None)
        try:
            if self._under is not None:
                await tx.stand(self._under)
            result = await self._change(tx)
            if tx.last:
                await tx.finish()
            if tx.claim is not None and tx.form is not None:
                await self._keep(tx, tx.form, result)
            await tx.commit()
        except Repeated as repeated:
            await tx.roll_back()
            return await self._first(conn, repeated)
        except BaseException:
            await tx.roll_back()
            raise
        finally:
            if tx.told and self._stamped is not None:
                self._stamped(tx.told)
        return result, tx.emits

    async def until_done(
        self,
        repeat: Callable[[Callable[[Any], Awaitable[Any]]], Awaitable[Any]],
        seconds: float,
        is_open: Callable[[], bool],
    ) -> tuple[T, list[object]]:
        """By ``repeat``, which runs it on a connection; again on others for so many seconds where
        one was lost. Raises what a transaction raises, Lost and Repeated.
        """

        async def once() -> tuple[T, list[object]]:
            self._tx = None  # nothing of it has been run on this connection
            result: tuple[T, list[object]] = await repeat(self.run)
            return result

        return await repeated_until_connected(
            once, seconds, lambda: is_open() and self._may_run_again()
        )

    def _may_run_again(self) -> bool:
        """Whether a run that lost its connection has changed nothing, or will be recognised."""
        return self._tx is None or not self._tx.committing or self._outcome is not None

    async def _keep(self, tx: PostgresTx, form: Form[Any], result: T) -> None:
        claim = tx.claim
        assert claim is not None
        self._mark = os.urandom(8)
        self._outcome = result, tx.emits
        value = effect(self._mark, form.encode(result))
        await tx.later(
            ANSWERED, auth=claim.auth, session=claim.session, msg_id=claim.msg_id, value=value
        )

    async def _first(self, conn: Any, repeated: Repeated) -> tuple[T, list[object]]:
        """What the run gave that had the effect. Raises Repeated where another worker has had it,
        which is to be waited for.
        """
        claim, form = repeated.claim, repeated.form
        named = {"auth": claim.auth, "session": claim.session, "msg_id": claim.msg_id}
        row = await conn.fetchrow(FIND.postgres, *FIND.bind_postgres(named))
        found = read_effect(row["value"]) if row is not None and row["value"] else None
        if found is None or form is None:
            raise repeated
        mark, value = found
        if self._outcome is not None and mark == self._mark:
            claim.taken = True
            return self._outcome
        if not claim.ended:
            raise repeated
        claim.taken = True
        return cast("T", form.decode(value)), []
