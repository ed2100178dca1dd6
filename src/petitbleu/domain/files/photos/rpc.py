"""TL handlers: pictures of people and chats."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.administration.chat_editing import appearance
from petitbleu.domain.files.media import views as media
from petitbleu.domain.files.photos import service, views
from petitbleu.domain.files.photos.service import FALLBACK, MAIN
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.people.accounts import views as accounts
from petitbleu.domain.people.social_graph import service as social_graph
from petitbleu.domain.updates import views as updates
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import BOT, USER, rpc
from petitbleu.tl import api

PAGE_MAX = 100


@rpc("photos.uploadProfilePhoto", who=USER | BOT, limit="write")
async def upload_profile_photo(ctx: Ctx, q: api.photos.UploadProfilePhoto) -> api.photos.Photo:
    """photos.photo with the new photo."""
    _refuse_moving(q)
    if q.bot is not None:
        raise Fault("BOT_INVALID")
    if q.file is None:
        raise Fault("PHOTO_FILE_MISSING")
    stored = await media.square(ctx, q.file)
    which = FALLBACK if q.fallback else MAIN
    await service.add(ctx.app, ctx.me, stored, which)
    return await _answer(ctx, views.one(ctx.app, ctx.me.id, stored, which))


@rpc("photos.updateProfilePhoto", who=USER | BOT, limit="write")
async def update_profile_photo(ctx: Ctx, q: api.photos.UpdateProfilePhoto) -> api.photos.Photo:
    """An earlier photo comes to the front; an empty one takes the present photo away."""
    if q.bot is not None:
        raise Fault("PHOTO_ID_INVALID")
    which = FALLBACK if q.fallback else MAIN
    if type(q.id) is not api.InputPhoto:
        await service.clear(ctx.app, ctx.me, which)
        return await _answer(ctx, api.PhotoEmpty(id=0))
    stored = await media.known_photo(ctx, q.id, "PHOTO_ID_INVALID")
    await service.add(ctx.app, ctx.me, stored, which)
    return await _answer(ctx, views.one(ctx.app, ctx.me.id, stored, which))


@rpc("photos.deletePhotos", who=USER | BOT, limit="write")
async def delete_photos(ctx: Ctx, q: api.photos.DeletePhotos) -> list[int]:
    """The ids of those that were deleted."""
    numbers = [photo.id for photo in q.id[:PAGE_MAX] if type(photo) is api.InputPhoto]
    return await service.remove(ctx.app, ctx.me, numbers)


@rpc("photos.getUserPhotos", who=USER | BOT)
async def get_user_photos(ctx: Ctx, q: api.photos.GetUserPhotos) -> Any:
    """photos.photos, its slice where there are more. ``max_id``: only older than this photo."""
    owner = await peers.input_user(ctx, q.user_id)
    if q.max_id < 0:
        raise Fault("MAX_ID_INVALID")
    limit = min(max(q.limit, 1), PAGE_MAX)
    rows, count = await service.page(ctx.app, ctx.me, owner, max(q.offset, 0), q.max_id, limit)
    users = await accounts.users(ctx.app, ctx.me.id, (owner,))
    photos = views.listed(ctx.app, rows)
    if count > len(rows):
        return api.photos.PhotosSlice(count=count, photos=photos, users=users)
    return api.photos.Photos(photos=photos, users=users)


@rpc("photos.uploadContactProfilePhoto", limit="write")
async def upload_contact_photo(
    ctx: Ctx, q: api.photos.UploadContactProfilePhoto
) -> api.photos.Photo:
    """How I see a contact (``save``); without a picture, as everybody does. Suggesting one to the
    contact is not served."""
    target = await peers.input_user(ctx, q.user_id)
    moving = q.video is not None or q.video_emoji_markup is not None
    if q.suggest or (q.file is None and moving):
        raise Fault("NEED_ACTION_MISSING")
    ties = await social_graph.ties(ctx.app.store, ctx.me.id, (target,))
    if target not in ties.mine:
        raise Fault("CONTACT_MISSING")
    if q.file is None:
        await service.set_personal(ctx.app, ctx.me, target, None)
        return await _answer(ctx, api.PhotoEmpty(id=0), target)
    stored = await media.square(ctx, q.file)
    await service.set_personal(ctx.app, ctx.me, target, stored)
    shown = media.photo_at(ctx.app, stored, (media.PERSONAL, ctx.me.id, target))
    return await _answer(ctx, shown, target)


@rpc("messages.editChatPhoto", who=USER | BOT, limit="write", once=True)
async def edit_chat_photo(ctx: Ctx, q: api.messages.EditChatPhoto) -> Any:
    """Updates with the service message."""
    chat = await peers.chat(ctx, q.chat_id)
    return await _edit_photo(ctx, chat, q.photo)


@rpc("channels.editPhoto", who=USER | BOT, limit="write", once=True)
async def edit_channel_photo(ctx: Ctx, q: api.channels.EditPhoto) -> Any:
    """Updates with the service message."""
    channel = await peers.input_channel(ctx, q.channel)
    return await _edit_photo(ctx, channel, q.photo)


async def _edit_photo(ctx: Ctx, chat: int, given: Any) -> Any:
    stored = None
    if type(given) is api.InputChatUploadedPhoto:
        if given.file is None:
            raise Fault("PHOTO_INVALID")
        stored = await media.square(ctx, given.file)
    elif type(given) is api.InputChatPhoto and type(given.id) is api.InputPhoto:
        try:
            stored = await media.known_photo(ctx, given.id, "PHOTO_INVALID")
        except Fault:  # an old reference has no error of its own here
            raise Fault("PHOTO_INVALID") from None
    events = await appearance.set_photo(ctx.app, ctx.me, chat, stored)
    return await updates.answer(ctx, events)


def _refuse_moving(q: Any) -> None:
    """Videos and emoji as a photo are not served where no still picture comes with them."""
    if q.file is None and q.video is not None:
        raise Fault("VIDEO_FILE_INVALID")
    if q.file is None and q.video_emoji_markup is not None:
        raise Fault("EMOJI_MARKUP_INVALID")


async def _answer(ctx: Ctx, photo: Any, owner: int = 0) -> api.photos.Photo:
    users = await accounts.users(ctx.app, ctx.me.id, (owner or ctx.me.id,))
    return api.photos.Photo(photo=photo, users=users)
