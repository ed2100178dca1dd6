"""Those a case concerns: who they are, what was decided before, and the steps against misuse."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import NamedTuple

from starlette.responses import Response

from petitbleu.app import App
from petitbleu.desk.adjudication.decisions import misuse, numbers, resolve
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.adjudication.decisions.misuse import (
    COMPLAINT,
    CONTENT,
    NOTICE,
    Denied,
    Standing,
)
from petitbleu.desk.adjudication.decisions.service import DecisionRow
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.workplace.pages.case import found
from petitbleu.desk.workplace.pages.deciding import may_kind
from petitbleu.desk.workplace.pages.queues import reachable
from petitbleu.desk.workplace.pages.shell import PageRequest, Problem, page
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.accounts.service import AccountRow
from petitbleu.domain.publishing.comments import service as comments
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import reports

_WHERE = "/desk/cases/{number}/people"
AUTHOR, NOTIFIER = "author", "notifier"
_LADDERS = {AUTHOR: (CONTENT, COMPLAINT), NOTIFIER: (NOTICE, COMPLAINT)}
_FREEZE = "freeze"
"""The measure that a suspension for content is."""


class Party(NamedTuple):
    """Somebody concerned: by account, or by the address they wrote from."""

    mark: str
    """Names them in this case's forms, and tells nobody who they are."""
    role: str
    who: str
    account: AccountRow | None
    ladders: dict[str, Standing]
    decided: list[DecisionRow]
    cases: list[tuple[int, str]]
    """Other cases about them that the reader may see: number and kind."""
    known: frozenset[int]
    """Cases of the steps of the ladders that the reader may see."""


async def parties(visit: PageRequest, state: CaseState) -> list[Party]:
    """Authors of what is targeted, then who gave notice; each once."""
    app, rows = visit.app, []
    seen: set[tuple[str, str]] = set()
    async for role, who in _named(app, state):
        if (role, who) not in seen:
            seen.add((role, who))
            rows.append(await _party(visit, state, role, who))
    return rows


async def _named(app: App, state: CaseState) -> AsyncIterator[tuple[str, str]]:
    for written in (*state.targets, *map(case_numbers.text, state.reports)):
        item = await resolve.resolve(app, written)
        for who in await _ledgers(app, item.people if item is not None else ()):
            yield AUTHOR, who
    for decision in await decisions.of_case(app.store, state.number):
        for who in await _ledgers(app, decisions.people_of(decision)):
            yield AUTHOR, who  # their post may be gone by now
    for number in state.reports:
        row = await reports.get(app, number)
        if row is not None:
            yield NOTIFIER, misuse.person(row.reporter)
    if state.sender:
        yield NOTIFIER, misuse.address(state.sender)


async def _ledgers(app: App, people: Sequence[int]) -> list[str]:
    """Under which names people are counted: accounts, guests by their address."""
    guests = await comments.guests(app, app.store, people)
    return [
        misuse.address(guests[person].email) if person in guests else misuse.person(person)
        for person in people
    ]


async def _party(visit: PageRequest, state: CaseState, role: str, who: str) -> Party:
    app = visit.app
    prefix, _, rest = who.partition(":")
    account = await accounts.get(app, int(rest)) if prefix == "person" else None
    decided: list[DecisionRow] = []
    others: list[tuple[int, str]] = []
    if account is not None and role == AUTHOR:
        decided = await decisions.concerning(app.store, account.id)
        others = [
            (case.number, case.kind)
            for case in await cases.of_target(app.store, account.id)
            if case.number != state.number and await reachable(visit, case.number) is not None
        ]
    ladders = {kind: await misuse.standing(app, who, kind) for kind in _LADDERS[role]}
    steps = [
        row.number
        for stand in ladders.values()
        for row in stand.history
        if await reachable(visit, row.number) is not None
    ]
    return Party(
        audit.digest([state.number, role, who])[:24],
        role,
        who,
        account,
        ladders,
        [
            one
            for one in decided
            if await reachable(visit, decisions.case_of(one.number)) is not None
        ],
        others,
        frozenset(steps),
    )


async def _places(app: App, state: CaseState) -> list[ChatRow]:
    """Groups and channels that are targeted, or in which it was said."""
    items = [await resolve.resolve(app, written) for written in state.targets]
    peers = dict.fromkeys(item.peer for item in items if item is not None and item.peer < 0)
    rows = [await chats.get(app, peer) for peer in peers]
    return [row for row in rows if row is not None]


@page(_WHERE, right="cases")
async def people(visit: PageRequest) -> Response:
    """Those concerned."""
    return await _show(visit, await found(visit))


async def _show(
    visit: PageRequest, state: CaseState, *, status: int = 200, wrong: str = ""
) -> Response:
    return visit.html(
        "concerned.html",
        status=status,
        state=state,
        number=case_numbers.text(state.number),
        parties=await parties(visit, state),
        places=await _places(visit.app, state),
        ladder=misuse.LADDER_DAYS,
        enough=misuse.ENOUGH,
        window=misuse.WINDOW_DAYS,
        most=misuse.MAX_SUSPENSION_DAYS,
        case_text=case_numbers.text,
        decision_text=numbers.text,
        case_of=numbers.case_of,
        form=visit.form,
        wrong=wrong,
    )


@page("/desk/cases/{number}/misuse", right="decide", methods=("POST",), signs=True)
async def step(visit: PageRequest) -> Response:
    """Warn, suspend, or end a suspension; signed."""
    state, form = await found(visit), visit.form
    may_kind(visit, state)
    party = next((p for p in await parties(visit, state) if p.mark == form.get("party")), None)
    kind = form.get("kind")
    if party is None or kind not in party.ladders:
        raise Problem("misuse_wrong_party", 404)
    try:
        await _take(visit, state, party, kind)
    except Denied as denied:
        return await _show(visit, state, status=422, wrong=denied.say(visit.lang))
    return visit.to(f"/desk/cases/{case_numbers.text(state.number)}/people", "misuse")


async def _take(visit: PageRequest, state: CaseState, party: Party, kind: str) -> None:
    """Raises Denied, Problem."""
    app, actor, form = visit.app, visit.staff.actor, visit.form
    what = form.get("step")
    if what != misuse.WARNING and kind == CONTENT and not visit.staff.may_measure(_FREEZE):
        raise Problem("no_right", 403)
    if what == misuse.WARNING:
        await misuse.warn(app, actor, party.who, kind, case=state.number)
    elif what == misuse.SUSPENSION:
        days = form.number("days") or 0
        await misuse.suspend(
            app, actor, party.who, kind, case=state.number, reason=form.get("why"), days=days
        )
    elif what == "end":
        # Whoever may not see the case in which it began does not end it from elsewhere.
        begun = party.ladders[kind].history
        if any([await reachable(visit, one.number) is None for one in begun[:1]]):
            raise Problem("no_right", 403)
        await misuse.end(app, actor, party.who, kind, reason=form.get("why"))
    else:
        raise Problem("misuse_wrong_party", 404)
