"""Forgotten passwords: by e-mail, or after a week."""

from __future__ import annotations

from petitbleu.tl import api
from tests.domain.access.password.steps import (
    mailed,
    new_settings,
    owing,
    proof,
    refused,
    set_password,
    told,
    with_recovery,
)
from tests.kit.world import World

DAY = 86400


async def test_a_forgotten_password_is_recovered_by_mail(world: World) -> None:
    ada = await world.sign_up("Ada")
    await with_recovery(world, ada)
    device = await owing(world, ada.phone)
    asked = await device.call(api.auth.RequestPasswordRecovery())
    assert asked.email_pattern == "a***@example.org"
    code = mailed(world)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for call in (api.auth.CheckRecoveryPassword, api.auth.RecoverPassword):
        assert await refused(device.call(call(code=wrong))) == "CODE_INVALID"
        assert await refused(device.call(call(code=" "))) == "CODE_EMPTY"
    assert await device.call(api.auth.CheckRecoveryPassword(code=code)) is True
    signed = await device.call(api.auth.RecoverPassword(code=code))
    assert signed.user.id == ada.user_id
    assert not (await told(device)).has_password


async def test_recovery_may_set_a_new_password(world: World) -> None:
    ada = await world.sign_up("Ada")
    await with_recovery(world, ada)
    device = await owing(world, ada.phone)
    await device.call(api.auth.RequestPasswordRecovery())
    code = mailed(world)
    new = await new_settings(device, "second")
    bad = api.account.PasswordInputSettings(new_algo=new.new_algo, new_password_hash=b"x", hint="")
    call = device.call(api.auth.RecoverPassword(code=code, new_settings=bad))
    assert await refused(call) == "NEW_SETTINGS_INVALID"
    await device.call(api.auth.RecoverPassword(code=code, new_settings=new))
    state = await told(device)
    assert state.has_password and state.has_recovery
    third = await owing(world, ada.phone)
    await third.call(api.auth.CheckPassword(password=await proof(third, "second")))


async def test_a_recovery_code_is_good_for_the_key_that_asked(world: World) -> None:
    ada = await world.sign_up("Ada")
    await with_recovery(world, ada)
    one, two = await owing(world, ada.phone), await owing(world, ada.phone)
    await one.call(api.auth.RequestPasswordRecovery())
    call = two.call(api.auth.RecoverPassword(code=mailed(world)))
    assert await refused(call) == "PASSWORD_RECOVERY_EXPIRED"
    world.clock.advance(3600)
    call = one.call(api.auth.RecoverPassword(code=mailed(world)))
    assert await refused(call) == "PASSWORD_RECOVERY_EXPIRED"


async def test_refusals_of_a_recovery(world: World) -> None:
    ada = await world.sign_up("Ada")
    call = api.auth.RequestPasswordRecovery()
    assert await refused(ada.call(call)) == "PASSWORD_EMPTY"
    await set_password(ada)
    assert await refused(ada.call(call)) == "PASSWORD_RECOVERY_NA"


async def test_a_password_is_reset_after_a_week_that_everybody_was_told_of(world: World) -> None:
    ada = await world.sign_up("Ada")
    assert await refused(ada.call(api.account.ResetPassword())) == "PASSWORD_EMPTY"
    await set_password(ada)
    ada.pushed.clear()
    asked = await ada.call(api.account.ResetPassword())
    until = int(world.clock.now()) + 7 * DAY
    assert asked == api.account.ResetPasswordRequestedWait(until_date=until)
    assert (await told(ada)).pending_reset_date == until
    (news,) = ada.updates(api.UpdateNewMessage)
    assert "two-step password" in news.message.message
    world.clock.advance(7 * DAY - 1)
    again = await ada.call(api.account.ResetPassword())
    assert again == api.account.ResetPasswordRequestedWait(until_date=until)
    world.clock.advance(1)
    assert await ada.call(api.account.ResetPassword()) == api.account.ResetPasswordOk()
    assert not (await told(ada)).has_password


async def test_a_reset_is_called_off_and_may_be_asked_for_a_day_later(world: World) -> None:
    ada = await world.sign_up("Ada")
    await set_password(ada)
    decline = api.account.DeclinePasswordReset()
    assert await refused(ada.call(decline)) == "RESET_REQUEST_MISSING"
    await ada.call(api.account.ResetPassword())
    assert await ada.call(decline) is True
    assert (await told(ada)).pending_reset_date is None
    retry = int(world.clock.now()) + DAY
    failed = await ada.call(api.account.ResetPassword())
    assert failed == api.account.ResetPasswordFailedWait(retry_date=retry)
    world.clock.advance(DAY)
    asked = await ada.call(api.account.ResetPassword())
    assert isinstance(asked, api.account.ResetPasswordRequestedWait)


async def test_a_new_password_ends_a_reset(world: World) -> None:
    ada = await world.sign_up("Ada")
    await set_password(ada)
    await ada.call(api.account.ResetPassword())
    change = api.account.UpdatePasswordSettings(
        password=await proof(ada), new_settings=await new_settings(ada, "second")
    )
    await ada.call(change)
    assert (await told(ada)).pending_reset_date is None
