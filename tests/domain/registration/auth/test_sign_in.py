"""From a right code to a login: sign-up, sign-in on more devices, log-out."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from petitbleu.domain.access.devices import service as devices
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.registration.auth import service
from petitbleu.errors import Fault
from petitbleu.store.api import Store
from petitbleu.store.query import query
from petitbleu.tl import api
from tests.domain.registration.auth.towns import (
    MEMBER,
    MEMBER_MAIL,
    STRANGER,
    admit,
    code_of,
    join,
    opened,
    refused,
    sign_in,
)
from tests.kit.world import RpcFault, World

_ACCOUNT = query(
    "select email, country, terms_version, terms_at, active_month from account where phone = :phone"
)
_LOG = query("select event, ip, port, at, auth from signin_log where account = :account")


def sign_up(phone: str, hash: str, first: str = "Ada", last: str = "") -> api.auth.SignUp:
    """auth.signUp"""
    return api.auth.SignUp(
        phone_number=phone, phone_code_hash=hash, first_name=first, last_name=last
    )


@pytest.mark.parametrize("layer", [158, 199, 229])
async def test_clients_of_all_ages_sign_up_and_in(world: World, layer: int) -> None:
    ada = await world.sign_up("Ada", layer)
    again = await world.sign_in(ada.phone, layer)
    assert again.user_id == ada.user_id >= 1_000_001
    state = await again.call(api.updates.GetState())
    assert state.pts >= 1


async def test_what_a_sign_up_leaves_behind(store: Store, tmp_path: Path) -> None:
    settings = {"terms_version": "2026-11", "terms_text": "Be kind."}
    async with opened(store, tmp_path, **settings) as town:
        await admit(town)
        client = town.connect(ip="203.0.113.5")
        client.link.port = 4711
        sent = await client.send_code(MEMBER)
        code = await code_of(town, MEMBER)
        asked = await client.call(sign_in(MEMBER, sent.phone_code_hash, code))
        assert asked.terms_of_service.text == "Be kind."
        signed = await client.call(sign_up(MEMBER, sent.phone_code_hash))
        now = int(town.clock.now())
        month = town.clock.month()
        rows = await store.rows(_ACCOUNT, phone=MEMBER)
        assert rows == [(MEMBER_MAIL, "FR", "2026-11", now, month)]
        logged = await store.rows(_LOG, account=signed.user.id)
        assert logged == [("sign_up", "203.0.113.5", 4711, now, client.link.auth_key_id)]
        admitted = await joining.admission(store, MEMBER)
        assert admitted is not None and admitted.account == signed.user.id


async def test_refusals_of_a_sign_up(town: World) -> None:
    await admit(town)
    client = town.connect(ip="203.0.113.5")
    sent = await client.send_code(MEMBER)
    hash = sent.phone_code_hash
    assert await refused(client.call(sign_up(MEMBER, hash))) == "PHONE_CODE_INVALID"
    await client.call(sign_in(MEMBER, hash, await code_of(town, MEMBER)))
    cases = [
        (sign_up(MEMBER, hash, first="  "), "FIRSTNAME_INVALID"),
        (sign_up(MEMBER, hash, first="x" * 65), "FIRSTNAME_INVALID"),
        (sign_up(MEMBER, hash, last="x" * 65), "LASTNAME_INVALID"),
        (sign_up(MEMBER, ""), "PHONE_CODE_EMPTY"),
        (sign_up(MEMBER, "nothing"), "PHONE_CODE_EXPIRED"),
        (sign_up(STRANGER, hash), "PHONE_CODE_EXPIRED"),
        (sign_up("abc", hash), "PHONE_NUMBER_INVALID"),
    ]
    for call, expected in cases:
        assert await refused(client.call(call)) == expected
    await client.call(sign_up(MEMBER, hash))
    assert await refused(client.call(sign_up(MEMBER, hash))) == "PHONE_CODE_EXPIRED"


async def test_two_keys_with_the_same_number_make_one_account(world: World) -> None:
    phone = world.new_phone()
    first, second = world.connect(), world.connect()
    hashes = []
    for client in (first, second):
        sent = await client.send_code(phone)
        hashes.append(sent.phone_code_hash)
        await client.call(sign_in(phone, sent.phone_code_hash, "22222"))
    await first.call(sign_up(phone, hashes[0]))
    assert await refused(second.call(sign_up(phone, hashes[1]))) == "PHONE_NUMBER_OCCUPIED"
    answer = await second.call(sign_in(phone, hashes[1], "22222"))
    assert isinstance(answer, api.auth.Authorization)


async def test_sign_ups_at_once_with_one_number_make_one_account(world: World) -> None:
    phone = world.new_phone()
    clients = [world.connect() for _ in range(4)]
    calls = []
    for client in clients:
        sent = await client.send_code(phone)
        await client.call(sign_in(phone, sent.phone_code_hash, "22222"))
        calls.append(client.call(sign_up(phone, sent.phone_code_hash)))
    outcomes = await asyncio.gather(*calls, return_exceptions=True)
    made = [outcome for outcome in outcomes if isinstance(outcome, api.auth.Authorization)]
    assert len(made) == 1
    others = [str(outcome) for outcome in outcomes if isinstance(outcome, RpcFault)]
    assert others == ["400 PHONE_NUMBER_OCCUPIED"] * 3


async def test_an_admission_taken_back_after_the_code_was_sent(town: World) -> None:
    await admit(town)
    client = town.connect(ip="203.0.113.5")
    sent = await client.send_code(MEMBER)
    code = await code_of(town, MEMBER)
    await town.app.store.write(joining.forget, MEMBER)
    call = sign_in(MEMBER, sent.phone_code_hash, code)
    assert await refused(client.call(call)) == "PHONE_NUMBER_UNOCCUPIED"
    assert await refused(client.call(call)) == "PHONE_CODE_EXPIRED"


async def test_the_code_may_come_as_an_email_verification(town: World) -> None:
    await admit(town)
    client = town.connect(ip="203.0.113.5")
    sent = await client.send_code(MEMBER)
    given = api.EmailVerificationCode(code=f" {await code_of(town, MEMBER)} ")
    call = api.auth.SignIn(
        phone_number=MEMBER, phone_code_hash=sent.phone_code_hash, email_verification=given
    )
    assert isinstance(await client.call(call), api.auth.AuthorizationSignUpRequired)


async def test_another_device_signs_in_and_the_first_is_told(town: World) -> None:
    await admit(town)
    first = await join(town)
    first.pushed.clear()
    second = town.connect(ip="198.51.100.7")
    sent = await second.send_code(MEMBER)
    call = sign_in(MEMBER, sent.phone_code_hash, await code_of(town, MEMBER))
    signed = await second.call(call)
    assert signed.user.id == first.user_id and signed.user.self
    (news,) = first.updates(api.UpdateNewAuthorization)
    assert news.unconfirmed and "kit" in news.device and news.location == "198.51.100.7"
    texts = [update.message.message for update in first.updates(api.UpdateNewMessage)]
    assert any("New login" in text and "198.51.100.7" in text for text in texts)
    assert second.pushed == []
    state = await second.call(api.updates.GetState())
    missed = await second.call(
        api.updates.GetDifference(pts=state.pts, date=state.date, qts=state.qts)
    )
    assert isinstance(missed, api.updates.DifferenceEmpty)


async def test_a_first_login_alarms_nobody(town: World) -> None:
    await admit(town)
    device = await join(town)
    await town.settle()
    assert device.pushed == []


async def test_logging_out_ends_the_login_and_keeps_the_key(world: World) -> None:
    ada = await world.sign_up("Ada")
    other_session = world.connect(key=ada.link.auth_key_id)
    await other_session.call(api.users.GetUsers(id=[api.InputUserSelf()]))
    await ada.call(api.auth.LogOut())
    for client in (ada, other_session):
        call = client.call(api.users.GetUsers(id=[api.InputUserSelf()]))
        assert await refused(call) == "AUTH_KEY_UNREGISTERED"
    assert ada.open
    await ada.sign_in(ada.phone)
    events = [row.event for row in await devices.sign_ins(world.app, ada.user_id)]
    assert sorted(events) == ["log_out", "sign_in", "sign_up"]


async def test_logging_out_without_a_login_is_no_error(world: World) -> None:
    client = world.connect()
    assert isinstance(await client.call(api.auth.LogOut()), api.auth.LoggedOut)


async def test_methods_for_members_are_401_before_a_login(world: World) -> None:
    client = world.connect()
    for call in (
        api.users.GetUsers(id=[api.InputUserSelf()]),
        api.account.GetPassword(),
        api.account.GetAuthorizations(),
        api.updates.GetState(),
        api.auth.AcceptLoginToken(token=b"x"),
        api.auth.ExportAuthorization(dc_id=2),
    ):
        assert await refused(client.call(call)) == "AUTH_KEY_UNREGISTERED"


async def test_a_key_signed_in_anew_belongs_to_the_newer_account(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    phone = ada.phone
    await ada.sign_in(bob.phone)
    (me,) = await ada.call(api.users.GetUsers(id=[api.InputUserSelf()]))
    assert me.id == bob.user_id and phone != bob.phone
    assert await devices.devices(world.app, 1_000_001) == []


async def test_a_proved_password_is_worth_nothing_to_a_key_that_owes_none(world: World) -> None:
    ada = await world.sign_up("Ada")
    stranger = world.connect()
    where = devices.Where(stranger.link.auth_key_id)
    with pytest.raises(Fault, match="AUTH_KEY_UNREGISTERED"):
        await service.password_proved(world.app, ada.user_id, where, event="password")
