"""Reports: somebody wants something looked at.

A report is a row with a number of its own and a sealed copy of what it is about, taken by the
server: of public chats with ten messages before and after. The reporter is told the number in the
service chat. The same report again joins the first one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from petitbleu import ids, jobs
from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import ADMIN, DELETE
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.restrictions import service as restrictions
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import (
    copies,
    holds,
    hooks,
    options,
    outcomes,
    surfaces,
    texts,
)
from petitbleu.domain.safety.moderation import queries as q
from petitbleu.domain.safety.moderation.options import Leaf
from petitbleu.domain.safety.moderation.queries import OwnReport, ReportRow
from petitbleu.domain.servicechat import service as servicechat
from petitbleu.errors import Fault
from petitbleu.jobs import Job
from petitbleu.rates import durable
from petitbleu.store.api import Conflict, Tx
from petitbleu.store.forms import Form

MAX_MESSAGES = 100
"""Messages of one report; more are passed over."""
AROUND = 10
"""Messages before and after in the copy, in public chats."""
OF_A_CHAT = 10
"""The newest messages in the copy where a chat is reported as a whole."""
OWN_MAX = 100
"""Of somebody's own reports the newest that are looked at."""
COMMENT_MAX = 4096
COMMENTS_MAX = 16_384
REPORT = "report"
"""What answers to an acknowledgement are about: ``[REPORT, number]``."""
_CONFIRM_SECONDS = 60

_encode = msgspec.msgpack.Encoder().encode


class ConfirmReport(Job, tag="moderation.confirm", frozen=True):
    """The reporter is told, should the process end before it was done at once."""

    number: int


class TellAdmins(Job, tag="moderation.admins", frozen=True):
    """Admins who had to wait for a report are told."""

    number: int


class What(NamedTuple):
    """What a report is about."""

    subject: int
    """The chat or person (peer number)."""
    owner: int = 0
    """Whose box the messages lie in."""
    rows: Sequence[MessageRow] = ()
    context: Sequence[MessageRow] = ()
    author: int = 0
    photo: int = 0
    """The id of a profile photo."""


class Taken(NamedTuple):
    """A report as it was taken."""

    number: int
    again: bool
    """It was made before: this one joined it."""
    waits: bool = False
    """The admins who were asked too are not told yet."""


# ── what ────────────────────────────────────────────────────────────────────────────────────────


async def of_messages(app: App, me: Actor, peer: int, wanted: Sequence[int]) -> What:
    """Messages of a chat, as far as I can see them.

    Raises MESSAGE_REQUIRED where none is there, and what :func:`members.require` raises.
    """
    place = await messages.place(app, me, peer)
    found = await messages.moderation_access.rows(
        app.store, place.owner, list(wanted)[:MAX_MESSAGES]
    )
    rows = [row for row in found if row.peer == place.peer and row.id > place.hidden]
    rows = list(await restrictions.without_withheld(app, me.id, rows))
    if not rows:
        raise Fault("MESSAGE_REQUIRED")
    context: Sequence[MessageRow] = ()
    if place.chat is not None and await surfaces.public(app, place.chat):
        around = await messages.moderation_access.around(
            app.store, place.owner, place.peer, [row.id for row in rows], AROUND
        )
        context = [row for row in around if row.id > place.hidden]
    senders = {row.sender for row in rows}
    return What(peer, place.owner, rows, context, author=senders.pop() if len(senders) == 1 else 0)


async def of_chat(app: App, me: Actor, peer: int) -> What:
    """A whole chat, or a person: with the newest messages they sent me, if I have any.

    Raises what :func:`members.require` raises.
    """
    place = await messages.place(app, me, peer)
    newest = await messages.moderation_access.newest(
        app.store, place.owner, place.peer, 2 * OF_A_CHAT
    )
    rows = [row for row in newest if row.id > place.hidden and row.sender != me.id]
    rows = list(await restrictions.without_withheld(app, me.id, rows))[-OF_A_CHAT:]
    return What(peer, place.owner, (), rows, author=max(peer, 0))


