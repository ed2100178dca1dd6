"""Statements of reasons for the EU Transparency Database (Article 24(5) DSA): queue, send, export.

A statement is queued in the transaction of its decision, after its rules and the search for
personal data were passed; ``puid`` is the decision's own number, so that trying again can never
store it twice. What the database refuses for good is put in quarantine and alarms; there is no
update and no deletion over there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from petitbleu.app import App
from petitbleu.desk.adjudication.eu_database import personal, rules
from petitbleu.desk.adjudication.eu_database import queries as q
from petitbleu.desk.adjudication.eu_database.client import (
    MAX_BATCH,
    Client,
    Denied,
    Later,
    Refused,
    Stored,
)
from petitbleu.desk.adjudication.eu_database.queries import EuRow as EuRow
from petitbleu.desk.adjudication.eu_database.queries import Waiting
from petitbleu.desk.casework.alerts import service as alerts
from petitbleu.desk.casework.secrecy import service as secrecy
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.records.audit import standing
from petitbleu.store.api import Reader, Tx

_PAUSES = (60, 300, 900, 3600, 4 * 3600, 12 * 3600)
_HELD = 86_400
"""Seconds until a statement that may not be published is looked at again."""
_DECISIONS = 1000
"""Numbers of decisions are those of their case, and three digits."""
TROUBLE = "eu_database"
"""Name of the alarm."""
BACKLOG_SECONDS = 24 * 3600
"""So long a statement may wait before it alarms (kinds.json: dsa24.database)."""

ORDER, BULK, NO_CONTACT, NOT_PLATFORM, MICRO, NO_RESTRICTION, OUTSIDE = (
    "order", "bulk", "no_contact", "not_platform", "micro", "no_restriction", "outside",
)  # fmt: skip
"""Why the database is not told of a decision: an order (Article 17(5)), bulk commercial content or
no contact (17(2)), no online platform (24(5)), a micro or small enterprise (19), nothing
restricted, or applied outside the European Economic Area only.
"""


# ── queueing ────────────────────────────────────────────────────────────────────────────────────


def faults(payload: dict[str, Any], names: Iterable[str] = ()) -> list[tuple[str, str]]:
    """``(field, sentence)`` for everything that keeps a statement from being queued."""
    problems = [(problem.field, problem.text) for problem in rules.check(payload)]
    return problems + [(finding.field, str(finding)) for finding in personal.check(payload, names)]


async def queue(
    tx: Tx, app: App, *, number: int, payload: dict[str, Any], at: int, not_before: int
) -> str:
    """Queue a statement in the transaction of its decision; its ``puid``.

    Raises ValueError where :func:`faults` were not asked and mended before.
    """
    wrong = rules.check(payload)
    if wrong:
        raise ValueError(wrong[0].text)
    puid: str = payload["puid"]
    text = msgspec.json.encode(payload).decode()
    await tx.run(q.INSERT, puid=puid, number=number, at=at, not_before=not_before, payload=text)
    await audit.note_row(tx, app, "eu_statement", puid)
    return puid


async def withdraw(tx: Tx, number: int) -> bool:
    """Take the statement of a decision back that has not been tried; whether that was possible."""
    return bool(await tx.run(q.WITHDRAW, number=number))


# ── sending ─────────────────────────────────────────────────────────────────────────────────────


async def send_ready(app: App) -> None:
    """Send what is due. Without an address rows wait for an export."""
    if not app.config.desk.eu_database_url or standing.held(app) is not None:
        return
    if not await app.store.rows(q.READY, now=int(app.clock.now()), limit=1):
        return
    await _hold(app)
    client = Client(app.config.desk.eu_database_url, app.config.desk.eu_database_token)
    try:
        while True:
            now = int(app.clock.now())
            rows = await app.store.rows(q.READY, now=now, limit=MAX_BATCH)
            if not rows:
                break
            await _send(app, client, rows)
    except Denied as error:
        app.log.error("eu_database.denied", answer=str(error))
    finally:
        await client.close()


async def _hold(app: App) -> None:
    """Put off what may not be published: people may not be told of its case."""
    now = int(app.clock.now())
    while True:
        rows = await app.store.rows(q.READY, now=now, limit=MAX_BATCH)
        held = [row.puid for row in rows if not await _may_leave(app, row)]
        if held:
            await app.store.write(_held, held, now + _HELD)
        if not held or len(rows) < MAX_BATCH:
            return


async def _held(tx: Tx, puids: list[str], at: int) -> None:
    for puid in puids:
        await tx.run(q.HOLD, puid=puid, at=at)


async def _may_leave(app: App, row: EuRow) -> bool:
    return (await secrecy.of_case(app.store, app, row.number // _DECISIONS)).open


async def _send(app: App, client: Client, rows: Sequence[EuRow]) -> None:
    """Some statements: together, in halves where one of them is refused, at last each alone."""
    tried = [row for row in rows if row.tries]
    if tried:  # an answer may have been lost: what is there already is not sent again
        rows = await _without_stored(app, client, rows)
    if not rows:
        return
    statements = [msgspec.json.decode(row.payload) for row in rows]
    try:
        if len(rows) == 1:
            await _store(app, rows, [await client.create(statements[0])])
        else:
            await _store(app, rows, await client.create_many(statements))
    except Later as error:
        await app.store.write(_later, app, list(rows), str(error), error.seconds)
    except Refused as error:
        known = [row for row in rows if row.puid in error.known]
        rest = [row for row in rows if row.puid not in error.known]
        await _store(app, known, [Stored("", "", error.answer)] * len(known))
        if known:
            await _send(app, client, rest)
        elif len(rows) == 1:
            await _quarantine(app, rows[0], error.answer)
        else:
            middle = len(rows) // 2
            await _send(app, client, rows[:middle])
            await _send(app, client, rows[middle:])


async def _without_stored(app: App, client: Client, rows: Sequence[EuRow]) -> list[EuRow]:
    rest = []
    for row in rows:
        try:
            there = bool(row.tries) and await client.exists(row.puid)
        except Later as error:
            await app.store.write(_later, app, [row], str(error), error.seconds)
            continue
        if there:
            await _store(app, [row], [Stored("", "", "302: stored by an earlier try")])
        else:
            rest.append(row)
    return rest


async def _store(app: App, rows: Sequence[EuRow], stored: Sequence[Stored]) -> None:
    if rows:
        await app.store.write(_sent, app, list(rows), list(stored))


async def _sent(tx: Tx, app: App, rows: list[EuRow], stored: list[Stored]) -> None:
    now = int(app.clock.now())
    for row, message in zip(rows, stored, strict=True):
        await tx.run(
            q.SENT, puid=row.puid, at=now, answer=message.answer, uuid=message.uuid,
            permalink=message.permalink,
        )  # fmt: skip
        said = {"uuid": message.uuid, "permalink": message.permalink}
        await audit.append(tx, app, "system", "eu_database.sent", row.puid, said)


async def _later(tx: Tx, app: App, rows: list[EuRow], why: str, seconds: int) -> None:
    now = int(app.clock.now())
    for row in rows:
        pause = max(seconds, _PAUSES[min(row.tries, len(_PAUSES) - 1)])
        await tx.run(q.LATER, puid=row.puid, next_try=now + pause, answer=why[:2000])


async def _quarantine(app: App, row: EuRow, answer: str) -> None:
    await app.store.write(_refused, app, row.puid, answer)
    app.log.error("eu_database.refused", puid=row.puid, answer=answer[:500])


async def _refused(tx: Tx, app: App, puid: str, answer: str) -> None:
    await tx.run(q.REFUSED, puid=puid, answer=answer[:2000])
    await audit.append(tx, app, "system", "eu_database.refused", puid, {"answer": answer[:500]})


# ── reading ─────────────────────────────────────────────────────────────────────────────────────


async def of_decision(reader: Reader, number: int) -> list[EuRow]:
    """The statements of a decision."""
    return await reader.rows(q.OF_DECISION, number=number)


_SENTENCES = {
    "eu_refused": "{} statement(s) were refused by the EU database",
    "eu_late": "{} statement(s) wait for the EU database, the oldest a day",
}


async def waiting(app: App) -> Waiting:
    """What should have been taken and was not."""
    row = await app.store.row(q.WAITING, now=int(app.clock.now()))
    assert row is not None
    return row


async def troubles(app: App) -> dict[str, int]:
    """What is wrong, by the name it has among the texts of alarms, and how many statements."""
    counts = {}
    refused = await app.store.row(q.QUARANTINED)
    if refused is not None and refused.statements:
        counts["eu_refused"] = refused.statements
    if app.config.desk.eu_database_url:
        late = await waiting(app)
        since = late.oldest
        if since is not None and since < app.clock.now() - BACKLOG_SECONDS:
            counts["eu_late"] = late.statements
    return counts


async def alarms(app: App) -> list[str]:
    """Sentences for the operator: refused statements, a backlog."""
    return [_SENTENCES[name].format(count) for name, count in (await troubles(app)).items()]


async def watch(app: App) -> None:
    """Ring while something is refused or late; be quiet when it is over."""
    counts = await troubles(app)
    await app.store.write(_watch, app, [f"{name}={count}" for name, count in counts.items()])


async def _watch(tx: Tx, app: App, said: list[str]) -> None:
    if said:
        await alerts.trouble(tx, app, TROUBLE, "; ".join(said))
    else:
        await alerts.settled(tx, app, TROUBLE)


async def again(app: App, puid: str, actor: str) -> bool:
    """Send a refused one once more (after their mistake was mended); whether it was refused."""
    return await app.store.write(_again, app, puid, actor)


async def _again(tx: Tx, app: App, puid: str, actor: str) -> bool:
    now = int(app.clock.now())
    changed = bool(await tx.run(q.AGAIN, puid=puid, at=now))
    if changed:
        await audit.append(tx, app, actor, "eu_database.again", puid)
    return changed


async def page(app: App, *, after: str = "", state: str = "", limit: int = 1000) -> list[EuRow]:
    """Statements, oldest first, that follow the one named ``after``; of one state, if given.

    Those that were taken back are left out.
    """
    last = await app.store.row(q.GET, puid=after)
    at, puid = (last.at, last.puid) if last is not None else (-1, "")
    return await app.store.rows(q.PAGE, at=at, puid=puid, state=state, limit=limit)


async def export(
    app: App, actor: str, *, after: str = "", limit: int = 1000
) -> list[dict[str, Any]]:
    """A page of statements as they are sent; those that may not be published are left out. That it
    was done is logged.
    """
    rows: list[EuRow] = []
    while len(rows) < limit:
        more = await page(app, after=after, limit=limit - len(rows))
        if not more:
            break
        after = more[-1].puid
        rows += [row for row in more if row.state == "sent" or await _may_leave(app, row)]
    await app.store.write(_exported, app, [row.puid for row in rows], actor)
    return [msgspec.json.decode(row.payload) for row in rows]


async def _exported(tx: Tx, app: App, puids: list[str], actor: str) -> None:
    now = int(app.clock.now())
    for start in range(0, len(puids), 500):
        await tx.run(q.EXPORTED, at=now, puids=puids[start : start + 500])
    await audit.append(tx, app, actor, "eu_database.export", "statements", {"count": len(puids)})
