"""What people write to 777000 is heard once, answered once, and costs others nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from petitbleu.app import Actor
from petitbleu.domain.messaging.messages import first_contact
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.servicechat import service
from petitbleu.domain.servicechat.service import Said
from petitbleu.errors import Fault
from petitbleu.ids import ANTISPAM_USER, GUESTS_USER, HIDDEN_AUTHOR, SERVICE_USER
from petitbleu.store.query import query
from petitbleu.tl import api
from tests.kit import chats, servicechat, talk
from tests.kit.world import World

heard: list[Said] = []


class Broken(Exception):
    pass


async def echo(app: Any, said: Said) -> str:
    heard.append(said)
    if said.words == ["break"]:
        raise Broken
    return f"{said.account}: {said.rest}"


@pytest.fixture(autouse=True)
def declared() -> Iterator[None]:
    """``echo`` is a command for one test only: other files look at the whole list."""
    heard.clear()
    helps = {"en": {"help": "echo — says it again"}, "fr": {"help": "écho — le redit"}}
    service.command("echo", "écho", texts=helps)(echo)
    yield
    service._listed.remove(service._commands.pop("echo"))
    del service._commands["écho"]


async def test_a_command_is_answered_once_in_the_chat_it_was_written_in(world: World) -> None:
    ada = await world.sign_up("Ada")
    assert await servicechat.ask(ada, "echo one  two") == f"{ada.user_id}: one two"
    await servicechat.run(world)
    found = await talk.history(ada, servicechat.peer(ada))
    assert [one.out for one in found] == [False, True]
    assert len(heard) == 1


async def test_what_was_dealt_with_is_read(world: World) -> None:
    ada = await world.sign_up("Ada")
    last = [await servicechat.write(ada, f"anything {number}") for number in range(2)][-1]
    ada.pushed.clear()
    await servicechat.run(world)
    read = ada.updates(api.UpdateReadHistoryOutbox)
    assert [one.max_id for one in read][-1] == last
    dialogs = await ada.call(
        api.messages.GetPeerDialogs(peers=[api.InputDialogPeer(peer=servicechat.peer(ada))])
    )
    assert dialogs.dialogs[0].read_outbox_max_id == last


async def test_messages_are_heard_in_their_order_and_later_ones_begin_where_it_stopped(
    world: World,
) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    for number in range(60):
        await servicechat.write(ada, f"echo {number}")
    await servicechat.write(bob, "echo b")
    await servicechat.run(world)
    assert [one.rest for one in heard if one.account == ada.user_id] == [*map(str, range(60))]
    assert await servicechat.ask(ada, "ÉCHO last") == f"{ada.user_id}: last"
    assert len(heard) == 62


async def test_what_a_crash_interrupts_is_done_again_and_answered_once(world: World) -> None:
    ada = await world.sign_up("Ada")
    message = await servicechat.write(ada, "echo one")
    await servicechat.write(ada, "echo two")
    # The answer was said, how far it got was not kept: as after a kill between the two.
    await service.hear(world.app, ada.user_id, message)
    await world.app.store.write(_forget, ada.user_id)
    await servicechat.run(world)
    said = [one.message for one in await servicechat.heard(ada)]
    assert said == [f"{ada.user_id}: one", f"{ada.user_id}: two"]
    assert len(heard) == 2


async def _forget(tx: Any, account: int) -> None:
    await tx.run(query("delete from service_chat where account = :account"), account=account)


async def test_other_words_get_help_now_and_then(world: World) -> None:
    ada = await world.sign_up("Ada")
    assert "help" in await servicechat.ask(ada, "hello?")
    assert await servicechat.ask(ada, "are you there") == ""
    world.clock.advance(service.QUIET)
    assert "help" in await servicechat.ask(ada, "hello?")
    listed = await servicechat.ask(ada, "/HELP")
    assert "echo — says it again" in listed and listed.endswith("help — this list")


async def test_the_answer_is_in_the_language_of_the_person(world: World) -> None:
    ada = world.connect()
    ada.lang = "fr"
    await ada.sign_up(world.new_phone(), "Ada")
    assert "écho — le redit" in await servicechat.ask(ada, "aide")


async def test_a_command_that_fails_is_answered_and_holds_up_nothing(world: World) -> None:
    ada = await world.sign_up("Ada")
    assert "not your fault" in await servicechat.ask(ada, "echo break")
    assert world.errors.pop()["command"] == "echo"
    assert await servicechat.ask(ada, "echo on") == f"{ada.user_id}: on"


async def test_only_ones_own_words_are_commands_and_only_when_they_are_said(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_ada = await bob.peer(ada)
    await talk.say(bob, to_ada, "echo forwarded")
    (message,) = await talk.history(ada, await ada.peer(bob))
    await ada.call(
        api.messages.ForwardMessages(
            from_peer=await ada.peer(bob),
            to_peer=servicechat.peer(ada),
            id=[message.id],
            random_id=[77],
        )
    )
    await servicechat.run(world)
    assert "forward" in (await servicechat.heard(ada))[-1].message
    said = await servicechat.write(ada, "nothing")
    await servicechat.run(world)
    await ada.call(
        api.messages.EditMessage(peer=servicechat.peer(ada), id=said, message="echo edited")
    )
    await servicechat.run(world)
    assert heard == []


async def test_marks_that_turn_the_text_around_are_no_part_of_a_command(world: World) -> None:
    ada = await world.sign_up("Ada")
    assert await servicechat.ask(ada, "\u2066ec\u200bho\u2069 a\u202eb") == f"{ada.user_id}: ab"
    long = await servicechat.ask(ada, "echo " + "x " * 2000)
    assert 0 < len(long) < 500


async def test_a_long_answer_is_cut_where_a_message_ends(world: World) -> None:
    ada = await world.sign_up("Ada")
    long = await servicechat.ask(ada, "echo " + "\U0001f600" * 2000)
    assert long.endswith("…") and 4000 <= len(long.encode("utf-16-le")) // 2 <= 4096


async def test_nothing_is_kept_on_the_other_side(world: World) -> None:
    ada = await world.sign_up("Ada")
    before = await messages.given_out(world.app.store, SERVICE_USER)
    await servicechat.write(
        ada,
        "hello",
    )
    assert await messages.given_out(world.app.store, SERVICE_USER) == before
    (mine,) = await talk.history(ada, servicechat.peer(ada))
    gone = await ada.call(api.messages.DeleteMessages(revoke=True, id=[mine.id]))
    assert gone.pts_count == 1
    await servicechat.run(world)
    assert await talk.history(ada, servicechat.peer(ada)) == []


async def test_a_repeated_call_is_the_same_message(world: World) -> None:
    ada = await world.sign_up("Ada")
    q = api.messages.SendMessage(peer=servicechat.peer(ada), message="echo one", random_id=5)
    first, again = await ada.call(q), await ada.call(q)
    assert first.id == again.id
    await servicechat.run(world)
    await ada.call(q)
    await servicechat.run(world)
    assert len(heard) == 1 and len(await servicechat.heard(ada)) == 1


async def test_media_is_refused(world: World) -> None:
    ada = await world.sign_up("Ada")
    media = api.InputMediaDice(emoticon="\U0001f3b2")
    q = api.messages.SendMedia(peer=servicechat.peer(ada), media=media, message="", random_id=9)
    assert await chats.refused(ada, q) == "CHAT_SEND_MEDIA_FORBIDDEN"


@pytest.mark.parametrize("account", [ANTISPAM_USER, GUESTS_USER, HIDDEN_AUTHOR])
async def test_accounts_in_whose_name_others_speak_cannot_be_written_to(
    world: World, account: int
) -> None:
    ada = await world.sign_up("Ada")
    to = servicechat.peer(ada, account)
    refused = [
        api.messages.SendMessage(peer=to, message="hello", random_id=1),
        api.messages.SendMessage(peer=to, message="hello", random_id=2,
                                 schedule_date=int(world.clock.now()) + 3600),
        api.messages.SendMedia(peer=to, media=api.InputMediaDice(emoticon="\U0001f3b2"),
                               message="", random_id=3),
        api.messages.ForwardMessages(from_peer=api.InputPeerSelf(), to_peer=to, id=[1],
                                     random_id=[4]),
    ]  # fmt: skip
    assert [await chats.refused(ada, q) for q in refused] == ["PEER_ID_INVALID"] * 4


async def test_too_much_is_refused_with_a_time(world: World) -> None:
    me = Actor(1_000_001)
    with pytest.raises(Fault, match="FLOOD_WAIT") as refused:
        for _ in range(200):
            await first_contact.admit(world.app, me, SERVICE_USER, "203.0.113.9")
    assert 0 < (refused.value.value or 0) <= 60
    await first_contact.admit(world.app, Actor(1_000_002), SERVICE_USER, "203.0.113.9")


async def test_the_chat_is_found_by_the_name_of_the_program(world: World) -> None:
    ada = await world.sign_up("Ada")
    found = await ada.call(api.contacts.ResolveUsername(username="PetitBleu"))
    (user,) = found.users
    assert (found.peer.user_id, user.id, user.username) == (SERVICE_USER, SERVICE_USER, None)
    looked = await ada.call(api.contacts.Search(q="petitbleu", limit=10))
    assert [one.id for one in looked.users] == [SERVICE_USER]
    taken = api.account.UpdateUsername(username="petitbleu")
    assert await chats.refused(ada, taken) == "USERNAME_OCCUPIED"


@pytest.mark.parametrize("account", [ANTISPAM_USER, GUESTS_USER])
async def test_accounts_of_the_server_show_a_name_and_nothing_else(
    world: World, account: int
) -> None:
    ada = await world.sign_up("Ada")
    to = servicechat.peer(ada, account)
    who = api.InputUser(user_id=account, access_hash=to.access_hash)
    shown = await ada.call(api.users.GetFullUser(id=who))
    (user,) = shown.users
    bare = api.User(id=account, access_hash=to.access_hash, first_name=user.first_name)
    assert user == bare and user.first_name
    full = shown.full_user
    told = (full.about, full.profile_photo, full.birthday, full.common_chats_count)
    assert told == (None, None, None, 0)
    photos = api.photos.GetUserPhotos(user_id=who, offset=0, max_id=0, limit=10)
    assert (await ada.call(photos)).photos == []
    typing = api.messages.SetTyping(peer=to, action=api.SendMessageTypingAction())
    assert await chats.refused(ada, typing) == "PEER_ID_INVALID"
    draft = api.messages.SaveDraft(peer=to, message="hello")
    assert await chats.refused(ada, draft) == "PEER_ID_INVALID"
