"""A person's cases as their client shows them: numbers, where they stand, addresses for a day.

The same rules as for the pages: what may not be told to the person concerned is not there, not
even its number; whoever reported something never reads who decided, nor the person concerned who
reported. Nothing here says a word of a case but where it stands.
"""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.adjudication.decisions import suspensions
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.casework.parties import links
from petitbleu.desk.casework.parties import service as parties
from petitbleu.desk.casework.parties.service import Concern, Person
from petitbleu.desk.casework.secrecy import service as secrecy
from petitbleu.desk.outside import objecting, outcomes, plain_measures, progress
from petitbleu.desk.outside.outcomes import Contest
from petitbleu.desk.outside.pages_status import is_asked
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import reports
from petitbleu.domain.safety.moderation import service as moderation
from petitbleu.domain.safety.moderation.service import OwnCase, OwnCases

_DATA = "dsar"
MOST = 60
"""Cases that are shown, the newest; the page has all."""


@moderation.on_own_cases
async def of_account(app: App, account: int) -> OwnCases:
    """The cases of an account, and of the address that it proved."""
    row = await accounts.get(app, account)
    person = Person(account, (row.email or "").lower() if row is not None else "")
    page = links.mine_url(app, person)
    found: list[OwnCase] = []
    mine = await reports_by_case(app, account)
    for concern in (await parties.of_person(app.store, person))[:MOST]:
        found += await _of_concern(app, person, page, concern, mine)
    found += await _suspensions(app, account)
    found += await _measures(app, account, page)
    return OwnCases(found, page)


_Mine = dict[int, list[tuple[int, int]]]
"""Case -> (number, time) of each report in it that is the person's."""


async def reports_by_case(app: App, account: int) -> _Mine:
    """The reports that an account made, by the cases that they are in."""
    found: _Mine = {}
    for row in await reports.own(app, account):
        case = await cases.find(app.store, f"report:{row.number}")
        if case is not None:
            found.setdefault(case, []).append((row.number, row.at))
    return found


async def _of_concern(
    app: App, person: Person, page: str, concern: Concern, mine: _Mine
) -> list[OwnCase]:
    state = await cases.get(app.store, concern.number)
    if state is None:
        return []
    if concern.role == parties.CONCERNED:
        return await _decision(app, person, page, state)
    if concern.role == parties.REPORTER:
        # Of a report that is forgotten by now the case is left.
        known = mine.get(state.number) or [(state.number, state.received_at)]
        return await _reports(app, person, page, state, known)
    return [await _sent(app, page, state, concern.role)]


def _page(page: str, case: int) -> str:
    return f"{page}/{case_numbers.text(case)}"


def _address(app: App, contest: Contest | None) -> str:
    """Where one objects; empty where one cannot, or has done so."""
    if contest is None or not contest.open or contest.number:
        return ""
    return joining.base_url(app) + contest.url


# ── what a person sent in ───────────────────────────────────────────────────────────────────────


async def _step(app: App, state: CaseState) -> tuple[str, int]:
    """Where a case stands, and by when it is meant to be decided. That it was decided only where
    that may be told."""
    steps = await progress.of_sender(app, state, letters_too=False)
    if steps.step != progress.DECIDED:
        return steps.step, steps.due or 0
    may_tell = (await secrecy.verdict_of(app.store, app, state)).open
    return (progress.DECIDED if may_tell else progress.REVIEW), 0


async def _sent(app: App, page: str, state: CaseState, role: str) -> OwnCase:
    """A notice, a request for one's data, or an objection."""
    kind = "appeal" if role == parties.COMPLAINANT else "data" if state.kind == _DATA else "notice"
    step, due = await _step(app, state)
    contest = None
    if role == parties.NOTIFIER and step == progress.DECIDED:
        contest = await outcomes.of_case(app, state.number, 0)
    return OwnCase(
        case_numbers.text(state.number),
        role,
        kind,
        step,
        state.received_at,
        due,
        _page(page, state.number),
        _address(app, contest),
        asked=role == parties.COMPLAINANT and is_asked(state),
    )


async def _reports(
    app: App, person: Person, page: str, state: CaseState, mine: list[tuple[int, int]]
) -> list[OwnCase]:
    """Reports that are in a case, each under the number that its reporter was told."""
    step, due = await _step(app, state)
    contest = await _told_contest(app, person.account, state) if step == progress.DECIDED else ""
    url = _page(page, state.number)
    return [
        OwnCase(case_numbers.text(number), parties.REPORTER, "report", step, at, due, url, contest)
        for number, at in mine
    ]


async def _told_contest(app: App, account: int, state: CaseState) -> str:
    """Where a reporter objects who was told of a decision themselves."""
    for row in reversed(await decisions.of_case(app.store, state.number)):
        told = await objecting.load_told(app, account, row)
        if told is not None:
            return _address(app, told.contest)
    return ""


# ── what was decided about a person ─────────────────────────────────────────────────────────────


async def _decision(app: App, person: Person, page: str, state: CaseState) -> list[OwnCase]:
    if not await outcomes.is_listed(app, person, state.number, {parties.CONCERNED}):
        return []
    account = await outcomes.concerned(app, person, state.number)
    contest = await outcomes.of_case(app, state.number, account) if account else None
    rows = await decisions.of_case(app.store, state.number)
    told = [row for row in rows if not await outcomes.is_hidden(app, row, account)]
    if not told:
        return []
    where = "decided" if contest is not None else "undone"
    if contest is not None and contest.number:
        where = "contested"
    address = _address(app, contest)
    return [
        OwnCase(
            decisions.number_text(told[-1].number),
            parties.CONCERNED,
            "decision",
            where,
            told[-1].at,
            contest.until if contest is not None and address else 0,
            _page(page, state.number),
            address,
        )
    ]


async def _suspensions(app: App, account: int) -> list[OwnCase]:
    """Of an account that misused reports or complaints."""
    found = []
    for row in await suspensions.of_account(app.store, account):
        number = suspensions.text(row.number, row.nth)
        told = await objecting.suspension(app, account, number)
        if told is None:
            continue
        lodged = told.contest is not None and bool(told.contest.number)
        where = "undone" if row.ended_at is not None else "contested" if lodged else "decided"
        address = _address(app, told.contest)
        until = told.contest.until if told.contest is not None and address else 0
        url = suspensions.link(app, row.number, row.nth, row.who)
        found.append(
            OwnCase(number, parties.CONCERNED, "decision", where, row.at, until, url, address)
        )
    return found


async def _measures(app: App, account: int, page: str) -> list[OwnCase]:
    """Measures on the account that were taken without the desk and told."""
    found = []
    for row in await plain_measures.load_told(app, account):
        lodged = await plain_measures.objection(app, account, row)
        where = "undone" if row.ended_at is not None else "contested" if lodged else "decided"
        contest = app.config.moderation.appeal_url if where == "decided" else ""
        number = case_numbers.text(row.number)
        found.append(
            OwnCase(number, parties.CONCERNED, "decision", where, row.at, 0, page, contest)
        )
    return found
