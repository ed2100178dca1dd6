"""The fields of the format about what a message carries, and the files beside ``result.json``."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

from petitbleu.app import App
from petitbleu.domain.files.media import service as media
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.transfer.exports.telegram import NOT_INCLUDED

_FOLDERS = {
    "photo": "photos",
    "sticker": "stickers",
    "gif": "video_files",
    "video": "video_files",
    "round": "round_video_messages",
    "voice": "voice_messages",
    "audio": "files",
    "file": "files",
}
_TYPES = {
    "sticker": "sticker",
    "gif": "animation",
    "video": "video_file",
    "round": "video_message",
    "voice": "voice_message",
    "audio": "audio_file",
}
_UNSAFE = re.compile(r'[\x00-\x1f/\\:*?"<>|]')


class Files:
    """The files of one chat: names that are free, and how many there are."""

    def __init__(self, root: Path, folder: str) -> None:
        self.root = root
        self.folder = folder
        self.count = 0
        self._taken: set[str] = set()

    def name(self, kind: str, wanted: str) -> str:
        """A path relative to the export that is not used yet."""
        clean = _UNSAFE.sub("_", wanted).strip(". ") or "file"
        stem, dot, ending = clean[-120:].rpartition(".")
        if not dot:
            stem, ending = ending, ""
        for n in range(1, 1_000_000):
            name = f"{stem}{f' ({n})' if n > 1 else ''}{dot}{ending}"
            path = f"{self.folder}/{_FOLDERS[kind]}/{name}"
            if path.lower() not in self._taken:
                self._taken.add(path.lower())
                return path
        raise OSError(28, "too many files of one name", wanted)


async def carried(app: App, files: Files, row: MessageRow, zone: Any) -> dict[str, Any]:
    """The fields; the file is copied. One that is gone is said to be not included."""
    if row.media is None:
        return {}
    stored = media.unpack(row.media)
    fields: dict[str, Any] = {}
    if media.is_passing(row.media):
        # A copy would outlive what its sender allowed.
        kind, seconds = stored.kind, stored.more.get("ttl")
        if kind == "expired":
            kind, seconds = stored.what[:2]
        field = "photo" if kind == "photo" else "file"
        return {field: NOT_INCLUDED, "self_destruct_period_seconds": seconds}
    if stored.kind == "photo":
        fields = await _photo(app, files, row, stored.what, zone)
    elif stored.kind == "document":
        fields = await _document(app, files, row, stored.what)
    elif stored.kind == "contact":
        phone, first, last = stored.what[:3]
        card = {"first_name": first, "last_name": last, "phone_number": phone}
        fields = {"contact_information": card}
    elif stored.kind in ("geo", "geo_live", "venue"):
        latitude, longitude = stored.what[:2]
        fields = {"location_information": {"latitude": latitude, "longitude": longitude}}
        if stored.kind == "venue":
            fields |= {"place_name": stored.what[2], "address": stored.what[3]}
        if stored.kind == "geo_live":
            fields["live_location_period_seconds"] = stored.what[4]
    if stored.more.get("spoiler"):
        fields["media_spoiler"] = True
    return fields


async def _copy(app: App, files: Files, stored: bytes, name: str) -> int:
    path = files.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    size = await media.local.copy_out(app, stored, path)
    if size >= 0:
        files.count += 1
    else:
        path.unlink(missing_ok=True)
    return size


async def _photo(
    app: App, files: Files, row: MessageRow, what: media.Photo, zone: Any
) -> dict[str, Any]:
    assert row.media is not None
    when = datetime.fromtimestamp(row.date, zone)
    name = files.name("photo", f"photo_{files.count + 1}@{when:%d-%m-%Y_%H-%M-%S}.jpg")
    size = await _copy(app, files, row.media, name)
    largest = max(what.sizes, key=lambda one: one[1] * one[2])
    fields: dict[str, Any] = {"photo": name if size >= 0 else NOT_INCLUDED}
    if size >= 0:
        fields["photo_file_size"] = size
    return fields | {"width": largest[1], "height": largest[2]}


async def _document(
    app: App, files: Files, row: MessageRow, what: media.Document
) -> dict[str, Any]:
    assert row.media is not None
    sort = media.sort_of(row.media)
    filename = media.attribute(what, "filename")
    shown = str(filename[1]) if filename is not None else sort
    name = files.name(sort, shown)
    size = await _copy(app, files, row.media, name)
    fields: dict[str, Any] = {"file": name if size >= 0 else NOT_INCLUDED, "file_name": shown}
    if size >= 0:
        fields["file_size"] = size
    if sort in _TYPES:
        fields["media_type"] = _TYPES[sort]
    sticker, audio = media.attribute(what, "sticker"), media.attribute(what, "audio")
    video, area = media.attribute(what, "video"), media.attribute(what, "size")
    if sticker is not None:
        fields["sticker_emoji"] = sticker[1]
    if audio is not None and not audio[1]:
        fields |= {"performer": audio[4], "title": audio[3]}
    if sticker is None:
        fields["mime_type"] = what.mime
    seconds = int(video[4]) if video is not None else int(audio[2]) if audio is not None else 0
    if seconds:
        fields["duration_seconds"] = seconds
    width, height = (video[5], video[6]) if video is not None else (area or [0, 0, 0])[1:3]
    if width and height:
        fields |= {"width": width, "height": height}
    return fields
