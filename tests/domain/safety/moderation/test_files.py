"""A measure takes files along: at once, by every reference, and for sending them on."""

from __future__ import annotations

import hashlib
import itertools
from typing import Any

import pytest

from petitbleu.tl import api
from tests.domain.files.media.shots import document_input, location, picture, upload
from tests.domain.safety.moderation.deciding import decide, lift, posts, three
from tests.domain.safety.moderation.place import Place, make
from tests.kit import chats
from tests.kit.world import Client, RpcFault, World

_random = itertools.count(88_000_000)
CONTENT = b"what was decided about" * 40


def _input(file: Any) -> Any:
    form = api.InputPhoto if type(file) is api.Photo else api.InputDocument
    return form(id=file.id, access_hash=file.access_hash, file_reference=file.file_reference)


def _again(file: Any) -> Any:
    """The file as media to be sent on."""
    if type(file) is api.Photo:
        return api.InputMediaPhoto(id=_input(file))
    return api.InputMediaDocument(id=_input(file))


def _file(message: Any) -> Any:
    return getattr(message.media, "photo", None) or message.media.document


async def _new(kind: str, ada: Client) -> Any:
    if kind == "photo":
        return api.InputMediaUploadedPhoto(file=await upload(ada, picture(300, 200)))
    name = api.DocumentAttributeFilename(file_name="a.txt")
    return document_input(await upload(ada, CONTENT, "a.txt"), "text/plain", name)


async def _references(kind: str, place: Place, ada: Client, member: Client) -> dict[str, Any]:
    """The same file by every kind of reference a person can hold: (whose, the file, its post)."""
    made = await ada.call(
        api.messages.UploadMedia(peer=api.InputPeerSelf(), media=await _new(kind, ada))
    )
    uploaded = getattr(made, "photo", None) or made.document
    post = await chats.shown(ada, await place.named(ada), _again(uploaded), "look")
    found = await member.call(
        api.channels.GetMessages(
            channel=await place.input(member), id=[api.InputMessageID(id=post.id)]
        )
    )
    seen = _file(found.messages[0])
    sent_on = await chats.shown(member, api.InputPeerSelf(), _again(seen), "kept")
    forwarded = await member.call(
        api.messages.ForwardMessages(
            from_peer=await place.named(member), id=[post.id], random_id=[next(_random)],
            to_peer=api.InputPeerSelf(),
        )
    )  # fmt: skip
    made = await member.call(api.messages.UploadMedia(peer=api.InputPeerSelf(), media=_again(seen)))
    return {
        "post": post.id,
        "uploader": (ada, uploaded),
        "author": (ada, _file(post)),
        "reader": (member, seen),
        "sent on": (member, _file(sent_on)),
        "forwarded": (member, _file(forwarded.updates[1].message)),
        "uploaded again": (member, getattr(made, "photo", None) or made.document),
        "kept": sent_on.id,
        "carried": forwarded.updates[1].message.id,
    }


def _uses(file: Any, channel: Any) -> dict[str, Any]:
    """Every call that fetches a file or shows it to others."""
    here = api.InputPeerSelf()
    label = "m" if type(file) is api.Photo else ""
    media = _again(file)
    single = api.InputSingleMedia(media=media, random_id=next(_random), message="")
    calls = {
        "getFile": api.upload.GetFile(location=location(file, label), offset=0, limit=4096),
        "getFileHashes": api.upload.GetFileHashes(location=location(file, label), offset=0),
        "sendMedia": api.messages.SendMedia(
            peer=here, media=media, message="", random_id=next(_random)
        ),
        "sendMultiMedia": api.messages.SendMultiMedia(peer=here, multi_media=[single]),
        "uploadMedia": api.messages.UploadMedia(peer=here, media=media),
    }
    if type(file) is api.Photo:
        calls["updateProfilePhoto"] = api.photos.UpdateProfilePhoto(id=_input(file))
        photo = api.InputChatPhoto(id=_input(file))
        calls["editPhoto"] = api.channels.EditPhoto(channel=channel, photo=photo)
    return calls


