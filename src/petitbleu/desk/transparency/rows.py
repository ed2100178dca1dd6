"""What the listed rows of parts 7, 8, 10 and 11 count, by their section, indicator and scope."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple, TypeVar

from petitbleu.desk.transparency.facts import Active, Complaint, Dispute, Facts, Measure
from petitbleu.desk.transparency.tables import BLANK, Cell, count, median, share

RESTRICTIONS = (
    "Visibility restriction Removal",
    "Visibility restriction Disable",
    "Visibility restriction Demoted",
    "Visibility restriction Age restricted",
    "Visibility restriction Interaction restricted",
    "Visibility restriction Labelled",
    "Visibility restriction Other",
    "Monetary restriction Suspension",
    "Monetary restriction Termination",
    "Monetary restriction Other",
    "Provision of the service Suspension",
    "Provision of the service Termination",
    "Account restriction Suspension",
    "Account restriction Termination",
)
"""Columns of parts 5 and 6."""
MONETARY = tuple(column for column in RESTRICTIONS if column.startswith("Monetary"))
"""Nobody earns money here: blank (cannot apply) unless there was such a measure."""

TEXTS = (
    "own_initiative_summary",
    "own_initiative_information",
    "automated_means",
    "automated_accuracy",
    "automated_purposes",
    "automated_safeguards",
    "governance",
    "staff_qualifications",
    "staff_training",
    "staff_support",
    "staff_method",
)
"""Names of the free texts of part 11, in the order of its rows."""

_ABOUT = {
    "Complaint regarding a decision to remove or disable access to or restrict visibility of"
    " information": "visibility",
    "Complaint regarding a decision to suspend or terminate the provision of the"
    " service": "service",
    "Complaint regarding a decision to suspend or terminate an account": "account",
    "Complaint regarding a decision to restrict the ability to monetise information": "money",
    "Complaint regarding a decision not to take action on a notice submitted in accordance with"
    " Article 16": "notice",
    "Complaint regarding a decision not to take action on a notice submitted by a Trusted Flagger"
    " in accordance with Article 16": "trusted_notice",
}
_ALL = "Number of complaints submitted to the internal-complaints mechanism"
_NEW = "Number of restrictions newly imposed as a result of an internal complaint"
_DISPUTES = "Number of disputes submitted to out-of-court dispute settlement bodies"
_SUSPENDED = {
    "Number of suspensions enacted for the provision of manifestly illegal content": "content",
    "Number of suspensions enacted for the provision of manifestly unfounded notices": "notices",
    "Number of suspensions enacted for the provision of manifestly unfounded"
    " complaints": "complaints",
}
_OUTCOMES = {
    "Decisions upheld": "upheld",
    "Decisions partially reversed": "partly",
    "Decisions reversed": "reversed",
    "Decision omitted": "omitted",
}

_AUTOMATIC = "Number of measures solely taken by automated means"
_BY_PEOPLE = "Number of measures not taken by automated means"
_AUTOMATIC_NOTICES = "Number of notices solely processed by automated means"
_NOTICES_BY_PEOPLE = "Number of notices not processed by automated means"
_SCOPES = ("Total number", "Own-initiative")

T = TypeVar("T", Complaint, Dispute)


class RowKey(NamedTuple):
    """Which row."""

    section: str
    indicator: str
    scope: str


def appeals(facts: Facts, key: RowKey) -> Cell:
    """A row of part 7."""
    if key.indicator in _SUSPENDED:
        why = _SUSPENDED[key.indicator]
        return count([suspension for suspension in facts.suspensions if suspension.why == why])
    if key.indicator == _DISPUTES:
        return _disputes(facts.disputes, key.scope)
    if key.indicator == _NEW:
        return count([complaint for complaint in facts.complaints if complaint.restricted])
    if key.indicator == _ALL:
        inside: Sequence[Complaint] = facts.complaints
    else:
        about = _ABOUT[key.indicator]
        inside = [complaint for complaint in facts.complaints if complaint.about == about]
        if about == "money" and not inside:
            return BLANK
    return _outcome(inside, key.scope, lambda one: (one.filed, one.told))


def _outcome(inside: Sequence[T], scope: str, span: Callable[[T], tuple[int, int | None]]) -> Cell:
    if scope == "Total number":
        return count(inside)
    if scope == "Median time":
        return median(inside, span)
    return count([one for one in inside if one.outcome == _OUTCOMES[scope]])


def _disputes(inside: Sequence[Dispute], scope: str) -> Cell:
    if scope == "Percentage of outcomes implemented":
        decided = [one for one in inside if one.implemented is not None]
        return share([one for one in decided if one.implemented], decided)
    return _outcome(inside, scope, lambda one: (one.begun, one.ended))


def automation(facts: Facts, key: RowKey) -> Cell:
    """A row of part 8. How accurate machines are is not measured: blank, not 0."""
    if key.indicator in (_AUTOMATIC, _BY_PEOPLE) and key.scope in (
        "Total number",
        "Own-initiative",
    ):
        measures = [m for m in facts.measures if m.own or key.scope == "Total number"]
        wanted = key.indicator == _AUTOMATIC
        return count([m for m in measures if m.automated is wanted], _restrictions)
    if key.indicator in (_AUTOMATIC_NOTICES, _NOTICES_BY_PEOPLE):
        notices = [n for n in facts.notices if n.trusted or key.scope == "NAM Total"]
        wanted = key.indicator == _AUTOMATIC_NOTICES
        return count([n for n in notices if n.automated is wanted], lambda n: n.times)
    return BLANK


def _restrictions(measure: Measure) -> int:
    return len(measure.restrictions)


def average(facts: Sequence[Active], countries: Collection[str]) -> Cell:
    """Accounts and readers of a month, averaged over the months of the period that were counted."""
    months = sorted({one.month for one in facts})
    if not months:
        return BLANK
    total = sum(one.accounts for one in facts if one.country in countries)
    return Cell(round(total / len(months)))
