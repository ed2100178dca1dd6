"""Outgoing mail by SMTP: the implementation of ``app.Mail``. A leaf.

One connection per mail: an instance sends a few an hour, and a held connection is one more thing
that can be stale. Nothing of a mail is ever logged.
"""

from __future__ import annotations

from collections.abc import Mapping
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid, parseaddr

from petitbleu.config import Smtp

SECONDS = 30.0
"""Time for a whole delivery."""


class SmtpMail:
    """Sends through the server of ``[smtp]``."""

    __slots__ = ("_domain", "_sender", "_smtp")

    def __init__(self, smtp: Smtp) -> None:
        self._smtp = smtp
        name, address = parseaddr(smtp.sender or f"petitbleu@{smtp.host}")
        self._domain = address.rpartition("@")[2]
        self._sender = Address(name, addr_spec=address)

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
        message["Message-ID"] = make_msgid(domain=self._domain)
        # No out-of-office answer to a machine (RFC 3834).
        message["Auto-Submitted"] = "auto-generated"
        for name, value in (headers or {}).items():
            message[name] = value
        message.set_content(text)
        await self._deliver(message, to)

    async def post(self, message: bytes, to: str) -> str:
        """Hand a complete message to the server, with our sender where it names none.

        Returns what the server answered. Raises OSError where it did not take it.
        """
        parsed = message_from_bytes(message, policy=SMTP)
        if "From" not in parsed:
            parsed["From"] = self._sender
        return await self._deliver(parsed, to)

    async def _deliver(self, message: EmailMessage, to: str) -> str:
        import aiosmtplib  # 40 ms that a server without mail does not need

        smtp = self._smtp
        try:
            _, answer = await aiosmtplib.send(
                message,
                sender=self._sender.addr_spec,
                recipients=[to],
                hostname=smtp.host,
                port=smtp.port,
                username=smtp.username or None,
                password=smtp.password or None,
                use_tls=smtp.security == "tls",
                start_tls=smtp.security == "starttls",
                timeout=SECONDS,
            )
        except (aiosmtplib.SMTPException, ValueError) as error:
            raise OSError(
                f"the mail server did not take the mail: {type(error).__name__}"
            ) from error
        return answer