async def _works(client: Client, q: Any) -> bool:
    try:
        await client.call(q)
    except RpcFault:
        return False
    return True


async def _useful(found: dict[str, Any], *, only: str = "") -> set[str]:
    """What still works of all references and uses."""
    works = set()
    for name, held in found.items():
        if not isinstance(held, tuple):
            continue
        client, file = held
        own = await chats.channel(client)
        for use, q in _uses(file, chats.input_channel(client, own)).items():
            if only in ("", use) and await _works(client, q):
                works.add(f"{name}: {use}")
    return works


@pytest.mark.turns(2)
@pytest.mark.parametrize("kind", ["photo", "document"])
@pytest.mark.parametrize("measure", ["remove", "withhold"])
async def test_a_measure_takes_a_file_away_by_every_reference(
    world: World, kind: str, measure: str
) -> None:
    ada, bob, eve = await three(world)
    place = await make(world, ada, bob, eve)
    found = await _references(kind, place, ada, bob)
    before = await _useful(found)
    assert {one for one in before if one.endswith("getFile")} == {
        f"{name}: getFile" for name, held in found.items() if isinstance(held, tuple)
    }
    row = await decide(world, measure, **posts(place, found["post"]))
    assert await _useful(found) == set(), "in the second in which it was decided"
    for one in (found["kept"], found["carried"]):
        forward = api.messages.ForwardMessages(
            from_peer=api.InputPeerSelf(), id=[one], random_id=[next(_random)],
            to_peer=await place.named(bob),
        )  # fmt: skip
        with pytest.raises(RpcFault, match="MESSAGE_ID_INVALID"):
            await bob.call(forward)
    if kind == "document":
        by_hash = api.messages.GetDocumentByHash(
            sha256=hashlib.sha256(CONTENT).digest(), size=len(CONTENT), mime_type="text/plain"
        )
        assert await ada.call(by_hash) == api.DocumentEmpty(id=0)
    await lift(world, row)
    after = await _useful(found, only="getFile")
    assert after == {one for one in before if one.endswith("getFile")}


async def test_a_file_is_withheld_in_the_countries_that_are_named(world: World) -> None:
    ada, bob, eve = await three(world)
    place = await make(world, ada, bob, eve)
    post = await chats.shown(ada, await place.named(ada), await _new("document", ada))
    get = api.upload.GetFile(location=location(_file(post)), offset=0, limit=4096)
    assert await _works(bob, get) and await _works(eve, get)
    await decide(world, "withhold", countries=("DE",), **posts(place, post.id))
    assert not await _works(bob, get)
    assert await _works(eve, get) and await _works(ada, get)


async def test_a_withheld_channel_takes_its_files_along(world: World) -> None:
    ada, bob, eve = await three(world)
    place = await make(world, ada, bob, eve)
    post = await chats.shown(ada, await place.named(ada), await _new("document", ada))
    get = api.upload.GetFile(location=location(_file(post)), offset=0, limit=4096)
    assert await _works(bob, get)
    await decide(world, "withhold", subject=place.peer)
    assert not await _works(bob, get)
    send = api.messages.SendMedia(
        peer=api.InputPeerSelf(), media=_again(_file(post)), message="", random_id=next(_random)
    )
    assert not await _works(bob, send)


