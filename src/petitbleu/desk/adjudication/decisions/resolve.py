"""What somebody pasted, as the chat, post or account it means (taken apart by ``cases/targets``).

Understood are links of this server and of Telegram clients (``https://…/name/12``, ``/c/45/12``,
``tg://resolve?domain=name&post=12``; ``&comment=7``: a comment on that post), @names, numbers of
people and chats, and the numbers of in-app reports (PB-…), which name messages nobody else could.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from petitbleu import ids
from petitbleu.app import App
from petitbleu.desk.adjudication.decisions.queries import Done
from petitbleu.desk.adjudication.evidence import access
from petitbleu.desk.adjudication.evidence.access import Spoken
from petitbleu.desk.casework.cases import targets
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.messaging.discussions import service as discussions
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.domain.publishing.comments import service as comments
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import reports

MESSAGES, CHAT, ACCOUNT = "messages", "chat", "account"


class Item(NamedTuple):
    """What is meant. All empty but ``written``: nothing was found."""

    written: str
    what: str = ""
    """messages, chat or account."""
    peer: int = 0
    """The chat or person; of messages: where they are, if that is public."""
    owner: int = 0
    """Of messages: whose box the numbers are of."""
    messages: tuple[int, ...] = ()
    report: int = 0
    people: tuple[int, ...] = ()
    """Whom a restriction concerns: who said it, whose chat it is, who it is. Negative: a guest
    (``comments.people``).
    """
    since: int = 0
    """When it was posted or made (Unix seconds)."""


async def resolve(app: App, written: str) -> Item | None:
    """What is meant by ``written``; None: nothing here."""
    report = case_numbers.parse(written)
    if report is not None:
        return await _reported(app, written, report)
    meant = targets.parse(written)
    if meant is None:
        return None
    peer = await usernames.resolve(app.store, meant.name) if meant.name else meant.number
    if not peer:
        return None
    if meant.post and meant.comment:
        return await _comment(app, written, peer, meant)
    if meant.post:
        return await _post(app, written, peer, meant.post)
    if peer > 0 and (account := await accounts.get(app, peer)) is not None:
        return Item(written, ACCOUNT, peer, people=(peer,), since=account.created_at)
    for chat in (peer, ids.peer_of_channel(peer)) if peer > 0 else (peer,):
        row = await chats.get(app, chat)
        if row is not None:
            return Item(written, CHAT, row.id, people=(row.creator,), since=row.created_at)
    return None


async def again(app: App, written: str, before: Sequence[Done]) -> Item | None:
    """What is meant, where it may have been removed by measures that are about to end: then it is
    known from their sealed copies. None: nothing here.
    """
    item = await resolve(app, written)
    if item is not None and item.since:
        return item
    for done in before:
        if done.what == MESSAGES and await _same(app, written, done):
            rows = await access.sealed_spoken(app, done.measure)
            people = await _said(app, done.peer, rows)
            since = min((row.date for row in rows), default=0)
            messages = tuple(done.messages)
            return Item(
                written, MESSAGES, done.peer, done.owner, messages, done.report, people, since
            )
    return item


async def _same(app: App, written: str, done: Done) -> bool:
    """Whether what was written names the messages of a measure."""
    report, meant = case_numbers.parse(written), targets.parse(written)
    if report is not None or meant is None:
        return report is not None and report == done.report
    peer = await usernames.resolve(app.store, meant.name) if meant.name else meant.number
    if peer and meant.post and meant.comment:
        copy = (await discussions.of_posts(app, peer, [meant.post])).get(meant.post)
        return copy is not None and copy.chat == done.owner and meant.comment in done.messages
    return peer == done.owner and meant.post in done.messages


async def _post(app: App, written: str, peer: int, post: int) -> Item | None:
    if not ids.is_channel(peer):
        return None
    rows = await access.spoken(app, peer, [post])
    if not rows:
        return None
    people = await _said(app, peer, rows)
    return Item(written, MESSAGES, peer, peer, (post,), people=people, since=rows[0].date)


async def _said(app: App, peer: int, rows: Sequence[Spoken]) -> tuple[int, ...]:
    """Whom a restriction of these messages concerns: who said it; of a channel, whose it is."""
    said = await _speakers(app, peer, rows)
    chat = await chats.get(app, peer) if peer < 0 else None
    posted = chat is not None and chat.kind == chats.CHANNEL
    return _once((*said, *([chat.creator] if chat is not None and posted else [])))


async def _comment(app: App, written: str, channel: int, meant: targets.Target) -> Item | None:
    """A comment on a post: a message of the discussion, where the post's copy begins its thread."""
    copy = (await discussions.of_posts(app, channel, [meant.post])).get(meant.post)
    if copy is None:
        return None
    rows = await access.spoken(app, copy.chat, [meant.comment])
    if not rows or rows[0].top != copy.message:
        return None
    return await _post(app, written, copy.chat, meant.comment)


async def _speakers(app: App, chat: int, rows: Sequence[Spoken]) -> list[int]:
    """Who said messages: accounts, or guests by their negative numbers."""
    guests = await comments.speakers(app, chat, [row.id for row in rows])
    return [guests.get(row.id, row.sender) for row in rows if row.sender > 0]


async def _reported(app: App, written: str, number: int) -> Item | None:
    """What an in-app report is about."""
    row = await reports.get(app, number)
    if row is None:
        return None
    wanted = tuple(reports.message_ids(row.messages))
    if not wanted:
        if row.subject > 0:
            account = await accounts.get(app, row.subject)
            since = account.created_at if account is not None else 0
            return Item(written, ACCOUNT, row.subject, report=number, people=(row.subject,),
                        since=since)  # fmt: skip
        chat = await chats.get(app, row.subject)
        people: tuple[int, ...] = (chat.creator,) if chat is not None else ()
        since = chat.created_at if chat is not None else 0
        return Item(written, CHAT, row.subject, report=number, people=people, since=since)
    rows = await access.spoken(app, row.owner, wanted)
    people = _once(await _speakers(app, row.owner, rows) or [max(row.author, 0)])
    peer = row.owner if row.owner < 0 else 0
    since = min((one.date for one in rows), default=0)
    return Item(written, MESSAGES, peer, row.owner, wanted, number, people, since)


def _once(people: tuple[int, ...] | list[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(person for person in people if person))
