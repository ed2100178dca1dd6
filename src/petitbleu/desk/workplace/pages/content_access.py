"""Looks at content beyond what was reported: a public post that is targeted, by one person; what
was said around a report in private, by two people each time.
"""

from __future__ import annotations

from starlette.responses import Response

from petitbleu.desk.adjudication.decisions import resolve
from petitbleu.desk.adjudication.evidence import access, media
from petitbleu.desk.adjudication.evidence.access import Why
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.staffing.approvals.service import NotAgreed
from petitbleu.desk.workplace.pages.approval_request import ask
from petitbleu.desk.workplace.pages.case import found, show
from petitbleu.desk.workplace.pages.shell import PageRequest, Problem, page
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.messaging.posts import service as posts
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.safety.case_numbers import service as case_numbers


@page("/desk/cases/{number}/target", right="cases", methods=("POST",), by_passkey=True)
async def target(visit: PageRequest) -> Response:
    """Show what a letter or notice targets, as it is now, if it is public. The look is in the log
    first.
    """
    state = await found(visit)
    written, reason = visit.form.get("target"), visit.form.get("why")
    if not reason:
        return await show(visit, state, status=422, wrong="wrong_reason")
    item = await resolve.resolve(visit.app, written) if written in state.targets else None
    if item is None or not item.what:
        return await show(visit, state, status=422, wrong="target_gone")
    why = Why(visit.staff.actor, state.number, reason)
    if item.what == resolve.ACCOUNT:
        person = await access.profile(visit.app, why, item.peer)
        if person is None:
            return await show(visit, state, status=422, wrong="target_gone")
        name = f"{person.first_name} {person.last_name}".strip()
        profile = {"title": name, "about": person.about, "messages": []}
        return await show(visit, state, target=profile)
    try:
        opened = await access.public_posts(visit.app, why, item.peer, item.messages)
    except access.NotPublic:
        return await show(visit, state, status=422, wrong="target_private")
    people = {one["id"]: f"{one['first_name']} {one['last_name']}" for one in opened["people"]}
    chat = opened["chat"]
    counted = await posts.counts(
        visit.app, [(item.peer, message["id"]) for message in opened["messages"]]
    )
    messages = [
        {
            "sender": people.get(message["sender"], chat["title"]).strip(),
            "at": message["date"],
            "text": message["text"],
            "context": message["context"],
            "reach": counted[item.peer, message["id"]] if chat["kind"] == chats.CHANNEL else None,
            "media": [media.in_words(message["media"])] if message["media"] else [],
        }
        for message in opened["messages"]
    ]
    return await show(visit, state, target={**chat, "messages": messages})


@page("/desk/cases/{number}/context", right="private", methods=("POST",), signs=True)
async def context(visit: PageRequest) -> Response:
    """Ask a second person; once they have agreed, show it, once. The look is in the log first."""
    state = await found(visit)
    report = case_numbers.parse(visit.form.get("report")) or 0
    reason = visit.form.get("why")
    if not reason:
        return await show(visit, state, status=422, wrong="wrong_reason")
    why = Why(visit.staff.actor, state.number, reason)
    try:
        rows = await access.private_context(visit.app, why, report)
    except access.NotOfThisCase:
        raise Problem("wrong_number", 404) from None
    except NotAgreed:
        return await _ask(visit, state, report, reason)
    people = await accounts.get_many(visit.app, {row.sender for row in rows if row.sender > 0})
    names = {
        person.id: f"{person.first_name} {person.last_name}".strip() for person in people.values()
    }
    messages = [
        {
            "sender": names.get(row.sender, ""),
            "account": max(row.sender, 0),
            "at": row.date,
            "text": row.text,
            "context": True,
            "since": None,
            "media": [media.in_words(row.media)] if row.media else [],
        }
        for row in rows
    ]
    opened = {"report": report, "around": True, "sha": "", "messages": messages}
    opened |= {"photos": [], "particulars": []}
    return await show(visit, state, copy=opened)


async def _ask(visit: PageRequest, state: CaseState, report: int, reason: str) -> Response:
    name = case_numbers.text(state.number)
    await ask(
        visit,
        access.PRIVATE,
        name,
        access.context_digest(state.number, report, reason),
        {"case": name, "report": case_numbers.text(report), "reason": reason},
    )
    return visit.to(f"/desk/cases/{name}", "context_asked")
