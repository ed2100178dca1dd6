"""No way round: every method that could make or change a post of a channel with a second reader."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

import petitbleu
from petitbleu.domain.registration.bots import service as bots
from petitbleu.rpc.registry import METHODS
from petitbleu.tl import api
from tests.domain.files.media.shots import picture, upload
from tests.domain.messaging.second_reader.newsroom import Newsroom, newsroom
from tests.domain.registration.bots.test_bots import sign_in
from tests.kit import chats
from tests.kit.chats import input_channel, input_peer
from tests.kit.servicechat import heard
from tests.kit.talk import fault
from tests.kit.trees import nodes
from tests.kit.world import Client, World

REFUSED = "CHAT_SEND_UNAPPROVED_FORBIDDEN"
_random = itertools.count(8_000_000)
Way = Callable[[Newsroom, Client], Awaitable[Any]]


async def _text(here: Newsroom, who: Client) -> Any:
    return api.messages.SendMessage(
        peer=input_peer(who, here.number), message="alone", random_id=next(_random)
    )


async def _soon(here: Newsroom, who: Client) -> Any:
    """A time so near that it is now."""
    soon = int(here.world.clock.now()) + 5
    return api.messages.SendMessage(
        peer=input_peer(who, here.number), message="soon", random_id=next(_random),
        schedule_date=soon,
    )  # fmt: skip


async def _photo(here: Newsroom, who: Client) -> Any:
    file = await upload(who, picture(320, 200))
    return api.messages.SendMedia(
        peer=input_peer(who, here.number), media=api.InputMediaUploadedPhoto(file=file),
        message="alone", random_id=next(_random),
    )  # fmt: skip


async def _poll(here: Newsroom, who: Client) -> Any:
    def said(text: str) -> Any:
        return api.TextWithEntities(text=text, entities=[])

    answers = [api.PollAnswer(text=said(word), option=word.encode()) for word in ("yes", "no")]
    media = api.InputMediaPoll(poll=api.Poll(id=0, question=said("Well?"), answers=answers, hash=0))
    return api.messages.SendMedia(
        peer=input_peer(who, here.number), media=media, message="", random_id=next(_random)
    )


async def _link(here: Newsroom, who: Client) -> Any:
    media = api.InputMediaWebPage(url="https://example.org/", optional=True)
    return api.messages.SendMedia(
        peer=input_peer(who, here.number), media=media, message="https://example.org/",
        random_id=next(_random),
    )  # fmt: skip


async def _place(here: Newsroom, who: Client) -> Any:
    media = api.InputMediaGeoPoint(geo_point=api.InputGeoPoint(lat=48.8, long=2.3))
    return api.messages.SendMedia(
        peer=input_peer(who, here.number), media=media, message="", random_id=next(_random)
    )


async def _album(here: Newsroom, who: Client) -> Any:
    parts = []
    for _ in range(2):
        file = await upload(who, picture(320, 200))
        uploaded = await who.call(
            api.messages.UploadMedia(
                peer=input_peer(who, here.number), media=api.InputMediaUploadedPhoto(file=file)
            )
        )
        photo = uploaded.photo
        media = api.InputMediaPhoto(
            id=api.InputPhoto(
                id=photo.id, access_hash=photo.access_hash, file_reference=photo.file_reference
            )
        )
        parts.append(api.InputSingleMedia(media=media, random_id=next(_random), message="alone"))
    return api.messages.SendMultiMedia(peer=input_peer(who, here.number), multi_media=parts)


async def _forward(here: Newsroom, who: Client, **how: bool) -> Any:
    me = api.InputPeerSelf()
    if who is not here.bea:
        me = input_peer(who, here.number)
        return api.messages.ForwardMessages(
            from_peer=me, to_peer=me, id=[await here.newest()], random_id=[next(_random)], **how
        )
    made = await chats.say(who, me, "from my notes")
    return api.messages.ForwardMessages(
        from_peer=me, to_peer=input_peer(who, here.number), id=[made.updates[0].id],
        random_id=[next(_random)], **how,
    )  # fmt: skip


async def _copy(here: Newsroom, who: Client) -> Any:
    return await _forward(here, who, drop_author=True)


async def _send_now(here: Newsroom, who: Client) -> Any:
    id = await here.later(here.bea, "not yet")
    return api.messages.SendScheduledMessages(peer=input_peer(who, here.number), id=[id])


WAYS: dict[str, tuple[Way, ...]] = {
    "messages.sendMessage": (_text, _soon),
    "messages.sendMedia": (_photo, _poll, _link, _place),
    "messages.sendMultiMedia": (_album,),
    "messages.forwardMessages": (_forward, _copy),
    "messages.sendScheduledMessages": (_send_now,),
}
"""Method -> how it would publish."""
WAITS = {"messages.editMessage", "petitbleu.approve"}
"""Edits wait (test_edits.py); an approval publishes what another wrote (test_approving.py)."""
ELSEWHERE = {
    "messages.sendReaction": "a reaction is no text",
    "messages.sendVote": "a vote is no text",
    "messages.uploadMedia": "stays with who sent it, until a message shows it",
    "messages.editChatAbout": "how the channel looks, which the page shows beside the posts",
    "messages.editChatPhoto": "basic groups",
    "messages.editChatTitle": "basic groups",
    "messages.editChatAdmin": "rights",
    "messages.editChatCreator": "rights",
    "messages.editChatDefaultBannedRights": "rights",
    "messages.editChatParticipantRank": "rights",
    "messages.editExportedChatInvite": "links",
    "channels.editAdmin": "rights",
    "channels.editBanned": "rights",
    "channels.editCreator": "rights",
    "channels.editPhoto": "how the channel looks",
    "channels.editTitle": "how the channel looks",
    "folders.editPeerFolders": "one's own list",
}
_WRITING = ("send", "edit", "forward", "upload", "publish", "approve", "import", "append")


def test_every_method_that_could_publish_is_in_the_table() -> None:
    from petitbleu import domain

    domain.load_rooms()
    writing = {
        name
        for name in METHODS
        if name.partition(".")[0] in ("messages", "channels", "folders", "petitbleu", "stories")
        and name.partition(".")[2].startswith(_WRITING)
        and "Code" not in name
        and name != "messages.importChatInvite"
    }
    assert writing == WAYS.keys() | WAITS | ELSEWHERE.keys()


async def test_nobody_publishes_alone(world: World) -> None:
    here = await newsroom(world, demanded=False)
    await chats.say(here.bea, input_peer(here.bea, here.number), "before")
    await here.demand()
    for way in itertools.chain.from_iterable(WAYS.values()):
        for who in (here.bea, here.ada):
            assert await fault(who.call(await way(here, who))) == REFUSED, way
    assert await here.posts() == ["before"]
    await here.pass_time()
    told = [one.message for one in await heard(here.bea) if "schedule it" in one.message]
    assert len(told) == 1 and "“Gazette”" in told[0]


async def test_a_bot_publishes_nothing_either(world: World) -> None:
    here = await newsroom(world)
    made = await bots.create(world.app, "Press", "press_bot")
    bot = await sign_in(world, made.token)
    found = await here.ada.call(api.contacts.ResolveUsername(username="press_bot"))
    user = api.InputUser(user_id=found.users[0].id, access_hash=found.users[0].access_hash)
    await here.ada.call(
        api.channels.EditAdmin(
            channel=input_channel(here.ada, here.number), user_id=user, rank="",
            admin_rights=api.ChatAdminRights(post_messages=True, edit_messages=True),
        )
    )  # fmt: skip
    for way in (_text, _photo):
        assert await fault(bot.call(await way(here, bot))) == REFUSED
    later = await _text(here, bot)
    later.schedule_date = int(world.clock.now()) + 3600
    assert await fault(bot.call(later)) == "SCHEDULE_BOT_NOT_ALLOWED"
    assert await here.posts() == []


async def test_other_chats_and_the_comments_are_free(world: World) -> None:
    here = await newsroom(world)
    number = await chats.supergroup(here.ada, here.bea, title="Talk")
    await here.ada.call(
        api.channels.SetDiscussionGroup(
            broadcast=input_channel(here.ada, here.number), group=input_channel(here.ada, number)
        )
    )
    await chats.say(here.bea, input_peer(here.bea, number), "as ever")
    post = await here.published("News")
    await here.pass_time()
    await here.ada.call(
        api.messages.UpdatePinnedMessage(peer=input_peer(here.ada, here.number), id=post)
    )
    assert await here.posts() == ["News"]


WRITERS = {
    ("store/hot/send.py", "Outgoing"): "declares it",
    ("domain/messaging/messages/send.py", "Outgoing"): "compose asks; 777000 speaks to one person",
    ("domain/messaging/messages/actions.py", "Outgoing"): "service messages of changes",
    ("domain/messaging/messages/pins.py", "Outgoing"): "the service message of a pin",
    ("domain/messaging/messages/notices.py", "Outgoing"): "between two people",
    ("domain/messaging/discussions/copies.py", "Outgoing"): "into the group",
    ("domain/publishing/comments/publishing.py", "Outgoing"): "into the group",
    ("domain/updates/fanout_frames.py", "Outgoing"): "of a message that another worker has said",
    ("bench/search.py", "Outgoing"): "a bench",
    ("bench/fill.py", "Outgoing"): "a bench",
}
"""Every module that makes a message for the store, and why it needs no second reader."""


@pytest.mark.sources
def test_messages_come_into_the_store_by_known_doors_only() -> None:
    root = Path(petitbleu.__file__).parent
    found = set()
    for path in root.rglob("*.py"):
        for node in nodes(path):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else ""
                name = node.func.attr if isinstance(node.func, ast.Attribute) else name
                if name == "Outgoing":
                    found.add((path.relative_to(root).as_posix(), name))
    assert found <= WRITERS.keys()
