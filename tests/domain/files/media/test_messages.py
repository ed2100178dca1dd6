"""Messages with media: kinds, captions, albums, forwards, edits, old layers."""

from __future__ import annotations

import io
import os
from typing import Any

import pytest
from PIL import Image

from petitbleu.tl import api
from tests.domain.files.media.shots import document_input, download, location, picture, upload
from tests.kit.world import Client, RpcFault, World

pytestmark = pytest.mark.file_places
SELF = api.InputPeerSelf()


async def fault(client: Client, query: object) -> str:
    with pytest.raises(RpcFault) as refused:
        await client.call(query)
    return refused.value.message


async def send(client: Client, peer: Any, media: Any, text: str = "", number: int = 1) -> Any:
    """The Updates of messages.sendMedia."""
    return await client.call(
        api.messages.SendMedia(peer=peer, media=media, message=text, random_id=number)
    )


async def pair(world: World, layer: int = 229) -> tuple[Client, Client, Any]:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob", layer)
    return ada, bob, await ada.peer(bob)


def newest(client: Client) -> Any:
    return client.updates(api.UpdateNewMessage)[-1].message


async def test_a_photo_comes_in_the_sizes_that_clients_know(world: World) -> None:
    ada, bob, peer = await pair(world)
    file = await upload(ada, picture(1500, 900), "photo.jpg")
    media = api.InputMediaUploadedPhoto(file=file, spoiler=True)
    answer = await send(ada, peer, media, "a *caption* #here")
    message = newest(bob)
    assert message.message == "a *caption* #here"
    assert message.entities == [api.MessageEntityHashtag(offset=12, length=5)]
    assert message.media.spoiler and answer.updates[1].message.media.spoiler
    photo = message.media.photo
    assert photo.sizes[0].type == "i" and photo.sizes[0].bytes[:3] == bytes((1, 24, 40))
    shown = [(size.type, size.w, size.h) for size in photo.sizes[1:]]
    assert shown == [
        ("s", 100, 60), ("m", 320, 192), ("x", 800, 480), ("y", 1280, 768), ("w", 1500, 900),
    ]  # fmt: skip
    for size in photo.sizes[1:]:
        data = await download(bob, location(photo, size.type))
        assert len(data) == size.size
        assert Image.open(io.BytesIO(data)).size == (size.w, size.h)
    page = await bob.call(
        api.messages.GetHistory(
            peer=await bob.peer(ada), offset_id=0, offset_date=0, add_offset=0, limit=10,
            max_id=0, min_id=0, hash=0,
        )
    )  # fmt: skip
    assert page.messages[0] == message


async def test_nothing_but_pixels_is_left_of_a_photo(world: World) -> None:
    ada = await world.sign_up()
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "SECRET PLACE"
    exif[0x0112] = 6  # lying on its side
    image = Image.linear_gradient("L").resize((300, 200)).convert("RGB")
    image.save(out, "JPEG", exif=exif)
    file = await upload(ada, out.getvalue() + b"PK\3\4 A SECOND FILE")
    answer = await send(ada, SELF, api.InputMediaUploadedPhoto(file=file))
    photo = answer.updates[1].message.media.photo
    assert (photo.sizes[-1].w, photo.sizes[-1].h) == (200, 300)
    for size in photo.sizes[1:]:
        data = await download(ada, location(photo, size.type))
        assert b"SECRET" not in data and b"SECOND" not in data


@pytest.mark.turns(2)
@pytest.mark.parametrize(
    ("attributes", "mime", "shown"),
    [
        ([api.DocumentAttributeAudio(voice=True, duration=3, waveform=b"abc")], "audio/ogg",
         {"voice": True}),
        ([api.DocumentAttributeVideo(round_message=True, duration=2.5, w=240, h=240)], "video/mp4",
         {"video": True, "round": True}),
        ([api.DocumentAttributeVideo(duration=2.5, w=640, h=480, supports_streaming=True)],
         "video/mp4", {"video": True}),
        ([api.DocumentAttributeAudio(duration=200, title="Song", performer="Band")], "audio/mpeg",
         {}),
        ([api.DocumentAttributeAnimated(), api.DocumentAttributeVideo(duration=1.0, w=9, h=9)],
         "video/mp4", {"video": True}),
    ],
    ids=["voice", "round", "video", "song", "gif"],
)  # fmt: skip
async def test_documents_keep_their_attributes(
    world: World, attributes: list[Any], mime: str, shown: dict[str, bool]
) -> None:
    ada, bob, peer = await pair(world)
    file = await upload(ada, os.urandom(100), "file")
    await send(ada, peer, document_input(file, mime, *attributes))
    message = newest(bob)
    found = message.media
    assert found.document.attributes[:-1] == attributes
    assert found.document.mime_type == mime
    flags = {name for name in ("voice", "video", "round") if getattr(found, name)}
    assert flags == set(shown)
    assert message.media_unread == bool({"voice", "round"} & flags)


