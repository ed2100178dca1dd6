"""Who is told of a disclosure: the authority at once, the person when the law allows it.

Under e-Evidence the issuing authority informs the person (Reg. (EU) 2023/1543 art. 13(1)); the
secrecy of an inquiry bars it under a requisition. Under DSA art. 10(5) we do, at the latest when
effect is given, or at the date the authority set. Nobody is told before somebody has answered that
they may be (the room ``secrecy``); who answered yes for another kind of order has them told too.
"""

from __future__ import annotations

from petitbleu import jobs
from petitbleu.app import App
from petitbleu.catalogues import Catalogue
from petitbleu.desk.casework.cases import events as shapes
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent, CaseState
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.casework.secrecy import service as secrecy
from petitbleu.desk.orders.disclosures import queries as q
from petitbleu.desk.reference.law import kinds
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.jobs import Job
from petitbleu.store.api import Tx

WE_TELL = frozenset(kinds.select(lambda one: one.person_told_by_us))
"""Kinds under which the person is told by us."""

_TO_AUTHORITY = Catalogue("letters", "disclosures")
_TO_PERSON = Catalogue("members", "disclosures")


class TellPerson(Job, tag="desk.disclosure_tell", frozen=True):
    """The person hears that data of theirs were disclosed."""

    case: int
    disclosure: int


async def to_authority(tx: Tx, app: App, state: CaseState, secret: str, plain_sha: bytes) -> None:
    """Queue the letter with the portal's address, where the case has an address to write to."""
    if not state.sender:
        return
    language = _TO_AUTHORITY.language(state.language)
    texts = _TO_AUTHORITY[language]
    subject, text = texts["to_authority.subject"], texts["to_authority"]
    number = case_numbers.text(state.number)
    link = f"{app.config.public_url.rstrip('/')}/divulgation/{secret}"
    letter = await letters.queue(
        tx,
        app,
        case=state.number,
        to=state.sender,
        purpose="disclosure",
        language=language,
        subject=subject.format(number=number),
        text=text.format(
            number=number, reference=state.reference or "-", link=link, sha=plain_sha.hex()
        ),
        key=f"disclosure {plain_sha.hex()}",
    )
    data = shapes.Letter(letter=letter, purpose="disclosure", to=state.sender)
    await cases.append(tx, app, state.number, "system", cases.make_event(data))


async def plan_person(tx: Tx, app: App, state: CaseState, disclosure: int) -> None:
    """Plan what the person is told: now or when it is allowed, or not by us."""
    verdict = secrecy.verdict(app, state)
    answered = state.telling is not None and state.telling.answer in _BY_US
    if not (state.kind in WE_TELL or answered) or not (verdict.open or verdict.until):
        return
    due = verdict.until or int(app.clock.now())
    work = TellPerson(case=state.number, disclosure=disclosure)
    await jobs.schedule(tx, work, due=due, key=str(disclosure))


_BY_US = (cases.TELL_YES, cases.TELL_DATE)


@cases.on_change
async def answered(tx: Tx, app: App, state: CaseState, events: tuple[CaseEvent, ...]) -> None:
    """It was answered anew whether the person may be told: of what was handed over too."""
    if not any(event.kind == "telling" for event in events):
        return
    for row in await tx.rows(q.OF_CASE, number=state.number):
        if row.fetched_at and await cases.find(tx, f"told:{row.id}") is None:
            await plan_person(tx, app, state, row.id)


async def tell(app: App, case: int, account: int, disclosure: int) -> int | None:
    """The job: tell the person in the service chat, once; when to come back."""
    named = f"told:{disclosure}"
    if await cases.find(app.store, named) is not None:
        return None
    verdict = await secrecy.of_case(app.store, app, case)
    if not verdict.open:  # whoever answers anew plans it anew
        return verdict.until
    person = await accounts.get(app, account)
    if person is not None and person.deleted_at is None:
        lang = _TO_PERSON.language(person.lang, *app.config.languages)
        text = _TO_PERSON.say(lang, "to_person", number=case_numbers.text(case))
        await messages.send_service(app, account, text)
    await app.store.write(_told, app, case, disclosure, named)
    return None


async def _told(tx: Tx, app: App, case: int, disclosure: int, named: str) -> None:
    await cases.name(tx, case, named)
    data = shapes.Disclosure(id=disclosure, what="person told")
    done = cases.make_event(shapes.ClockDone(clock="dsa10.user_info"))
    await cases.append(tx, app, case, "system", cases.make_event(data), done)
