"""Answers of sign-in methods as TL."""

from __future__ import annotations

from petitbleu.domain.people.accounts import views as accounts
from petitbleu.domain.registration.auth.codes import RESEND_SECONDS, Sent
from petitbleu.rpc.ctx import Ctx
from petitbleu.tl import api


async def authorization(ctx: Ctx, account: int) -> api.auth.Authorization:
    """The key is signed in as ``account`` now."""
    return api.auth.Authorization(user=await accounts.user(ctx.app, account, account))


def sign_up_required(ctx: Ctx) -> api.auth.AuthorizationSignUpRequired:
    """The code was right, nobody has the number: ask for a name (and show the terms)."""
    return api.auth.AuthorizationSignUpRequired(terms_of_service=accounts.terms(ctx.app))


def sent(told: Sent) -> api.auth.SentCode:
    """auth.sentCode. There is no CodeType for e-mail: the next way is always announced as SMS."""
    kind: api.auth.TypeSentCodeType
    if told.shown == "app":
        kind = api.auth.SentCodeTypeApp(length=told.length)
    elif told.shown == "email":
        kind = api.auth.SentCodeTypeEmailCode(email_pattern=told.email_pattern, length=told.length)
    elif told.shown == "setup":
        kind = api.auth.SentCodeTypeSetUpEmailRequired()
    else:
        kind = api.auth.SentCodeTypeSms(length=told.length)
    return api.auth.SentCode(
        type=kind,
        phone_code_hash=told.hash,
        next_type=api.auth.CodeTypeSms() if told.more else None,
        timeout=RESEND_SECONDS if told.more else None,
    )