async def test_a_profile_picture_that_was_taken_away_is_gone_with_its_references(
    world: World,
) -> None:
    ada, bob, _ = await three(world)
    file = await upload(ada, picture(300, 300))
    made = await ada.call(api.photos.UploadProfilePhoto(file=file))
    get = api.upload.GetFile(location=location(made.photo, "a"), offset=0, limit=4096)
    named = await bob.peer(ada)
    by_peer = api.upload.GetFile(
        location=api.InputPeerPhotoFileLocation(peer=named, photo_id=made.photo.id),
        offset=0,
        limit=4096,
    )
    assert [await _works(one, get) for one in (ada, bob)] == [True, True]
    assert await _works(bob, by_peer)
    row = await decide(world, "remove", subject=ada.user_id, label="photo")
    assert [await _works(one, get) for one in (ada, bob)] == [False, False]
    assert not await _works(bob, by_peer)
    assert not await _works(ada, api.photos.UpdateProfilePhoto(id=_input(made.photo)))
    await lift(world, row)
    assert [await _works(one, get) for one in (ada, bob)] == [True, True]


async def test_the_same_content_sent_anew_is_another_file(world: World) -> None:
    """As the operators' manual says: what is uploaded again is looked at by itself."""
    ada, bob, eve = await three(world)
    place = await make(world, ada, bob, eve)
    first = await chats.shown(ada, await place.named(ada), await _new("document", ada))
    await decide(world, "remove", **posts(place, first.id))
    second = await chats.shown(ada, await place.named(ada), await _new("document", ada))
    assert _file(second).id != _file(first).id
    get = api.upload.GetFile(location=location(_file(second)), offset=0, limit=4096)
    assert await _works(bob, get)


async def test_two_measures_close_a_file_until_both_are_over(world: World) -> None:
    ada, bob, eve = await three(world)
    place = await make(world, ada, bob, eve)
    post = await chats.shown(ada, await place.named(ada), await _new("document", ada))
    get = api.upload.GetFile(location=location(_file(post)), offset=0, limit=4096)
    rows = [
        await decide(world, "withhold", command=f"c{n}", **posts(place, post.id)) for n in (1, 2)
    ]
    await lift(world, rows[0], "l1")
    assert not await _works(bob, get)
    await lift(world, rows[1], "l2")
    assert await _works(bob, get)


# ── what is not a measure ───────────────────────────────────────────────────────────────────────


async def test_what_is_gone_or_not_mine_to_read_is_gone_at_once(world: World) -> None:
    ada, bob, eve = await three(world)
    place = await make(world, ada, bob, eve)
    post, other = [
        await chats.shown(ada, await place.named(ada), await _new("document", ada))
        for _ in range(2)
    ]
    get, still = [
        api.upload.GetFile(location=location(_file(one)), offset=0, limit=4096)
        for one in (post, other)
    ]
    assert await _works(bob, get) and await _works(eve, still)
    await ada.call(api.channels.DeleteMessages(channel=await place.input(ada), id=[post.id]))
    assert not await _works(bob, get)
    await eve.call(api.channels.LeaveChannel(channel=await place.input(eve)))
    assert not await _works(eve, still)


@pytest.mark.parametrize("kind", ["photo", "document"])
async def test_a_file_of_a_protected_chat_is_not_sent_on_by_its_id(world: World, kind: str) -> None:
    ada, bob, eve = await three(world)
    place = await make(world, ada, bob, eve)
    post = await chats.shown(ada, await place.named(ada), await _new(kind, ada))
    await ada.call(api.messages.ToggleNoForwards(peer=await place.named(ada), enabled=True))
    held = {"reader": (bob, _file(post)), "uploader": (ada, _file(post))}
    works = await _useful(held)
    assert {one for one in works if one.startswith("reader")} == {
        "reader: getFile",
        "reader: getFileHashes",
    }
    assert "uploader: sendMedia" in works, "their own file, which they could upload again"


async def test_a_protected_message_keeps_its_file_too(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    peer = await ada.peer(bob)
    await ada.call(
        api.messages.SendMedia(
            peer=peer, media=await _new("document", ada), message="", random_id=next(_random),
            noforwards=True,
        )
    )  # fmt: skip
    theirs = bob.updates(api.UpdateNewMessage)[-1].message
    works = await _useful({"reader": (bob, _file(theirs))})
    assert works == {"reader: getFile", "reader: getFileHashes"}
