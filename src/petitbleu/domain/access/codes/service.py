"""Issuing and checking one-time codes.

Two kinds of handle: a login code has a random ``hash`` that the client gives back
(``phone_code_hash``); a code that belongs to a signed-in or password-owing account is found by its
purpose and account (:func:`handle`), so that asking again replaces the earlier one.
"""

from __future__ import annotations

import base64
import hmac
from typing import NamedTuple

from petitbleu import rates
from petitbleu.app import App
from petitbleu.domain.access.codes import queries as q
from petitbleu.domain.access.codes import wrong
from petitbleu.domain.access.codes.queries import CodeRow as CodeRow  # given on: what callers get
from petitbleu.domain.access.codes.wrong import on_many_wrong as on_many_wrong  # a hook
from petitbleu.errors import Fault
from petitbleu.store.api import Reader, Tx

LOGIN = "login"
EMAIL_SETUP = "email_setup"
"""An e-mail address given while signing in; ``handle`` is the login code's own hash."""
EMAIL_CHANGE = "email_change"
PASSWORD_EMAIL = "password_email"  # noqa: S105 - a purpose, not a password
RECOVERY = "recovery"

DECOY = "decoy"
"""Channel of a code that nobody gets and that no entry matches: the answer to unknown numbers."""
SETUP = "setup"
"""Channel of a code that waits for an e-mail address: no entry matches before one is confirmed."""
NOWHERE = "none"
"""No channel is open: only the operator can read the code."""

MAIL_DIGITS = 6
MAIL_LIFETIME = 3600
"""Seconds: mail may be slow, and whoever reads it is already half known."""


class Code(NamedTuple):
    """A code on its way into the database; ``plain`` goes to the person and nowhere else."""

    plain: str
    row: CodeRow


class Attempt(NamedTuple):
    """What an entry was worth: ``row`` is None where no code is valid (any more)."""

    right: bool
    row: CodeRow | None


def handle(purpose: str, owner: int | str) -> str:
    """The hash under which the one code of ``purpose`` and ``owner`` is kept."""
    return f"{purpose}:{owner}"


def digits(app: App, count: int) -> str:
    """``count`` random decimal digits, each equally likely."""
    return f"{int.from_bytes(app.random(16), 'big') % 10**count:0{count}d}"


def make(
    app: App,
    purpose: str,
    *,
    channel: str,
    hash: str = "",
    phone: str = "",
    account: int = 0,
    auth: int = 0,
    shown: str = "",
    email: str | None = None,
    plain: str | None = None,
    length: int = MAIL_DIGITS,
    lifetime: int = MAIL_LIFETIME,
    known: bool = False,
) -> Code:
    """Make a code; it counts once :func:`put` is committed.

    ``plain`` fixes the digits (test numbers), else they are random. ``auth`` binds it to one key.
    ``known``: that device has signed in to the account before.
    """
    hash = hash or base64.urlsafe_b64encode(app.random(15)).decode("ascii")
    plain = plain or digits(app, length)
    now = int(app.clock.now())
    sealed = app.secrets.seal(plain.encode("ascii"), _context(hash))
    row = CodeRow(
        hash,
        purpose,
        phone,
        account,
        auth,
        sealed,
        channel,
        shown,
        email,
        0,
        now,
        now + lifetime,
        0,
        int(known),
    )
    return Code(plain, row)


def _context(hash: str) -> bytes:
    return b"login_code:" + hash.encode("utf-8")


def email_pattern(email: str) -> str:
    """An address as its owner recognises it and others do not: ``a***e@example.org``."""
    name, _, host = email.partition("@")
    return f"{name[:1]}***{name[-1:] if len(name) > 3 else ''}@{host}"


async def put(tx: Tx, code: Code) -> None:
    """Keep the code. An earlier one of the same number, purpose and key is void from now on."""
    row = code.row
    if row.phone:
        await tx.later(
            q.DROP_EARLIER, phone=row.phone, purpose=row.purpose, auth=row.auth, hash=row.hash
        )
    values = row._asdict()
    del values["tries"], values["verified"]
    await tx.later(q.PUT, **values)


