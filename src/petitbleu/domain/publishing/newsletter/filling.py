"""What is to be sent, and to whom: new posts as they come, digests when they are due.

Nothing of it is in the transactions of posts: each minute the newest post of a channel is compared
with what was looked at before. Subscribers of one post are queued a few hundred at a time, with how
far that went, in one transaction: a crash leaves nobody out and queues nobody twice.
"""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu import jobs
from petitbleu.app import App, Part
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.publishing.newsletter import queries as q
from petitbleu.domain.publishing.newsletter import queries_sending as qs
from petitbleu.domain.publishing.newsletter import reading, timetable
from petitbleu.domain.publishing.newsletter.addresses import new_number
from petitbleu.domain.publishing.newsletter.queries import SubscriberRow
from petitbleu.domain.publishing.newsletter.queries_sending import (
    ChannelRow,
    DeliveryRow,
    IssueRow,
    ReaderRow,
)
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.publishing.pages.service import Page, Where
from petitbleu.jobs import Job
from petitbleu.store.api import Tx

AT_ONCE = 500
"""Subscribers of a transaction."""
QUEUED = 5000
"""Mails of a channel that wait at most; the others are queued when these have left."""
FULL_SECONDS = 15
OLD_SECONDS = 3 * 86_400
"""Older posts are not mailed by themselves: their history was brought in, or we were away."""
WITHDRAWN_SECONDS = 21 * 86_400
"""So long after it was mailed a post is looked at for having been withdrawn."""


class Send(Job, tag="newsletter.send", frozen=True):
    """What is due is sent."""


class Fill(Job, tag="newsletter.fill", frozen=True):
    """The subscribers of new posts of a channel are queued."""

    channel: int


VERSIONS: Part[dict[int, tuple[int | str, ...]]] = Part(lambda _: {})
"""Channel -> the version at which its mailed posts were looked at last."""


async def send_now(tx: Tx, now: int) -> None:
    """Something is to be sent."""
    await jobs.schedule(tx, Send(), due=now, key="send")


# ── posts ───────────────────────────────────────────────────────────────────────────────────────


async def look(app: App) -> None:
    """Find the new posts of all channels whose newsletter is on."""
    known = {row.channel: row for row in await app.store.rows(qs.CHANNELS)}
    now = int(app.clock.now())
    on = {page.chat.id: page for page in await pages.listed(app) if page.switches.newsletter}
    for channel, page in on.items():
        if channel in known:
            await _look(app, page, known[channel], now)
        else:
            await app.store.write(_begin, channel, now)
    for channel, row in known.items():
        if channel not in on:  # what is said meanwhile is not sent afterwards
            await app.store.write(_pass_over, row)


async def _begin(tx: Tx, channel: int, now: int) -> None:
    top = await messages.given_out(tx, channel)
    await tx.run(qs.BEGIN, channel=channel, seen=top, since=now)


async def _pass_over(tx: Tx, row: ChannelRow) -> None:
    top = await messages.given_out(tx, row.channel)
    if top != row.seen:
        await tx.run(qs.LOOKED, channel=row.channel, seen=top)


async def _look(app: App, page: Page, row: ChannelRow, now: int) -> None:
    at = await reading.everywhere(app, page)
    await _find_withdrawn(app, at, now)
    top = await messages.given_out(app.store, row.channel)
    if top <= row.seen:
        return
    ripe, seen = [], top
    for post in reversed(await pages.stretch(app, at, row.seen, top)):
        if post[0].date > now - app.config.newsletter.delay:
            seen = post[0].id - 1
            break
        if post[0].date > now - OLD_SECONDS:
            ripe.append(post[0].id)
    if seen > row.seen:
        await app.store.write(_found, row.channel, ripe, seen, now)


async def _found(tx: Tx, channel: int, posts: Sequence[int], seen: int, now: int) -> None:
    for post in posts:
        await tx.run(qs.ISSUE, channel=channel, post=post, at=now, filled=0)
    await tx.run(qs.LOOKED, channel=channel, seen=seen)
    if posts:
        await jobs.schedule(tx, Fill(channel=channel), due=now, key=str(channel))


