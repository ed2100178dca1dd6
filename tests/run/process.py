"""The program as a process: commands, and a server on a port of its own choice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from petitbleu.keys import RsaKeys
from petitbleu.run import start_text
from petitbleu.tl import api, codec
from tests.gateway.wire import Client, Tcp, exchange
from tests.kit.waiting import GUARD

COMMAND = [sys.executable, "-c", "from petitbleu.cli import main; main()"]
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith("PETITBLEU_")}


def command(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], capture_output=True, text=True, timeout=60, env=CLEAN, **options
    )


LAST_LINE = f"    {start_text.SNIPPET.splitlines()[-1]}"
"""The end of what a start prints."""


class Process:
    """A server process on a port of its own choice. What it logs is read while it runs: one that
    logs into a full pipe stands still.
    """

    def __init__(self, data: Path, *flags: str) -> None:
        self.data = data
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [*COMMAND, "serve", "--data", str(data), "--listen", "127.0.0.1:0", *flags],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=CLEAN,
        )
        self.said: list[str] = []
        self._logged: list[str] = []
        errors, self.process.stderr = self.process.stderr, None
        assert self.process.stdout is not None and errors is not None
        self._reader = threading.Thread(target=self._read, args=(errors,), daemon=True)
        self._reader.start()
        for line in self.process.stdout:
            self.said.append(line)
            if line.startswith(LAST_LINE):
                break
        else:
            raise RuntimeError(f"the server did not start: {self.said} {self.ended()}")
        self.ready_after = time.monotonic() - self.began
        address = next(line for line in self.said if "Address" in line).split()[1]
        self.address = ("127.0.0.1", int(address.rpartition(":")[2]))

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """Its exit code, and what it logged."""
        self.process.send_signal(number)
        errors = self.ended()
        return self.process.returncode, errors

    def ended(self) -> str:
        """What it logged, once it has ended."""
        self.process.communicate(timeout=GUARD)
        self._reader.join(GUARD)
        return "".join(self._logged)

    @property
    def logged(self) -> str:
        """What it has logged so far."""
        return "".join(self._logged)

    def _read(self, errors: IO[str]) -> None:
        with errors:
            for line in errors:
                self._logged.append(line)

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """A page: status and text."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            with urlopen(
                Request(f"http://127.0.0.1:{self.address[1]}{path}", headers=names), timeout=10
            ) as response:
                return response.status, response.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()

    async def client(self) -> Client:
        carrier = await Tcp.open(self.address)
        keys = RsaKeys.load_or_create(self.data / "keys")
        return Client(carrier, await exchange(carrier, keys))


def with_layer(query: Any) -> bytes:
    init = api.InitConnection(
        api_id=1,
        device_model="test",
        system_version="1",
        app_version="1",
        system_lang_code="en",
        lang_pack="",
        lang_code="en",
        query=query,
    )
    return codec.encode(api.InvokeWithLayer(layer=229, query=init), 229)
