"""All that a decision needs, gathered and checked before its transaction."""

from __future__ import annotations

import datetime
import hashlib
import zoneinfo
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from petitbleu.app import App
from petitbleu.desk.adjudication.decisions import form as forms
from petitbleu.desk.adjudication.decisions import kinds, resolve
from petitbleu.desk.adjudication.decisions import payload as payloads
from petitbleu.desk.adjudication.decisions import queries as q
from petitbleu.desk.adjudication.decisions.form import ACTS, FieldError, Form, Wanted, Wrong
from petitbleu.desk.adjudication.decisions.queries import Done
from petitbleu.desk.adjudication.decisions.resolve import Item
from petitbleu.desk.adjudication.eu_database import service as eu_database
from petitbleu.desk.adjudication.evidence import access
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases import targets as case_targets
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.casework.secrecy import service as secrecy
from petitbleu.desk.intake import service as intake
from petitbleu.desk.reference.directory import service as directory
from petitbleu.desk.reference.law import service as law
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.domain.publishing.comments import service as comments
from petitbleu.domain.restrictions.service import SENSITIVE
from petitbleu.domain.safety.moderation import measures, reports
from petitbleu.domain.safety.moderation import service as moderation
from petitbleu.domain.safety.moderation.effects import Order, Refused

_TCO_SECRECY_DAYS = 42
"""Six weeks, renewable by another decision (2021/784 Article 11(3))."""
_EU_COUNTRIES = 27


class Person(NamedTuple):
    """Somebody whom a decision concerns, or who reported. ``id`` negative: a guest, who has no
    account and is told by e-mail alone.
    """

    id: int
    language: str
    email: str
    names: tuple[str, ...]


class Target(NamedTuple):
    """One measure with what it is about."""

    wanted: Wanted
    item: Item
    ready: measures.Prepared


class Left(NamedTuple):
    """A target without a measure; ``item``: what is there, if anything is."""

    said: forms.Unmet
    item: Item


class Plan(NamedTuple):
    """A decision that was found sensible. Times are Unix seconds."""

    case: CaseState
    form: Form
    print: bytes
    at: int
    today: datetime.date
    actor: str
    second: str
    clocks: list[law.Clock]
    targets: list[Target]
    unmet: list[Left]
    """Targets of the order without a measure."""
    people: list[Person]
    reporters: list[Person]
    operator: directory.Operator
    left_out: str
    tell_at: int
    """When the people concerned may be told."""
    answers: str
    """Message-ID of the letter that opened the case; empty: it came another way."""
    leave_at: int
    """When letters may leave the house: after the time for undoing."""


def print_of(case: int, actor: str, form: Form, corrects: int) -> bytes:
    """What a command said; the same command must always say this."""
    said = msgspec.msgpack.encode([case, actor, msgspec.to_builtins(form), corrects])
    return hashlib.sha256(said).digest()


def today(app: App) -> datetime.date:
    """The operator's date."""
    return _date(app, app.clock.now())


def _date(app: App, at: float) -> datetime.date:
    zone = zoneinfo.ZoneInfo(app.config.timezone)
    return datetime.datetime.fromtimestamp(at, zone).date()


def morning(app: App, text: str) -> int:
    """The first second of a day."""
    zone = zoneinfo.ZoneInfo(app.config.timezone)
    start = datetime.datetime.combine(datetime.date.fromisoformat(text), datetime.time(), zone)
    return int(start.timestamp())


