"""Passkeys of members: asked for, kept, listed, taken away, and proved at sign-in.

An authenticator's answer is checked outside of transactions; what it is bound to, a challenge that
was given to the same device, is used up inside, also where the answer is refused.
"""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple

from petitbleu import authenticators
from petitbleu.app import Actor, App
from petitbleu.authenticators import BadAnswer, NoParty, Party
from petitbleu.domain.access.devices import service as devices
from petitbleu.domain.access.passkeys import models, texts
from petitbleu.domain.access.passkeys import queries as q
from petitbleu.domain.access.passkeys.queries import PasskeyRow as PasskeyRow  # given on
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.errors import Fault
from petitbleu.store.api import Tx

SIGN_IN, REGISTRATION = "sign-in", "registration"
SECONDS = 300
"""How long a challenge may be answered."""
MOST = 10
"""Passkeys of one person."""


class Proof(NamedTuple):
    """A passkey that signed: to be used by :func:`use`, once."""

    passkey: PasskeyRow
    counter: int
    digest: str


def party_of(app: App) -> Party | None:
    """The relying party: the host of the web client; None where browsers offer no passkeys."""
    config = app.config
    url = config.web.app_url or config.public_url
    if not url and config.dev:
        url = f"http://localhost:{config.listen[0].rpartition(':')[2]}"
    try:
        return authenticators.party_at(url) if url else None
    except NoParty:
        return None


def _party(app: App) -> Party:
    found = party_of(app)
    if found is None:
        raise Fault("METHOD_INVALID")
    return found


def user_handle(account: int) -> bytes:
    """What an authenticator files the key under; a new one for the same person takes its place."""
    return b"petitbleu member %d" % account


async def of_account(app: App, account: int) -> list[PasskeyRow]:
    """The passkeys of a person, the oldest first."""
    return await app.store.rows(q.OF_ACCOUNT, account=account)


# ── add and remove ──────────────────────────────────────────────────────────────────────────────


async def begin_registration(app: App, me: Actor) -> dict[str, Any]:
    """Options for ``navigator.credentials.create``. Raises ACCESS_DENIED where there are too many,
    METHOD_INVALID.
    """
    party = _party(app)
    kept = await of_account(app, me.id)
    person = await accounts.get(app, me.id)
    if len(kept) >= MOST or person is None:
        raise Fault("ACCESS_DENIED")
    challenge = await _ask(app, me.auth, REGISTRATION, me.id)
    name = f"{person.first_name} {person.last_name}".strip()
    return authenticators.creation(
        party,
        challenge,
        instance=app.config.name,
        handle=user_handle(me.id),
        name=f"{name} (+{person.phone})" if person.phone else name,
        taken=[authenticators.decode(row.id) for row in kept],
        seconds=SECONDS,
    )


async def _ask(app: App, auth: int, purpose: str, account: int) -> bytes:
    challenge = app.random(32)
    await app.store.write(
        _write_asked,
        auth=auth,
        purpose=purpose,
        account=account,
        digest=_digest(challenge),
        expires_at=int(app.clock.now()) + SECONDS,
    )
    return challenge


async def _write_asked(tx: Tx, /, **asked: Any) -> None:
    await tx.run(q.ASK, **asked)


def _digest(challenge: bytes) -> str:
    return hashlib.sha256(challenge).hexdigest()


async def register(app: App, me: Actor, answer: str) -> PasskeyRow:
    """Keep the passkey that ``answer`` (JSON of a page) brings.

    Raises CREDENTIAL_INVALID, PASSKEY_ORIGIN_MISMATCH, METHOD_INVALID.
    """
    party, now = _party(app), int(app.clock.now())
    try:
        new = authenticators.read_new(answer)
    except BadAnswer as bad:
        raise _refusal(app, bad) from None
    taken = await app.store.write(_take, me.auth, REGISTRATION, _digest(new.challenge), now)
    if taken != me.id:
        raise Fault("CREDENTIAL_INVALID")
    try:
        made = authenticators.check_new(party, new)
    except BadAnswer as bad:
        raise _refusal(app, bad) from None
    row = PasskeyRow(
        account=me.id,
        id=authenticators.encode(made.credential),
        party=party.id,
        name=models.NAMES.get(made.model) or await _device_name(app, me),
        public_key=made.public_key,
        counter=made.counter,
        created_at=now,
        used_at=None,
    )
    await app.store.write(_insert, row)
    await _tell(app, me.id, "added", row.name)
    return row


