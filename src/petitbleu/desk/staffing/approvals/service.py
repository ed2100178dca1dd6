"""Two people: asking, reading without the first one's verdict, agreeing or refusing, using.

States: requested -> under second reading -> agreed / refused with reason / expired. The first
cannot choose the second. Who asks and who answers both sign with a fresh touch
(``staff.service.sign``).

A room asks with the digest of exactly what is to be done, and calls :func:`require` in the
transaction that does it; a kind that is done at the moment of agreement declares an :func:`effect`.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from petitbleu.app import App
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.staffing.approvals import independence
from petitbleu.desk.staffing.approvals import queries as q
from petitbleu.desk.staffing.approvals.independence import NotYou as NotYou
from petitbleu.desk.staffing.approvals.kinds import KINDS, Kind
from petitbleu.desk.staffing.approvals.queries import SecondRow as SecondRow
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.desk.staffing.staff.service import Signed, Staff
from petitbleu.store.api import Reader, Tx

__all__ = [
    "KINDS",
    "STATES",
    "Agreement",
    "Kind",
    "NotAgreed",
    "NotYou",
    "Request",
    "agree",
    "agreed_by",
    "agreed_to",
    "ask",
    "declined",
    "effect",
    "for_reader",
    "get",
    "may_second",
    "open_for",
    "pending",
    "recent",
    "refuse",
    "require",
    "waiting",
]

STATES = ("requested", "reading", "agreed", "refused", "expired")
REQUESTED, READING, AGREED, REFUSED, EXPIRED = range(5)
OPERATOR = "operator"


class NotAgreed(Exception):
    """Nobody has agreed to this yet (or the agreement was used, refused, or is too old)."""


class Request(NamedTuple):
    """A request as one reader may see it: ``verdict`` is None while it is hidden from them."""

    id: int
    kind: str
    subject: str
    digest: bytes
    shown: dict[str, Any]
    data: dict[str, Any]
    first: str
    verdict: str | None
    emergency: bool
    asked_at: int
    expires_at: int
    state: str
    second: int
    closed_at: int
    answer: str
    used_at: int


class Agreement(NamedTuple):
    """What :func:`require` found: both are named in letters. ``second`` is None in an emergency."""

    id: int
    first: str
    second: str | None


Effect = Callable[[Tx, App, Request], Awaitable[dict[str, Any]]]
EFFECTS: dict[str, Effect] = {}
"""Kind -> what is done in the transaction of the agreement."""


def effect(kind: str) -> Callable[[Effect], Effect]:
    """Declare what happens when a request of ``kind`` is agreed to; its result goes to the page."""

    def register(function: Effect) -> Effect:
        if kind in EFFECTS:
            raise RuntimeError(f"the effect of {kind} is declared twice")
        EFFECTS[kind] = function
        return function

    return register


Declined = Callable[[Tx, App, Request], Awaitable[None]]
DECLINED: dict[str, Declined] = {}
"""Kind -> what follows in the transaction in which a request was refused, or ran out."""


def declined(*kinds: str) -> Callable[[Declined], Declined]:
    """Declare what follows where nobody agreed to a request of these kinds."""

    def register(function: Declined) -> Declined:
        for kind in kinds:
            if kind in DECLINED:
                raise RuntimeError(f"what follows a refusal of {kind} is declared twice")
            DECLINED[kind] = function
        return function

    return register


Agreed = Callable[[Tx, App, Request], Awaitable[None]]
AGREEING: dict[str, Agreed] = {}
"""Kind -> what follows in the transaction of the agreement to what is done later."""


def agreed_to(*kinds: str) -> Callable[[Agreed], Agreed]:
    """Declare what follows when requests of these kinds are agreed to; the agreement is used later
    (:func:`require`).
    """

    def register(function: Agreed) -> Agreed:
        for kind in kinds:
            if kind in AGREEING:
                raise RuntimeError(f"what follows an agreement to {kind} is declared twice")
            AGREEING[kind] = function
        return function

    return register


async def _decline(tx: Tx, app: App, row: SecondRow) -> None:
    """Nobody agreed: whoever asked is told, in this transaction."""
    follows = DECLINED.get(row.kind)
    if follows is not None:
        await follows(tx, app, _of(row, verdict=True))


def _of(row: SecondRow, *, verdict: bool) -> Request:
    return Request(
        row.id,
        row.kind,
        row.subject,
        row.digest,
        json.loads(row.shown),
        json.loads(row.data),
        row.first,
        row.verdict if verdict else None,
        bool(row.emergency),
        row.asked_at,
        row.expires_at,
        STATES[row.state],
        row.second,
        row.closed_at,
        row.answer,
        row.used_at,
    )


async def ask(
    tx: Tx,
    app: App,
    *,
    kind: str,
    subject: str,
    digest: bytes,
    by: Signed | None,
    shown: dict[str, Any],
    verdict: str = "",
    data: dict[str, Any] | None = None,
    emergency: bool = False,
) -> int:
    """Ask for a second person; the request's number. ``by`` None: the command line.

    ``digest``: SHA-256 of exactly what is to be done. ``shown``: what the second person reads.
    ``verdict``: what the first thinks of it, hidden until the second has answered. The same thing
    asked again while it stands open is the same request. Raises NotYou (``right``).
    """
    rules = KINDS[kind]
    if by is not None and not by.staff.may(rules.ask):
        raise NotYou("right")
    if emergency and not rules.emergency:
        raise ValueError(f"{kind} has no emergency form")
    first = by.staff.actor if by is not None else OPERATOR
    at = int(app.clock.now())
    await _expire_same(tx, app, kind, digest)
    inserted = await tx.row(
        q.INSERT,
        kind=kind,
        subject=subject,
        digest=digest,
        shown=_text(shown),
        data=_text(data or {}),
        first=first,
        first_passkey=by.passkey if by is not None else None,
        verdict=verdict,
        emergency=int(emergency),
        at=at,
        expires_at=at + rules.seconds,
    )
    if inserted is None:
        standing = await tx.row(q.OPEN_OF, kind=kind, digest=digest)
        assert standing is not None
        return standing.id
    said = {"kind": kind, "id": inserted.id, "digest": digest.hex(), "emergency": emergency}
    await audit.append(tx, app, first, "second.ask", subject, said)
    return inserted.id


def _text(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


async def _expire_same(tx: Tx, app: App, kind: str, digest: bytes) -> None:
    standing = await tx.row(q.OPEN_OF, kind=kind, digest=digest)
    if standing is not None and standing.expires_at <= app.clock.now():
        await expire(tx, app, standing)


async def expire(tx: Tx, app: App, row: SecondRow) -> bool:
    """Close a request that nobody answered in time; False if somebody had."""
    if not await tx.run(q.EXPIRE, id=row.id, at=int(app.clock.now())):
        return False
    said = {"kind": row.kind, "id": row.id, "done": bool(row.used_at)}
    await audit.append(tx, app, "system", "second.expire", row.subject, said)
    await _decline(tx, app, row._replace(state=EXPIRED))
    return True


def _may_answer(row: SecondRow | Request, reader: Staff) -> str:
    """'' or why this person cannot be the second."""
    rules = KINDS[row.kind]
    if row.first == reader.actor:
        return "same_person"
    if row.subject == reader.actor:
        return "concerned"
    return "" if all(reader.may(right) for right in rules.second) else "right"


def may_second(row: SecondRow | Request, reader: Staff) -> bool:
    """Whether somebody's rights are those of a second for this request, and it is not their own."""
    return _may_answer(row, reader) == ""


