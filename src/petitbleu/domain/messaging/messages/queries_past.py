"""SQL of messages that were said earlier and elsewhere."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class Twin(NamedTuple):
    """The other side of a private chat, and the id there."""

    peer: int
    twin: int


class Thread(NamedTuple):
    """The first message of a message's thread."""

    top: int | None


TWIN = query("select peer, twin from body where author = :author and id = :id", Twin)
THREAD = query("select top from box where owner = :owner and id = :id", Thread)
PUT_BODY = query(
    "insert into body (author, id, peer, twin, date, edit_date, kind, text, entities, extra,"
    " sender, media) values (:author, :id, :peer, :twin, :date, :edit_date, :kind, :text,"
    " :entities, :extra, :sender, :media)"
)
PUT_DIALOG = query(
    "insert into dialog (owner, peer, top_id, top_date, read_in, read_out, total)"
    " values (:owner, :peer, :top_id, :top_date, :top_id, :top_id, :total)"
    " on conflict (owner, peer) do update set top_id = excluded.top_id,"
    " top_date = excluded.top_date, total = dialog.total + excluded.total,"
    " read_in = excluded.read_in, read_out = excluded.read_out"
)
READ_ALL = query(
    "update dialog set read_in = coalesce((select c.top_id from dialog c where c.owner = :channel"
    " and c.peer = :channel), 0) where owner = :owner and peer = :channel"
)