async def plan(
    app: App,
    actor: str,
    case: CaseState,
    form: Form,
    *,
    command: str,
    second: str,
    corrects: int = 0,
) -> Plan:
    """Check everything. Raises Wrong with all field errors found."""
    day = today(app)
    errors = forms.check(form, day)
    errors += _telling(app, case, form, day)
    if form.outcome in (forms.IMPOSSIBLE, forms.REFUSED) and case.kind not in (
        kinds.ORDERS | kinds.REQUESTS
    ):
        errors.append(FieldError("outcome", "not_order", {}))
    before = await _before(app, corrects)
    items = await _items(app, case, form, before.done, errors)
    errors += _scope(case, form)
    unmet = await _unmet(app, form, errors)
    errors += await _without_outcome(app, case, form, items, unmet)
    errors += await _second(app, actor, second, form, items, before.second)
    if errors:
        raise Wrong(errors)
    told = may_tell(app, case, form, actor, second).open
    targets = await _targets(app, actor, form, items, command, before.done, named=told)
    people = await persons(app, (person for item in items for person in item.people))
    operator = await directory.operator(app.store, app)
    clocks, now = cases.clocks(app, case), int(app.clock.now())
    held = 0 if kinds.urgent(clocks) else kinds.UNDO_SECONDS
    return Plan(
        case=case,
        form=form,
        print=print_of(case.number, actor, form, corrects),
        at=now,
        today=day,
        actor=actor,
        second=second,
        clocks=clocks,
        targets=targets,
        unmet=unmet,
        people=people,
        reporters=await reporters(app, case),
        operator=operator,
        left_out=await _left_out(app, case, form, items, people, operator),
        tell_at=max(now, morning(app, form.delay_until)) if form.delay_until else now,
        answers=await first_letter(app, case),
        leave_at=now + held,
    )


class _Before(NamedTuple):
    """The decision that this one takes the place of: what it did, and who agreed to it."""

    done: tuple[Done, ...] = ()
    second: str = ""


async def _before(app: App, corrects: int) -> _Before:
    row = await app.store.row(q.GET, number=corrects)
    if row is None:
        return _Before()
    return _Before(tuple(msgspec.msgpack.decode(row.measures, type=list[Done])), row.second)


# ── checks against the case ─────────────────────────────────────────────────────────────────────


_PARTS = {"until": "delay_until", "clause": "delay_clause", "permission": "tell_permission"}
"""Parts of an answer as the form calls them."""
_CODES = {"permission": "tell.permission", "clause_before": "secrecy"}


def telling(form: Form) -> secrecy.Answer:
    """What the form answers to the question whether people may be told."""
    return secrecy.Answer(
        forms.answered(form),
        form.delay_until,
        form.tell_permission,
        form.delay_clause,
        form.criminal == "yes",
    )


def may_tell(app: App, case: CaseState, form: Form, actor: str, second: str) -> secrecy.Verdict:
    """Whether people may be told once the form is decided on."""
    after = msgspec.convert(msgspec.to_builtins(case), CaseState)
    if secrecy.is_asked(case):
        now = int(app.clock.now())
        for event in secrecy.events(app, case, telling(form), actor, second):
            cases.foresee(after, event, now)
    return secrecy.verdict(app, after)


def _telling(app: App, case: CaseState, form: Form, day: datetime.date) -> list[FieldError]:
    """Whether people may be told is answered as the law allows; of what no authority asked for
    letters do not wait."""
    given = telling(form)
    if not secrecy.is_asked(case):
        waits = given.tell in ("date", "release", "unknown")
        field = "delay_until" if form.delay_until else "tell"
        return [FieldError(field, "secrecy.order", {})] if waits else []
    wrong = [
        FieldError(_PARTS[problem.part], _CODES[problem.refused.code], problem.refused.words)
        for problem in secrecy.check(app, case, given)
        if problem.refused.code in _CODES  # the form has found the others itself
    ]
    until = forms.day(form.delay_until) if form.delay_until else None
    if wrong or until is None:
        return wrong
    late = day + datetime.timedelta(days=_TCO_SECRECY_DAYS)
    if case.kind == kinds.TCO and until is not None and until > late:
        return [FieldError("delay_until", "secrecy.tco", {"value": str(late)})]
    return []


def _scope(case: CaseState, form: Form) -> list[FieldError]:
    """An order that names countries binds there alone (Article 9(2)(b) DSA)."""
    scope = set(case.territorial_scope)
    if case.kind not in kinds.ORDERS or case.kind == kinds.TCO or form.ground != forms.ILLEGAL:
        return []
    if not scope or "EU" in scope or len(scope) >= _EU_COUNTRIES:
        return []
    return [
        FieldError(f"measures.{at}.countries", "outside", {"value": ", ".join(sorted(scope))})
        for at, wanted in enumerate(form.measures)
        if wanted.kind in ACTS
        and ACTS[wanted.kind].order in ("remove", "withhold")
        and not (wanted.countries and set(wanted.countries) <= scope)
    ]


