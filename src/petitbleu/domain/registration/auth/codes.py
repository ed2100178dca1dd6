"""Sending login codes: which way, what the client is told, and what strangers are told.

A number that may not sign up here is answered exactly like one that may: the same kinds of answer,
the same counting and expiry, only that nobody gets the code and no entry is ever right. Nothing in
the answer, its time or its limits tells who is a member.
"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu import phones
from petitbleu.app import App
from petitbleu.domain.access.codes import service as codes
from petitbleu.domain.access.codes.service import CodeRow
from petitbleu.domain.access.devices.service import Where
from petitbleu.domain.access.joining import channels
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.errors import Fault
from petitbleu.store.api import Conflict, Tx

RESEND_SECONDS = 60
"""After this a client offers the next way."""


class Sent(NamedTuple):
    """What the client is told: ``shown`` is app, email, webhook or setup (an address is wanted)."""

    hash: str
    shown: str
    length: int
    email_pattern: str
    more: bool
    """Another way is open: auth.resendCode will use it."""


class Way(NamedTuple):
    """How one code goes: the channel in truth, the one shown, the address, whether more follow."""

    channel: str
    shown: str
    email: str | None
    more: bool


async def send(
    app: App,
    phone: str,
    where: Where,
    *,
    local: bool,
    lang: str,
    known: bool = False,
    nobody: bool = False,
    address: str = "",
) -> Sent:
    """Make a code for ``phone`` (canonical) and send it. Limits were counted before this call.

    ``local``: a developer on this machine, for whom test numbers take their fixed code. ``known``:
    the device has signed in to the account before. ``nobody``: the number is a decoy. ``address``:
    the e-mail address by which the code was asked for; it goes there, whatever else is open.
    """
    account = await accounts.by_phone(app.store, phone)
    account_id = None if account is None else account.id
    fixed = phones.test_code(phone) if local else None
    if address and app.mail is not None:
        way = Way(codes.DECOY if nobody else "email", "email", address, False)
    else:
        way = _decoy(app, phone) if nobody else await _first_way(app, phone, account_id)
    if fixed is not None:  # everybody knows it: nothing to send
        way = way._replace(channel=codes.NOWHERE, email=None)
    code = codes.make(
        app,
        codes.LOGIN,
        phone=phone,
        account=account_id or 0,
        auth=where.auth,
        channel=way.channel,
        shown=way.shown,
        email=way.email,
        plain=fixed,
        length=app.config.codes.length,
        lifetime=app.config.codes.lifetime,
        known=known,
    )
    await app.store.write(codes.put, code)
    _deliver(app, code.row, code.plain, lang)
    return _told(app, code.row, len(code.plain), more=way.more)


async def resend(app: App, phone: str, hash: str, where: Where, *, lang: str) -> Sent:
    """Send the same code the next way. Raises PHONE_CODE_EXPIRED, SEND_CODE_UNAVAILABLE."""
    row = await pending(app, phone, hash, where)
    way = await _next_way(app, row)
    if way is None:
        raise Fault("SEND_CODE_UNAVAILABLE")
    row = row._replace(channel=way.channel, shown=way.shown, email=way.email)
    return await _redirect(app, row, lang, more=way.more)


async def _redirect(app: App, row: CodeRow, lang: str, *, more: bool) -> Sent:
    until = int(app.clock.now()) + app.config.codes.lifetime
    plain = codes.reveal(app, row)
    await app.store.write(
        codes.redirect,
        row.hash,
        channel=row.channel,
        shown=row.shown,
        email=row.email,
        until=until,
    )
    _deliver(app, row, plain, lang)
    return _told(app, row, len(plain), more=more)


async def cancel(app: App, phone: str, hash: str, where: Where) -> None:
    """Void the code. Raises PHONE_CODE_EXPIRED where it is not there."""
    row = await pending(app, phone, hash, where)
    await app.store.write(codes.drop, codes.LOGIN, row.hash)


async def pending(app: App, phone: str, hash: str, where: Where) -> CodeRow:
    """The login code the client speaks of. Raises PHONE_CODE_EXPIRED."""
    row = await codes.find(app.store, codes.LOGIN, hash, now=int(app.clock.now()))
    if row is None or row.phone != phone or row.auth != where.auth:
        raise Fault("PHONE_CODE_EXPIRED")
    return row


async def asked_by_known(app: App, phone: str, hash: str, where: Where) -> bool:
    """Whether the calling device asked for this code, having signed in to the account before."""
    row = await codes.find(app.store, codes.LOGIN, hash, now=int(app.clock.now()))
    return row is not None and bool(row.known) and (row.phone, row.auth) == (phone, where.auth)


# ── which way ───────────────────────────────────────────────────────────────────────────────────


async def _first_way(app: App, phone: str, account: int | None) -> Way:
    if account is None and not await joining.may_sign_up(app, phone):
        return _decoy(app, phone)
    ways = await channels.channels_for(app, phone, account)
    kinds = _kinds(app, ways)
    if ways:
        return await _real(app, phone, account, ways, _kind(ways[0]), kinds)
    if account is None and app.config.signup_mode == "open" and app.mail is not None:
        return Way(codes.SETUP, codes.SETUP, None, False)
    return _way(codes.NOWHERE, _any_kind(app, phone, kinds), None, kinds)


def _decoy(app: App, phone: str) -> Way:
    """Shown as any other way; nobody gets the code."""
    kinds = _kinds(app, [])
    return _way(codes.DECOY, _any_kind(app, phone, kinds), None, kinds)


async def _next_way(app: App, row: CodeRow) -> Way | None:
    account = row.account or None
    decoy = row.channel in (codes.DECOY, codes.SETUP)
    ways = [] if decoy else await channels.channels_for(app, row.phone, account)
    kinds = _kinds(app, ways)
    at = kinds.index(row.shown) + 1 if row.shown in kinds else len(kinds)
    if at >= len(kinds) or row.channel == codes.SETUP:
        return None
    if decoy:
        return _way(row.channel, kinds[at], None, kinds)
    return await _real(app, row.phone, account, ways, kinds[at], kinds)


async def _real(
    app: App, phone: str, account: int | None, ways: list[str], kind: str, kinds: list[str]
) -> Way:
    """The way of this kind; where the person has none, nobody gets the code this time."""
    channel = next((way for way in ways if _kind(way) == kind), codes.NOWHERE)
    email = await channels.email_for(app, phone, account) if channel == "email" else None
    return _way(channel, kind, email, kinds)


def _way(channel: str, kind: str, email: str | None, kinds: list[str]) -> Way:
    return Way(channel, kind, email, kind != kinds[-1])


def _kind(channel: str) -> str:
    """How a channel is shown: the developer's console passes for an SMS."""
    return channel if channel in ("app", "email") else "webhook"


