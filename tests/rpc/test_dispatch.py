"""Dispatch: who may call, wrappers, limits, and what bad calls are answered."""

from __future__ import annotations

import asyncio
import struct
import zlib
from collections.abc import Iterator
from typing import Any

import pytest

from petitbleu.errors import Fault, StoreUnavailable
from petitbleu.rpc import limits, registry
from petitbleu.rpc.ctx import Ctx
from petitbleu.tl import api, codec
from tests.kit.world import Client, RpcFault, World

GZIP_PACKED = 0x3072CFA1


async def refused(client: Client, q: Any) -> tuple[int, str]:
    with pytest.raises(RpcFault) as fault:
        await client.call(q)
    return fault.value.code, fault.value.message


async def raw_refused(client: Client, body: bytes) -> tuple[int, str]:
    with pytest.raises(RpcFault) as fault:
        await client.raw(body, "help.getConfig")
    return fault.value.code, fault.value.message


@pytest.fixture
def replaced() -> Iterator[Any]:
    """Replace the handler of a method for one test."""
    saved: dict[str, registry.Method] = {}

    def replace(name: str, handler: Any) -> None:
        method = registry.METHODS[name]
        saved.setdefault(name, method)
        registry.METHODS[name] = registry.Method(
            name, handler, method.who, method.limit, method.stub
        )

    yield replace
    registry.METHODS.update(saved)


async def test_calls_before_login_are_401(world: World) -> None:
    client = world.connect()
    got = await refused(client, api.users.GetUsers(id=[api.InputUserSelf()]))
    assert got == (401, "AUTH_KEY_UNREGISTERED")


async def test_without_a_layer_nothing_is_served(world: World) -> None:
    client = world.connect()
    got = await raw_refused(client, codec.encode(api.help.GetNearestDc()))
    assert got == (400, "CONNECTION_NOT_INITED")


async def test_the_layer_of_a_key_is_sticky_and_shared_by_its_sessions(world: World) -> None:
    first = world.connect(158)
    await first.call(api.help.GetNearestDc())
    second = world.connect(158, key=first.link.auth_key_id)
    await second.raw(codec.encode(api.help.GetNearestDc(), 158), "help.getNearestDc")
    assert second.link.layer == 158
    await second.raw(
        codec.encode(api.InvokeWithLayer(layer=199, query=api.help.GetNearestDc()), 199),
        "help.getNearestDc",
    )
    assert second.link.layer == 199


@pytest.mark.parametrize("body", [b"", b"\x00\x01", b"\xff" * 3])
async def test_too_short_a_query_is_400(world: World, body: bytes) -> None:
    client = world.connect()
    assert await raw_refused(client, body) == (400, "INPUT_METHOD_INVALID")


async def test_an_unknown_method_is_400_not_500(world: World) -> None:
    client = world.connect()
    await client.call(api.help.GetNearestDc())
    assert await raw_refused(client, b"\xde\xad\xbe\xef") == (400, "INPUT_METHOD_INVALID")
    not_served = next(
        name
        for name in sorted(codec.SCHEMA.by_name)
        if codec.SCHEMA.by_name[name][0].function
        and "." in name
        and not codec.SCHEMA.newest(name).fields
        and name not in registry.METHODS
    )
    body = struct.pack("<I", codec.ids_of(not_served)[-1])
    assert await raw_refused(client, body) == (400, "METHOD_INVALID")


async def test_an_unknown_constructor_inside_a_request_is_400(world: World) -> None:
    ada = await world.sign_up("Ada")
    good = codec.encode(api.users.GetUsers(id=[api.InputUserSelf()]))
    bad = good[:-4] + b"\xde\xad\xbe\xef"
    assert await raw_refused(ada, bad) == (400, "INPUT_CONSTRUCTOR_INVALID")


async def test_truncated_requests_are_400(world: World) -> None:
    ada = await world.sign_up("Ada")
    good = codec.encode(
        api.messages.SendMessage(peer=api.InputPeerSelf(), message="hello", random_id=1)
    )
    for cut in range(4, len(good), 4):
        code, _ = await raw_refused(ada, good[:cut])
        assert code == 400


async def test_wrappers_are_peeled_to_a_bounded_depth(world: World) -> None:
    client = world.connect()
    q: Any = api.help.GetNearestDc()
    for _ in range(6):  # and the two of the first call
        q = api.InvokeWithoutUpdates(query=q)
    assert isinstance(await client.call(q), api.NearestDc)
    for _ in range(3):
        q = api.InvokeWithoutUpdates(query=q)
    assert await refused(client, q) == (400, "INPUT_METHOD_INVALID")


