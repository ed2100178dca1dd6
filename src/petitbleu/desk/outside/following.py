"""What follows a report from inside the app: where it stands, by when, how it becomes a notice."""

from __future__ import annotations

from petitbleu import ids
from petitbleu.app import App
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.parties import links
from petitbleu.desk.outside import progress
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import reports
from petitbleu.domain.safety.moderation import service as moderation
from petitbleu.domain.safety.moderation.service import Following, OwnReport

_ILLEGAL = "illegal/"


@moderation.on_receipt
async def of_report(app: App, report: OwnReport, lang: str) -> Following | None:
    """None for a report that is not in a case of the desk."""
    case = await cases.find(app.store, f"report:{report.number}")
    state = await cases.get(app.store, case) if case is not None else None
    if state is None:
        return None
    steps = await progress.of_sender(app, state, letters_too=False)
    notice = ""
    if report.reason.startswith(_ILLEGAL):
        notice = links.notice(app, report.number, lang)
    return Following(links.follow(app, report.number), notice, steps.due or 0)


async def load_places(app: App, number: int) -> list[str]:
    """The reported messages as the desk can find them: their links where the chat is a channel or
    a supergroup, else the number of the report, which holds their copy.
    """
    report = await reports.get(app, number)
    chat = await chats.get(app, report.subject) if report is not None else None
    if report is None or chat is None or not ids.is_channel(chat.id):
        return [case_numbers.text(number)]
    base = joining.base_url(app)
    name = chat.username or f"c/{ids.bare(chat.id)}"
    wanted = reports.message_ids(report.messages)
    return [f"{base}/{name}/{id}" for id in wanted] or [f"{base}/{name}"]
