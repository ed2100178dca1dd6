"""Temporary keys over a real gateway: bound, used, dropped."""

from __future__ import annotations

import os
import time
from typing import Any

from petitbleu.clock import SystemClock
from petitbleu.gateway.gateway import Gateway
from petitbleu.keys import RsaKey, RsaKeys
from petitbleu.mtproto.binding import Binding, seal_binding
from petitbleu.store.sqlite import SqliteStore
from petitbleu.tl import api, codec
from tests.gateway.wire import Client, Tcp, exchange
from tests.kit.world import World

LAYER = 229


def said(q: Any) -> bytes:
    """A call inside invokeWithLayer and initConnection."""
    init = api.InitConnection(
        api_id=1,
        device_model="pfs",
        system_version="1",
        app_version="1",
        system_lang_code="en",
        lang_pack="",
        lang_code="en",
        query=q,
    )
    return codec.encode(api.InvokeWithLayer(layer=LAYER, query=init), LAYER)


async def answer(client: Client, q: Any) -> Any:
    """The decoded result of a call; the error's name where it was refused."""
    return decoded(q, await client.call(said(q)))


def decoded(q: Any, body: bytes) -> Any:
    """A result, or the name of an rpc_error."""
    if body[:4] == b"\x19\xca\x44\x21":
        return codec.decode_bytes(body, 8).decode()
    return codec.decode_result(q.NAME, body)


async def bind(temp: Client, perm: Client, lifetime: int = 3000) -> Any:
    """auth.bindTempAuthKey, its inner message naming the id of the outer one."""
    now = time.time()
    msg_id = temp.session.next_id(now) + 4
    perm_id = perm.key.auth_key_id
    binding = Binding(
        msg_id, 77, temp.key.auth_key_id, perm_id, temp.session.session_id, int(now) + lifetime
    )
    q = api.auth.BindTempAuthKey(
        perm_auth_key_id=perm_id,
        nonce=77,
        expires_at=binding.expires_at,
        encrypted_message=seal_binding(perm.key.auth_key, perm_id, binding, os.urandom(24)),
    )
    call = temp.session.call(codec.encode(q, LAYER), now)
    assert call == msg_id
    await temp.send()
    return decoded(q, await temp.result(call))


async def test_a_temporary_key_speaks_for_its_permanent_one(
    sqlite_store: SqliteStore, tmp_path: Any
) -> None:
    world = World(sqlite_store, tmp_path, listen=("127.0.0.1:0",))
    world.app.clock = SystemClock()
    await world.start()
    keys = RsaKeys([RsaKey.generate()])
    gateway = Gateway(world.app, world.dispatcher, world.links, keys)
    ((host, port),) = await gateway.start(None)
    try:
        carrier = await Tcp.open((host, port))
        perm = Client(carrier, await exchange(carrier, keys))
        carrier = await Tcp.open((host, port))
        temp = Client(carrier, await exchange(carrier, keys, expires_in=3600))
        assert await answer(temp, api.help.GetNearestDc()) == "AUTH_KEY_PERM_EMPTY"
        assert await bind(temp, temp) == "ENCRYPTED_MESSAGE_INVALID"
        assert await bind(temp, perm) is True
        phone = world.new_phone()
        settings = api.CodeSettings()
        sent = await answer(
            temp,
            api.auth.SendCode(phone_number=phone, api_id=1, api_hash="x", settings=settings),
        )
        names = {"phone_number": phone, "phone_code_hash": sent.phone_code_hash}
        await answer(temp, api.auth.SignIn(**names, phone_code="22222"))
        signed = await answer(temp, api.auth.SignUp(**names, first_name="Ada", last_name=""))
        (me,) = await answer(perm, api.users.GetUsers(id=[api.InputUserSelf()]))
        assert me.id == signed.user.id
        assert await answer(perm, api.auth.DropTempAuthKeys(except_auth_keys=[])) is True
        await temp.carrier.close()
        temp.carrier = await Tcp.open((host, port))
        await temp.begin(said(api.users.GetUsers(id=[api.InputUserSelf()])))
        refused = await temp.carrier.receive()  # a dropped key is unknown: make another one
        assert refused.payload == (-404).to_bytes(4, "little", signed=True)
    finally:
        await gateway.stop(2.0)
    await world.settle()
    assert not world.errors
