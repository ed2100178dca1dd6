"""May people be told? Answering, having a second person agree, and asking before anything leaves.

The answer is an event of the case; what leaves asks :func:`of_case` at the moment it leaves, so
that an answer given later, or a clause found later, holds what waits as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, NamedTuple

from petitbleu.app import App
from petitbleu.catalogues import Catalogue
from petitbleu.desk.casework.cases import events as shapes
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent, CaseState, Telling
from petitbleu.desk.casework.secrecy import rules
from petitbleu.desk.casework.secrecy.rules import (
    ASKED,
    E_EVIDENCE,
    UNANSWERED,
    Verdict,
    is_asked,
    is_criminal,
    needs_second,
    verdict,
)
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.reference.law import calendar, kinds
from petitbleu.desk.staffing.approvals import service as approvals
from petitbleu.desk.staffing.staff.service import Signed
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.refusals import Refusal, Sentences
from petitbleu.store.api import Reader, Tx

__all__ = [
    "ALWAYS",
    "ASKED",
    "E_EVIDENCE",
    "UNANSWERED",
    "Answer",
    "Refused",
    "Verdict",
    "answer",
    "ask_second",
    "check",
    "events",
    "goes_to_authority",
    "is_asked",
    "is_criminal",
    "lacks_second",
    "needs_second",
    "of_case",
    "verdict",
    "verdict_of",
]

SECOND = "tell"
"""The kind of the question put to a second person."""
_MOST = 1000
_DEPTH = 5
"""Cases joined to cases that are followed."""
PERSON_CLOCKS = frozenset(kinds.clocks_about("person"))
"""Duties to tell the person: secrecy moves their end to when it may be done or is looked at."""
ALWAYS = frozenset({"receipt", "threat"})
"""Letters that are never held: a number and a time, to whoever wrote; news of a threat to life, to
the police (2022/2065 Art 18).
"""


class Refused(Refusal):
    """The answer cannot be taken; one sentence says why."""

    SAID: ClassVar[Sentences] = Catalogue("desk", "refusals.secrecy")


class Answer(NamedTuple):
    """What was answered: ``tell`` of cases.ANSWERS, or empty; ``until``: first day (ISO);
    ``permission``: of the authority, as recorded; ``clause``: words of the order that the person
    found; ``criminal``: they say that it is an authority of criminal justice.
    """

    tell: str = ""
    until: str = ""
    permission: str = ""
    clause: str = ""
    criminal: bool = False


# ── asking before something leaves ──────────────────────────────────────────────────────────────


async def of_case(reader: Reader, app: App, number: int) -> Verdict:
    """Whether people may be told of a case now. A complaint follows the case it is about, a joined
    case the one it was joined to.
    """
    state = await cases.get(reader, number)
    return rules.FREE if state is None else await verdict_of(reader, app, state)


async def verdict_of(reader: Reader, app: App, state: CaseState) -> Verdict:
    """The same, of a case that was read."""
    for number in await _chain(reader, state):
        states = verdict(app, number)
        if not states.open:
            return states
    return rules.FREE


async def _chain(reader: Reader, state: CaseState) -> list[CaseState]:
    states, waiting = [state], _before(state)
    seen = {state.number}
    while waiting and len(states) < _DEPTH:
        number = waiting.pop()
        earlier = None if number in seen else await cases.get(reader, number)
        if earlier is not None:
            seen.add(number)
            states.append(earlier)
            waiting += _before(earlier)
    return states


def _before(state: CaseState) -> list[int]:
    facts = state.facts
    about = [facts.get(cases.INTO), facts.get("about")]
    if isinstance(facts.get("decision"), int):
        about.append(facts["decision"] // _DECISIONS)
    return [number for number in about if isinstance(number, int) and number > 0]


_DECISIONS = 1000
"""Numbers of decisions are those of their case, and three digits."""


def goes_to_authority(state: CaseState, purpose: str, recipient: str) -> bool:
    """Whether a letter of a case goes to the authority that sent it, which knows of it."""
    if purpose in ALWAYS:
        return True
    to, authority = recipient.lower(), state.authority
    proved = authority is not None and authority.trust == "verified-directory"
    if authority is not None and proved and authority.domain:
        domain = authority.domain.lower()
        if to.endswith(("@" + domain, "." + domain)):
            return True
    # Who is not in the directory has its own address alone: a domain may be anybody's.
    return (proved or state.kind in rules.FROM_AUTHORITIES) and to == state.sender.lower() != ""


# ── answering ───────────────────────────────────────────────────────────────────────────────────


class Problem(NamedTuple):
    """What is wrong with a part of an answer (a name of :class:`Answer`)."""

    part: str
    refused: Refused


def check(app: App, state: CaseState, given: Answer) -> list[Problem]:
    """What is wrong with an answer; nothing answered is not wrong."""
    wrong: list[Problem] = []
    if given.tell and given.tell not in cases.ANSWERS:
        wrong.append(Problem("tell", Refused("tell")))
    for part, text in (("permission", given.permission), ("clause", given.clause)):
        if len(text) > _MOST:
            wrong.append(Problem(part, Refused("tell_long", most=_MOST)))
    if given.tell == cases.TELL_DATE:
        wrong += _check_date(app, state, given)
    permitted = given.permission.strip()
    if given.tell == cases.TELL_YES and state.kind in E_EVIDENCE and not permitted:
        wrong.append(Problem("permission", Refused("permission")))
    return wrong


def _check_date(app: App, state: CaseState, given: Answer) -> list[Problem]:
    today = calendar.day_of(int(app.clock.now()), app.config.timezone)
    day = calendar.iso(given.until)
    if day is None or day <= today:
        return [Problem("until", Refused("tell_date"))]
    clause = cases.secrecy(app, state)
    if (
        clause is not None
        and clause.until is not None
        and clause.until >= today
        and day < clause.until
    ):
        return [Problem("until", Refused("clause_before", value=clause.until.isoformat()))]
    return []


def events(
    app: App, state: CaseState, given: Answer, actor: str, second: str = ""
) -> list[CaseEvent]:
    """The events of an answer; of none, where none was given and none is there already."""
    added: list[CaseEvent] = []
    facts: dict[str, Any] = {}
    if given.clause.strip() and cases.secrecy(app, state) is None:
        facts["confidentiality"] = {"until": None, "words": given.clause.strip(), "by": actor}
    if given.criminal and not state.facts.get("criminal"):
        facts["criminal"] = True
    if facts:
        added.append(CaseEvent("fact", facts))
    if not given.tell and state.telling is not None:
        return added
    until = given.until if given.tell == cases.TELL_DATE else ""
    review = rules.review_at(app, state, given.tell, until)
    now = int(app.clock.now())
    data = shapes.Telling(
        answer=given.tell,
        until=until,
        permission=given.permission.strip(),
        by=actor,
        second=second if second != actor else "",
        at=now,
        review=review,
    )
    added.append(cases.make_event(data))
    due = rules.opens_at(app, state, Telling("", until)) if until else review
    running = {clock.id for clock in cases.clocks(app, state) if clock.done is None}
    added += [
        cases.make_event(shapes.ClockGiven(clock=clock, due=due or None, source="", confirmed=True))
        for clock in sorted(PERSON_CLOCKS & running)
        if due or clock in state.given
    ]
    return added


def lacks_second(app: App, state: CaseState) -> bool:
    """Whether the answer that stands waits for a second person."""
    said = state.telling
    return (
        said is not None
        and not said.second
        and needs_second(app, state, said.answer, said.until, said.by)
    )


async def answer(app: App, case: int, given: Answer, by: Signed) -> CaseState:
    """Answer for a case, apart from any decision; a second person is asked where one is needed.

    Raises Refused, approvals.NotYou.
    """
    state = await cases.get(app.store, case)
    if state is None:
        raise Refused("no_case")
    if not given.tell:
        raise Refused("tell")
    for problem in check(app, state, given):
        raise problem.refused
    return await app.store.write(_answer, app, case, given, by)


async def _answer(tx: Tx, app: App, case: int, given: Answer, by: Signed) -> CaseState:
    state = await cases.get(tx, case)
    if state is None:
        raise Refused("no_case")
    added = events(app, state, given, by.staff.actor)
    state = await cases.append(tx, app, case, by.staff.actor, *added)
    await ask_second(tx, app, state, by)
    return state


# ── the second person ───────────────────────────────────────────────────────────────────────────


def _digest(state: CaseState, said: Telling) -> bytes:
    what = ["tell", state.number, said.answer, said.until, said.permission, said.by, said.at]
    return bytes.fromhex(audit.digest(what))


async def ask_second(tx: Tx, app: App, state: CaseState, by: Signed) -> int:
    """Ask a second person where the standing answer needs one; the request's number, else 0.

    Until somebody has agreed nothing is sent. Raises approvals.NotYou.
    """
    said = state.telling
    if said is None or not lacks_second(app, state):
        return 0
    clause = cases.secrecy(app, state)
    shown: dict[str, Any] = {
        "case": state.number,
        "tell": said.answer,
        "tell_until": said.until,
        "tell_permission": said.permission,
        "tell_clause": clause.words if clause is not None else "",
    }
    return await approvals.ask(
        tx,
        app,
        kind=SECOND,
        subject=case_numbers.text(state.number),
        digest=_digest(state, said),
        by=by,
        shown={name: value for name, value in shown.items() if value},
        data={"case": state.number, "at": said.at, "by": said.by},
    )


@approvals.effect(SECOND)
async def agreed(tx: Tx, app: App, request: approvals.Request) -> dict[str, Any]:
    """A second person agreed: what waits may leave. An answer that was replaced meanwhile stays
    replaced.
    """
    state = await cases.get(tx, int(request.data["case"]))
    said = state.telling if state is not None else None
    if state is None or said is None or said.stale or _digest(state, said) != request.digest:
        raise approvals.NotYou("gone")
    second = f"staff:{request.second}"
    await cases.append(tx, app, state.number, second, _again(said, second=second))
    return {}


@approvals.declined(SECOND)
async def declined(tx: Tx, app: App, request: approvals.Request) -> None:
    """Nobody agreed: people are kept from being told, and somebody looks again."""
    state = await cases.get(tx, int(request.data["case"]))
    said = state.telling if state is not None else None
    if state is None or said is None or _digest(state, said) != request.digest:
        return
    review = rules.review_at(app, state, cases.TELL_RELEASE)
    refused = request.state == "refused"
    actor = f"staff:{request.second}" if refused else "system"
    held = cases.make_event(
        shapes.Telling(answer=cases.TELL_RELEASE, by=actor, at=int(app.clock.now()), review=review)
    )
    await cases.append(tx, app, state.number, actor, held)


def _again(said: Telling, **changed: Any) -> CaseEvent:
    kept: Iterable[str] = ("answer", "until", "permission", "by", "second", "at", "review")
    return CaseEvent("telling", {name: getattr(said, name) for name in kept} | changed)
