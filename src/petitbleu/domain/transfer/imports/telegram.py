"""One message of Telegram Desktop's JSON as plain values. Knows the format, and nothing of us.

What the format says and we cannot hold natively is not lost: it is *kept* as it stood, beside the
message, for an export; and it is counted under a reason, for the report.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from petitbleu.domain.messaging.messages.service import Entity

ENTITIES = {
    "unknown": 0,
    "mention": 1,
    "hashtag": 2,
    "bot_command": 3,
    "link": 4,
    "email": 5,
    "bold": 6,
    "italic": 7,
    "code": 8,
    "pre": 9,
    "text_link": 10,
    "mention_name": 11,
    "phone": 12,
    "cashtag": 13,
    "underline": 14,
    "strikethrough": 15,
    "bank_card": 16,
    "spoiler": 17,
    "blockquote": 19,
}
"""Entity types of the format -> ``messages/entity_kinds.py``."""
MENTION_NAME = 11
TEXT_MAX = 32_000

_PLAIN = frozenset(
    {"id", "type", "date", "date_unixtime", "edited", "edited_unixtime", "from", "from_id",
     "author", "text", "text_entities", "forwarded_from", "forwarded_from_id", "saved_from",
     "reply_to_message_id", "reactions", "actor", "actor_id", "action"}
)  # fmt: skip
_MEDIA = frozenset(
    {"photo", "file", "file_name", "thumbnail", "media_type", "sticker_emoji", "performer",
     "title", "mime_type", "duration_seconds", "width", "height", "media_spoiler",
     "photo_file_size", "file_size", "thumbnail_file_size", "contact_information",
     "location_information", "live_location_period_seconds", "place_name", "address"}
)  # fmt: skip
_SHOWN_AS_TEXT = {
    "poll": "polls (shown as text)",
    "todo_list": "checklists (shown as text)",
    "game_title": "games (shown as text)",
    "invoice_information": "invoices (shown as text)",
}
_LEFT_OUT = {
    "inline_bot_buttons": "buttons of bots",
    "via_bot": "the bot a message came through",
    "contact_vcard": "cards of contacts beyond name and number",
    "self_destruct_period_seconds": "timers of media that destroy themselves",
    "reply_to_peer_id": "answers to messages of other chats",
    "paid_stars_amount": "payments",
}


class Attachment(NamedTuple):
    """What a message carries; ``path`` is relative to the export, '' where the file is not there.

    ``kind``: photo, file, contact, geo, geo_live, venue.
    """

    kind: str
    path: str
    facts: dict[str, Any]


class Reaction(NamedTuple):
    """One emoji under a message; ``recent``: (source, name, Unix second) of some who chose it."""

    emoji: str
    count: int  # type: ignore[assignment]  # tuple has a method of this name
    recent: list[tuple[str, str | None, int]]


class Said(NamedTuple):
    """One message of an export."""

    id: int
    date: int
    edit_date: int | None
    source: str
    """user1, channel1; '' where the export names nobody."""
    name: str | None
    sign: str
    text: str
    entities: list[Entity]
    """The argument of a mention by name is the user's id in the export."""
    forward: tuple[str, str] | None
    """(name, source or '')"""
    saved_from: str
    reply: int | None
    media: Attachment | None
    reactions: list[Reaction]
    action: tuple[str, dict[str, Any]] | None
    kept: dict[str, Any]
    left_out: list[str]
    """Reasons, one for each thing that is not held natively."""


def parse_message(raw: dict[str, Any], zone: ZoneInfo) -> Said | None:
    """The message; None for what is no message (``unsupported``), ValueError for nonsense."""
    if raw.get("type") not in ("message", "service") or not isinstance(raw.get("id"), int):
        return None
    service = raw["type"] == "service"
    left_out: list[str] = []
    text, entities, whole = _text(raw)
    kept: dict[str, Any] = {} if whole else {"text_entities": raw.get("text_entities")}
    if not whole:
        left_out.append("custom emoji (their plain emoji stays)")
    source = raw.get("actor_id" if service else "from_id") or ""
    action = None
    if service:
        action = (str(raw.get("action") or "unknown"), dict(raw))
    media = None if service else attachment(raw)
    for key, value in raw.items():
        if service or key in _PLAIN or key in _MEDIA:
            continue
        kept[key] = value
        reason = _SHOWN_AS_TEXT.get(key) or _LEFT_OUT.get(key)
        if reason is not None:
            left_out.append(reason)
    if not text:
        text = stand_in(raw)
    if len(text) > TEXT_MAX:
        text, entities = text[:TEXT_MAX], []
        left_out.append(f"the rest of texts longer than {TEXT_MAX} characters")
    reactions, whole = _reactions(raw.get("reactions") or [], zone)
    if not whole:
        kept["reactions"] = raw["reactions"]
        left_out.append("reactions with custom emoji or stars")
    forward = None
    if "forwarded_from" in raw:
        forward = (raw["forwarded_from"] or "", raw.get("forwarded_from_id") or "")
    return Said(
        id=raw["id"],
        date=_date(raw, "date", zone),
        edit_date=_date(raw, "edited", zone) if raw.get("edited") else None,
        source=source,
        name=raw.get("actor" if service else "from"),
        sign=raw.get("author") or "",
        text=text,
        entities=entities,
        forward=forward,
        saved_from=raw.get("saved_from") or "",
        reply=raw.get("message_id" if service else "reply_to_message_id"),
        media=media,
        reactions=reactions,
        action=action,
        kept=kept,
        left_out=left_out,
    )


