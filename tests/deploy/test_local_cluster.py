"""``petitbleu dev cluster up``: each thing is killed once, and the cluster is well again; what is
down is named in words by ``/clusterz``, ``/readyz``, ``cluster status`` and ``check --cluster``.
"""

from __future__ import annotations

import asyncio
import os
import queue
import re
import signal
import subprocess
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest

from petitbleu.bench import haproxy, people
from petitbleu.bench.exchange import Address
from petitbleu.bench.people import Person
from petitbleu.tl import api, codec
from tests.kit.proxied import ProxiedCluster
from tests.kit.waiting import GUARD, asked_until
from tests.run.process import CLEAN, COMMAND, command


class Up:
    """The command as a process; what it says, line by line."""

    def __init__(self, *flags: str) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "dev", "cluster", "up", *flags],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**CLEAN, "PYTHONUNBUFFERED": "1"},
        )
        self.said: list[str] = []
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put("")

    def until(self, text: str) -> str:
        """The next line that has ``text``."""
        while line := self._lines.get(timeout=GUARD):
            self.said.append(line)
            if text in line:
                return line
        raise AssertionError(self.said)

    def places(self) -> dict[str, int]:
        """What runs, as it was printed: name -> process."""
        rows = (re.match(r"(\S.*?) +(\d+)  \S", line) for line in self.said)
        return {row[1]: int(row[2]) for row in rows if row}


@pytest.mark.deploy
@pytest.mark.long
async def test_each_thing_of_a_local_cluster_may_be_killed_once() -> None:
    up = Up("--s3")
    try:
        await asyncio.to_thread(up.until, "Ctrl-C ends everything")
        places = up.places()
        worker = {"worker 1", "worker 2", "HAProxy"} if haproxy.program() else {"supervisor"}
        assert set(places) == {"PostgreSQL", "NATS", "S3", *worker}
        at = next(line for line in up.said if "cluster status" in line)
        data = Path(at.split("--data ")[1].strip())

        async def is_well() -> bool:
            words = ("cluster", "status", "--data", str(data))
            done = await asyncio.to_thread(command, *words)
            return done.returncode == 0 and done.stdout.count(" works as ") == 2

        await asked_until(is_well)
        for name in sorted(places):
            os.kill(places[name], signal.SIGKILL)
            await asyncio.to_thread(up.until, f"{name} had ended; started again as ")
            await asked_until(is_well)
        family = psutil.Process(up.process.pid).children(recursive=True)
    finally:
        up.process.send_signal(signal.SIGINT)
        code = await asyncio.to_thread(up.process.wait, GUARD)
    assert code == 0
    _, left = await asyncio.to_thread(psutil.wait_procs, family, GUARD)
    assert left == [] and not data.exists()


@asynccontextmanager
async def frozen(cluster: ProxiedCluster, name: str) -> AsyncIterator[None]:
    """SIGSTOP for the block: a thing that is down, and that nobody starts again."""
    pid = cluster.pid(name)
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        if psutil.pid_exists(pid):
            os.kill(pid, signal.SIGCONT)


async def clusterz(cluster: ProxiedCluster, worker: int = 0) -> str:
    _, text = await asyncio.to_thread(cluster.observed, worker, "/clusterz")
    return text


async def says(cluster: ProxiedCluster, words: str, worker: int = 0) -> str:
    """Wait until ``/clusterz`` of a worker says that; the line."""
    line = ""

    async def there() -> bool:
        nonlocal line
        found = [one for one in (await clusterz(cluster, worker)).splitlines() if words in one]
        line = found[0] if found else ""
        return bool(line)

    await asked_until(there)
    print(f"/clusterz: {line}")
    return line


async def is_well(cluster: ProxiedCluster) -> None:
    async def well() -> bool:
        found = [await asyncio.to_thread(cluster.observed, n, "/clusterz") for n in range(2)]
        return all(
            status == 200 and text.count(" works as ") == cluster.count for status, text in found
        )

    await asked_until(well)