async def _other_person(tx: Tx, app: App, row: SecondRow, by: Signed) -> None:
    """Raises NotYou where the second is the first: by number, by address, or by passkey."""
    reason = _may_answer(row, by.staff)
    if reason:
        raise NotYou(reason)
    if row.first_passkey is not None and row.first_passkey == by.passkey:
        raise NotYou("same_passkey")
    if not row.first.startswith("staff:"):
        return
    first = await staff.get(app, tx, int(row.first.removeprefix("staff:")))
    if first is None or first.email == by.staff.email:
        raise NotYou("same_person")


async def open_for(tx: Tx, app: App, id: int, reader: Staff) -> Request:
    """A possible second reads a request: it is under second reading now. Raises NotYou."""
    row = await tx.row(q.LOCK, id=id)
    if row is None:
        raise NotYou("gone")
    at = int(app.clock.now())
    if row.state < AGREED and row.expires_at <= at and await expire(tx, app, row):
        row = row._replace(state=EXPIRED, closed_at=at)
    if row.state < AGREED and not _may_answer(row, reader) and row.second != reader.id:
        await tx.run(q.OPENED, id=id, second=reader.id, at=at)
        row = row._replace(state=READING, second=reader.id, opened_at=at)
    elif row.first != reader.actor and _may_answer(row, reader) == "right":
        raise NotYou("right")
    said = {"kind": row.kind, "id": row.id}
    await audit.append(tx, app, reader.actor, "second.read", row.subject, said)
    return _of(row, verdict=row.state in (AGREED, REFUSED) or row.first == reader.actor)


async def agree(tx: Tx, app: App, id: int, by: Signed, reason: str = "") -> dict[str, Any]:
    """The second agrees; what the kind's effect gave. Raises NotYou."""
    row = await _answer(tx, app, id, by, AGREED, reason)
    follows = AGREEING.get(row.kind)
    if follows is not None:
        await follows(tx, app, _of(row, verdict=True))
    done = EFFECTS.get(row.kind)
    if done is None:
        return {}
    outcome = await done(tx, app, _of(row, verdict=True))
    await tx.run(q.USE, id=id, at=int(app.clock.now()))
    return outcome


