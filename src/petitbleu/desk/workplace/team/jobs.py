"""The mail with somebody's way in."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from petitbleu.app import App
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.desk.workplace.team.texts import INVITATION
from petitbleu.jobs import job
from petitbleu.typography import moment


@job("team.invite")
async def invite(app: App, data: dict[str, Any]) -> None:
    """Send a link to its person; one that was used or replaced meanwhile is not sent."""
    made = await staff.invitation(app.store, data["invite"])
    if app.mail is None or made is None or made.used_at or made.expires_at <= app.clock.now():
        return
    person = await staff.get(app, app.store, made.staff)
    if person is None or not person.active:
        return
    subject, text = INVITATION[person.language]
    words = {
        "instance": app.config.name,
        "staff": person.id,
        "link": staff.invite_link(app, made),
        "until": moment(
            person.language, datetime.fromtimestamp(made.expires_at, ZoneInfo(app.config.timezone))
        ),
    }
    await app.mail.send(person.email, subject.format(**words), text.format(**words))