async def test_a_voice_message_is_unread_until_it_is_listened_to(world: World) -> None:
    ada, bob, peer = await pair(world)
    voice = api.DocumentAttributeAudio(voice=True, duration=3)
    file = await upload(ada, b"OggS sound")
    answer = await send(ada, peer, document_input(file, "audio/ogg", voice))
    assert answer.updates[1].message.media_unread
    await bob.call(api.messages.ReadMessageContents(id=[newest(bob).id]))
    own = await ada.call(
        api.messages.GetMessages(id=[api.InputMessageID(id=answer.updates[1].message.id)])
    )
    assert not own.messages[0].media_unread
    told = ada.updates(api.UpdateReadMessagesContents)[-1]
    assert told.messages == [own.messages[0].id]


async def test_voice_messages_go_to_those_who_take_them(world: World) -> None:
    ada, bob, peer = await pair(world)
    await bob.call(
        api.account.SetPrivacy(
            key=api.InputPrivacyKeyVoiceMessages(), rules=[api.InputPrivacyValueDisallowAll()]
        )
    )
    voice = api.DocumentAttributeAudio(voice=True, duration=3)
    media = document_input(await upload(ada, b"OggS"), "audio/ogg", voice)
    query = api.messages.SendMedia(peer=peer, media=media, message="", random_id=1)
    assert await fault(ada, query) == "VOICE_MESSAGES_FORBIDDEN"
    await send(ada, peer, document_input(await upload(ada, b"file")), number=2)


async def test_pictures_sent_as_files_have_a_preview_and_their_bytes(world: World) -> None:
    ada = await world.sign_up()
    data = picture(2000, 1000, "PNG")
    answer = await send(ada, SELF, document_input(await upload(ada, data, "a.png"), "image/png"))
    document = answer.updates[1].message.media.document
    assert api.DocumentAttributeImageSize(w=2000, h=1000) in document.attributes
    assert [thumb.type for thumb in document.thumbs] == ["i", "m"]
    preview = Image.open(io.BytesIO(await download(ada, location(document, "m"))))
    assert preview.size == (320, 160)
    assert await download(ada, location(document)) == data


async def test_a_sticker_has_a_preview_that_one_can_see_through(world: World) -> None:
    ada = await world.sign_up()
    out = io.BytesIO()
    image = Image.linear_gradient("L").resize((512, 512)).convert("RGBA")
    image.putalpha(Image.radial_gradient("L").resize((512, 512)))
    image.save(out, "WEBP")
    data = out.getvalue()
    sticker = api.DocumentAttributeSticker(alt="🙂", stickerset=api.InputStickerSetEmpty())
    media = document_input(await upload(ada, data, "s.webp"), "image/webp", sticker)
    document = (await send(ada, SELF, media)).updates[1].message.media.document
    assert sticker in document.attributes
    preview = Image.open(io.BytesIO(await download(ada, location(document, "m"))))
    assert (preview.format, preview.mode, preview.size) == ("WEBP", "RGBA", (128, 128))


async def test_the_preview_a_sender_gives_is_made_anew(world: World) -> None:
    ada = await world.sign_up()
    media = document_input(await upload(ada, b"any", "v.mp4"), "video/mp4")
    media.thumb = await upload(ada, picture(640, 480), "thumb.jpg")
    document = (await send(ada, SELF, media)).updates[1].message.media.document
    assert [thumb.type for thumb in document.thumbs] == ["i", "m"]
    broken = document_input(await upload(ada, b"other"), "video/mp4")
    broken.thumb = await upload(ada, b"no picture")
    answer = await send(ada, SELF, broken, number=2)
    assert answer.updates[1].message.media.document.thumbs is None


