"""Proving a domain, and asking again.

Of two channels that prove the same domain, the one that has it keeps it while its own TXT record
stands: whoever writes the records says whose it is. A proof that is missing is asked for on the
next days too, and its owner told; then the channel is shown where it was before. Where nobody
can be asked (a resolver that does not answer), nothing follows.
"""

from __future__ import annotations

from enum import Enum
from hashlib import blake2b

from petitbleu.app import App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.publishing.pages import domains, owners, proofs, texts
from petitbleu.domain.publishing.pages import queries as q
from petitbleu.domain.publishing.pages.proofs import BY_FILE, Unsure
from petitbleu.domain.publishing.pages.queries import DomainRow
from petitbleu.domain.servicechat import service as servicechat
from petitbleu.ids import SERVICE_USER
from petitbleu.store.api import Conflict, Tx

WEEK, DAY = 7 * 86_400, 86_400
FAILURES_MAX = 3
"""Times in a row that a proof may be missing: after a week, then on the days after."""
PAUSE = 10
"""Seconds between two times that a domain is asked on an owner's wish."""
_LOOKED_AT = 200
"""Domains of one run."""


class Outcome(Enum):
    """What came of asking; the value is the key of the sentence that says so."""

    VERIFIED = "domain_verified"
    MISSING = "domain_missing"
    UNSURE = "domain_unsure"
    TAKEN = "domain_taken"
    SOON = "domain_soon"
    NONE = "domain_none"


async def check(app: App, chat: int, *, by: int = SERVICE_USER) -> Outcome:
    """Look for the proof of the domain that a channel asks for. Raises NotYours."""
    row, now = await app.store.row(q.DOMAIN_OF, chat=chat), int(app.clock.now())
    if row is None:
        return Outcome.NONE
    if row.checked_at and now - row.checked_at < PAUSE:
        return Outcome.VERIFIED if row.verified_at else Outcome.SOON
    await app.store.write(_asked, app, row, now, by)
    try:
        proof = await proofs.find(app, row.domain, row.token)
    except Unsure as why:
        app.log.warning("pages.domain_unsure", domain=row.domain, why=str(why))
        return Outcome.UNSURE
    if not proof:
        return Outcome.MISSING
    holder = await app.store.row(q.ON_DOMAIN, domain=row.domain)
    if holder is not None and holder.chat != chat and await _keeps(app, holder):
        return Outcome.TAKEN
    return await _give(app, row, holder, proof, now)


async def _asked(tx: Tx, app: App, row: DomainRow, now: int, by: int) -> None:
    await owners.lock(tx, app, row.chat, by)
    await _put_if_same(tx, row._replace(checked_at=now))


async def _put_if_same(tx: Tx, row: DomainRow) -> bool:
    """Write a row, if the channel still asks for that domain; whether it did."""
    stands = await tx.row(q.DOMAIN_OF, chat=row.chat)
    if stands is None or stands.token != row.token:
        return False
    await tx.run(q.PUT_DOMAIN, **row._asdict())
    return True


async def _keeps(app: App, holder: DomainRow) -> bool:
    """Whether the records of a domain still name the channel that has it."""
    try:
        return await proofs.by_record(app, holder.domain, holder.token)
    except Unsure:
        return True


async def _give(
    app: App, row: DomainRow, holder: DomainRow | None, proof: str, now: int
) -> Outcome:
    proved = row._replace(
        verified_at=row.verified_at or now,
        by_file=int(proof == BY_FILE),
        checked_at=now,
        failures=0,
    )
    other = holder if holder is not None and holder.chat != row.chat else None
    async with domains.changing(app, row.chat, *([other.chat] if other else ())):
        try:
            done = await app.store.write(_write, app, proved, other)
        except Conflict:  # somebody else proved it at the same time
            return Outcome.TAKEN
    if done and other is not None:
        await _tell(app, other, "domain_lost", now)
    return Outcome.VERIFIED if done else Outcome.MISSING


async def _write(tx: Tx, app: App, row: DomainRow, other: DomainRow | None) -> bool:
    for chat in sorted({row.chat, *([other.chat] if other else ())}):
        await chats.lock(tx, chat)
    before = await tx.row(q.DOMAIN_OF, chat=row.chat)
    if before is None or before.token != row.token:
        return False
    if other is not None:
        await tx.run(q.DROP_DOMAIN, chat=other.chat)
        await owners.note(tx, app, other.chat, SERVICE_USER, "domain: off")
    await tx.run(q.PUT_DOMAIN, **row._asdict())
    if not before.verified_at:
        await owners.note(tx, app, row.chat, SERVICE_USER, f"domain: {row.domain}")
    return True


# ── asking again ────────────────────────────────────────────────────────────────────────────────


async def recheck(app: App) -> None:
    """Ask for the proofs that are due again."""
    now = int(app.clock.now())
    for row in await app.store.rows(q.DOMAINS, limit=_LOOKED_AT):
        if now - row.checked_at >= (DAY if row.failures else WEEK):
            await _recheck(app, row, now)


async def _recheck(app: App, row: DomainRow, now: int) -> None:
    chat = await chats.get(app, row.chat)
    if chat is None or chats.dead(chat):
        async with domains.changing(app, row.chat):
            await app.store.write(_detach, app, row)
        return
    try:
        proof = await proofs.find(app, row.domain, row.token)
    except Unsure as why:
        # Asked again tomorrow; nothing was learned of the domain.
        app.log.warning("pages.domain_unsure", domain=row.domain, why=str(why))
        later = row._replace(checked_at=now if row.failures else now - WEEK + DAY)
        await app.store.write(_put_if_same, later)
        return
    failures = 0 if proof else row.failures + 1
    found = row._replace(checked_at=now, failures=failures)
    if proof:
        found = found._replace(by_file=int(proof == BY_FILE))
    if failures < FAILURES_MAX:
        done = await app.store.write(_put_if_same, found)
        if done and failures:
            await _tell(app, found, "domain_failing", now)
        return
    async with domains.changing(app, row.chat):
        done = await app.store.write(_detach, app, row)
    if done:
        app.log.warning("pages.domain_detached", domain=row.domain)
        await _tell(app, found, "domain_lost", now)


async def _detach(tx: Tx, app: App, row: DomainRow) -> bool:
    await chats.lock(tx, row.chat)
    stands = await tx.row(q.DOMAIN_OF, chat=row.chat)
    if stands is None or stands.token != row.token:
        return False
    await tx.run(q.DROP_DOMAIN, chat=row.chat)
    await owners.note(tx, app, row.chat, SERVICE_USER, "domain: off")
    return True


async def _tell(app: App, row: DomainRow, key: str, at: int) -> None:
    """Tell the owner of a channel about its domain, once."""
    chat = await chats.get(app, row.chat)
    owner = await accounts.get(app, chat.creator) if chat is not None and chat.creator else None
    if chat is None or owner is None or owner.deleted_at is not None:
        return
    claim = domains.claim_of(row)
    text = texts.of_identity(texts.language(owner.lang, *app.config.languages), key).format(
        title=servicechat.plain(chat.title), name=chat.username or "", domain=row.domain,
        record=claim.record, value=claim.value, left=FAILURES_MAX - row.failures,
    )  # fmt: skip
    digest = blake2b(f"domain {row.chat} {row.domain} {key} {at}".encode(), digest_size=8).digest()
    once, links = int.from_bytes(digest, "big") >> 1, servicechat.own_links(app, text)
    await messages.send_service(app, owner.id, text, links, once=once, find=False)