async def test_a_packed_query_is_served_and_a_bomb_is_not(world: World) -> None:
    client = world.connect()
    await client.call(api.help.GetNearestDc())
    plain = codec.encode(api.help.GetNearestDc())
    for wbits in (31, 15):
        packer = zlib.compressobj(wbits=wbits)
        packed = packer.compress(plain) + packer.flush()
        body = struct.pack("<I", GZIP_PACKED) + codec.encode_bytes(packed)
        assert isinstance(await client.raw(body, "help.getNearestDc"), api.NearestDc)
    bomb = struct.pack("<I", GZIP_PACKED) + codec.encode_bytes(zlib.compress(b"\0" * (64 << 20)))
    code, _ = await raw_refused(client, bomb)
    assert code == 400


async def test_invokeaftermsg_waits_for_the_earlier_call(world: World, replaced: Any) -> None:
    client = world.connect()
    await client.call(api.help.GetNearestDc())
    gate, order = asyncio.Event(), []

    async def slow(ctx: Ctx, q: Any) -> Any:
        await gate.wait()
        order.append("slow")
        return api.NearestDc(country="FR", this_dc=2, nearest_dc=2)

    async def fast(ctx: Ctx, q: Any) -> Any:
        order.append("fast")
        return api.help.NoAppUpdate()

    replaced("help.getNearestDc", slow)
    replaced("help.getAppUpdate", fast)
    now = world.clock.now()
    call = world.dispatcher.call
    first = asyncio.create_task(call(client.link, 40, codec.encode(api.help.GetNearestDc()), now))
    await asyncio.sleep(0)
    after = api.InvokeAfterMsg(msg_id=40, query=api.help.GetAppUpdate(source=""))
    second = asyncio.create_task(call(client.link, 44, codec.encode(after), now))
    await asyncio.sleep(0.01)
    assert order == []
    gate.set()
    await asyncio.gather(first, second)
    assert order == ["slow", "fast"]


async def test_invokeaftermsg_fails_where_the_earlier_call_failed(world: World) -> None:
    client = world.connect()
    await client.call(api.help.GetNearestDc())
    now = world.clock.now()
    failing = codec.encode(api.users.GetUsers(id=[api.InputUserSelf()]))
    await world.dispatcher.call(client.link, 40, failing, now)
    after = api.InvokeAfterMsgs(msg_ids=[36, 40], query=api.help.GetNearestDc())
    assert await raw_refused(client, codec.encode(after)) == (400, "MSG_WAIT_FAILED")


async def test_a_bug_of_ours_is_internal_without_a_trace(world: World, replaced: Any) -> None:
    async def broken(ctx: Ctx, q: Any) -> Any:
        raise KeyError("secret detail")

    client = world.connect()
    await client.call(api.help.GetNearestDc())
    replaced("help.getNearestDc", broken)
    assert await refused(client, api.help.GetNearestDc()) == (500, "INTERNAL")
    assert len(world.errors) == 1
    world.errors.clear()


async def test_a_full_disk_is_a_clear_error(world: World, replaced: Any) -> None:
    async def full(ctx: Ctx, q: Any) -> Any:
        raise StoreUnavailable("disk full")

    client = world.connect()
    await client.call(api.help.GetNearestDc())
    replaced("help.getNearestDc", full)
    assert await refused(client, api.help.GetNearestDc()) == (500, "STORAGE_UNAVAILABLE")
    world.errors.clear()


async def test_floods_are_told_how_long_to_wait(world: World) -> None:
    client = world.connect(ip="198.51.100.7")
    await client.call(api.help.GetNearestDc())
    rule = world.app.parts[limits.LIMITS]
    for _ in range(400):
        try:
            rule.check("read", client.link, world.clock.now())
        except Fault:
            break
    code, message = await refused(client, api.help.GetNearestDc())
    assert code == 420
    seconds = int(message.removeprefix("FLOOD_WAIT_"))
    assert seconds >= 1
    world.clock.advance(seconds)
    assert isinstance(await client.call(api.help.GetNearestDc()), api.NearestDc)


async def test_durable_limits_survive_and_are_lifted_for_developers(world: World) -> None:
    for _ in range(5):
        await limits.durable(world.app, "code_phone", "33600000000", ip="198.51.100.7")
    with pytest.raises(Fault) as fault:
        await limits.durable(world.app, "code_phone", "33600000000", ip="198.51.100.7")
    assert fault.value.name == "FLOOD_WAIT_X"
    await limits.durable(world.app, "code_phone", "33600000001", ip="198.51.100.7")
    await limits.durable(world.app, "code_phone", "33600000000", ip="127.0.0.1")
    world.clock.advance(fault.value.value)
    await limits.durable(world.app, "code_phone", "33600000000", ip="198.51.100.7")


async def test_a_client_above_the_newest_layer_is_answered_in_the_newest(world: World) -> None:
    ada = await world.sign_up("Ada", layer=232)
    (me,) = await ada.call(api.users.GetUsers(id=[api.InputUserSelf()]))
    assert me.first_name == "Ada"