async def test_an_album_has_one_number_and_travels_together(world: World) -> None:
    ada, bob, peer = await pair(world)
    singles = []
    for n in range(3):
        file = await upload(ada, picture(50 + n, 50))
        made = await ada.call(
            api.messages.UploadMedia(peer=peer, media=api.InputMediaUploadedPhoto(file=file))
        )
        known = api.InputPhoto(
            id=made.photo.id,
            access_hash=made.photo.access_hash,
            file_reference=made.photo.file_reference,
        )
        singles.append(
            api.InputSingleMedia(
                media=api.InputMediaPhoto(id=known), random_id=100 + n, message="first" * (n == 0)
            )
        )
    query = api.messages.SendMultiMedia(peer=peer, multi_media=singles)
    answer = await ada.call(query)
    assert [u.random_id for u in answer.updates[:3]] == [100, 101, 102]
    got = [update.message for update in bob.updates(api.UpdateNewMessage)]
    assert len(got) == 3 and len({message.grouped_id for message in got}) == 1
    assert [message.message for message in got] == ["first", "", ""]
    assert (await ada.call(query)).updates[:3] == answer.updates[:3]
    forwarded = await bob.call(
        api.messages.ForwardMessages(
            from_peer=await bob.peer(ada),
            id=[message.id for message in got],
            random_id=[1, 2, 3],
            to_peer=SELF,
        )
    )
    copies = [u.message for u in forwarded.updates if type(u) is api.UpdateNewMessage]
    assert len({copy.grouped_id for copy in copies}) == 1
    assert copies[0].grouped_id not in (None, got[0].grouped_id)
    for message, copy in zip(got, copies, strict=True):
        assert copy.media.photo.id == message.media.photo.id
        await download(bob, location(copy.media.photo, "s"))


async def test_albums_against_the_rules_are_refused(world: World) -> None:
    ada, _, peer = await pair(world)

    def single(media: Any, number: int = 1) -> Any:
        return api.InputSingleMedia(media=media, random_id=number, message="")

    def album(*singles: Any) -> Any:
        return api.messages.SendMultiMedia(peer=peer, multi_media=list(singles))

    geo = api.InputMediaGeoPoint(geo_point=api.InputGeoPoint(lat=1, long=2))
    assert await fault(ada, album()) == "MEDIA_EMPTY"
    assert await fault(ada, album(*[single(geo)] * 11)) == "MULTI_MEDIA_TOO_LONG"
    assert await fault(ada, album(single(geo, 0))) == "RANDOM_ID_EMPTY"
    assert await fault(ada, album(single(geo), single(geo, 2))) == "MEDIA_INVALID"
    file = await upload(ada, picture(30, 30))
    made = await ada.call(
        api.messages.UploadMedia(peer=peer, media=api.InputMediaUploadedPhoto(file=file))
    )
    known = api.InputPhoto(
        id=made.photo.id,
        access_hash=made.photo.access_hash,
        file_reference=made.photo.file_reference,
    )
    world.clock.advance(3 * 86_400)
    ended = album(single(api.InputMediaUploadedPhoto(file=file)),
                  single(api.InputMediaPhoto(id=known), 2))  # fmt: skip
    assert await fault(ada, ended) == "FILE_REFERENCE_1_EXPIRED"


POINT = api.InputGeoPoint(lat=48.85, long=2.35, accuracy_radius=20)


async def test_places_contacts_and_dice(world: World) -> None:
    ada, bob, peer = await pair(world)
    carl = await world.sign_up("Carl")
    await send(ada, peer, api.InputMediaGeoPoint(geo_point=POINT), number=1)
    geo = newest(bob).media.geo
    assert (geo.lat, geo.long, geo.accuracy_radius) == (48.85, 2.35, 20)
    venue = api.InputMediaVenue(
        geo_point=POINT, title="Café", address="Rue", provider="p", venue_id="1", venue_type="t"
    )
    await send(ada, peer, venue, number=2)
    assert newest(bob).media.title == "Café"
    await send(ada, peer, api.InputMediaGeoLive(geo_point=POINT, period=900), number=3)
    assert newest(bob).media.period == 900
    contact = api.InputMediaContact(
        phone_number="+" + carl.phone, first_name="Carl", last_name="", vcard=""
    )
    await send(ada, peer, contact, number=4)
    assert newest(bob).media.user_id == carl.user_id
    assert carl.user_id in {user.id for user in bob.pushed[-1].users}
    for n, (emoticon, most) in enumerate({"🎲": 6, "🎰": 64, "⚽️": 5}.items()):
        answer = await send(ada, peer, api.InputMediaDice(emoticon=emoticon), number=10 + n)
        assert 1 <= newest(bob).media.value <= most
        again = await send(ada, peer, api.InputMediaDice(emoticon=emoticon), number=10 + n)
        assert again.updates[0] == answer.updates[0]


