"""Made-up exports of Telegram Desktop: every kind of chat and message, as many as wanted."""

from __future__ import annotations

import io
import json
import random
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image

ZONE = ZoneInfo("Europe/Paris")
START = 1_600_000_000
ME = 100
PEOPLE = {ME: "Ada Lovelace", 101: "Bob", 102: "Éve", 103: "Zoë", 104: "Max"}
PHONES = {101: "+33612345678"}
_WORDS = ("bonjour", "la mer", "était calme", "🐈", "hier soir,", "and then", "we left",
          "for Brest", "👩‍🚀", "déjà vu")  # fmt: skip
_PLACES = ("saved_messages", "personal_chat", "private_group", "private_supergroup",
           "private_channel")  # fmt: skip


def _local(at: int) -> str:
    return datetime.fromtimestamp(at, ZONE).strftime("%Y-%m-%dT%H:%M:%S")


class Maker:
    """Writes one export to a folder."""

    def __init__(self, folder: Path, *, seed: int = 1) -> None:
        self.folder = folder
        self.chance = random.Random(seed)
        self.files = 0
        self.at = START

    def account(self, messages: int, files: int, *, chats: tuple[str, ...] = _PLACES) -> Path:
        """A whole account: ``messages`` spread over a chat of each type, with ``files`` files."""
        self.folder.mkdir(parents=True)
        each = messages // len(chats)
        every = max(messages // files, 1) if files else 0
        made = [self.chat(kind, n, each, every) for n, kind in enumerate(chats)]
        whole = {
            "about": "Made up.",
            "personal_information": {
                "user_id": ME,
                "first_name": "Ada",
                "last_name": "Lovelace",
                "phone_number": "",
                "bio": "",
            },
            "contacts": {
                "about": "",
                "list": [
                    {"user_id": user, "first_name": PEOPLE[user], "phone_number": phone}
                    for user, phone in PHONES.items()
                ],
            },
            "chats": {"about": "", "list": made},
        }
        return self._write(whole)

    def single(self, kind: str, messages: int) -> Path:
        """One chat alone."""
        self.folder.mkdir(parents=True)
        return self._write(self.chat(kind, 0, messages, 0))

    def _write(self, whole: dict[str, Any]) -> Path:
        path = self.folder / "result.json"
        path.write_text(json.dumps(whole, ensure_ascii=False, indent=1), "utf-8")
        return path

    def chat(self, kind: str, n: int, count: int, every: int) -> dict[str, Any]:
        """A chat with ``count`` messages, a file in each ``every`` of them (0: none)."""
        facts: dict[str, Any] = {"type": kind, "id": {"personal_chat": 101}.get(kind, 5000 + n)}
        if kind != "saved_messages":
            facts["name"] = PEOPLE[101] if kind == "personal_chat" else f"Chat {n}"
        made: list[dict[str, Any]] = []
        for number in range(1, count + 1):
            self.at += self.chance.randint(1, 400)
            one = self._message(facts, number, made)
            bare = one["type"] == "message" and "location_information" not in one
            if every and number % every == 0 and bare:
                self._attach(one, n)
            made.append(one)
        return facts | {"messages": made}

    def _speaker(self, facts: dict[str, Any]) -> tuple[str, str]:
        kind = facts["type"]
        if kind == "private_channel":
            return facts["name"], f"channel{facts['id']}"
        people = {"saved_messages": [ME], "personal_chat": [ME, 101]}.get(kind, list(PEOPLE))
        user = self.chance.choice(people)
        return PEOPLE[user], f"user{user}"

    def _message(
        self, facts: dict[str, Any], number: int, before: list[dict[str, Any]]
    ) -> dict[str, Any]:
        name, source = self._speaker(facts)
        roll = self.chance.random()
        made: dict[str, Any] = {
            "id": number * 2 if facts["type"] in ("personal_chat", "saved_messages") else number,
            "type": "message",
            "date": _local(self.at),
            "date_unixtime": str(self.at),
        }
        group = facts["type"] in ("private_group", "private_supergroup")
        if group and (number <= 5 or roll < 0.03) and facts["type"] == "private_group":
            return self._service(made, facts, number, before, name, source)
        if roll < 0.02 and group:
            return self._service(made, facts, number, before, name, source)
        made |= {"from": name, "from_id": source}
        if roll < 0.1:
            made |= {"edited": _local(self.at + 60), "edited_unixtime": str(self.at + 60)}
        if before and roll > 0.8:
            made["reply_to_message_id"] = self.chance.choice(before)["id"]
        if 0.2 < roll < 0.25:
            made |= {"forwarded_from": PEOPLE[104], "forwarded_from_id": "user104"}
        elif 0.25 < roll < 0.27:
            made["forwarded_from"] = "Somebody who hides"
        if facts["type"] == "private_channel" and roll < 0.5:
            made["author"] = PEOPLE[ME]
        self._say(made, roll)
        if facts["type"] != "saved_messages" and 0.3 < roll < 0.4:
            made["reactions"] = self._reactions()
        return made

    def _service(
        self,
        made: dict[str, Any],
        facts: dict[str, Any],
        number: int,
        before: list[dict[str, Any]],
        name: str,
        source: str,
    ) -> dict[str, Any]:
        # Everybody has spoken once before anybody is named, as in a group that somebody made.
        users = list(PEOPLE)
        if facts["type"] == "private_group" and number <= len(users):
            name, source = PEOPLE[users[number - 1]], f"user{users[number - 1]}"
        made |= {"type": "service", "actor": name, "actor_id": source}
        kinds: list[dict[str, Any]] = [
            {"action": "edit_group_title", "title": f"Title {number}"},
            {"action": "join_group_by_request"},
            {"action": "group_call", "duration": 62},
            {"action": "set_messages_ttl", "period": 86400},
        ]
        if before:
            kinds.append({"action": "pin_message", "message_id": self.chance.choice(before)["id"]})
        if number > len(users) and facts["type"] == "private_group":
            kinds += [
                {"action": "invite_members", "members": [PEOPLE[102], PEOPLE[103]]},
                {"action": "remove_members", "members": [PEOPLE[104]]},
            ]
        return made | self.chance.choice(kinds) | {"text": "", "text_entities": []}

    def _say(self, made: dict[str, Any], roll: float) -> None:
        words = " ".join(self.chance.choices(_WORDS, k=self.chance.randint(1, 14)))
        if roll < 0.6:
            pieces: list[dict[str, Any]] = [{"type": "plain", "text": words}]
        elif roll < 0.62:
            made["poll"] = {
                "question": "Tea?",
                "closed": False,
                "total_voters": 3,
                "answers": [{"text": "Yes", "voters": 3, "chosen": True}],
            }
            made |= {"text": "", "text_entities": []}
            return
        elif roll < 0.63:
            made |= {"location_information": {"latitude": 48.39, "longitude": -4.48}}
            made |= {"text": "", "text_entities": []}
            return
        else:
            pieces = [
                {"type": "bold", "text": "Ahoy"},
                {"type": "plain", "text": f" {words} "},
                {"type": "text_link", "text": "ici 🐈", "href": "https://example.org/"},
                {"type": "plain", "text": " "},
                {"type": "mention_name", "text": "Zoë", "user_id": 103},
                {"type": "pre", "text": "x = 1\n", "language": "python"},
                {"type": "blockquote", "text": "said", "collapsed": True},
            ]
        made["text"] = [
            one["text"] if one["type"] == "plain" else one for one in pieces
        ] if len(pieces) > 1 else words  # fmt: skip
        made["text_entities"] = pieces

    def _reactions(self) -> list[dict[str, Any]]:
        recent = [
            {"from": PEOPLE[user], "from_id": f"user{user}", "date": _local(self.at + 90 - user)}
            for user in (101, 102)
        ]
        return [
            {"type": "emoji", "count": 7, "emoji": "👍", "recent": recent},
            {"type": "emoji", "count": 1, "emoji": "🔥"},
        ]

    def _attach(self, made: dict[str, Any], n: int) -> None:
        self.files += 1
        base = f"chats/chat_{n + 1:03}"
        if self.files % 3 == 0:
            width, height = self.chance.randint(90, 400), self.chance.randint(90, 400)
            path = f"{base}/photos/photo_{self.files}.jpg"
            picture = io.BytesIO()
            color = tuple(self.chance.randint(0, 255) for _ in range(3))
            Image.new("RGB", (width, height), color).save(picture, "JPEG")
            made |= {"photo": path, "photo_file_size": len(picture.getvalue())}
            made |= {"width": width, "height": height}
            data = picture.getvalue()
        elif self.files % 11 == 0:
            missing = "(File not included. Change data exporting settings to download.)"
            made |= {"file": missing, "file_name": "gone.zip", "mime_type": "application/zip"}
            return
        else:
            path = f"{base}/files/document {self.files}.bin"
            data = self.chance.randbytes(self.chance.randint(1, 5000))
            made |= {"file": path, "file_name": f"document {self.files}.bin"}
            made |= {"file_size": len(data), "mime_type": "application/x-thing"}
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