async def fill(app: App, channel: int) -> int | None:
    """Queue the subscribers of a channel's new posts; when to go on, None: all are queued."""
    while True:
        now = int(app.clock.now())
        issues = await app.store.rows(qs.UNFILLED, channel=channel, limit=1)
        if not issues:
            return None
        waiting = await app.store.row(qs.OF_CHANNEL, channel=channel)
        if waiting is not None and waiting.n >= QUEUED:
            return now + FULL_SECONDS
        page = await reading.open_page(app, channel)
        post: Sequence[MessageRow] = ()
        if page is not None:
            at = await reading.everywhere(app, page)
            post = await pages.with_album(app, at, issues[0].post)
        await app.store.background(_fill, app, issues[0], post, now)


async def _fill(tx: Tx, app: App, issue: IssueRow, post: Sequence[MessageRow], now: int) -> None:
    readers: list[ReaderRow] = []
    if post:
        readers = await tx.rows(qs.READERS, channel=issue.channel, after=issue.after, limit=AT_ONCE)
    tags = reading.tags_of(post)
    chosen = [one for one in readers if not one.tags or not tags.isdisjoint(one.tags.split())]
    deliveries = [
        DeliveryRow(
            id=new_number(app), subscriber=one.id, channel=issue.channel, domain=one.domain,
            kind=timetable.POST, first=issue.post, last=issue.post, since=0, at=issue.at,
            due=now, slot=0, tries=0,
        )._asdict()
        for one in chosen
    ]  # fmt: skip
    await tx.many(qs.QUEUE, deliveries)
    over = len(readers) < AT_ONCE
    after = readers[-1].id if readers else issue.after
    await tx.run(qs.FILLED, channel=issue.channel, post=issue.post, after=after, filled=int(over))
    if deliveries:
        await send_now(tx, now)


# ── digests ─────────────────────────────────────────────────────────────────────────────────────


async def digests(app: App) -> None:
    """Queue the digests that are due."""
    while True:
        now = int(app.clock.now())
        due = await app.store.rows(q.DIGESTS, now=now, limit=AT_ONCE)
        if not due:
            return
        open_now = {one: await reading.open_page(app, one) for one in {row.channel for row in due}}
        on = {channel for channel, page in open_now.items() if page is not None}
        await app.store.background(_digests, app, due, on, now)


async def _digests(tx: Tx, app: App, due: Sequence[SubscriberRow], on: set[int], now: int) -> None:
    tops = {
        channel: await messages.given_out(tx, channel)
        for channel in sorted({row.channel for row in due})
    }
    for row in due:
        assert row.digest_at is not None
        top = tops[row.channel]
        following = timetable.next_digest(row.frequency, row.zone, now)
        await tx.run(q.DIGESTED, id=row.id, seen=top, digest_at=following, at=now)
        if row.channel in on:
            delivery = DeliveryRow(
                id=new_number(app), subscriber=row.id, channel=row.channel, domain=row.domain,
                kind=row.frequency, first=row.seen, last=top, since=row.digested_at, at=now,
                due=now, slot=0, tries=0,
            )  # fmt: skip
            await tx.run(qs.QUEUE, **delivery._asdict())
    await send_now(tx, now)


# ── what was withdrawn ──────────────────────────────────────────────────────────────────────────


async def _find_withdrawn(app: App, at: Where, now: int) -> None:
    """Note of posts that were mailed that they are gone, where readers may be told."""
    channel = at.chat.id
    if app.parts[VERSIONS].get(channel) == at.version:
        return
    gone = [
        row.post
        for row in await app.store.rows(
            qs.SENT_SINCE, channel=channel, since=now - WITHDRAWN_SECONDS
        )
        if await reading.may_tell(app, at, row.post)
    ]
    if gone:
        await app.store.write(_withdrawn, channel, gone, now)
    app.parts[VERSIONS][channel] = at.version


async def _withdrawn(tx: Tx, channel: int, posts: Sequence[int], now: int) -> None:
    for post in posts:
        await tx.run(qs.WITHDRAWN, channel=channel, post=post, at=now)
