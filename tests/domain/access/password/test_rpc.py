"""The two-step password as clients see it."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from petitbleu.store.api import Store
from petitbleu.store.query import query
from petitbleu.tl import api
from tests.domain.access.password import client_srp
from tests.domain.access.password.steps import (
    EMPTY,
    WORD,
    mailed,
    new_settings,
    owing,
    proof,
    refused,
    set_password,
    told,
    update,
    with_recovery,
)
from tests.kit.world import RpcFault, World

_SEALED = query("select sealed from srp_challenge")
SELF = api.users.GetUsers(id=[api.InputUserSelf()])


async def test_without_a_password_a_client_is_told_how_to_make_one(world: World) -> None:
    ada = await world.sign_up("Ada")
    state = await told(ada)
    assert not state.has_password and state.srp_id is None and state.current_algo is None
    assert (state.new_algo.g, len(state.new_algo.p)) == (3, 256)
    assert len(state.new_algo.salt1) >= 8 and len(state.new_algo.salt2) >= 8
    secure = api.SecurePasswordKdfAlgoPBKDF2HMACSHA512iter100000
    assert isinstance(state.new_secure_algo, secure)
    assert len(state.secure_random) == 256


@pytest.mark.parametrize("layer", [158, 229])
async def test_a_new_device_owes_the_password(world: World, layer: int) -> None:
    ada = await world.sign_up("Ada", layer)
    await set_password(ada)
    state = await told(ada)
    assert state.has_password and state.hint == "horse" and not state.has_recovery
    device = world.connect(layer)
    assert await refused(device.sign_in(ada.phone)) == "SESSION_PASSWORD_NEEDED"
    assert await refused(device.call(SELF)) == "SESSION_PASSWORD_NEEDED"
    listed = (await ada.call(api.account.GetAuthorizations())).authorizations
    assert [row.password_pending for row in listed] == [False, True]
    wrong = api.auth.CheckPassword(password=await proof(device, "wrong"))
    assert await refused(device.call(wrong)) == "PASSWORD_HASH_INVALID"
    signed = await device.call(api.auth.CheckPassword(password=await proof(device)))
    assert signed.user.id == ada.user_id
    assert (await device.call(SELF))[0].id == ada.user_id


async def test_a_challenge_is_good_once_for_its_account_and_its_time(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    await set_password(ada)
    await set_password(bob)
    used = await proof(ada)
    settings = api.account.GetPasswordSettings(password=used)
    await ada.call(settings)
    assert await refused(ada.call(settings)) == "SRP_ID_INVALID"
    of_bob = api.account.GetPasswordSettings(password=await proof(bob))
    assert await refused(ada.call(of_bob)) == "SRP_ID_INVALID"
    late = api.account.GetPasswordSettings(password=await proof(ada))
    world.clock.advance(600)
    assert await refused(ada.call(late)) == "SRP_ID_INVALID"
    two = [await proof(ada), await proof(ada)]
    for one in two:
        await ada.call(api.account.GetPasswordSettings(password=one))


async def test_a_proof_sent_twice_at_once_counts_once(world: World) -> None:
    ada = await world.sign_up("Ada")
    await set_password(ada)
    call = api.account.GetPasswordSettings(password=await proof(ada))
    outcomes = await asyncio.gather(*(ada.call(call) for _ in range(3)), return_exceptions=True)
    assert (
        sorted(str(one) for one in outcomes if isinstance(one, RpcFault))
        == ["400 SRP_ID_INVALID"] * 2
    )


async def test_changes_at_once_cannot_both_count(world: World) -> None:
    ada = await world.sign_up("Ada")
    await set_password(ada)
    new = [await new_settings(ada, word) for word in ("one", "two")]
    proofs = [await proof(ada), await proof(ada)]
    calls = [update(ada, *both) for both in zip(proofs, new, strict=True)]
    outcomes = await asyncio.gather(*calls, return_exceptions=True)
    assert sorted(str(one) for one in outcomes) == ["400 SRP_PASSWORD_CHANGED", "True"]


async def test_a_wrong_try_uses_its_challenge_up(world: World) -> None:
    ada = await world.sign_up("Ada")
    await set_password(ada)
    state = await told(ada)
    wrong = api.account.GetPasswordSettings(password=client_srp.check("wrong", state))
    right = api.account.GetPasswordSettings(password=client_srp.check(WORD, state))
    assert await refused(ada.call(wrong)) == "PASSWORD_HASH_INVALID"
    assert await refused(ada.call(right)) == "SRP_ID_INVALID"


@pytest.mark.parametrize("answer", [b"", b"\0" * 256, b"\0" * 255 + b"\1", b"\xff" * 256])
async def test_answers_out_of_range_prove_nothing(world: World, answer: bytes) -> None:
    ada = await world.sign_up("Ada")
    await set_password(ada)
    state = await told(ada)
    for m1 in (b"", os.urandom(32)):
        fake = api.InputCheckPasswordSRP(srp_id=state.srp_id, A=answer, M1=m1)
        call = ada.call(api.account.GetPasswordSettings(password=fake))
        assert await refused(call) in {"PASSWORD_HASH_INVALID", "SRP_ID_INVALID"}


async def test_a_password_is_changed_with_the_old_one_only(world: World) -> None:
    ada = await world.sign_up("Ada")
    await set_password(ada)
    new = await new_settings(ada, "second")
    assert await refused(update(ada, EMPTY, new)) == "PASSWORD_HASH_INVALID"
    assert await refused(update(ada, await proof(ada, "no"), new)) == "PASSWORD_HASH_INVALID"
    stale = await proof(ada)
    assert await update(ada, await proof(ada), new) is True
    assert await refused(update(ada, stale, new)) == "SRP_PASSWORD_CHANGED"
    device = await owing(world, ada.phone)
    old = api.auth.CheckPassword(password=await proof(device))
    assert await refused(device.call(old)) == "PASSWORD_HASH_INVALID"
    await device.call(api.auth.CheckPassword(password=await proof(device, "second")))


@pytest.mark.parametrize("unknown_algo", [True, False])
async def test_a_password_is_removed(world: World, unknown_algo: bool) -> None:
    ada = await world.sign_up("Ada")
    await set_password(ada)
    algo = api.PasswordKdfAlgoUnknown() if unknown_algo else (await told(ada)).new_algo
    empty = api.account.PasswordInputSettings(
        new_algo=algo, new_password_hash=b"", hint="", email=""
    )
    assert await update(ada, await proof(ada), empty) is True
    assert not (await told(ada)).has_password
    await world.sign_in(ada.phone)


async def test_refusals_of_new_settings(world: World) -> None:
    ada = await world.sign_up("Ada")
    good = await new_settings(ada, WORD)
    algo = good.new_algo
    kdf = type(algo)

    def changed(**other: object) -> api.account.PasswordInputSettings:
        values = {"salt1": algo.salt1, "salt2": algo.salt2, "g": algo.g, "p": algo.p} | other
        return api.account.PasswordInputSettings(
            new_algo=kdf(**values), new_password_hash=good.new_password_hash, hint=""
        )

    def hashed(hash: bytes) -> api.account.PasswordInputSettings:
        return api.account.PasswordInputSettings(new_algo=algo, new_password_hash=hash, hint="")

    cases = [
        (api.account.PasswordInputSettings(), "NEW_SETTINGS_EMPTY"),
        (changed(salt1=bytes([algo.salt1[0] ^ 1]) + algo.salt1[1:]), "NEW_SALT_INVALID"),
        (changed(salt1=algo.salt1[:8]), "NEW_SALT_INVALID"),
        (changed(salt1=algo.salt1 + bytes(200)), "NEW_SALT_INVALID"),
        (changed(salt2=algo.salt2 + b"x"), "NEW_SALT_INVALID"),
        (changed(g=4), "NEW_SETTINGS_INVALID"),
        (changed(p=algo.p[:-1] + b"\0"), "NEW_SETTINGS_INVALID"),
        (hashed(b"\1"), "NEW_SETTINGS_INVALID"),
        (hashed(b"\0" * 255 + b"\1"), "NEW_SETTINGS_INVALID"),
        (hashed(b"\xff" * 256), "NEW_SETTINGS_INVALID"),
        (await new_settings(ada, WORD, hint="x" * 256), "NEW_SETTINGS_INVALID"),
        (await new_settings(ada, WORD, email="not an address"), "EMAIL_INVALID"),
        (api.account.PasswordInputSettings(email="a@example.org"), "NEW_SETTINGS_INVALID"),
    ]
    for settings, expected in cases:
        assert await refused(update(ada, EMPTY, settings)) == expected
    nobody = api.InputCheckPasswordSRP(srp_id=1, A=b"\2", M1=b"")
    assert await refused(update(ada, nobody, good)) == "PASSWORD_HASH_INVALID"
    assert not (await told(ada)).has_password


async def test_a_password_with_an_address_counts_once_it_is_confirmed(world: World) -> None:
    ada = await world.sign_up("Ada")
    call = update(ada, EMPTY, await new_settings(ada, WORD, email="Ada@Example.org"))
    assert await refused(call) == "EMAIL_UNCONFIRMED_6"
    await world.settle()
    state = await told(ada)
    assert not state.has_password and state.email_unconfirmed_pattern == "a***@example.org"
    assert world.mail.sent[-1].to == "ada@example.org"
    first = mailed(world)
    await ada.call(api.account.ResendPasswordEmail())
    await world.settle()
    second = mailed(world)
    if first != second:
        stale = ada.call(api.account.ConfirmPasswordEmail(code=first))
        assert await refused(stale) == "CODE_INVALID"
    assert await ada.call(api.account.ConfirmPasswordEmail(code=second)) is True
    state = await told(ada)
    assert state.has_password and state.has_recovery and state.email_unconfirmed_pattern is None
    settings = await ada.call(api.account.GetPasswordSettings(password=await proof(ada)))
    assert settings.email == "ada@example.org"
    again = ada.call(api.account.ConfirmPasswordEmail(code=second))
    assert await refused(again) == "EMAIL_HASH_EXPIRED"


async def test_a_waiting_address_is_called_off(world: World) -> None:
    ada = await world.sign_up("Ada")
    for call in (api.account.CancelPasswordEmail(), api.account.ResendPasswordEmail()):
        assert await refused(ada.call(call)) == "EMAIL_HASH_EXPIRED"
    call = update(ada, EMPTY, await new_settings(ada, WORD, email="ada@example.org"))
    await refused(call)
    await world.settle()
    assert await ada.call(api.account.CancelPasswordEmail()) is True
    late = ada.call(api.account.ConfirmPasswordEmail(code=mailed(world)))
    assert await refused(late) == "EMAIL_HASH_EXPIRED"
    state = await told(ada)
    assert not state.has_password and state.email_unconfirmed_pattern is None


async def test_a_confirmation_code_has_few_tries(world: World) -> None:
    ada = await world.sign_up("Ada")
    await refused(update(ada, EMPTY, await new_settings(ada, WORD, email="ada@example.org")))
    await world.settle()
    code = mailed(world)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for _ in range(world.app.config.codes.tries):
        call = ada.call(api.account.ConfirmPasswordEmail(code=wrong))
        assert await refused(call) == "CODE_INVALID"
    call = ada.call(api.account.ConfirmPasswordEmail(code=code))
    assert await refused(call) == "EMAIL_HASH_EXPIRED"


async def test_the_address_alone_is_changed_and_taken_away(world: World) -> None:
    ada = await world.sign_up("Ada")
    await with_recovery(world, ada)
    other = api.account.PasswordInputSettings(email="new@example.org")
    assert await refused(update(ada, await proof(ada), other)) == "EMAIL_UNCONFIRMED_6"
    await world.settle()
    state = await told(ada)
    assert state.has_recovery and state.email_unconfirmed_pattern == "n***@example.org"
    await ada.call(api.account.ConfirmPasswordEmail(code=mailed(world)))
    settings = await ada.call(api.account.GetPasswordSettings(password=await proof(ada)))
    assert settings.email == "new@example.org"
    none = api.account.PasswordInputSettings(email="")
    assert await update(ada, await proof(ada), none) is True
    assert not (await told(ada)).has_recovery


async def test_the_clients_own_secret_is_kept_until_the_password_changes(world: World) -> None:
    ada = await world.sign_up("Ada")
    await set_password(ada)
    algo = api.SecurePasswordKdfAlgoPBKDF2HMACSHA512iter100000(salt=b"s" * 40)
    secret = api.SecureSecretSettings(
        secure_algo=algo, secure_secret=b"e" * 32, secure_secret_id=-5
    )
    change = api.account.PasswordInputSettings(new_secure_settings=secret)
    assert await update(ada, await proof(ada), change) is True
    assert (await told(ada)).has_secure_values
    settings = await ada.call(api.account.GetPasswordSettings(password=await proof(ada)))
    assert settings.secure_settings == secret
    await update(ada, await proof(ada), await new_settings(ada, "second"))
    assert not (await told(ada)).has_secure_values


async def test_guesses_are_counted_per_account(store: Store, tmp_path: Path) -> None:
    world = World(store, tmp_path)
    await world.start()
    ada = await world.sign_up("Ada")
    await set_password(ada)
    waits = ""
    for turn in range(11):
        world.clock.advance(30)
        guesser = world.connect(key=ada.link.auth_key_id, ip=f"203.0.113.{turn}")
        call = api.account.GetPasswordSettings(password=await proof(guesser, "guess"))
        waits = await refused(guesser.call(call))
    assert waits.startswith("FLOOD_WAIT_")


async def test_the_servers_exponent_is_sealed(world: World) -> None:
    ada = await world.sign_up("Ada")
    await set_password(ada)
    await told(ada)
    await told(ada)
    rows = await world.app.store.rows(_SEALED)
    assert len({bytes(sealed) for (sealed,) in rows}) == 2
    assert all(len(sealed) > 32 for (sealed,) in rows)


async def test_a_key_that_owes_nothing_cannot_give_a_password(world: World) -> None:
    stranger = world.connect()
    for call in (
        api.auth.CheckPassword(password=EMPTY),
        api.auth.RequestPasswordRecovery(),
        api.auth.CheckRecoveryPassword(code="1"),
        api.auth.RecoverPassword(code="1"),
    ):
        assert await refused(stranger.call(call)) == "AUTH_KEY_UNREGISTERED"


async def test_a_password_owed_is_forgotten_after_a_day_and_by_log_out(world: World) -> None:
    ada = await world.sign_up("Ada")
    await set_password(ada)
    one, two = await owing(world, ada.phone), await owing(world, ada.phone)
    await one.call(api.auth.LogOut())
    call = one.call(api.auth.CheckPassword(password=EMPTY))
    assert await refused(call) == "AUTH_KEY_UNREGISTERED"
    world.clock.advance(86400)
    call = two.call(api.auth.CheckPassword(password=EMPTY))
    assert await refused(call) == "AUTH_KEY_UNREGISTERED"


async def test_qr_login_owes_the_password_too(world: World) -> None:
    ada = await world.sign_up("Ada")
    await set_password(ada)
    device = world.connect()
    export = api.auth.ExportLoginToken(api_id=1, api_hash="", except_ids=[])
    shown = await device.call(export)
    await ada.call(api.auth.AcceptLoginToken(token=shown.token))
    assert await refused(device.call(export)) == "SESSION_PASSWORD_NEEDED"
    signed = await device.call(api.auth.CheckPassword(password=await proof(device)))
    assert signed.user.id == ada.user_id