def _kinds(app: App, ways: list[str]) -> list[str]:
    """The kinds of ways that are offered in turn.

    Where anybody may sign up there is nothing to hide: the person's own. Elsewhere the same for
    everybody, or what a number is offered would tell that it is a member's.
    """
    if app.config.signup_mode == "open" and ways:
        return [_kind(way) for way in ways]
    kinds = ["app"]
    if app.mail is not None:
        kinds.append("email")
    if app.config.codes.webhook_url or app.config.dev:
        kinds.append("webhook")
    return kinds


def _any_kind(app: App, phone: str, kinds: list[str]) -> str:
    return kinds[_dice(app, phone)[0] % len(kinds)]


def _dice(app: App, phone: str) -> bytes:
    """Bytes that belong to a number: it is answered the same way each time."""
    return app.secrets.hmac("decoy", phone.encode("ascii"))


# ── answering ───────────────────────────────────────────────────────────────────────────────────


def _deliver(app: App, row: CodeRow, plain: str, lang: str) -> None:
    """In the background: the time of the answer does not tell whether anything was sent."""
    if row.channel in (codes.DECOY, codes.SETUP, codes.NOWHERE):
        return
    account = row.account or None
    if row.channel != channels.CONSOLE:
        app.spawn(_go(app, row.channel, row.phone, account, row.email, plain, lang))
    if app.config.dev:  # a developer always finds the code on the console
        app.spawn(_go(app, channels.CONSOLE, row.phone, account, None, plain, lang))


async def _go(
    app: App,
    channel: str,
    phone: str,
    account: int | None,
    email: str | None,
    plain: str,
    lang: str,
) -> None:
    try:
        await channels.deliver(app, channel, phone, account, email, plain, lang)
    except channels.Undelivered as error:
        # The reason may quote an address: only its kind is logged.
        reason = type(error.__cause__ or error).__name__
        app.log.warning("code.undelivered", channel=channel, reason=reason)


