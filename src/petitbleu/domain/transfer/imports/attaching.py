"""What messages of an export carry -> the media room."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Any

from petitbleu.app import App
from petitbleu.domain.files.media import service as media
from petitbleu.domain.transfer.imports.telegram import Attachment
from petitbleu.errors import Fault

_MIME = {".tgs": "application/x-tgsticker", ".webp": "image/webp", ".webm": "video/webm",
         ".ogg": "audio/ogg", ".oga": "audio/ogg"}  # fmt: skip


async def attach(
    app: App, owner: int, folder: Path, found: Attachment
) -> tuple[bytes | None, str | None]:
    """(the stored form, None), or (None, why it was left out)."""
    facts = found.facts
    more: dict[str, Any] = {"spoiler": True} if facts.get("media_spoiler") else {}
    plain = _plain(found)
    if plain is not None:
        return media.pack(found.kind, plain, more), None
    if not found.path:
        return None, "files that the export does not contain"
    path = inside(folder, found.path)
    if path is None:
        return None, "files outside of the export's folder"
    if not path.is_file():
        return None, "files that are missing beside the export"
    try:
        if found.kind == "photo":
            return await media.local.photo(app, owner, path, more), None
        asked = media.Asked(_mime(facts, path), _attributes(facts, path))
        return await media.local.document(app, owner, path, asked, more), None
    except OSError as error:
        return None, f"files that cannot be read ({error.strerror or 'error'})"
    except Fault as fault:
        return None, _REFUSED.get(fault.name, f"files refused ({fault.name})")


_REFUSED = {
    "STORAGE_QUOTA_EXCEEDED": "files beyond the quota of whoever sent them",
    "STORAGE_FULL": "files for which there is no room on this server",
    "IMAGE_PROCESS_FAILED": "photos that cannot be decoded",
    "PHOTO_EXT_INVALID": "photos that cannot be decoded",
}


def inside(folder: Path, name: str) -> Path | None:
    """The file of the export; None for a path that leads out of it."""
    path = (folder / name).resolve()
    return path if path.is_relative_to(folder.resolve()) else None


def _plain(found: Attachment) -> list[Any] | None:
    """Media that are no files."""
    facts = found.facts
    if found.kind == "contact":
        card = facts["contact_information"]
        name = [str(card.get(key) or "") for key in ("phone_number", "first_name", "last_name")]
        return [*name, "", 0]
    if found.kind in ("geo", "geo_live", "venue"):
        point = facts["location_information"]
        place = [float(point.get("latitude") or 0), float(point.get("longitude") or 0)]
        if found.kind == "geo":
            return [*place, None]
        if found.kind == "geo_live":
            return [*place, None, None, int(facts["live_location_period_seconds"]), None]
        return [*place, facts["place_name"], facts.get("address") or "", "", "", ""]
    return None


def _mime(facts: dict[str, Any], path: Path) -> str:
    given = facts.get("mime_type") or _MIME.get(path.suffix.lower())
    return str(given or mimetypes.guess_type(path.name)[0] or "application/octet-stream")


def _attributes(facts: dict[str, Any], path: Path) -> list[Any]:
    kind = facts.get("media_type")
    seconds = float(facts.get("duration_seconds") or 0)
    width, height = int(facts.get("width") or 0), int(facts.get("height") or 0)
    attributes: list[Any] = [["filename", str(facts.get("file_name") or path.name)]]
    if kind == "sticker":
        attributes.append(["sticker", str(facts.get("sticker_emoji") or ""), False])
    elif kind == "voice_message":
        attributes.append(["audio", True, int(seconds), "", "", b""])
    elif kind == "audio_file":
        title, performer = str(facts.get("title") or ""), str(facts.get("performer") or "")
        attributes.append(["audio", False, int(seconds), title, performer, b""])
    elif kind in ("video_message", "video_file", "animation"):
        round_, soundless = kind == "video_message", kind == "animation"
        attributes.append(["video", round_, True, soundless, seconds, width, height, ""])
        if soundless:
            attributes.append(["animated"])
    if width and height and kind not in ("video_message", "video_file", "animation"):
        attributes.append(["size", width, height])
    return attributes
