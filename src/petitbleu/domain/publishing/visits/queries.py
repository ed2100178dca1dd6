"""SQL of ``page_visit``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class DayRow(NamedTuple):
    """Visits of a day (days since 1970)."""

    day: int
    visits: int


class PageRow(NamedTuple):
    """Visits of a page: the number of a post, or 0."""

    page: int
    visits: int


class SourceRow(NamedTuple):
    """Visits from a host, or from what a sign stands for."""

    source: str
    visits: int


class VisitRow(NamedTuple):
    """One count."""

    page: int
    source: str
    visits: int


class Channel(NamedTuple):
    """A channel that has or had a page."""

    chat: int


ADD = query(
    "insert into page_visit (channel, day, page, source, visits)"
    " values (:channel, :day, :page, :source, :n)"
    " on conflict (channel, day, page, source) do update"
    " set visits = page_visit.visits + excluded.visits"
)
_SPAN = "channel = :channel and day >= :since and day <= :until"
_WHERE = (
    f"{_SPAN} and source <> '~' and (cast(:post as bigint) < 0 or page = cast(:post as bigint))"
)
DAYS = query(
    "select day, cast(sum(visits) as bigint) as visits from page_visit"
    f" where {_WHERE} group by day order by day",
    DayRow,
)
FEEDS = query(
    "select day, cast(sum(visits) as bigint) as visits from page_visit"
    f" where {_SPAN} and source = '~' group by day order by day",
    DayRow,
)
PAGES = query(
    "select page, cast(sum(visits) as bigint) as visits from page_visit"
    f" where {_SPAN} and source <> '~' group by page order by visits desc, page desc limit :limit",
    PageRow,
)
SOURCES = query(
    "select source, cast(sum(visits) as bigint) as visits from ("
    "select source, day, sum(visits) as visits from page_visit"
    f" where {_WHERE} group by source, day) as daily"
    " where visits >= :least or source in ('', '=', '@', '*')"
    " group by source order by visits desc, source limit :limit",
    SourceRow,
)
OF_DAY = query(
    "select page, source, visits from page_visit where channel = :channel and day = :day",
    VisitRow,
)
DROP = query(
    "delete from page_visit where channel = :channel and day = :day and page = :page"
    " and source = :source"
)
DROP_OLD = query("delete from page_visit where channel = :channel and day < :before")
CHANNELS = query("select chat from channel_page order by chat", Channel)
