"""Canaries: each day a letter to ourselves through every published address, and a filled-in form.
The public pages send them (``outside/canaries.py``); here is what they carry, and what came back.

One that has not come back within ten minutes means that letters of others do not arrive either:
whoever is on call and the director are alarmed (``alerts``), until one comes back.
A canary carries a secret, so that nobody else can call a letter one and have it put aside.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from typing import NamedTuple

from petitbleu import jobs
from petitbleu.app import App
from petitbleu.desk.casework.alerts import service as alerts
from petitbleu.desk.intake import queries as q
from petitbleu.desk.intake.parse import CANARY
from petitbleu.desk.intake.queries import CanaryRow as CanaryRow
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.folding import url64
from petitbleu.jobs import Job
from petitbleu.store.api import Tx

SILENCE = 600
"""Seconds after which one that has not is missed."""
PROVED = 2 * 86_400
"""For how long a canary that came back proves its door."""
FORM = "form"


class CheckCanary(Job, tag="desk.canary.check", frozen=True):
    """Has a canary come back?"""

    token: str


class Flight(NamedTuple):
    """A canary that was sent: through which door, and what went wrong at once, if anything."""

    door: str
    token: str
    fault: str


async def send(app: App, door: str, way: Callable[[App, str, str], Awaitable[None]]) -> Flight:
    """Send one to ``door`` by ``way(app, door, token)``, which raises OSError with a sentence."""
    token = f"{url64(app.random(9))}.{int(app.clock.now())}"
    token = f"{token}.{_sign(app, token)}"
    await app.store.write(_sent, app, token, door)
    fault = ""
    try:
        await way(app, door, token)
    except OSError as error:
        fault = str(error) or type(error).__name__
    if fault:
        await missed(app, token, fault)
    return Flight(door, token, fault)


def _sign(app: App, token: str) -> str:
    return url64(app.secrets.hmac("desk.canary", token.encode())[:12])


async def _sent(tx: Tx, app: App, token: str, door: str) -> None:
    now = int(app.clock.now())
    await tx.run(q.CANARY, token=token, door=door, at=now)
    await jobs.schedule(tx, CheckCanary(token=token), due=now + SILENCE, key=token)


async def post(app: App, address: str, token: str) -> None:
    """Send the letter to one of our addresses."""
    if app.mail is None:
        raise OSError("no mail server is configured ([smtp])")
    message = letter(app, address, token)
    await app.mail.post(message.as_bytes(), address)


def letter(app: App, address: str, token: str) -> EmailMessage:
    """The canary for one address."""
    message = EmailMessage()
    message["To"] = address
    message["Subject"] = f"Canary of {app.config.name}"
    domain = parseaddr(app.config.smtp.sender)[1].rpartition("@")[2] or "petitbleu.invalid"
    message["Message-ID"] = make_msgid(domain=domain)
    message["Date"] = formatdate(app.clock.now())
    message["Auto-Submitted"] = "auto-generated"
    message[CANARY] = token
    message.set_content("This letter proves that letters to this address arrive.\n")
    return message


async def flies(app: App, token: str) -> bool:
    """Whether ``token`` is a canary of the form that was sent and has not come back."""
    if not _ours(app, token):
        return False
    row = await app.store.row(q.CANARY_GET, token=token)
    return row is not None and row.door == FORM and row.seen_at is None


def _ours(app: App, token: str) -> bool:
    body, _, sign = token.rpartition(".")
    return hmac.compare_digest(sign.encode(), _sign(app, body).encode())


async def seen(tx: Tx, app: App, token: str) -> bool:
    """Whether ``token`` is a canary of ours; it has come back then."""
    if not _ours(app, token):
        return False
    row = await tx.row(q.CANARY_GET, token=token)
    if row is None:
        return False
    await tx.row(q.CANARY_SEEN, token=token, at=int(app.clock.now()))
    await jobs.unschedule(tx, CheckCanary, token)
    await alerts.settled(tx, app, _trouble(row.door))
    return True


async def check(app: App, token: str) -> None:
    """Raise the alarm where a canary has not come back."""
    row = await app.store.row(q.CANARY_GET, token=token)
    if row is not None and row.seen_at is None:
        await missed(app, token, f"it has not come back within {SILENCE // 60} minutes")


async def missed(app: App, token: str, why: str) -> None:
    """Alarm those on call and the director: a door is silent. Once for each canary."""
    row = await app.store.row(q.CANARY_GET, token=token)
    if row is not None and await app.store.write(_alarm, app, row):
        app.log.warning("canary missed", door=row.door, reason=why)


async def _alarm(tx: Tx, app: App, row: CanaryRow) -> bool:
    if not await tx.run(q.CANARY_ALARMED, token=row.token):
        return False
    await jobs.unschedule(tx, CheckCanary, row.token)
    what = f"Canary missed: {row.door}"
    await alerts.trouble(tx, app, _trouble(row.door), what, also_director=True)
    return True


def _trouble(door: str) -> str:
    return f"canary {door}"


async def health(app: App) -> list[CanaryRow]:
    """The newest canary of each door."""
    rows = []
    for door in (*app.config.desk.addresses, FORM):
        rows += await app.store.rows(q.CANARIES_OF, door=door)
    return rows


async def problems(app: App) -> list[str]:
    """Doors that no canary has proved in two days, in sentences for ``check``. Of a desk without
    staff only those whose newest canary is lost: nobody has said yet that it is in use.
    """
    staffed = any(person.active for person in await staff.everybody(app, app.store))
    now, lines = app.clock.now(), []
    rows = {row.door: row for row in await health(app)}
    for door in (*app.config.desk.addresses, FORM):
        row = rows.get(door)
        if row is None:
            proved = not staffed
        elif row.seen_at is None:
            proved = well(app, row)
        else:
            proved = now - row.seen_at < PROVED
        if not proved:
            lines.append(f"No canary has proved that letters arrive by: {door}.")
    return lines


def well(app: App, row: CanaryRow) -> bool:
    """The newest canary of a door was seen, or is not late yet."""
    return row.seen_at is not None or app.clock.now() - row.sent_at < SILENCE
