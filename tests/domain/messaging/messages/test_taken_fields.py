"""Fields of sending and forwarding that change what is said, or are refused."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from petitbleu.tl import api
from tests.domain.files.media import shots
from tests.kit.chats import history, refused, said, shown
from tests.kit.world import Client, World

_random = itertools.count(500)
BUTTON = api.KeyboardInlineButton(
    text="Open", type=api.InlineButtonTypeUrl(url="https://example.org/")
)
KEYBOARDS: list[Any] = [
    api.ReplyInlineMarkup(rows=[api.KeyboardInlineButtonRow(buttons=[BUTTON])]),
    api.ReplyKeyboardMarkup(
        rows=[
            api.KeyboardButtonRow(
                buttons=[api.KeyboardButton(text="Yes", type=api.ButtonTypeDefault())]
            )
        ]
    ),
    api.ReplyKeyboardForceReply(),
]
NO_KEYBOARDS: list[Any] = [api.ReplyKeyboardHide(), api.ReplyInlineMarkup(rows=[])]


async def _forward(client: Client, source: Any, ids: list[int], to: Any, **more: Any) -> list[Any]:
    answer = await client.call(
        api.messages.ForwardMessages(
            from_peer=source, id=ids, random_id=[next(_random) for _ in ids], to_peer=to, **more
        )
    )
    return [one.message for one in answer.updates if type(one) is api.UpdateNewMessage]


async def test_forwarding_without_captions_leaves_them_behind(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    to_bob, me = await ada.peer(bob), api.InputPeerSelf()
    bold = [api.MessageEntityBold(offset=0, length=6)]
    media = api.InputMediaUploadedPhoto(
        file=await shots.upload(ada, shots.picture(40, 30), "a.jpg")
    )
    picture = await shown(ada, me, media, "secret caption", entities=bold)
    text = await said(ada, me, "only text")
    ids = [picture.id, text.id]
    kept = await _forward(ada, me, ids, to_bob, drop_author=True)
    assert [one.message for one in kept] == ["secret caption", "only text"]
    bare = await _forward(ada, me, ids, to_bob, drop_author=True, drop_media_captions=True)
    assert [one.message for one in bare] == ["", "only text"]
    assert bare[0].entities in (None, [])
    assert type(bare[0].media) is api.MessageMediaPhoto
    seen = await history(bob, await bob.peer(ada), limit=2)
    assert [one.message for one in seen.messages] == ["only text", ""]


@pytest.mark.parametrize("keyboard", KEYBOARDS, ids=lambda one: type(one).NAME)
async def test_keyboards_are_refused_where_nobody_would_see_them(
    world: World, keyboard: Any
) -> None:
    ada = await world.sign_up("Ada")
    me = api.InputPeerSelf()
    message = await said(ada, me, "hello")
    contact = api.InputMediaContact(phone_number="1", first_name="A", last_name="", vcard="")
    for q in (
        api.messages.SendMessage(peer=me, message="a", random_id=1, reply_markup=keyboard),
        api.messages.SendMedia(
            peer=me, media=contact, message="", random_id=2, reply_markup=keyboard
        ),
        api.messages.EditMessage(peer=me, id=message.id, message="b", reply_markup=keyboard),
    ):
        assert await refused(ada, q) == "REPLY_MARKUP_INVALID"
    assert [one.message for one in (await history(ada, me)).messages] == ["hello"]


@pytest.mark.parametrize("keyboard", NO_KEYBOARDS, ids=lambda one: type(one).NAME)
async def test_a_keyboard_to_be_taken_away_is_no_keyboard(world: World, keyboard: Any) -> None:
    ada = await world.sign_up("Ada")
    me = api.InputPeerSelf()
    message = await said(ada, me, "hello", reply_markup=keyboard)
    await ada.call(
        api.messages.EditMessage(peer=me, id=message.id, message="bye", reply_markup=keyboard)
    )
    assert [one.message for one in (await history(ada, me)).messages] == ["bye"]
