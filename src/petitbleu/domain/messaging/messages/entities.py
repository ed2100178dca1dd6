"""Text and its entities: checked, trimmed, completed (core.telegram.org/api/entities).

Offsets and lengths are UTF-16 code units on the wire and in the store; in here they are code points
while being worked on, because Python strings are. Found by the server where the client marked
nothing: mentions, hashtags, cashtags, bot commands, URLs, e-mail addresses, phone numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import msgspec

from petitbleu.domain.messaging.messages import detect
from petitbleu.domain.messaging.messages.entity_kinds import (
    BLOCK_KINDS,
    CODE_KINDS,
    FOUND_KINDS,
    MENTION_NAME,
    STYLE_KINDS,
    TEXT_URL,
    URL,
)
from petitbleu.errors import Fault

MAX_LENGTH = 4096
"""Characters of a text (``message_length_max`` of help.getConfig): code points, as Telegram counts
them. An emoji outside the first plane is one, though it takes two units of an entity's offset.
"""
MAX_CAPTION = 1024
"""Characters under a photo or file (``caption_length_max`` of help.getConfig)."""
MAX_ENTITIES = 100
"""Entities of a message that are looked at; more are dropped."""
TOO_MANY_ENTITIES = 1000
TOO_LONG = 16 * MAX_LENGTH
"""A text this long is refused before anything is done with it."""
_SPACE_ONLY = str.maketrans({**dict.fromkeys(range(9), " "), **dict.fromkeys(range(11, 13), " "),
                             **dict.fromkeys(range(14, 32), " "), 9: " "})  # fmt: skip
_DROPPED = frozenset("\r\u2028\u2029\u202a\u202b\u202c\u202d\u202e")

_encode = msgspec.msgpack.Encoder().encode


class Entity(NamedTuple):
    """One entity. ``kind`` is a number of ``entity_kinds.py``, ``arg`` what the kind carries."""

    kind: int
    offset: int
    length: int
    arg: Any = None
    """text_url: str; pre: language str; mention_name: user id; custom_emoji: document id;
    blockquote: collapsed bool; formatted_date: [date, flags]; diff_replace: old text."""


decode = msgspec.msgpack.Decoder(list[Entity]).decode
"""Stored entities -> list of :class:`Entity` (UTF-16 units)."""


def has_link(stored: bytes) -> bool:
    """Whether there is a link among stored entities."""
    return any(entity.kind in (URL, TEXT_URL) for entity in decode(stored))


def encode(entities: Sequence[Entity]) -> bytes | None:
    """The stored form; None for no entities."""
    return _encode(entities) if entities else None


def normalize(
    text: str, entities: Iterable[Entity] = (), *, find: bool = True
) -> tuple[str, list[Entity]]:
    """The text as it is said and its entities in the order of the wire.

    Raises MESSAGE_EMPTY, MESSAGE_TOO_LONG, ENTITY_BOUNDS_INVALID, ENTITIES_TOO_LONG.
    """
    given = list(entities)
    if not given and text.isascii() and text.isprintable():
        return _plain(text, find)
    if len(given) > TOO_MANY_ENTITIES:
        raise Fault("ENTITIES_TOO_LONG")
    if len(text) > TOO_LONG:
        raise Fault("MESSAGE_TOO_LONG")
    marked = _to_points(text, given[:MAX_ENTITIES])
    text, marked = _clean(text, marked)
    text, marked = _strip(text, marked)
    if not text:
        raise Fault("MESSAGE_EMPTY")
    if len(text) > MAX_LENGTH:
        raise Fault("MESSAGE_TOO_LONG")
    marked = _settle(text, marked)
    if find:
        marked = _with_found(text, marked)
    marked.sort(key=_order)
    return text, _to_units(text, marked)


def caption(text: str, entities: Iterable[Entity] = ()) -> tuple[str, list[Entity]]:
    """:func:`normalize` for the text under media, which may be missing.

    Raises MEDIA_CAPTION_TOO_LONG, ENTITY_BOUNDS_INVALID, ENTITIES_TOO_LONG.
    """
    if not text.strip():
        return "", []
    try:
        text, marked = normalize(text, entities)
    except Fault as fault:
        if fault.name == "MESSAGE_EMPTY":
            return "", []
        if fault.name == "MESSAGE_TOO_LONG":
            raise Fault("MEDIA_CAPTION_TOO_LONG") from None
        raise
    if len(text) > MAX_CAPTION:
        raise Fault("MEDIA_CAPTION_TOO_LONG")
    return text, marked


def _plain(text: str, find: bool) -> tuple[str, list[Entity]]:
    """The common case: printable ASCII, nothing marked."""
    text = text.strip()
    if not text:
        raise Fault("MESSAGE_EMPTY")
    if len(text) > MAX_LENGTH:
        raise Fault("MESSAGE_TOO_LONG")
    if not find:
        return text, []
    return text, [Entity(kind, start, end - start) for kind, start, end in detect.find(text)]


def _order(entity: Entity) -> tuple[int, int, int]:
    return entity.offset, -entity.length, entity.kind


# ── units ───────────────────────────────────────────────────────────────────────────────────────


def _to_points(text: str, entities: list[Entity]) -> list[Entity]:
    """UTF-16 offsets -> code points; ENTITY_BOUNDS_INVALID outside the text or inside a pair."""
    if not entities:
        return []
    if text.isascii() or max(text) <= "\uffff":
        size = len(text)
        for entity in entities:
            if entity.offset < 0 or entity.length < 0 or entity.offset + entity.length > size:
                raise Fault("ENTITY_BOUNDS_INVALID")
        return entities
    point_at = {unit: point for point, unit in enumerate(_unit_starts(text))}
    converted = []
    for entity in entities:
        start = point_at.get(entity.offset)
        end = point_at.get(entity.offset + entity.length)
        if start is None or end is None or entity.length < 0:
            raise Fault("ENTITY_BOUNDS_INVALID")
        converted.append(entity._replace(offset=start, length=end - start))
    return converted


def _to_units(text: str, entities: list[Entity]) -> list[Entity]:
    if not entities or text.isascii() or max(text) <= "\uffff":
        return entities
    starts = _unit_starts(text)
    return [
        entity._replace(
            offset=starts[entity.offset],
            length=starts[entity.offset + entity.length] - starts[entity.offset],
        )
        for entity in entities
    ]


def _unit_starts(text: str) -> list[int]:
    """The UTF-16 offset of each code point, and of the end."""
    starts = [0]
    at = 0
    for point in text:
        at += 2 if point > "\uffff" else 1
        starts.append(at)
    return starts


# ── cleaning ────────────────────────────────────────────────────────────────────────────────────


def _clean(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Control characters become spaces; carriage returns, separators and bidi overrides go."""
    text = text.translate(_SPACE_ONLY)
    if _DROPPED.isdisjoint(text):
        return text, entities
    kept = [0]
    for point in text:
        kept.append(kept[-1] + (point not in _DROPPED))
    moved = [
        entity._replace(
            offset=kept[entity.offset],
            length=kept[entity.offset + entity.length] - kept[entity.offset],
        )
        for entity in entities
    ]
    return "".join(point for point in text if point not in _DROPPED), moved


