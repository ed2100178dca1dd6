"""The operator's commands: people and invitations."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from petitbleu.control import CommandRefused, perform
from petitbleu.domain.access.joining import service
from tests.kit.world import World


async def admin(world: World, name: str, /, **params: Any) -> dict[str, Any]:
    return await perform(world.app, name, params)


async def refused(world: World, name: str, /, **params: Any) -> str:
    with pytest.raises(CommandRefused) as error:
        await admin(world, name, **params)
    return str(error.value)


async def test_adding_without_a_phone_gives_a_number(instance: World) -> None:
    added = await admin(instance, "user.add", email=" Ada@Example.org ", name=" Ada  L ")
    assert added["phone"].startswith("888")
    assert added["shown"].startswith("+888 ")
    assert (added["email"], added["name"]) == ("ada@example.org", "Ada L")


async def test_adding_what_cannot_be_added_is_refused_in_words(instance: World) -> None:
    await admin(instance, "user.add", phone="+33 6 12 34 56 78", email="ada@example.org")
    assert "is admitted already" in await refused(instance, "user.add", phone="0033612345678")
    assert "belongs to +33 6 12" in await refused(instance, "user.add", email="ada@example.org")
    assert "no phone number" in await refused(instance, "user.add", phone="06")
    assert "no e-mail address" in await refused(instance, "user.add", email="ada")
    assert "at most 64" in await refused(instance, "user.add", name="x" * 65)


async def test_people_are_listed_and_found(world: World) -> None:
    ada = await world.sign_up("Ada")
    await admin(world, "user.add", phone="+33 6 12 34 56 78", name="Bob 100%")
    listed = (await admin(world, "user.list"))["users"]
    assert [who["id"] for who in listed] == [ada.user_id, None]
    for search, found in (
        ("ADA", ["Ada"]),
        ("0%", ["Bob 100%"]),
        ("3361", ["Bob 100%"]),
        ("_", []),
    ):
        users = (await admin(world, "user.list", search=search))["users"]
        assert [who["name"] for who in users] == found, search
    assert len((await admin(world, "user.list", limit=1))["users"]) == 1
    for who in (ada.phone, f"+{ada.phone}", str(ada.user_id)):
        assert (await admin(world, "user.show", who=who))["id"] == ada.user_id
    assert (await admin(world, "user.show", who="33612345678"))["id"] is None
    for nobody in ("33699999999", "@nobody", "nobody@example.org", "777000", "", "9" * 30):
        assert "nobody here" in await refused(world, "user.show", who=nobody)


async def test_ending_sessions_signs_every_device_out(world: World) -> None:
    ada = await world.sign_up("Ada")
    await world.sign_in(ada.phone)
    assert (await admin(world, "user.end-sessions", who=ada.phone))["ended"] == 2
    assert (await admin(world, "user.show", who=ada.phone))["devices"] == []
    assert not ada.open


async def test_an_invitation_is_made_listed_and_revoked(instance: World) -> None:
    made = await admin(instance, "invite.create", uses=3, seconds=60)
    assert made["link"].startswith("https://chat.example.org/join/")
    assert (made["uses_left"], made["open"]) == (3, True)
    other = await admin(instance, "invite.create")
    assert (other["uses_left"], other["expires_at"]) == (None, None)
    instance.clock.advance(61)
    listed = (await admin(instance, "invite.list"))["invites"]
    assert {one["token"]: one["open"] for one in listed} == {
        made["token"]: False,
        other["token"]: True,
    }
    await admin(instance, "invite.revoke", token=other["link"])
    with pytest.raises(service.InviteGone):
        await service.open_invite(instance.app, other["token"])
    assert "no such invitation" in await refused(instance, "invite.revoke", token="x")


@pytest.mark.parametrize(
    ("changes", "mail", "words"),
    [
        ({"signup": "closed"}, True, "signup is closed"),
        ({"public_url": ""}, True, "set public_url first"),
        ({}, False, "set smtp.host"),
    ],
)
async def test_an_invitation_that_could_not_work_is_refused(
    instance: World, changes: dict[str, Any], mail: bool, words: str
) -> None:
    instance.app.config = msgspec.structs.replace(instance.app.config, **changes)
    if not mail:
        instance.app.mail = None
    assert words in await refused(instance, "invite.create")


async def test_an_invitation_is_for_a_sensible_number_of_people(instance: World) -> None:
    assert "1 to" in await refused(instance, "invite.create", uses=0)
