"""Lodging a complaint: who may, until when, and what is opened and kept for it."""

from __future__ import annotations

from typing import Any, NamedTuple

from petitbleu.app import App
from petitbleu.desk.adjudication.appeals import queries as q
from petitbleu.desk.adjudication.appeals.refused import Refused
from petitbleu.desk.adjudication.appeals.texts import receipt
from petitbleu.desk.adjudication.decisions import misuse
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.adjudication.decisions.service import DecisionRow
from petitbleu.desk.casework.cases import events as shapes
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.queues import CHILD
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.casework.parties import service as parties
from petitbleu.desk.casework.parties.service import Person
from petitbleu.desk.records.vault import service as vault
from petitbleu.desk.reference.law import service as law
from petitbleu.domain.publishing.comments import service as comments
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import holds
from petitbleu.store.api import Tx

KIND = "complaint_art20"
AUTHOR, NOTIFIER = "author", "notifier"
LEAST, LONGEST = 20, 20_000
"""Characters of a complaint."""
_WINDOW = "dsa20.window"
_KEEP = 200 * 86_400
"""Evidence is kept so long beyond the newest step of a complaint."""


class Window(NamedTuple):
    """Until when a decision can be complained about (Unix seconds), and whether that is now."""

    until: int
    open: bool


class Lodged(NamedTuple):
    """A complaint was taken: its case; ``again``: there was one by this person already."""

    number: int
    again: bool


def excluded(decision: DecisionRow) -> list[str]:
    """Who may not decide on a complaint about it."""
    return [actor for actor in (decision.actor, decision.second) if actor.startswith("staff:")]


async def window(app: App, decision: DecisionRow, account: int) -> Window:
    """Six months from the day the person was told; where that is not known, from the decision.

    Of two dates (a last day that is no working day) the later one counts, for their benefit.
    """
    told = [
        statement.told_at or statement.not_before
        for statement in await decisions.statements(app.store, decision.number)
        if statement.account == account
    ]
    return window_from(app, max([decision.at, *told]))


def window_from(app: App, begin: int) -> Window:
    """Six months from when somebody was told (Unix seconds)."""
    clocks = law.derive(
        law.load_law(app),
        KIND,
        moments={"recipient informed": begin},
        given={},
        done={},
        pauses=(),
        place=cases.place(app),
    )
    [clock] = [one for one in clocks if one.id == _WINDOW]
    until = max(clock.due or 0, clock.rolled or 0)
    return Window(until, app.clock.now() <= until)


async def lodge(
    app: App,
    decision: DecisionRow,
    account: int,
    *,
    email: str,
    text: str,
    language: str,
    least: int = LEAST,
) -> Lodged:
    """Open the case of a complaint by an account, by a guest (negative) or (0) by who gave notice
    by e-mail. ``least``: characters that are asked for; in the app a word is enough.

    One for each person and decision: the second time gives the first one's. Raises Refused.
    """
    if len(text.strip()) < least:
        raise Refused("short", least=least)
    if decision.undone_at is not None or decision.replaced_by:
        raise Refused("stands_not")
    if not (await window(app, decision, account)).open:
        raise Refused("late")
    about = await cases.get(app.store, decisions.case_of(decision.number))
    assert about is not None
    if not account and not email:
        email = about.sender
    if account < 0 and not email:  # a guest has no other way to be answered
        guest = (await comments.guests(app, app.store, [account])).get(account)
        email = guest.email if guest is not None else ""
    new = Lodging(decision, about, Person(account, email), language)
    return await app.store.write(_lodge, app, new, text.strip())


class Lodging(NamedTuple):
    """A complaint: about which decision (of the case ``about``), and whose."""

    decision: DecisionRow
    about: CaseState
    person: Person
    language: str

    @property
    def who(self) -> str:
        mine = self.person.account in decisions.people_of(self.decision)
        return AUTHOR if self.person.account and mine else NOTIFIER

    @property
    def key(self) -> str:
        """What stands for the person: one complaint each."""
        return parties.keys(self.person)[0]

    def facts(self) -> dict[str, Any]:
        """What the case of the complaint says of it."""
        return {
            "about": self.about.number,
            "who": self.who,
            "account": self.person.account,
            "excluded": excluded(self.decision),
        }


