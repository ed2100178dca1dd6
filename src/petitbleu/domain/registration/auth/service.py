"""Signing in with a code, signing up, and what follows a proof of who somebody is.

How a code is sent is in ``codes.py``, QR login and carried authorizations in ``tokens.py``. A try
must be counted although the call is refused, so transactions here *return* what they found and the
refusal is raised after their commit.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from petitbleu import account_status, phones
from petitbleu.app import App
from petitbleu.domain.access.codes import service as codes
from petitbleu.domain.access.codes.service import CodeRow
from petitbleu.domain.access.devices import service as devices
from petitbleu.domain.access.devices.service import Begun, Where
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.access.joining.service import Admitted
from petitbleu.domain.access.password import service as password
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.registration.auth import joined
from petitbleu.domain.transfer.imports import service as imports
from petitbleu.errors import Fault
from petitbleu.store.api import Conflict, Tx

NAMING_SECONDS = 3600
"""How long after a right code the same hash serves auth.signUp."""

_REFUSED = {
    "expired": "PHONE_CODE_EXPIRED",
    "wrong": "PHONE_CODE_INVALID",
    "unoccupied": "PHONE_NUMBER_UNOCCUPIED",
    "password": "SESSION_PASSWORD_NEEDED",
    "suspended": "USER_DEACTIVATED_BAN",
}


class Outcome(NamedTuple):
    """What a transaction found: ``signed`` with a login, ``sign_up``, or a key of ``_REFUSED``."""

    what: str
    begun: Begun | None = None


async def sign_in(app: App, phone: str, hash: str, given: str, where: Where) -> int | None:
    """Sign the key in with a code: the account, or None where the person has to sign up first.

    Raises PHONE_CODE_EMPTY, PHONE_CODE_INVALID, PHONE_CODE_EXPIRED, PHONE_NUMBER_UNOCCUPIED, and
    SESSION_PASSWORD_NEEDED where the code was right and the two-step password is owed.
    """
    if not given.strip() or not hash:
        raise Fault("PHONE_CODE_EMPTY")
    outcome = await app.store.write(_sign_in, app, phone, hash, given, where)
    if outcome.what == "sign_up":
        return None
    return signed(app, outcome)


async def _sign_in(tx: Tx, app: App, phone: str, hash: str, given: str, where: Where) -> Outcome:
    tried = await codes.attempt(
        tx, app, codes.LOGIN, hash, given, auth=where.auth, phone=phone, ip=where.ip
    )
    if tried.row is None:
        return Outcome("expired")
    if not tried.right:
        return Outcome("wrong")
    account = await accounts.by_phone(tx, phone)
    if account is None:
        return await _let_sign_up(tx, app, tried.row)
    await codes.use(tx, codes.LOGIN, hash)
    return await proved(tx, app, account.id, where, event="sign_in")


async def _let_sign_up(tx: Tx, app: App, row: CodeRow) -> Outcome:
    if not await _may_sign_up(tx, app, row.phone):
        await codes.use(tx, codes.LOGIN, row.hash)
        return Outcome("unoccupied")
    until = int(app.clock.now()) + NAMING_SECONDS
    await codes.verify(tx, row.hash, email=row.email, until=until)
    return Outcome("sign_up")


async def _may_sign_up(tx: Tx, app: App, phone: str) -> bool:
    if app.config.signup_mode == "open":
        return True
    return _lets_in(app, await joining.admission(tx, phone))


def _lets_in(app: App, admitted: Admitted | None) -> bool:
    if app.config.signup_mode == "open":
        return True
    return admitted is not None and admitted.account is None


async def proved(
    tx: Tx, app: App, account: int, where: Where, *, event: str, trusted: bool = False
) -> Outcome:
    """Somebody proved to be ``account`` but for the two-step password: login, or password owed."""
    if _suspended(app, account):
        return Outcome("suspended")
    if await password.is_set(tx, account):
        await devices.owe_password(tx, app, where, account)
        return Outcome("password")
    begun = await devices.sign_in(tx, app, where, account, event=event, trusted=trusted)
    return Outcome("signed", begun)


def _suspended(app: App, account: int) -> bool:
    standing = account_status.load_standing(app, account, app.clock.now())
    return standing is not None and standing.kind == account_status.SUSPENDED


def signed(app: App, outcome: Outcome) -> int:
    """After the commit: the account that is signed in now, its other devices told; or the refusal.

    Raises what ``outcome`` says, SESSION_PASSWORD_NEEDED among it.
    """
    if outcome.begun is None:
        raise Fault(_REFUSED[outcome.what])
    devices.announce(app, outcome.begun)
    return outcome.begun.row.account or 0


async def sign_up(
    app: App,
    phone: str,
    hash: str,
    first_name: str,
    last_name: str,
    where: Where,
    *,
    lang: str,
    quietly: bool = False,
) -> int:
    """Make the account of a number whose code was entered rightly; the account, signed in.

    ``quietly``: those who have the number in their contacts get no message about it.
    Raises PHONE_CODE_EMPTY, PHONE_CODE_EXPIRED, PHONE_CODE_INVALID (not entered rightly yet),
    PHONE_NUMBER_OCCUPIED, FIRSTNAME_INVALID, LASTNAME_INVALID.
    """
    if not hash:
        raise Fault("PHONE_CODE_EMPTY")
    accounts.names(first_name, last_name)
    asked = (app, phone, hash, first_name, last_name, where, lang)
    try:
        outcome = await app.store.write(_sign_up, *asked)
    except Conflict:  # somebody took the number or the address meanwhile: now that can be seen
        outcome = await app.store.write(_sign_up, *asked)
    account = signed(app, outcome)
    with accounts.changing(app, account):  # it may be one that was seen before: a placeholder
        pass
    if not quietly:
        app.spawn(joined.tell(app, account))
    return account


async def _sign_up(
    tx: Tx, app: App, phone: str, hash: str, first: str, last: str, where: Where, lang: str
) -> Outcome:
    now = int(app.clock.now())
    row = await codes.find(tx, codes.LOGIN, hash, now=now)
    if row is None or row.phone != phone or row.auth != where.auth:
        raise Fault("PHONE_CODE_EXPIRED")
    if not row.verified:
        raise Fault("PHONE_CODE_INVALID")
    if await accounts.by_phone(tx, phone) is not None:
        raise Fault("PHONE_NUMBER_OCCUPIED")
    wanted = app.config.signup_mode != "open" or row.email is None
    admitted = await joining.admission(tx, phone) if wanted else None
    if not _lets_in(app, admitted):
        raise Fault("PHONE_CODE_EXPIRED")
    person: dict[str, Any] = {
        "at": now,
        "first_name": first,
        "last_name": last,
        "email": await _free_email(tx, row, admitted),
        "country": phones.country(phone),
        "lang": lang,
        "terms_version": app.config.terms_version or None,
    }
    account = await imports.claim(tx, phone, **person)
    if account is None:
        account = await accounts.create(tx, phone=phone, free=True, **person)
    await joining.signed_up(tx, phone, account.id)
    await codes.use(tx, codes.LOGIN, hash)
    begun = await devices.sign_in(tx, app, where, account.id, event="sign_up")
    return Outcome("signed", begun)


async def _free_email(tx: Tx, row: CodeRow, admitted: Admitted | None) -> str | None:
    """The address confirmed with the code, else that of the admission; None where it is taken."""
    email = row.email
    if email is None:
        email = None if admitted is None else admitted.email
    if email is None or await accounts.by_email(tx, email) is not None:
        return None
    return email


async def password_proved(app: App, account: int, where: Where, *, event: str) -> int:
    """The owed two-step password was given (or recovered): the login begins; the account.

    Raises AUTH_KEY_UNREGISTERED where the key owes no password of this account (any more).
    """
    outcome = await app.store.write(_password_proved, app, account, where, event)
    return signed(app, outcome)


async def _password_proved(tx: Tx, app: App, account: int, where: Where, event: str) -> Outcome:
    if await devices.pending(tx, app, where.auth) != account:
        raise Fault("AUTH_KEY_UNREGISTERED")
    if _suspended(app, account):
        return Outcome("suspended")
    begun = await devices.sign_in(tx, app, where, account, event=event)
    return Outcome("signed", begun)