async def by_sender(app: App, me: Actor, channel: int, sender: int, wanted: Sequence[int]) -> What:
    """Messages of one member of a supergroup that I am an admin of.

    Raises CHAT_ADMIN_REQUIRED, MSG_ID_INVALID (none is theirs).
    """
    try:
        await members.require(app, me, channel, members.ANY_ADMIN)
    except Fault as fault:
        # Not even a member: documented is the one refusal.
        raise Fault(
            "CHAT_ADMIN_REQUIRED" if fault.name == "CHANNEL_PRIVATE" else fault.name
        ) from None
    found = await messages.moderation_access.rows(app.store, channel, list(wanted)[:MAX_MESSAGES])
    rows = [row for row in found if row.sender == sender]
    if not rows:
        raise Fault("MSG_ID_INVALID")
    return What(channel, channel, rows, author=sender)


# ── taking ──────────────────────────────────────────────────────────────────────────────────────


async def take(
    app: App, me: Actor, what: What, leaf: Leaf, comment: str, *, method: str, lang: str = ""
) -> Taken:
    """Store the report, tell the reporter its number, and the admins where they were asked."""
    comment = comment.strip()[:COMMENT_MAX]
    seen = [row.author for row in what.rows] + [row.sender for row in (*what.rows, *what.context)]
    people = [*{account for account in (*seen, what.subject, what.author) if account > 0}]
    about = {
        "method": method,
        "chat": await chats.get(app, what.subject) if what.subject < 0 else None,
        "people": list((await accounts.get_many(app, people)).values()),
    }
    await hooks.typed(app, comment)
    try:
        taken = await app.store.write(_take, app, me.id, what, leaf, comment, about)
    except Conflict:  # the same from another session: now it can be seen
        taken = await app.store.write(_take, app, me.id, what, leaf, comment, about)
    app.spawn(confirm(app, taken.number, again=taken.again, lang=lang))
    if "admins" in leaf.to and not taken.again and not taken.waits and what.subject < 0:
        app.spawn(tell_admins(app, taken.number))
    return taken


async def spam(
    app: App, me: Actor, peer: int, wanted: Sequence[int], *, method: str, lang: str, ip: str
) -> None:
    """Take a report of messages of a chat as spam, as messages.report does.

    Raises what :func:`of_messages` raises, and FLOOD_WAIT_X.
    """
    leaf = options.leaf("spam")
    assert leaf is not None
    what = await of_messages(app, me, peer, wanted)
    await durable(app, "report", str(me.id), ip=ip)
    await take(app, me, what, leaf, "", method=method, lang=lang)


_TAKEN: Form[Taken] = Form(Taken)


async def _take(
    tx: Tx, app: App, me: int, what: What, leaf: Leaf, comment: str, about: dict[str, Any]
) -> Taken:
    await tx.once(_TAKEN)
    now = int(app.clock.now())
    mark = _print(what, leaf)
    known = await tx.row(q.REPORT_PRINT, reporter=me, print=mark)
    if known is not None:
        joined = known.comment
        if comment and comment not in joined:
            joined = f"{joined}\n\n{comment}".strip()[:COMMENTS_MAX]
        await tx.run(q.REPORTED_AGAIN, number=known.number, comment=joined)
        await hooks.reported(tx, app, known.number, True)
        return Taken(known.number, True)
    number = await case_numbers.take(tx, app.config, now)
    more: dict[str, Any] = {"reason": leaf.reason, "comment": comment}
    if leaf.category:
        more |= {"category": leaf.category, "keyword": leaf.keyword}
    if what.photo:
        more["photo"] = what.photo
    snapshot = copies.copy(
        at=now,
        chat=about["chat"],
        people=about["people"],
        messages=what.rows,
        context=what.context,
        more=more,
    )
    sealed = copies.seal(app, number, snapshot)
    await tx.run(
        q.INSERT_REPORT,
        number=number,
        at=now,
        method=about["method"],
        reporter=me,
        subject=what.subject,
        author=what.author,
        owner=what.owner,
        messages=_encode([row.id for row in what.rows]),
        reason=leaf.reason,
        comment=comment,
        print=mark,
        sealed=sealed.sealed,
        digest=sealed.digest,
    )
    until = now + app.config.moderation.evidence_days * 86_400
    await holds.hold(tx, number, what.rows, until, photo=what.photo)
    await jobs.schedule(
        tx, ConfirmReport(number=number), due=now + _CONFIRM_SECONDS, key=str(number)
    )
    if leaf.to == ("admins",) and what.subject < 0:
        await outcomes.plan(tx, number, now)
    waits = await hooks.reported(tx, app, number, False)
    return Taken(number, False, waits)


