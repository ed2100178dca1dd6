"""The two-step password: challenge and check, set and change. Forgotten ones: ``recovery.py``.

A refusal must not undo what was counted or kept (a try, a pending address), so such transactions
return and the caller raises after the commit.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from petitbleu import rates
from petitbleu.app import App
from petitbleu.domain.access.codes import service as codes
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.access.password import queries as q
from petitbleu.domain.access.password import srp
from petitbleu.domain.access.password.queries import PasswordRow, PendingRow
from petitbleu.domain.access.password.texts import text
from petitbleu.errors import Fault
from petitbleu.powers import off_loop
from petitbleu.store.api import Reader, Tx

CHALLENGE_SECONDS = 600
SALT1_SIZE, SALT2_SIZE = 8, 16
"""Bytes the server chooses; the client adds at least as many of its own to salt1."""
SALT1_MOST = 128
HINT_MAX = 255
TYPED_MAX = 1000
"""Characters of a password that is typed into a page."""

_encode = msgspec.msgpack.Encoder().encode


class Secure(NamedTuple):
    """The client's own secret, encrypted with the password: kept for it, never read here."""

    salt: bytes
    secret: bytes
    id: int


_decode_secure = msgspec.msgpack.Decoder(Secure).decode


class Challenge(NamedTuple):
    """What account.getPassword tells of a password that is set."""

    id: int
    public: bytes
    salt1: bytes
    salt2: bytes


class State(NamedTuple):
    """account.getPassword, in plain values. Times are Unix seconds."""

    challenge: Challenge | None
    hint: str
    has_recovery: bool
    has_secure: bool
    unconfirmed: str | None
    """Pattern of the address that waits for its code."""
    reset_at: int | None
    new_salt1: bytes
    new_salt2: bytes


class Proof(NamedTuple):
    """inputCheckPasswordSRP."""

    id: int
    answer: bytes
    proof: bytes


class Verifier(NamedTuple):
    """A new password as the client hands it over."""

    verifier: bytes
    salt1: bytes
    salt2: bytes
    hint: str


class Change(NamedTuple):
    """account.passwordInputSettings: None leaves a thing as it is, ``""`` removes the address."""

    password: Verifier | None = None
    remove: bool = False
    email: str | None = None
    secure: Secure | None = None


# ── asking and checking ─────────────────────────────────────────────────────────────────────────


async def changed_at(reader: Reader, account: int) -> int | None:
    """When the password was set (Unix seconds); None: there is none."""
    row = await reader.row(q.CHANGED_AT, account=account)
    return None if row is None else row.at


async def is_set(reader: Reader, account: int) -> bool:
    """Whether the account has a two-step password."""
    return await reader.row(q.GET, account=account) is not None


async def state(app: App, account: int) -> State:
    """What a client needs to enter or to set a password; makes a challenge where one is set."""
    row = await app.store.row(q.GET, account=account)
    waiting = await app.store.row(q.PENDING, account=account)
    challenge = None if row is None else await _challenge(app, row)
    salt1, salt2 = _new_salts(app, account, 0)
    return State(
        challenge,
        row.hint if row else "",
        bool(row and row.email),
        bool(row and row.secure),
        codes.email_pattern(waiting.email) if waiting else None,
        row.reset_at if row else None,
        salt1,
        salt2,
    )


async def _challenge(app: App, row: PasswordRow) -> Challenge:
    secret = app.random(srp.SECRET_SIZE)
    number = (int.from_bytes(app.random(8), "big") >> 2) + 1
    public = await off_loop(srp.challenge, row.verifier, secret)
    await app.store.write(
        _put_challenge,
        now=int(app.clock.now()),
        id=number,
        account=row.account,
        sealed=app.secrets.seal(secret, _context(number)),
        version=row.version,
    )
    return Challenge(number, public, row.salt1, row.salt2)


