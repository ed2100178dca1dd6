"""Dresses what a server says to a page: plain messages become ones whose every text is hostile.

The server would clean or refuse much of it; the page is to be safe by itself. A message whose text
is ``QX17X`` gets the 17th string (from ``first`` on) as text, author, preview, file name and so on.
"""

from __future__ import annotations

import json
import re
from typing import Any

_MARKER = re.compile(r"QX(\d+)X")
_ENTITIES = (
    "Bold",
    "Italic",
    "Code",
    "Url",
    "Email",
    "Phone",
    "Mention",
    "Hashtag",
    "BotCommand",
    "Spoiler",
    "Blockquote",
    "Underline",
    "Strike",
    "BankCard",
    "Cashtag",
)
MEDIA = ("page", "file", "poll", "contact", "venue", "sound", "sticker", "service")
"""What a message holds besides: one of these in turn."""
SYNTHETIC = 7_000_000
"""Numbers of people and chats that only the page hears of."""


class Dresser:
    """``first``: which string the first marker gets; ``turn``: which media the first message."""

    def __init__(self, strings: list[str], first: int, turn: int) -> None:
        self.strings, self.first, self.turn = strings, first, turn

    def string(self, n: int) -> str:
        """The string of a marker."""
        return self.strings[(self.first + n) % len(self.strings)]

    def dress(self, text: str) -> str:
        """One frame."""
        frame = json.loads(text)
        ok = frame.get("ok") if isinstance(frame, dict) else None
        if isinstance(ok, dict):
            self._object(ok)
            if ok["_"] == "messages.dialogs" and ok["dialogs"]:
                self._more_rows(ok)
        return json.dumps(frame)

    def _object(self, one: dict[str, Any]) -> None:
        for key in ("messages", "chats", "full_chat"):
            for inner in one[key] if isinstance(one.get(key), list) else [one.get(key)]:
                if isinstance(inner, dict):
                    self._inner(one, inner)

    def _inner(self, whole: dict[str, Any], one: dict[str, Any]) -> None:
        found = _MARKER.fullmatch(one.get("message") or one.get("title") or one.get("about") or "")
        if not found:
            return
        n = int(found[1])
        if one["_"] == "message":
            self._message(one, n)
            whole["users"] += [self.person(n), self.person(n + 1)]
        else:
            for key in ("title", "about"):
                if key in one:
                    one[key] = self.string(n)

    def person(self, n: int) -> dict[str, Any]:
        """Somebody with the string for a name."""
        s = self.string(n)
        return {
            "_": "user",
            "id": str(SYNTHETIC + n),
            "access_hash": "1",
            "first_name": s,
            "last_name": s,
        }

    def _message(self, one: dict[str, Any], n: int) -> None:
        s = self.string(n)
        media = MEDIA[(n + self.turn) % len(MEDIA)]
        one["from_id"] = {"_": "peerUser", "user_id": str(SYNTHETIC + n)}
        one.pop("out", None)
        if media == "service":
            self._service(one, n, s)
            return
        one["message"] = s
        one["entities"] = entities(s)
        one["post_author"] = s
        one["reactions"] = {
            "_": "messageReactions",
            "results": [
                {
                    "_": "reactionCount",
                    "count": 2,
                    "reaction": {"_": "reactionEmoji", "emoticon": s},
                }
            ],
        }
        if n % 2:
            one["fwd_from"] = {"_": "messageFwdHeader", "from_name": s, "post_author": s, "date": 1}
        one["reply_markup"] = {
            "_": "replyInlineMarkup",
            "rows": [
                {
                    "_": "keyboardButtonRow",
                    "buttons": [{"_": "keyboardButtonUrl", "text": s, "url": s}],
                }
            ],
        }
        one["media"] = self._media(media, s)

    @staticmethod
    def _service(one: dict[str, Any], n: int, s: str) -> None:
        actions = (
            {"_": "messageActionChatEditTitle", "title": s},
            {"_": "messageActionChatCreate", "title": s, "users": []},
            {
                "_": "messageActionChatAddUser",
                "users": [str(SYNTHETIC + n + 1), str(SYNTHETIC + n)],
            },
            {"_": "messageActionChatDeleteUser", "user_id": str(SYNTHETIC + n + 1)},
        )
        for key in ("message", "entities", "media"):
            one.pop(key, None)
        one["_"] = "messageService"
        one["action"] = actions[n // len(MEDIA) % len(actions)]

    @staticmethod
    def _media(kind: str, s: str) -> dict[str, Any]:
        def document(mime: str, *attributes: dict[str, Any]) -> dict[str, Any]:
            return _document(mime, s, *attributes)

        point = {"_": "geoPoint", "lat": 48.85, "long": 2.35, "access_hash": "1"}
        if kind == "page":
            page = {
                "_": "webPage",
                "id": "5",
                "url": s,
                "display_url": s,
                "hash": 0,
                "type": s,
                "site_name": s,
                "title": s,
                "description": s,
                "author": s,
                "embed_url": s,
            }
            return {"_": "messageMediaWebPage", "webpage": page}
        if kind == "poll":
            answers = [
                {"_": "pollAnswer", "text": _text(s), "option": one} for one in ("AA==", "AQ==")
            ]
            poll = {"_": "poll", "id": "6", "question": _text(s), "answers": answers, "hash": "0"}
            results = {"_": "pollResults", "total_voters": 1, "solution": s, "results": []}
            return {"_": "messageMediaPoll", "poll": poll, "results": results}
        if kind == "contact":
            return {
                "_": "messageMediaContact",
                "phone_number": s,
                "first_name": s,
                "last_name": s,
                "vcard": s,
                "user_id": "0",
            }
        if kind == "venue":
            return {
                "_": "messageMediaVenue",
                "geo": point,
                "title": s,
                "address": s,
                "provider": s,
                "venue_id": s,
                "venue_type": s,
            }
        if kind == "sound":
            return document(
                "audio/ogg",
                {"_": "documentAttributeAudio", "duration": 3, "title": s, "performer": s},
            )
        if kind == "sticker":
            empty = {"_": "inputStickerSetEmpty"}
            return document(s, {"_": "documentAttributeSticker", "alt": s, "stickerset": empty})
        return document(s)

    def _more_rows(self, ok: dict[str, Any]) -> None:
        """Rows of the list that are called by the strings, with messages that say them."""
        for n in range(60):
            number, s = str(SYNTHETIC + 1000 + n), self.string(n)
            peer = {"_": "peerChannel", "channel_id": number}
            ok["chats"].append(
                {
                    "_": "channel",
                    "id": number,
                    "access_hash": "1",
                    "title": s,
                    "date": 1,
                    "megagroup": True,
                    "photo": {"_": "chatPhotoEmpty"},
                }
            )
            ok["users"].append(self.person(n))
            ok["messages"].append(
                {
                    "_": "message",
                    "id": 1,
                    "peer_id": peer,
                    "date": 1_700_000_000 + n,
                    "message": s,
                    "from_id": {"_": "peerUser", "user_id": str(SYNTHETIC + n)},
                    "entities": entities(s),
                }
            )
            draft = {"_": "draftMessage", "message": s, "date": 1_700_000_000}
            ok["dialogs"].append(
                {
                    "_": "dialog",
                    "peer": peer,
                    "top_message": 1,
                    "read_inbox_max_id": 0,
                    "read_outbox_max_id": 0,
                    "unread_count": 1,
                    "unread_mentions_count": 0,
                    "unread_reactions_count": 0,
                    "unread_poll_votes_count": 0,
                    "pts": 1,
                    "notify_settings": {"_": "peerNotifySettings"},
                    **({"draft": draft} if n % 3 == 0 else {}),
                }
            )


def _text(value: str) -> dict[str, Any]:
    return {"_": "textWithEntities", "text": value, "entities": entities(value)}


def _document(mime: str, name: str, *attributes: dict[str, Any]) -> dict[str, Any]:
    made = {
        "_": "document",
        "id": "77",
        "access_hash": "1",
        "file_reference": "AAAA",
        "date": 1,
        "mime_type": mime,
        "size": "5",
        "dc_id": 2,
        "attributes": [*attributes, {"_": "documentAttributeFilename", "file_name": name}],
    }
    return {"_": "messageMediaDocument", "document": made}


def entities(text: str) -> list[dict[str, Any]]:
    """Marks that lie over, across and outside the text, and lead where nobody should be led."""
    size = len(text.encode("utf-16-le", "surrogatepass")) // 2
    found: list[dict[str, Any]] = []
    for n, kind in enumerate(_ENTITIES):
        found.append({"_": f"messageEntity{kind}", "offset": n - 3, "length": size})
    for offset, length in (
        (0, size),
        (-5, 3),
        (size, 9),
        (size + 100, 5),
        (1, 2**31 - 1),
        (2**31 - 1, 1),
        (3, -2),
        (1, 0),
    ):
        found.append(
            {"_": "messageEntityTextUrl", "offset": offset, "length": length, "url": text[:300]}
        )
        found.append(
            {"_": "messageEntityPre", "offset": offset, "length": length, "language": text[:300]}
        )
        found.append(
            {"_": "messageEntityMentionName", "offset": offset, "length": length, "user_id": "1"}
        )
    found.append(
        {"_": "messageEntityTextUrl", "offset": 0, "length": 4, "url": "javascript:window.hacked=1"}
    )
    found += [
        {"_": "messageEntityBold", "offset": n, "length": 1 + n}
        for n in range(0, min(size, 900), 7)
    ]
    return found
