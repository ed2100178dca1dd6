"""A real SMTP server that keeps what it is given."""

from __future__ import annotations

import asyncio
import multiprocessing
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from multiprocessing.connection import Connection
from typing import Any

from aiosmtpd.smtp import SMTP


class SmtpSink:
    """Mails by arrival. ``refuse`` makes the server answer 550 to every recipient, ``most`` has it
    take so many mails over one connection (0: any number), ``vanish`` makes it close a connection
    when it has taken a mail, without an answer, ``pause`` lets so many seconds pass before that.
    """

    def __init__(self) -> None:
        self.port = 0
        self.mails: list[EmailMessage] = []
        self.refuse = False
        self.vanish = False
        self.pause = 0.0
        self.most = 0
        self.answers = asyncio.Event()
        """Cleared, it has what it was given and says nothing."""
        self.answers.set()
        self.connections = 0
        self.quit = asyncio.Event()
        """Somebody left in order."""
        self.servers: list[SMTP] = []
        self.senders: list[str] = []
        """Where each mail returns to."""

    def drop(self) -> None:
        """Close every connection."""
        for server in self.servers:
            if server.transport is not None:
                server.transport.close()
        self.servers.clear()

    async def handle_QUIT(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.quit.set()
        return "221 Bye"

    async def handle_MAIL(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        session.mails = getattr(session, "mails", 0) + 1
        if self.most and session.mails > self.most:
            return "421 too many mails over one connection"
        envelope.mail_from = address
        self.senders.append(address)
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.refuse:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        await asyncio.sleep(self.pause)
        await self.answers.wait()
        if self.vanish:
            server.transport.close()
        return "250 OK"

    def text(self, number: int = -1) -> str:
        """The text of one mail."""
        return str(self.mails[number].get_content())


@asynccontextmanager
async def smtp_sink() -> AsyncIterator[SmtpSink]:
    """A sink on a free port of the loopback."""
    sink = SmtpSink()
    loop = asyncio.get_running_loop()

    def connected() -> SMTP:
        sink.connections += 1
        sink.servers.append(SMTP(sink, hostname="localhost", loop=loop))
        return sink.servers[-1]

    server = await loop.create_server(connected, "127.0.0.1", 0)
    sink.port = server.sockets[0].getsockname()[1]
    try:
        yield sink
    finally:
        server.close()
        sink.drop()


_TO = re.compile(rb"^To: *(\S+)", re.MULTILINE)


class FarSink:
    """A sink in a process of its own, whose work does not delay who sends: it counts."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self.port: int = pipe.recv()

    def taken(self) -> Counter[str]:
        """Address -> how many mails came for it."""
        self._pipe.send("taken")
        told: Counter[str] = self._pipe.recv()
        return told


@contextmanager
def far_sink() -> Iterator[FarSink]:
    """A sink in another process, on a free port of the loopback."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_count, args=(there,))
    process.start()
    try:
        yield FarSink(here)
    finally:
        process.terminate()
        process.join()


class _Counting:
    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        found = _TO.search(envelope.content)
        self.taken[found[1].decode() if found else ""] += 1
        return "250 OK"


def _count(pipe: Connection) -> None:
    async def serve() -> None:
        loop = asyncio.get_running_loop()
        counting = _Counting()
        server = await loop.create_server(
            lambda: SMTP(counting, hostname="localhost", loop=loop), "127.0.0.1", 0
        )
        pipe.send(server.sockets[0].getsockname()[1])

        def asked() -> None:
            pipe.recv()
            pipe.send(counting.taken)

        loop.add_reader(pipe.fileno(), asked)
        await asyncio.Event().wait()

    asyncio.run(serve())
