"""Two exports side by side: all that the format carries, but for ids and names of files."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any


def picture(path: Path) -> dict[str, Any]:
    """The chats of an export by name, ids replaced by what they stand for."""
    whole = json.loads(path.read_text("utf-8"))
    found = whole["chats"]["list"]
    names: dict[str, str] = {}
    for chat in found:
        names[f"channel{chat['id']}"] = chat.get("name") or "saved"
        for message in chat["messages"]:
            for label in ("from", "actor"):
                if message.get(f"{label}_id"):
                    names[message[f"{label}_id"]] = message[label]
            for reaction in message.get("reactions", []):
                for one in reaction.get("recent", []):
                    names[one["from_id"]] = one["from"]
            if "forwarded_from_id" in message:
                names[message["forwarded_from_id"]] = message["forwarded_from"]
    return {
        chat.get("name") or "saved": [
            chat["type"],
            *(_message(one, chat["messages"], names, path.parent) for one in chat["messages"]),
        ]
        for chat in found
    }


def _message(
    one: dict[str, Any], every: list[dict[str, Any]], names: dict[str, str], folder: Path
) -> dict[str, Any]:
    order = {message["id"]: n for n, message in enumerate(every)}
    made = json.loads(json.dumps(one))
    made["id"] = order[one["id"]]
    for key in ("reply_to_message_id", "message_id"):
        if key in made:
            made[key] = order[made[key]]
    for key in ("from_id", "actor_id", "forwarded_from_id"):
        if key in made:
            made[key] = names[made[key]]
    for reaction in made.get("reactions", []):
        for who in reaction.get("recent", []):
            who["from_id"] = names[who["from_id"]]
    for piece in [*made["text_entities"], *(p for p in made["text"] if isinstance(p, dict))]:
        if piece["type"] == "mention_name":
            piece["user_id"] = names[f"user{piece['user_id']}"]
    if "file" in made and not made["file"].startswith("("):
        made["file"] = hashlib.sha256((folder / made["file"]).read_bytes()).hexdigest()
    if "photo" in made:  # pictures are written anew: their pixels count
        assert (folder / made["photo"]).is_file()
        del made["photo"], made["photo_file_size"]
    return dict(made)