@pytest.mark.parametrize(
    ("media", "expected"),
    [
        (api.InputMediaEmpty(), "MEDIA_EMPTY"),
        (api.InputMediaGeoPoint(geo_point=api.InputGeoPointEmpty()), "MEDIA_INVALID"),
        (api.InputMediaGeoPoint(geo_point=api.InputGeoPoint(lat=91, long=0)), "MEDIA_INVALID"),
        (
            api.InputMediaGeoPoint(geo_point=api.InputGeoPoint(lat=float("nan"), long=0)),
            "MEDIA_INVALID",
        ),
        (api.InputMediaGeoLive(geo_point=POINT, period=5), "MEDIA_INVALID"),
        (api.InputMediaDice(emoticon="🦆"), "EMOTICON_INVALID"),
        (
            api.InputMediaContact(phone_number="", first_name="x", last_name="", vcard=""),
            "MEDIA_INVALID",
        ),
        (api.InputMediaPhotoExternal(url="http://127.0.0.1/x"), "WEBPAGE_CURL_FAILED"),
        (api.InputMediaDocumentExternal(url="file:///etc/passwd"), "WEBPAGE_CURL_FAILED"),
        (api.InputMediaPhoto(id=api.InputPhotoEmpty()), "MEDIA_INVALID"),
        (
            api.InputMediaPhoto(id=api.InputPhoto(id=1, access_hash=2, file_reference=b"")),
            "MEDIA_INVALID",
        ),
        (
            api.InputMediaUploadedPhoto(
                file=api.InputFile(id=1, parts=1, name="", md5_checksum=""), ttl_seconds=5
            ),
            "TTL_MEDIA_INVALID",
        ),
        (
            api.InputMediaUploadedPhoto(
                file=api.InputFileStoryDocument(id=api.InputDocumentEmpty())
            ),
            "INPUT_FILE_INVALID",
        ),
    ],
)
async def test_media_that_cannot_be_is_refused(world: World, media: Any, expected: str) -> None:
    ada = await world.sign_up()
    query = api.messages.SendMedia(peer=SELF, media=media, message="", random_id=1)
    assert await fault(ada, query) == expected


async def test_a_caption_has_its_own_limit(world: World) -> None:
    ada = await world.sign_up()
    geo = api.InputMediaGeoPoint(geo_point=POINT)
    long = api.messages.SendMedia(peer=SELF, media=geo, message="x" * 1025, random_id=1)
    assert await fault(ada, long) == "MEDIA_CAPTION_TOO_LONG"
    answer = await send(ada, SELF, geo, "x" * 1024)
    assert len(answer.updates[1].message.message) == 1024


async def test_media_and_caption_are_edited_apart(world: World) -> None:
    ada, bob, peer = await pair(world)
    one = await send(
        ada, peer, api.InputMediaUploadedPhoto(file=await upload(ada, picture(60, 60))), "old"
    )
    number = one.updates[1].message.id
    photo = one.updates[1].message.media.photo

    async def edit(**changes: Any) -> Any:
        await ada.call(api.messages.EditMessage(peer=peer, id=number, **changes))
        return bob.updates(api.UpdateEditMessage)[-1].message

    message = await edit(message="new")
    assert (message.message, message.media.photo.id) == ("new", photo.id)
    message = await edit(message="")
    assert (message.message, message.media.photo.id) == ("", photo.id)
    file = await upload(ada, picture(70, 70))
    message = await edit(media=api.InputMediaUploadedPhoto(file=file), message="both")
    assert message.message == "both" and message.media.photo.id != photo.id
    dice = api.messages.EditMessage(peer=peer, id=number, media=api.InputMediaDice(emoticon="🎲"))
    assert await fault(ada, dice) == "MEDIA_NEW_INVALID"
    same = api.messages.EditMessage(peer=peer, id=number, message="both")
    assert await fault(ada, same) == "MESSAGE_NOT_MODIFIED"


@pytest.mark.turns(3)
@pytest.mark.parametrize("layer", [158, 181, 201])
async def test_old_clients_see_media_in_their_own_form(world: World, layer: int) -> None:
    ada, bob, peer = await pair(world, layer)
    video = api.DocumentAttributeVideo(duration=2.5, w=64, h=48, video_codec="h264")
    media = document_input(await upload(ada, picture(99, 99), "v"), "video/mp4", video)
    await send(ada, peer, media, "seen")
    message = newest(bob)
    assert message.media.document.mime_type == "video/mp4"
    assert int(message.media.document.attributes[0].duration) == 2
    assert await download(bob, location(message.media.document)) == picture(99, 99)
    # And what they send in their form is understood.
    file = await upload(bob, picture(80, 80), "p.jpg")
    back = await bob.call(
        api.messages.SendMedia(
            peer=await bob.peer(ada), media=api.InputMediaUploadedPhoto(file=file), message="",
            random_id=7,
        )
    )  # fmt: skip
    assert back.updates[1].message.media.photo.sizes[-1].w == 80
    assert newest(ada).media.photo.sizes[-1].w == 80
