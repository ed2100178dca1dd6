"""Writing to an authority or a person while a case is open, and waiting for the answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, NamedTuple

import msgspec

from petitbleu.app import App
from petitbleu.catalogues import Catalogue
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.casework.cases import events as shapes
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent, CaseState
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.casework.letters.service import LetterRow
from petitbleu.desk.intake import codes
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.reference.law import kinds
from petitbleu.desk.reference.law import service as law
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.refusals import Refusal, Sentences
from petitbleu.store.api import Tx

ASK_AUTHORITY, ASK_PERSON, ANSWER = "ask_authority", "ask_person", "answer"
KINDS = (ASK_AUTHORITY, ASK_PERSON, ANSWER)
FORMS: dict[str, str] = {name: kind.form for name, kind in kinds.TABLE.items() if kind.form}
"""Kind of an order -> the form by which its authority must be asked."""
OBSTACLES = ("insufficient_information", "manifest_errors", "not_valid")
"""Grounds of such a form that an answer of the authority can end."""
_WAITS = {ASK_AUTHORITY: "awaiting_authority", ASK_PERSON: "awaiting_info"}
_FORM_CLOCKS = frozenset(kinds.clocks_ended_by("form"))
"""Clocks that end once the form, or the question in its place, has left."""
MAX_TEXT_CHARACTERS = 20_000


class Unsent(Refusal):
    """The letter cannot be written; one sentence says why."""

    SAID: ClassVar[Sentences] = Catalogue("desk", "refusals.correspondence.unsent")


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants to write.

    ``kind``: of :data:`KINDS`. ``to``: an address; empty: the sender of the case. ``missing``:
    codes of formal defects. ``obstacle``: ground of the authority's form, where it has one.
    ``pause``: clocks wait for the answer, as far as they may.
    """

    kind: str
    text: str
    to: str = ""
    language: str = ""
    missing: tuple[str, ...] = ()
    obstacle: str = ""
    preserved: bool = False
    pause: bool = False


class Draft(NamedTuple):
    """A letter as it would leave. ``form``: the form that goes with it, '' where none does;
    ``pauses``: clocks that would wait.
    """

    to: str
    language: str
    subject: str
    text: str
    form: str
    pauses: tuple[str, ...]


def pausable(app: App, state: CaseState) -> Iterator[str]:
    """Open clocks of a case that a question may hold up."""
    may = {rule.id for rule in law.load_law(app).kind(state.kind).clocks if rule.pause != "none"}
    for clock in cases.clocks(app, state):
        if clock.id in may and clock.done is None:
            yield clock.id


def form_of(state: CaseState, wanted: Wanted) -> str:
    """The form that a question to this authority has to use; '' where there is none."""
    return FORMS.get(state.kind, "") if wanted.kind == ASK_AUTHORITY and wanted.obstacle else ""


async def draft(app: App, actor: str, state: CaseState, wanted: Wanted) -> Draft:
    """What would be sent. Raises Unsent."""
    _check(state, wanted)
    form = form_of(state, wanted)
    pauses = tuple(pausable(app, state)) if wanted.pause and wanted.kind in _WAITS else ()
    if pauses and state.kind in FORMS and not form:
        raise Unsent("pause_form")
    language = decisions.letter_language(wanted.language or state.language)
    try:
        letter = await decisions.loose_letter(
            app, actor, state, wanted.kind, language, _values(state, wanted, language, form)
        )
    except decisions.BadLetter as bad:
        raise Unsent("template", why=bad) from None
    return Draft(_to(state, wanted), language, letter.subject, letter.text, form, pauses)


def _check(state: CaseState, wanted: Wanted) -> None:
    if wanted.kind not in KINDS:
        raise Unsent("kind")
    if not wanted.text.strip() and not wanted.missing:
        raise Unsent("text")
    if len(wanted.text) > MAX_TEXT_CHARACTERS:
        raise Unsent("long", most=MAX_TEXT_CHARACTERS)
    if not _to(state, wanted):
        raise Unsent("to")
    if wanted.obstacle and wanted.obstacle not in OBSTACLES:
        raise Unsent("obstacle")
    if set(wanted.missing) - set(codes.DEFECTS):
        raise Unsent("kind")
    if state.closed_at is not None and wanted.kind != ANSWER:
        raise Unsent("closed")


def _to(state: CaseState, wanted: Wanted) -> str:
    return wanted.to.strip().lower() or state.sender


def _values(state: CaseState, wanted: Wanted, language: str, form: str) -> dict[str, Any]:
    values: dict[str, Any] = {"text": wanted.text.strip()}
    if wanted.kind == ASK_AUTHORITY:
        values |= {
            "missing": [codes.sentence(code, language) for code in wanted.missing],
            "form": bool(form),
        }
    return values


