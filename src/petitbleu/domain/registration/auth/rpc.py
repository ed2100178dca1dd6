"""TL methods of signing in with a code, and signing out."""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu import phones
from petitbleu.domain.access.devices import service as devices
from petitbleu.domain.access.devices.views import where
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.registration.auth import (
    aliases,
    codes,
    rpc_passkeys,  # noqa: F401 - registers its handlers
    rpc_tokens,  # noqa: F401 - registers its handlers
    service,
    views,
)
from petitbleu.errors import Fault
from petitbleu.networks import block
from petitbleu.rpc import limits, logins
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.limits import Claim
from petitbleu.rpc.registry import ANYONE, rpc
from petitbleu.tl import api


def _phone(typed: str) -> str:
    phone = phones.canonical(typed)
    if phone is None:
        raise Fault("PHONE_NUMBER_INVALID")
    return phone


def _named(ctx: Ctx, typed: str) -> str:
    """The number that a client names, by itself or by the alias of petitbleu.sendCode."""
    if not typed.startswith(aliases.MARK):
        return _phone(typed)
    phone = aliases.unseal(ctx.app, typed)
    if phone is None:
        raise Fault("PHONE_NUMBER_INVALID")
    return phone


async def _device(ctx: Ctx, phone: str, tokens: Sequence[bytes]) -> int:
    """The key under which the calling device signed in to the account of the number before, or 0.

    As many look-ups for a number that nobody has as for a member's.
    """
    account = await accounts.by_phone(ctx.app.store, phone)
    owner = 0 if account is None else account.id
    return await devices.known_device(ctx.app, owner, ctx.auth_key_id, tokens)


async def _count_code(
    ctx: Ctx, phone: str, tokens: Sequence[bytes] = (), *, again: str = ""
) -> bool:
    """Count a code for a number, by all rules or by none; known and unknown numbers are alike.

    What strangers ask for does not count for devices that have signed in to the account before
    (``again``: the hash of the code that is asked for once more). True for one of these.
    """
    if limits.lifted(ctx.app, ctx.ip):
        return False
    device = await _device(ctx, phone, tokens)
    if again and not device and await codes.asked_by_known(ctx.app, phone, again, where(ctx)):
        device = ctx.auth_key_id
    if device:
        claims = [Claim("code_known", (phone, str(device)))]
    else:
        claims = [
            Claim("code_phone_address", (phone, block(ctx.ip))),
            Claim("code_phone_address_day", (phone, block(ctx.ip))),
            Claim("code_phone", (phone,)),
            Claim("code_phone_day", (phone,)),
            Claim("code_prefix", (phones.prefix(phone),)),
            Claim("code_day"),
            *limits.at_address("code_ip", ctx.ip),
        ]
    await limits.charge(ctx.app, claims, ip=ctx.ip)
    return device != 0


@rpc("auth.sendCode", who=ANYONE, limit="code")
async def send_code(ctx: Ctx, q: api.auth.SendCode) -> api.auth.TypeSentCode:
    """Begin a login: a code goes to who has the number, if that person may sign in here."""
    phone = _phone(q.phone_number)
    if q.api_id <= 0:
        raise Fault("API_ID_INVALID")
    known = await _count_code(ctx, phone, q.settings.logout_tokens or ())
    local = limits.lifted(ctx.app, ctx.ip)
    told = await codes.send(ctx.app, phone, where(ctx), local=local, lang=ctx.lang, known=known)
    return views.sent(told)


@rpc("petitbleu.sendCode", who=ANYONE, limit="code")
async def send_code_to(ctx: Ctx, q: api.petitbleu.SendCode) -> api.petitbleu.SentCode:
    """Begin a login by an e-mail address or a username; known and unknown are answered alike."""
    if not 0 < len(q.who.strip()) <= aliases.LONGEST:
        raise Fault("PHONE_NUMBER_INVALID")
    alias = await aliases.find_phone(ctx.app, q.who)
    phone = aliases.decoy(ctx.app, q.who) if alias is None else alias
    known = await _count_code(ctx, phone)
    told = await codes.send(
        ctx.app,
        phone,
        where(ctx),
        local=limits.lifted(ctx.app, ctx.ip),
        lang=ctx.lang,
        known=known,
        nobody=alias is None,
        address=aliases.address(q.who),
    )
    return api.petitbleu.SentCode(alias=aliases.seal(ctx.app, phone), sent=views.sent(told))


@rpc("auth.resendCode", who=ANYONE, limit="code")
async def resend_code(ctx: Ctx, q: api.auth.ResendCode) -> api.auth.TypeSentCode:
    """The code again, the next way."""
    phone = _named(ctx, q.phone_number)
    if not q.phone_code_hash:
        raise Fault("PHONE_CODE_HASH_EMPTY")
    await _count_code(ctx, phone, again=q.phone_code_hash)
    return views.sent(
        await codes.resend(ctx.app, phone, q.phone_code_hash, where(ctx), lang=ctx.lang)
    )


