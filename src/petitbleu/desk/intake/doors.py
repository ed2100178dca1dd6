"""The doors of a serving instance: SMTP for the operator's mail server, and the IMAP mailbox."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from petitbleu import leases
from petitbleu.app import App
from petitbleu.desk.reference.law import service as law

if TYPE_CHECKING:
    from petitbleu.desk.intake.imap import ImapDoor

_QUIET_SECONDS = 10
"""Holidays are fetched when the start is over: a letter that comes earlier fetches them itself."""


async def open(app: App) -> Callable[[], Awaitable[None]]:
    """Open what is configured; what is returned closes it. Raises OSError where it cannot."""
    config = app.config.desk
    doors = AsyncExitStack()
    preparing = asyncio.create_task(_prepare(app), name="desk.intake.prepare")
    doors.callback(preparing.cancel)
    if config.smtp_listen:
        from petitbleu.desk.intake import smtp_in  # only where it is used: 60 ms

        doors.push_async_callback((await smtp_in.start(app, config.smtp_listen)).stop)
    if config.imap.host:
        doors.push_async_callback(_Mailbox(app).stop)
    return doors.aclose


class _Mailbox:
    """The IMAP mailbox, read while this worker has the lease."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._door: ImapDoor | None = None
        app.leases.follow(leases.MAIL, self._begin, self._end)

    def _begin(self) -> None:
        from petitbleu.desk.intake import imap  # only where it is used

        self._door = imap.start(self._app, self._app.config.desk.imap)

    def _end(self) -> None:
        self._app.spawn(self.stop())

    async def stop(self) -> None:
        """Read nothing more."""
        door, self._door = self._door, None
        if door is not None:
            await door.stop()


async def _prepare(app: App) -> None:
    """Reports and notices open cases inside transactions that cannot wait for holidays."""
    await asyncio.sleep(_QUIET_SECONDS)
    await law.ready(app)
