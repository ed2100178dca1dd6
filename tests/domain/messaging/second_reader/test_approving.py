"""What waits for a second reader: approved, changed, published; by whom, and what ends it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from petitbleu.domain.messaging.scheduled import approving, queries
from petitbleu.tl import api
from tests.domain.messaging.second_reader.newsroom import newsroom
from tests.domain.messaging.second_reader.test_gate import REFUSED, _album
from tests.kit.chats import input_channel, input_peer
from tests.kit.servicechat import answer, ask, heard
from tests.kit.talk import fault
from tests.kit.world import Client, RpcFault, World


async def told(who: Client, word: str) -> list[Any]:
    return [one for one in await heard(who) if word in one.message]


async def test_a_post_waits_past_its_time_until_another_approves_it(world: World) -> None:
    here = await newsroom(world)
    await here.later(here.bea, "The bridge opens")
    assert (await here.one(here.bea, "The bridge")).mine
    await here.pass_time(2)
    assert await here.posts() == []
    mine, theirs = await here.one(here.bea, "The"), await here.one(here.carl, "The")
    assert (mine.may_approve, theirs.may_approve) == (False, True)
    assert await fault(here.approve(here.bea, mine)) == "APPROVAL_FORBIDDEN"
    assert await fault(here.waiting(here.dan)) == "CHAT_ADMIN_REQUIRED"
    assert await fault(here.approve(here.dan, theirs)) == "CHAT_ADMIN_REQUIRED"
    await here.approve(here.carl, theirs)
    await here.pass_time()
    assert await here.posts() == ["The bridge opens"]
    assert (await here.waiting(here.carl)).posts == []
    post = await here.newest()
    log = await here.log()
    assert log[-2:] == [
        (here.carl.user_id, "A post of Bea that waits was approved."),
        (here.carl.user_id, f"Post {post} was written by Bea and approved by Carl."),
    ]


async def test_an_approved_post_goes_at_its_time_or_by_send_now(world: World) -> None:
    here = await newsroom(world)
    await here.later(here.bea, "at its time", 3)
    second = await here.later(here.bea, "now", 3)
    await here.approve(here.carl, await here.one(here.carl, "at its"))
    await here.pass_time(1)
    now = api.messages.SendScheduledMessages(peer=input_peer(here.bea, here.number), id=[second])
    assert await here.posts() == [] and await fault(here.bea.call(now)) == REFUSED
    await here.approve(here.ada, await here.one(here.ada, "now"))
    await here.bea.call(now)
    assert await here.posts() == ["now"]
    await here.pass_time(3)
    assert await here.posts() == ["now", "at its time"]


async def test_an_approval_is_for_one_version(world: World) -> None:
    here = await newsroom(world)
    id = await here.later(here.bea, "First text")
    seen = await here.one(here.carl, "First")
    await here.change(here.bea, id, "Second text")
    assert await fault(here.approve(here.carl, seen)) == "APPROVAL_OUTDATED"
    await here.approve(here.carl, await here.one(here.carl, "Second"))
    assert (await here.one(here.carl, "Second")).approved_by == here.carl.user_id
    await here.change(here.bea, id, "Third text")
    await here.pass_time(2)
    assert await here.posts() == []
    third = await here.one(here.carl, "Third")
    assert third.approved_by is None and third.may_approve
    await here.approve(here.carl, third)
    await here.bea.call(
        api.messages.EditMessage(
            peer=input_peer(here.bea, here.number), id=id,
            schedule_date=int(world.clock.now()) + 3600,
        )
    )  # fmt: skip
    assert (await here.one(here.carl, "Third")).approved_by is None, "its time is another"


async def test_who_wrote_the_version_is_not_its_second_reader(world: World) -> None:
    here = await newsroom(world)
    id = await here.later(here.bea, "Bea wrote it")
    await here.change(here.carl, id, "Carl wrote it")
    again = await here.one(here.carl, "Carl")
    assert again.author == here.carl.user_id and not again.may_approve
    assert await fault(here.approve(here.carl, again)) == "APPROVAL_FORBIDDEN"
    await here.approve(here.bea, await here.one(here.bea, "Carl"))
    await here.pass_time(2)
    assert await here.posts() == ["Carl wrote it"]
    assert (
        "written by Bea, last changed by Carl, and approved by Bea" in ((await here.log())[-1][1])
    )


async def test_an_album_is_one_post(world: World) -> None:
    here = await newsroom(world)
    album = await _album(here, here.bea)
    album.schedule_date = int(world.clock.now()) + 3600
    await here.bea.call(album)
    (one,) = (await here.waiting(here.carl)).posts
    assert len(one.messages) == 2
    await here.approve(here.carl, one)
    first, second = (message.id for message in one.messages)
    await here.change(here.bea, second, "Another caption")
    (one,) = (await here.waiting(here.carl)).posts
    assert one.approved_by is None
    await here.approve(here.carl, one)
    await here.bea.call(
        api.messages.DeleteScheduledMessages(peer=input_peer(here.bea, here.number), id=[first])
    )
    (one,) = (await here.waiting(here.carl)).posts
    assert len(one.messages) == 1 and one.approved_by is None, "a picture is gone"
    await here.approve(here.carl, one)
    await here.pass_time(2)
    assert await here.posts() == ["Another caption"]


async def test_a_picture_that_joins_an_approved_album_ends_the_approval(world: World) -> None:
    here = await newsroom(world)
    album = await _album(here, here.bea)
    album.schedule_date = int(world.clock.now()) + 3600
    more = api.messages.SendMultiMedia(
        peer=album.peer, schedule_date=album.schedule_date, multi_media=list(album.multi_media)
    )
    await here.bea.call(album)
    (one,) = (await here.waiting(here.carl)).posts
    await here.approve(here.carl, one)
    third = (await _album(here, here.bea)).multi_media[0]
    more.multi_media = [album.multi_media[0], third]  # the same first random_id: the same album
    await here.bea.call(more)
    (one,) = (await here.waiting(here.carl)).posts
    assert len(one.messages) == 3 and one.approved_by is None
    await here.pass_time(2)
    assert await here.posts() == []


async def test_the_owner_publishes_alone_with_a_reason_that_is_shown(world: World) -> None:
    here = await newsroom(world)
    await here.later(here.ada, "Storm warning")
    one = await here.one(here.ada, "Storm")
    assert (await here.waiting(here.ada)).may_alone
    assert not (await here.waiting(here.bea)).may_alone
    assert await fault(here.approve(here.ada, one, " ")) == "APPROVAL_FORBIDDEN"
    assert await fault(here.approve(here.bea, one, "I say so")) == "APPROVAL_FORBIDDEN"
    await here.approve(here.ada, one, "Everybody is asleep")
    await here.pass_time(2)
    assert await here.posts() == ["Storm warning"]
    for other in (here.bea, here.carl, here.dan):
        assert await told(other, "Everybody is asleep")
    assert "without a second reader. Reason: Everybody is asleep" in (await here.log())[-1][1]


async def test_an_approval_ends_with_the_right_of_who_gave_it(world: World) -> None:
    here = await newsroom(world)
    await here.later(here.bea, "Approved by Carl")
    await here.approve(here.carl, await here.one(here.carl, "Approved"))
    await here.promote(here.carl)
    await here.pass_time(2)
    assert await here.posts() == []
    (notice,) = await told(here.ada, "may not post there any more")
    assert "Approved" in await answer(here.ada, notice.id, "approve")
    assert await here.posts() == ["Approved by Carl"]


async def test_a_post_whose_author_was_removed_is_not_published(world: World) -> None:
    here = await newsroom(world)
    await here.later(here.bea, "By somebody who left")
    await here.approve(here.carl, await here.one(here.carl, "By"))
    await here.promote(here.bea)
    await here.pass_time(2)
    assert await here.posts() == [] and (await here.waiting(here.carl)).posts == []
    assert await told(here.ada, "was not published") and await told(here.carl, "By somebody")


async def test_switching_it_off_publishes_nothing_by_itself(world: World) -> None:
    here = await newsroom(world)
    assert await fault(here.demand(False, here.bea)) == "CHAT_ADMIN_REQUIRED"
    late = await here.later(here.bea, "late")
    await here.later(here.bea, "in time", 9)
    await here.pass_time(2)
    await here.demand(False)
    await here.pass_time(1)
    assert await here.posts() == []
    assert await told(here.bea, "does not need a second reader any more")
    await here.bea.call(
        api.messages.SendScheduledMessages(peer=input_peer(here.bea, here.number), id=[late])
    )
    await here.pass_time(9)
    assert await here.posts() == ["late", "in time"]


async def test_what_was_scheduled_before_waits_too(world: World) -> None:
    here = await newsroom(world, demanded=False)
    await here.later(here.bea, "before")
    await here.demand()
    await here.pass_time(2)
    assert await here.posts() == [] and await told(here.carl, "before")


async def test_with_one_admin_the_owner_alone_publishes(world: World) -> None:
    here = await newsroom(world)
    for other in (here.bea, here.carl, here.dan):
        await here.promote(other)
    await here.later(here.ada, "A lonely paper")
    one = await here.one(here.ada, "A lonely")
    assert not one.may_approve
    await here.approve(here.ada, one, "I am the only one")
    await here.pass_time(2)
    assert (await here.log())[-1][1].endswith("I am the only one")


async def test_a_channel_without_it_has_nothing_to_approve(world: World) -> None:
    here = await newsroom(world, demanded=False)
    await here.later(here.bea, "as ever")
    one = await here.one(here.carl, "as ever")
    assert not one.may_approve
    assert await fault(here.approve(here.carl, one)) == "CHAT_NOT_MODIFIED"
    await here.pass_time(2)
    assert await here.posts() == ["as ever"]


@pytest.mark.parametrize("turn", range(4))
async def test_an_approval_and_an_edit_at_once_have_one_outcome(world: World, turn: int) -> None:
    here = await newsroom(world)
    id = await here.later(here.bea, "What Carl has read")
    one = await here.one(here.carl, "What Carl")
    steps = [here.approve(here.carl, one), here.change(here.bea, id, "What nobody has read")]
    if turn % 2:
        steps.reverse()
    outcomes = await asyncio.gather(*steps, return_exceptions=True)
    wrong = [one for one in outcomes if isinstance(one, BaseException)]
    assert all(isinstance(one, RpcFault) for one in wrong)
    assert {str(getattr(one, "message", "")) for one in wrong} <= {"APPROVAL_OUTDATED"}
    await here.pass_time(2)
    assert await here.posts() == [], "the edit came before the time, so its version waits"
    assert (await here.one(here.carl, "What nobody")).approved_by is None


async def test_what_is_being_published_is_not_changed_any_more(world: World) -> None:
    here = await newsroom(world)
    id = await here.later(here.bea, "Read and approved")
    await here.approve(here.carl, await here.one(here.carl, "Read"))
    row = await world.app.store.row(queries.ONE, owner=here.peer, id=id)
    assert row is not None
    world.clock.advance(2 * 3600)
    assert await approving.cleared(world.app, row, due=True)  # and then the power fails
    assert await fault(here.change(here.bea, id, "Unread", 9)) == "MESSAGE_ID_INVALID"
    await here.pass_time()
    assert await here.posts() == ["Read and approved"]


async def test_it_is_done_in_the_service_chat(world: World) -> None:
    here = await newsroom(world)
    id = await here.later(here.bea, "For\nthe *service* chat")
    await here.pass_time()
    assert not await told(here.bea, "service* chat") and not await told(here.dan, "service")
    (notice,) = await told(here.carl, "> the *service* chat")
    assert "Bea wants to publish" in notice.message
    assert "Answer one of my messages" in await ask(here.carl, "approve")
    await here.change(here.bea, id, "Newer")
    assert "changed since" in await answer(here.carl, notice.id, "approve")
    code = (await here.one(here.carl, "Newer")).version[:6]
    listed = await ask(here.carl, "waiting")
    assert code in listed and "Newer" in listed
    assert "Whoever wrote" in await ask(here.bea, f"approve {code}")
    assert "Say why" in await ask(here.ada, f"alone {code}")
    assert "Approved" in await ask(here.carl, f"approve {code}")
    assert await told(here.bea, "Carl has approved your post")
    assert "Nothing waits" in await ask(here.carl, "waiting")
    assert "Nothing waits" in await ask(here.dan, "waiting")
    await here.pass_time(2)
    assert await here.posts() == ["Newer"]


async def test_a_command_carried_out_twice_is_one_approval(world: World) -> None:
    here = await newsroom(world)
    await here.later(here.bea, "Once")
    one = await here.one(here.carl, "Once")
    await here.approve(here.carl, one)
    await here.approve(here.carl, one)
    assert sum("was approved" in text for _, text in await here.log()) == 1


async def test_strangers_and_wrong_numbers_are_refused(world: World) -> None:
    here = await newsroom(world)
    await here.later(here.bea, "Something")
    one = await here.one(here.carl, "Something")
    eve = await world.sign_up("Eve")
    channel = input_channel(eve, here.number)
    assert await fault(eve.call(api.petitbleu.GetWaiting(channel=channel))) == "CHANNEL_PRIVATE"
    asked = here.approval(here.carl, one)
    asked.id = 77
    assert await fault(here.carl.call(asked)) == "MESSAGE_ID_INVALID"
    asked.edit, asked.id = True, one.messages[0].id
    assert await fault(here.carl.call(asked)) == "MESSAGE_ID_INVALID"


async def test_an_edit_that_waits_is_discarded_by_a_reader_of_its_version(world: World) -> None:
    here = await newsroom(world)
    post = await here.published("The bridge opens")
    await here.edit(here.bea, post, "The bridge is closed")
    edit = await here.one(here.carl, "The bridge is closed")
    asked = api.petitbleu.DiscardEdit(
        channel=input_channel(here.carl, here.number), id=post, version=edit.version
    )
    await here.edit(here.bea, post, "The bridge is shut")
    assert await fault(here.carl.call(asked)) == "APPROVAL_OUTDATED"
    asked.version = (await here.one(here.carl, "The bridge is shut")).version
    refused = api.petitbleu.DiscardEdit(
        channel=input_channel(here.dan, here.number), id=post, version=asked.version
    )
    assert await fault(here.dan.call(refused)) == "CHAT_ADMIN_REQUIRED"
    assert (await here.carl.call(asked)).posts == []
    assert await fault(here.carl.call(asked)) == "MESSAGE_ID_INVALID"
    assert await here.posts() == ["The bridge opens"]
