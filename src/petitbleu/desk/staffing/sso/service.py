"""Coming in through the OpenID provider of ``[sso]``: authorization code with PKCE, in two steps
that any worker may take.

Between them nothing is kept here. The browser holds a cookie with a random secret; ``state`` is a
challenge of ``staff`` whose seal covers that cookie, so whoever brings an answer is who began. PKCE
verifier and nonce come from the same secret. That a state is answered once is a row.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import NamedTuple

import msgspec

from petitbleu.app import App
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.staffing.sso import provider
from petitbleu.desk.staffing.sso import queries as sql
from petitbleu.desk.staffing.sso.queries import SubjectRow
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.desk.staffing.staff.service import (
    BadChallenge,
    Challenge,
    Login,
    Refused,
    Staff,
    StaffSession,
)
from petitbleu.store.api import Reader, Tx

ANSWER = "/desk/sso/answer"
"""The page to which the provider sends the browser: its redirect URI."""
LIFETIME = 600
"""Seconds for which a sign-in may be under way."""
_MOST_CODE = 2048


class _Cookie(msgspec.Struct, frozen=True, array_like=True):
    """What the browser keeps meanwhile."""

    secret: bytes
    following: str
    session: int = 0
    """Of whoever connects an account; 0: somebody comes in."""


class Begun(NamedTuple):
    """Where the browser is sent, and the cookie that it keeps."""

    url: str
    cookie: str


class Done(NamedTuple):
    """What came of an answer: a session, or (None) an account that is connected now."""

    login: Login | None
    following: str


def name(app: App) -> str:
    """What staff call the provider; empty: there is none."""
    sso = app.config.sso
    return (sso.name or sso.issuer.partition("://")[2].partition("/")[0]) if sso.issuer else ""


async def begin(app: App, following: str, here: StaffSession | None = None) -> Begun:
    """Send somebody to the provider: to come in, or (``here``) to connect their account.

    Raises Refused: ``sso_none``, ``sso_away``, ``sso_issuer``.
    """
    if not app.config.sso.issuer:
        raise Refused("sso_none")
    found = await provider.discover(app)
    session = here.session.id if here is not None else 0
    kept = _Cookie(app.random(32), following, session)
    cookie = _text(msgspec.json.encode(kept))
    state = staff.make_challenge(app, staff.SSO, session=session, digest=_digest(cookie))
    return Begun(provider.authorization_url(app, found, _asked(app, kept), _text(state)), cookie)


async def finish(
    app: App, cookie: str, state: str, code: str, issuer: str, *, agent: str, place: str
) -> Done:
    """Take the provider's answer. ``issuer``: what the answer says of itself (RFC 9207), or empty.

    Raises Refused: ``sso_none``, ``sso_state``, ``sso_late``, ``sso_used``, ``sso_unknown``,
    ``sso_ended``, ``sso_taken``, ``sso_left`` and those of :mod:`provider`.
    """
    if not app.config.sso.issuer:
        raise Refused("sso_none")
    kept, challenge = _opened(app, cookie, state)
    if issuer not in ("", app.config.sso.issuer):
        raise Refused("sso_issuer")
    if not 0 < len(code) <= _MOST_CODE:
        raise Refused("sso_code")
    await app.store.write(_use, app=app, challenge=challenge)
    found = await provider.discover(app)
    subject = await provider.subject(app, found, _asked(app, kept), code)
    if kept.session:
        await app.store.write(_bind, app=app, session=kept.session, subject=subject)
        return Done(None, kept.following)
    login = await app.store.write(_come_in, app=app, subject=subject, agent=agent, place=place)
    return Done(login, kept.following)


def _opened(app: App, cookie: str, state: str) -> tuple[_Cookie, Challenge]:
    try:
        kept = msgspec.json.decode(_bytes(cookie), type=_Cookie)
        challenge = staff.check_challenge(
            app, _bytes(state), staff.SSO, session=kept.session, digest=_digest(cookie)
        )
    except BadChallenge as bad:
        raise Refused("sso_late" if bad.late else "sso_state") from None
    except ValueError:  # msgspec's errors are some
        raise Refused("sso_state") from None
    return kept, challenge


def _asked(app: App, kept: _Cookie) -> provider.Asked:
    redirect = staff.party(app.config).origin + ANSWER
    verifier, nonce = (
        _text(hashlib.sha256(what + kept.secret).digest()) for what in (b"verifier", b"nonce")
    )
    return provider.Asked(redirect, verifier, nonce)


def _digest(cookie: str) -> bytes:
    return hashlib.sha256(cookie.encode()).digest()


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    if len(text) > 4096 or re.fullmatch(r"[A-Za-z0-9_-]+", text) is None:
        raise ValueError("not base64url")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


async def _use(tx: Tx, app: App, challenge: Challenge) -> None:
    try:
        await staff.use_once(tx, app, challenge, staff.SSO)
    except Refused:
        raise Refused("sso_used") from None


async def _come_in(tx: Tx, app: App, subject: str, agent: str, place: str) -> Login:
    issuer = app.config.sso.issuer
    row = await tx.row(sql.SUBJECT, issuer=issuer, subject=subject)
    if row is None:
        app.log.info("desk.sso_refused", reason="unknown")
        raise Refused("sso_unknown")
    said: dict[str, object] = {"sso": provider.digest(issuer, subject)}
    try:
        return await staff.sign_in_without_passkey(
            tx, app, row.staff, said, agent=agent, place=place
        )
    except Refused:
        raise Refused("sso_ended") from None


# ── whose account it is ─────────────────────────────────────────────────────────────────────────


async def account_of(reader: Reader, id: int) -> SubjectRow | None:
    """The account with which somebody comes in, if one is connected."""
    return await reader.row(sql.OF_STAFF, staff=id)


async def _bind(tx: Tx, app: App, session: int, subject: str) -> None:
    """Connect an account with whoever's session asked for it; it takes the place of an earlier
    one. An account that is another person's stays theirs while they have access.
    """
    here = await staff.find_by_id(app, tx, session)
    if here is None:
        raise Refused("sso_left")
    issuer, me = app.config.sso.issuer, here.staff
    row = await tx.row(sql.SUBJECT, issuer=issuer, subject=subject)
    if row is not None and row.staff != me.id:
        other = await staff.get(app, tx, row.staff)
        if other is not None and not other.ended:
            raise Refused("sso_taken")
        await tx.run(sql.DELETE, staff=row.staff)
    await tx.run(sql.DELETE, staff=me.id)
    await staff.end_sessions_without_passkey(tx, app, me.id)
    at = int(app.clock.now())
    if not await tx.run(sql.INSERT, issuer=issuer, subject=subject, staff=me.id, at=at):
        raise Refused("sso_taken")
    said = {"issuer": issuer, "sso": provider.digest(issuer, subject)}
    await audit.append(tx, app, me.actor, "sso.bind", me.actor, said)


async def unbind(tx: Tx, app: App, id: int, by: Staff) -> bool:
    """Disconnect somebody's account; sessions that began with it end. False: there was none."""
    row = await tx.row(sql.OF_STAFF, staff=id)
    if row is None or not await tx.run(sql.DELETE, staff=id):
        return False
    await staff.end_sessions_without_passkey(tx, app, id)
    said = {"issuer": row.issuer, "sso": provider.digest(row.issuer, row.subject)}
    await audit.append(tx, app, by.actor, "sso.unbind", f"staff:{id}", said)
    return True