async def _second(
    app: App, actor: str, second: str, form: Form, items: list[Item], before: str
) -> list[FieldError]:
    """Two people close an account, decide about a large chat, and take the place of what two
    decided.
    """
    if second and second == actor:
        return [FieldError("measures", "second.same", {})]
    if second:
        return []
    large = [
        chat
        for wanted, item in zip(form.measures, items, strict=False)
        if wanted.kind in ACTS and ACTS[wanted.kind].on == "chat" and item.peer < 0
        if (chat := await chats.get(app, item.peer)) is not None
        and chat.members >= app.config.moderation.semi_public_members
    ]
    closes = any(measure.kind == "close" for measure in form.measures)
    return [FieldError("measures", "second", {})] if closes or large or before else []


# ── what is meant ───────────────────────────────────────────────────────────────────────────────


async def _items(
    app: App, case: CaseState, form: Form, before: Sequence[Done], errors: list[FieldError]
) -> list[Item]:
    items = []
    for at, wanted in enumerate(form.measures):
        act = ACTS.get(wanted.kind)
        item = await resolve.again(app, wanted.item, before) if wanted.item else None
        if act is None or item is None:
            item = item or Item(wanted.item)
            if wanted.item and not item.what:
                errors.append(await _missing(app, case, f"measures.{at}.item", wanted.item))
        elif not _fits(act.on, item):
            errors.append(FieldError(f"measures.{at}.item", "unfit", {"value": wanted.item}))
        if act is not None and act.on == "member" and wanted.member:
            member = await resolve.resolve(app, wanted.member)
            if member is None or member.what != resolve.ACCOUNT:
                code = {"value": wanted.member}
                errors.append(FieldError(f"measures.{at}.member", "unknown", code))
            else:
                item = item._replace(people=(member.peer,))
        items.append(item)
    return items


async def _missing(app: App, case: CaseState, field: str, written: str) -> FieldError:
    """Nothing is there: whether something was, when the case was filed, and who wrote it."""
    copy = case.sealed.get(written.strip())
    if copy is None:
        return FieldError(field, "unknown", {"value": written})
    author = await access.sealed_author(app, copy)
    code = "gone_author" if author else "gone"
    return FieldError(field, code, {"value": written, "author": str(author)})


_NAMED = 5
"""Targets without an outcome that an error names."""


async def _unmet(app: App, form: Form, errors: list[FieldError]) -> list[Left]:
    """Targets without a measure. Where something is there, “not found” is a mistake."""
    unmet = []
    for measure in forms.unmet(form):
        item = await resolve.resolve(app, measure.written)
        if item is not None and item.since and not measure.why:
            errors.append(FieldError("not_found", "targets.here", {"value": measure.written}))
        unmet.append(Left(measure, item or Item(measure.written)))
    return unmet


async def _without_outcome(
    app: App, case: CaseState, form: Form, items: list[Item], unmet: list[Left]
) -> list[FieldError]:
    """An order is carried out when each of its targets has an outcome: its clocks end for all."""
    if case.kind not in kinds.ORDERS or form.outcome != forms.MEASURES or len(case.targets) < 2:
        return []
    given = [*items, *(one.item for one in unmet)]
    written = {one.written.strip() for one in given}
    parsed = {case_targets.parse(text) for text in written} - {None}
    meant = {(one.what, one.peer, one.messages) for one in given if one.what}
    left = []
    for target in case.targets:
        if target.strip() in written or case_targets.parse(target) in parsed:
            continue
        item = await resolve.resolve(app, target)
        whole = item is not None and (resolve.CHAT, item.peer, ()) in meant
        if item is None or not (whole or (item.what, item.peer, item.messages) in meant):
            left.append(target)
    if not left:
        return []
    shown = ", ".join(left[:_NAMED]) + (", …" if len(left) > _NAMED else "")
    return [FieldError("measures", "targets.left", {"value": shown})]


def _fits(on: str, item: Item) -> bool:
    return item.what == (resolve.CHAT if on == "member" else on)