def _strip(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """White space at both ends goes, entities are cut to what is left."""
    shorter = text.rstrip()
    bare = shorter.lstrip()
    if len(bare) == len(text):
        return text, entities
    shift = len(shorter) - len(bare)
    return bare, [_cut(entity, shift, shift + len(bare), shift) for entity in entities]


def _cut(entity: Entity, start: int, end: int, shift: int) -> Entity:
    """``entity`` inside ``start..end``, moved back by ``shift``; length 0 where nothing is left."""
    first = min(max(entity.offset, start), end)
    last = min(max(entity.offset + entity.length, start), end)
    return entity._replace(offset=first - shift, length=last - first)


# ── what stands ─────────────────────────────────────────────────────────────────────────────────


def _settle(text: str, entities: list[Entity]) -> list[Entity]:
    """Drop empty and doubled entities, trim white space at their edges, keep code free of others.

    What the server finds itself (URLs, hashtags ...) is believed only from itself: a client's claim
    of such a kind is dropped and found again.
    """
    kept: list[Entity] = []
    for entity in entities:
        if entity.kind in FOUND_KINDS or (entity.kind == TEXT_URL and not entity.arg):
            continue
        if entity.kind not in BLOCK_KINDS:
            entity = _trim(text, entity)
        if entity.length > 0:
            kept.append(entity)
    code = [entity for entity in kept if entity.kind in CODE_KINDS]
    if code:
        kept = [e for e in kept if e in code or not any(_touch(e, c) for c in code)]
    return _merge(kept)


def _trim(text: str, entity: Entity) -> Entity:
    start, end = entity.offset, entity.offset + entity.length
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return entity._replace(offset=start, length=end - start)


def _touch(one: Entity, other: Entity) -> bool:
    return one.offset < other.offset + other.length and other.offset < one.offset + one.length


def _merge(entities: list[Entity]) -> list[Entity]:
    """Entities of one style that overlap or adjoin become one."""
    entities.sort(key=lambda e: (e.kind, e.offset, -e.length))
    merged: list[Entity] = []
    for entity in entities:
        last = merged[-1] if merged else None
        if last is not None and last.kind == entity.kind:
            end = last.offset + last.length
            if entity.kind in STYLE_KINDS and entity.offset <= end:
                reach = max(end, entity.offset + entity.length)
                merged[-1] = last._replace(length=reach - last.offset)
                continue
            if entity.offset < end:
                continue
        merged.append(entity)
    return merged


def _with_found(text: str, entities: list[Entity]) -> list[Entity]:
    """Add what is found in the text, except inside code and links somebody made by hand."""
    detected = [Entity(kind, start, end - start) for kind, start, end in detect.find(text)]
    if not detected:
        return entities
    closed = [e for e in entities if e.kind in CODE_KINDS or e.kind in (TEXT_URL, MENTION_NAME)]
    return entities + [e for e in detected if not any(_touch(e, other) for other in closed)]
