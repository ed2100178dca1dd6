"""The doors of a serving instance: SMTP for the operator's mail server, and the IMAP mailbox."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

from petitbleu.app import App


async def open(app: App) -> Callable[[], Awaitable[None]]:
    """Open what is configured; what is returned closes it. Raises OSError where it cannot."""
    config = app.config.desk
    doors = AsyncExitStack()
    if config.smtp_listen:
        from petitbleu.desk.intake import smtp_in  # only where it is used: 60 ms

        doors.push_async_callback((await smtp_in.start(app, config.smtp_listen)).stop)
    if config.imap.host:
        from petitbleu.desk.intake import imap

        doors.push_async_callback(imap.start(app, config.imap).stop)
    return doors.aclose
