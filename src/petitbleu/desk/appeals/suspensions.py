"""Objecting to a suspension for misuse (DSA 20(1), 23): a complaint of its own, about no decision.

A person looks at it as at every complaint, but for whoever suspended. The suspension is ended under
"those concerned", or stays; the answer is a letter.
"""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.appeals.lodging import (
    AUTHOR,
    KIND,
    LEAST,
    NOTIFIER,
    Lodged,
    Window,
    acknowledge,
    window_from,
)
from petitbleu.desk.appeals.refused import Refused
from petitbleu.desk.cases import service as cases
from petitbleu.desk.cases.queues import CHILD
from petitbleu.desk.cases.service import CaseState, Happened
from petitbleu.desk.decisions import misuse, suspensions
from petitbleu.desk.decisions.suspensions import MisuseRow
from petitbleu.desk.outside import service as outside
from petitbleu.desk.outside.service import Person
from petitbleu.desk.vault import service as vault
from petitbleu.domain.references import service as references
from petitbleu.store.api import Reader, Tx


def open_until(app: App, row: MisuseRow) -> Window:
    """Until when one can object to it."""
    return window_from(app, row.at)


def _name(row: MisuseRow) -> str:
    return f"suspension:{suspensions.text(row.number, row.nth)}"


async def objection(reader: Reader, row: MisuseRow) -> CaseState | None:
    """The complaint about it, once there is one."""
    number = await cases.find(reader, _name(row))
    return await cases.get(reader, number) if number is not None else None


async def object_to(app: App, row: MisuseRow, *, email: str, text: str, language: str) -> Lodged:
    """Open the case of a complaint about a suspension; the second time gives the first one's.

    Raises Refused.
    """
    if len(text.strip()) < LEAST:
        raise Refused("short", least=LEAST)
    if not open_until(app, row).open:
        raise Refused("late")
    about = await cases.get(app.store, row.number)
    assert about is not None
    return await app.store.write(
        _lodge, app, row, about, email or suspensions.address(row), text.strip(), language
    )


async def _lodge(
    tx: Tx, app: App, row: MisuseRow, about: CaseState, email: str, text: str, language: str
) -> Lodged:
    first = await cases.find(tx, _name(row))
    if first is not None:
        return Lodged(first, True)
    now, account = int(app.clock.now()), suspensions.account(row)
    written = suspensions.text(row.number, row.nth)
    who = NOTIFIER if row.kind == misuse.NOTICE else AUTHOR
    number = await references.take(tx, app.config, now)
    sha = await vault.put(tx, app, text.encode())
    await cases.open_case(
        tx,
        app,
        actor=f"person:{account}" if account else "sender",
        kind=KIND,
        urgency=2,
        number=number,
        received_at=now,
        channel="form",
        sender=email,
        language=language,
        targets=[written],
        category=about.category,
        title="" if about.kind == CHILD else about.title,
        reasons=[f"complaint_form={written}"],
        moments={"received": now, "recipient informed": row.at},
        facts={
            "about": row.number,
            "suspension": written,
            "who": who,
            "account": account,
            "excluded": [row.actor],
            "text": text,
            "text_sha256": sha.hex(),
        },
    )
    await cases.name(tx, number, _name(row))
    await outside.concerns(tx, app, number, Person(account, email), outside.COMPLAINANT)
    appeal = Happened("appeal", {"id": number, "suspension": written, "who": who})
    await cases.append(tx, app, row.number, "sender", appeal)
    if email:
        await acknowledge(tx, app, number, email, written, language)
    return Lodged(number, False)
