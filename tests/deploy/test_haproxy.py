"""The example for HAProxy, checked and run with the program itself in front of two workers."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from petitbleu.bench import haproxy
from petitbleu.bench.server import free_port
from petitbleu.mtproto.transport import Abridged
from petitbleu.run.config import FILE
from petitbleu.tl import api
from tests.gateway.wire import Tcp
from tests.kit.server_cluster import ServerCluster, Worker
from tests.kit.waiting import GUARD, asked_until
from tests.run.test_people_on_workers import Person

SOURCES = [f"127.0.0.{number}" for number in range(2, 40)]
"""Addresses of this machine that clients come from."""


async def asked(port: int, path: str) -> tuple[int, str]:
    """What ``metrics_listen`` answers: status and text; 0: nobody is there."""

    def get() -> tuple[int, str]:
        try:
            with urlopen(f"http://127.0.0.1:{port}{path}", timeout=GUARD) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, ""
        except OSError:
            return 0, ""

    return await asyncio.to_thread(get)


class Proxied:
    """Two workers with ``metrics_listen`` of their own behind HAProxy."""

    def __init__(self, cluster: ServerCluster, folder: Path) -> None:
        self.address = ("127.0.0.1", free_port())
        self.workers: list[Worker] = []
        self.upstreams: list[haproxy.Upstream] = []
        self._folder = folder
        settings = cluster.data / FILE
        text = settings.read_text("utf-8")
        for _ in range(2):
            metrics = free_port()
            settings.write_text(f'metrics_listen = "127.0.0.1:{metrics}"\n{text}', "utf-8")
            worker = cluster.add("--dev")
            self.workers.append(worker)
            self.upstreams.append(haproxy.Upstream(worker.address[1], metrics))

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """HAProxy runs as long as the block."""
        words = haproxy.command(self._folder, self.address[1], self.upstreams)
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield
        finally:
            process.terminate()
            process.wait(GUARD)

    async def connections(self) -> list[int]:
        """How many each worker has; -1: it is gone."""
        found = []
        for upstream in self.upstreams:
            _, text = await asked(upstream.metrics, "/metrics")
            lines = [one for one in text.splitlines() if one.startswith("petitbleu_connections ")]
            found.append(int(float(lines[0].split()[1])) if lines else -1)
        return found

    async def open(self, source: str) -> Tcp:
        """A connection to HAProxy from an address of this machine."""
        reader, writer = await asyncio.open_connection(*self.address, local_addr=(source, 0))
        framing = Abridged(client=True)
        writer.write(framing.tag)
        return Tcp(framing, reader, writer)

    async def bring(self, person: Person, source: str) -> int:
        """Have somebody come back through HAProxy; the index of the worker reached."""
        before = await self.connections()
        person.client.carrier = await self.open(source)
        await begin(person, source)
        after = await self.connections()
        return next(
            n for n, pair in enumerate(zip(before, after, strict=True)) if pair[0] < pair[1]
        )

    async def bring_elsewhere(self, person: Person, worker: int) -> str:
        """Have somebody come through HAProxy from an address that reaches another worker."""
        for source in SOURCES:
            if await self.bring(person, source) != worker:
                return source
            await person.client.carrier.close()
        raise AssertionError("all addresses reach one worker")


async def begin(person: Person, version: str) -> None:
    """The first call on a connection: what is new of a device is noted with its address."""
    device = api.InitConnection(
        api_id=1, device_model="test", system_version="1", app_version=version,
        system_lang_code="en", lang_pack="", lang_code="en", query=api.updates.GetState(),
    )  # fmt: skip
    await person.ask(api.InvokeWithLayer(layer=229, query=device))


async def address_of(person: Person) -> str:
    """Where the server takes somebody to be."""
    found = await person.ask(api.account.GetAuthorizations())
    return next(str(one.ip) for one in found.authorizations if one.current)


if haproxy.program():

    @pytest.mark.deploy
    def test_haproxy_takes_the_example(tmp_path: Path) -> None:
        upstreams = [haproxy.Upstream(8081, 9101), haproxy.Upstream(8082, 9102)]
        program = haproxy.command(tmp_path, 8443, upstreams)[0]
        for config in (haproxy.EXAMPLE, tmp_path / "haproxy.cfg"):
            done = subprocess.run(
                [program, "-c", "-f", str(config)], capture_output=True, text=True, timeout=GUARD
            )
            assert done.returncode == 0, done.stderr

    @pytest.mark.deploy
    @pytest.mark.long
    async def test_people_write_through_haproxy_and_one_worker_dies(tmp_path: Path) -> None:
        """Two people, each at a worker of their own by their address, which the PROXY header tells;
        who was at the dead one goes on at the other.
        """
        settings = 'trusted_proxies = ["127.0.0.1"]\nmetrics_hosts = ["workers"]'
        with ServerCluster(tmp_path / "data", 0, settings) as cluster:
            proxied = await asyncio.to_thread(Proxied, cluster, tmp_path)
            # Test numbers sign in without a proxy only.
            ada = await Person.sign_up(proxied.workers[0], "Ada", 1)
            bob = await Person.sign_up(proxied.workers[0], "Bob", 2)
            await ada.client.carrier.close()
            await bob.client.carrier.close()

            async def gone() -> bool:
                return await proxied.connections() == [0, 0]

            await asked_until(gone)
            with proxied.running():

                async def listens() -> bool:
                    with contextlib.suppress(OSError):
                        (await proxied.open(SOURCES[0])).writer.close()
                        return True
                    return False

                await asked_until(listens)
                await asked_until(gone)
                at = await proxied.bring(ada, SOURCES[0])
                elsewhere = await proxied.bring_elsewhere(bob, at)
                assert await address_of(ada) == SOURCES[0]
                assert await address_of(bob) == elsewhere
                to_bob, to_ada = await ada.peer(bob), await bob.peer(ada)
                await ada.say(to_bob, "to Bob", 1)
                assert await bob.hears(1) == ["to Bob"]
                await bob.say(to_ada, "to Ada", 2)
                assert await ada.hears(1) == ["to Ada"]

                await asyncio.to_thread(proxied.workers[at].kill)

                async def back() -> bool:
                    with contextlib.suppress(OSError, StopIteration):
                        ada.client.carrier = await proxied.open(SOURCES[0])
                        await ada.ask(api.updates.GetState(), first=True)
                        return True
                    return False

                await asked_until(back)
                await ada.say(to_bob, "after", 3)
                assert (await bob.hears(1))[-1] == "after"
                assert await bob.history(to_ada) == ["to Bob", "to Ada", "after"]
