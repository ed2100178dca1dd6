"""SQL of ``search_doc``, ``search_text`` (SQLite) and ``shared_media``, and from what they hold to
the box rows of a viewer.
"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import either, query


class Source(NamedTuple):
    """A body as the indexer reads it."""

    author: int
    body: int
    peer: int
    twin: int
    date: int
    edit_date: int | None
    kind: int
    text: str
    entities: bytes | None
    extra: bytes | None
    sender: int
    media: bytes | None
    flags: int | None
    """Of the author's own copy; None where there is none."""
    top: int | None


class DocId(NamedTuple):
    """A document."""

    doc: int


class Hit(NamedTuple):
    """A document as it lies in a box."""

    doc: int
    owner: int
    peer: int
    id: int
    date: int


class Dated(NamedTuple):
    """A document and when it was said."""

    doc: int
    date: int


class Id(NamedTuple):
    """A message."""

    id: int


class Count(NamedTuple):
    """How many."""

    n: int


class Day(NamedTuple):
    """The messages of one day (UTC)."""

    day: int
    """Days since 1970."""
    first: int
    last: int
    n: int


class Placed(NamedTuple):
    """A message and when it was said."""

    id: int
    date: int


SOURCES = query(
    "select b.author, b.id as body, b.peer, b.twin, b.date, b.edit_date, b.kind, b.text,"
    " b.entities, b.extra, coalesce(b.sender, b.author) as sender, b.media, x.flags, x.top"
    " from (select distinct author, body from body_change where seq in (:seqs)) c"
    " join body b on b.author = c.author and b.id = c.body"
    " left join box x on x.owner = b.author and x.id = b.id and x.author = b.author",
    Source,
)

# ── words ───────────────────────────────────────────────────────────────────────────────────────

NEWEST = either(
    sqlite="select rowid as doc from search_text where search_text match :terms"
    " and rowid < :below order by rowid desc limit :limit",
    postgres="with found as materialized (select doc from search_doc"
    " where array_to_tsvector(string_to_array(words, ' ')) @@ cast(:terms as tsquery))"
    " select doc from found where doc < :below order by doc desc limit :limit",
    row=DocId,
)
# "cross join" only sets the order: SQLite would begin with the whole box.
IN_PRIVATE = query(
    "select d.doc, x.owner, x.peer, x.id, d.date"
    " from search_doc d cross join body b cross join box x"
    " where d.doc in (:docs) and d.chat = 0 and b.author = d.author and b.id = d.body"
    " and x.owner = :owner and x.id = case when d.author = :owner then d.body else b.twin end"
    " and x.author = d.author and x.body = d.body",
    Hit,
)
IN_GROUPS = query(
    "select d.doc, x.owner, x.peer, x.id, d.date from search_doc d cross join box x"
    " where d.doc in (:docs) and d.chat < 0 and d.chat > -1000000000000"
    " and x.owner = :owner and x.author = d.author and x.body = d.body and x.peer < 0"
    " and x.owner > 0",
    Hit,
)
IN_CHANNELS = query(
    "select d.doc, x.owner, x.peer, x.id, d.date from search_doc d cross join box x"
    " where d.doc in (:docs) and d.chat <= -1000000000000"
    " and x.owner = d.chat and x.id = d.body",
    Hit,
)
# The document of the newest message of a chat under an id.
DOC_UNDER = query(
    "select d.doc from box x join search_doc d on d.author = x.author and d.body = x.body"
    " where x.owner = :owner and x.peer = :peer and x.id < :below order by x.id desc limit 1",
    DocId,
)
DOC_AT_OR_UNDER = query(
    "select doc, date from search_doc where doc <= :doc order by doc desc limit 1", Dated
)

# ── shared media ────────────────────────────────────────────────────────────────────────────────

_KIND = "from shared_media where owner = :owner and peer = :peer and kind = :kind"
MEDIA_OLDER = query(
    f"select id {_KIND} and id < :below and id > :above order by id desc limit :limit", Id
)
MEDIA_NEWER = query(
    f"select id {_KIND} and id >= :from_id and id < :below and id > :above order by id"
    " limit :limit",
    Id,
)
MEDIA_COUNT = query(f"select count(*) as n {_KIND} and id < :below and id > :above", Count)
MEDIA_DAYS = query(
    f"select date / 86400 as day, min(id) as first, max(id) as last, count(*) as n {_KIND}"
    " and id < :below and id > :above group by date / 86400 order by day desc",
    Day,
)
MEDIA_PLACES = query(
    f"select id, date {_KIND} and id < :below and id > :above order by id desc limit :limit",
    Placed,
)
MENTIONED = query(
    "select id from attention where account = :account and peer = :peer and kind = 0"
    " and id < :below and id > :above order by id desc limit :limit",
    Id,
)

# ── the form of the index ───────────────────────────────────────────────────────────────────────
