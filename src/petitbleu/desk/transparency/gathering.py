"""What a period brought, from cases, decisions, complaints and the count of users.

Reading, not writing: the same data give the same facts.
"""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Sequence

from petitbleu import recipients
from petitbleu.app import App
from petitbleu.desk.adjudication.appeals import service as appeals
from petitbleu.desk.adjudication.appeals.service import AppealRow, Objection
from petitbleu.desk.adjudication.decisions import misuse
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.adjudication.decisions.form import ACTS
from petitbleu.desk.adjudication.decisions.service import DecisionRow
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.reference.law import kinds
from petitbleu.desk.transparency.facts import (
    Active,
    Complaint,
    Dispute,
    Facts,
    Measure,
    Notice,
    Order,
    Suspension,
    Topic,
)
from petitbleu.desk.transparency.figures import Period

TO_ACT = kinds.select(lambda one: one.reported_as == "order_to_act")
TO_INFORM = kinds.select(lambda one: one.reported_as == "order_to_inform")
"""The template's "orders to provide information (including but not limited to Article 10)"."""
NOTICES = kinds.select(lambda one: one.reported_as == "notice")
(DISPUTE,) = kinds.select(lambda one: one.reported_as == "dispute")
_NO_ORDER = ("fraud", "duplicate", "not_ours")
"""Endings of what was no order (or notice) to us after all."""

_COLUMNS = {
    "DECISION_VISIBILITY_CONTENT_REMOVED": "Visibility restriction Removal",
    "DECISION_VISIBILITY_CONTENT_DISABLED": "Visibility restriction Disable",
    "DECISION_VISIBILITY_CONTENT_DEMOTED": "Visibility restriction Demoted",
    "DECISION_VISIBILITY_CONTENT_AGE_RESTRICTED": "Visibility restriction Age restricted",
    "DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED": "Visibility restriction Interaction"
    " restricted",
    "DECISION_VISIBILITY_CONTENT_LABELLED": "Visibility restriction Labelled",
    "DECISION_PROVISION_PARTIAL_SUSPENSION": "Provision of the service Suspension",
    "DECISION_PROVISION_PARTIAL_TERMINATION": "Provision of the service Termination",
    "DECISION_ACCOUNT_SUSPENDED": "Account restriction Suspension",
    "DECISION_ACCOUNT_TERMINATED": "Account restriction Termination",
}
"""Name in the EU database -> column of parts 5 and 6."""
_OUTCOMES = {
    "maintained": "upheld",
    "changed": "partly",
    "reversed": "reversed",
    "omitted": "omitted",
}
Decided = dict[int, list[DecisionRow]]
"""Case -> its decisions, oldest first."""
_FAR = 1 << 60
_WHY = {"content": "content", "notice": "notices", "complaint": "complaints"}


class Span:
    """A period in seconds, at the operator's place."""

    __slots__ = ("first", "last", "months")

    def __init__(self, period: Period, timezone: str) -> None:
        zone = zoneinfo.ZoneInfo(timezone)
        midnight = datetime.time()
        after = period.last + datetime.timedelta(days=1)
        self.first = int(datetime.datetime.combine(period.first, midnight, zone).timestamp())
        self.last = int(datetime.datetime.combine(after, midnight, zone).timestamp())
        self.months = (_month(period.first), _month(period.last))


def _month(day: datetime.date) -> int:
    return day.year * 100 + day.month


async def gather(app: App, period: Period) -> Facts:
    """All facts of a period."""
    span = Span(period, app.config.timezone)
    rows = await _decisions(app, span.first)
    of_case: Decided = {}
    for row in rows:
        of_case.setdefault(decisions.case_of(row.number), []).append(row)
    disputes = [case async for case in cases.received(app, DISPUTE, span.first, span.last)]
    suspended = await misuse.between(app.store, span.first, span.last, limit=100_000)
    counted = await recipients.between(app.store, *span.months)
    readers = await recipients.readers_between(app.store, *span.months)
    home = app.config.country
    return Facts(
        orders=tuple(await _orders(app, span, of_case)),
        notices=tuple(await _notices(app, span, of_case)),
        measures=tuple(
            _measure(row) for row in rows if row.outcome == "measures" and row.at < span.last
        ),
        complaints=await _complaints(app, span),
        disputes=tuple(_dispute(state) for state in disputes),
        suspensions=tuple(Suspension(row.number, _WHY[row.kind]) for row in suspended),
        active=(
            *(Active(one.month, one.country or home, one.accounts) for one in counted),
            *(Active(one.month, one.country or home, one.readers) for one in readers),
        ),
    )


