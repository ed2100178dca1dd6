"""Whether people may be told of a case: what was answered, against what is known of it. Pure.

Nothing is sent unless somebody answered: a clause that nobody recognised changes nothing of that.
"""

from __future__ import annotations

import datetime
from typing import NamedTuple

from petitbleu.app import App
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseState, Telling
from petitbleu.desk.reference.law import calendar, criminal, kinds

E_EVIDENCE = kinds.E_EVIDENCE
"""The issuing authority tells the person (2023/1543 Art 13(1)); we only with its permission."""
CRIMINAL = frozenset(kinds.select(lambda one: one.criminal))
"""Kinds that only authorities of criminal justice send."""
FROM_AUTHORITIES = kinds.FROM_AUTHORITIES
"""Kinds whose sender is an authority; anybody may write of a threat."""
ASKED = FROM_AUTHORITIES | frozenset(kinds.select(lambda one: one.disclosure))
"""Orders, requests and whatever data can be given for: their form asks first."""
_VERIFIED = "verified-directory"
_DAY = 86_400

OPEN, UNANSWERED, HELD, DATED = "open", "unanswered", "held", "dated"
SECOND, PERMISSION, CLAUSE = "second", "permission", "clause"


class Verdict(NamedTuple):
    """Whether people may be told now; ``why`` not; ``until``: when they may be by itself (Unix
    seconds), None where somebody has to act first.
    """

    open: bool
    why: str
    until: int | None = None


FREE = Verdict(True, OPEN)


def is_asked(state: CaseState) -> bool:
    """Whether the question is asked of a case: it is an order, a request or the base of a
    disclosure, an authority sent it, a clause was found in it, or somebody answered already.
    """
    authority = state.authority
    return (
        state.kind in ASKED
        or state.telling is not None
        or "confidentiality" in state.facts
        or "order" in state.facts
        or (authority is not None and authority.trust == _VERIFIED)
    )


def is_criminal(state: CaseState) -> bool:
    """Whether an authority of criminal justice sent it, as far as anybody can tell."""
    if state.kind in CRIMINAL or state.facts.get("criminal"):
        return True
    authority = state.authority or cases.Authority()
    issuer = str((state.facts.get("order") or {}).get("issuer") or "")
    domain = authority.domain.replace("-", " ").replace(".", " ")
    return criminal.is_criminal(f"{authority.name} | {domain} | {issuer}")


def clause_runs(app: App, state: CaseState) -> bool:
    """Whether a clause was found, by sorting or by a person, that has not ended."""
    clause = cases.secrecy(app, state)
    if clause is None:
        return False
    today = calendar.day_of(int(app.clock.now()), app.config.timezone)
    return clause.until is None or clause.until >= today


def needs_second(app: App, state: CaseState, answer: str, until: str = "", by: str = "") -> bool:
    """Whether two people have to give this answer.

    “Yes” against a clause, or of an order of criminal justice. A date is a “yes” of later: one
    person gives it where a clause ends before it that they did not bring along with the answer.
    """
    if answer not in (cases.TELL_YES, cases.TELL_DATE):
        return False
    if not (clause_runs(app, state) or is_criminal(state)):
        return False
    if answer == cases.TELL_YES:
        return True
    clause = cases.secrecy(app, state)
    if clause is None or clause.until is None or until < clause.until.isoformat():
        return True
    return is_criminal(state) and clause.by != "" and clause.by == by


def verdict(app: App, state: CaseState) -> Verdict:
    """Whether the people concerned, and everybody else but the authority, may be told now."""
    if not is_asked(state):
        return FREE
    said = state.telling
    if said is None or said.answer not in (cases.TELL_YES, cases.TELL_DATE, cases.TELL_RELEASE):
        return Verdict(False, UNANSWERED)
    if said.stale:
        return Verdict(False, CLAUSE)
    if said.answer == cases.TELL_RELEASE:
        return Verdict(False, HELD)
    if needs_second(app, state, said.answer, said.until, said.by) and not said.second:
        return Verdict(False, SECOND)
    if said.answer == cases.TELL_DATE:
        opens = opens_at(app, state, said)
        if app.clock.now() < opens:
            return Verdict(False, DATED, opens)
    if state.kind in E_EVIDENCE and not said.permission.strip():
        return Verdict(False, PERMISSION)
    return FREE


def opens_at(app: App, state: CaseState, said: Telling) -> int:
    """When a dated answer lets people be told (Unix seconds): on its day, never within a clause."""
    zone = app.config.timezone
    opens = calendar.start_of(datetime.date.fromisoformat(said.until), zone)
    clause = cases.secrecy(app, state)
    if clause is not None and clause.until is not None:
        opens = max(opens, calendar.end_of(clause.until, zone) + 1)
    return opens


def review_at(app: App, state: CaseState, answer: str, until: str = "") -> int:
    """When somebody looks again (Unix seconds); 0: never, it opens by itself or is open."""
    now = int(app.clock.now())
    if answer == cases.TELL_RELEASE:
        return now + app.config.desk.secrecy_review_days * _DAY
    if answer == cases.TELL_DATE and state.kind in E_EVIDENCE:
        return opens_at(app, state, Telling(answer, until))
    if answer in (cases.TELL_YES, cases.TELL_DATE):
        return 0
    return now + _DAY