async def _put_challenge(
    tx: Tx, *, now: int, id: int, account: int, sealed: bytes, version: int
) -> None:
    await tx.run(q.PRUNE_CHALLENGES, now=now)
    await tx.run(
        q.PUT_CHALLENGE,
        id=id,
        account=account,
        sealed=sealed,
        version=version,
        expires_at=now + CHALLENGE_SECONDS,
    )


def _context(challenge: int) -> bytes:
    return b"srp:%d" % challenge


def _new_salts(app: App, account: int, root: int) -> tuple[bytes, bytes]:
    """The server's part of the next password's salts: derived, so nothing has to be remembered."""
    digest = app.secrets.hmacs("srp_salts", b"%d" % account)[root]
    return digest[:SALT1_SIZE], digest[SALT1_SIZE : SALT1_SIZE + SALT2_SIZE]


async def check(app: App, account: int, proof: Proof | None) -> PasswordRow:
    """The password was proved to be known; its row. A challenge is used up either way.

    Raises PASSWORD_HASH_INVALID (also for no proof), SRP_ID_INVALID, SRP_PASSWORD_CHANGED.
    """
    row = await app.store.row(q.GET, account=account)
    if row is None or proof is None:
        raise Fault("PASSWORD_HASH_INVALID")
    taken = await app.store.write(_take_challenge, id=proof.id, account=account)
    if taken is None or taken.expires_at <= app.clock.now():
        raise Fault("SRP_ID_INVALID")
    if taken.version != row.version:
        raise Fault("SRP_PASSWORD_CHANGED")
    secret = app.secrets.unseal(taken.sealed, _context(taken.id))
    if not await off_loop(
        srp.proves, row.verifier, row.salt1, row.salt2, secret, proof.answer, proof.proof
    ):
        raise Fault("PASSWORD_HASH_INVALID")
    return row


async def is_right(app: App, account: int, typed: str) -> bool:
    """Whether somebody typed an account's password; never where it has none. Raises FLOOD_WAIT_X:
    tries count as those of apps do.
    """
    row = await app.store.row(q.GET, account=account)
    if row is None or not 0 < len(typed) <= TYPED_MAX:
        return False
    await rates.charge(app, [rates.Claim("password_try", (str(account),))], ip="web")
    return await off_loop(srp.is_password, row.verifier, row.salt1, row.salt2, typed)


async def _take_challenge(tx: Tx, *, id: int, account: int) -> q.ChallengeRow | None:
    return await tx.row(q.TAKE_CHALLENGE, id=id, account=account)


async def settings(app: App, account: int, proof: Proof | None) -> tuple[str | None, Secure | None]:
    """(recovery address, the client's secret), shown to who knows the password."""
    row = await check(app, account, proof)
    return row.email, _decode_secure(row.secure) if row.secure else None


# ── set, change, remove ─────────────────────────────────────────────────────────────────────────


async def update(app: App, account: int, proof: Proof | None, change: Change, *, lang: str) -> None:
    """Set, change or remove the password, its recovery address, or the client's secret.

    Raises PASSWORD_HASH_INVALID, SRP_ID_INVALID, SRP_PASSWORD_CHANGED, NEW_SETTINGS_EMPTY,
    NEW_SETTINGS_INVALID, NEW_SALT_INVALID, EMAIL_INVALID; and EMAIL_UNCONFIRMED_X (digits of the
    code mailed) where the change is kept but waits for the address.
    """
    old = await app.store.row(q.GET, account=account)
    if old is not None or proof is not None:
        old = await check(app, account, proof)
    email = _check_change(app, account, change, has=old is not None)
    waits = bool(email) and (old is None or email != old.email)
    now = int(app.clock.now())
    await app.store.write(_update, app, account, change, email, old, waits, now)
    if waits and email:
        await _mail_confirmation(app, account, email, lang)
        raise Fault("EMAIL_UNCONFIRMED_X", codes.MAIL_DIGITS)


