"""A server that is alone imports nothing of a cluster's, and sends nothing."""

from __future__ import annotations

import os
import subprocess
import sys

from petitbleu.bus.inproc import Alone
from petitbleu.config import Cluster, Config
from petitbleu.keys import Secrets
from petitbleu.run.joining import join

_OPEN = """
import asyncio, tempfile, pathlib
from petitbleu.config import Config
from petitbleu.run import main, logs, instance
async def run():
    with tempfile.TemporaryDirectory() as folder:
        config = Config(data=pathlib.Path(folder), dev=True)
        async with instance.opened(config, logs.setup("text", "error")) as opened:
            assert opened.app.bus.me == 0
asyncio.run(run())
"""


def test_no_module_of_a_cluster_is_imported_alone() -> None:
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", _OPEN],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    imported = {line.rpartition("|")[2].strip() for line in ran.stderr.splitlines()}
    assert "petitbleu.bus.inproc" in imported
    apart = ("nats", "obstore", "opentelemetry", "asyncpg", "petitbleu.bus.n", "petitbleu.bus.f")
    assert [name for name in imported if name.startswith(apart)] == []


async def test_without_a_bus_a_worker_is_alone() -> None:
    for config in (Config(), Config(cluster=Cluster(bus="nats://nowhere"))):
        assert isinstance(await join(config, Secrets.create(), None), Alone)