async def _targets(
    app: App,
    actor: str,
    form: Form,
    items: list[Item],
    command: str,
    before: Sequence[Done],
    *,
    named: bool,
) -> list[Target]:
    targets, ending = [], [measure.measure for measure in before]
    for at, (wanted, item) in enumerate(zip(form.measures, items, strict=True)):
        order = _order(app, actor, form, wanted, item, f"{command}.{at}", named=named)
        try:
            ready = await measures.prepare(app, order, returning=ending)
        except Refused as error:
            raise Wrong([FieldError(f"measures.{at}", "refused", {"why": error})]) from None
        targets.append(Target(wanted, item, ready))
    return targets


def _order(
    app: App, actor: str, form: Form, wanted: Wanted, item: Item, command: str, *, named: bool
) -> Order:
    """``named``: people may be told; else the standing sentence stands in the content's place."""
    act = ACTS[wanted.kind]
    until = 0
    if wanted.until:
        after = datetime.date.fromisoformat(wanted.until) + datetime.timedelta(days=1)
        until = morning(app, str(after))
    return Order(
        command=command,
        kind=act.order,
        actor=actor,
        reason=form.why,
        subject=item.peer,
        member=item.people[0] if act.on == "member" else 0,
        owner=item.owner,
        messages=item.messages,
        countries=tuple(wanted.countries),
        label=SENSITIVE if wanted.kind == "age_limit" else wanted.label,
        shown=wanted.shown if named else "",
        until=until,
        report=item.report,
        quiet=True,  # the desk's own letters say more
    )


# ── people ──────────────────────────────────────────────────────────────────────────────────────


async def persons(app: App, ids: Iterable[int]) -> list[Person]:
    """Those of these accounts that are people and there, and guests (negative numbers)."""
    given = list(dict.fromkeys(ids))
    wanted = [number for number in given if number > 0]
    guests = await comments.guests(app, app.store, given)
    people = [
        Person(guest.number, guest.language, guest.email, (guest.name,))
        for guest in guests.values()
    ]
    rows = await accounts.get_many(app, wanted)
    handles = await usernames.load_usernames(app.store, wanted)
    return people + [
        Person(
            row.id,
            row.lang or app.config.languages[0],
            row.email or "",
            _names(row, handles.get(row.id, "")),
        )
        for one in wanted
        if (row := rows.get(one)) is not None
        and row.kind == accounts.PERSON
        and row.deleted_at is None
    ]


def _names(row: accounts.AccountRow, handle: str) -> tuple[str, ...]:
    whole = f"{row.first_name} {row.last_name}".strip()
    return tuple(name for name in (whole, row.last_name, handle) if name)


async def reporters(app: App, case: CaseState) -> list[Person]:
    """Who reported it from inside."""
    rows = [await reports.get(app, number) for number in case.reports]
    return await persons(app, (row.reporter for row in rows if row is not None))


async def first_letter(app: App, case: CaseState) -> str:
    """Message-ID of the sender's first letter: ours stand in the same thread."""
    for row in await intake.of_case(app.store, case.number):
        if row.message_id and row.sender == case.sender:
            return row.message_id
    return ""


# ── the EU database ─────────────────────────────────────────────────────────────────────────────


async def _left_out(
    app: App,
    case: CaseState,
    form: Form,
    items: list[Item],
    people: list[Person],
    operator: directory.Operator,
) -> str:
    if form.outcome != forms.MEASURES:
        return eu_database.NO_RESTRICTION
    if case.kind in kinds.ORDERS:
        return eu_database.ORDER
    if form.short_path == "yes":
        return eu_database.BULK
    if operator.micro_or_small:
        return eu_database.MICRO
    if not operator.online_platform or await _private(app, items):
        return eu_database.NOT_PLATFORM
    if not payloads.territory(form):
        return eu_database.OUTSIDE
    return "" if people else eu_database.NO_CONTACT


async def _private(app: App, items: list[Item]) -> bool:
    """Whether all of it lies in private chats: hosting, not a platform (recital 14 DSA)."""
    for item in items:
        if item.what == resolve.ACCOUNT:
            return False
        chat = await chats.get(app, item.peer) if item.peer < 0 else None
        if chat is not None:
            surface = await moderation.surface_of(app, chat)
            if surface.level != moderation.PRIVATE:
                return False
    return True
