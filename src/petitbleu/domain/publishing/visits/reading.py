"""The numbers of a channel's pages, and the page on which its people see them."""

from __future__ import annotations

import datetime
import hmac
from collections.abc import Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from petitbleu.app import App
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.publishing.newsletter import service as newsletter
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.publishing.pages.service import Page
from petitbleu.domain.publishing.visits import queries as q
from petitbleu.domain.publishing.visits.queries import PageRow, SourceRow
from petitbleu.domain.publishing.visits.sources import OTHER

LINK_SECONDS = 86_400
NAMED_FROM = 5
"""Visits of a day from which the site that led to them is named."""
PAGES_MAX, SOURCES_MAX = 20, 30
_EPOCH = datetime.date(1970, 1, 1)


class NotYours(Exception):
    """The link is over, or whoever has it may not change how the channel looks (any more)."""


class Opened(NamedTuple):
    """Whose numbers a link shows."""

    account: int
    page: Page


class Figures(NamedTuple):
    """What was counted from ``first`` to ``last``; each day of them stands in ``days``."""

    first: datetime.date
    last: datetime.date
    days: list[tuple[datetime.date, int]]
    visits: int
    pages: list[PageRow]
    """The pages that were read most; of one page, empty."""
    sources: list[SourceRow]
    """Where readers came from, with those below :data:`NAMED_FROM` a day as one (``OTHER``)."""
    feeds: int
    """How often programs fetched feeds."""
    mails: int
    """How many mails of the newsletter left."""


async def figures(app: App, channel: int, days: int, post: int = -1) -> Figures:
    """The numbers of the last ``days`` days, today among them; ``post``: of one page alone."""
    zone = ZoneInfo(app.config.timezone)
    today = datetime.datetime.fromtimestamp(app.clock.now(), zone).date()
    first = today - datetime.timedelta(days - 1)
    since, until = (first - _EPOCH).days, (today - _EPOCH).days
    span = {"channel": channel, "since": since, "until": until}
    by_day = await app.store.rows(q.DAYS, **span, post=post)
    counted = {row.day: row.visits for row in by_day}
    every = [
        (_EPOCH + datetime.timedelta(day), counted.get(day, 0)) for day in range(since, until + 1)
    ]
    total = sum(counted.values())
    named = await app.store.rows(q.SOURCES, **span, post=post, least=NAMED_FROM, limit=SOURCES_MAX)
    whole = post < 0
    return Figures(
        first,
        today,
        every,
        total,
        await app.store.rows(q.PAGES, **span, limit=PAGES_MAX) if whole else [],
        _whole(named, total),
        sum(row.visits for row in await app.store.rows(q.FEEDS, **span)) if whole else 0,
        await newsletter.sent(app, channel, since - 1) if whole else 0,
    )


def _whole(named: Sequence[SourceRow], total: int) -> list[SourceRow]:
    """The sources with all that is not named as one of them."""
    shown = [row for row in named if row.source != OTHER]
    rest = total - sum(row.visits for row in shown)
    others = [SourceRow(OTHER, rest)] if rest > 0 else []
    return sorted(shown + others, key=lambda row: (row.source == OTHER, -row.visits, row.source))


async def lately(app: App, channel: int, days: int) -> int:
    """How often pages were read in so many days."""
    return (await figures(app, channel, days)).visits


# ── who may see them ────────────────────────────────────────────────────────────────────────────


def link(app: App, account: int, channel: int) -> str:
    """The address of the page with the numbers, for one person, for a day."""
    until = int(app.clock.now()) + LINK_SECONDS
    signed = f"{account:x}-{-channel:x}-{until:x}"
    return f"{joining.base_url(app)}/visits/{signed}-{_macs(app, signed)[0]}"


def _macs(app: App, signed: str) -> list[str]:
    return [mac.hex()[:32] for mac in app.secrets.hmacs("visits.link", signed.encode())]


async def open_link(app: App, token: str) -> Opened:
    """Whose numbers a link shows. Raises NotYours."""
    signed, _, mac = token[:200].rpartition("-")
    if not any(hmac.compare_digest(mac.encode(), one.encode()) for one in _macs(app, signed)):
        raise NotYours
    account, channel, until = (int(one, 16) for one in signed.split("-"))
    page = await pages.load_page(app, -channel)
    if page is None or until <= app.clock.now() or not await may_see(app, page.chat, account):
        raise NotYours
    return Opened(account, page)


async def may_see(app: App, chat: ChatRow, account: int) -> bool:
    """Whether somebody owns a channel or may change its info."""
    member = await members.load_member(app, chat.id, account)
    return members.may(chat, member, members.INFO, app.clock.now())
