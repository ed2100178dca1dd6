"""QR login, authorizations carried to another key, temporary keys."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.mtproto.binding import Binding, open_binding, seal_binding
from petitbleu.store.api import Tx
from petitbleu.store.query import query
from petitbleu.tl import api
from tests.domain.registration.auth.towns import admit, join, refused
from tests.kit.world import Client, World


def export(*except_ids: int) -> api.auth.ExportLoginToken:
    """auth.exportLoginToken"""
    return api.auth.ExportLoginToken(api_id=1, api_hash="x", except_ids=list(except_ids))


async def test_a_device_is_let_in_by_its_qr_code(world: World) -> None:
    ada = await world.sign_up("Ada")
    new = world.connect(ip="127.0.0.9")
    shown = await new.call(export())
    assert shown.expires == int(world.clock.now()) + 30
    new.pushed.clear()
    accepted = await ada.call(api.auth.AcceptLoginToken(token=shown.token))
    assert (accepted.device_model, accepted.ip, accepted.current) == ("kit", "127.0.0.9", False)
    (news,) = new.pushed
    assert isinstance(news, api.UpdateShort) and isinstance(news.update, api.UpdateLoginToken)
    success = await new.call(export())
    assert isinstance(success, api.auth.LoginTokenSuccess)
    assert success.authorization.user.id == ada.user_id
    await new.call(api.updates.GetState())
    listed = (await ada.call(api.account.GetAuthorizations())).authorizations
    assert sorted(row.hash for row in listed) == sorted([0, accepted.hash])
    assert not any(row.unconfirmed for row in listed)


async def test_import_answers_by_the_token_itself(world: World) -> None:
    ada = await world.sign_up("Ada")
    new = world.connect()
    shown = await new.call(export())
    again = await new.call(api.auth.ImportLoginToken(token=shown.token))
    assert isinstance(again, api.auth.LoginToken) and again.token == shown.token
    await ada.call(api.auth.AcceptLoginToken(token=shown.token))
    success = await new.call(api.auth.ImportLoginToken(token=shown.token))
    assert success.authorization.user.id == ada.user_id
    call = new.call(api.auth.ImportLoginToken(token=shown.token))
    assert await refused(call) == "AUTH_TOKEN_INVALID"


async def test_who_photographs_an_accepted_code_gains_nothing(world: World) -> None:
    ada = await world.sign_up("Ada")
    new, thief = world.connect(), world.connect()
    shown = await new.call(export())
    await ada.call(api.auth.AcceptLoginToken(token=shown.token))
    call = thief.call(api.auth.ImportLoginToken(token=shown.token))
    assert await refused(call) == "AUTH_TOKEN_INVALID"
    assert isinstance(await thief.call(export()), api.auth.LoginToken)


async def test_refusals_of_a_token(world: World) -> None:
    ada = await world.sign_up("Ada")
    new = world.connect()

    def accept(token: bytes) -> Any:
        return refused(ada.call(api.auth.AcceptLoginToken(token=token)))

    assert await accept(b"") == "AUTH_TOKEN_INVALIDX"
    assert await accept(b"\0" * 32) == "AUTH_TOKEN_INVALIDX"
    shown = await new.call(export(ada.user_id))
    assert await accept(shown.token) == "AUTH_TOKEN_EXCEPTION"
    shown = await new.call(export())
    earlier = shown.token
    shown = await new.call(export())
    assert await accept(earlier) == "AUTH_TOKEN_INVALIDX"
    world.clock.advance(30)
    assert await accept(shown.token) == "AUTH_TOKEN_EXPIRED"
    call = new.call(api.auth.ImportLoginToken(token=shown.token))
    assert await refused(call) == "AUTH_TOKEN_EXPIRED"
    shown = await new.call(export())
    await ada.call(api.auth.AcceptLoginToken(token=shown.token))
    assert await accept(shown.token) == "AUTH_TOKEN_ALREADY_ACCEPTED"
    world.clock.advance(300)
    assert isinstance(await new.call(export()), api.auth.LoginToken)
    wrong_api = api.auth.ExportLoginToken(api_id=0, api_hash="", except_ids=[])
    assert await refused(new.call(wrong_api)) == "API_ID_INVALID"


async def exported(client: Client) -> Any:
    """auth.exportAuthorization of a client."""
    return await client.call(api.auth.ExportAuthorization(dc_id=4))


async def test_an_authorization_is_carried_to_another_key(town: World) -> None:
    await admit(town)
    ada = await join(town)
    media = town.connect(ip="203.0.113.5")
    carried = await exported(ada)
    signed = await media.call(api.auth.ImportAuthorization(id=carried.id, bytes=carried.bytes))
    assert signed.user.id == ada.user_id
    listed = (await media.call(api.account.GetAuthorizations())).authorizations
    assert [row.current for row in listed] == [True]
    assert ada.updates(api.UpdateNewAuthorization) == []
    further = town.connect(ip="203.0.113.5")
    carried = await exported(media)
    await further.call(api.auth.ImportAuthorization(id=carried.id, bytes=carried.bytes))
    await ada.call(api.auth.LogOut())
    for client in (media, further):
        call = client.call(api.users.GetUsers(id=[api.InputUserSelf()]))
        assert await refused(call) == "AUTH_KEY_UNREGISTERED"
        assert not client.open


async def test_a_carried_authorization_works_once_and_for_its_account(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")

    async def carry(id: int, secret: bytes) -> str:
        client = world.connect()
        return await refused(client.call(api.auth.ImportAuthorization(id=id, bytes=secret)))

    assert await carry(ada.user_id, b"\1" * 64) == "AUTH_BYTES_INVALID"
    assert await carry(0, b"") == "USER_ID_INVALID"
    carried = await exported(ada)
    assert await carry(bob.user_id, carried.bytes) == "AUTH_BYTES_INVALID"
    assert await carry(ada.user_id, carried.bytes) == "AUTH_BYTES_INVALID"
    carried = await exported(ada)
    world.clock.advance(600)
    assert await carry(ada.user_id, carried.bytes) == "AUTH_BYTES_INVALID"
    carried = await exported(ada)
    await ada.call(api.auth.LogOut())
    assert await carry(bob.user_id - 1, carried.bytes) == "AUTH_BYTES_INVALID"
    for dc in (0, 6, -1):
        call = bob.call(api.auth.ExportAuthorization(dc_id=dc))
        assert await refused(call) == "DC_ID_INVALID"


async def test_a_key_signed_in_anew_takes_its_shared_keys_along(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    media = world.connect()
    carried = await exported(ada)
    await media.call(api.auth.ImportAuthorization(id=carried.id, bytes=carried.bytes))
    await ada.sign_in(bob.phone)
    call = media.call(api.users.GetUsers(id=[api.InputUserSelf()]))
    assert await refused(call) == "AUTH_KEY_UNREGISTERED"


# ── temporary keys ──────────────────────────────────────────────────────────────────────────────

_PUT_KEY = query(
    "insert into auth_key (id, sealed, temp, created_at, expires_at)"
    " values (:id, :sealed, :temp, 0, :expires_at)"
)
_KEYS = query("select id, perm_id, expires_at from auth_key where temp = 1 order by id")
PERM_KEY = bytes(range(256))


async def _put_key(tx: Tx, id: int, temp: int, expires_at: int | None) -> None:
    await tx.run(_PUT_KEY, id=id, sealed=b"", temp=temp, expires_at=expires_at)


class Temporary:
    """A session on a temporary key whose permanent key 5001 is stored."""

    def __init__(self, world: World, temp_id: int) -> None:
        self.world = world
        self.client = world.connect(key=0)
        self.link = self.client.link
        self.link.temp_key_id = temp_id
        self.link.layer = 229
        self.link.open_binding = self._open
        self.link.bound = self._bound

    async def _open(self, perm_id: int, encrypted: bytes) -> tuple[int, ...] | None:
        return open_binding(PERM_KEY, perm_id, encrypted)

    def _bound(self, perm_id: int) -> None:
        self.world.links.remove(self.link)
        self.link.auth_key_id = perm_id
        self.world.links.add(self.link)

    async def bind(self, perm_id: int, expires_at: int, lies: dict[str, int] | None = None) -> Any:
        """auth.bindTempAuthKey; ``lies`` change what the inner message says."""
        msg_id = 1 << 40
        true = Binding(msg_id, -7, self.link.temp_key_id, perm_id, self.link.session_id, expires_at)
        sealed = seal_binding(PERM_KEY, perm_id, true._replace(**(lies or {})), b"r" * 24)
        self.client._ids = iter([msg_id])
        return await self.client.call(
            api.auth.BindTempAuthKey(
                perm_auth_key_id=perm_id, nonce=-7, expires_at=expires_at, encrypted_message=sealed
            )
        )


@pytest.fixture
async def soon(world: World) -> int:
    """Permanent keys 5001 and 5003 and temporary ones -77 and -78; when the temporary ones end."""
    until = int(world.clock.now()) + 3600
    for id, temp in ((5001, 0), (5003, 0), (-77, 1), (-78, 1)):
        await world.app.store.write(_put_key, id, temp, until if temp else None)
    return until


async def test_a_temporary_key_is_bound(world: World, soon: int) -> None:
    session = Temporary(world, -77)
    call = session.client.call(api.help.GetNearestDc())
    assert await refused(call) == "AUTH_KEY_PERM_EMPTY"
    assert await session.bind(5001, soon - 60) is True
    rows = await world.app.store.rows(_KEYS)
    assert rows == [(-78, None, soon), (-77, 5001, soon - 60)]
    assert session.link.auth_key_id == 5001
    assert await session.bind(5001, soon + 60) is True
    assert await refused(session.bind(5003, soon)) == "TEMP_AUTH_KEY_ALREADY_BOUND"


@pytest.mark.parametrize(
    "lie", ["msg_id", "nonce", "temp_id", "perm_id", "session_id", "expires_at"]
)
async def test_each_lie_in_a_binding_is_found(world: World, soon: int, lie: str) -> None:
    session = Temporary(world, -77)
    call = session.bind(5001, soon, {lie: 123})
    assert await refused(call) == "ENCRYPTED_MESSAGE_INVALID"
    assert (await world.app.store.rows(_KEYS))[1] == (-77, None, soon)


async def test_refusals_of_a_binding(world: World, soon: int) -> None:
    session = Temporary(world, -77)
    assert await refused(session.bind(9999, soon)) == "ENCRYPTED_MESSAGE_INVALID"
    past = int(world.clock.now())
    assert await refused(session.bind(5001, past)) == "EXPIRES_AT_INVALID"
    permanent = await world.sign_up("Ada")
    call = api.auth.BindTempAuthKey(
        perm_auth_key_id=5001, nonce=1, expires_at=soon, encrypted_message=b""
    )
    assert await refused(permanent.call(call)) == "TEMP_AUTH_KEY_EMPTY"


async def test_temporary_keys_are_dropped_but_for_the_named(world: World, soon: int) -> None:
    one, two = Temporary(world, -77), Temporary(world, -78)
    await one.bind(5001, soon)
    await two.bind(5001, soon)
    drop = api.auth.DropTempAuthKeys(except_auth_keys=[])
    one.client._ids = iter([4])
    assert await one.client.call(drop) is True
    assert await world.app.store.rows(_KEYS) == [(-77, 5001, soon)]
    assert not two.client.open and one.client.open
    assert two.link.auth_key_id == 0