async def refuse(tx: Tx, app: App, id: int, by: Signed, reason: str) -> None:
    """The second refuses, with a reason. Raises NotYou (``reason`` where there is none)."""
    if not reason.strip():
        raise NotYou("reason")
    await _decline(tx, app, await _answer(tx, app, id, by, REFUSED, reason))


async def _answer(tx: Tx, app: App, id: int, by: Signed, state: int, reason: str) -> SecondRow:
    row = await tx.row(q.LOCK, id=id)
    at = int(app.clock.now())
    if row is None:
        raise NotYou("gone")
    if row.state == EXPIRED or (row.state < AGREED and row.expires_at <= at):
        raise NotYou("expired")
    if row.state >= AGREED:
        raise NotYou("answered")
    await _other_person(tx, app, row, by)
    marked = state == AGREED and await _is_marked(tx, app, row, by)
    reason = reason.strip()[:2000]
    await tx.run(
        q.CLOSE,
        id=id,
        state=state,
        second=by.staff.id,
        passkey=by.passkey,
        at=at,
        answer=reason,
    )
    said: dict[str, Any] = {"kind": row.kind, "id": id, "first": row.first, "touch": by.nonce.hex()}
    if row.used_at:
        said["done"] = True  # an emergency that was done before
    if marked:
        said["marked"] = "invited"
    await audit.append(tx, app, by.staff.actor, f"second.{_VERBS[state]}", row.subject, said)
    if marked:
        who = {"first": row.first, "second": by.staff.actor, "kind": row.kind, "request": str(id)}
        await independence.mark(tx, app, row.subject, who)
    return row._replace(state=state, second=by.staff.id, closed_at=at, answer=reason)


async def _is_marked(tx: Tx, app: App, row: SecondRow, by: Signed) -> bool:
    """Whether the second was brought by the first, and there is nobody else. Raises NotYou."""

    def can_second(other: Staff) -> bool:
        return _may_answer(row, other) == "" and other.email != first_email

    first_email = ""
    if row.first.startswith("staff:"):
        first = await staff.get(app, tx, int(row.first.removeprefix("staff:")))
        first_email = first.email if first is not None else ""
    firsts = frozenset({row.first})
    return await independence.check(tx, app, by.staff, row.subject, firsts, can_second)


_VERBS = {AGREED: "agree", REFUSED: "refuse"}


async def require(tx: Tx, app: App, kind: str, digest: bytes) -> Agreement:
    """Use the agreement to do ``digest`` now, in this transaction; it counts once.

    Raises NotAgreed. An emergency request may be used before the second has signed.
    """
    usable = await tx.row(q.USABLE, kind=kind, digest=digest)
    if usable is None:
        raise NotAgreed(kind)
    row = await tx.row(q.LOCK, id=usable.id)
    at = int(app.clock.now())
    if row is None or row.used_at:
        raise NotAgreed(kind)
    agreed = row.state == AGREED and at < row.closed_at + KINDS[kind].seconds
    early = row.emergency and row.state < AGREED and at < row.expires_at
    if not (agreed or early):
        raise NotAgreed(kind)
    await tx.run(q.USE, id=row.id, at=at)
    said = {"kind": kind, "id": row.id, "digest": digest.hex(), "before_second": not agreed}
    await audit.append(tx, app, row.first, "second.use", row.subject, said)
    return Agreement(row.id, row.first, f"staff:{row.second}" if agreed else None)


async def get(reader: Reader, id: int) -> SecondRow | None:
    """One request, as it is stored: pages show it by :func:`open_for`."""
    return await reader.row(q.REQUEST, id=id)


async def agreed_by(app: App, kind: str, digest: bytes) -> str:
    """Who agreed to ``digest`` and can still be relied on (:func:`require`); '' where nobody."""
    row = await app.store.row(q.USABLE, kind=kind, digest=digest)
    if row is None or row.state != AGREED:
        return ""
    return f"staff:{row.second}" if app.clock.now() < row.closed_at + KINDS[kind].seconds else ""


# ── lists ───────────────────────────────────────────────────────────────────────────────────────


async def pending(app: App, reader: Staff, limit: int = 100) -> list[Request]:
    """What waits for a second and concerns this reader: as first, or as a possible second."""
    rows = await app.store.rows(q.PENDING, now=int(app.clock.now()), limit=limit)
    return [
        for_reader(row, reader)
        for row in rows
        if row.first == reader.actor or _may_answer(row, reader) != "right"
    ]


def for_reader(row: SecondRow, reader: Staff) -> Request:
    """A row without the verdict of the first, unless it is the reader's own or answered."""
    return _of(row, verdict=row.state in (AGREED, REFUSED) or row.first == reader.actor)


async def recent(reader: Reader, limit: int = 50) -> list[SecondRow]:
    """The newest requests, whatever became of them."""
    return await reader.rows(q.RECENT, limit=limit)


async def waiting(app: App, reader: Reader) -> int:
    """How many wait for a second signature."""
    row = await reader.row(q.WAITING, now=int(app.clock.now()))
    return row.n if row is not None else 0
