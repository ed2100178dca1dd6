"""TL handlers: parts of files up and down (core.telegram.org/api/files)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.files.media import closed, files, uploads
from petitbleu.domain.files.media.queries import FileRow
from petitbleu.domain.files.media.stored import Photo, unpack
from petitbleu.domain.files.photos import service as photos
from petitbleu.domain.messaging.file_references import service as references
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.links import RpcSession
from petitbleu.rpc.registry import BOT, USER, rpc
from petitbleu.tl import api

AHEAD_BYTES = 768 << 10
"""Bytes a session may have waiting before more of a file is read for it."""
_PAUSE = 0.004


@rpc("upload.saveFilePart", who=USER | BOT, limit="file")
async def save_file_part(ctx: Ctx, q: api.upload.SaveFilePart) -> bool:
    await uploads.save_part(ctx.app, ctx.me, q.file_id, q.file_part, q.bytes, ip=ctx.ip)
    return True


@rpc("upload.saveBigFilePart", who=USER | BOT, limit="file")
async def save_big_file_part(ctx: Ctx, q: api.upload.SaveBigFilePart) -> bool:
    await uploads.save_big_part(
        ctx.app, ctx.me, q.file_id, q.file_part, q.file_total_parts, q.bytes, ip=ctx.ip
    )
    return True


@rpc("upload.getFile", who=USER | BOT, limit="file")
async def get_file(ctx: Ctx, q: api.upload.GetFile) -> Any:
    """upload.file: at most ``limit`` bytes; never a redirection, this server has one DC."""
    files.check_range(q.offset, q.limit, precise=q.precise)
    row = await _located(ctx, q.location)
    async with _turn(ctx.link):
        data = await files.read(ctx.app, row, q.offset, q.limit)
    return api.upload.File(type=_sort(row, data, q.offset), mtime=row.date, bytes=data)


@asynccontextmanager
async def _turn(link: RpcSession | None) -> AsyncIterator[None]:
    """Wait until the session has taken most of what it asked for before: answers are made about as
    fast as they leave, so that many large ones do not pile up in memory."""
    if link is None or link.backlog is None:
        yield
        return
    if link.gate is None:
        link.gate = asyncio.Lock()
    async with link.gate:
        # Looked at by the clock: the wire has no event for it.
        while link.connected and link.backlog() > AHEAD_BYTES:  # noqa: ASYNC110
            await asyncio.sleep(_PAUSE)
        yield


@rpc("upload.getFileHashes", who=USER | BOT, limit="file")
async def get_file_hashes(ctx: Ctx, q: api.upload.GetFileHashes) -> Any:
    try:
        row = await _located(ctx, q.location)
    except Fault:  # no other error is documented here
        raise Fault("LOCATION_INVALID") from None
    pieces = await files.hashes(ctx.app, row, max(q.offset, 0))
    return [
        api.FileHash(offset=piece.offset, limit=piece.limit, hash=piece.hash) for piece in pieces
    ]


@rpc("upload.getWebFile", limit="file")
async def get_web_file(ctx: Ctx, q: api.upload.GetWebFile) -> Any:
    """No file of another server is ever named to a client, so none can be asked for."""
    raise Fault("LOCATION_INVALID")


async def _located(ctx: Ctx, location: Any) -> FileRow:
    """The file a location names, if the caller may have it."""
    if type(location) in (api.InputPhotoFileLocation, api.InputDocumentFileLocation):
        row = await files.locate(ctx.app, location.id, location.thumb_size, location.access_hash)
        await references.check(ctx.app, ctx.me, location.file_reference, location.id)
        return row
    if type(location) is api.InputPeerPhotoFileLocation:
        return await _peer_photo(ctx, location)
    raise Fault("LOCATION_INVALID")


async def _peer_photo(ctx: Ctx, location: api.InputPeerPhotoFileLocation) -> FileRow:
    """The picture of a person or chat, named by the one who looks at it."""
    peer = await peers.resolve(ctx, location.peer)
    return await peer_photo(ctx.app, ctx.me, peer, location.photo_id, big=location.big)


async def peer_photo(app: App, me: Actor, peer: int, photo: int, *, big: bool) -> FileRow:
    """The file of the picture ``photo`` that a person or chat shows to ``me``. Raises
    LOCATION_INVALID, also where it is another one now, or withheld."""
    if peer > 0:
        found = (await photos.seen(app, me.id, (peer,))).get(peer, photos.NOTHING)
        candidates = [one for one in found if one is not None]
    else:
        chat = await chats.get(app, peer)
        shown = chat.photo if chat is not None else None
        candidates = [] if shown is None else [shown]
        if not await references.may_see_chat(app, me, peer):
            raise Fault("LOCATION_INVALID")
    for stored in candidates:
        what = unpack(stored).what
        if type(what) is Photo and what.id == photo:
            if await closed.is_closed(app, me.id, what.id):
                break
            # Smallest first: the small one is the first that is not a mere preview.
            labels = [size[0] for size in what.sizes]
            label = labels[-1] if big else next((s for s in "am" if s in labels), "s")
            return await files.locate(app, what.id, label, None)
    raise Fault("LOCATION_INVALID")


_SORTS = (
    (b"\xff\xd8\xff", api.storage.FileJpeg),
    (b"\x89PNG", api.storage.FilePng),
    (b"GIF8", api.storage.FileGif),
    (b"%PDF", api.storage.FilePdf),
    (b"ID3", api.storage.FileMp3),
)


def _sort(row: FileRow, data: bytes, offset: int) -> Any:
    """The storage.FileType, which clients hardly look at: told from the beginning of the file."""
    if offset == 0:
        for mark, form in _SORTS:
            if data.startswith(mark):
                return form()
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return api.storage.FileWebp()
        if data[4:8] == b"ftyp":
            return api.storage.FileMp4()
    return api.storage.FilePartial() if row.size > len(data) else api.storage.FileUnknown()
