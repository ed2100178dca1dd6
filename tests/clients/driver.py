"""Drives one client process from the test: one JSON object a line, in and out.

``await driver.call("send", peer=7, text="hi")`` writes ``{"do": "send", ...}`` to the process and
returns its answer. News the library pushed is fetched with ``events`` and kept in
:attr:`Driver.seen`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.clients import environments
from tests.kit.waiting import GUARD

Event = dict[str, Any]
LINE_LIMIT = 1 << 24


REFUSED_BY_TDLIB = {
    "CHATWRITEFORBIDDEN": (
        "Not enough rights to send text messages to the chat",
        "Have no write access to the chat",
    ),
    "CHATADMINREQUIRED": (
        "Need administrator rights in the channel chat",
        "Not enough rights to change chat title",
    ),
    "MESSAGEPOLLCLOSED": ("Can't answer closed poll",),
    "USERBANNEDINCHANNEL": ("Not enough rights to send text messages to the chat",),
    "CHATSENDPLAINFORBIDDEN": ("Not enough rights to send text messages to the chat",),
}
"""Error -> the words in which TDLib refuses by itself, without asking, what it knows of."""


class ClientFailed(AssertionError):
    """The library raised, or did not see what it should have.

    ``refusal`` is the server's error as the library names it, in letters only
    (``SLOWMODEWAIT``); ``seconds`` what a flood or slow mode error says.
    """

    def __init__(self, text: str, refusal: str = "", seconds: int = 0) -> None:
        super().__init__(text)
        self.refusal = letters(refusal)
        self.seconds = seconds


def letters(name: str) -> str:
    """``SLOWMODE_WAIT_X``, ``SLOWMODE_WAIT_%d`` and ``SlowModeWait`` alike: ``SLOWMODEWAIT``."""
    return re.sub(r"[^A-Z]", "", re.sub(r"_(X|%d)$", "", name).upper())


class Driver:
    """A client library in its own process."""

    def __init__(self, name: str, label: str, server: dict[str, Any], folder: Path) -> None:
        self.name = name
        self.label = label
        self.folder = folder
        self.seen: list[Event] = []
        """Every event since the last :meth:`forget`, oldest first."""
        self._server = server
        self._process: asyncio.subprocess.Process | None = None
        self._one_at_a_time = asyncio.Lock()

    async def start(self) -> None:
        """Start the process; it connects only when told to."""
        self.folder.mkdir(parents=True, exist_ok=True)
        settings = {**self._server, "client": self.name, "folder": str(self.folder)}
        settings["modules"] = str(environments.ENVIRONMENTS / self.name)
        environment = dict(os.environ, PYTHONUNBUFFERED="1")
        if self._server.get("certificate"):
            environment["NODE_EXTRA_CA_CERTS"] = str(self._server["certificate"])
        with (self.folder / f"{self.label}.log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *environments.command(self.name),
                json.dumps(settings),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                env=environment,
                limit=LINE_LIMIT,
            )

    @property
    def workers(self) -> int:
        """How many workers the server has."""
        return int(self._server.get("workers", 1))

    @property
    def _refuses_by_itself(self) -> bool:
        return self.name.startswith("tdlib")

    @property
    def started(self) -> bool:
        """Whether the process was started (it may have ended since)."""
        return self._process is not None

    async def call(self, do: str, timeout: float = 40.0, **arguments: Any) -> Any:
        """Ask the client to ``do`` something; its answer, or :class:`ClientFailed`."""
        process = self._process
        assert process is not None and process.stdin is not None and process.stdout is not None
        async with self._one_at_a_time:
            process.stdin.write(json.dumps({"do": do, **arguments}).encode() + b"\n")
            try:
                line = await asyncio.wait_for(process.stdout.readline(), timeout)
            except TimeoutError:
                raise ClientFailed(f"{self.label}: {do} did not answer in {timeout:g} s") from None
        if not line:
            raise ClientFailed(f"{self.label}: the client's process ended in {do}")
        answer = json.loads(line)
        if "error" in answer:
            raise ClientFailed(
                f"{self.label}: {do}: {answer['error']}",
                answer.get("refusal") or answer["error"],
                answer.get("seconds", 0),
            )
        return answer["ok"]

    async def refused(self, error: str, do: str, **arguments: Any) -> int:
        """``do`` must be refused with ``error``, and the library must know it for what it is;
        the seconds it names, if any.
        """
        try:
            answer = await self.call(do, **arguments)
        except ClientFailed as failure:
            if failure.refusal == letters(error):
                return failure.seconds
            own = REFUSED_BY_TDLIB.get(letters(error), ()) if self._refuses_by_itself else ()
            if failure.refusal in map(letters, own):
                return failure.seconds
            raise ClientFailed(f"{failure}; wanted {error}") from None
        raise ClientFailed(f"{self.label}: {do} gave {answer!r}; wanted {error}")

    async def expect(
        self, what: str, matches: Callable[[Event], bool], timeout: float = GUARD
    ) -> Event:
        """Wait until an event that ``matches`` was pushed to this client."""
        deadline = asyncio.get_running_loop().time() + timeout
        looked_at = 0
        while True:
            for event in self.seen[looked_at:]:
                if matches(event):
                    return event
            looked_at = len(self.seen)
            if asyncio.get_running_loop().time() > deadline:
                last = self.seen[-6:]
                raise ClientFailed(f"{self.label}: no {what} within {timeout:g} s; last: {last}")
            fresh = await self.call("events")
            self.seen += fresh
            if not fresh:
                await asyncio.sleep(0.03)

    async def settle(self, seconds: float = 0.3) -> None:
        """Take in what is still on its way."""
        await asyncio.sleep(seconds)
        self.seen += await self.call("events")

    async def forget(self) -> None:
        """Drop what was seen so far."""
        await self.call("events")
        self.seen.clear()

    async def ended(self) -> int:
        """Wait until the process has ended; its exit code (negative: the signal)."""
        assert self._process is not None
        return await asyncio.wait_for(self._process.wait(), 10)

    async def stop(self) -> None:
        """End the process: politely, then not."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        assert process.stdin is not None
        with contextlib.suppress(ConnectionError):
            process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), 8)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):  # it ended just now
                process.kill()
            await process.wait()
