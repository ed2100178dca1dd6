"""Filing a letter that was read: into the case it belongs to, or into one of its own.

Joining is careful, because a letter that joins starts no clock: a name (Message-ID, reference)
counts only among letters of one domain whose authentication had the same result, and a number of
ours that a stranger cites is not believed.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from petitbleu import jobs
from petitbleu.app import App
from petitbleu.desk.casework.cases import events as shapes
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent, CaseState
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.casework.letters.service import LetterRow
from petitbleu.desk.intake import canary, receipts
from petitbleu.desk.intake import queries as q
from petitbleu.desk.intake.classify import extraction
from petitbleu.desk.intake.classify.sorting import ORDER_KINDS, Sorted
from petitbleu.desk.intake.danger import service as danger
from petitbleu.desk.intake.danger.letters import told_by
from petitbleu.desk.intake.letter import Letter
from petitbleu.desk.intake.particulars import Particulars
from petitbleu.desk.intake.pending import WorkLetter
from petitbleu.desk.intake.queries import InboundRow
from petitbleu.desk.intake.worker import Done
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.records.vault import service as vault
from petitbleu.desk.reference.directory import service as directory
from petitbleu.desk.reference.law import kinds
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Reader, Tx

_encode = msgspec.msgpack.Encoder().encode
_HIGH = cases.URGENCIES.index("high")
_BOXES = 10
"""Boxes of forms that a case keeps, of all its letters."""
_NOTICES = kinds.NOTICES | kinds.DANGERS
_OF_HOUSES = kinds.OFFICIAL_ONLY | kinds.FROM_AUTHORITIES | {"unsorted"}
"""Kinds of cases that letters of the same authority belong to."""
_SEEN_AT_RECEIPT = ("knowledge", "suspicion", "aware", "requested", "notified")
"""Start events of clocks that for a letter are its receipt."""


class Delivered(NamedTuple):
    """Where a letter went: the case (0: a canary), and whether it was there before."""

    case: int
    joined: bool


class Home(NamedTuple):
    """A case that a letter belongs to, and why."""

    state: CaseState
    why: str


async def joined(app: App, row: InboundRow) -> bool:
    """Whether something that was worked joined a case (it was not what opened it)."""
    state = await cases.get(app.store, row.number)
    return state is not None and bool(state.inbound) and state.inbound[0] != row.id


async def file(
    tx: Tx, app: App, inbound: int, done: Done, typed: Particulars | None = None
) -> Delivered:
    """File what was read; ``typed``: what staff said of it. Twice is once."""
    row = await tx.row(q.LOCK, id=inbound)
    assert row is not None
    letter, found = done.letter, done.sorted
    if row.state != "stored":
        state = await cases.get(tx, row.number)
        return Delivered(row.number, state is None or state.inbound[:1] != [row.id])
    await jobs.unschedule(tx, WorkLetter, str(inbound))
    vault.note(tx, app, row.sha)
    audit.note(tx, app, "inbound", (row.id,), (row.sha, row.channel, row.stored_at))
    if letter.canary and await canary.seen(tx, app, letter.canary):
        await _worked(tx, row, done, 0, "canary")
        return Delivered(0, False)
    warnings: list[str] = []
    asked = typed is not None and typed.receipt
    back = await letters.named(tx, app, letter.returned) if letter.returned else None
    home = await _home(tx, letter, found, warnings) if back is None else await _sent_from(tx, back)
    if home is None:
        await _prior_information(tx, letter, found, warnings)
        number = await case_numbers.take(tx, app.config, int(app.clock.now()))
        answer = await receipts.answer(
            tx, app, number, row, letter, found, joined=False, asked=asked
        )
        await _open(tx, app, number, row, letter, found, warnings, answer)
    else:
        number = home.state.number
        answer = []
        if home.why != "message_id":  # the same letter again has its receipt
            answer = await receipts.answer(
                tx, app, number, row, letter, found, joined=True, asked=asked
            )
        await _join(tx, app, row, letter, found, home, answer)
        if back is not None:
            await _came_back(tx, app, back, letter)
    await _worked(tx, row, done, number, "worked")
    await cases.name(tx, number, *_names(letter, found))
    if typed is not None:
        await _said(tx, app, number, row, typed)
    return Delivered(number, home is not None)


async def _sent_from(tx: Tx, back: LetterRow) -> Home | None:
    state = await cases.get(tx, back.number)
    return Home(state, "returned") if state is not None else None


async def _came_back(tx: Tx, app: App, back: LetterRow, letter: Letter) -> None:
    """Somebody was not told after all: the case says so and, but for a receipt, is open again."""
    to, why = back.recipient, letter.returned_why
    if not await letters.came_back(tx, app, back, why):
        return
    returned = shapes.LetterReturned(letter=back.id, purpose=back.purpose, to=to, why=why)
    events = [cases.make_event(returned)]
    state = await cases.get(tx, back.number)
    assert state is not None
    if back.purpose != receipts.PURPOSE:
        if state.closed_at is not None:
            events.append(cases.make_event(shapes.Reopened(by="letter")))
        elif state.state in ("notified", "awaiting_info", "awaiting_authority"):
            events.append(cases.make_event(shapes.State(state="review")))
    await cases.append(tx, app, back.number, "system", *events)


async def _said(tx: Tx, app: App, number: int, row: InboundRow, typed: Particulars) -> None:
    """What the person who typed it said: whose letter it is, and in which language. A letterhead
    proves nothing, so trust stays unknown; the case is urgent all the same.
    """
    state = await cases.get(tx, number)
    assert state is not None
    events = [cases.make_event(shapes.Typed(channel=row.channel, inbound=row.id))]
    entry = await directory.authority(tx, typed.authority) if typed.authority else None
    facts: dict[str, Any] = {"language": typed.language} if typed.language else {}
    if entry is not None and not (state.authority and state.authority.trust in cases.PROVED):
        facts["authority"] = {
            "name": entry.name,
            "country": entry.country,
            "domain": entry.domain,
            "trust": "unknown",
        }
    if facts:
        events.append(CaseEvent("fact", facts))
    if entry is not None and state.urgency > _HIGH:
        reasons = [f"typed_authority={entry.name} ({entry.domain})"]
        events.append(cases.make_event(shapes.Urgency(urgency=_HIGH, reasons=reasons)))
    await cases.append(tx, app, number, typed.by, *events)


async def _worked(tx: Tx, row: InboundRow, done: Done, number: int, state: str) -> None:
    letter = done.letter
    await tx.later(
        q.WORKED,
        id=row.id,
        state=state,
        number=number,
        message_id=letter.message_id,
        sender=letter.sender,
        received=letter.received or row.stored_at,
        parsed=_encode(letter),
    )


# ── which case ──────────────────────────────────────────────────────────────────────────────────


async def _home(tx: Tx, letter: Letter, found: Sorted, warnings: list[str]) -> Home | None:
    for name in _message_names(letter, found):
        state = await _named(tx, name)
        if state is not None:
            return Home(state, "message_id")
    related = False
    for name in _reference_names(letter, found):
        state = await _named(tx, name)
        if state is not None:
            if not (
                _another_order(found, state)
                or _another_notice(found, state)
                or _another_office(letter, found, state)
            ):
                return Home(state, "reference")
            related = True
    if related:
        _warn(warnings, "related_case")
    for number in found.cited:
        state = await cases.get(tx, number)
        if state is not None and cases.INTO in state.facts:
            state = await cases.get(tx, state.facts[cases.INTO])
        if state is None:
            _warn(warnings, "unknown_reference")
        elif not await _belongs(tx, letter, found, state):
            _warn(warnings, "foreign_reference")
        elif not _another_order(found, state):
            return Home(state, "reference")
        else:
            _warn(warnings, "related_case")
    return await _thread(tx, letter, found)


def _warn(warnings: list[str], code: str) -> None:
    if code not in warnings:
        warnings.append(code)


async def _named(tx: Tx, name: str) -> CaseState | None:
    number = await cases.find(tx, name)
    return await cases.get(tx, number) if number is not None else None


async def _thread(tx: Tx, letter: Letter, found: Sorted) -> Home | None:
    """An answer to a letter of the same sender joins that letter's case, unless it is an order."""
    if found.kind in ORDER_KINDS and not found.annex:
        return None
    sealed = _seal(found)
    for reference in letter.references:
        state = await _named(tx, f"message:{sealed}{letter.domain}/{reference}")
        if state is not None and state.sender in ("", letter.sender):
            return Home(state, "thread")
    return None


