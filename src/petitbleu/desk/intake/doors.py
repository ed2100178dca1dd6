"""The doors of a serving instance: SMTP for the operator's mail server, and the IMAP mailbox."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

from petitbleu.app import App
from petitbleu.desk.reference.law import service as law

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
        from petitbleu.desk.intake import imap

        doors.push_async_callback(imap.start(app, config.imap).stop)
    return doors.aclose


async def _prepare(app: App) -> None:
    """Reports and notices open cases inside transactions that cannot wait for holidays."""
    await asyncio.sleep(_QUIET_SECONDS)
    await law.ready(app)
