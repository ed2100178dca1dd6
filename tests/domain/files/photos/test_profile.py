"""Profile photos: ladder, privacy, fallback, personal ones, chats."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from petitbleu.tl import api
from tests.domain.files.media.shots import download, location, picture, upload
from tests.kit import groups
from tests.kit.world import Client, RpcFault, World

pytestmark = pytest.mark.file_places


async def fault(client: Client, query: object) -> str:
    with pytest.raises(RpcFault) as refused:
        await client.call(query)
    return refused.value.message


async def put(client: Client, *, side: int = 700, **more: Any) -> Any:
    """Upload a profile photo; the Photo."""
    file = await upload(client, picture(side, side + 50), "me.jpg")
    answer = await client.call(api.photos.UploadProfilePhoto(file=file, **more))
    return answer.photo


def known(photo: Any) -> Any:
    return api.InputPhoto(
        id=photo.id, access_hash=photo.access_hash, file_reference=photo.file_reference
    )


async def look(viewer: Client, peer: Any) -> Any:
    """The person as ``viewer`` sees them now."""
    user = api.InputUser(user_id=peer.user_id, access_hash=peer.access_hash)
    (found,) = await viewer.call(api.users.GetUsers(id=[user]))
    return found


async def profile(viewer: Client, peer: Any) -> Any:
    user = api.InputUser(user_id=peer.user_id, access_hash=peer.access_hash)
    return (await viewer.call(api.users.GetFullUser(id=user))).full_user


async def test_a_photo_is_cut_square_and_told_to_those_close(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    to_ada = await bob.peer(ada)
    photo = await put(ada)
    assert [(size.type, size.w, size.h) for size in photo.sizes[1:]] == [
        ("a", 160, 160), ("b", 320, 320), ("c", 640, 640),
    ]  # fmt: skip
    told = bob.updates(api.UpdateUser)
    assert [update.user_id for update in told] == [ada.user_id]
    shown = (await look(bob, to_ada)).photo
    assert (shown.photo_id, shown.personal) == (photo.id, False)
    assert shown.stripped_thumb == photo.sizes[0].bytes
    full = (await profile(bob, to_ada)).profile_photo
    assert Image.open(io.BytesIO(await download(bob, location(full, "c")))).size == (640, 640)
    for big, side in ((True, 640), (False, 160)):
        where = api.InputPeerPhotoFileLocation(big=big, peer=to_ada, photo_id=photo.id)
        assert Image.open(io.BytesIO(await download(bob, where))).size == (side, side)


async def test_photos_pile_up_and_are_taken_away(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    to_ada = await bob.peer(ada)
    user = api.InputUser(user_id=to_ada.user_id, access_hash=to_ada.access_hash)
    made = [await put(ada, side=200 + n) for n in range(3)]

    async def listed(**more: int) -> Any:
        page = {"offset": 0, "max_id": 0, "limit": 10} | more
        return await bob.call(api.photos.GetUserPhotos(user_id=user, **page))

    ids = [photo.id for photo in made]
    assert [photo.id for photo in (await listed()).photos] == ids[::-1]
    page = await listed(limit=2, offset=1)
    assert (page.count, [photo.id for photo in page.photos]) == (3, [ids[1], ids[0]])
    await ada.call(api.photos.UpdateProfilePhoto(id=known(made[0])))
    assert (await look(bob, to_ada)).photo.photo_id == ids[0]
    await ada.call(api.photos.UpdateProfilePhoto(id=api.InputPhotoEmpty()))
    assert (await look(bob, to_ada)).photo.photo_id == ids[2]
    gone = await ada.call(api.photos.DeletePhotos(id=[known(made[1]), known(made[2])]))
    assert gone == ids[1:]
    assert (await look(bob, to_ada)).photo is None
    assert (await listed()).photos == []


async def test_privacy_hides_the_photo_and_shows_the_fallback(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    to_ada = await bob.peer(ada)
    main, other = await put(ada), await put(ada, side=300, fallback=True)
    await ada.call(
        api.account.SetPrivacy(
            key=api.InputPrivacyKeyProfilePhoto(), rules=[api.InputPrivacyValueDisallowAll()]
        )
    )
    assert (await look(bob, to_ada)).photo.photo_id == other.id
    full = await profile(bob, to_ada)
    assert (full.profile_photo, full.fallback_photo.id) == (None, other.id)
    await download(bob, location(full.fallback_photo, "a"))
    hidden = api.upload.GetFile(location=location(main, "a"), offset=0, limit=4096)
    assert await fault(bob, hidden) == "FILE_REFERENCE_EXPIRED"
    where = api.InputPeerPhotoFileLocation(peer=to_ada, photo_id=main.id)
    hidden = api.upload.GetFile(location=where, offset=0, limit=4096)
    assert await fault(bob, hidden) == "LOCATION_INVALID"
    user = api.InputUser(user_id=to_ada.user_id, access_hash=to_ada.access_hash)
    query = api.photos.GetUserPhotos(user_id=user, offset=0, max_id=0, limit=10)
    assert (await bob.call(query)).photos == []
    (own,) = await ada.call(api.users.GetUsers(id=[api.InputUserSelf()]))
    assert own.photo.photo_id == main.id


async def test_who_is_blocked_sees_the_photo_for_the_excluded(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    to_ada, to_bob = await bob.peer(ada), await ada.peer(bob)
    await put(ada)
    await ada.call(api.contacts.Block(id=to_bob))
    assert (await look(bob, to_ada)).photo is None
    shown = await put(ada, fallback=True)
    assert (await look(bob, to_ada)).photo.photo_id == shown.id


async def test_a_contact_may_look_as_one_likes(world: World) -> None:
    ada, bob, carl = [await world.sign_up(name) for name in ("Ada", "Bob", "Carl")]
    to_ada, carl_to_ada = await bob.peer(ada), await carl.peer(ada)
    photo = await put(ada)
    user = api.InputUser(user_id=to_ada.user_id, access_hash=to_ada.access_hash)
    file = await upload(bob, picture(400, 400))
    query = api.photos.UploadContactProfilePhoto(save=True, user_id=user, file=file)
    mine = (await bob.call(query)).photo
    shown = (await look(bob, to_ada)).photo
    assert (shown.photo_id, shown.personal) == (mine.id, True)
    full = await profile(bob, to_ada)
    assert (full.personal_photo.id, full.profile_photo.id) == (mine.id, photo.id)
    await download(bob, location(full.personal_photo, "a"))
    assert (await look(carl, carl_to_ada)).photo.photo_id == photo.id
    await bob.call(api.photos.UploadContactProfilePhoto(save=True, user_id=user))
    assert (await look(bob, to_ada)).photo.photo_id == photo.id


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (picture(100, 400), "PHOTO_CROP_SIZE_SMALL"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "PHOTO_EXT_INVALID"),
        (picture(300, 300)[:700], "IMAGE_PROCESS_FAILED"),
    ],
)
async def test_what_is_no_portrait_is_refused(world: World, data: bytes, expected: str) -> None:
    ada = await world.sign_up()
    file = await upload(ada, data)
    assert await fault(ada, api.photos.UploadProfilePhoto(file=file)) == expected


async def test_refusals(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    photo = await put(bob)
    assert await fault(ada, api.photos.UploadProfilePhoto()) == "PHOTO_FILE_MISSING"
    video = api.photos.UploadProfilePhoto(
        video=api.InputFile(id=1, parts=1, name="", md5_checksum="")
    )
    assert await fault(ada, video) == "VIDEO_FILE_INVALID"
    wrong = known(photo)
    wrong.access_hash += 1
    query = api.photos.UpdateProfilePhoto(id=wrong)
    assert await fault(ada, query) == "PHOTO_ID_INVALID"
    assert await ada.call(api.photos.DeletePhotos(id=[known(photo)])) == []


async def test_a_deleted_account_leaves_no_photo(world: World) -> None:
    from petitbleu.domain.files.media import sweep

    ada = await world.sign_up("Ada")
    await put(ada)
    await ada.call(api.account.DeleteAccount(reason="enough"))
    world.clock.advance(2 * 86_400)
    erased, blobs, _ = await sweep.run(world.app)
    assert (erased, blobs) == (1, 3)


async def test_a_group_shows_its_picture(world: World) -> None:
    ada, bob, eve = [await world.sign_up(name) for name in ("Ada", "Bob", "Eve")]
    to_bob = await ada.peer(bob)
    user = api.InputUser(user_id=to_bob.user_id, access_hash=to_bob.access_hash)
    made = await ada.call(api.messages.CreateChat(users=[user], title="Garden"))
    chat = made.updates.chats[0].id
    file = await upload(ada, picture(500, 500))
    photo = api.InputChatUploadedPhoto(file=file)
    answer = await ada.call(api.messages.EditChatPhoto(chat_id=chat, photo=photo))
    shown = answer.chats[0].photo
    message = bob.updates(api.UpdateNewMessage)[-1].message
    assert message.action.photo.id == shown.photo_id
    await download(bob, location(message.action.photo, "c"))
    full = (await bob.call(api.messages.GetFullChat(chat_id=chat))).full_chat
    assert full.chat_photo.id == shown.photo_id
    await download(bob, location(full.chat_photo, "a"))
    where = api.InputPeerPhotoFileLocation(
        peer=api.InputPeerChat(chat_id=chat), photo_id=shown.photo_id
    )
    await download(bob, where)
    hidden = api.upload.GetFile(location=location(full.chat_photo, "a"), offset=0, limit=4096)
    assert await fault(eve, hidden) == "FILE_REFERENCE_EXPIRED"
    none = api.messages.EditChatPhoto(chat_id=chat, photo=api.InputChatPhotoEmpty())
    assert (await ada.call(none)).chats[0].photo == api.ChatPhotoEmpty()
    assert await fault(ada, none) == "CHAT_NOT_MODIFIED"


async def test_a_channel_shows_its_picture(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    news = await groups.channel(ada)
    (seen,) = await groups.come(ada, news, bob)
    photo = api.InputChatUploadedPhoto(file=await upload(ada, picture(500, 500)))
    answer = await ada.call(api.channels.EditPhoto(channel=groups.of(news), photo=photo))
    message = bob.updates(api.UpdateNewChannelMessage)[-1].message
    assert message.action.photo.id == answer.chats[0].photo.photo_id
    await download(bob, location(message.action.photo, "c"))
    full = (await bob.call(api.channels.GetFullChannel(channel=groups.of(seen)))).full_chat
    assert full.chat_photo.id == message.action.photo.id
    none = api.channels.EditPhoto(channel=groups.of(seen), photo=api.InputChatPhotoEmpty())
    assert await fault(bob, none) == "CHAT_ADMIN_REQUIRED"
