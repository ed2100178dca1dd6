"""A server that may call a push service on this machine, without TLS. Only tests start one."""

from __future__ import annotations

import os
from pathlib import Path

from petitbleu.bench.server import Server
from petitbleu.cli import main
from petitbleu.domain.client.push import sending
from petitbleu.domain.messaging.webpages import service as webpages
from tests.domain.messaging.webpages.inside import Internet

PORT = "TEST_PUSH_SERVICE_PORT"
ROOT = Path(__file__).parents[3]


class PushServer(Server):
    """Whose calls to any public name end at the port of the environment."""

    def command(self, *words: str) -> list[str]:
        made = super().command(*words)
        at = f"import sys; sys.path.insert(0, {str(ROOT)!r})"
        made[2] = f"{at}; from tests.appdoor.browser.push_server import run; run()"
        return made


def run() -> None:
    """The command line, with the guard let through to that one port."""
    port = int(os.environ[PORT])
    sending.SCHEMES = ("https", "http")
    webpages.Network = lambda: Internet(port, {})  # type: ignore[attr-defined,assignment]
    main()