async def _lodge(tx: Tx, app: App, new: Lodging, text: str) -> Lodged:
    now = int(app.clock.now())
    earlier = await tx.row(q.OF_PERSON, decision=new.decision.number, person=new.key)
    if earlier is not None:
        return Lodged(earlier.number, True)
    number = await case_numbers.take(tx, app.config, now)
    if not await bind(tx, app, new, number, now):  # somebody's second click was first
        first = await tx.row(q.OF_PERSON, decision=new.decision.number, person=new.key)
        assert first is not None
        return Lodged(first.number, True)
    await _open(tx, app, new, text, number, now)
    return Lodged(number, False)


async def bind(tx: Tx, app: App, new: Lodging, number: int, filed: int) -> bool:
    """Make the case ``number`` the complaint about a decision; False where it, or the person, has
    one already.
    """
    decision = new.decision.number
    taken = await tx.run(
        q.INSERT,
        number=number,
        decision=decision,
        about=new.about.number,
        who=new.who,
        person=new.key,
        account=new.person.account,
        email=new.person.email,
        language=new.language,
        subject=_subject(new),
        at=filed,
    )
    if not taken:
        return False
    await parties.concerns(tx, app, number, new.person, parties.COMPLAINANT)
    await keep_evidence(tx, app, new.decision, int(app.clock.now()) + _KEEP)
    appeal = cases.make_event(shapes.Appeal(id=number, more={"decision": decision, "who": new.who}))
    await cases.append(tx, app, new.about.number, "sender", appeal)
    return True


async def _open(tx: Tx, app: App, new: Lodging, text: str, number: int, now: int) -> None:
    about = new.about
    written = decisions.number_text(new.decision.number)
    sha = await vault.put(tx, app, text.encode())
    await cases.open_case(
        tx,
        app,
        actor=f"person:{new.person.account}" if new.person.account > 0 else "sender",
        kind=KIND,
        urgency=2,
        number=number,
        received_at=now,
        channel="form",
        sender=new.person.email,
        language=new.language,
        targets=[written],
        category=about.category,
        title="" if about.kind == CHILD else about.title,
        reasons=[f"complaint_form={written}"],
        target=about.target,
        item=about.item,
        moments={"received": now, "recipient informed": new.decision.at},
        facts={
            "decision": new.decision.number,
            "text": text,
            "text_sha256": sha.hex(),
            **new.facts(),
        },
        warnings=await _suspended(tx, new.person, now),
    )
    if new.person.email:
        await acknowledge(tx, app, number, new.person.email, written, new.language)


async def acknowledge(
    tx: Tx, app: App, number: int, email: str, written: str, language: str
) -> None:
    """The receipt of a complaint about ``written``."""
    subject, text = receipt(app, language, number, written)
    try:
        await letters.queue(
            tx,
            app,
            case=number,
            to=email,
            purpose="receipt",
            language=language,
            subject=subject,
            text=text,
            headers={"Auto-Submitted": "auto-replied"},
        )
    except letters.Unsendable:
        return
    said = cases.make_event(shapes.Receipt(at=int(app.clock.now()), language=language))
    await cases.append(tx, app, number, "system", said)


async def _suspended(tx: Tx, person: Person, now: int) -> list[str]:
    """A mark for staff where the person's complaints are not worked now (Article 23(2)): the case
    is there all the same, and a person looks.
    """
    for who in ledgers(person.account, person.email):
        if await misuse.suspended(tx, who, misuse.COMPLAINT, now) is not None:
            return ["complainant_suspended"]
    return []


def ledgers(account: int, email: str) -> list[str]:
    """Under which names misuse by this person is counted."""
    names = [misuse.person(account)] if account > 0 else []
    return names + ([misuse.address(email)] if email else [])


def _subject(new: Lodging) -> str:
    """Which row of the report it belongs to (part 7)."""
    if new.who == NOTIFIER:
        trusted = new.about.kind == "trusted_flagger_notice"
        return "trusted_notice" if trusted else "notice"
    kinds = {measure.kind for measure in decisions.measures_of(new.decision)}
    if kinds & {"freeze", "suspend", "close"}:
        return "account"
    return "service" if kinds & {"chat_country", "chat_close"} else "visibility"


async def keep_evidence(tx: Tx, app: App, decision: DecisionRow, until: int) -> None:
    """The sealed copies and what can be given back stay until then."""
    measures = [one.measure for one in decisions.measures_of(decision)]
    for measure in measures:
        await holds.extend(tx, measure, until)
    case = decisions.case_of(decision.number)
    data = shapes.Hold(
        id=f"appeal {decisions.number_text(decision.number)}",
        ground="2022/2065 Art 20",
        until=until,
        measures=measures,
    )
    await cases.append(tx, app, case, "system", cases.make_event(data))
