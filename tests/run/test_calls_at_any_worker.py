"""One person, three workers: each call reaches another one, and limits are counted once."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from petitbleu.mtproto import wire
from petitbleu.resources import schema_text
from petitbleu.tl import api, codec
from tests.gateway.wire import Client, Tcp
from tests.kit.server_cluster import ServerCluster
from tests.kit.waiting import GUARD
from tests.run.process import with_layer
from tests.run.test_people_on_workers import Person

pytestmark = pytest.mark.long
WORKERS = 3
MYSELF = api.users.GetFullUser(id=api.InputUserSelf())


class Device:
    """A device whose calls go to one worker after the other."""

    def __init__(self, cluster: ServerCluster, client: Client) -> None:
        self._cluster = cluster
        self._at = 0
        self.client = client

    @classmethod
    async def new(cls, cluster: ServerCluster, at: int = 0) -> Device:
        made = cls(cluster, await cluster.workers[at].client())
        made._at = at
        return made

    async def ask(self, query: Any) -> Any:
        """Call at the next worker, on a connection of its own."""
        self._at = (self._at + 1) % WORKERS
        self.client.carrier = await Tcp.open(self._cluster.workers[self._at].address)
        return await self.ask_here(query)

    async def ask_here(self, query: Any) -> Any:
        async with asyncio.timeout(GUARD):
            return codec.decode(await self.client.call(with_layer(query)))


@pytest.fixture
def three(tmp_path: Path) -> Iterator[ServerCluster]:
    with ServerCluster(tmp_path / "data", 0) as cluster:
        for _ in range(WORKERS):
            cluster.add("--dev")
        yield cluster


@pytest.fixture
def strict(tmp_path: Path) -> Iterator[ServerCluster]:
    """Three workers that count calls from this machine, too."""
    with ServerCluster(tmp_path / "data", WORKERS) as cluster:
        yield cluster


def send_code(phone: str) -> Any:
    return api.auth.SendCode(
        phone_number=phone, api_id=1, api_hash="x", settings=api.CodeSettings()
    )


async def test_each_call_of_a_sign_in_reaches_another_worker(three: ServerCluster) -> None:
    phone = "9996621117"
    device = await Device.new(three)
    sent = await device.ask(send_code(phone))
    proof = {"phone_number": phone, "phone_code_hash": sent.phone_code_hash}
    await device.ask(api.auth.SignIn(phone_code="22222", **proof))
    signed_up = await device.ask(api.auth.SignUp(first_name="Eve", last_name="", **proof))
    assert signed_up.user.first_name == "Eve"
    for _ in range(WORKERS):
        assert (await device.ask(MYSELF)).users[0].id == signed_up.user.id
    await device.ask(api.auth.LogOut())
    again = await Device.new(three, 1)
    sent = await again.ask(send_code(phone))
    proof["phone_code_hash"] = sent.phone_code_hash
    found = await again.ask(api.auth.SignIn(phone_code="22222", **proof))
    assert found.user.id == signed_up.user.id


async def test_a_code_is_read_at_one_worker_and_shown_at_another(three: ServerCluster) -> None:
    first = three.workers[1]
    ada = await Person.sign_up(first, "Ada", 8)
    device = await Device.new(three, 0)
    export = api.auth.ExportLoginToken(api_id=1, api_hash="x", except_ids=[])
    shown = await device.ask_here(export)
    accepted = await ada.ask(api.auth.AcceptLoginToken(token=shown.token))
    assert accepted.app_name is not None
    async with asyncio.timeout(GUARD):  # told where it waits
        pushed = codec.decode(await device.client.push())
    updates = [getattr(pushed, "update", None), *getattr(pushed, "updates", [])]
    assert any(isinstance(update, api.UpdateLoginToken) for update in updates), pushed
    done = await device.ask(export)  # at another worker than the one that showed it
    assert isinstance(done, api.auth.LoginTokenSuccess)
    assert (await device.ask(MYSELF)).users[0].first_name == "Ada"


async def test_codes_are_counted_once_for_all_workers(strict: ServerCluster) -> None:
    allowed = tomllib.loads(schema_text("limits.toml"))["durable"]["code_phone_address"]["count"]
    sent: list[bool] = []
    for number in range(allowed * WORKERS):
        device = await Device.new(strict, number % WORKERS)
        async with asyncio.timeout(GUARD):
            answer = await device.client.call(with_layer(send_code("33612345678")))
        refused = wire.constructor(answer) == wire.RPC_ERROR
        assert (b"FLOOD_WAIT_" in answer) is refused
        sent.append(not refused)
    assert sent == [n < allowed for n in range(allowed * WORKERS)]