def _check_change(app: App, account: int, change: Change, *, has: bool) -> str | None:
    """The new address ("" to take it away, None to leave it) of a change that can be done."""
    if change == Change():
        raise Fault("NEW_SETTINGS_EMPTY")
    if change.password is not None:
        check_verifier(app, account, change.password)
    elif not change.remove and not has:
        raise Fault("NEW_SETTINGS_INVALID")
    if change.remove or not change.email:
        return change.email
    email = joining.check_email(change.email)
    if email is None or app.mail is None:
        raise Fault("EMAIL_INVALID")
    return email


def check_verifier(app: App, account: int, new: Verifier) -> None:
    """Raises NEW_SETTINGS_INVALID, NEW_SALT_INVALID for a verifier that cannot be kept."""
    if len(new.verifier) != srp.SIZE or srp.in_group(new.verifier) is None:
        raise Fault("NEW_SETTINGS_INVALID")
    if len(new.hint) > HINT_MAX:
        raise Fault("NEW_SETTINGS_INVALID")
    roots = len(app.secrets.hmacs("srp_salts", b""))
    for root in range(roots):
        salt1, salt2 = _new_salts(app, account, root)
        long_enough = 2 * SALT1_SIZE <= len(new.salt1) <= SALT1_MOST
        if new.salt1.startswith(salt1) and new.salt2 == salt2 and long_enough:
            return
    raise Fault("NEW_SALT_INVALID")


async def _update(
    tx: Tx,
    app: App,
    account: int,
    change: Change,
    email: str | None,
    old: PasswordRow | None,
    waits: bool,
    now: int,
) -> None:
    current = await tx.row(q.GET, account=account)
    if (current and current.version) != (old and old.version):
        raise Fault("SRP_PASSWORD_CHANGED")
    if change.remove:
        await remove(tx, account)
        return
    new = change.password
    if old is None and new is not None and waits:
        await _put_pending(tx, account, new, email or "", now)
        return
    if new is not None:
        kept = (old.email if old else None) if email is None or waits else email or None
        await put(tx, app, account, new, old=old, email=kept, secure=change.secure)
    else:
        if email is not None and not waits:
            await tx.run(q.SET_EMAIL, account=account, email=email or None)
        if change.secure is not None:
            await tx.run(q.SET_SECURE, account=account, secure=_kept(change.secure))
    if waits:
        await _put_pending(tx, account, None, email or "", now)
    elif email is not None or new is not None:
        await tx.run(q.DROP_PENDING, account=account)


async def _put_pending(tx: Tx, account: int, new: Verifier | None, email: str, now: int) -> None:
    await tx.run(
        q.PUT_PENDING,
        account=account,
        verifier=new and new.verifier,
        salt1=new and new.salt1,
        salt2=new and new.salt2,
        hint=new.hint if new else "",
        email=email,
        now=now,
    )


async def put(
    tx: Tx,
    app: App,
    account: int,
    new: Verifier,
    *,
    old: PasswordRow | None,
    email: str | None,
    secure: Secure | None,
) -> None:
    """Make this the password in the place of ``old``. The client's secret goes with the old one.

    Raises SRP_PASSWORD_CHANGED where ``old`` is not the password any more.
    """
    changed = await tx.run(
        q.SET,
        account=account,
        verifier=new.verifier,
        salt1=new.salt1,
        salt2=new.salt2,
        hint=new.hint,
        email=email,
        secure=_kept(secure),
        version=(int.from_bytes(app.random(8), "big") >> 2) + 1,
        old=0 if old is None else old.version,
        now=int(app.clock.now()),
    )
    if not changed:
        raise Fault("SRP_PASSWORD_CHANGED")


def _kept(secure: Secure | None) -> bytes | None:
    return _encode(secure) if secure is not None and secure.secret else None


async def remove(tx: Tx, account: int) -> None:
    """Take the password away, and what waited to become one (also when an account is deleted)."""
    await tx.run(q.REMOVE, account=account)
    await tx.run(q.DROP_PENDING, account=account)
    await codes.drop(tx, codes.PASSWORD_EMAIL, codes.handle(codes.PASSWORD_EMAIL, account))
    await codes.drop(tx, codes.RECOVERY, codes.handle(codes.RECOVERY, account))


