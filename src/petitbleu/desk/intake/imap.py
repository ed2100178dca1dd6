"""An IMAP mailbox read by a thread: looked at every so often, at once where IDLE is offered.

A letter is marked as seen only when it is on disk, and how far the mailbox was read is kept in the
database: a lost connection or a kill repeats the last letter at most, and the same bytes twice are
one. At first everything unread is taken; afterwards all that is newer than what was taken last.
Where the server gives its folder a new UIDVALIDITY, reading begins anew (RFC 3501 §2.3.1.1).
"""

from __future__ import annotations

import asyncio
import re
import ssl
import threading
import time
from concurrent.futures import Future
from typing import Any

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted

from petitbleu import leases
from petitbleu.app import App
from petitbleu.config import Imap
from petitbleu.desk.intake import queries as q
from petitbleu.desk.intake import service
from petitbleu.desk.intake.queries import MailboxRow
from petitbleu.domain.publishing.newsletter import service as newsletter
from petitbleu.store.api import Tx

_CONNECT_SECONDS = 30
_LOOK_SECONDS = 2
_PAUSES = (5, 15, 60, 300)
"""Seconds before connecting again, after the first, second … failure."""


class ImapDoor:
    """The thread that reads one mailbox."""

    def __init__(self, app: App, config: Imap) -> None:
        self._app = app
        self._config = config
        self._loop = asyncio.get_running_loop()
        self._over = threading.Event()
        self._name = f"{config.username}@{config.host}/{config.folder}"
        self._thread = threading.Thread(target=self._run, name="imap", daemon=True)
        self._thread.start()

    async def stop(self) -> None:
        """Read nothing more; what is being taken is taken to its end."""
        self._over.set()
        await asyncio.to_thread(self._thread.join, _CONNECT_SECONDS)

    # ── in the thread ───────────────────────────────────────────────────────────────────────────

    def _run(self) -> None:
        failures = 0
        while not self._over.is_set():
            try:
                with self._connected() as mailbox:
                    failures = 0
                    while not self._over.is_set():
                        self._read(mailbox)
                        self._wait(mailbox)
            except Exception as error:  # of whatever kind: connect again
                pause = _PAUSES[min(failures, len(_PAUSES) - 1)]
                failures += 1
                self._loop.call_soon_threadsafe(self._say, error, pause)
                self._over.wait(pause)

    def _say(self, error: Exception, pause: int) -> None:
        self._app.log.warning(
            "mailbox not read", host=self._config.host, reason=repr(error), again_in=pause
        )

    def _connected(self) -> BaseMailBox:
        config = self._config
        mailbox: BaseMailBox
        if config.security == "none":
            mailbox = MailBoxUnencrypted(config.host, config.port, timeout=_CONNECT_SECONDS)
        elif config.security == "starttls":
            mailbox = MailBoxStartTls(
                config.host, config.port, timeout=_CONNECT_SECONDS,
                ssl_context=ssl.create_default_context(),
            )  # fmt: skip
        else:
            mailbox = MailBox(
                config.host, config.port, timeout=_CONNECT_SECONDS,
                ssl_context=ssl.create_default_context(),
            )  # fmt: skip
        return mailbox.login(config.username, config.password, initial_folder=config.folder)

    def _read(self, mailbox: BaseMailBox) -> None:
        """Take all that is new, oldest first."""
        mailbox.client.noop()  # some servers look at their folder only when asked to
        _announced(mailbox)  # what comes from here on is told in `_wait`
        validity = mailbox.folder.status(self._config.folder, ["UIDVALIDITY"])["UIDVALIDITY"]
        known = self._ask(self._known())
        if known is None or known.uidvalidity != validity:
            known = None
        criteria = "UNSEEN" if known is None else f"UID {known.uid + 1}:*"
        newest = known.uid if known is not None else 0
        for uid in sorted(int(one) for one in mailbox.uids(criteria)):
            if self._over.is_set():
                return
            if uid <= newest:  # “n:*” always names the newest
                continue
            raw = _fetch(mailbox, uid)
            if raw:  # else somebody took it away meanwhile
                self._ask(self._take(raw, validity, uid))
                mailbox.flag(str(uid), ["\\Seen"], True)

    def _wait(self, mailbox: BaseMailBox) -> None:
        """Until something may have come."""
        if "IDLE" not in mailbox.client.capabilities:
            self._over.wait(self._config.seconds)
            return
        # Also then it is looked again after the pause: what the server says in the very moment IDLE
        # begins can lie in a buffer of the library, where nobody sees it.
        until = time.monotonic() + self._config.seconds
        mailbox.idle.start()  # type: ignore[no-untyped-call]
        try:
            if _announced(mailbox):  # it came between looking and waiting
                return
            while not self._over.is_set() and (began := time.monotonic()) < until:
                if mailbox.idle.poll(timeout=_LOOK_SECONDS):
                    break
                if time.monotonic() - began < _LOOK_SECONDS / 2:
                    # The library says of a connection that ended only that nothing came.
                    raise OSError("the connection ended")
        finally:
            mailbox.idle.stop()  # type: ignore[no-untyped-call]

    def _ask(self, work: Any) -> Any:
        future: Future[Any] = asyncio.run_coroutine_threadsafe(work, self._loop)
        return future.result()

    # ── on the loop ─────────────────────────────────────────────────────────────────────────────

    async def _known(self) -> MailboxRow | None:
        return await self._app.store.row(q.MAILBOX, name=self._name)

    async def _take(self, raw: bytes, validity: int, uid: int) -> None:
        with self._app.leases.under(leases.MAIL):
            await self._keep(raw, validity, uid)

    async def _keep(self, raw: bytes, validity: int, uid: int) -> None:
        app = self._app
        if not await newsletter.take(app, raw, newsletter.recipients_of(raw)):
            stored = await service.store(app, raw, channel="imap")
            app.spawn(service.work(app, stored.id, again=stored.again))
        await app.store.write(_read_to, self._name, validity, uid)


async def _read_to(tx: Tx, name: str, validity: int, uid: int) -> None:
    await tx.run(q.MAILBOX_SET, name=name, uidvalidity=validity, uid=uid)


def _announced(mailbox: BaseMailBox) -> bool:
    """Whether the server said since the last call that the folder has grown (RFC 3501 §7.3.1)."""
    return mailbox.client.response("EXISTS")[1] != [None]


def _fetch(mailbox: BaseMailBox, uid: int) -> bytes:
    """The raw letter, without marking it."""
    status, parts = mailbox.client.uid("fetch", str(uid), "(BODY.PEEK[])")
    if status != "OK":
        raise OSError(f"FETCH answered {status}")
    for part in parts:
        if isinstance(part, tuple) and re.search(rb"BODY\[\]", part[0]):
            return bytes(part[1])
    return b""


def start(app: App, config: Imap) -> ImapDoor:
    """Read a mailbox from now on. Connecting is tried again for ever, with a line in the log."""
    return ImapDoor(app, config)