async def _take(tx: Tx, auth: int, purpose: str, digest: str, now: int) -> int | None:
    """Whose answer the challenge takes (0: anybody's); None: it is not ours, used or too old."""
    found = await tx.row(q.TAKE, auth=auth, purpose=purpose, digest=digest, now=now)
    return None if found is None else found.account


async def _insert(tx: Tx, row: PasskeyRow) -> None:
    kept = await tx.rows(q.OF_ACCOUNT, account=row.account)
    fields = {
        name: getattr(row, name)
        for name in ("account", "id", "party", "name", "public_key", "counter")
    }
    if len(kept) >= MOST or not await tx.run(q.INSERT, **fields, now=row.created_at):
        raise Fault("CREDENTIAL_INVALID")


async def _device_name(app: App, me: Actor) -> str:
    row = await devices.of_auth(app.store, me.auth)
    named = "" if row is None else ", ".join(part for part in (row.device, row.system) if part)
    return named or app.config.name


async def remove(app: App, me: Actor, id: str) -> bool:
    """Forget a passkey of mine: it signs nobody in any more. False: there is none of this id."""
    found = [row for row in await of_account(app, me.id) if row.id == id]
    if not found or not await app.store.write(_remove, me.id, id):
        return False
    await _tell(app, me.id, "removed", found[0].name)
    return True


async def _remove(tx: Tx, account: int, id: str) -> int:
    return await tx.run(q.DELETE, account=account, id=id)


async def forget(tx: Tx, account: int) -> None:
    """All passkeys of an account go with it."""
    await tx.run(q.DELETE_ALL, account=account)


async def _tell(app: App, account: int, what: str, passkey: str) -> None:
    """All devices of the person see it in the service chat."""
    person = await accounts.get(app, account)
    if person is None:
        return
    lang = texts.language(person.lang, *app.config.languages)
    said = texts.changed(
        lang, what, name=person.first_name, instance=app.config.name, passkey=passkey
    )
    # The device is named by whoever signed in there.
    await messages.send_service(app, account, said, find=False)


# ── sign in ─────────────────────────────────────────────────────────────────────────────────────


async def begin_sign_in(app: App, auth: int) -> dict[str, Any]:
    """Options for ``navigator.credentials.get``: any passkey may answer. Raises METHOD_INVALID."""
    party = _party(app)
    return authenticators.request(party, await _ask(app, auth, SIGN_IN, 0), seconds=SECONDS)


async def prove(app: App, auth: int, answer: str) -> Proof:
    """Which passkey signed ``answer`` (JSON of a page); :func:`use` it in the transaction that
    signs in.

    Raises CREDENTIAL_INVALID, PASSKEY_ORIGIN_MISMATCH, METHOD_INVALID. The challenge is used up.
    """
    party = _party(app)
    try:
        assertion = authenticators.read(answer)
    except BadAnswer as bad:
        raise _refusal(app, bad) from None
    digest = _digest(assertion.challenge)
    row = await app.store.row(q.BY_ID, id=authenticators.encode(assertion.credential))
    try:
        if row is None or row.party != party.id or not _is_theirs(assertion.answer, row):
            raise BadAnswer("unverified", "the passkey is not known here")
        signed = authenticators.check(party, assertion, row.public_key, row.counter)
    except BadAnswer as bad:
        await app.store.write(_take, auth, SIGN_IN, digest, int(app.clock.now()))
        raise _refusal(app, bad) from None
    return Proof(row, signed.counter, digest)


def _is_theirs(answer: dict[str, Any], row: PasskeyRow) -> bool:
    """Whether whom the authenticator names, if it does, is the owner (§7.2, step 6)."""
    named = answer["response"].get("userHandle")
    try:
        return not named or authenticators.decode(named) == user_handle(row.account)
    except ValueError:
        return False


async def use(tx: Tx, auth: int, proof: Proof, now: int) -> bool:
    """Use up the challenge and note the signature; False: it was answered before, or too late."""
    if await _take(tx, auth, SIGN_IN, proof.digest, now) is None:
        return False
    passkey = proof.passkey
    noted = await tx.run(
        q.USED,
        account=passkey.account,
        id=passkey.id,
        counter=proof.counter,
        before=passkey.counter,
        now=now,
    )
    return bool(noted)


def _refusal(app: App, bad: BadAnswer) -> Fault:
    app.log.info("passkeys.refused", reason=bad.detail or bad.reason)
    return Fault("PASSKEY_ORIGIN_MISMATCH" if bad.reason == "origin" else "CREDENTIAL_INVALID")


async def prune(tx: Tx, now: int) -> None:
    """Forget challenges that nobody answered."""
    await tx.run(q.PRUNE, now=now)
