"""What a message holds, in the forms that TDLib takes."""

from __future__ import annotations

from typing import Any

from tdlib_link import Json


def styled(text: str, entities: Any = None) -> Json:
    """A formattedText; entities as the test writes them."""
    made = []
    for kind, offset, length, url in entities or []:
        of: Json = {"@type": f"textEntityType{kind[:1].upper()}{kind[1:]}"}
        if url:
            of["url"] = url
        made.append({"@type": "textEntity", "offset": offset, "length": length, "type": of})
    return {"@type": "formattedText", "text": text, "entities": made}


def local(path: str) -> Json:
    """An InputFile."""
    return {"@type": "inputFileLocal", "path": path}


def photo_of(path: str, caption: str) -> Json:
    """An inputMessagePhoto."""
    photo = {"@type": "inputPhoto", "photo": local(path), "width": 1600, "height": 1000}
    return {"@type": "inputMessagePhoto", "photo": photo, "caption": styled(caption)}


def document_of(path: str, caption: str) -> Json:
    """An inputMessageDocument."""
    document = {"@type": "inputDocument", "document": local(path)}
    document["disable_content_type_detection"] = True
    return {"@type": "inputMessageDocument", "document": document, "caption": styled(caption)}


def text_of(text: str, entities: Any = None) -> Json:
    """An inputMessageText."""
    return {"@type": "inputMessageText", "text": styled(text, entities)}


def user_sender(user: int) -> Json:
    """A MessageSender."""
    return {"@type": "messageSenderUser", "user_id": user}
