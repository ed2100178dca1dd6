"""Telling an authority of a threat to somebody's life or safety, at once (Article 18 DSA).

From any case, in one step and by one person: a letter leaves immediately with what is known, the
case says so, and once our mail server has sent it the clock of Article 18 ends. Hosting services of
every size have this duty. The letter says what is necessary and nothing else of the case: words,
when they were written, where they stand and whose account it is.

Addresses come from the directory alone, so that nobody is written to by mistake or by trick.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, NamedTuple

import msgspec

from petitbleu.app import App
from petitbleu.catalogues import Catalogue
from petitbleu.desk.adjudication.decisions import composing, numbers, resolve, texts
from petitbleu.desk.adjudication.decisions.reversing import Writer
from petitbleu.desk.casework.cases import events as shapes
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.casework.letters.service import LetterRow
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.reference.directory import service as directory
from petitbleu.desk.reference.directory.service import AuthorityRow
from petitbleu.desk.reference.law import kinds
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.refusals import Refusal, Sentences
from petitbleu.store.api import Reader, Tx

PURPOSE = "threat"
MAX_FACTS_CHARACTERS = 5000
_CLOCKS = frozenset(kinds.clocks_ended_by("reported"))
_UNION = "EU"
"""The country of Europol in the directory."""
CONCERNED, ESTABLISHED, UNION, OTHER = "concerned", "established", "union", "other"
"""Why an authority is proposed, in the order of Article 18(2)."""


class Unsent(Refusal):
    """The report cannot be sent; one sentence says why."""

    SAID: ClassVar[Sentences] = Catalogue("desk", "refusals.decisions.threats.unsent")


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants to tell.

    ``domain``: of an authority of the directory. ``facts``: words. ``at``: when they were written
    (Unix seconds). ``items``: places of the case where it was found. ``people``: accounts of the
    case (negative: guests).
    """

    domain: str
    facts: str
    at: int
    items: tuple[str, ...] = ()
    people: tuple[int, ...] = ()


class Known(NamedTuple):
    """What of a case can go along: where something was found, and whose it is."""

    items: tuple[str, ...]
    people: tuple[int, ...]


class Choice(NamedTuple):
    """An authority that can be told, and why it stands where it does."""

    row: AuthorityRow
    why: str


class Draft(NamedTuple):
    """A letter as it would leave."""

    authority: AuthorityRow
    to: str
    language: str
    subject: str
    text: str


class Informed(NamedTuple):
    """That an authority was told: when, who, by which letter (``state`` as ``letters`` has it)."""

    at: int
    name: str
    state: str


async def known(app: App, state: CaseState) -> Known:
    """What a case names."""
    reported = [case_numbers.text(report) for report in state.reports]
    items = tuple(state.targets or reported or [case_numbers.text(state.number)])
    resolved = [await resolve.resolve(app, item) for item in items]
    people = dict.fromkeys(
        person for item in resolved if item is not None for person in item.people
    )
    return Known(items, tuple(people))


async def choices(app: App, state: CaseState, people: Iterable[int]) -> list[Choice]:
    """The authorities that can be told, the one to be told first: of the country concerned, where
    that is known (of the accounts, of the case), else where the operator is established, else
    Europol (Article 18(2)).
    """
    concerned = set(state.territorial_scope)
    for person in people:
        account = await accounts.get(app, person) if person > 0 else None
        if account is not None and account.country:
            concerned.add(account.country)
    operator = await directory.operator(app.store, app)
    home = operator.country or app.config.country
    order = (CONCERNED, ESTABLISHED, UNION, OTHER)

    def why(row: AuthorityRow) -> str:
        if row.country and row.country in concerned:
            return CONCERNED
        if row.country and row.country == home:
            return ESTABLISHED
        return UNION if row.country == _UNION else OTHER

    found = [
        Choice(row, why(row))
        for row in await directory.authorities(app.store)
        if directory.threat_email(row)
    ]
    return sorted(found, key=lambda one: (order.index(one.why), one.row.country, one.row.name))


async def draft(app: App, actor: str, state: CaseState, wanted: Wanted) -> Draft:
    """The letter as it would leave. Raises Unsent."""
    row = await _authority(app, wanted)
    if not wanted.facts.strip():
        raise Unsent("facts")
    if len(wanted.facts) > MAX_FACTS_CHARACTERS:
        raise Unsent("long", most=MAX_FACTS_CHARACTERS)
    if wanted.at <= 0:
        raise Unsent("at")
    there = await known(app, state)
    if set(wanted.items) - set(there.items) or set(wanted.people) - set(there.people):
        raise Unsent("items")
    # An office of our country reads our language, others their own where we write it, or English.
    ours = app.config.languages if row.country == app.config.country and not row.language else ()
    language = texts.language(row.language, *ours)
    writer = await Writer.of(app)
    values: dict[str, object] = {
        "facts": wanted.facts.strip(),
        "written": writer.desk.words(language).moment(wanted.at),
        "items": list(wanted.items) or [case_numbers.text(state.number)],
        "people": [account_reference(person) for person in wanted.people] or ["-"],
        "to": row.name,
        "signatory": composing.signatory(actor, language),
    }
    try:
        letter = writer.render(PURPOSE, language, numbers.number(state.number, 0), values)
    except (texts.Unfinished, texts.BadTemplate) as bad:
        raise Unsent("template", why=bad) from None
    to = directory.threat_email(row)
    return Draft(row, to, language, letter.subject, letter.text)