async def find(reader: Reader, purpose: str, hash: str, *, now: int) -> CodeRow | None:
    """The pending code, without counting a try."""
    return await reader.row(q.BY_HASH, hash=hash, purpose=purpose, now=now)


async def attempt(
    tx: Tx,
    app: App,
    purpose: str,
    hash: str,
    given: str,
    *,
    auth: int,
    phone: str = "",
    ip: str | None = None,
    known: bool = False,
) -> Attempt:
    """Count one entry and compare it.

    The count must outlive a refusal, so this returns and does not raise: the caller commits first.
    A right entry leaves the code as it is, to be dropped (or marked) by the caller.

    ``ip`` is where the entry comes from (None: not from outside). From an address that has entered
    too many wrong codes, whatever their purpose, nothing is looked at or counted: FLOOD_WAIT_X.
    ``known``: the device has signed in to the account before (as may stand in the code itself), and
    is not refused for its address.
    """
    wait = 0 if known else await rates.wait_of(tx, wrong.by_address(app, ip))
    if wait:
        asked = await find(tx, purpose, hash, now=int(app.clock.now()))
        if asked is None or not asked.known or asked.auth != auth:
            raise Fault("FLOOD_WAIT_X", wait)
    row = await tx.row(
        q.COUNT_TRY,
        hash=hash,
        purpose=purpose,
        auth=auth,
        now=int(app.clock.now()),
        limit=app.config.codes.tries,
    )
    if row is None or row.phone != phone:
        return Attempt(False, None)
    entered = "".join(given.split()).replace("-", "").encode("utf-8")
    right = hmac.compare_digest(entered, app.secrets.unseal(row.sealed, _context(hash)))
    right = right and row.channel not in (DECOY, SETUP)
    if not right:
        await wrong.count(tx, app, purpose, ip)
    return Attempt(right, row)


def reveal(app: App, row: CodeRow) -> str:
    """The digits of a pending code, for sending it again or for the operator."""
    return app.secrets.unseal(row.sealed, _context(row.hash)).decode("ascii")


async def drop(tx: Tx, purpose: str, hash: str) -> bool:
    """Void a code; False where there was none."""
    return await tx.run(q.DROP, hash=hash, purpose=purpose) > 0


async def use(tx: Tx, purpose: str, hash: str) -> None:
    """Void a code that was entered rightly. It is there: :func:`attempt` or :func:`find` gave it
    in this transaction.
    """
    await tx.later(q.DROP, hash=hash, purpose=purpose)


async def verify(tx: Tx, hash: str, *, email: str | None, until: int) -> None:
    """Mark a login code as rightly entered: until then its hash serves the sign-up."""
    await tx.later(q.VERIFY, hash=hash, email=email, expires_at=until)


async def redirect(
    tx: Tx, hash: str, *, channel: str, shown: str, email: str | None, until: int
) -> None:
    """The same code goes another way now."""
    await tx.run(q.REDIRECT, hash=hash, channel=channel, shown=shown, email=email, expires_at=until)


async def newest(app: App, limit: int = 20) -> list[CodeRow]:
    """Login codes that are valid now, newest first (decoys are none)."""
    return await app.store.rows(q.NEWEST, now=int(app.clock.now()), purpose=LOGIN, limit=limit)


async def newest_of(app: App, phone: str) -> CodeRow | None:
    """The newest login code of a number that would still be taken."""
    return await app.store.row(
        q.NEWEST_OF_PHONE,
        phone=phone,
        now=int(app.clock.now()),
        purpose=LOGIN,
        tries=app.config.codes.tries,
    )


async def prune(tx: Tx, *, now: int) -> int:
    """Forget codes whose time is over; how many."""
    return await tx.run(q.PRUNE, now=now)
