"""Coming in by passkey, sessions of twelve hours, and the fresh touch that signs.

A session is a random cookie whose digest is stored. Rights are read at each request, so what is
taken away is gone at once.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from petitbleu.app import App
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.staffing.staff import challenges, passkeys, people
from petitbleu.desk.staffing.staff import queries as sql
from petitbleu.desk.staffing.staff.challenges import BadChallenge, Challenge
from petitbleu.desk.staffing.staff.passkeys import NewPasskey, Proof, Refused
from petitbleu.desk.staffing.staff.people import Staff
from petitbleu.desk.staffing.staff.queries import InviteRow, PasskeyRow, SessionRow
from petitbleu.store.api import Reader, Tx

SECONDS = 12 * 3600
NO_PASSKEY = b""
"""The passkey of a session that began without one."""
_SEEN = 60
"""Seconds between two notes of when a session was last used."""


class Signed(NamedTuple):
    """A fresh touch that was taken: who signed what (``digest``), with which passkey."""

    staff: Staff
    passkey: bytes
    digest: bytes
    nonce: bytes
    """Names the proof in ``staff_touch``."""
    at: int


class Login(NamedTuple):
    """A new session and the value of its cookie."""

    staff: Staff
    cookie: str
    expires_at: int


class StaffSession(NamedTuple):
    """The session of a request and whose it is."""

    session: SessionRow
    staff: Staff

    @property
    def by_passkey(self) -> bool:
        """Whether it began with a passkey."""
        return self.session.passkey != NO_PASSKEY


# ── registration ────────────────────────────────────────────────────────────────────────────────


async def creation(app: App, staff: Staff, session: int) -> dict[str, object]:
    """Options for making a passkey for somebody; ``session`` is that of the person, or the id of
    the invitation.
    """
    taken = [row.credential for row in await app.store.rows(sql.ALL_CREDENTIALS)]
    challenge = challenges.make(app, challenges.PASSKEY, staff=staff.id, session=session)
    return passkeys.creation(
        app, challenge, staff=staff.id, name=f"{staff.name} ({staff.id})", taken=taken
    )


async def accept(app: App, invite: InviteRow, answer: str, label: str) -> Staff:
    """The first passkey of an invited person, which uses the link up.

    Raises Refused: ``gone`` where the link was used or ended meanwhile.
    """
    passkey = passkeys.check_new(app, answer, staff=invite.staff, session=invite.id)
    return await app.store.write(_accept, app=app, invite=invite, made=passkey, label=label)


async def _accept(tx: Tx, app: App, invite: InviteRow, made: NewPasskey, label: str) -> Staff:
    row = await tx.row(sql.LOCK_STAFF, id=invite.staff)
    staff = people.of_row(row, app.clock.now()) if row is not None else None
    if staff is None or not staff.active:
        raise Refused("gone")
    if not await tx.run(sql.USE_INVITE, id=invite.id, at=int(app.clock.now())):
        raise Refused("gone")
    await _keep(tx, app, staff, made, label, invite.id)
    return staff


async def add_passkey(app: App, here: StaffSession, answer: str, label: str) -> None:
    """Another passkey of somebody who is signed in. Raises Refused."""
    passkey = passkeys.check_new(app, answer, staff=here.staff.id, session=here.session.id)
    await app.store.write(
        _keep, app=app, staff=here.staff, made=passkey, label=label, session=here.session.id
    )


async def _keep(tx: Tx, app: App, staff: Staff, made: NewPasskey, label: str, session: int) -> None:
    at = int(app.clock.now())
    fresh = await tx.run(
        sql.INSERT_TOUCH,
        nonce=made.challenge.nonce,
        purpose=challenges.PASSKEY,
        staff=staff.id,
        session=session,
        passkey=made.credential,
        digest=made.challenge.digest,
        at=at,
        client_data=made.client_data,
        authenticator_data=b"",
        signature=b"",
    )
    if not fresh:
        raise Refused("used")
    kept = await tx.run(
        sql.INSERT_PASSKEY,
        credential=made.credential,
        staff=staff.id,
        public_key=made.public_key,
        print=passkeys.fingerprint(made.public_key),
        counter=made.counter,
        label=" ".join(label.split())[:60],
        transports=made.transports,
        synced=int(made.synced),
        at=at,
    )
    if not kept:
        raise Refused("taken")
    await audit.append(
        tx, app, staff.actor, "passkey.add", staff.actor, {"passkey": short(made.credential)}
    )


def short(credential: bytes) -> str:
    """How the log and the pages name a passkey."""
    return hashlib.sha256(credential).hexdigest()[:16]


async def passkeys_of(reader: Reader, staff: int) -> list[PasskeyRow]:
    """Those in force, oldest first."""
    return await reader.rows(sql.PASSKEYS, staff=staff)


async def remove_passkey(tx: Tx, app: App, staff: Staff, name: str) -> None:
    """Take a passkey (:func:`short`) and its sessions away; the last one stays (``last``)."""
    await tx.row(sql.LOCK_STAFF, id=staff.id)
    rows = await tx.rows(sql.PASSKEYS, staff=staff.id)
    chosen = next((row for row in rows if short(row.credential) == name), None)
    if chosen is None:
        raise Refused("gone")
    if len(rows) == 1:
        raise Refused("last")
    at = int(app.clock.now())
    await tx.run(sql.REVOKE_PASSKEY, credential=chosen.credential, staff=staff.id, at=at)
    await tx.run(sql.END_SESSIONS_OF_PASSKEY, staff=staff.id, passkey=chosen.credential, at=at)
    await audit.append(
        tx, app, staff.actor, "passkey.remove", staff.actor, {"passkey": short(chosen.credential)}
    )


# ── coming in ───────────────────────────────────────────────────────────────────────────────────


def sign_in_options(app: App) -> dict[str, object]:
    """Options for whoever wants in: any passkey of the desk."""
    return passkeys.request(app, challenges.make(app, challenges.SIGN_IN), challenges.SIGN_IN)


async def sign_in(app: App, answer: str, *, agent: str, place: str) -> Login:
    """A session for whose passkey answered. Raises Refused."""
    row, proof = await _proof(app, answer, challenges.SIGN_IN)
    token = app.random(32)
    staff, until = await app.store.write(
        _begin, app=app, row=row, proof=proof, token=token, agent=agent, place=place
    )
    return _login(staff, token, until)


def _login(staff: Staff, token: bytes, until: int) -> Login:
    return Login(staff, base64.urlsafe_b64encode(token).rstrip(b"=").decode(), until)


async def _begin(
    tx: Tx, app: App, row: PasskeyRow, proof: Proof, token: bytes, agent: str, place: str
) -> tuple[Staff, int]:
    staff = await people.get(app, tx, row.staff)
    if staff is None or not staff.active:
        raise Refused("ended")
    id = int.from_bytes(app.random(7), "big")
    await _consume(tx, app, proof, challenges.SIGN_IN, staff, id)
    until = await _open(tx, app, staff, id, proof.credential, token, agent, place)
    await audit.append(
        tx, app, staff.actor, "sign-in", staff.actor, {"passkey": short(proof.credential)}
    )
    return staff, until


async def _open(
    tx: Tx,
    app: App,
    staff: Staff,
    id: int,
    passkey: bytes,
    token: bytes,
    agent: str,
    place: str,
) -> int:
    """Store a session; when it ends."""
    at = int(app.clock.now())
    until = min(at + SECONDS, staff.until or at + SECONDS)
    await tx.run(
        sql.INSERT_SESSION,
        id=id,
        digest=app.secrets.hmac("desk session", token),
        staff=staff.id,
        passkey=passkey,
        at=at,
        expires_at=until,
        agent=agent[:200],
        place=place[:60],
    )
    return until


async def sign_in_without_passkey(
    tx: Tx, app: App, id: int, said: dict[str, object], *, agent: str, place: str
) -> Login:
    """A session for somebody whom a provider vouches for; ``said``: how, for the log.

    Such a session has no passkey and signs nothing by itself. Raises Refused.
    """
    staff = await people.get(app, tx, id)
    if staff is None or not staff.active:
        raise Refused("ended")
    token = app.random(32)
    session = int.from_bytes(app.random(7), "big")
    until = await _open(tx, app, staff, session, NO_PASSKEY, token, agent, place)
    await audit.append(tx, app, staff.actor, "sign-in", staff.actor, said)
    return _login(staff, token, until)


async def use_once(tx: Tx, app: App, challenge: Challenge, purpose: str) -> None:
    """Note that a challenge without an authenticator was answered. Raises Refused where it was."""
    fresh = await tx.run(
        sql.INSERT_TOUCH,
        nonce=challenge.nonce,
        purpose=purpose,
        staff=0,
        session=0,
        passkey=NO_PASSKEY,
        digest=challenge.digest,
        at=int(app.clock.now()),
        client_data=b"",
        authenticator_data=b"",
        signature=b"",
    )
    if not fresh:
        raise Refused("used")


async def end_sessions_without_passkey(tx: Tx, app: App, staff: int) -> None:
    """End the sessions of :func:`sign_in_without_passkey`."""
    at = int(app.clock.now())
    await tx.run(sql.END_SESSIONS_OF_PASSKEY, staff=staff, passkey=NO_PASSKEY, at=at)


async def _proof(
    app: App,
    answer: str,
    purpose: str,
    *,
    staff: int = 0,
    session: int = 0,
    digest: bytes = challenges.NOTHING,
) -> tuple[PasskeyRow, Proof]:
    assertion = passkeys.read(answer)
    try:
        challenge = challenges.check(
            app, assertion.challenge, purpose, staff=staff, session=session, digest=digest
        )
    except BadChallenge as bad:
        raise Refused("late" if bad.late else "other") from None
    row = await app.store.row(sql.PASSKEY, credential=assertion.credential)
    if row is None or row.revoked_at or (staff and row.staff != staff):
        raise Refused("unknown_key")
    return row, passkeys.check(app, assertion, challenge, row.public_key, row.counter)


async def _consume(
    tx: Tx, app: App, proof: Proof, purpose: str, staff: Staff, session: int
) -> None:
    at = int(app.clock.now())
    fresh = await tx.run(
        sql.INSERT_TOUCH,
        nonce=proof.challenge.nonce,
        purpose=purpose,
        staff=staff.id,
        session=session,
        passkey=proof.credential,
        digest=proof.challenge.digest,
        at=at,
        client_data=proof.client_data,
        authenticator_data=proof.authenticator_data,
        signature=proof.signature,
    )
    if not fresh:
        raise Refused("used")
    if not await tx.run(sql.USE_PASSKEY, credential=proof.credential, counter=proof.counter, at=at):
        raise Refused("unverified")  # revoked, or its counter moved on, since it was read


async def find(app: App, cookie: str) -> StaffSession | None:
    """The session of a cookie's value, if it is in force."""
    try:
        token = base64.urlsafe_b64decode(cookie + "=" * (-len(cookie) % 4))
    except ValueError:
        return None
    if len(token) != 32:
        return None
    now = app.clock.now()
    row = await _by_token(app, token)
    if row is None or row.revoked_at or row.expires_at <= now:
        return None
    staff = await people.get(app, app.store, row.staff)
    if staff is None or not staff.active:
        return None
    if now - row.seen_at > _SEEN:
        await app.store.write(_see, id=row.id, at=int(now))
    return StaffSession(row, staff)


