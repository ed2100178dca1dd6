"""An S3 server on this machine, for the bench: versitygw, built by a Go toolchain where there is
one.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from petitbleu.bench.server import HOST, free_port

MODULE = "github.com/versity/versitygw/cmd/versitygw@v1.8.0"
BUILD_SECONDS = 600
START_SECONDS = 20.0
KEYS = {"AWS_ACCESS_KEY_ID": "bench", "AWS_SECRET_ACCESS_KEY": "bench-of-petitbleu"}
BUCKET = "bench"


class NoGateway(Exception):
    """Says in a sentence why there is no S3 server here."""


class Gateway:
    """A running versitygw over files in memory where the machine has such a place. Raises
    NoGateway. The processes started afterwards know its keys.
    """

    def __init__(self) -> None:
        program = _program()
        memory = Path("/dev/shm")  # noqa: S108 - its files lie below a name of their own
        self._folder = tempfile.TemporaryDirectory(
            prefix="petitbleu-bucket-", dir=memory if memory.is_dir() else None
        )
        files = Path(self._folder.name)
        files.joinpath(BUCKET).mkdir()
        port = free_port()
        os.environ.update(KEYS)
        who = ["--access", KEYS["AWS_ACCESS_KEY_ID"], "--secret", KEYS["AWS_SECRET_ACCESS_KEY"]]
        words = [program, "--port", f"{HOST}:{port}", *who, "--quiet", "posix", str(files)]
        self.process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.settings = f'blobs = "s3://{BUCKET}/x?endpoint=http://{HOST}:{port}"\n'
        """Lines of ``[cluster]``."""
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection((HOST, port), 1):
                return
            time.sleep(0.02)
        self.stop()
        raise NoGateway("versitygw did not start")

    def stop(self) -> None:
        """The end of it and of what it kept."""
        self.process.kill()
        self.process.wait()
        self._folder.cleanup()


def _program() -> str:
    """The path of versitygw; it is built where it was not yet."""
    found = shutil.which("versitygw")
    if found is not None:
        return found
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "petitbleu"
    built = cache / "versitygw"
    if built.is_file():
        return str(built)
    go = shutil.which("go")
    if go is None:
        raise NoGateway("files in a bucket are not measured: neither versitygw nor Go is here")
    cache.mkdir(parents=True, exist_ok=True)
    try:
        subprocess.run(
            [go, "install", MODULE],
            env={**os.environ, "GOBIN": str(cache)},
            check=True,
            capture_output=True,
            timeout=BUILD_SECONDS,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NoGateway(f"versitygw could not be built: {error}") from None
    return str(built)
