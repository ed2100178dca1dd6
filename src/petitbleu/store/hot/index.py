"""Bring the search index up to date: one transaction for a stretch of the feed of changes.

The words of a document are compared by FTS5 on SQLite, by a GIN index over an array of them on
PostgreSQL. FTS5 keeps no text of its own: to take a document out it must be told the words it was
put in with, which is why ``search_doc`` holds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from petitbleu.store.api import BatchOp


class Doc(NamedTuple):
    """One body to be found. ``doc`` counts only where the body is new to the index."""

    doc: int
    author: int
    body: int
    chat: int
    date: int
    words: str


class Carried(NamedTuple):
    """A copy of a body that carries some kind of media, if the copy is still there."""

    owner: int
    id: int
    author: int
    body: int
    kind: int
    date: int


class Stretch(NamedTuple):
    """What is to be written for the changes ``seqs``."""

    seqs: list[int]
    docs: list[Doc]
    gone: list[tuple[int, int]]
    """(author, body) of bodies that are to be found no more."""
    dropped: list[tuple[int, int, int]]
    """(owner, peer, id) of copies whose media are to be listed no more, or anew."""
    carried: list[Carried]
    kinds: tuple[int, ...]
    """All kinds of media."""


_LITE_TAKE = "delete from body_change where seq = ?1"
_LITE_KNOWN = "select doc, words from search_doc where author = ?1 and body = ?2"
_LITE_DOC = (
    "insert into search_doc (doc, author, body, chat, date, words) values (?1, ?2, ?3, ?4, ?5, ?6)"
    " on conflict do nothing"
)
_LITE_WORDS = "update search_doc set words = ?2 where doc = ?1"
_LITE_DROP_DOC = "delete from search_doc where doc = ?1"
_LITE_TEXT = "insert into search_text (rowid, words) values (?1, ?2)"
_LITE_DROP_TEXT = "insert into search_text (search_text, rowid, words) values ('delete', ?1, ?2)"
_LITE_DROP_MEDIA = (
    "delete from shared_media where owner = ?1 and peer = ?2 and kind = ?4 and id = ?3"
)
_LITE_MEDIA = (
    "insert into shared_media (owner, peer, kind, id, date)"
    " select owner, peer, ?5, id, ?6 from box"
    " where owner = ?1 and id = ?2 and author = ?3 and body = ?4 on conflict do nothing"
)


def _sqlite(db: Any, items: Sequence[Stretch]) -> list[tuple[bool, Sequence[object]]]:
    return [(_lite_one(db, item), ()) for item in items]


_Words = list[tuple[int, str]]


def _lite_docs(db: Any, docs: Sequence[Doc]) -> tuple[_Words, _Words, _Words]:
    """Store documents: (number, words) of the new ones, of what changed before, and after.

    Nearly always all are new, and then nothing is looked up.
    """
    if db.executemany(_LITE_DOC, docs).rowcount == len(docs):
        return [(doc.doc, doc.words) for doc in docs], [], []
    new: _Words = []
    old: _Words = []
    again: _Words = []
    for doc in docs:
        known = db.execute(_LITE_KNOWN, (doc.author, doc.body)).fetchone()
        if known[0] == doc.doc:
            new.append(known)
        elif known[1] != doc.words:
            old.append(known)
            again.append((known[0], doc.words))
    return new, old, again


def _lite_one(db: Any, item: Stretch) -> bool:
    if db.executemany(_LITE_TAKE, [(seq,) for seq in item.seqs]).rowcount != len(item.seqs):
        raise RuntimeError("changes were dealt with twice")
    new, old, again = _lite_docs(db, item.docs)
    dropped = [
        known for one in item.gone if (known := db.execute(_LITE_KNOWN, one).fetchone()) is not None
    ]
    db.executemany(_LITE_DROP_TEXT, old + dropped)
    db.executemany(_LITE_DROP_DOC, [(doc,) for doc, _ in dropped])
    db.executemany(_LITE_WORDS, again)
    db.executemany(_LITE_TEXT, sorted(new + again))
    db.executemany(_LITE_DROP_MEDIA, [(*one, kind) for one in item.dropped for kind in item.kinds])
    db.executemany(_LITE_MEDIA, item.carried)
    return True


_PG_TAKE = "delete from body_change where seq = any($1::bigint[])"
_PG_DOCS = """
insert into search_doc as d (doc, author, body, chat, date, words)
select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[],
  $6::text[])
on conflict (author, body) do update set words = excluded.words where d.words <> excluded.words
"""
_PG_GONE = """
delete from search_doc d using unnest($1::bigint[], $2::bigint[]) g(author, body)
where d.author = g.author and d.body = g.body
"""
_PG_DROP_MEDIA = """
delete from shared_media m using unnest($1::bigint[], $2::bigint[], $3::bigint[]) g(owner, peer, id)
where m.owner = g.owner and m.peer = g.peer and m.kind = any($4::bigint[]) and m.id = g.id
"""
_PG_MEDIA = """
insert into shared_media (owner, peer, kind, id, date)
select x.owner, x.peer, c.kind, x.id, c.date
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
  c(owner, id, author, body, kind, date)
join box x on x.owner = c.owner and x.id = c.id and x.author = c.author and x.body = c.body
on conflict do nothing
"""


def _columns(rows: Iterable[Sequence[Any]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


async def _postgres(db: Any, items: Sequence[Stretch]) -> list[tuple[bool, Sequence[object]]]:
    return [(await _pg_one(db, item), ()) for item in items]


async def _pg_one(db: Any, item: Stretch) -> bool:
    taken = await db.execute(_PG_TAKE, item.seqs)
    if taken != f"DELETE {len(item.seqs)}":
        raise RuntimeError("changes were dealt with twice")
    if item.gone:
        await db.execute(_PG_GONE, *_columns(item.gone))
    if item.docs:
        await db.execute(_PG_DOCS, *_columns(item.docs))
    if item.dropped:
        await db.execute(_PG_DROP_MEDIA, *_columns(item.dropped), list(item.kinds))
    if item.carried:
        await db.execute(_PG_MEDIA, *_columns(item.carried))
    return True


APPLY: BatchOp[Stretch, bool] = BatchOp("index", _sqlite, _postgres, background=True)


# ── making it anew ──────────────────────────────────────────────────────────────────────────────

_EMPTY = ("delete from search_doc", "delete from shared_media", "delete from body_change")
_LITE_EMPTY_TEXT = "insert into search_text (search_text) values ('delete-all')"
_ALL = (
    "insert into body_change (author, body) select author, id from body order by date, author, id"
)


def _lite_renew(db: Any, items: Sequence[None]) -> list[tuple[bool, Sequence[object]]]:
    for statement in (*_EMPTY, _LITE_EMPTY_TEXT, _ALL):
        db.execute(statement)
    return [(True, ()) for _ in items]


async def _pg_renew(db: Any, items: Sequence[None]) -> list[tuple[bool, Sequence[object]]]:
    for statement in (*_EMPTY, _ALL):
        await db.execute(statement)
    return [(True, ()) for _ in items]


RENEW: BatchOp[None, bool] = BatchOp("index-renew", _lite_renew, _pg_renew, background=True)
"""Empty the index and note every body as changed."""
