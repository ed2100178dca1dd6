"""One message in the shape of Telegram Desktop's JSON. Knows the format, asks no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from petitbleu import ids
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import Entity, Forward, MessageRow
from petitbleu.domain.transfer.imports import service as imports

_TYPES = {kind: name for name, kind in imports.ENTITIES.items()}
_ARGUMENTS = {"text_link": "href", "pre": "language", "mention_name": "user_id",
              "blockquote": "collapsed"}  # fmt: skip
_CUSTOM_EMOJI = 18
_ACTIONS = {
    "chat_create": "create_group",
    "chat_title": "edit_group_title",
    "channel_create": "create_channel",
    "chat_add": "invite_members",
    "chat_delete": "remove_members",
    "chat_joined_link": "join_group_by_link",
    "chat_joined_request": "join_group_by_request",
    "migrate_to": "migrate_to_supergroup",
    "migrate_from": "migrate_from_group",
    "pin": "pin_message",
    "history_clear": "clear_history",
    "contact_sign_up": "joined_telegram",
    "chat_photo": "edit_group_photo",
    "chat_photo_delete": "delete_group_photo",
}
NOT_INCLUDED = "(File not included. Change data exporting settings to download.)"


class Reaction(NamedTuple):
    """One emoji under a message, with (account, Unix second) of some who chose it."""

    emoji: str
    n: int
    recent: list[tuple[int, int]]


class Names:
    """What peers are called; None: deleted."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.known: dict[int, str | None] = {}

    def name(self, peer: int) -> str | None:
        return self.known.get(peer)

    def local(self, at: int) -> str:
        """Unix seconds as the format has them: local time."""
        return datetime.fromtimestamp(at, self.zone).strftime("%Y-%m-%dT%H:%M:%S")


def source(peer: int) -> str:
    """user1, chat1, channel1"""
    prefix = "user" if peer > 0 else "channel" if ids.is_channel(peer) else "chat"
    return f"{prefix}{ids.bare(peer)}"


def speaker(row: MessageRow, extra: Mapping[str, Any]) -> int:
    """Who is shown to have said it."""
    shown = row.owner if row.flags & messages.POST else row.sender
    return int(extra.get("as", shown))


def named(row: MessageRow) -> set[int]:
    """Peers whose names the message needs."""
    extra = messages.decode_extra(row.extra) if row.extra is not None else {}
    peers = {speaker(row, extra)}
    if "forward" in extra:
        forward = Forward(*extra["forward"])
        peers |= {forward.author, forward.saved_peer}
    for argument in extra.get("action", ())[1:]:
        for item in argument if isinstance(argument, list) else [argument]:
            if isinstance(item, int):
                peers.add(item)
    return peers - {0}


def message(
    row: MessageRow,
    names: Names,
    reactions: Sequence[Reaction],
    media: Mapping[str, Any],
) -> dict[str, Any]:
    """The message; ``media``: its fields about what it carries."""
    extra = messages.decode_extra(row.extra) if row.extra is not None else {}
    service = "action" in extra
    kept = dict(extra.get("kept") or {})
    fields: dict[str, Any] = {
        "id": row.id,
        "type": "service" if service else "message",
        "date": names.local(row.date),
        "date_unixtime": str(row.date),
    }
    if row.edit_date:
        fields["edited"] = names.local(row.edit_date)
        fields["edited_unixtime"] = str(row.edit_date)
    who = speaker(row, extra)
    label = "actor" if service else "from"
    fields[label] = names.name(who)
    fields[f"{label}_id"] = source(who)
    if service:
        _action(fields, extra["action"], names)
    elif extra.get("sign"):
        fields["author"] = extra["sign"]
    if row.reply_to is not None:
        fields["message_id" if service else "reply_to_message_id"] = row.reply_to
    if "forward" in extra:
        _forward(fields, Forward(*extra["forward"]), names)
    fields.update(media)
    text = row.text
    if text and text == imports.stand_in(kept):
        text = ""
    entities = messages.decode_entities(row.entities) if row.entities is not None else []
    fields["text"], fields["text_entities"] = _text(text, entities)
    if reactions:
        fields["reactions"] = [_reaction(reaction, names) for reaction in reactions]
    fields.update(kept)
    if "text_entities" in kept:
        fields["text"] = _joined(kept["text_entities"])
    return fields


def _forward(made: dict[str, Any], forward: Forward, names: Names) -> None:
    made["forwarded_from"] = names.name(forward.author) if forward.author else forward.name
    if forward.author:
        made["forwarded_from_id"] = source(forward.author)
    if forward.saved_peer:
        made["saved_from"] = names.name(forward.saved_peer)


def _action(made: dict[str, Any], action: Sequence[Any], names: Names) -> None:
    name, arguments = action[0], list(action[1:])
    made["action"] = _ACTIONS.get(name, name)
    if name in ("chat_create", "chat_title", "channel_create", "migrate_from"):
        made["title"] = arguments[0]
    if name in ("chat_create", "chat_add", "chat_delete"):
        people = arguments[-1] if isinstance(arguments[-1], list) else [arguments[-1]]
        made["members"] = [names.name(person) for person in people]
    if name == "chat_joined_link":
        made["inviter"] = names.name(arguments[0])


def _reaction(one: Reaction, names: Names) -> dict[str, Any]:
    fields: dict[str, Any] = {"type": "emoji", "count": one.n, "emoji": one.emoji}
    if one.recent:
        fields["recent"] = [
            {"from": names.name(who), "from_id": source(who), "date": names.local(at)}
            for who, at in one.recent
        ]
    return fields


def _text(text: str, entities: Sequence[Entity]) -> tuple[Any, list[dict[str, Any]]]:
    """``text`` and ``text_entities``: the text in pieces, one after the other."""
    units = text.encode("utf-16-le")
    pieces: list[dict[str, Any]] = []
    at = 0

    def piece(start: int, end: int) -> str:
        return units[2 * start : 2 * end].decode("utf-16-le", "replace")

    for one in sorted(entities, key=lambda entity: (entity.offset, -entity.length)):
        if one.offset < at or one.kind == _CUSTOM_EMOJI or one.kind not in _TYPES:
            continue
        if one.offset > at:
            pieces.append({"type": "plain", "text": piece(at, one.offset)})
        at = one.offset + one.length
        kind = _TYPES[one.kind]
        part: dict[str, Any] = {"type": kind, "text": piece(one.offset, at)}
        if kind in _ARGUMENTS:
            part[_ARGUMENTS[kind]] = one.arg
        pieces.append(part)
    if 2 * at < len(units):
        pieces.append({"type": "plain", "text": piece(at, len(units) // 2)})
    return _joined(pieces), pieces


def _joined(pieces: Sequence[Mapping[str, Any]]) -> Any:
    """``text``: a string where nothing is marked, else strings and marked pieces."""
    if all(piece.get("type") == "plain" for piece in pieces):
        return "".join(str(piece["text"]) for piece in pieces)
    return [piece["text"] if piece.get("type") == "plain" else dict(piece) for piece in pieces]