@rpc("auth.cancelCode", who=ANYONE, limit="code")
async def cancel_code(ctx: Ctx, q: api.auth.CancelCode) -> bool:
    """The person gave up: the code is void."""
    await codes.cancel(ctx.app, _named(ctx, q.phone_number), q.phone_code_hash, where(ctx))
    return True


@rpc("auth.reportMissingCode", who=ANYONE, limit="code")
async def report_missing_code(ctx: Ctx, q: api.auth.ReportMissingCode) -> bool:
    """The person says that nothing came: noted for the operator, without the number."""
    _named(ctx, q.phone_number)
    ctx.app.log.info("code.reported_missing")
    return True


@rpc("auth.signIn", who=ANYONE, limit="code")
async def sign_in(ctx: Ctx, q: api.auth.SignIn) -> api.auth.TypeAuthorization:
    """The code. It may come as an e-mail verification, whichever way it was sent."""
    phone = _named(ctx, q.phone_number)
    given = q.phone_code or ""
    if isinstance(q.email_verification, api.EmailVerificationCode):
        given = q.email_verification.code
    elif q.email_verification is not None:
        raise Fault("PHONE_CODE_INVALID")
    try:
        account = await service.sign_in(ctx.app, phone, q.phone_code_hash, given, where(ctx))
    finally:
        logins.forget(ctx.app, ctx.auth_key_id)
    if account is None:
        return views.sign_up_required(ctx)
    return await views.authorization(ctx, account)


@rpc("auth.signUp", who=ANYONE, limit="code")
async def sign_up(ctx: Ctx, q: api.auth.SignUp) -> api.auth.Authorization:
    """A name for a number nobody has: the account begins."""
    phone = _named(ctx, q.phone_number)
    await limits.by_address(ctx.app, "signup_ip", ctx.ip)
    account = await service.sign_up(
        ctx.app,
        phone,
        q.phone_code_hash,
        q.first_name,
        q.last_name,
        where(ctx),
        lang=ctx.lang,
        quietly=q.no_joined_notifications,
    )
    logins.forget(ctx.app, ctx.auth_key_id)
    return await views.authorization(ctx, account)


@rpc("auth.logOut", who=ANYONE, limit="write")
async def log_out(ctx: Ctx, q: api.auth.LogOut) -> api.auth.LoggedOut:
    """End this login; the key stays. The token makes the device known when it comes back."""
    token = None
    if ctx.actor is not None:
        if not ctx.actor.bot:
            token = devices.logout_token(ctx.app, ctx.actor.id, ctx.auth_key_id)
        await devices.log_out(ctx.app, ctx.actor)
    else:
        await ctx.app.store.write(devices.forget_pending, ctx.app, ctx.auth_key_id)
    logins.forget(ctx.app, ctx.auth_key_id)
    return api.auth.LoggedOut(future_auth_token=token)


# ── e-mail at login (core.telegram.org/api/auth#email-verification) ──────────────────────────────


@rpc("account.sendVerifyEmailCode", who=ANYONE, limit="code")
async def send_verify_email_code(
    ctx: Ctx, q: api.account.SendVerifyEmailCode
) -> api.account.SentEmailCode:
    """A code to an address: of a new person signing in, or of a member changing theirs."""
    app, purpose = ctx.app, q.purpose
    if joining.check_email(q.email) is None:
        raise Fault("EMAIL_INVALID")
    if isinstance(purpose, api.EmailVerifyPurposeLoginSetup):
        phone = _named(ctx, purpose.phone_number)
        await _count_code(ctx, phone)
        pattern, length = await codes.send_setup(
            app, phone, purpose.phone_code_hash, q.email, where(ctx), lang=ctx.lang
        )
    elif isinstance(purpose, api.EmailVerifyPurposeLoginChange):
        me = ctx.me
        await limits.durable(app, "mail_code", str(me.id), ip=ctx.ip)
        pattern, length = await codes.send_change(app, me.id, q.email, where(ctx), lang=ctx.lang)
    else:
        raise Fault("EMAIL_NOT_ALLOWED")
    return api.account.SentEmailCode(email_pattern=pattern, length=length)


@rpc("account.verifyEmail", who=ANYONE, limit="code")
async def verify_email(ctx: Ctx, q: api.account.VerifyEmail) -> api.account.TypeEmailVerified:
    """The code from that address."""
    app, purpose = ctx.app, q.purpose
    if not isinstance(q.verification, api.EmailVerificationCode):
        raise Fault("EMAIL_NOT_ALLOWED")
    given = q.verification.code
    if isinstance(purpose, api.EmailVerifyPurposeLoginSetup):
        phone = _named(ctx, purpose.phone_number)
        email, told = await codes.verify_setup(
            app, phone, purpose.phone_code_hash, given, where(ctx), lang=ctx.lang
        )
        return api.account.EmailVerifiedLogin(email=email, sent_code=views.sent(told))
    if isinstance(purpose, api.EmailVerifyPurposeLoginChange):
        email = await codes.verify_change(app, ctx.me.id, given, where(ctx))
        return api.account.EmailVerified(email=email)
    raise Fault("EMAIL_NOT_ALLOWED")
