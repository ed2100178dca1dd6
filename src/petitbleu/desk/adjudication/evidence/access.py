"""Looks at content, each written down before it happens."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any, NamedTuple

from petitbleu.app import App
from petitbleu.desk.adjudication.decisions import decision_reads
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.staffing.approvals import service as approvals
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.accounts.service import AccountRow
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import copies, measures, reports, sealing
from petitbleu.domain.safety.moderation import service as moderation
from petitbleu.domain.safety.moderation.queries import MeasureRow, ReportRow, SealedRow
from petitbleu.store.api import Tx

AROUND = 10
"""Messages before and after, where context was agreed to."""
PRIVATE = "private"
"""The kind of the question put to a second person before private context is opened."""
NEAR = 2
"""The same around a public post, where anybody can read on by its link."""
_PAGE = 500


class NotOfThisCase(Exception):
    """What was asked for does not belong to the case it was asked under."""


class NotPublic(Exception):
    """What was asked for stands in no public chat."""


class Spoken(NamedTuple):
    """That a message is there: who said it and when, and nothing of what."""

    id: int
    sender: int
    date: int
    top: int
    """First message of its thread; 0: it is in none."""


class Why(NamedTuple):
    """Who looks, under which case, for what reason (one sentence, kept for good)."""

    actor: str
    case: int
    reason: str


async def _write_down(app: App, why: Why, action: str, said: dict[str, Any]) -> None:
    """The ledger first. Raises ValueError where no reason is given."""
    if not why.reason.strip():
        raise ValueError("a look at content needs a reason")
    await app.store.write(line, app, why, action, said)


async def line(tx: Tx, app: App, why: Why, action: str, said: dict[str, Any]) -> None:
    """One line of the ledger."""
    subject = case_numbers.text(why.case)
    await audit.append(tx, app, why.actor, action, subject, said | {"reason": why.reason})


async def spoken(app: App, owner: int, ids: Sequence[int]) -> list[Spoken]:
    """Who said the messages ``ids`` of a box, and when: no look at content, so no line."""
    rows = await messages.moderation_access.rows(app.store, owner, ids)
    return [Spoken(row.id, row.sender, row.date, row.top or 0) for row in rows]


async def sealed_spoken(app: App, measure: int) -> list[Spoken]:
    """Who said what a measure touched, and when, out of its sealed copy: also where it is removed.
    No look at content, so no line.
    """
    row = await measures.get(app, measure)
    if row is None:
        return []
    said = Copy(row).open(app)["messages"]
    return [
        Spoken(message["id"], message["sender"], message["date"], 0)
        for message in said
        if not message["context"]
    ]


class Opened(NamedTuple):
    """A sealed copy, and what it is a copy of as it is now."""

    copy: dict[str, Any]
    digest: bytes
    """SHA-256 of the copy."""
    now: dict[str, Any] | None
    """A copy of now that is sealed nowhere; None: it is gone, or ``hidden``."""
    hidden: bool
    """It is not public, so what became of it is not looked up."""
    whole: int
    """The chat or person that was copied as a whole; 0: messages were."""


async def opened(app: App, why: Why, number: int) -> Opened:
    """The sealed copy of a report, of a measure or of a target of the case, and what became of it.
    Raises NotOfThisCase.
    """
    state = await cases.get(app.store, why.case)
    if state is None:
        raise NotOfThisCase(case_numbers.text(why.case))
    copy = await copy_in(app, state, number)
    what = _SORTS[type(copy.row)]
    await _write_down(app, why, f"content.{what}", {what: case_numbers.text(number)})
    subject, items = _place(copy.row)
    plain, whole = copy.open(app), 0 if items else copy.row.subject
    try:
        content = await sealing.seen(app, subject, items, near=0) if subject else None
    except sealing.NotPublic:
        subject = 0
    if not subject:
        return Opened(plain, copy.row.digest, None, True, whole)
    now = content.copy(int(app.clock.now())) if content is not None else None
    return Opened(plain, copy.row.digest, now, False, whole)


def _place(row: ReportRow | MeasureRow | SealedRow) -> tuple[int, list[int]]:
    """Where a copy's original is, if it can be public: a chat or person, and the ids of messages.
    0: messages out of somebody's own box and profiles that were reported, of which the desk sees
    the copy alone.
    """
    if isinstance(row, SealedRow):
        return row.subject, [row.item] if row.item else []
    items = reports.message_ids(row.messages)
    return min(row.owner if items else row.subject, 0), items


async def sealed_author(app: App, number: int) -> int:
    """The account that wrote what was copied for a case; 0: nobody's words, those of a guest of the
    pages, or no such copy. No look at content, so no line.
    """
    row = await sealing.get(app, number)
    if row is None or not row.item:
        return 0
    copy = Copy(row).open(app)
    named = {person["id"] for person in copy["people"] if person["kind"] != accounts.SERVICE}
    said = [message["sender"] for message in copy["messages"] if not message["context"]]
    return int(said[0]) if said and said[0] in named else 0


async def _report(app: App, state: CaseState | None, number: int) -> ReportRow:
    row = await reports.get(app, number)
    if state is None or row is None or number not in (*state.reports, state.number):
        raise NotOfThisCase(case_numbers.text(number))
    return row


async def _measure(app: App, state: CaseState | None, number: int) -> MeasureRow:
    row = await measures.get(app, number)
    if row is not None and state is not None:
        if row.report in (*state.reports, state.number):
            return row
        for decision in await decision_reads.of_case(app.store, state.number):
            if any(done.measure == number for done in decision_reads.measures_of(decision)):
                return row
    raise NotOfThisCase(case_numbers.text(number))


class Copy(NamedTuple):
    """A sealed copy that belongs to the case; who opens it has written the line before."""

    row: ReportRow | MeasureRow | SealedRow

    def open(self, app: App) -> dict[str, Any]:
        """The copy. LocalFault where it was altered."""
        return copies.open_sealed(app, self.row.number, self.row.sealed, self.row.digest)


async def copy_in(app: App, state: CaseState, number: int) -> Copy:
    """The copy of a report, a measure or a target of the case, still sealed.

    Raises NotOfThisCase.
    """
    kept = await sealing.get(app, number)
    if kept is not None:
        theirs = await cases.get(app.store, kept.file) if kept.file != state.number else state
        if theirs is None or state.number not in (kept.file, theirs.facts.get(cases.INTO)):
            raise NotOfThisCase(case_numbers.text(number))
        return Copy(kept)
    try:
        return Copy(await _report(app, state, number))
    except NotOfThisCase:
        return Copy(await _measure(app, state, number))


_SORTS = {ReportRow: "report", MeasureRow: "measure", SealedRow: "target"}
"""What a copy is of, as the ledger says it."""


async def public_posts(app: App, why: Why, chat: int, ids: Sequence[int]) -> dict[str, Any]:
    """Posts of a public or semi-public chat as they are now, and a few around them: a copy that is
    sealed nowhere.

    ``ids`` empty: the chat's particulars alone. Raises NotPublic for any other chat: of those, the
    desk sees what was reported and nothing else.
    """
    row = await chats.get(app, chat)
    if row is None or (await moderation.surface_of(app, row)).level == moderation.PRIVATE:
        raise NotPublic(str(chat))
    await _write_down(app, why, "content.public", {"chat": chat, "posts": list(ids)})
    posts = await messages.moderation_access.rows(app.store, chat, ids)
    near = (
        await messages.moderation_access.around(app.store, chat, chat, ids, NEAR) if posts else []
    )
    people = await accounts.get_many(
        app, {post.sender for post in (*posts, *near) if post.sender > 0}
    )
    return copies.copy(
        at=int(app.clock.now()), chat=row, people=people.values(), messages=posts, context=near
    )


async def profile(app: App, why: Why, account: int) -> AccountRow | None:
    """The name and the words of an account about itself, which anybody who meets it reads."""
    await _write_down(app, why, "content.profile", {"account": account})
    return await accounts.get(app, account)


async def private_context(app: App, why: Why, report: int) -> list[MessageRow]:
    """Messages around a report from a private chat, out of the reporter's own box.

    Uses up the agreement of two people about exactly this (:func:`context_digest`). Raises
    NotOfThisCase, ``seconds.NotAgreed``.
    """
    row = await _report(app, await cases.get(app.store, why.case), report)
    await app.store.write(_agreed_context, app, why, report)
    ids = reports.message_ids(row.messages)
    if not ids:
        return []
    return await messages.moderation_access.around(app.store, row.owner, row.subject, ids, AROUND)


async def _agreed_context(tx: Tx, app: App, why: Why, report: int) -> None:
    agreed = await approvals.require(tx, app, PRIVATE, context_digest(why.case, report, why.reason))
    said = {"report": case_numbers.text(report), "second": agreed.second or ""}
    await line(tx, app, why, "content.context", said)


def context_digest(case: int, report: int, reason: str) -> bytes:
    """What two people sign to open the context of a report for that reason, and no other."""
    return bytes.fromhex(audit.digest(["context", case, report, reason]))


async def said_by(
    app: App, why: Why, account: int, since: int, until: int, agreement: int
) -> AsyncIterator[messages.Uttered]:
    """What an account wrote in private chats and groups in [since, until), for a disclosure.

    ``agreement``: the disclosure that two people signed; its caller has used that agreement up in
    the transaction before. Older messages first.
    """
    said = {"account": account, "since": since, "until": until, "disclosure": agreement}
    await _write_down(app, why, "content.messages", said)
    after, more = 0, True
    while more:
        page = await messages.moderation_access.messages_written_by(
            app.store, account, since, until, after, _PAGE
        )
        for row in page:
            yield row
        more = len(page) == _PAGE
        after = page[-1].id if page else after
