"""Mail by the clock: two digests a day for staff, and the weekly proof of reading for the director.

Digests stand in place of one mail per report; whoever has nothing to do gets none. The proof goes
out even when all is well: its absence is a sign, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from petitbleu.app import App
from petitbleu.desk.casework.alerts import queries as q
from petitbleu.desk.casework.alerts import watch
from petitbleu.desk.casework.alerts.sending import link
from petitbleu.desk.casework.alerts.texts import left, line, text
from petitbleu.desk.casework.cases import queues
from petitbleu.desk.casework.cases.service import Brief
from petitbleu.desk.reference.law import service as law
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.desk.staffing.staff.service import Staff
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Tx
from petitbleu.typography import day, span

HOURS = (8, 16)
"""Local hours of the two digests."""
PROOF_DAY = 0
"""Monday, at the first of the two hours, about the seven days before."""
MAX_DELAY = 6 * 3600
"""A digest that is later than this (the server was down) is left out; a proof never is."""
LINES = 20
BEGUN = "begun"
"""The mark of the first start."""


class Slot(NamedTuple):
    """A mail by the clock: its name, when it is due, whom it goes to."""

    name: str
    at: int
    proof: bool


def due_slots(now: int, zone: str) -> list[Slot]:
    """The newest digest and the newest proof whose time has come."""
    local = datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(zone))
    days = [local.date() - timedelta(days=back) for back in range(8)]
    digests = [_at(day, hour, zone) for day in days[:2] for hour in HOURS]
    proofs = [_at(day, HOURS[0], zone) for day in days if day.weekday() == PROOF_DAY]
    last = max(at for at in digests if at <= now)
    proof = max(at for at in proofs if at <= now)
    slots = [Slot(f"proof {proof}", proof, True)]
    if now - last < MAX_DELAY:
        slots.append(Slot(f"digest {last}", last, False))
    return slots


def _at(day: date, hour: int, zone: str) -> int:
    return int(datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(zone)).timestamp())


async def send_due(app: App) -> None:
    """Send what is due and has not been sent; a mail that fails is tried again at the next look."""
    if app.mail is None:
        return
    begun = await app.store.row(q.MARKED, name=BEGUN)
    for slot in due_slots(int(app.clock.now()), app.config.timezone):
        if begun is None or slot.at < (begun.at or 0):
            continue  # nothing is told about the time before there was a desk
        for reader in await _readers(app, proof=slot.proof):
            mark = f"{slot.name} {reader.address}"
            if await app.store.row(q.MARKED, name=mark) is not None:
                continue
            written = await (_proof if slot.proof else _digest)(app, reader, slot.at)
            if written is not None:
                try:
                    await app.mail.send(reader.address, *written)
                except OSError as error:
                    app.log.warning("desk.digest_failed", reason=str(error))
                    continue
            await app.store.write(begin, mark, int(app.clock.now()))


async def begin(tx: Tx, name: str, at: int) -> None:
    """Remember that ``name`` was done; the first time counts."""
    await tx.run(q.MARK, name=name, at=at)


class Reader(NamedTuple):
    """Who gets a mail by the clock; ``staff`` 0: an address of the settings."""

    address: str
    language: str
    staff: int


async def _readers(app: App, *, proof: bool) -> list[Reader]:
    everybody = [
        person for person in await staff.everybody(app, app.store) if person.active and person.email
    ]
    chosen = [person for person in everybody if _wants(person, proof=proof)]
    readers = [Reader(person.email, person.language, person.id) for person in chosen]
    desk = app.config.desk
    settings = (desk.director,) if proof else (desk.lead,)
    known = {reader.address.lower() for reader in readers}
    language = app.config.languages[0] if app.config.languages else "en"
    return readers + [
        Reader(address, language, 0)
        for address in settings
        if address and address.lower() not in known
    ]


def _wants(one: Staff, *, proof: bool) -> bool:
    return "director" in one.roles if proof else one.may("take")


async def _digest(app: App, reader: Reader, at: int) -> tuple[str, str] | None:
    """Subject and text; None where nothing is open."""
    figures = await watch.figures(app)
    if not figures.open:
        return None
    language = reader.language
    mine: list[Brief] = []
    if reader.staff:
        mine = await queues.page(app, queues.Filter(owner=reader.staff), limit=LINES)
    following = await queues.page(app, queues.Filter(), limit=LINES)
    second = await queues.count(app, queues.Filter(state="awaiting_second"))
    subject = text(
        language, "digest.subject", open=figures.open, late=figures.late, soon=figures.due_soon
    )
    return subject, text(
        language,
        "digest.body",
        unread=figures.unread,
        without_owner=figures.without_owner,
        soon=figures.due_soon,
        late=figures.late,
        second=second,
        mine=_listed(app, language, "digest.mine", mine),
        next=_listed(app, language, "digest.next", following),
        link=link(app, 0),
    )


def _listed(app: App, language: str, key: str, rows: Sequence[Brief]) -> str:
    if not rows:
        return ""
    return text(language, key, lines="\n".join(_line(app, language, row) for row in rows))


def _line(app: App, language: str, row: Brief) -> str:
    number = case_numbers.text(row.number)
    remaining = left(language, row.due, int(app.clock.now()))
    known = law.load_law(app)
    clock = law.clock(known, row.due_clock, language) if row.due_clock else ""
    return line(number, remaining, law.kind(known, row.kind, language), clock)


async def _proof(app: App, reader: Reader, at: int) -> tuple[str, str]:
    """What arrived in the week before ``at``, when it was first looked at, what is late."""
    language, now, zone = reader.language, int(app.clock.now()), app.config.timezone
    since, known = _week_before(at, zone), law.load_law(app)
    arrived = await app.store.scan(q.ARRIVED, since=since, until=at)
    looks = await app.store.scan(q.LOOKS, since=since, until=at)
    waits = sorted(
        look.looked_at - look.received_at for look in looks if look.looked_at is not None
    )
    waiting = [look.received_at for look in looks if look.looked_at is None]
    figures = await watch.figures(app)
    late = await queues.page(app, queues.Filter(due_before=now), limit=LINES)
    alarms = await app.store.rows(q.FIGURES, since=since, until=at)
    subject = text(
        language,
        "proof.subject",
        first=_day(language, since, zone),
        last=_day(language, at - 1, zone),
    )
    return subject, text(
        language,
        "proof.body",
        arrived=sum(row.total for row in arrived),
        kinds="\n".join(
            f"  {row.total:>6}  {law.kind(known, row.kind, language)}" for row in arrived
        ),
        median=_wait(language, waits, 50),
        p90=_wait(language, waits, 90),
        worst=_wait(language, waits, 100),
        unread=len(waiting),
        oldest=span(language, now - min(waiting)) if waiting else text(language, "never"),
        open=figures.open,
        without_owner=figures.without_owner,
        late=figures.late,
        late_lines="".join(f"  {_line(app, language, row)}\n" for row in late),
        raised=alarms[0].raised,
        heard=alarms[0].heard,
        link=link(app, 0),
    )


def _wait(language: str, waits: Sequence[int], percent: int) -> str:
    if not waits:
        return text(language, "never")
    return span(language, waits[max(-(-len(waits) * percent // 100) - 1, 0)])


def _week_before(at: int, zone: str) -> int:
    local = datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(zone))
    return _at(local.date() - timedelta(days=7), local.hour, zone)


def _day(language: str, at: int, zone: str) -> str:
    return day(language, datetime.fromtimestamp(at, ZoneInfo(zone)))