async def send(app: App, actor: str, case: int, wanted: Wanted, *, once: str) -> int:
    """Queue the letter; its id. ``once`` names this very letter: sent again it is the first one.

    Raises Unsent, LookupError where there is no such case.
    """
    state = await cases.get(app.store, case)
    if state is None:
        raise LookupError(case_numbers.text(case))
    letter = await draft(app, actor, state, wanted)
    attachments: tuple[letters.Attachment, ...] = ()
    if letter.form:
        pdf = await decisions.question_form(
            app,
            actor,
            state,
            letter.form,
            letter.language,
            obstacle=wanted.obstacle,
            detail=_detail(wanted, letter.language),
            preserved=wanted.preserved,
        )
        name = f"{case_numbers.text(case)}-{letter.form}.pdf"
        attachments = ((name, "application/pdf", pdf),) if pdf is not None else ()
    answers = await decisions.first_letter(app, state)
    try:
        return await app.store.write(
            _send, app, actor, state, wanted, letter, attachments, answers, once
        )
    except letters.Unsendable:
        raise Unsent("to") from None


def _detail(wanted: Wanted, language: str) -> str:
    """What the form says in its own words: all that the letter says."""
    said = [codes.sentence(code, language) for code in wanted.missing]
    return "\n".join([*said, wanted.text.strip()]).strip()


async def _send(
    tx: Tx,
    app: App,
    actor: str,
    state: CaseState,
    wanted: Wanted,
    made: Draft,
    attachments: tuple[letters.Attachment, ...],
    answers: str,
    once: str,
) -> int:
    thread = {"In-Reply-To": f"<{answers}>", "References": f"<{answers}>"} if answers else {}
    letter = await letters.queue(
        tx,
        app,
        case=state.number,
        to=made.to,
        purpose=wanted.kind,
        language=made.language,
        subject=made.subject,
        text=made.text,
        attachments=attachments,
        headers=thread,
        key=f"{wanted.kind} {once}",
    )
    fresh = await cases.get(tx, state.number)
    assert fresh is not None
    if letter in fresh.letters:
        return letter
    said = shapes.Letter(letter=letter, purpose=wanted.kind, to=made.to)
    events = [cases.make_event(said)]
    if wanted.kind in _WAITS:
        asked = shapes.Asked(
            letter=letter,
            pause=list(made.pauses),
            form=made.form,
            missing=list(wanted.missing),
        )
        events.append(cases.make_event(asked))
        events.append(cases.make_event(shapes.State(state=_WAITS[wanted.kind])))
        await cases.name(tx, state.number, asked_name(made.to, state.number))
        if made.form and "obstacle known" not in fresh.moments:
            events.append(cases.make_event(shapes.Moment(event="obstacle known")))
    await cases.append(tx, app, state.number, actor, *events)
    logged = {"letter": letter, "kind": wanted.kind, "to": audit.digest(made.to)}
    await audit.append(tx, app, actor, "letter.write", case_numbers.text(state.number), logged)
    return letter


def asked_name(address: str, case: int) -> str:
    """The name under which the case is found for whoever was asked in it."""
    return f"asked:{case}/{address}"


# ── when it has left, or has not ────────────────────────────────────────────────────────────────


@letters.on_end
async def ended(tx: Tx, app: App, letter: LetterRow) -> None:
    """The pause begins when the question has left; what was never sent holds nothing up."""
    if letter.purpose not in _WAITS:
        return
    state = await cases.get(tx, letter.number)
    asked = await _asked(tx, letter)
    if state is None or asked is None or state.closed_at is not None:
        return
    if letter.state == letters.FAILED:
        back = cases.make_event(shapes.State(state="review"))
        await cases.append(tx, app, state.number, "system", _failed(letter), back)
        return
    events = []
    waits = state.state == _WAITS[letter.purpose]
    if asked.get("pause") and waits and not paused(state):
        events.append(cases.make_event(shapes.ClockPaused(ground=letter.purpose)))
    if asked.get("form"):
        events += [
            cases.make_event(shapes.ClockDone(clock=clock.id, at=letter.sent_at))
            for clock in cases.clocks(app, state)
            if clock.id in _FORM_CLOCKS and clock.done is None
        ]
    if events:
        await cases.append(tx, app, state.number, "system", *events)


def _failed(letter: LetterRow) -> CaseEvent:
    return cases.make_event(shapes.LetterFailed(letter=letter.id, purpose=letter.purpose))


async def _asked(tx: Tx, letter: LetterRow) -> dict[str, Any] | None:
    for row in reversed(await cases.timeline(tx, letter.number)):
        if row.kind == "asked":
            said: dict[str, Any] = msgspec.msgpack.decode(row.data)
            if said["letter"] == letter.id:
                return said
    return None


def paused(state: CaseState) -> bool:
    """Whether a pause without an end runs."""
    return bool(state.pauses) and state.pauses[-1][1] is None
