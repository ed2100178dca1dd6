"""User objects: what one person sees of another."""

from __future__ import annotations

import time

import pytest

from petitbleu.domain.messaging.peers.service import access_hash
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.accounts import views
from petitbleu.tl import api
from tests.kit.world import RpcFault, World

SELF = api.InputUserSelf()


async def test_oneself_is_seen_with_phone_and_self_mark(world: World) -> None:
    ada = await world.sign_up("Ada")
    (user,) = await ada.call(api.users.GetUsers(id=[SELF]))
    assert (user.id, user.self, user.phone) == (ada.user_id, True, ada.phone)
    assert (user.first_name, user.last_name) == ("Ada", None)


async def test_a_stranger_is_seen_without_phone(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    proof = access_hash(world.app, ada.user_id, bob.user_id)
    (user,) = await ada.call(
        api.users.GetUsers(id=[api.InputUser(user_id=bob.user_id, access_hash=proof)])
    )
    assert (user.first_name, user.phone, user.contact, user.self) == ("Bob", None, False, False)
    assert user.access_hash == proof


async def test_a_wrong_access_hash_gives_an_empty_user(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    stolen = access_hash(world.app, bob.user_id, bob.user_id)
    asked = [api.InputUser(user_id=bob.user_id, access_hash=stolen), SELF]
    empty, own = await ada.call(api.users.GetUsers(id=asked))
    assert isinstance(empty, api.UserEmpty) and empty.id == bob.user_id
    assert own.id == ada.user_id


async def test_the_service_account_is_verified_support_without_status(world: World) -> None:
    ada = await world.sign_up("Ada")
    user = await views.user(world.app, ada.user_id, 777000)
    assert user.verified and user.support and user.status is None
    assert user.first_name == "Petitbleu"


async def test_a_contact_is_seen_under_the_viewers_own_name(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    await ada.peer(bob)
    seen = await views.user(world.app, ada.user_id, bob.user_id)
    assert (seen.first_name, seen.contact, seen.phone) == ("Peer", True, bob.phone)
    assert (await views.user(world.app, bob.user_id, bob.user_id)).first_name == "Bob"


async def test_a_remembered_user_costs_under_two_microseconds(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    app, viewer, ids = world.app, ada.user_id, (bob.user_id,)
    await views.users(app, viewer, ids)

    async def rounds(count: int) -> float:
        begun = time.perf_counter()
        for _ in range(count):
            await views.users(app, viewer, ids)
        return (time.perf_counter() - begun) / count

    best = min([await rounds(2_000) for _ in range(7)])
    assert best < 4e-6, f"{best * 1e6:.2f} µs"  # the goal is 2; the margin is for a busy machine


async def test_a_change_of_name_is_seen_at_once(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    assert (await views.user(world.app, bob.user_id, ada.user_id)).first_name == "Ada"
    answer = await ada.call(api.account.UpdateProfile(first_name="Augusta", last_name="King"))
    assert (answer.first_name, answer.last_name) == ("Augusta", "King")
    assert (await views.user(world.app, bob.user_id, ada.user_id)).first_name == "Augusta"


async def test_what_began_to_load_before_a_change_is_not_remembered(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    with accounts.changing(world.app, ada.user_id):
        early = await views.user(world.app, bob.user_id, ada.user_id)
    later = await views.user(world.app, bob.user_id, ada.user_id)
    assert later is not early
    assert await views.user(world.app, bob.user_id, ada.user_id) is later


async def test_a_new_name_reaches_contacts_under_their_own_name_and_the_other_devices(
    world: World,
) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    phone = await world.sign_in(ada.phone)
    await bob.peer(ada)
    await ada.call(api.account.UpdateProfile(first_name="Augusta", about="first"))
    own = phone.updates(api.UpdateUserName)
    assert [(u.user_id, u.first_name) for u in own] == [(ada.user_id, "Augusta")]
    theirs = bob.updates(api.UpdateUserName)
    assert [(u.user_id, u.first_name) for u in theirs] == [(ada.user_id, "Peer")]
    assert ada.updates(api.UpdateUserName) == []


@pytest.mark.parametrize(
    ("change", "error"),
    [({"first_name": "  "}, "FIRSTNAME_INVALID"), ({"about": "x" * 71}, "ABOUT_TOO_LONG")],
)
async def test_a_bad_profile_is_refused(world: World, change: dict[str, str], error: str) -> None:
    ada = await world.sign_up("Ada")
    with pytest.raises(RpcFault, match=error):
        await ada.call(api.account.UpdateProfile(**change))


async def test_a_full_profile_holds_what_the_viewer_may_see(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    await ada.call(api.account.UpdateProfile(about="Engines"))
    await ada.call(api.account.UpdateBirthday(birthday=api.Birthday(day=10, month=12, year=1985)))
    peer = await bob.peer(ada)
    asked = api.InputUser(user_id=peer.user_id, access_hash=peer.access_hash)
    full = (await bob.call(api.users.GetFullUser(id=asked))).full_user
    assert (full.about, full.birthday, full.blocked) == ("Engines", None, False)
    await ada.peer(bob)  # now Bob is a contact of hers: birthdays are for contacts
    full = (await bob.call(api.users.GetFullUser(id=asked))).full_user
    assert (full.birthday.day, full.birthday.month, full.birthday.year) == (10, 12, 1985)
    own = await ada.call(api.users.GetFullUser(id=SELF))
    assert own.users[0].id == ada.user_id and own.full_user.settings.add_contact is False


async def test_a_full_profile_needs_the_right_access_hash(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    with pytest.raises(RpcFault, match="USER_ID_INVALID"):
        await ada.call(api.users.GetFullUser(id=api.InputUser(user_id=bob.user_id, access_hash=1)))


@pytest.mark.parametrize(
    "day", [(31, 2, None), (0, 1, 1990), (1, 13, 1990), (29, 2, 1990), (1, 1, 2090)]
)
async def test_a_day_that_never_was_is_no_birthday(
    world: World, day: tuple[int, int, int | None]
) -> None:
    ada = await world.sign_up("Ada")
    birthday = api.Birthday(day=day[0], month=day[1], year=day[2])
    with pytest.raises(RpcFault, match="BIRTHDAY_INVALID"):
        await ada.call(api.account.UpdateBirthday(birthday=birthday))


async def test_a_birthday_without_a_year_is_kept_and_can_be_removed(world: World) -> None:
    ada = await world.sign_up("Ada")
    await ada.call(api.account.UpdateBirthday(birthday=api.Birthday(day=29, month=2)))
    full = (await ada.call(api.users.GetFullUser(id=SELF))).full_user
    assert (full.birthday.day, full.birthday.month, full.birthday.year) == (29, 2, None)
    await ada.call(api.account.UpdateBirthday())
    assert (await ada.call(api.users.GetFullUser(id=SELF))).full_user.birthday is None


async def test_nobody_asks_strangers_for_anything(world: World) -> None:
    ada = await world.sign_up("Ada")
    answer = await ada.call(api.users.GetRequirementsToContact(id=[SELF, SELF]))
    assert [type(one) for one in answer] == [api.RequirementToContactEmpty] * 2


async def test_older_layers_ask_whether_premium_is_wanted(world: World) -> None:
    ada = await world.sign_up("Ada", 199)
    answer = await ada.call(api.users.GetIsPremiumRequiredToContact(id=[SELF, SELF]))
    assert answer == [False, False]
