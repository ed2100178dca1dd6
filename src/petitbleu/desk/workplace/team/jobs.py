"""Mails about the team: somebody's way in, a head who has gone, a signature that is marked."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from petitbleu.app import App
from petitbleu.catalogues import Mails
from petitbleu.desk.casework.alerts import recipients
from petitbleu.desk.staffing.approvals import independence
from petitbleu.desk.staffing.approvals.texts import who
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.desk.workplace.team.service import SendInvitation, TellHeadEnded
from petitbleu.desk.workplace.team.texts import ENDED, INVITATION, MARKED, named
from petitbleu.jobs import job
from petitbleu.typography import moment


@job(SendInvitation)
async def invite(app: App, data: SendInvitation) -> None:
    """Send a link to its person; one that was used or replaced meanwhile is not sent."""
    invitation = await staff.invitation(app.store, data.invite)
    if (
        app.mail is None
        or invitation is None
        or invitation.used_at
        or invitation.expires_at <= app.clock.now()
    ):
        return
    person = await staff.get(app, app.store, invitation.staff)
    if person is None or not person.active:
        return
    subject, text = INVITATION[person.language]
    words = {
        "instance": app.config.name,
        "staff": person.id,
        "link": staff.invite_link(app, invitation),
        "until": moment(
            person.language,
            datetime.fromtimestamp(invitation.expires_at, ZoneInfo(app.config.timezone)),
        ),
    }
    await app.mail.send(person.email, subject.format(**words), text.format(**words))


def _named(language: str, actor: str) -> str:
    return named(language, actor) or who(language, actor)


async def _tell(app: App, texts: Mails, data: dict[str, Any]) -> set[str]:
    """Mail leads, directors and the data protection officer; to which addresses."""
    told = set()
    for recipient in await recipients.responsible(app):
        await _send(app, recipient.to, recipient.language, texts, data)
        told.add(recipient.to.lower())
    return told


async def _send(
    app: App,
    to: str,
    language: str,
    texts: Mails,
    data: dict[str, Any],
) -> None:
    subject, text = texts[language]
    words = {
        name: _named(language, value) for name, value in data.items() if isinstance(value, str)
    }
    words |= {"instance": app.config.name, "link": app.config.public_url.rstrip("/")}
    if app.mail is not None:
        await app.mail.send(to, subject.format(**words), text.format(**words))


@job(TellHeadEnded)
async def head_ended(app: App, data: TellHeadEnded) -> None:
    """Tell leads and directors, and the person, that somebody is no lead or director any more."""
    said = {"who": f"staff:{data.who}", "by": data.by}
    told = await _tell(app, ENDED, said)
    if data.email and data.email.lower() not in told:
        await _send(app, data.email, data.language, ENDED, said)


@job(independence.TellMarked)
async def marked(app: App, data: independence.TellMarked) -> None:
    """Tell of a second signature by somebody whom the first person had brought to the desk."""
    await _tell(app, MARKED, msgspec.structs.asdict(data))
