"""The question whether people may be told, as forms ask it."""

from __future__ import annotations

from typing import Any, NamedTuple

from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseState, Secrecy
from petitbleu.desk.casework.secrecy import service as secrecy
from petitbleu.desk.workplace.pages.shell import PageRequest


class Question(NamedTuple):
    """What stands beside the question. ``asked``: it is asked of this case at all."""

    asked: bool
    clause: Secrecy | None
    boxes: list[dict[str, Any]]
    criminal: bool
    second: bool
    evidence: bool
    standing: cases.Telling | None
    verdict: secrecy.Verdict


async def question(visit: PageRequest, state: CaseState) -> Question:
    """The question about one case."""
    app = visit.app
    boxes = state.facts.get("form_box")
    return Question(
        secrecy.is_asked(state),
        cases.secrecy(app, state),
        list(boxes) if isinstance(boxes, list) else [],
        secrecy.is_criminal(state),
        secrecy.needs_second(app, state, cases.TELL_YES),
        state.kind in secrecy.E_EVIDENCE,
        state.telling,
        await secrecy.verdict_of(app.store, app, state),
    )


def given(visit: PageRequest) -> secrecy.Answer:
    """What was answered."""
    form = visit.form
    return secrecy.Answer(
        form.get("tell"),
        form.get("delay_until") if form.get("tell") == cases.TELL_DATE else "",
        form.get("tell_permission"),
        form.get("delay_clause"),
        form.flag("criminal"),
    )
