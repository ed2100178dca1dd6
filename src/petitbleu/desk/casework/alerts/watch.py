"""Watching the desk itself: figures for the health page and Prometheus; is anybody there, and do
letters leave?
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from petitbleu.app import App, Part
from petitbleu.desk.casework.alerts import queries as q
from petitbleu.desk.casework.alerts import service
from petitbleu.desk.casework.cases import queues
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.reference.law import service as law
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.metrics import Gauge
from petitbleu.store.api import Tx

ABSENCE = 86_400
"""Seconds without anybody of the staff, while clocks run, until the alarm."""

_FRESH = 120
MAIL_PATIENCE = 300
"""Seconds that a letter may wait for the mail server until the alarm."""


class Figures(NamedTuple):
    """The desk at one moment; counts of open cases, nothing of their content."""

    at: int
    open: int
    unread: int
    oldest_unread: int | None
    """When it arrived."""
    without_owner: int
    due_soon: int
    late: int
    oldest_late: int | None
    """When its clock ended."""
    running: int
    """Open cases with a date."""
    oldest_running: int | None
    """When the oldest of them arrived."""
    ringing: int
    """Alarms nobody has acknowledged."""


async def figures(app: App) -> Figures:
    """Count."""
    now = int(app.clock.now())
    (rows,) = await app.store.scan(q.DESK, now=now, soon=now + queues.SOON)
    ringing = await app.store.rows(q.RINGING)
    return Figures(now, *rows, ringing[0].total)


FIGURES: Part[Figures | None] = Part(lambda _: None)
"""Of the last look."""


async def lately(app: App) -> Figures:
    """The figures of the last look, or new ones where that is long ago."""
    latest = app.parts[FIGURES]
    if latest is None or latest.at + _FRESH < app.clock.now():
        latest = app.parts[FIGURES] = await figures(app)
    return latest


async def look(app: App) -> None:
    """Renew the figures, and see whether anybody is there."""
    latest = app.parts[FIGURES] = await figures(app)
    waiting = await letters.waiting(app)
    await app.store.write(_absence, app, latest)
    await app.store.write(_mail, app, waiting.oldest)


async def _mail(tx: Tx, app: App, oldest: int | None) -> None:
    """Receipts, answers and statements count from when they have left: none may be stuck."""
    if oldest is not None and oldest + MAIL_PATIENCE <= app.clock.now():
        await service.trouble(tx, app, "mail", "mail_stuck")
    else:
        await service.settled(tx, app, "mail")


async def _absence(tx: Tx, app: App, found: Figures) -> None:
    now = int(app.clock.now())
    since = max(await staff.last_seen(tx), found.oldest_running or now)
    if found.running and since + ABSENCE <= now:
        await service.trouble(tx, app, "absence", "absence", also_director=True)
    else:
        await service.settled(tx, app, "absence")


def gauges(app: App) -> Iterator[Gauge]:
    """For Prometheus, as of the last look (every minute): no case and no person in it."""
    latest = app.parts[FIGURES]
    if latest is None:
        return
    yield Gauge("desk_cases_open", "Open cases", latest.open)
    yield Gauge("desk_cases_unread", "Open cases nobody has looked at", latest.unread)
    yield Gauge("desk_cases_without_owner", "Open cases without owner", latest.without_owner)
    yield Gauge("desk_cases_due_soon", "Open cases due within 24 hours", latest.due_soon)
    yield Gauge("desk_cases_late", "Open cases whose clock is over", latest.late)
    yield Gauge("desk_alarms_ringing", "Alarms nobody has acknowledged", latest.ringing)
    oldest = 0 if latest.oldest_unread is None else latest.at - latest.oldest_unread
    yield Gauge("desk_oldest_unread_seconds", "Age of the oldest unread case", oldest)
    late = 0 if latest.oldest_late is None else latest.at - latest.oldest_late
    yield Gauge("desk_most_late_seconds", "How late the most late case is", late)


async def problems(app: App) -> list[str]:
    """Clocks that are late and alarms that nobody has answered, in sentences for ``check``."""
    latest = await figures(app)
    lines = []
    if latest.late:
        lines.append(f"Cases of the desk whose clock is over: {latest.late}.")
    if latest.ringing:
        lines.append(f"Alarms of the desk that nobody has answered: {latest.ringing}.")
    return lines


async def health(app: App) -> list[str]:
    """Sentences for the health page and ``petitbleu check``."""
    lines = [f"Law data: {fault}" for fault in law.load_law(app).faults]
    latest = await lately(app)
    if not latest.open:
        return [*lines, "The desk has no open case."]
    late = "no clock is late"
    if latest.late and latest.oldest_late is not None:
        hours = (latest.at - latest.oldest_late) // 3600
        late = f"{latest.late} clocks are late, the first by {hours} hours"
    lines.append(f"The desk has {latest.open} open cases, {latest.unread} unread; {late}.")
    if not await _anybody(app):
        lines.append(
            "Alarms of the desk reach nobody: set on_call, lead and director in [desk], or invite"
            " staff."
        )
    return lines


async def _anybody(app: App) -> bool:
    desk = app.config.desk
    if desk.on_call or desk.lead or desk.director or desk.webhook_url:
        return True
    return any(person.active for person in await staff.everybody(app, app.store))


def advice(app: App) -> list[str]:
    """What is missing for alarms, said at the start."""
    if app.mail is None and not app.config.desk.webhook_url:
        return [
            "Alarms of the desk have no way out: set [smtp] host and sender, or [desk] webhook_url."
        ]
    return []