def account_reference(account: int) -> str:
    """An account as letters name it; a guest of the pages by the number of their comments."""
    return str(account) if account > 0 else f"comment:{-account:x}"


async def _authority(app: App, wanted: Wanted) -> AuthorityRow:
    rows = [one for one in await directory.authorities(app.store) if directory.threat_email(one)]
    if not rows:
        raise Unsent("none")
    authority = next((row for row in rows if row.domain == wanted.domain), None)
    if authority is None:
        raise Unsent("authority")
    if app.mail is None and not await directory.practice(app.store):
        raise Unsent("mail")
    return authority


async def inform(app: App, actor: str, case: int, wanted: Wanted) -> int:
    """Send what is known; the id of the letter. The same words to the same authority again are one
    letter; others are another, for more becomes known.

    Raises Unsent, LookupError.
    """
    state = await cases.get(app.store, case)
    if state is None:
        raise LookupError(case_numbers.text(case))
    letter = await draft(app, actor, state, wanted)
    try:
        return await app.store.write(_inform, app, actor, case, letter, digest(wanted))
    except letters.Unsendable:
        raise Unsent("to", to=letter.to[:200]) from None


def digest(wanted: Wanted) -> str:
    """What the letter is known by; it changes with every word."""
    return audit.digest(msgspec.to_builtins(wanted))


async def _inform(tx: Tx, app: App, actor: str, case: int, made: Draft, mark: str) -> int:
    letter = await letters.queue(
        tx,
        app,
        case=case,
        to=made.to,
        purpose=PURPOSE,
        language=made.language,
        subject=made.subject,
        text=made.text,
        key=f"{PURPOSE} {made.to} {mark}",
    )
    fresh = await cases.get(tx, case)
    assert fresh is not None
    if letter in fresh.letters:
        return letter
    row = made.authority
    told = shapes.Threat(letter=letter, to=made.to, name=row.name, country=row.country)
    queued = shapes.Letter(letter=letter, purpose=PURPOSE, to=made.to)
    events = (cases.make_event(told), cases.make_event(queued))
    await cases.append(tx, app, case, actor, *events)
    logged = {"letter": letter, "authority": row.domain, "country": row.country, "sha256": mark}
    await audit.append(tx, app, actor, "threat.inform", case_numbers.text(case), logged)
    return letter


async def informed(reader: Reader, case: int) -> list[Informed]:
    """Whom a case was told to, oldest first."""
    states = {row.id: row.state for row in await letters.of_case(reader, case)}
    return [
        Informed(row.at, said.get("name") or said.get("to", ""), states.get(said["letter"], ""))
        for row in await cases.timeline(reader, case)
        if row.kind == "threat"
        for said in [msgspec.msgpack.decode(row.data)]
    ]


@letters.on_end
async def ended(tx: Tx, app: App, letter: LetterRow) -> None:
    """The clock ends when the letter has left the house; one that did not arrive has told nobody:
    the clock runs, and rings, again.
    """
    if letter.purpose != PURPOSE:
        return
    state = await cases.get(tx, letter.number)
    if state is None:
        return
    if letter.state == letters.SENT:
        events = [
            cases.make_event(shapes.ClockDone(clock=clock.id, at=letter.sent_at))
            for clock in cases.clocks(app, state)
            if clock.id in _CLOCKS and clock.done is None
        ]
    else:
        events = [cases.make_event(shapes.LetterFailed(letter=letter.id, purpose=PURPOSE))]
        if state.closed_at is not None:
            events.append(cases.make_event(shapes.Reopened(by="letter")))
        arrived = [
            authority
            for authority in await informed(tx, letter.number)
            if authority.state == letters.SENT
        ]
        # What somebody marked as done by hand, after a call, was not ended by this letter.
        ended_so = [clock for clock in _CLOCKS if state.done.get(clock) == letter.sent_at]
        if not arrived:
            events += [cases.make_event(shapes.ClockAgain(clock=one)) for one in sorted(ended_so)]
    if events:
        await cases.append(tx, app, letter.number, "system", *events)
