"""What the desk tells somebody whose account is suspended, where they come to the messenger.

The statement of reasons as it was sent to them, and the address at which they can contest it. What
they may not be told (``objecting.decision`` asks) is not said here either.
"""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.adjudication.decisions.service import DecisionRow
from petitbleu.desk.outside import objecting
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import service as moderation
from petitbleu.domain.safety.moderation.service import MeasureRow, SuspensionNotice


@moderation.on_suspended
async def reasons(app: App, measure: MeasureRow, account: int) -> SuspensionNotice | None:
    """The statement of a decision that suspended the account; None where it was told of none."""
    told = await objecting.decision(app, account, case_numbers.text(measure.number))
    if told is None or not isinstance(told.row, DecisionRow):
        return None
    said = [
        one
        for one in await decisions.statements(app.store, told.row.number)
        if one.account == account and f"{one.subject}\n\n{one.text}".strip() in told.said
    ]
    language = said[-1].language if said else ""
    contest = told.contest
    url = joining.base_url(app) + contest.url if contest is not None and contest.open else ""
    return SuspensionNotice("\n\n".join(told.said), language, url)