def _seal(found: Sorted) -> str:
    """How far the sender's domain can be believed, as part of a name: nobody can take the name of
    a letter that really comes from a domain by writing that domain into From."""
    return "" if found.who.passed else "!" if found.who.failed else "?"


def _message_names(letter: Letter, found: Sorted) -> list[str]:
    if not letter.message_id or not letter.domain:
        return []
    return [f"message:{_seal(found)}{letter.domain}/{letter.message_id}"]


def _reference_names(letter: Letter, found: Sorted) -> list[str]:
    """A file number is that of an authority or company, whoever of its house writes, and of the one
    address that uses it; where anybody gets an address, of the latter alone."""
    plain = extraction.same_reference(found.reference)
    whose = [letter.sender] if found.who.free_mail else [letter.domain, letter.sender]
    return [f"reference:{_seal(found)}{one}/{plain}" for one in whose if plain and one]


def _names(letter: Letter, found: Sorted) -> list[str]:
    names = _message_names(letter, found)
    numbers = _reference_names(letter, found)
    # People of one mail provider cite the number of one police file: only a house's own letter
    # makes it a number of the house.
    names += numbers if _of_a_house(found) else numbers[-1:]
    if found.kind in kinds.OFFICIAL_TCO:
        names.append(_dealings_name(letter, found))
    return names


