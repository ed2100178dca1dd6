"""The head of the log, signed every hour and mailed to the data protection officer every day."""

from __future__ import annotations

import datetime
import zoneinfo
from typing import Any

from petitbleu import leases
from petitbleu.app import App
from petitbleu.catalogues import Mails
from petitbleu.desk.casework.alerts import recipients
from petitbleu.desk.casework.alerts.recipients import Recipient
from petitbleu.desk.records.audit import heads, standing
from petitbleu.desk.records.audit.heads import Unsound
from petitbleu.desk.records.audit.standing import TellHeld, TellRestored
from petitbleu.desk.records.audit.texts import BROKEN, HEAD, RESTORED, STILL
from petitbleu.jobs import NoData, job
from petitbleu.typography import moment


async def _send(app: App, to: Recipient, texts: Mails, words: dict[str, Any]) -> None:
    subject, text = texts[to.language]
    if app.mail is not None:
        await app.mail.send(to.to, subject.format(**words), text.format(**words))


@job("audit.sign", every=3600, at=leases.DESK)
async def sign(app: App, data: NoData) -> None:
    """Sign the tree; where lines do not fit, sign nothing and say so to who must know."""
    try:
        await heads.sign(app)
    except Unsound as found:
        app.log.error("audit.unsound", reason=str(found))
        for recipient in await recipients.responsible(app):
            words = {"instance": app.config.name, "what": found.say(recipient.language)}
            await _send(app, recipient, BROKEN, words)


@job("audit.mail", every=86_400, at=leases.DESK)
async def mail(app: App, data: NoData) -> None:
    """The newest head by mail to leads, directors and the data protection officer: copies that
    nobody here can change.
    """
    head = await heads.newest(app)
    if head is None or standing.held(app) is not None:
        return
    words = {
        "instance": app.config.name,
        "size": head.size,
        "note": "".join(await heads.with_cosignatures(app, [head])),
        "key": heads.verifier(app),
    }
    for recipient in await recipients.responsible(app):
        await _send(app, recipient, HEAD, words)


@job(TellHeld, at=leases.DESK)
async def tell_held(app: App, data: TellHeld) -> int | None:
    """Tell leads, directors and the data protection officer that the desk stands still; once a day
    while it does.
    """
    hold = standing.held(app)
    if hold is None:
        return None
    for recipient in await recipients.responsible(app):
        words = {
            "instance": app.config.name,
            "what": hold.refusal().say(recipient.language),
            "link": f"{app.config.public_url or 'http://localhost'}/desk/log/hold",
        }
        await _send(app, recipient, STILL, words)
    return int(app.clock.now()) + 86_400


@job(TellRestored, at=leases.DESK)
async def tell_restored(app: App, data: TellRestored) -> None:
    """Tell leads, directors and the data protection officer that a backup was restored."""
    zone = zoneinfo.ZoneInfo(app.config.timezone)
    for recipient in await recipients.responsible(app):
        backup = datetime.datetime.fromtimestamp(data.backup, zone)
        words = {
            "instance": app.config.name,
            "when": moment(recipient.language, backup),
        }
        await _send(app, recipient, RESTORED, words)