# ── the recovery address ────────────────────────────────────────────────────────────────────────


async def _mail_confirmation(app: App, account: int, email: str, lang: str) -> None:
    await mail(app, account, codes.PASSWORD_EMAIL, "confirm", email, lang, auth=0)


async def mail(
    app: App, account: int, purpose: str, key: str, email: str, lang: str, *, auth: int
) -> None:
    """Mail a code of ``purpose`` with the text ``key``; an earlier one is void."""
    code = codes.make(
        app,
        purpose,
        channel="email",
        shown="email",
        hash=codes.handle(purpose, account),
        account=account,
        auth=auth,
        email=email,
    )
    await app.store.write(codes.put, code)
    wishes = (lang, *app.config.languages)
    subject = text(f"{key}.subject", *wishes, code=code.plain, name=app.config.name)
    body = text(key, *wishes, code=code.plain, name=app.config.name)
    app.spawn(_send(app, email, subject, body))


async def _send(app: App, email: str, subject: str, body: str) -> None:
    if app.mail is None:
        return
    try:
        await app.mail.send(email, subject, body)
    except OSError as error:
        # The error may quote the address: only its kind is logged.
        app.log.warning("code.undelivered", channel="email", reason=type(error).__name__)


async def confirm_email(app: App, account: int, given: str, *, ip: str | None = None) -> None:
    """The code of the recovery address: what waited for it counts now.

    Raises CODE_INVALID, EMAIL_HASH_EXPIRED.
    """
    outcome = await app.store.write(_confirm_email, app, account, given, ip)
    if outcome is not None:
        raise Fault(outcome)


async def _confirm_email(tx: Tx, app: App, account: int, given: str, ip: str | None) -> str | None:
    handle = codes.handle(codes.PASSWORD_EMAIL, account)
    tried = await codes.attempt(
        tx, app, codes.PASSWORD_EMAIL, handle, given, auth=0, ip=ip, known=True
    )
    waiting = await tx.row(q.PENDING, account=account)
    if tried.row is None or waiting is None:
        return "EMAIL_HASH_EXPIRED"
    if not tried.right:
        return "CODE_INVALID"
    new = _waiting_password(waiting)
    if new is not None:
        old = await tx.row(q.GET, account=account)
        await put(tx, app, account, new, old=old, email=waiting.email, secure=None)
    else:
        await tx.run(q.SET_EMAIL, account=account, email=waiting.email)
    await tx.run(q.DROP_PENDING, account=account)
    await codes.drop(tx, codes.PASSWORD_EMAIL, handle)
    return None


def _waiting_password(row: PendingRow) -> Verifier | None:
    if row.verifier is None or row.salt1 is None or row.salt2 is None:
        return None
    return Verifier(row.verifier, row.salt1, row.salt2, row.hint)


async def resend_email(app: App, account: int, *, lang: str) -> None:
    """Mail the waiting address a new code. Raises EMAIL_HASH_EXPIRED where none waits."""
    waiting = await app.store.row(q.PENDING, account=account)
    if waiting is None:
        raise Fault("EMAIL_HASH_EXPIRED")
    await _mail_confirmation(app, account, waiting.email, lang)


async def cancel_email(app: App, account: int) -> None:
    """Forget the waiting address and the password that waited for it, or EMAIL_HASH_EXPIRED."""
    if not await app.store.write(_cancel_email, account):
        raise Fault("EMAIL_HASH_EXPIRED")


async def _cancel_email(tx: Tx, account: int) -> bool:
    handle = codes.handle(codes.PASSWORD_EMAIL, account)
    await codes.drop(tx, codes.PASSWORD_EMAIL, handle)
    return await tx.run(q.DROP_PENDING, account=account) > 0
