"""What is stored -> TL MessageMedia, Photo, Document; and the door for other rooms' TL files.

Rendering reads nothing and does not depend on the viewer: a channel's post is rendered once.
``origin`` names where it is shown (a message in somebody's box), for the file reference.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from petitbleu.app import App
from petitbleu.domain.files.media.rpc_input import Taken, known_photo, picture, square, take, takes
from petitbleu.domain.files.media.stored import Document, Photo, Stored, document_sort, unpack
from petitbleu.domain.messaging.file_references import service as references
from petitbleu.domain.messaging.file_references.service import CHAT, PERSONAL, PROFILE
from petitbleu.tl import api

__all__ = [
    "CHAT",
    "PERSONAL",
    "PROFILE",
    "Taken",
    "chat_photo",
    "document",
    "known_photo",
    "of_webpage",
    "outline",
    "photo",
    "photo_at",
    "picture",
    "render",
    "show",
    "shows",
    "square",
    "take",
    "takes",
]

Origin = tuple[int, int, int]
"""Kind of origin (``references.py``) and its two numbers."""
Show = Callable[[App, Stored, Origin], Any]

_SHOWN: dict[str, Show] = {}


def shows(kind: str) -> Callable[[Show], Show]:
    """Declare how a kind of stored media looks: ``show(app, stored, origin)`` -> MessageMedia."""

    def register(show: Show) -> Show:
        if kind in _SHOWN:
            raise RuntimeError(f"media {kind} is shown twice")
        _SHOWN[kind] = show
        return show

    return register


def of_webpage(number: int) -> Origin:
    """Where the picture of a link's preview is shown."""
    return (references.WEBPAGE, number, 0)


def render(app: App, stored: bytes, owner: int, message: int) -> Any:
    """The media of ``message`` in the box of ``owner`` (a person, or a channel for its posts)."""
    return show(app, stored, (references.MESSAGE, owner, message))


def show(app: App, stored: bytes, origin: Origin) -> Any:
    """MessageMedia of what is shown at ``origin``."""
    unpacked = unpack(stored)
    form = _SHOWN.get(unpacked.kind)
    return api.MessageMediaUnsupported() if form is None else form(app, unpacked, origin)


# ── photos and documents ────────────────────────────────────────────────────────────────────────


def photo(app: App, what: Photo, origin: Origin) -> api.Photo:
    """photo"""
    return api.Photo(
        id=what.id,
        access_hash=what.access_hash,
        file_reference=references.make(app, *origin, what.id),
        date=what.date,
        sizes=_sizes(what.stripped, what.sizes),
        dc_id=app.config.dc,
    )


def photo_at(app: App, stored: bytes, origin: Origin) -> Any:
    """photo of what a profile or chat holds; photoEmpty for none."""
    what = unpack(stored).what
    return photo(app, what, origin) if type(what) is Photo else api.PhotoEmpty(id=0)


def outline(stored: bytes) -> tuple[int, bytes]:
    """Id and preview of a photo: what stands in User and Chat objects."""
    what: Photo = unpack(stored).what
    return what.id, what.stripped


def chat_photo(app: App, stored: bytes | None) -> Any:
    """The picture as it stands in Chat and Channel."""
    if stored is None:
        return api.ChatPhotoEmpty()
    number, stripped = outline(stored)
    return api.ChatPhoto(photo_id=number, stripped_thumb=stripped or None, dc_id=app.config.dc)


def document(app: App, what: Document, origin: Origin) -> api.Document:
    """document"""
    return api.Document(
        id=what.id,
        access_hash=what.access_hash,
        file_reference=references.make(app, *origin, what.id),
        date=what.date,
        mime_type=what.mime,
        size=what.size,
        thumbs=_sizes(what.stripped, what.sizes) or None,
        dc_id=app.config.dc,
        attributes=[_attribute(attribute) for attribute in what.attributes],
    )


def _sizes(stripped: bytes, sizes: list[Any]) -> list[Any]:
    shown: list[Any] = [api.PhotoStrippedSize(type="i", bytes=stripped)] if stripped else []
    shown.extend(api.PhotoSize(type=label, w=w, h=h, size=size) for label, w, h, size in sizes)
    return shown


