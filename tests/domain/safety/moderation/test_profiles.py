"""Measures on profiles: a picture, a name, a text, a public name goes, and comes back."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.domain.files.photos import service as photos
from petitbleu.domain.safety.moderation.effects import Refused
from petitbleu.ids import peer_of_channel
from petitbleu.tl import api
from tests.domain.files.media.shots import picture, upload
from tests.domain.safety.moderation.deciding import decide, lift
from tests.kit import groups as chats
from tests.kit.world import Client, World


async def _pair(world: World) -> tuple[Client, Client]:
    """Ada with a whole profile, and Bob who has her among his contacts."""
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    await bob.peer(ada)
    await ada.call(
        api.account.UpdateProfile(first_name="Rude", last_name="Words", about="Very rude")
    )
    await ada.call(api.account.UpdateUsername(username="rude_ada"))
    await ada.call(
        api.photos.UploadProfilePhoto(file=await upload(ada, picture(300, 300), "a.jpg"))
    )
    bob.pushed.clear()
    return ada, bob


async def _look(ada: Client, bob: Client) -> tuple[str, str, bool, str | None]:
    """Ada for Bob: name, text, whether there is a picture, username."""
    found = await bob.call(api.contacts.ResolvePhone(phone=ada.phone))
    (user,) = found.users
    person = api.InputUser(user_id=user.id, access_hash=user.access_hash)
    full = (await bob.call(api.users.GetFullUser(id=person))).full_user
    (me,) = await ada.call(api.users.GetUsers(id=[api.InputUserSelf()]))
    name = " ".join(part for part in (me.first_name, me.last_name) if part)
    return name, full.about or "", full.profile_photo is not None, user.username


@pytest.mark.parametrize("part", ["photo", "name", "about", "username"])
async def test_a_part_of_a_profile_goes_and_comes_back(world: World, part: str) -> None:
    ada, bob = await _pair(world)
    whole = ("Rude Words", "Very rude", True, "rude_ada")
    assert await _look(ada, bob) == whole
    row = await decide(world, "remove", subject=ada.user_id, label=part)
    place = ("name", "about", "photo", "username").index(part)
    gone = (f"Compte {ada.user_id}", "", False, None)
    expected = [*whole]
    expected[place] = gone[place]
    assert await _look(ada, bob) == tuple(expected)
    if part != "about":  # a text is seen where the profile is opened
        assert ada.user_id in {getattr(one, "user_id", 0) for one in bob.updates()}
    told = [one.message.message for one in ada.updates(api.UpdateNewMessage)]
    assert any(part in text for text in told)
    await lift(world, row)
    assert await _look(ada, bob) == whole


async def test_what_came_in_its_place_stays(world: World) -> None:
    ada, bob = await _pair(world)
    rows = [
        await decide(world, "remove", command=f"c {part}", subject=ada.user_id, label=part)
        for part in ("name", "about", "username")
    ]
    await ada.call(api.account.UpdateProfile(first_name="Ada", last_name="", about="Kind"))
    await ada.call(api.account.UpdateUsername(username="kind_ada"))
    for row in rows:
        await lift(world, row, command=f"l {row.number}")
    assert await _look(ada, bob) == ("Ada", "Kind", True, "kind_ada")


async def test_the_picture_before_is_shown_and_both_are_there_in_the_end(world: World) -> None:
    ada, bob = await _pair(world)
    second = await ada.call(
        api.photos.UploadProfilePhoto(file=await upload(ada, picture(301, 301), "b.jpg"))
    )
    row = await decide(world, "remove", subject=ada.user_id, label="photo")
    assert await _look(ada, bob) == ("Rude Words", "Very rude", True, "rude_ada")
    mine = await photos.page(world.app, _actor(ada), ada.user_id, 0, 0, 10)
    assert mine[1] == 1
    await lift(world, row)
    rows, count = await photos.page(world.app, _actor(ada), ada.user_id, 0, 0, 10)
    assert (count, rows[0].media) == (2, second.photo.id)


def _actor(client: Client) -> Any:
    actor = client.link.actor
    assert actor is not None
    return actor


@pytest.mark.turns(2)
@pytest.mark.parametrize("part", ["photo", "name", "about", "username"])
async def test_so_does_a_part_of_a_channel(world: World, part: str) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    news = await chats.channel(ada, "Rude", about="Very rude")
    to = chats.of(news)
    await ada.call(api.channels.UpdateUsername(channel=to, username="rude_news"))
    photo = api.InputChatUploadedPhoto(file=await upload(ada, picture(300, 300), "a.jpg"))
    await ada.call(api.channels.EditPhoto(channel=to, photo=photo))
    (seen,) = await chats.come(ada, news, bob)

    async def look() -> list[Any]:
        found = await bob.call(api.channels.GetFullChannel(channel=chats.of(seen)))
        chat, full = found.chats[0], found.full_chat
        return [chat.title, full.about, type(full.chat_photo) is api.Photo, chat.username]

    whole = ["Rude", "Very rude", True, "rude_news"]
    assert await look() == whole
    peer = peer_of_channel(news.id)
    row = await decide(world, "remove", subject=peer, label=part)
    place = ("name", "about", "photo", "username").index(part)
    expected = [*whole]
    expected[place] = [f"Salon {news.id}", "", False, None][place]
    assert await look() == expected
    await lift(world, row)
    assert await look() == whole


async def test_what_makes_no_sense_is_refused(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    table = await chats.basic_group(ada, bob)
    for fields, words in (
        ({"subject": ada.user_id}, "a part of a profile"),
        ({"subject": ada.user_id, "label": "scam"}, "a part of a profile"),
        ({"subject": ada.user_id, "label": "photo"}, "no picture"),
        ({"subject": ada.user_id, "label": "about"}, "no text"),
        ({"subject": ada.user_id, "label": "username"}, "no public name"),
        ({"subject": -table.id, "label": "name"}, "nothing of its own"),
    ):
        with pytest.raises(Refused, match=words):
            await decide(world, "remove", **fields)
