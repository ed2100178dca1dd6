"""Privacy rules: how they are weighed, what they hide, who hears of a change."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.domain.people.accounts import views
from petitbleu.domain.people.privacy import service
from petitbleu.domain.people.privacy import views as privacy_views
from petitbleu.domain.people.privacy.service import judge
from petitbleu.tl import api
from tests.kit.world import Client, RpcFault, World

PHONE = api.InputPrivacyKeyPhoneNumber()
ALL, NOBODY = api.InputPrivacyValueAllowAll(), api.InputPrivacyValueDisallowAll()


@pytest.mark.parametrize(
    ("rules", "contact", "verdict"),
    [
        ([("allow_all", [])], False, True),
        ([("disallow_all", [])], True, False),
        ([("allow_contacts", []), ("disallow_all", [])], True, True),
        ([("allow_contacts", []), ("disallow_all", [])], False, False),
        ([("allow_all", []), ("disallow_contacts", [])], True, False),
        ([("allow_all", []), ("disallow_users", [7])], True, False),
        ([("disallow_all", []), ("allow_users", [7])], False, True),
        ([("disallow_contacts", []), ("allow_users", [7])], True, True),
        ([("allow_users", [8])], True, False),
        ([("allow_chats", [7]), ("allow_close_friends", []), ("allow_premium", [])], True, False),
        ([], True, False),
    ],
)
def test_the_nearest_rule_decides(rules: service.Rules, contact: bool, verdict: bool) -> None:
    assert judge(rules, 7, contact=contact) is verdict
    assert judge(list(reversed(rules)), 7, contact=contact) is verdict


def test_bots_have_rules_of_their_own() -> None:
    rules: service.Rules = [("allow_bots", []), ("disallow_all", [])]
    assert judge(rules, 7, contact=False, bot=True)
    assert not judge(rules, 7, contact=False)


async def _set(client: Client, key: Any, *rules: Any) -> Any:
    return await client.call(api.account.SetPrivacy(key=key, rules=list(rules)))


@pytest.mark.parametrize(
    ("key", "default"),
    [
        (api.InputPrivacyKeyStatusTimestamp(), [api.PrivacyValueAllowAll()]),
        (PHONE, [api.PrivacyValueAllowContacts(), api.PrivacyValueDisallowAll()]),
        (api.InputPrivacyKeyAddedByPhone(), [api.PrivacyValueAllowAll()]),
        (
            api.InputPrivacyKeyBirthday(),
            [api.PrivacyValueAllowContacts(), api.PrivacyValueDisallowAll()],
        ),
    ],
)
async def test_defaults_are_telegrams(world: World, key: Any, default: list[Any]) -> None:
    ada = await world.sign_up("Ada")
    assert (await ada.call(api.account.GetPrivacy(key=key))).rules == default


@pytest.mark.turns(4)
@pytest.mark.parametrize("name", sorted(service.DEFAULTS))
async def test_every_key_can_be_set_and_read(world: World, name: str) -> None:
    form = type(privacy_views.key_form(name)).__name__
    key = getattr(api, f"Input{form}")()
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    peer = await ada.peer(bob)
    users = [api.InputUser(user_id=peer.user_id, access_hash=peer.access_hash)]
    rules = [
        api.InputPrivacyValueDisallowUsers(users=users),
        api.InputPrivacyValueDisallowChatParticipants(chats=[5]),
        api.InputPrivacyValueAllowContacts(),
        NOBODY,
    ]
    answer = await _set(ada, key, *rules)
    assert answer.rules == [
        api.PrivacyValueDisallowUsers(users=[bob.user_id]),
        api.PrivacyValueDisallowChatParticipants(chats=[5]),
        api.PrivacyValueAllowContacts(),
        api.PrivacyValueDisallowAll(),
    ]
    assert [one.id for one in answer.users] == [bob.user_id]
    assert (await ada.call(api.account.GetPrivacy(key=key))).rules == answer.rules


async def test_every_kind_of_rule_travels_both_ways(world: World) -> None:
    ada = await world.sign_up("Ada")
    names = [
        "AllowContacts",
        "AllowAll",
        "DisallowContacts",
        "DisallowAll",
        "AllowCloseFriends",
        "AllowPremium",
        "AllowBots",
        "DisallowBots",
    ]
    for name in names:
        answer = await _set(ada, PHONE, getattr(api, f"InputPrivacyValue{name}")())
        assert answer.rules == [getattr(api, f"PrivacyValue{name}")()]
    for name in ("AllowUsers", "DisallowUsers"):
        answer = await _set(ada, PHONE, getattr(api, f"InputPrivacyValue{name}")(users=[]))
        assert answer.rules == [getattr(api, f"PrivacyValue{name}")(users=[])]
    answer = await _set(ada, PHONE, api.InputPrivacyValueAllowChatParticipants(chats=[3, 3]))
    assert answer.rules == [api.PrivacyValueAllowChatParticipants(chats=[3])]


async def test_the_phone_is_for_contacts_until_one_says_otherwise(world: World) -> None:
    ada, bob, eve = [await world.sign_up(name) for name in ("Ada", "Bob", "Eve")]
    await ada.peer(bob)

    async def seen(viewer: Client) -> str | None:
        phone: str | None = (await views.user(world.app, viewer.user_id, ada.user_id)).phone
        return phone

    assert (await seen(bob), await seen(eve)) == (ada.phone, None)
    await _set(ada, PHONE, ALL)
    assert (await seen(bob), await seen(eve)) == (ada.phone, ada.phone)
    await _set(ada, PHONE, NOBODY)
    assert (await seen(bob), await seen(eve)) == (None, None)
    assert await seen(ada) == ada.phone


async def test_who_saved_the_number_goes_on_seeing_it(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    await _set(ada, PHONE, NOBODY)
    await bob.peer(ada)
    assert (await views.user(world.app, bob.user_id, ada.user_id)).phone == ada.phone


async def test_a_change_is_told_to_the_other_device(world: World) -> None:
    ada = await world.sign_up("Ada")
    other = await world.sign_in(ada.phone)
    await _set(ada, PHONE, NOBODY)
    (update,) = other.updates(api.UpdatePrivacy)
    assert update.key == api.PrivacyKeyPhoneNumber()
    assert update.rules == [api.PrivacyValueDisallowAll()]
    assert ada.updates(api.UpdatePrivacy) == []


async def test_bad_rules_are_refused(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    stranger = api.InputUser(user_id=bob.user_id, access_hash=1)
    with pytest.raises(RpcFault, match="PRIVACY_VALUE_INVALID"):
        await _set(ada, PHONE, api.InputPrivacyValueAllowUsers(users=[stranger]))
    with pytest.raises(RpcFault, match="PRIVACY_VALUE_INVALID"):
        await _set(ada, PHONE, *[ALL] * 13)
    with pytest.raises(RpcFault, match="PRIVACY_TOO_LONG"):
        chats = list(range(1001))
        await _set(ada, PHONE, api.InputPrivacyValueAllowChatParticipants(chats=chats))


async def test_batched_answers_agree_with_single_ones(world: World) -> None:
    people = [await world.sign_up(name) for name in ("Ada", "Bob", "Eve")]
    ada, bob, eve = people
    await bob.peer(ada)
    await _set(eve, PHONE, ALL)
    ids = [one.user_id for one in people]
    allowed = await service.allowed(world.app, "phone_number", ids, ada.user_id)
    assert allowed == {ada.user_id, bob.user_id, eve.user_id}
    for one in ids:
        single = await service.allows(world.app, "phone_number", one, ada.user_id)
        assert single == (one in allowed)
    assert await service.allowed(world.app, "phone_number", [ada.user_id], eve.user_id) == set()
