"""Objections in the service chat: which decision is meant, what it says, whether one can object.

What must not be told, what concerns somebody else and what does not exist get the same answer.
"""

from __future__ import annotations

import datetime
import re
import zoneinfo
from typing import Any, NamedTuple

from petitbleu.app import App
from petitbleu.desk.adjudication.appeals import service as appeals
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.adjudication.decisions import suspensions
from petitbleu.desk.adjudication.decisions.service import DecisionRow
from petitbleu.desk.adjudication.decisions.suspensions import MisuseRow
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.casework.parties import service as parties
from petitbleu.desk.casework.secrecy import service as secrecy
from petitbleu.desk.outside import outcomes, plain_measures, progress
from petitbleu.desk.outside.outcomes import Contest
from petitbleu.desk.outside.texts_objecting import say
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation.queries import MeasureRow
from petitbleu.typography import day

_NUMBER = re.compile(r"\bpb[-\s]?\d{4}[-\s]?\d{1,9}(?:-m?\d{1,3})?\b", re.IGNORECASE)
DECISION = "decision"
"""What answers to a statement are about: the word of ``decisions.notifications``."""
_DAYS = 14
_MOST_SAID = 2500
"""Characters of a decision that an answer repeats."""


class Told(NamedTuple):
    """A decision or a suspension that was told to somebody: what it said, and whether they can
    object; ``number``: as people read it, ``about``: what answers to our answer are about.
    """

    row: DecisionRow | MisuseRow
    number: str
    about: list[str | int]
    said: list[str]
    contest: Contest | None


def written(text: str) -> str:
    """The first number in a message, as people write it; "" where it names none."""
    match = _NUMBER.search(text)
    return re.sub(r"\s", "-", match[0]).upper() if match is not None else ""


async def decision(app: App, account: int, number: str) -> Told | None:
    """The decision of a number, of a case (its newest that stands) or of a measure; None where
    nothing of it was told to the account.
    """
    wanted = decisions.parse_number(number)
    row = await decisions.get(app.store, wanted) if wanted is not None else None
    case = case_numbers.parse(number) if wanted is None else None
    if case is not None:
        row = await _of_case(app, account, case) or await _of_measure(app, account, case)
    return await load_told(app, account, row) if row is not None else None


async def _of_case(app: App, account: int, case: int) -> DecisionRow | None:
    home = await cases.find(app.store, f"report:{case}") or case
    rows = await decisions.of_case(app.store, home)
    standing = [row for row in rows if row.undone_at is None and not row.replaced_by]
    for row in reversed(standing or rows):
        if any(
            statement.account == account
            for statement in await decisions.statements(app.store, row.number)
        ):
            return row
    return None


async def _of_measure(app: App, account: int, measure: int) -> DecisionRow | None:
    for row in await decisions.concerning(app.store, account):
        if any(one.measure == measure for one in decisions.measures_of(row)):
            return row
    return None


async def load_told(app: App, account: int, row: DecisionRow) -> Told | None:
    """What an account was told of a decision; None: nothing, or nothing it may be told now."""
    if await outcomes.is_hidden(app, row, account):
        return None
    said = await outcomes.statements_to(app, row, account)
    if not said:
        return None
    texts = [f"{statement.subject}\n\n{statement.text}".strip() for statement in said]
    contest = await outcomes.contest(app, row, account)
    number = decisions.number_text(row.number)
    return Told(row, number, [DECISION, row.number], texts, contest)


async def suspension(app: App, account: int, number: str) -> Told | None:
    """A suspension for misuse that was told to the account."""
    named = suspensions.parse(number)
    row = await suspensions.get(app.store, *named) if named is not None else None
    if row is None or not account or suspensions.account(row) != account:
        return None
    if not (await secrecy.of_case(app.store, app, row.number)).open:
        return None
    purpose = suspensions.purpose(row.kind, row.at)
    said = [
        f"{statement.subject}\n\n{statement.text}".strip()
        for statement in await suspensions.statements_to_person(app.store, row)
        if statement.purpose == purpose and statement.told_at is not None
    ]
    if not said:
        return None
    window, complaint = appeals.open_until(app, row), await appeals.objection(app.store, row)
    written = suspensions.text(row.number, row.nth)
    key = suspensions.key(app, row.number, row.nth, row.who)
    lodged = complaint.number if complaint is not None else 0
    url = f"/decision/{written}/contester?key={key}"
    contest = Contest(0, window.until, window.open, lodged, url)
    return Told(row, written, [suspensions.SUSPENSION, written], said, contest)