def _print(what: What, leaf: Leaf) -> bytes:
    """What the same report again has too. A message that was edited since is another one."""
    about = [(row.id, row.edit_date or 0) for row in what.rows]
    said = _encode((what.subject, what.author, what.photo, about, leaf.reason))
    return hashlib.sha256(said).digest()


# ── telling ─────────────────────────────────────────────────────────────────────────────────────


async def confirm(app: App, number: int, *, again: bool = False, lang: str = "") -> None:
    """Tell the reporter the number, in the service chat."""
    row = await app.store.row(q.REPORT, number=number)
    if row is None:
        return
    written = case_numbers.text(number)
    lang = options.language(lang, *await _wishes(app, row.reporter))
    if again:
        text = texts.again(lang, written)
    else:
        leaf = options.leaf(row.reason)
        reason = options.text(row.reason, lang, app.config)
        only = leaf is not None and leaf.to == ("admins",)
        text = texts.received(lang, app.config, written, reason, admins_only=only)
    if url := await hooks.address(app, row):
        text += texts.follow(lang, url)
    links = servicechat.own_links(app, text)
    about = [REPORT, number]
    await messages.send_service(app, row.reporter, text, links, find=False, about=about)
    await app.store.write(jobs.unschedule, ConfirmReport, str(number))


async def _wishes(app: App, account: int) -> tuple[str, ...]:
    row = await accounts.get(app, account)
    return (row.lang if row is not None else "", *app.config.languages)


async def plan_admins(tx: Tx, app: App, number: int) -> None:
    """Have the admins told of a report that they had to wait for."""
    now = int(app.clock.now())
    await jobs.schedule(tx, TellAdmins(number=number), due=now, key=str(number))


async def tell_admins(app: App, number: int) -> None:
    """Tell the admins who may delete there, but the reporter and whom it is about."""
    row = await app.store.row(q.REPORT, number=number)
    chat = await chats.get(app, row.subject) if row is not None else None
    if row is None or chat is None:
        return
    now = app.clock.now()
    for member in await members.admins(app, chat.id):
        if member.account in (row.reporter, row.author) or members.role(member, now) < ADMIN:
            continue
        if not members.may(chat, member, DELETE, now):
            continue
        admin = await accounts.get(app, member.account)
        if admin is None or admin.kind != accounts.PERSON or admin.deleted_at is not None:
            continue
        lang = options.language(admin.lang, *app.config.languages)
        reason = options.text(row.reason, lang, app.config)
        shown = _message_names(app, chat, row)
        text = texts.for_admins(lang, case_numbers.text(number), chat.title, reason, shown)
        links = servicechat.own_links(app, text)  # the title is of whoever may change it
        await messages.send_service(app, admin.id, text, links, find=False)


def _message_names(app: App, chat: chats.ChatRow, row: ReportRow) -> list[str]:
    """The reported messages as an admin finds them: links, or (basic groups) what they are."""
    wanted = message_ids(row.messages)
    base = app.config.public_url.rstrip("/")
    if not ids.is_channel(chat.id) or not base:
        return [str(id) for id in wanted]
    name = chat.username or f"c/{ids.bare(chat.id)}"
    return [f"{base}/{name}/{id}" for id in wanted]


async def unwanted(app: App, me: Actor, lang: str) -> None:
    """Somebody does not want to see something: say how, in the service chat. No report is made."""
    lang = options.language(lang, *await _wishes(app, me.id))
    await messages.send_service(app, me.id, texts.unwanted(lang))


# ── reading ─────────────────────────────────────────────────────────────────────────────────────


def message_ids(stored: bytes) -> list[int]:
    """The column ``messages``."""
    found: list[int] = msgspec.msgpack.decode(stored, type=list[int])
    return found


async def get(app: App, number: int) -> ReportRow | None:
    """One report."""
    return await app.store.row(q.REPORT, number=number)


async def own(app: App, account: int, limit: int = OWN_MAX) -> list[OwnReport]:
    """The reports that somebody made, newest first."""
    return await app.store.rows(q.OWN_REPORTS, reporter=account, limit=limit)


async def listed(
    app: App, *, subject: int = 0, before: int = 1 << 60, limit: int = 50
) -> list[ReportRow]:
    """Reports, newest first."""
    if subject:
        return await app.store.rows(q.REPORTS_ABOUT, subject=subject, before=before, limit=limit)
    return await app.store.rows(q.REPORTS, before=before, limit=limit)
