"""Files of channels: one reference for all readers, good for whoever may read the post."""

from __future__ import annotations

import pytest

from petitbleu.tl import api
from tests.domain.files.media.shots import download, location, picture, upload
from tests.kit.world import RpcFault, World


async def test_readers_of_a_channel_share_a_reference_until_they_leave(world: World) -> None:
    ada, bob, eve = [await world.sign_up(name) for name in ("Ada", "Bob", "Eve")]
    to_bob = await ada.peer(bob)
    made = await ada.call(api.channels.CreateChannel(broadcast=True, title="News", about=""))
    chat = made.chats[0]
    channel = api.InputChannel(channel_id=chat.id, access_hash=chat.access_hash)
    user = api.InputUser(user_id=to_bob.user_id, access_hash=to_bob.access_hash)
    await ada.call(api.channels.InviteToChannel(channel=channel, users=[user]))
    peer = api.InputPeerChannel(channel_id=chat.id, access_hash=chat.access_hash)
    file = await upload(ada, picture(300, 200))
    media = api.InputMediaUploadedPhoto(file=file)
    query = api.messages.SendMedia(peer=peer, media=media, message="", random_id=1)
    own = (await ada.call(query)).updates[1].message
    post = bob.updates(api.UpdateNewChannelMessage)[-1].message
    assert post.media.photo.file_reference == own.media.photo.file_reference
    where = location(post.media.photo, "m")
    assert await download(bob, where)
    get = api.upload.GetFile(location=where, offset=0, limit=4096)
    with pytest.raises(RpcFault, match="FILE_REFERENCE_EXPIRED"):
        await eve.call(get)
    theirs = next(chat for update in bob.pushed for chat in getattr(update, "chats", ()))
    left = api.InputChannel(channel_id=theirs.id, access_hash=theirs.access_hash)
    await bob.call(api.channels.LeaveChannel(channel=left))
    world.clock.advance(61)
    with pytest.raises(RpcFault, match="FILE_REFERENCE_EXPIRED"):
        await bob.call(get)


async def test_members_may_be_kept_from_sending_photos(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    to_bob = await ada.peer(bob)
    user = api.InputUser(user_id=to_bob.user_id, access_hash=to_bob.access_hash)
    made = await ada.call(api.messages.CreateChat(users=[user], title="Quiet"))
    peer = api.InputPeerChat(chat_id=made.updates.chats[0].id)
    rights = api.ChatBannedRights(send_photos=True, until_date=0)
    await ada.call(api.messages.EditChatDefaultBannedRights(peer=peer, banned_rights=rights))
    file = await upload(bob, picture(50, 50))
    media = api.InputMediaUploadedPhoto(file=file)
    query = api.messages.SendMedia(peer=peer, media=media, message="", random_id=1)
    with pytest.raises(RpcFault, match="CHAT_SEND_PHOTOS_FORBIDDEN"):
        await bob.call(query)
    geo = api.InputMediaGeoPoint(geo_point=api.InputGeoPoint(lat=1, long=2))
    await bob.call(api.messages.SendMedia(peer=peer, media=geo, message="", random_id=2))
