"""``petitbleu dev cluster up``: two people chat with Telethon, each at another worker, each thing
is killed once, and they chat on; what is down is named in words by ``/clusterz``, ``/readyz``,
``cluster status`` and ``check --cluster``. ``CLUSTER_SCREENSHOTS=DIR`` writes what ``/clusterz``
looks like then.
"""

from __future__ import annotations

import asyncio
import json
import os
import queue
import re
import shutil
import signal
import subprocess
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import psutil
import pytest

from petitbleu.bench import haproxy, people
from petitbleu.bench.exchange import Address
from petitbleu.bench.people import Person
from petitbleu.bench.server import HOST
from petitbleu.tl import api, codec
from tests.clients import environments
from tests.clients.driver import ClientFailed, Driver
from tests.clients.walk import said
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

    def ports(self) -> list[int]:
        """Where each worker itself is reached; without HAProxy the one port of all."""
        text = "".join(self.said)
        own = re.findall(r"^worker \d +\d+  127\.0\.0\.1:(\d+)", text, re.M)
        return [int(port) for port in own or re.findall(r"come in at 127\.0\.0\.1:(\d+)", text)]

    def clusterz(self) -> str:
        """The address of ``/clusterz`` of the first worker, or of the supervisor."""
        return next(
            found[0] for line in self.said if (found := re.search(r"http\S+/clusterz", line))
        )

    def places(self) -> dict[str, int]:
        """What runs, as it was printed: name -> process."""
        rows = (re.match(r"(\S.*?) +(\d+)  \S", line) for line in self.said)
        return {row[1]: int(row[2]) for row in rows if row}


async def picture(url: str, called: str) -> None:
    """Keep what a page looks like, where somebody wants to know."""
    folder, browser = os.environ.get("CLUSTER_SCREENSHOTS"), shutil.which("chromium")
    if folder and browser:
        words = (browser, "--headless", "--no-sandbox", "--window-size=1100,420",
                 f"--screenshot={Path(folder) / called}.png", url)  # fmt: skip
        await asyncio.to_thread(subprocess.run, words, capture_output=True, timeout=GUARD)


async def _answers(device: Driver) -> bool:
    try:
        return bool(await device.call("sessions"))
    except ClientFailed:
        return False


class Chat:
    """Two people with Telethon, each at a worker of their own."""

    def __init__(self, ports: list[int], key: str, folder: Path) -> None:
        self._devices = [
            Driver("telethon", f"person{n}", {"host": "127.0.0.1", "port": port, "key": key},
                   folder / f"person{n}")
            for n, port in enumerate((ports[0], ports[-1]), 1)
        ]  # fmt: skip
        self._ids: list[int] = []

    async def begin(self) -> None:
        """Both sign up, and each knows the other."""
        await asyncio.to_thread(environments.prepare, "telethon")
        for n, device in enumerate(self._devices, 1):
            await device.start()
            await device.call("connect", session="main")
            phone, code = f"99966{n}420{n}", str(n) * 5
            made = await device.call("sign_up", phone=phone, code=code, first=f"P{n}")
            self._ids.append(made["id"])
        for n, device in enumerate(self._devices):
            other = 2 - n
            await device.call("contact", phone=f"99966{other}420{other}", first=f"P{other}")

    async def go_on(self, what: str) -> None:
        """Each comes back, writes to the other once, however often they have to try, and is heard.
        (A library that only listens notices within a minute that its worker has gone.)
        """
        for device in self._devices:
            await asked_until(partial(_answers, device))
        for n, device in enumerate(self._devices):
            text = f"{n}: after {what}"

            async def written(device: Driver = device, n: int = n, text: str = text) -> bool:
                try:
                    await device.call("send", peer=self._ids[1 - n], text=text)
                except ClientFailed:
                    return False
                return True

            await asked_until(written)
            await self._devices[1 - n].expect(text, said(text))

    async def end(self) -> None:
        for device in self._devices:
            await device.stop()


@pytest.mark.deploy
@pytest.mark.long
async def test_each_thing_of_a_local_cluster_may_be_killed_once(tmp_path: Path) -> None:
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
        await picture(up.clusterz(), "well")
        key = json.loads(command("pubkey", "--json", "--data", str(data)).stdout)["pem"]
        chat = Chat(up.ports(), key, tmp_path)
        await chat.begin()
        await chat.go_on("nothing")
        for name in sorted(places):
            os.kill(places[name], signal.SIGKILL)
            await asyncio.to_thread(up.until, f"{name} had ended; started again as ")
            await picture(up.clusterz(), f"killed-{name.replace(' ', '-')}")
            await asked_until(is_well)
            await chat.go_on(name)
        await picture(up.clusterz(), "well-again")
        await chat.end()
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
    url = f"http://{HOST}:{cluster.local.upstreams[worker].metrics}/clusterz"
    await picture(url, re.sub(r"\W+", "-", words).strip("-").lower())
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
