"""S3 for tests: moto's server in this process, spoken to over HTTP."""

from __future__ import annotations

import atexit
import functools
import itertools
import logging
import os
import urllib.request

_numbers = itertools.count(1)
KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}


class Server:
    """One server on a port of its own."""

    def __init__(self) -> None:
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self.port = 0
        self.start()

    def start(self) -> None:
        """Begin to answer, where it did not."""
        from moto.server import ThreadedMotoServer

        self._server = ThreadedMotoServer("127.0.0.1", self.port, verbose=False)
        self._server.start()
        self.port = self._server.get_host_and_port()[1]

    def stop(self) -> None:
        """Answer nothing; what was put is there after the next start."""
        self._server.stop()

    def new_bucket(self, *, versions: bool = False) -> str:
        """The address of a new, empty bucket, below a prefix of it."""
        os.environ.update(KEYS)
        name = f"bucket-{os.getpid()}-{next(_numbers)}"
        self._put(name, b"")
        if versions:
            self._put(
                f"{name}?versioning",
                b"<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>",
            )
        return f"s3://{name}/pb/files?endpoint=http://127.0.0.1:{self.port}&region=us-east-1"

    def _put(self, path: str, body: bytes) -> None:
        url = f"http://127.0.0.1:{self.port}/{path}"
        asked = urllib.request.Request(url, body, {"content-type": "text/xml"}, method="PUT")
        with urllib.request.urlopen(asked, timeout=60):
            pass


@functools.cache
def server() -> Server:
    """The server of this process."""
    made = Server()
    atexit.register(made.stop)
    return made


def new_bucket(*, versions: bool = False) -> str:
    """The address of a new, empty bucket."""
    return server().new_bucket(versions=versions)
