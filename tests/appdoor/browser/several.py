"""The web client's server as three workers: requests go to them in turn, and one is killed again
and again.

Browsers come by a HAProxy that gives each request (and each WebSocket) to the next worker, apps by
one that does so with each connection.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from petitbleu.bench.server import Server, free_port
from petitbleu.run.config import FILE
from tests.kit.proxied import ProxiedCluster

WORKERS = 3


class Several(ProxiedCluster):
    """Stands in for :class:`petitbleu.bench.server.Server`; ``web_port`` is for browsers."""

    def __init__(self, folder: Path) -> None:
        super().__init__(WORKERS)
        self.web_port = free_port()

    @property
    def database(self) -> str:
        """The address of its database."""
        settings = tomllib.loads((self.data / FILE).read_text("utf-8"))
        return str(settings["database"])

    @property
    def developer_ports(self) -> list[int]:
        """Where login codes are shown: to this machine alone, and not through a proxy."""
        return [self.address(n)[1] for n in range(self.count)]

    def kill(self, name: str = "") -> None:
        """SIGKILL to one, which is started again; without a name to all workers, which stay away
        until :meth:`start`: the server is not there, as far as people can see.
        """
        if name:
            super().kill(name)
        else:
            self.kill_all()

    def start(self) -> None:
        """Start all, or what :meth:`kill` has taken away."""
        if self._keeping is not None:
            self.start_all()
            return
        told = self.data / FILE
        self.local.settings = told.read_text("utf-8") if told.exists() else ""
        super().start()
        self.local.add_proxy(self.web_port)

    def stop(self) -> None:
        """End all; how much each worker did is printed."""
        print(f"{self.kills} workers killed; calls since then: {self.metric('calls_total')}")
        super().stop()


def web_port(server: Server | Several) -> int:
    """Where browsers come in."""
    return server.web_port if isinstance(server, Several) else server.port
