"""SQL of ``held_edit``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class HeldRow(NamedTuple):
    """What a published post is to say once a second reader agrees."""

    channel: int
    message: int
    editor: int
    made_at: int
    """Unix seconds."""
    number: int
    text: str
    entities: bytes | None
    extra: bytes | None
    media: bytes | None
    described: str | None = None
    """What is to be seen in its picture then; None: that stays as it was."""


_COLUMNS = "channel, message, editor, made_at, number, text, entities, extra, media, described"

ONE = query(
    f"select {_COLUMNS} from held_edit where channel = :channel and message = :message", HeldRow
)
OF_CHANNEL = query(
    f"select {_COLUMNS} from held_edit where channel = :channel order by message limit 200",
    HeldRow,
)
PUT = query(
    f"insert into held_edit ({_COLUMNS}) values (:channel, :message, :editor, :made_at, :number,"
    " :text, :entities, :extra, :media, :described)"
    " on conflict (channel, message) do update set editor = excluded.editor,"
    " made_at = excluded.made_at, number = excluded.number, text = excluded.text,"
    " entities = excluded.entities, extra = excluded.extra, media = excluded.media,"
    " described = excluded.described"
)
DROP = query("delete from held_edit where channel = :channel and message = :message")
