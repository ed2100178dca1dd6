"""TL methods of the two-step password."""

from __future__ import annotations

from petitbleu.domain.access.codes import service as codes
from petitbleu.domain.access.devices import service as devices
from petitbleu.domain.access.devices.views import where
from petitbleu.domain.access.password import recovery, service
from petitbleu.domain.access.password.service import Change, Proof, Secure, Verifier
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.registration.auth import service as auth
from petitbleu.domain.registration.auth import views as auth_views
from petitbleu.errors import Fault
from petitbleu.powers import GENERATOR, PRIME_BYTES
from petitbleu.rpc import limits, logins
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import ANYONE, rpc
from petitbleu.tl import api

_KDF = api.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow
_SECURE_KDF = api.SecurePasswordKdfAlgoPBKDF2HMACSHA512iter100000
_SECURE_RANDOM = 256
_SECURE_SALT = 8


async def _whose(ctx: Ctx) -> int:
    """The account signed in, or the one whose password this key owes. Raises 401 where neither."""
    if ctx.actor is not None:
        return ctx.actor.id
    account = await devices.pending(ctx.app.store, ctx.app, ctx.auth_key_id)
    if not account:
        raise Fault("AUTH_KEY_UNREGISTERED")
    return account


async def _count_try(ctx: Ctx, account: int) -> None:
    await limits.durable(ctx.app, "password_try", str(account), ip=ctx.ip)


def _proof(given: api.TypeInputCheckPasswordSRP) -> Proof | None:
    if isinstance(given, api.InputCheckPasswordSRP):
        return Proof(given.srp_id, given.A, given.M1)
    return None


def _kdf(salt1: bytes, salt2: bytes) -> api.TypePasswordKdfAlgo:
    return _KDF(salt1=salt1, salt2=salt2, g=GENERATOR, p=PRIME_BYTES)


@rpc("account.getPassword", limit="password")
async def get_password(ctx: Ctx, q: api.account.GetPassword) -> api.account.Password:
    """What a client needs to ask for the password or to set one."""
    app = ctx.app
    account = await _whose(ctx)
    state = await service.state(app, account)
    login_email = None
    if ctx.actor is not None:
        row = await accounts.get(app, account)
        login_email = codes.email_pattern(row.email) if row is not None and row.email else None
    challenge = state.challenge
    return api.account.Password(
        has_recovery=state.has_recovery,
        has_secure_values=state.has_secure,
        has_password=challenge is not None,
        current_algo=_kdf(challenge.salt1, challenge.salt2) if challenge else None,
        srp_B=challenge.public if challenge else None,
        srp_id=challenge.id if challenge else None,
        hint=state.hint if challenge else None,
        email_unconfirmed_pattern=state.unconfirmed,
        new_algo=_kdf(state.new_salt1, state.new_salt2),
        new_secure_algo=_SECURE_KDF(salt=app.random(_SECURE_SALT)),
        secure_random=app.random(_SECURE_RANDOM),
        pending_reset_date=state.reset_at,
        login_email_pattern=login_email,
    )


@rpc("auth.checkPassword", who=ANYONE, limit="password")
async def check_password(ctx: Ctx, q: api.auth.CheckPassword) -> api.auth.Authorization:
    """The owed password: the login begins."""
    account = await _whose(ctx)
    await _count_try(ctx, account)
    await service.check(ctx.app, account, _proof(q.password))
    return await _let_in(ctx, account, "password")


async def _let_in(ctx: Ctx, account: int, event: str) -> api.auth.Authorization:
    if ctx.actor is None:
        await auth.password_proved(ctx.app, account, where(ctx), event=event)
        logins.forget(ctx.app, ctx.auth_key_id)
    return await auth_views.authorization(ctx, account)


@rpc("account.getPasswordSettings", limit="password")
async def get_password_settings(
    ctx: Ctx, q: api.account.GetPasswordSettings
) -> api.account.PasswordSettings:
    """Recovery address and the client's own secret, for who knows the password."""
    await _count_try(ctx, ctx.me.id)
    email, secure = await service.settings(ctx.app, ctx.me.id, _proof(q.password))
    return api.account.PasswordSettings(
        email=email,
        secure_settings=api.SecureSecretSettings(
            secure_algo=_SECURE_KDF(salt=secure.salt),
            secure_secret=secure.secret,
            secure_secret_id=secure.id,
        )
        if secure
        else None,
    )


@rpc("account.updatePasswordSettings", limit="password")
async def update_password_settings(ctx: Ctx, q: api.account.UpdatePasswordSettings) -> bool:
    """Set, change or remove the password or what goes with it."""
    account = ctx.me.id
    claims = [limits.Claim("password_try", (str(account),))]
    if q.new_settings.email:
        claims.append(limits.Claim("mail_code", (str(account),)))
    await limits.charge(ctx.app, claims, ip=ctx.ip)
    change = _change(q.new_settings)
    await service.update(ctx.app, account, _proof(q.password), change, lang=ctx.lang)
    return True


