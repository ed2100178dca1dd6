"""Canaries: each day a letter to ourselves through every published address, and a filled-in form.

One that has not come back within ten minutes means that letters of others do not arrive either:
a case of its own is opened, which alarms like an order does, and the director is written to.
A canary carries a secret, so that nobody else can call a letter one and have it put aside.
"""

from __future__ import annotations

import hmac
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from typing import NamedTuple

from petitbleu import jobs
from petitbleu.app import App
from petitbleu.desk.cases import service as cases
from petitbleu.desk.intake import queries as q
from petitbleu.desk.intake.parse import CANARY
from petitbleu.desk.intake.queries import CanaryRow
from petitbleu.folding import url64
from petitbleu.store.api import Tx

CHECK = "desk.canary.check"
"""The job that looks whether a canary came back."""
SILENCE = 600
"""Seconds after which one that has not is missed."""
FORM = "form"


class Flight(NamedTuple):
    """A canary that was sent: through which door, and what went wrong at once, if anything."""

    door: str
    token: str
    fault: str


async def run(app: App) -> list[Flight]:
    """Send one through every published address and the form."""
    flights = []
    for door in (*app.config.desk.addresses, FORM):
        token = f"{url64(app.random(9))}.{int(app.clock.now())}"
        token = f"{token}.{_sign(app, token)}"
        await app.store.write(_sent, app, token, door)
        fault = ""
        try:
            await (_fill_in(app, token) if door == FORM else _post(app, door, token))
        except OSError as error:
            fault = str(error) or type(error).__name__
        if fault:
            await missed(app, token, fault)
        flights.append(Flight(door, token, fault))
    return flights


def _sign(app: App, token: str) -> str:
    return url64(app.secrets.hmac("desk.canary", token.encode())[:12])


async def _sent(tx: Tx, app: App, token: str, door: str) -> None:
    now = int(app.clock.now())
    await tx.run(q.CANARY, token=token, door=door, at=now)
    await jobs.schedule(tx, CHECK, due=now + SILENCE, data={"token": token}, key=token)


async def _post(app: App, address: str, token: str) -> None:
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


async def _fill_in(app: App, token: str) -> None:
    from petitbleu.desk.intake import forms  # it delivers, and delivering knows canaries

    await forms.notice(app, forms.Notice(text="canary", canary=token))


async def seen(tx: Tx, app: App, token: str) -> bool:
    """Whether ``token`` is a canary of ours; it has come back then."""
    body, _, sign = token.rpartition(".")
    if not hmac.compare_digest(sign.encode(), _sign(app, body).encode()):
        return False
    row = await tx.row(q.CANARY_GET, token=token)
    if row is None:
        return False
    await tx.row(q.CANARY_SEEN, token=token, at=int(app.clock.now()))
    await jobs.unschedule(tx, CHECK, token)
    return True


async def check(app: App, token: str) -> None:
    """Raise the alarm where a canary has not come back."""
    row = await app.store.row(q.CANARY_GET, token=token)
    if row is not None and row.seen_at is None:
        await missed(app, token, f"it has not come back within {SILENCE // 60} minutes")


async def missed(app: App, token: str, why: str) -> None:
    """Open the case of a silent door, once for each canary."""
    row = await app.store.row(q.CANARY_GET, token=token)
    if row is None or not await app.store.write(_alarm, app, row, why):
        return
    app.log.warning("canary missed", door=row.door, reason=why)
    if app.config.desk.director and app.mail is not None:
        app.spawn(_tell_director(app, row, why))


async def _alarm(tx: Tx, app: App, row: CanaryRow, why: str) -> bool:
    if not await tx.run(q.CANARY_ALARMED, token=row.token):
        return False
    await jobs.unschedule(tx, CHECK, row.token)
    await cases.open_case(
        tx,
        app,
        actor="system",
        kind="unsorted",
        urgency=cases.URGENCIES.index("high"),
        channel="canary",
        title=f"Canary missed: {row.door}",
        warnings=["canary_missed"],
        reasons=[f"a letter to ourselves through {row.door}: {why}"],
    )
    return True


async def _tell_director(app: App, row: CanaryRow, why: str) -> None:
    assert app.mail is not None
    text = f"Letters may not arrive through {row.door}: the daily canary says {why}.\n"
    try:
        await app.mail.send(app.config.desk.director, f"Canary missed: {row.door}", text)
    except OSError as error:
        app.log.error("director not told", reason=str(error))


async def health(app: App) -> list[CanaryRow]:
    """The newest canary of each door."""
    found = []
    for door in (*app.config.desk.addresses, FORM):
        found += await app.store.rows(q.CANARIES_OF, door=door)
    return found
