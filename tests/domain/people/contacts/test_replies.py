"""contacts.blockFromReplies: block the author of a message at hand."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from petitbleu.store.query import query
from petitbleu.tl import api
from tests.kit.world import Client, RpcFault, World


class Report(NamedTuple):
    """What a report says about itself."""

    method: str
    subject: int
    reason: str


REPORTS = query("select method, subject, reason from report where reporter = :account", Report)


async def _say(client: Client, peer: Any, text: str, random_id: int) -> None:
    await client.call(api.messages.SendMessage(peer=peer, message=text, random_id=random_id))


async def _texts(client: Client, peer: Any) -> list[str]:
    found = await client.call(
        api.messages.GetHistory(
            peer=peer,
            offset_id=0,
            offset_date=0,
            add_offset=0,
            limit=100,
            max_id=0,
            min_id=0,
            hash=0,
        )
    )
    return [one.message for one in found.messages]


async def _block(client: Client, message: int, **flags: Any) -> Any:
    return await client.call(api.contacts.BlockFromReplies(msg_id=message, **flags))


@pytest.mark.parametrize(
    ("flags", "left"),
    [({}, ["two", "one"]), ({"delete_message": True}, ["two"]), ({"delete_history": True}, [])],
)
async def test_the_author_is_blocked_and_what_they_said_goes(
    world: World, flags: dict[str, bool], left: list[str]
) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    to_ada, to_bob = await bob.peer(ada), await ada.peer(bob)
    await _say(bob, to_ada, "one", 1)
    await _say(bob, to_ada, "two", 2)
    phone = await world.sign_in(ada.phone)
    first = ada.updates(api.UpdateNewMessage)[0].message.id
    answer = await _block(ada, first, **flags)
    (blocked,) = [one for one in answer.updates if type(one) is api.UpdatePeerBlocked]
    assert (blocked.blocked, blocked.peer_id.user_id) == (True, bob.user_id)
    assert phone.updates(api.UpdatePeerBlocked)
    assert bool(ada.updates(api.UpdateDeleteMessages)) == bool(flags)
    assert await _texts(ada, to_bob) == left
    assert await _texts(bob, to_ada) == ["two", "one"]


async def test_only_messages_of_others_name_somebody_to_block(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    await _say(ada, await ada.peer(bob), "mine", 1)
    for number in (0, 1, 2, 99):
        with pytest.raises(RpcFault, match="MSG_ID_INVALID"):
            await _block(ada, number)


async def test_what_is_reported_as_spam_is_a_report(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    await _say(bob, await bob.peer(ada), "buy this", 1)
    first = ada.updates(api.UpdateNewMessage)[0].message.id
    answer = await _block(ada, first, report_spam=True, delete_message=True)
    found = await world.app.store.rows(REPORTS, account=ada.user_id)
    assert found == [("contacts.blockFromReplies", bob.user_id, "spam")]
    assert [one.blocked for one in answer.updates if type(one) is api.UpdatePeerBlocked] == [True]