def _change(new: api.account.PasswordInputSettings) -> Change:
    verifier = None
    remove = False
    if new.new_algo is not None or new.new_password_hash is not None:
        verifier = _verifier(new)
        remove = verifier is None
    return Change(verifier, remove, new.email, _secure(new.new_secure_settings))


def _verifier(new: api.account.PasswordInputSettings) -> Verifier | None:
    """The new password; None for an empty one, which removes the password."""
    if not new.new_password_hash:
        return None
    algo = new.new_algo
    if not isinstance(algo, _KDF) or algo.g != GENERATOR or algo.p != PRIME_BYTES:
        raise Fault("NEW_SETTINGS_INVALID")
    return Verifier(new.new_password_hash, algo.salt1, algo.salt2, new.hint or "")


def _secure(new: api.TypeSecureSecretSettings | None) -> Secure | None:
    if new is None:
        return None
    if not new.secure_secret:
        return Secure(b"", b"", 0)
    if not isinstance(new.secure_algo, _SECURE_KDF) or len(new.secure_secret) != 32:
        raise Fault("NEW_SETTINGS_INVALID")
    return Secure(new.secure_algo.salt, new.secure_secret, new.secure_secret_id)


@rpc("account.confirmPasswordEmail", limit="password")
async def confirm_password_email(ctx: Ctx, q: api.account.ConfirmPasswordEmail) -> bool:
    """The code from the recovery address."""
    await service.confirm_email(ctx.app, ctx.me.id, q.code, ip=ctx.ip)
    return True


@rpc("account.resendPasswordEmail", limit="password")
async def resend_password_email(ctx: Ctx, q: api.account.ResendPasswordEmail) -> bool:
    """That code again."""
    await limits.durable(ctx.app, "mail_code", str(ctx.me.id), ip=ctx.ip)
    await service.resend_email(ctx.app, ctx.me.id, lang=ctx.lang)
    return True


@rpc("account.cancelPasswordEmail", limit="password")
async def cancel_password_email(ctx: Ctx, q: api.account.CancelPasswordEmail) -> bool:
    """Never mind that address."""
    await service.cancel_email(ctx.app, ctx.me.id)
    return True


@rpc("auth.requestPasswordRecovery", who=ANYONE, limit="password")
async def request_password_recovery(
    ctx: Ctx, q: api.auth.RequestPasswordRecovery
) -> api.auth.PasswordRecovery:
    """Mail a recovery code to the confirmed address."""
    account = await _whose(ctx)
    await limits.durable(ctx.app, "mail_code", str(account), ip=ctx.ip)
    pattern = await recovery.request_recovery(ctx.app, account, ctx.auth_key_id, lang=ctx.lang)
    return api.auth.PasswordRecovery(email_pattern=pattern)


@rpc("auth.checkRecoveryPassword", who=ANYONE, limit="password")
async def check_recovery_password(ctx: Ctx, q: api.auth.CheckRecoveryPassword) -> bool:
    """Whether the recovery code is right, before asking for a new password."""
    account = await _whose(ctx)
    await recovery.check_recovery(
        ctx.app, account, ctx.auth_key_id, q.code, ip=ctx.ip, known=ctx.actor is not None
    )
    return True


@rpc("auth.recoverPassword", who=ANYONE, limit="password")
async def recover_password(ctx: Ctx, q: api.auth.RecoverPassword) -> api.auth.Authorization:
    """With the recovery code: a new password, or none any more; and in."""
    account = await _whose(ctx)
    new = None if q.new_settings is None else _verifier(q.new_settings)
    known = ctx.actor is not None
    await recovery.recover(ctx.app, account, ctx.auth_key_id, q.code, new, ip=ctx.ip, known=known)
    return await _let_in(ctx, account, "recovery")


@rpc("account.resetPassword", limit="password")
async def reset_password(
    ctx: Ctx, q: api.account.ResetPassword
) -> api.account.TypeResetPasswordResult:
    """Without password and address: a week of waiting, announced to all devices."""
    result = await recovery.reset(ctx.app, ctx.me.id)
    if result.what == "requested":
        return api.account.ResetPasswordRequestedWait(until_date=result.at)
    if result.what == "failed":
        return api.account.ResetPasswordFailedWait(retry_date=result.at)
    return api.account.ResetPasswordOk()


@rpc("account.declinePasswordReset", limit="password")
async def decline_password_reset(ctx: Ctx, q: api.account.DeclinePasswordReset) -> bool:
    """Call that off."""
    await recovery.decline_reset(ctx.app, ctx.me.id)
    return True