async def find_by_id(app: App, reader: Reader, id: int) -> StaffSession | None:
    """A session by number, if it is in force."""
    row = await reader.row(sql.SESSION_BY_ID, id=id)
    if row is None or row.revoked_at or row.expires_at <= app.clock.now():
        return None
    staff = await people.get(app, reader, row.staff)
    return StaffSession(row, staff) if staff is not None and staff.active else None


async def _by_token(app: App, token: bytes) -> SessionRow | None:
    for digest in app.secrets.hmacs("desk session", token):
        row = await app.store.row(sql.SESSION, digest=digest)
        if row is not None:
            return row
    return None


async def _see(tx: Tx, id: int, at: int) -> None:
    await tx.run(sql.SEE_SESSION, id=id, at=at)


async def last_seen(reader: Reader) -> int:
    """When anybody of the staff last used the desk; 0: nobody ever has."""
    row = await reader.row(sql.LAST_SEEN)
    return row.at or 0 if row is not None else 0


async def sessions_of(app: App, staff: int) -> list[SessionRow]:
    """Those in force, newest first."""
    return await app.store.rows(sql.SESSIONS, staff=staff, now=int(app.clock.now()))


async def end_session(tx: Tx, app: App, staff: Staff, id: int) -> bool:
    """End one's own session. False where there is none of that id."""
    if not await tx.run(sql.END_SESSION, id=id, staff=staff.id, at=int(app.clock.now())):
        return False
    await audit.append(tx, app, staff.actor, "sign-out", staff.actor)
    return True