def _attribute(one: list[Any]) -> Any:
    name, *values = one
    return _ATTRIBUTES[name](*values)


def _video(
    round_: bool, streaming: bool, soundless: bool, duration: float, w: int, h: int, codec: str
) -> Any:
    return api.DocumentAttributeVideo(
        round_message=round_,
        supports_streaming=streaming,
        nosound=soundless,
        duration=duration,
        w=w,
        h=h,
        video_codec=codec or None,
    )


def _audio(voice: bool, duration: int, title: str, performer: str, waveform: bytes) -> Any:
    return api.DocumentAttributeAudio(
        voice=voice,
        duration=duration,
        title=title or None,
        performer=performer or None,
        waveform=waveform or None,
    )


_ATTRIBUTES: dict[str, Callable[..., Any]] = {
    "size": lambda w, h: api.DocumentAttributeImageSize(w=w, h=h),
    "animated": api.DocumentAttributeAnimated,
    "sticker": lambda alt, mask: api.DocumentAttributeSticker(
        mask=mask, alt=alt, stickerset=api.InputStickerSetEmpty()
    ),
    "filename": lambda name: api.DocumentAttributeFilename(file_name=name),
    "audio": _audio,
    "video": _video,
}


@shows("photo")
def _photo(app: App, stored: Stored, origin: Origin) -> Any:
    return api.MessageMediaPhoto(
        spoiler="spoiler" in stored.more,
        photo=photo(app, stored.what, origin),
        ttl_seconds=stored.more.get("ttl"),
    )


@shows("document")
def _document(app: App, stored: Stored, origin: Origin) -> Any:
    sort = document_sort(stored.what)
    return api.MessageMediaDocument(
        spoiler="spoiler" in stored.more,
        video=sort in ("video", "round", "gif"),
        round=sort == "round",
        voice=sort == "voice",
        document=document(app, stored.what, origin),
        ttl_seconds=stored.more.get("ttl"),
    )


@shows("expired")
def _expired(app: App, stored: Stored, origin: Origin) -> Any:
    """A form without its file says that the time is over."""
    kind, seconds, sort = stored.what
    if kind == "photo":
        return api.MessageMediaPhoto(ttl_seconds=seconds)
    return api.MessageMediaDocument(
        ttl_seconds=seconds, video=sort in ("video", "round"), round=sort == "round",
        voice=sort == "voice",
    )  # fmt: skip


# ── the rest ────────────────────────────────────────────────────────────────────────────────────


def _point(latitude: float, longitude: float, accuracy: int | None = None) -> api.GeoPoint:
    return api.GeoPoint(long=longitude, lat=latitude, access_hash=0, accuracy_radius=accuracy)


@shows("contact")
def _contact(app: App, stored: Stored, origin: Origin) -> Any:
    phone, first, last, vcard, user = stored.what
    return api.MessageMediaContact(
        phone_number=phone, first_name=first, last_name=last, vcard=vcard, user_id=user
    )


@shows("geo")
def _geo(app: App, stored: Stored, origin: Origin) -> Any:
    return api.MessageMediaGeo(geo=_point(*stored.what))


@shows("venue")
def _venue(app: App, stored: Stored, origin: Origin) -> Any:
    latitude, longitude, title, address, provider, venue, sort = stored.what
    return api.MessageMediaVenue(
        geo=_point(latitude, longitude),
        title=title,
        address=address,
        provider=provider,
        venue_id=venue,
        venue_type=sort,
    )


@shows("geo_live")
def _geo_live(app: App, stored: Stored, origin: Origin) -> Any:
    latitude, longitude, accuracy, heading, period, radius = stored.what
    return api.MessageMediaGeoLive(
        geo=_point(latitude, longitude, accuracy),
        heading=heading,
        period=period,
        proximity_notification_radius=radius,
    )


@shows("dice")
def _dice(app: App, stored: Stored, origin: Origin) -> Any:
    emoticon, value = stored.what
    return api.MessageMediaDice(value=value, emoticon=emoticon)