def _told(app: App, row: CodeRow, length: int, *, more: bool) -> Sent:
    pattern = ""
    if row.shown == "email":
        first = row.email[0] if row.email else chr(97 + _dice(app, row.phone)[1] % 26)
        pattern = f"{first}***@***"
    return Sent(row.hash, row.shown, length, pattern, more)


# ── an e-mail address given while signing in (core.telegram.org/api/auth#email-verification) ─────


async def send_setup(
    app: App, phone: str, hash: str, typed: str, where: Where, *, lang: str
) -> tuple[str, int]:
    """Mail a code to the address a new person gives; (pattern, digits).

    Raises PHONE_HASH_EXPIRED, EMAIL_INVALID.
    """
    row = await codes.find(app.store, codes.LOGIN, hash, now=int(app.clock.now()))
    if row is None or row.channel != codes.SETUP or (row.phone, row.auth) != (phone, where.auth):
        raise Fault("PHONE_HASH_EXPIRED")
    return await _mail_code(app, codes.EMAIL_SETUP, hash, typed, where, phone=phone, lang=lang)


async def send_change(
    app: App, account: int, typed: str, where: Where, *, lang: str
) -> tuple[str, int]:
    """Mail a code to the address to which a signed-in person's codes shall go; (pattern, digits).

    Raises EMAIL_INVALID, EMAIL_NOT_ALLOWED.
    """
    if app.mail is None:
        raise Fault("EMAIL_NOT_ALLOWED")
    return await _mail_code(
        app, codes.EMAIL_CHANGE, account, typed, where, account=account, lang=lang
    )


async def _mail_code(
    app: App,
    purpose: str,
    owner: int | str,
    typed: str,
    where: Where,
    *,
    lang: str,
    phone: str = "",
    account: int = 0,
) -> tuple[str, int]:
    email = joining.check_email(typed)
    if email is None:
        raise Fault("EMAIL_INVALID")
    code = codes.make(
        app,
        purpose,
        channel="email",
        shown="email",
        hash=codes.handle(purpose, owner),
        account=account,
        auth=where.auth,
        email=email,
    )
    await app.store.write(codes.put, code)
    app.spawn(_go(app, "email", phone, account or None, email, code.plain, lang))
    return codes.email_pattern(email), len(code.plain)


async def verify_setup(
    app: App, phone: str, hash: str, given: str, where: Where, *, lang: str
) -> tuple[str, Sent]:
    """The address is confirmed: send the login code there. (address, what to tell the client).

    Raises CODE_INVALID, EMAIL_VERIFY_EXPIRED, PHONE_CODE_EXPIRED.
    """
    handle = codes.handle(codes.EMAIL_SETUP, hash)
    row = await pending(app, phone, hash, where)
    email = await _verified(app, codes.EMAIL_SETUP, handle, given, where, known=False)
    row = row._replace(channel="email", shown="email", email=email)
    return email, await _redirect(app, row, lang, more=False)


async def verify_change(app: App, account: int, given: str, where: Where) -> str:
    """The new address is confirmed: login codes go there from now on; the address.

    Raises CODE_INVALID, EMAIL_VERIFY_EXPIRED, EMAIL_NOT_ALLOWED.
    """
    handle = codes.handle(codes.EMAIL_CHANGE, account)
    email = await _verified(app, codes.EMAIL_CHANGE, handle, given, where, known=True)
    try:
        await app.store.write(_set_email, account=account, email=email)
    except Conflict:
        raise Fault("EMAIL_NOT_ALLOWED") from None
    return email


async def _set_email(tx: Tx, *, account: int, email: str) -> None:
    owner = await accounts.by_email(tx, email)
    if owner is not None and owner.id != account:
        raise Fault("EMAIL_NOT_ALLOWED")
    await accounts.set_email(tx, account, email)


async def _verified(
    app: App, purpose: str, handle: str, given: str, where: Where, *, known: bool
) -> str:
    tried = await app.store.write(
        codes.attempt, app, purpose, handle, given, auth=where.auth, ip=where.ip, known=known
    )
    if tried.row is None:
        raise Fault("EMAIL_VERIFY_EXPIRED")
    if not tried.right:
        raise Fault("CODE_INVALID")
    await app.store.write(codes.drop, purpose, handle)
    return tried.row.email or ""