async def end_others(tx: Tx, app: App, here: StaffSession) -> int:
    """End all own sessions but this one; how many."""
    at = int(app.clock.now())
    ended = await tx.run(sql.END_SESSIONS, staff=here.staff.id, but=here.session.id, at=at)
    if ended:
        await audit.append(
            tx, app, here.staff.actor, "sign-out", here.staff.actor, {"others": ended}
        )
    return ended


# ── signing ─────────────────────────────────────────────────────────────────────────────────────


def form_digest(place: str, fields: Mapping[str, list[str]]) -> bytes:
    """SHA-256 of what a form says: the address it goes to and its fields, in order of names."""
    return hashlib.sha256(
        audit.canonical(["petitbleu desk form", place, sorted(fields.items())])
    ).digest()


async def signing(app: App, here: StaffSession, digest: bytes) -> dict[str, object]:
    """Options for a fresh touch by the person of this session, for exactly ``digest``."""
    challenge = challenges.make(
        app, challenges.SIGN, staff=here.staff.id, session=here.session.id, digest=digest
    )
    rows = await passkeys_of(app.store, here.staff.id)
    return passkeys.request(app, challenge, challenges.SIGN, [row.credential for row in rows])


async def sign(app: App, here: StaffSession, digest: bytes, answer: str) -> Signed:
    """Take a fresh touch for ``digest``: it counts once. Raises Refused.

    The touch is used up before what it signs is done: a form that fails needs a new one.
    """
    _, proof = await _proof(
        app,
        answer,
        challenges.SIGN,
        staff=here.staff.id,
        session=here.session.id,
        digest=digest,
    )
    return await app.store.write(_sign, app=app, here=here, proof=proof)


async def _sign(tx: Tx, app: App, here: StaffSession, proof: Proof) -> Signed:
    await _consume(tx, app, proof, challenges.SIGN, here.staff, here.session.id)
    at = int(app.clock.now())
    await audit.append(
        tx,
        app,
        here.staff.actor,
        "sign",
        here.staff.actor,
        {
            "passkey": short(proof.credential),
            "digest": proof.challenge.digest.hex(),
            "touch": proof.challenge.nonce.hex(),
        },
    )
    return Signed(here.staff, proof.credential, proof.challenge.digest, proof.challenge.nonce, at)
