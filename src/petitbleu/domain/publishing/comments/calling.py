"""Held comments, put before the people of their channel in the service chat.

The owner, and admins who may delete messages, get one message a minute and channel at most, with
all comments that came meanwhile, each with a number to answer with. Whose verdict comes first wins;
the messages of everybody then say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from petitbleu import jobs
from petitbleu.app import App
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import DELETE
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.publishing.comments import calling_texts as texts
from petitbleu.domain.publishing.comments import hooks
from petitbleu.domain.publishing.comments import queries as q
from petitbleu.domain.publishing.comments import queries_calls as qc
from petitbleu.domain.publishing.comments.calling_texts import Asked
from petitbleu.domain.publishing.comments.publishing import opened
from petitbleu.domain.publishing.comments.queries_calls import CallRow
from petitbleu.domain.safety.antispam import service as antispam
from petitbleu.jobs import Job
from petitbleu.store.api import Tx

ABOUT = "comments"
"""First word of what answers to such a message are about: then ``told_at`` and the channel."""
GAP = 60
"""Seconds between two messages about one channel."""
TOGETHER = 6
"""Comments of one message."""
USER = "user:"
"""``decided_by`` of somebody of the channel begins so; their account follows."""
_MODERATORS = 50
_LOOKED_AT = 200
"""Comments that wait among which those are looked for that people may be asked about."""


class AskChannel(Job, tag="comments.call", frozen=True):
    """The people of a channel are asked about comments that are held."""

    channel: int


class MarkAsked(Job, tag="comments.mark", frozen=True):
    """Messages that asked about a comment say what became of it."""

    comment: int


async def held(tx: Tx, comment: int, channel: int, at: int) -> None:
    """A comment waits from now on, or with another text than before: people are to be asked."""
    await tx.run(qc.FORGET, comment=comment)
    await jobs.schedule(tx, AskChannel(channel=channel), due=at, key=str(channel))


async def ended(tx: Tx, comment: int, at: int) -> None:
    """A comment does not wait any more: who was asked is to see that."""
    await jobs.schedule(tx, MarkAsked(comment=comment), due=at, key=str(comment))


# ── asking ──────────────────────────────────────────────────────────────────────────────────────


async def call(app: App, channel: int) -> int | None:
    """Ask about what is held in a channel and was not asked about; when to look again."""
    now = int(app.clock.now())
    rows = await app.store.rows(qc.UNTOLD, channel=channel)  # a crash came between
    if not rows:
        last = await app.store.row(qc.LAST, channel=channel)
        if last is not None and now < last.id + GAP:
            return last.id + GAP
        rows = await app.store.write(_number, channel, now, await _free(app, channel))
    if not rows:
        return None
    at = rows[0].told_at
    for account in await moderators(app, channel):
        await _say(app, account, channel, at, rows)
    await app.store.write(_told, channel, at)
    return at + GAP


async def _free(app: App, channel: int) -> list[int]:
    """Comments that wait and that people may be asked about."""
    waiting = await app.store.rows(qc.UNCALLED, channel=channel, limit=_LOOKED_AT)
    return await hooks.without_kept_back(app, [row.id for row in waiting])


async def _number(tx: Tx, channel: int, now: int, free: Sequence[int]) -> list[CallRow]:
    rows = await tx.rows(qc.UNCALLED, channel=channel, limit=_LOOKED_AT)
    wanted = [row for row in rows if row.id in free][:TOGETHER]
    highest = await tx.row(qc.LAST_NUMBER)
    first = (highest.id if highest is not None else 0) + 1
    calls = [CallRow(first + n, one.id, channel, now, 0) for n, one in enumerate(wanted)]
    await tx.many(qc.INSERT, [row._asdict() for row in calls])
    return calls


async def _told(tx: Tx, channel: int, at: int) -> None:
    await tx.run(qc.TOLD, channel=channel, told_at=at)


async def moderators(app: App, channel: int) -> list[int]:
    """The people of a channel who may decide about comments."""
    row = await chats.get(app, channel)
    if row is None or chats.dead(row):
        return []
    now = app.clock.now()
    admins = await members.admins(app, channel)
    moderators = [admin for admin in admins if members.may(row, admin, DELETE, now)]
    people = await accounts.get_many(app, [moderator.account for moderator in moderators])
    return [
        person.id
        for person in people.values()
        if person.kind == accounts.PERSON and person.deleted_at is None
    ][:_MODERATORS]


async def _say(app: App, account: int, channel: int, at: int, found: Sequence[CallRow]) -> None:
    written = await _written(app, account, channel, found)
    if written is not None:
        await messages.send_service(
            app, account, *written, once=_name(channel, at, account), find=False,
            about=[ABOUT, at, channel],
        )  # fmt: skip


def _name(channel: int, at: int, account: int) -> int:
    digest = blake2b(b"comments %d %d %d" % (channel, at, account), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


async def _written(
    app: App, account: int, channel: int, found: Sequence[CallRow]
) -> tuple[str, list[messages.Entity]] | None:
    """The message about these comments, as they stand now, in the language of one person."""
    person, chat = await accounts.get(app, account), await chats.get(app, channel)
    if person is None or chat is None:
        return None
    lang = texts.language(person.lang, *app.config.languages)
    asked = [one for row in found if (one := await _asked(app, chat, row, lang)) is not None]
    return texts.message(lang, chat.title, asked) if asked else None


async def _asked(app: App, chat: ChatRow, call: CallRow, lang: str) -> Asked | None:
    row = await app.store.row(q.GET, id=call.comment)
    if row is None:
        return None
    checked = await antispam.get(app, row.spam_check)
    reasons = [antispam.sentence(reason, lang) for reason in checked.reasons] if checked else []
    return Asked(
        number=call.number,
        name=row.name,
        text=opened(app, row)[1],
        link=f"{joining.base_url(app)}/{chat.username or chat.id}/{row.post}",
        score=round(row.score / 10_000),
        reasons=reasons,
        outcome=await outcome(app, row, lang),
    )


# ── afterwards ──────────────────────────────────────────────────────────────────────────────────


async def outcome(app: App, row: q.GuestRow, lang: str) -> str:
    """What became of a comment and who decided it, in a few words; empty: it waits."""
    key = texts.ENDED.get((row.state, row.ending)) or texts.ENDED.get((row.state, ""), "")
    if not key:
        return ""
    return texts.say(lang, key).format(who=await _who(app, row.decided_by, lang))


async def _who(app: App, by: str, lang: str) -> str:
    number = by.removeprefix(USER)
    person = None
    if number != by and number.isdecimal():
        person = await accounts.get(app, int(number))
    if person is None or person.deleted_at is not None:
        return texts.say(lang, "desk")
    return texts.plain(f"{person.first_name} {person.last_name}")


async def mark(app: App, comment: int) -> None:
    """Write into the messages that asked about a comment what became of it."""
    call = await app.store.row(qc.OF_COMMENT, comment=comment)
    if call is None:
        return
    rows = await app.store.rows(qc.OF_MESSAGE, channel=call.channel, told_at=call.told_at)
    for account in await moderators(app, call.channel):
        written = await _written(app, account, call.channel, rows)
        if written is not None:
            once = _name(call.channel, call.told_at, account)
            await messages.resay_service(app, account, *written, once=once)


async def in_message(app: App, channel: int, at: int) -> list[int]:
    """The numbers of the comments that stand in one message."""
    rows = await app.store.rows(qc.OF_MESSAGE, channel=channel, told_at=at)
    return [row.number for row in rows]


async def by_number(app: App, account: int, number: int) -> tuple[q.GuestRow, ChatRow] | None:
    """The comment that people call by a number, and its channel; None where it is nobody's, not
    this person's to decide, or has another text by now.
    """
    call = await app.store.row(qc.GET, number=number)
    if call is None:
        return None
    row = await app.store.row(q.GET, id=call.comment)
    chat = await chats.get(app, row.channel) if row is not None else None
    if row is None or chat is None or chats.dead(chat):
        return None
    member = await members.load_member(app, chat.id, account)
    return (row, chat) if members.may(chat, member, DELETE, app.clock.now()) else None


class NotYours(Exception):
    """Who decided may no longer delete messages in the channel."""


async def check(tx: Tx, app: App, chat: ChatRow, account: int) -> None:
    """Read somebody's right again where they decide. Raises NotYours."""
    member = await members.of_in(tx, chat.id, account)
    if not members.may(chat, member, DELETE, app.clock.now()):
        raise NotYours
