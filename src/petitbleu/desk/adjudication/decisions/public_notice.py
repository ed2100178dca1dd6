"""What everybody may know of a decision about a public page: RFC 7725, DSA Article 17(3)(a).

Never more than the person whom it concerns was told, nothing where they may not be told, no word
of what was written or by whom, no name of who gave notice. Decisions about anything but public
pages are for the people they concern alone.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from petitbleu.app import App
from petitbleu.desk.adjudication.decisions import kinds, numbers
from petitbleu.desk.adjudication.decisions import queries as q
from petitbleu.desk.adjudication.decisions.form import Form
from petitbleu.desk.adjudication.decisions.queries import DecisionRow, Done
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.casework.secrecy import service as secrecy
from petitbleu.desk.reference.directory import service as directory
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.safety.moderation import service as moderation
from petitbleu.domain.safety.moderation.queries import MeasureRow
from petitbleu.domain.safety.moderation.service import Reason

_form = msgspec.msgpack.Decoder(Form).decode
_done = msgspec.msgpack.Decoder(list[Done]).decode


class Public(NamedTuple):
    """A decision as its public page shows it. ``at`` is Unix seconds."""

    number: int
    at: int
    acts: list[tuple[str, list[str]]]
    """Kinds of measures (form.ACTS) and the countries they hold in; none: everywhere."""
    illegal: bool
    """Against the law; else against the rules."""
    ground: str
    ordered: bool
    """An authority ordered it, whether or not its name is recorded."""
    authority: str
    country: str
    reversed: bool
    replaced_by: int


async def of_number(app: App, number: int) -> Public | None:
    """What the public page of a decision says; None: it has none."""
    row = await app.store.row(q.GET, number=number)
    return None if row is None else await _public(app, row)


async def _public(app: App, row: DecisionRow) -> Public | None:
    state = await cases.get(app.store, numbers.case_of(row.number))
    shown = [measure for measure in _done(row.measures) if await _on_a_page(app, measure)]
    if state is None or not shown or await _kept_quiet(app, row, state):
        return None
    form = _form(row.form)
    ordered = state.kind in kinds.ORDERS
    authority = state.authority if ordered else None
    return Public(
        row.number,
        row.at,
        [(measure.kind, measure.countries) for measure in shown],
        row.ground == "illegal",
        form.law,
        ordered,
        authority.name if authority is not None else "",
        authority.country if authority is not None else "",
        row.undone_at is not None,
        row.replaced_by,
    )


async def _on_a_page(app: App, done: Done) -> bool:
    chat = done.owner or done.peer
    return chat < 0 and await pages.load_page(app, chat) is not None


async def _kept_quiet(app: App, row: DecisionRow, state: CaseState) -> bool:
    """Whether a clause forbids to speak of it, or the person concerned has not been told yet."""
    now = int(app.clock.now())
    if not (await secrecy.verdict_of(app.store, app, state)).open:
        return True
    told = await app.store.rows(q.STATEMENTS, number=row.number)
    return any(statement.account and statement.not_before > now for statement in told)


@moderation.on_asked
async def asked(app: App, measure: MeasureRow) -> Reason | None:
    """Why a post or channel is not shown. Registered with the measures room."""
    row = await app.store.row(q.BY_COMMAND, command=measure.command.rpartition(".")[0])
    if row is None:
        return None
    public = await _public(app, row)
    if public is None:
        return Reason(secret=True)
    written = numbers.text(public.number)
    path, decider = f"/decision/{written}", ""
    if not public.authority:
        decider = (await directory.operator(app.store, app)).name
    return Reason(written, path, public.authority, public.country, public.ground, decider)
