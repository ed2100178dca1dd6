"""What became of reports that only the admins of a group were told of.

No case is made of them and nobody says when the admins have dealt with one: a job looks whether the
messages are still there, rarer the longer it takes, and tells the reporter once.
"""

from __future__ import annotations

import hashlib

import msgspec

from petitbleu import jobs
from petitbleu.app import App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import options, texts
from petitbleu.domain.safety.moderation import queries as q
from petitbleu.domain.safety.moderation.queries import ReportRow
from petitbleu.domain.servicechat import service as servicechat
from petitbleu.jobs import Job
from petitbleu.store.api import Tx

_HOUR = 3600
_LOOKS = (_HOUR, 6 * _HOUR, 24 * _HOUR, 72 * _HOUR, 168 * _HOUR)
"""Seconds after the report."""


class TellOutcome(Job, tag="moderation.outcome", frozen=True):
    """The admins of a group hear what became of a report."""

    number: int


async def plan(tx: Tx, number: int, now: int) -> None:
    """Have it looked what became of a report."""
    await jobs.schedule(tx, TellOutcome(number=number), due=now + _LOOKS[0], key=str(number))


async def look(app: App, number: int) -> int | None:
    """Tell the reporter where something has changed, or the last time; when to look again."""
    row = await app.store.row(q.REPORT, number=number)
    chat = await chats.get(app, row.subject) if row is not None else None
    if row is None or chat is None:
        return None
    now = int(app.clock.now())
    following = [row.at + pause for pause in _LOOKS if row.at + pause > now]
    key = await _changed(app, row, chat)
    if not key and following:
        return following[0]
    person = await accounts.get(app, row.reporter)
    if person is None or person.deleted_at is not None:
        return None
    lang = options.language(person.lang, *app.config.languages)
    written = case_numbers.text(number)
    text = texts.outcome(lang, app.config, key or "unchanged", written, chat.title)
    links = servicechat.own_links(app, text)  # the title is of whoever may change it
    once = (
        int.from_bytes(
            hashlib.sha256(f"{jobs.kind_of(TellOutcome)} {number}".encode()).digest()[:8], "big"
        )
        >> 1
    )
    await messages.send_service(app, person.id, text, links, once=once, find=False)
    return None


async def _changed(app: App, row: ReportRow, chat: chats.ChatRow) -> str:
    """What has changed since: "removed", "left" or ""."""
    wanted = msgspec.msgpack.decode(row.messages, type=list[int])
    if wanted:
        rows = await messages.moderation_access.rows(app.store, row.owner, wanted)
        if not [one for one in rows if one.peer == row.subject]:
            return "removed"
    if row.author > 0:
        member = await members.load_member(app, chat.id, row.author)
        if members.role(member, app.clock.now()) < members.MEMBER:
            return "left"
    return ""