def describe(app: App, lang: str, found: Told) -> str:
    """What the decision says, and how to object to it."""
    number = found.number
    said = "\n\n".join(found.said)
    if len(said) > _MOST_SAID:
        said = said[:_MOST_SAID].rstrip() + "…"
    text = say(lang, "said", number=number, said=said)
    contest = found.contest
    if contest is None:
        return text + say(lang, "gone", number=number)
    if contest.number:
        complaint = case_numbers.text(contest.number)
        return text + say(lang, "again", decision=number, number=complaint)
    if not contest.open:
        return text + _late(app, lang, number, contest)
    if app.config.public_url:
        text += say(lang, "link", url=joining.base_url(app) + contest.url)
    return text + say(lang, "here", until=_day(app, lang, contest.until))


def _day(app: App, lang: str, at: int) -> str:
    zone = zoneinfo.ZoneInfo(app.config.timezone)
    return day(lang, datetime.datetime.fromtimestamp(at, zone).date())


def _late(app: App, lang: str, number: str, contest: Contest) -> str:
    return say(lang, "late", number=number, until=_day(app, lang, contest.until))


# ── objecting ───────────────────────────────────────────────────────────────────────────────────


async def lodge(app: App, lang: str, account: int, found: Told, text: str) -> str:
    """Object to a decision or a suspension: what is answered."""
    number, contest, row = found.number, found.contest, found.row
    if contest is None:
        return say(lang, "gone", number=number)
    if contest.number:  # also once it is too late for a first one
        return await confirmed(app, lang, number, contest.number, text, again=True)
    if not contest.open:
        return _late(app, lang, number, contest)
    words: dict[str, Any] = {"email": "", "text": text, "language": lang, "least": 1}
    try:
        if isinstance(row, MisuseRow):
            done = await appeals.object_to(app, row, **words)
        else:
            done = await appeals.lodge(app, row, account, **words)
    except appeals.Refused:  # undone, or over, while they wrote
        return say(lang, "gone", number=number)
    return await confirmed(app, lang, number, done.number, text, again=done.again)


async def confirmed(
    app: App, lang: str, about: str, complaint: int, text: str, *, again: bool
) -> str:
    """The number of a complaint; what is written a second time is added to it."""
    key = "lodged"
    if again:
        more = len(text.split()) > 1 and await appeals.add(app, complaint, text)
        key = "added" if more else "again"
    said = say(lang, key, decision=about, number=case_numbers.text(complaint), days=_DAYS)
    if app.config.public_url:
        said += "\n\n" + say(lang, "follow", url=parties.follow(app, complaint))
    return said


async def lodge_plain(app: App, lang: str, account: int, row: MeasureRow, text: str) -> str:
    """Object to a measure that was taken without the desk: what is answered."""
    done = await plain_measures.lodge(app, account, row, text, lang)
    about = case_numbers.text(row.number)
    return await confirmed(app, lang, about, done.number, text, again=done.again)


# ── what is no decision ─────────────────────────────────────────────────────────────────────────


async def measure(app: App, account: int, number: str) -> MeasureRow | None:
    """A measure that was taken without the desk, where it concerns the account."""
    parsed = case_numbers.parse(number)
    return await plain_measures.concerning(app, account, parsed) if parsed is not None else None


def describe_measure(lang: str, row: MeasureRow) -> str:
    """What a measure without a decision says, and how to object."""
    number = case_numbers.text(row.number)
    return say(lang, "said", number=number, said=row.reason) + say(lang, "answer")


async def standing(app: App, lang: str, account: int, number: str) -> str:
    """Where a report or complaint of this person stands; "" where it is none of theirs."""
    wanted = case_numbers.parse(number)
    if wanted is None:
        return ""
    complaint = await appeals.get(app.store, wanted)
    if complaint is not None and complaint.account == account:
        key, home = "complaint", wanted
    else:
        if not await plain_measures.is_reporter(app, account, wanted):
            return ""
        key, home = "report", await cases.find(app.store, f"report:{wanted}") or 0
        if not home:
            return say(lang, "admins", number=case_numbers.text(wanted))
    state = await cases.get(app.store, home) if home else None
    if state is None:
        return ""
    step = await _step(app, state)
    said = say(lang, key, number=case_numbers.text(wanted), step=say(lang, step))
    if app.config.public_url:
        said += "\n\n" + say(lang, "follow", url=parties.follow(app, wanted))
    return said


async def _step(app: App, state: CaseState) -> str:
    """One of ``progress.STEPS``; that it was decided only where that may be told."""
    step = progress.step_of(state)
    if step == progress.DECIDED and not (await secrecy.verdict_of(app.store, app, state)).open:
        return progress.REVIEW
    return step
