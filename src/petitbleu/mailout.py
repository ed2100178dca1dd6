"""Outgoing mail by SMTP: the implementation of ``app.Mail``. A leaf.

A connection is kept for the next mail for some seconds: letters out come in rows, and opening one
costs more than a mail. One that was kept is asked (RSET) before a mail is given to it, so that one
the server has closed meanwhile costs no mail. Nothing of a mail is ever logged.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from contextlib import suppress
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid, parseaddr
from typing import TYPE_CHECKING

from petitbleu.config import Smtp
from petitbleu.errors import MailRefused
from petitbleu.jobs import RUN

if TYPE_CHECKING:
    import aiosmtplib

SECONDS = 30.0
"""Time for each answer of the server."""
KEPT_SECONDS = 10.0
"""How long a connection waits for another mail. Servers close one after a minute or more."""
ASK_SECONDS = 5.0
"""Time for a kept connection to say that it is still there."""

_PLAIN = SMTP.clone(cte_type="7bit")
_FROM = re.compile(rb"^from[ \t]*:", re.IGNORECASE | re.MULTILINE)
_END = re.compile(rb"\r?\n\r?\n")
_CLOSING = 421
"""RFC 5321 §3.8: the server closes the connection and has taken nothing."""


class SmtpMail:
    """Sends through the server of ``[smtp]``."""

    __slots__ = ("_domain", "_ending", "_kept", "_sender", "_smtp", "_timer")

    def __init__(self, smtp: Smtp) -> None:
        self._smtp = smtp
        name, address = parseaddr(smtp.sender or f"petitbleu@{smtp.host}")
        self._domain = address.rpartition("@")[2]
        self._sender = Address(name, addr_spec=address)
        self._kept: aiosmtplib.SMTP | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._ending: asyncio.Task[None] | None = None

    async def send(
        self, to: str, subject: str, text: str, *, headers: Mapping[str, str] | None = None
    ) -> None:
        """Hand one mail to the server, with more ``headers``. Raises OSError where it did not take
        it.
        """
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = Address(addr_spec=to)
        message["Subject"] = subject
        message["Date"] = formatdate()
        run = RUN.get()
        # A job that another worker does again sends the same mail, not a second one.
        message["Message-ID"] = (
            f"<{run.key(to)}@{self._domain}>" if run else make_msgid(domain=self._domain)
        )
        # No out-of-office answer to a machine (RFC 3834).
        message["Auto-Submitted"] = "auto-generated"
        for name, value in (headers or {}).items():
            message[name] = value
        message.set_content(text)
        await self._deliver(message, to)

    async def post(self, message: bytes, to: str, *, sender: str = "") -> str:
        """Hand a complete message to the server, with our sender where it names none. ``sender``:
        the envelope's (RFC 5321 §3.3); empty: ours.

        Returns what the server answered. Raises MailRefused, OSError where it did not take it.
        """
        if not message.isascii():  # how its parts are encoded depends on the server: rare
            parsed = await asyncio.to_thread(message_from_bytes, message, policy=_PLAIN)
            if "From" not in parsed:
                parsed["From"] = self._sender
            return await self._deliver(parsed, to, sender)
        end = _END.search(message)
        if not _FROM.search(message, 0, end.start() if end else len(message)):
            message = self._from() + message
        return await self._deliver(message, to, sender)

    def _from(self) -> bytes:
        header = SMTP.header_factory("From", self._sender)
        return str(header.fold(policy=_PLAIN)).encode("ascii")

    async def close(self) -> None:
        """End the kept connection, in order."""
        self._leave()
        if self._ending is not None:
            await self._ending

    async def _deliver(self, message: EmailMessage | bytes, to: str, sender: str = "") -> str:
        import aiosmtplib  # 40 ms that a server without mail does not need

        try:
            smtp = await self._still_there()
            if smtp is not None:
                try:
                    return await self._hand(smtp, message, to, sender)
                except aiosmtplib.SMTPResponseException as error:
                    if error.code != _CLOSING:
                        raise
            return await self._hand(await self._connect(), message, to, sender)
        except aiosmtplib.SMTPRecipientsRefused as error:
            (first, *_) = error.recipients
            kind = type(error).__name__
            raise MailRefused(first.code, first.message, recipient=True, kind=kind) from error
        except aiosmtplib.SMTPResponseException as error:
            kind = type(error).__name__
            raise MailRefused(error.code, error.message, recipient=False, kind=kind) from error
        except (aiosmtplib.SMTPException, ValueError) as error:
            raise OSError(
                f"the mail server did not take the mail: {type(error).__name__}"
            ) from error

    async def _hand(
        self, smtp: aiosmtplib.SMTP, message: EmailMessage | bytes, to: str, sender: str
    ) -> str:
        """One mail over an open connection, which is kept where all went well."""
        sender = sender or self._sender.addr_spec
        try:
            if isinstance(message, bytes):
                _, answer = await smtp.sendmail(sender, [to], message)
            else:
                _, answer = await smtp.send_message(message, sender=sender, recipients=[to])
        except BaseException:
            smtp.close()
            raise
        self._keep(smtp)
        return answer

    async def _connect(self) -> aiosmtplib.SMTP:
        import aiosmtplib

        smtp = self._smtp
        connection = aiosmtplib.SMTP(
            hostname=smtp.host,
            port=smtp.port,
            username=smtp.username or None,
            password=smtp.password or None,
            use_tls=smtp.security == "tls",
            start_tls=smtp.security == "starttls",
            timeout=SECONDS,
        )
        await connection.connect()
        return connection

    async def _still_there(self) -> aiosmtplib.SMTP | None:
        """The kept connection, for the caller alone, if it still answers."""
        import aiosmtplib

        smtp = self._take()
        if smtp is None:
            return None
        try:
            await smtp.rset(timeout=ASK_SECONDS)
        except (aiosmtplib.SMTPException, OSError):
            smtp.close()
            return None
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _take(self) -> aiosmtplib.SMTP | None:
        smtp, self._kept = self._kept, None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        return smtp

    def _keep(self, smtp: aiosmtplib.SMTP) -> None:
        """Keep one connection, the one used last."""
        self._leave()
        self._kept = smtp
        self._timer = asyncio.get_running_loop().call_later(KEPT_SECONDS, self._leave)

    def _leave(self) -> None:
        smtp = self._take()
        if smtp is not None:
            self._ending = asyncio.create_task(_quit(smtp))


async def _quit(smtp: aiosmtplib.SMTP) -> None:
    import aiosmtplib

    with suppress(aiosmtplib.SMTPException, OSError):
        await smtp.quit(timeout=ASK_SECONDS)
    smtp.close()
