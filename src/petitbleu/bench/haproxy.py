"""HAProxy with this checkout's ``deploy/haproxy.cfg``: only what must differ on this machine is
changed, the port and the workers.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from petitbleu.bench.server import HOST

EXAMPLE = Path(__file__).resolve().parents[3] / "deploy" / "haproxy.cfg"
_SERVER = "    server worker1 worker1:8443\n    server worker2 worker2:8443\n"
_BIND = "bind :443\n"
_MODE = "    mode tcp\n"
_BY_REQUEST = "    mode http\n    option http-server-close\n    timeout http-request 60s\n"
_BACKEND = "backend workers\n"
WORKER_HEADER = "x-worker"
"""Names the worker that answered, where requests are spread."""
_BALANCE = "    balance source\n    hash-type consistent\n"


class Upstream(NamedTuple):
    """Where a worker is reached, and where it says how it is (``metrics_listen``)."""

    port: int
    metrics: int


def program() -> str | None:
    """HAProxy on this machine (Debian keeps it where only root looks); None: there is none."""
    return shutil.which("haproxy", path=os.environ.get("PATH", "") + ":/usr/sbin")


def configuration(
    port: int, upstreams: Sequence[Upstream], balance: str = "", *, by_request: bool = False
) -> str:
    """The example for these workers, served on ``port``. ``balance``: another way to spread
    connections than the example's; ``by_request``: spread requests of HTTP, not connections.
    """
    text = EXAMPLE.read_text("utf-8")
    if any(part not in text for part in (_SERVER, _BIND, _BALANCE, _MODE, _BACKEND)):
        raise ValueError(f"{EXAMPLE} has other servers than expected")
    servers = "".join(
        f"    server worker{number} {HOST}:{one.port} port {one.metrics}\n"
        for number, one in enumerate(upstreams, 1)
    )
    if by_request:
        named = f"    http-response set-header {WORKER_HEADER} %s\n"
        text = text.replace(_MODE, _BY_REQUEST).replace(_BACKEND, _BACKEND + named)
    if balance:
        text = text.replace(_BALANCE, f"    balance {balance}\n")
    return text.replace(_BIND, f"bind {HOST}:{port}\n").replace(_SERVER, servers)


def command(
    folder: Path,
    port: int,
    upstreams: Sequence[Upstream],
    balance: str = "",
    *,
    by_request: bool = False,
) -> list[str]:
    """Write the configuration into ``folder``; the command line that serves in the foreground."""
    config = folder / ("haproxy-http.cfg" if by_request else "haproxy.cfg")
    text = configuration(port, upstreams, balance, by_request=by_request)
    config.write_text(text, "utf-8")
    return [program() or "haproxy", "-db", "-f", str(config)]