def _date(raw: dict[str, Any], key: str, zone: ZoneInfo) -> int:
    """Unix seconds; old exports have local time only."""
    unix = raw.get(f"{key}_unixtime")
    return int(unix) if unix else local(raw[key], zone)


def local(date: str, zone: ZoneInfo) -> int:
    """``2020-01-31T12:00:00`` in ``zone`` as Unix seconds."""
    return int(datetime.fromisoformat(date).replace(tzinfo=zone).timestamp())


# ── text ────────────────────────────────────────────────────────────────────────────────────────


def _text(raw: dict[str, Any]) -> tuple[str, list[Entity], bool]:
    """(text, entities, whether everything could be held)."""
    parts = raw.get("text_entities")
    if not isinstance(parts, list) or not parts:
        parts = raw.get("text") or []
    if isinstance(parts, str):
        return parts, [], True
    text, entities, at, whole = "", [], 0, True
    for part in parts:
        piece = {"type": "plain", "text": part} if isinstance(part, str) else part
        shown = str(piece.get("text") or "")
        length = len(shown.encode("utf-16-le")) // 2
        kind = ENTITIES.get(piece.get("type", ""))
        if kind is not None and length:
            entities.append(Entity(kind, at, length, _argument(piece)))
        elif piece.get("type") != "plain":
            whole = False
        text += shown
        at += length
    return text, entities, whole


def _argument(piece: dict[str, Any]) -> Any:
    kind = piece["type"]
    if kind == "text_link":
        return str(piece.get("href") or "")
    if kind == "pre":
        return str(piece.get("language") or "")
    if kind == "mention_name":
        return int(piece.get("user_id") or 0)
    if kind == "blockquote":
        return bool(piece.get("collapsed"))
    return None


def stand_in(raw: dict[str, Any]) -> str:
    """Words for what cannot be shown: nothing is silently empty."""
    poll = raw.get("poll")
    if isinstance(poll, dict):
        lines = [f"📊 {poll.get('question', '')}"]
        lines += [
            f"• {answer.get('text')} ({answer.get('voters')})" for answer in poll.get("answers", [])
        ]
        return "\n".join(lines)
    tasks = raw.get("todo_list")
    if isinstance(tasks, dict):
        lines = [f"☑ {tasks.get('title', '')}"]
        return "\n".join([*lines, *(f"• {task.get('text')}" for task in tasks.get("items", []))])
    if "game_title" in raw:
        return f"🎮 {raw['game_title']}"
    invoice = raw.get("invoice_information")
    if isinstance(invoice, dict):
        return f"🧾 {invoice.get('title', '')}"
    return ""


# ── media and reactions ─────────────────────────────────────────────────────────────────────────


def attachment(raw: dict[str, Any]) -> Attachment | None:
    """What the message carries."""
    facts = {key: raw[key] for key in _MEDIA if key in raw}
    for kind in ("photo", "file"):
        if kind in raw:
            path = str(raw[kind])
            return Attachment(kind, "" if missing(path) else path, facts)
    if isinstance(raw.get("contact_information"), dict):
        return Attachment("contact", "", facts)
    if isinstance(raw.get("location_information"), dict):
        if "place_name" in raw:
            return Attachment("venue", "", facts)
        live = "live_location_period_seconds" in raw
        return Attachment("geo_live" if live else "geo", "", facts)
    return None


def missing(path: str) -> bool:
    """Whether the export says in the place of a path why there is no file."""
    return not path or (path.endswith(")") and "(File " in path)


def _reactions(found: list[dict[str, Any]], zone: ZoneInfo) -> tuple[list[Reaction], bool]:
    reactions, whole = [], True
    for one in found:
        if one.get("type") != "emoji" or not one.get("emoji"):
            whole = False
            continue
        recent = [
            (who["from_id"], who.get("from"), local(who["date"], zone))
            for who in one.get("recent") or []
            if who.get("from_id")
        ]
        count = max(int(one.get("count") or 0), len(recent))
        reactions.append(Reaction(str(one["emoji"]), count, recent))
    return reactions, whole
