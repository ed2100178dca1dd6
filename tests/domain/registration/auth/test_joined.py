""" "Joined" notices: for those who have the new person's number, and want them."""

from __future__ import annotations

from typing import Any

from petitbleu.tl import api
from tests.kit.world import Client, World


async def _save(client: Client, phone: str) -> None:
    card = api.InputPhoneContact(client_id=1, phone=phone, first_name="Friend", last_name="")
    await client.call(api.contacts.ImportContacts(contacts=[card]))


async def _dialogs(client: Client) -> Any:
    return await client.call(
        api.messages.GetDialogs(
            offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=10, hash=0
        )
    )


async def test_whoever_saved_the_number_sees_its_owner_join(world: World) -> None:
    ada, eve = await world.sign_up("Ada"), await world.sign_up("Eve")
    number = world.new_phone()
    await _save(ada, number)
    bob = await world.sign_up("Bob", phone=number)
    (update,) = ada.updates(api.UpdateNewMessage)
    assert type(update.message.action) is api.MessageActionContactSignUp
    assert update.message.from_id.user_id == bob.user_id
    (dialog,) = (await _dialogs(ada)).dialogs
    assert (dialog.peer.user_id, dialog.unread_count) == (bob.user_id, 1)
    assert not eve.updates(api.UpdateNewMessage)
    assert (await _dialogs(bob)).dialogs == []


async def test_the_chat_goes_on_after_the_notice(world: World) -> None:
    ada, number = await world.sign_up("Ada"), world.new_phone()
    await _save(ada, number)
    bob = await world.sign_up("Bob", phone=number)
    (notice,) = ada.updates(api.UpdateNewMessage)
    to_bob = await ada.peer(bob)
    await ada.call(api.messages.SendMessage(peer=to_bob, message="Welcome", random_id=1))
    await ada.call(api.messages.DeleteMessages(revoke=True, id=[notice.message.id]))
    assert len((await _dialogs(ada)).dialogs) == 1
    (arrived,) = bob.updates(api.UpdateNewMessage)
    assert arrived.message.message == "Welcome"


async def test_who_wants_no_notices_gets_none(world: World) -> None:
    ada, number = await world.sign_up("Ada"), world.new_phone()
    await _save(ada, number)
    await ada.call(api.account.SetContactSignUpNotification(silent=True))
    await world.sign_up("Bob", phone=number)
    assert not ada.updates(api.UpdateNewMessage)
    assert (await _dialogs(ada)).dialogs == []


async def test_whoever_signs_up_may_do_it_without_a_notice(world: World) -> None:
    ada, number = await world.sign_up("Ada"), world.new_phone()
    await _save(ada, number)
    bob = world.connect()
    sent = await bob.send_code(number)
    asked = {"phone_number": number, "phone_code_hash": sent.phone_code_hash}
    await bob.call(api.auth.SignIn(phone_code=number[5] * 5, **asked))
    await bob.call(
        api.auth.SignUp(no_joined_notifications=True, first_name="Bob", last_name="", **asked)
    )
    await world.settle()
    assert not ada.updates(api.UpdateNewMessage)
    assert (await _dialogs(ada)).dialogs == []