async def _prior_information(tx: Tx, letter: Letter, found: Sorted, warnings: list[str]) -> None:
    """2021/784 Art 3(2): before its first order an authority tells its procedures, 12 hours ahead.
    One that did not is remarked on; its order binds all the same."""
    name = _dealings_name(letter, found)
    if found.kind == "tco_removal_order" and await cases.find(tx, name) is None:
        warnings.append("no_prior_information")


def _dealings_name(letter: Letter, found: Sorted) -> str:
    return f"tco:{_seal(found)}{letter.domain}"


def _another_order(found: Sorted, state: CaseState) -> bool:
    """Whether the letter is an order of its own, though it names the case: it needs its clocks."""
    if found.kind not in ORDER_KINDS or found.annex or found.kind == state.kind:
        return False
    return bool(found.targets) or found.kind in kinds.PRODUCTION


def _another_office(letter: Letter, found: Sorted, state: CaseState) -> bool:
    """Whether an order of the same number comes from another office of the same domain: courts that
    share one count their files each from one. It orders something else, from another address."""
    return (
        found.kind in ORDER_KINDS
        and not found.annex
        and bool(state.sender)
        and letter.sender != state.sender
        and bool(found.targets)
        and bool(state.targets)
        and not set(found.targets) & set(state.targets)
    )


def _another_notice(found: Sorted, state: CaseState) -> bool:
    """Whether it is a notice of its own, though it bears the number of an earlier one: whoever
    names another place of ours is owed a decision about it."""
    return (
        found.kind == state.kind
        and found.kind in _NOTICES
        and any(target not in state.targets for target in found.targets)
    )


def _of_a_house(found: Sorted) -> bool:
    return found.looks_official or found.who.trust in cases.PROVED or found.kind in ORDER_KINDS


async def _belongs(tx: Tx, letter: Letter, found: Sorted, state: CaseState) -> bool:
    """Whether a letter that cites a case plausibly belongs to it: it comes from the person or the
    authority whose case it is, and its sender is not proved false."""
    if found.who.failed:
        return False
    authority = state.authority.domain if state.authority else ""
    proved = state.authority is not None and state.authority.trust in cases.PROVED
    if proved and not found.who.passed:
        return False
    if state.sender and letter.sender == state.sender:
        return True
    asked = await cases.find(tx, f"asked:{state.number}/{letter.sender}")
    if asked == state.number and found.who.passed:  # asked by us, at that address
        return True
    if authority and state.kind in _OF_HOUSES:
        return await _same_authority(tx, letter.domain, authority)
    if not state.sender and not authority and state.channel not in ("report", "form"):
        # Typed in or opened by hand, without anybody's name: an authenticated authority's will do.
        return found.who.passed and found.looks_official and not found.who.free_mail
    return False


async def _same_authority(reader: Reader, one: str, other: str) -> bool:
    if one == other or one.endswith("." + other) or other.endswith("." + one):
        return "." in min(one, other, key=len)
    mine = await directory.authority(reader, one)
    theirs = await directory.authority(reader, other)
    return mine is not None and theirs is not None and mine.domain == theirs.domain


# ── opening and joining ─────────────────────────────────────────────────────────────────────────


async def _open(
    tx: Tx,
    app: App,
    number: int,
    row: InboundRow,
    letter: Letter,
    found: Sorted,
    warnings: list[str],
    answer: list[CaseEvent],
) -> None:
    received = letter.received or row.stored_at
    moments = dict.fromkeys(_SEEN_AT_RECEIPT, received)
    if letter.sender:
        moments["received with contact data"] = received
    if found.kind == "tco_first_contact":
        moments["information received"] = received
    if found.annex:
        moments[f"{found.annex} received"] = received
    if found.danger:
        moments[danger.SUSPECTED] = received
    if found.names_somebody:
        moments["person named"] = received
    told = await danger.events(tx, app, number, told_by(letter, found))
    said = opening(letter, found, row.channel, received)
    await cases.open_case(
        tx,
        app,
        actor="sender",
        number=number,
        moments=moments,
        then=(_arrived(row, found, "first"), *_given(found), *told, *answer),
        **(said | {"warnings": [*found.warnings, *warnings]}),
    )


