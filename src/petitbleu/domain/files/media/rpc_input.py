"""InputMedia -> what a message will carry. One handler per kind; other rooms add theirs."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple

from petitbleu.domain.files.media import making
from petitbleu.domain.files.media import queries as q
from petitbleu.domain.files.media.queries import MediaRow
from petitbleu.domain.files.media.stored import (
    DOCUMENT,
    PHOTO,
    TTL_SORTS,
    VIEW_ONCE,
    document_sort,
    pack,
    sort_of,
    ttl_of,
    with_ttl,
)
from petitbleu.domain.files.media.uploads import FileRef
from petitbleu.domain.messaging.file_references import service as references
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.contacts import service as contacts
from petitbleu.domain.people.privacy import service as privacy
from petitbleu.errors import Fault
from petitbleu.phones import canonical
from petitbleu.rpc import coverage
from petitbleu.rpc.ctx import Ctx
from petitbleu.tl import api

MAX_TEXT = 256
MAX_VCARD = 16_384
MAX_FILE_NAME = 255
MAX_WAVEFORM = 256
MAX_SIDE = 65_535
MAX_DURATION = 864_000
TTL_SECONDS = range(1, 61)
"""How long a photo or video may be there after it was opened (or :data:`VIEW_ONCE`)."""
LIVE_SECONDS = (60, 86_400)
LIVE_FOREVER = 0x7FFFFFFF
DICE = {"🎲": 6, "🎯": 6, "🏀": 5, "⚽": 5, "🎳": 6, "🎰": 64}
"""Emoticon -> its highest value (core.telegram.org/api/dice)."""


class Taken(NamedTuple):
    """Media about to be said."""

    stored: bytes
    """For ``body.media``."""
    key: bytes
    """What makes a repeated call the same call: the stored form holds ids and thrown dice."""

    @property
    def sort(self) -> str:
        """``photo``, ``voice``, ... (:func:`stored.sort_of`): the right it needs."""
        return sort_of(self.stored)


Take = Callable[[Ctx, Any], Awaitable[Taken]]

_TAKEN: dict[type[Any], Take] = {}
_REFUSED: dict[type[Any], str] = {
    api.InputMediaEmpty: "MEDIA_EMPTY",
    api.InputMediaPhotoExternal: "WEBPAGE_CURL_FAILED",
    api.InputMediaDocumentExternal: "WEBPAGE_CURL_FAILED",
    api.InputMediaGame: "BOT_GAMES_DISABLED",
    api.InputMediaInvoice: "BOT_PAYMENTS_DISABLED",
    api.InputMediaStory: "STORY_ID_INVALID",
    api.InputMediaPaidMedia: "EXTENDED_MEDIA_INVALID",
    api.InputMediaTodo: "PREMIUM_ACCOUNT_REQUIRED",
    api.InputMediaStakeDice: "EMOTICON_INVALID",
}
"""What this server does not have, and the documented error that says so."""


def takes(form: type[Any]) -> Callable[[Take], Take]:
    """Declare who turns an InputMedia of this class into :class:`Taken`."""

    def register(take: Take) -> Take:
        if form in _TAKEN:
            raise RuntimeError(f"{form} is taken twice")
        _TAKEN[form] = take
        return take

    return register


_LATER = ("live_photo", "video_cover")
"""Fields for what is not kept: taken as if it were not there, something would be lost."""


async def take(ctx: Ctx, given: Any, *, ttl_fault: str = "", bad_ttl: str = "") -> Taken:
    """What a message with this media will carry; the errors are those of messages.sendMedia.

    ``ttl_fault``: the error where nothing may be sent for a time only; empty: it may, and whoever
    asks looks where to. ``bad_ttl``: the error for a time that is none (TTL_MEDIA_INVALID).
    """
    try:
        return await _take(ctx, given, ttl_fault, bad_ttl)
    except Fault as fault:
        if fault.name.startswith("FILE_REFERENCE_"):  # whoever sends several says of which
            raise
        raise coverage.fitting(ctx.method, fault, "MEDIA_INVALID") from None


async def _take(ctx: Ctx, given: Any, ttl_fault: str, bad_ttl: str) -> Taken:
    handler = _TAKEN.get(type(given))
    if handler is None:
        raise Fault(_REFUSED.get(type(given), "MEDIA_INVALID"))
    if any(getattr(given, name, None) for name in _LATER):
        raise Fault("MEDIA_INVALID")
    seconds = getattr(given, "ttl_seconds", None)
    if not seconds:
        return await handler(ctx, given)
    if ttl_fault:
        raise Fault(ttl_fault)
    bad = bad_ttl or "TTL_MEDIA_INVALID"
    if seconds not in TTL_SECONDS and seconds != VIEW_ONCE:
        raise Fault(bad)
    taken = await handler(ctx, given)
    if taken.sort not in TTL_SORTS:
        raise Fault(bad)
    return Taken(with_ttl(taken.stored, seconds), taken.key + seconds.to_bytes(4, "big"))


def file_ref(given: Any) -> FileRef:
    """InputFile; INPUT_FILE_INVALID for what is no upload."""
    if type(given) is api.InputFile:
        return FileRef(given.id, given.parts, file_name(given.name), given.md5_checksum)
    if type(given) is api.InputFileBig:
        return FileRef(given.id, given.parts, file_name(given.name), "")
    raise Fault("INPUT_FILE_INVALID")


def file_name(given: str) -> str:
    """A name that is safe to show and to save under: no folders, no control characters."""
    name = given.replace("\\", "/").rpartition("/")[2]
    name = "".join(char for char in name if char.isprintable()).strip()
    return "" if name in (".", "..") else name[-MAX_FILE_NAME:]


# ── photos and documents ────────────────────────────────────────────────────────────────────────


@takes(api.InputMediaUploadedPhoto)
async def _uploaded_photo(ctx: Ctx, given: api.InputMediaUploadedPhoto) -> Taken:
    row = await making.photo(ctx.app, ctx.me, file_ref(given.file))
    return _of_row(row, given.spoiler, b"file" + row.sha)


@takes(api.InputMediaUploadedDocument)
async def _uploaded_document(ctx: Ctx, given: api.InputMediaUploadedDocument) -> Taken:
    asked = making.Asked(
        mime=given.mime_type,
        attributes=attributes(given.attributes),
        thumb=None if given.thumb is None else file_ref(given.thumb),
        force_file=given.force_file,
    )
    row = await making.document(ctx.app, ctx.me, file_ref(given.file), asked)
    return _of_row(row, given.spoiler, b"file" + row.sha)


@takes(api.InputMediaPhoto)
async def _known_photo(ctx: Ctx, given: api.InputMediaPhoto) -> Taken:
    row = await known(ctx, given.id, PHOTO, "MEDIA_INVALID")
    return _of_row(row, given.spoiler, b"known" + row.id.to_bytes(8, "big"))


@takes(api.InputMediaDocument)
async def _known_document(ctx: Ctx, given: api.InputMediaDocument) -> Taken:
    row = await known(ctx, given.id, DOCUMENT, "DOCUMENT_INVALID")
    return _of_row(row, given.spoiler, b"known" + row.id.to_bytes(8, "big"))


async def known(ctx: Ctx, given: Any, kind: int, fault: str) -> MediaRow:
    """The photo or document that an InputPhoto or InputDocument names, if the caller may show it to
    others: their own upload, or what they see outside protected chats.

    Raises ``fault``, CHAT_FORWARDS_RESTRICTED, FILE_REFERENCE_EMPTY, FILE_REFERENCE_INVALID,
    FILE_REFERENCE_EXPIRED.
    """
    if type(given) not in (api.InputPhoto, api.InputDocument):
        raise Fault(fault)
    row = await ctx.app.store.row(q.ONE, id=given.id)
    if row is None or row.kind != kind or row.access_hash != given.access_hash:
        raise Fault(fault)
    await references.check(
        ctx.app, ctx.me, given.file_reference, given.id, sending=row.owner != ctx.me.id
    )
    if row.kind == PHOTO or document_sort(making.document_of(row)) in TTL_SORTS:
        await _may_pass_on(ctx, given.file_reference, fault)
    return row


async def _may_pass_on(ctx: Ctx, reference: bytes, fault: str) -> None:
    """What somebody sent for a time only is not sent on by whoever may see it."""
    shown = references.message_of(reference)
    if shown is None or shown[0] < 0:
        return
    carried = await ctx.app.store.row(q.CARRIED, owner=shown[0], id=shown[1])
    if carried is not None and ttl_of(carried.media) and carried.author != ctx.me.id:
        raise Fault(fault)


async def known_photo(ctx: Ctx, given: Any, fault: str) -> bytes:
    """A photo the caller may use as a picture of a person or chat, in the stored form.

    Raises ``fault`` also for one of a protected chat, else what :func:`known` raises.
    """
    try:
        row = await known(ctx, given, PHOTO, fault)
    except Fault as refused:
        restricted = refused.message == "CHAT_FORWARDS_RESTRICTED"
        raise (Fault(fault) if restricted else refused) from None
    return pack("photo", making.photo_of(row))


async def square(ctx: Ctx, given: Any) -> bytes:
    """An uploaded picture as a profile or chat photo, in the stored form.

    Raises what :func:`making.photo` raises, PHOTO_INVALID for what the called method does not
    document.
    """
    return await _picture(ctx, given, cut=True)


async def picture(ctx: Ctx, given: Any) -> bytes:
    """:func:`square` of a picture that keeps its shape."""
    return await _picture(ctx, given, cut=False)


async def _picture(ctx: Ctx, given: Any, *, cut: bool) -> bytes:
    try:
        row = await making.photo(ctx.app, ctx.me, file_ref(given), square=cut)
    except Fault as refused:
        raise coverage.fitting(ctx.method, refused, "PHOTO_INVALID") from None
    return pack("photo", making.photo_of(row))


def _of_row(row: MediaRow, spoiler: bool, key: bytes) -> Taken:
    more = {"spoiler": True} if spoiler else {}
    if row.kind == PHOTO:
        return Taken(pack("photo", making.photo_of(row), more), key)
    return Taken(pack("document", making.document_of(row), more), key)


def attributes(given: Sequence[Any]) -> list[Any]:
    """DocumentAttribute objects in their stored form, each kind once; unknown ones are left out."""
    by_kind: dict[str, list[Any]] = {}
    for one in given[:16]:
        reader = _READERS.get(type(one))
        if reader is not None:
            values = reader(one)
            by_kind[values[0]] = values
    return list(by_kind.values())


def _side(value: int) -> int:
    return min(max(value, 0), MAX_SIDE)


def _seconds(value: float) -> float:
    return min(max(value, 0.0), float(MAX_DURATION)) if math.isfinite(value) else 0.0


def _video(one: Any) -> list[Any]:
    return [
        "video", one.round_message, one.supports_streaming, one.nosound, _seconds(one.duration),
        _side(one.w), _side(one.h), (one.video_codec or "")[:32],
    ]  # fmt: skip


def _audio(one: Any) -> list[Any]:
    return [
        "audio", one.voice, int(_seconds(one.duration)), (one.title or "")[:MAX_TEXT],
        (one.performer or "")[:MAX_TEXT], (one.waveform or b"")[:MAX_WAVEFORM],
    ]  # fmt: skip


_READERS: dict[type[Any], Callable[[Any], list[Any]]] = {
    api.DocumentAttributeImageSize: lambda one: ["size", _side(one.w), _side(one.h)],
    api.DocumentAttributeAnimated: lambda one: ["animated"],
    api.DocumentAttributeSticker: lambda one: ["sticker", one.alt[:MAX_TEXT], one.mask],
    api.DocumentAttributeFilename: lambda one: ["filename", file_name(one.file_name)],
    api.DocumentAttributeVideo: _video,
    api.DocumentAttributeAudio: _audio,
}


# ── the rest ────────────────────────────────────────────────────────────────────────────────────


def _plain(kind: str, what: list[Any]) -> Taken:
    stored = pack(kind, what)
    return Taken(stored, stored)


@takes(api.InputMediaContact)
async def _contact(ctx: Ctx, given: api.InputMediaContact) -> Taken:
    if not given.phone_number or not (given.first_name or given.last_name):
        raise Fault("MEDIA_INVALID")
    if len(given.vcard) > MAX_VCARD:
        raise Fault("MEDIA_INVALID")
    return _plain(
        "contact",
        [
            given.phone_number[:32], given.first_name[:64], given.last_name[:64], given.vcard,
            await _who_has(ctx, given.phone_number),
        ],
    )  # fmt: skip


async def _who_has(ctx: Ctx, phone: str) -> int:
    """Whose number it is, if the caller may find that person by it; else 0, also where they have
    asked about too many numbers: the card itself can still be sent.
    """
    digits = canonical(phone)
    try:
        await contacts.ask_about(ctx.app, ctx.me, phone, ip=ctx.ip)
    except Fault:
        return 0
    row = await accounts.by_phone(ctx.app.store, digits) if digits else None
    if row is None or row.deleted_at is not None:
        return 0
    return row.id if await privacy.allows(ctx.app, "added_by_phone", row.id, ctx.me.id) else 0


def _point(given: Any) -> list[Any]:
    """[latitude, longitude, accuracy]; MEDIA_INVALID for no place on earth."""
    if type(given) is not api.InputGeoPoint:
        raise Fault("MEDIA_INVALID")
    if not (-90 <= given.lat <= 90 and -180 <= given.long <= 180):
        raise Fault("MEDIA_INVALID")
    radius = given.accuracy_radius
    return [given.lat, given.long, None if radius is None else min(max(radius, 0), 1500)]


@takes(api.InputMediaGeoPoint)
async def _geo(ctx: Ctx, given: api.InputMediaGeoPoint) -> Taken:
    return _plain("geo", _point(given.geo_point))


@takes(api.InputMediaVenue)
async def _venue(ctx: Ctx, given: api.InputMediaVenue) -> Taken:
    latitude, longitude, _ = _point(given.geo_point)
    texts = (given.title, given.address, given.provider, given.venue_id, given.venue_type)
    if not given.title:
        raise Fault("MEDIA_INVALID")
    return _plain("venue", [latitude, longitude, *(text[:MAX_TEXT] for text in texts)])


@takes(api.InputMediaGeoLive)
async def _geo_live(ctx: Ctx, given: api.InputMediaGeoLive) -> Taken:
    least, most = LIVE_SECONDS
    period = 0 if given.stopped else given.period
    if period is None or not (least <= period <= most or period in (0, LIVE_FOREVER)):
        raise Fault("MEDIA_INVALID")
    heading = given.heading if given.heading and 1 <= given.heading <= 360 else None
    radius = given.proximity_notification_radius
    near = radius if radius and 0 < radius <= 100_000 else None
    return _plain("geo_live", [*_point(given.geo_point), heading, period, near])


@takes(api.InputMediaDice)
async def _dice(ctx: Ctx, given: api.InputMediaDice) -> Taken:
    """Thrown by the server; a repeated call is known by the emoticon, and shows the first throw."""
    emoticon = given.emoticon.removesuffix("\ufe0f")
    sides = DICE.get(emoticon)
    if sides is None:
        raise Fault("EMOTICON_INVALID")
    value = int.from_bytes(ctx.app.random(8), "big") % sides + 1
    return Taken(pack("dice", [emoticon, value]), b"dice" + emoticon.encode())
