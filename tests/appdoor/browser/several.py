"""The web client's server as three workers: requests go to them in turn, and one is killed again
and again.

Browsers come by a HAProxy that gives each request (and each WebSocket) to the next worker, apps by
one that does so with each connection.
"""

from __future__ import annotations

from pathlib import Path

from petitbleu.bench.server import free_port
from petitbleu.run.config import FILE
from tests.kit.proxied import ProxiedCluster

WORKERS = 3


class Several(ProxiedCluster):
    """Stands in for :class:`petitbleu.bench.server.Server`; ``web_port`` is for browsers."""

    def __init__(self, folder: Path) -> None:
        super().__init__(WORKERS)
        self.web_port = free_port()

    @property
    def developer_ports(self) -> list[int]:
        """Where login codes are shown: to this machine alone, and not through a proxy."""
        return [self.address(n)[1] for n in range(self.count)]

    def start(self) -> None:
        """Start all."""
        self.local.settings = (self.data / FILE).read_text("utf-8")
        super().start()
        self.local.add_proxy(self.web_port)

    def stop(self) -> None:
        """End all; how much each worker did is printed."""
        print(f"{self.kills} workers killed; calls since then: {self.metric('calls_total')}")
        super().stop()