async def checked(cluster: ProxiedCluster, words: str) -> None:
    """``check --cluster`` says it too, and ``cluster status`` as ``/clusterz``."""
    flags = ("check", "--cluster", "--data", str(cluster.data))
    environment = {**CLEAN, **cluster.local.environment}
    done = await asyncio.to_thread(
        subprocess.run, [*COMMAND, *flags], capture_output=True, text=True, env=environment
    )
    line = next((one for one in done.stdout.splitlines() if words in one), "")
    print(f"check --cluster: {line}")
    assert done.returncode == 1 and line, done


async def write_across(cluster: ProxiedCluster, ada: Person, bob: Person, text: str) -> float:
    """Ada at the first worker writes to Bob at the second; the seconds until he hears it."""
    key = await asyncio.to_thread(cluster.public_key)
    heard = asyncio.Event()

    def push(body: bytes) -> None:
        if text.encode() in body:
            heard.set()

    there = await people.online(Address(*cluster.address(1), key), bob, push)
    here = await people.online(Address(*cluster.address(0), key), ada)
    to = await people.befriend(here, bob)
    loop = asyncio.get_running_loop()
    message = api.messages.SendMessage(peer=to, message=text, random_id=hash(text) & (1 << 62) - 1)
    codec.decode(await here.call(people.request(message)))
    began = loop.time()
    await asyncio.wait_for(heard.wait(), GUARD)
    here.close()
    there.close()
    return loop.time() - began


if haproxy.program():

    @pytest.mark.deploy
    @pytest.mark.long
    async def test_what_is_down_is_named_in_words() -> None:
        cluster = ProxiedCluster(2, s3=True)
        await asyncio.to_thread(cluster.start)
        try:
            await is_well(cluster)
            key = await asyncio.to_thread(cluster.public_key)
            ada, bob = await people.sign_up_many(Address(*cluster.address(0), key), 0, 2)
            took = await write_across(cluster, ada, bob, "with the bus")
            print(f"pushed at another worker {took * 1000:.0f} ms after the answer")
            lost = await asyncio.to_thread(cluster.metric, "frames_lost_total")
            found = await asyncio.to_thread(cluster.metric, "sweep_found_total")
            async with frozen(cluster, "NATS"):
                await says(cluster, "The bus (NATS) does not answer this worker")
                took = await write_across(cluster, ada, bob, "without the bus")
                print(f"without the bus: {took * 1000:.0f} ms")
                status = await asyncio.to_thread(cluster.status)
                assert not status["ok"]
                assert "The bus (NATS) does not answer" in "\n".join(status["lines"])
                await checked(cluster, "The bus does not answer.")
            await is_well(cluster)
            await says(cluster, "times that frames of the bus were, or may have been, lost")
            await says(cluster, "news of other workers found in the database", 1)
            after = await asyncio.to_thread(cluster.metric, "frames_lost_total")
            assert all(now > then for then, now in zip(lost, after, strict=True))
            assert (await asyncio.to_thread(cluster.metric, "sweep_found_total"))[1] > found[1]

            async with frozen(cluster, "S3"):
                await says(cluster, "Files cannot be sent or fetched")
                await checked(cluster, "Files cannot be put")
                assert (await asyncio.to_thread(cluster.observed, 0, "/readyz"))[0] == 200
            await is_well(cluster)
            assert all(await asyncio.to_thread(cluster.metric, "s3_seconds_count"))

            async with frozen(cluster, "worker 2"):
                await says(cluster, "has been silent for")
                await says(cluster, "was taken off")
            await is_well(cluster)

            async with frozen(cluster, "PostgreSQL"):
                await says(cluster, "The database does not say who is there")
                await checked(cluster, "The database cannot be reached")
            await is_well(cluster)
        finally:
            await asyncio.to_thread(cluster.stop)