def opening(letter: Letter, found: Sorted, channel: str, received: int) -> dict[str, Any]:
    """What a case that a letter opens says of itself."""
    who = found.who
    return {
        "kind": found.kind,
        "urgency": cases.URGENCIES.index(found.urgent),
        "channel": channel,
        "received_at": received,
        "sender": letter.sender,
        "authority": {
            "name": who.name,
            "country": who.country or found.issuing_state,
            "domain": who.domain,
            "trust": who.trust,
        },
        "language": found.language,
        "reference": found.reference,
        "targets": found.targets,
        "territorial_scope": found.territorial_scope,
        "warnings": found.warnings,
        "formal_defects": found.formal_defects,
        "title": letter.subject[:300],
        "reasons": found.reasons,
        "facts": found.facts() | {"attachments": attachments(letter)},
    }


def attachments(letter: Letter) -> list[dict[str, Any]]:
    """Attachments as a case shows them."""
    shown = []
    for one in letter.attachments:
        said: dict[str, Any] = {"name": one.name, "type": one.type, "verdict": one.verdict}
        shown.append(said | ({"inside": list(one.inside)} if one.inside else {}))
    return shown


def _arrived(row: InboundRow, found: Sorted, why: str) -> CaseEvent:
    looks: dict[str, Any] = {}
    if why != "first":
        looks = {"kind": found.kind, "reasons": found.reasons, "warnings": found.warnings}
    return cases.make_event(shapes.Inbound(inbound=row.id, channel=row.channel, why=why, **looks))


def _answered(state: CaseState, letter: Letter, home: Home) -> list[CaseEvent]:
    """Somebody was asked, and this is the answer: it is our turn, and clocks that waited go on. The
    same letter once more and the answer of a machine are none.
    """
    if home.why == "message_id" or letter.automatic or state.closed_at is not None:
        return []
    events = []
    if state.pauses and state.pauses[-1][1] is None:
        events.append(cases.make_event(shapes.ClockResumed()))
    if state.state in ("awaiting_info", "awaiting_authority"):
        events.append(cases.make_event(shapes.State(state="review")))
    return events


def _given(found: Sorted) -> list[CaseEvent]:
    return [
        cases.make_event(
            shapes.ClockGiven(clock=clock, due=end.due, date=end.date, source=f"“{end.words}”")
        )
        for clock, end in found.given
    ]


def _is_stricter(app: App, state: CaseState, more: dict[str, Any]) -> bool:
    """Whether a later letter forbids to tell the person for longer than what is known."""
    before = cases.secrecy(app, state)
    if before is None:
        return True
    new = cases.secrecy(app, cases.CaseState(facts=more))
    assert new is not None
    return before.until is not None and (new.until is None or new.until > before.until)


async def _join(
    tx: Tx,
    app: App,
    row: InboundRow,
    letter: Letter,
    found: Sorted,
    home: Home,
    answer: list[CaseEvent],
) -> None:
    state = home.state
    events = [_arrived(row, found, home.why)]
    moment = f"{found.annex} received"
    if found.annex and state.kind == "epoc_pr" and moment not in state.moments:
        at = letter.received or row.stored_at
        events.append(cases.make_event(shapes.Moment(event=moment, at=at)))
    facts: dict[str, Any] = {}
    fresh = [target for target in found.targets if target not in state.targets]
    if home.why != "message_id":
        told = [*letter.warnings, *(["new_targets"] if fresh and state.targets else [])]
        warnings = list(dict.fromkeys([*state.warnings, *told]))
        if warnings != state.warnings:
            facts["warnings"] = warnings
        if fresh:
            facts["targets"] = [*state.targets, *fresh]
        if letter.attachments:
            facts["attachments"] = [*state.facts.get("attachments", []), *attachments(letter)]
        more = found.facts()
        if "confidentiality" in more and _is_stricter(app, state, more):
            facts["confidentiality"] = more["confidentiality"]
        if "criminal" in more:
            facts["criminal"] = True
        if "form_box" in more:
            facts["form_box"] = [*state.facts.get("form_box", []), *more["form_box"]][-_BOXES:]
    if facts:
        events.append(CaseEvent("fact", facts))
    if state.closed_at is not None and not letter.automatic:
        events.append(cases.make_event(shapes.Reopened(by="letter")))
    events += _answered(state, letter, home)
    urgent = cases.URGENCIES.index(found.urgent)
    if found.danger and home.why not in ("message_id", "returned"):
        events += await danger.raise_in(tx, app, state, told_by(letter, found))
    elif urgent < state.urgency and (
        urgent == 0 and (home.why == "thread" or found.kind in kinds.DANGERS)
    ):
        events.append(cases.make_event(shapes.Urgency(urgency=urgent, reasons=found.reasons)))
    events += answer
    await cases.append(tx, app, state.number, "sender", *events)
