"""A forgotten two-step password: recovered by e-mail, or taken away after a week of waiting."""

from __future__ import annotations

import datetime
import zoneinfo
from typing import NamedTuple

from petitbleu.app import App
from petitbleu.domain.access.codes import service as codes
from petitbleu.domain.access.password import queries as q
from petitbleu.domain.access.password import service
from petitbleu.domain.access.password.queries import PasswordRow
from petitbleu.domain.access.password.service import Verifier
from petitbleu.domain.access.password.texts import text
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.errors import Fault
from petitbleu.store.api import Tx

RESET_SECONDS = 7 * 86400
RETRY_SECONDS = 86400
"""After a reset was called off, none may be asked for during this time."""


async def request_recovery(app: App, account: int, auth: int, *, lang: str) -> str:
    """Mail a recovery code, good for this key only; the pattern of the address.

    Raises PASSWORD_EMPTY, PASSWORD_RECOVERY_NA.
    """
    row = await app.store.row(q.GET, account=account)
    if row is None:
        raise Fault("PASSWORD_EMPTY")
    if row.email is None or app.mail is None:
        raise Fault("PASSWORD_RECOVERY_NA")
    await service.mail(app, account, codes.RECOVERY, "recovery", row.email, lang, auth=auth)
    return codes.email_pattern(row.email)


async def check_recovery(
    app: App, account: int, auth: int, given: str, *, ip: str | None = None, known: bool = False
) -> None:
    """Whether a recovery code is right; it stays valid. ``ip`` and ``known``: where it is entered
    (:func:`codes.attempt`). Raises CODE_EMPTY, CODE_INVALID,
    PASSWORD_RECOVERY_EXPIRED.
    """
    if not given.strip():
        raise Fault("CODE_EMPTY")
    handle = codes.handle(codes.RECOVERY, account)
    tried = await app.store.write(
        codes.attempt, app, codes.RECOVERY, handle, given, auth=auth, ip=ip, known=known
    )
    if tried.row is None:
        raise Fault("PASSWORD_RECOVERY_EXPIRED")
    if not tried.right:
        raise Fault("CODE_INVALID")


async def recover(
    app: App,
    account: int,
    auth: int,
    given: str,
    new: Verifier | None,
    *,
    ip: str | None = None,
    known: bool = False,
) -> None:
    """Take the forgotten password away, or put ``new`` in its place.

    Raises as :func:`check_recovery` and :func:`service.check_verifier`.
    """
    if new is not None:
        service.check_verifier(app, account, new)
    await check_recovery(app, account, auth, given, ip=ip, known=known)
    await app.store.write(_recover, app, account, new)


async def _recover(tx: Tx, app: App, account: int, new: Verifier | None) -> None:
    row = await tx.row(q.GET, account=account)
    await service.remove(tx, account)
    if new is not None and row is not None:
        await service.put(tx, app, account, new, old=None, email=row.email, secure=None)


class Reset(NamedTuple):
    """account.ResetPasswordResult: ``what`` is ok, requested (until) or failed (try again at)."""

    what: str
    at: int = 0


async def reset(app: App, account: int) -> Reset:
    """Ask for the password's removal, or do it when the week is over. Raises PASSWORD_EMPTY."""
    row = await app.store.row(q.GET, account=account)
    if row is None:
        raise Fault("PASSWORD_EMPTY")
    now = int(app.clock.now())
    if row.reset_at is not None:
        if row.reset_at > now:
            return Reset("requested", row.reset_at)
        await app.store.write(service.remove, account)
        return Reset("ok")
    if row.declined_at is not None and row.declined_at + RETRY_SECONDS > now:
        return Reset("failed", row.declined_at + RETRY_SECONDS)
    until = now + RESET_SECONDS
    await app.store.write(_set_reset, row, reset_at=until, declined_at=None)
    app.spawn(_announce_reset(app, account, until))
    return Reset("requested", until)


async def decline_reset(app: App, account: int) -> None:
    """Call the reset off. Raises RESET_REQUEST_MISSING."""
    row = await app.store.row(q.GET, account=account)
    if row is None or row.reset_at is None:
        raise Fault("RESET_REQUEST_MISSING")
    await app.store.write(_set_reset, row, reset_at=None, declined_at=int(app.clock.now()))


async def _set_reset(
    tx: Tx, row: PasswordRow, *, reset_at: int | None, declined_at: int | None
) -> None:
    await tx.run(
        q.SET_RESET,
        account=row.account,
        version=row.version,
        reset_at=reset_at,
        declined_at=declined_at,
    )


async def _announce_reset(app: App, account: int, until: int) -> None:
    row = await accounts.get(app, account)
    if row is None:
        return
    zone = zoneinfo.ZoneInfo(app.config.timezone)
    at = datetime.datetime.fromtimestamp(until, tz=zone)
    said = text("reset", row.lang, *app.config.languages, date=at)
    await messages.send_service(app, account, said, [])