async def _decisions(app: App, first: int) -> list[DecisionRow]:
    """Those since ``first`` that were not taken back within their ten minutes, in order."""
    rows: list[DecisionRow] = []
    after = (-1, 0)
    while True:
        page = await decisions.between(app.store, first, _FAR, after=after)
        rows += [row for row in page if row.undone_at is None]
        if not page:
            return rows
        after = (page[-1].at, page[-1].number)


def _topic(state: CaseState, rows: Sequence[DecisionRow]) -> Topic:
    """The category of the newest decision, else of the case: one for each, the most specific."""
    for row in reversed(rows):
        if row.category:
            return _decided_topic(row)
    keyword = str(state.facts.get("keyword") or "")
    return Topic(state.category, keyword, str(state.facts.get("keyword_other") or ""))


def _decided_topic(row: DecisionRow) -> Topic:
    form = decisions.form_of(row) if row.outcome != "reversed" else None
    return Topic(row.category, row.keyword, form.keyword_other if form is not None else "")


def _items(state: CaseState) -> int:
    return int(state.facts.get("items") or 0) or max(1, len(state.targets))


async def _orders(app: App, span: Span, of_case: Decided) -> list[Order]:
    orders = []
    for kind in (*TO_ACT, *TO_INFORM):
        async for state in cases.received(app, kind, span.first, span.last):
            if state.ending in _NO_ORDER:
                continue
            rows = of_case.get(state.number, [])
            country = (state.authority.country if state.authority else "") or str(
                state.facts.get("issuing_state") or ""
            )
            orders.append(
                Order(
                    state.number,
                    kind in TO_ACT,
                    _topic(state, rows),
                    country.upper(),
                    _items(state),
                    state.received_at,
                    _confirmed(state),
                    state.moments.get("effect given"),
                )
            )
    return sorted(orders)


async def _notices(app: App, span: Span, of_case: Decided) -> list[Notice]:
    notices = []
    for kind in NOTICES:
        async for state in cases.received(app, kind, span.first, span.last):
            if state.ending in _NO_ORDER:
                continue
            notices.append(_notice(state, of_case.get(state.number, [])))
    return sorted(notices)


def _confirmed(state: CaseState) -> int | None:
    """When the receipt had left the house (or a person recorded it)."""
    return min(
        (at for clock, at in state.done.items() if clock.endswith(".acknowledge")), default=None
    )


def _notice(state: CaseState, rows: Sequence[DecisionRow]) -> Notice:
    acted = [row for row in rows if row.outcome == "measures" and row.effect_at is not None]
    trusted = state.kind == "trusted_flagger_notice"
    fully = any(row.automated == "AUTOMATED_DECISION_FULLY" for row in rows)
    return Notice(
        state.number,
        _topic(state, rows),
        trusted,
        _items(state),
        state.received_at,
        min((row.effect_at for row in acted if row.effect_at is not None), default=None),
        sum(len(decisions.measures_of(row)) for row in acted if row.ground == "illegal"),
        sum(len(decisions.measures_of(row)) for row in acted if row.ground == "rule"),
        fully,
        max(1, len(state.reports)),
    )


def _measure(row: DecisionRow) -> Measure:
    before = (*TO_ACT, *TO_INFORM, *NOTICES)
    return Measure(
        decisions.case_of(row.number),
        _decided_topic(row),
        row.ground == "illegal",
        row.source == "SOURCE_VOLUNTARY" and row.kind not in before,
        tuple(_COLUMNS[ACTS[measure.kind].value] for measure in decisions.measures_of(row)),
        bool(row.detected),
        row.automated == "AUTOMATED_DECISION_FULLY",
    )


async def _complaints(app: App, span: Span) -> tuple[Complaint, ...]:
    """About decisions, and about suspensions for misuse."""
    appealed = [_complaint(row) for row in await appeals.between(app, span.first, span.last)]
    objected = [_objection(row) for row in await appeals.objections(app, span.first, span.last)]
    return tuple(sorted([*appealed, *objected], key=lambda one: (one.filed, one.case)))


def _complaint(row: AppealRow) -> Complaint:
    outcome = _OUTCOMES.get(row.outcome, "")
    return Complaint(
        row.number, row.subject, outcome, row.filed_at, row.told_at, bool(row.restricted)
    )


def _objection(row: Objection) -> Complaint:
    about = "account" if row.kind == misuse.CONTENT else ""
    return Complaint(
        row.number, about, _OUTCOMES.get(row.outcome, ""), row.filed_at, row.told_at, False
    )


def _dispute(state: CaseState) -> Dispute:
    outcome = str(state.facts.get("outcome") or "")
    implemented = state.facts.get("implemented")
    return Dispute(
        state.number,
        outcome if outcome in _OUTCOMES.values() else "",
        state.received_at,
        state.closed_at,
        None if implemented is None else bool(implemented),
    )
