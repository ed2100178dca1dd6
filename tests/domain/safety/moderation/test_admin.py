"""The operator's commands: what is meant by a name, what is told, what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.control import CommandRefused, perform
from petitbleu.domain.safety.moderation import service, surfaces
from petitbleu.tl import api
from tests.domain.safety.moderation.place import make
from tests.kit.world import World


async def test_a_report_is_found_opened_and_acted_upon(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    to_ada = await bob.peer(ada)
    for n, text in enumerate(("Bonjour", "Menace")):
        await bob.call(api.messages.SendMessage(peer=to_ada, message=text, random_id=n + 1))
    await ada.call(
        api.messages.Report(
            peer=await ada.peer(bob), id=[1, 2], option=b"illegal/minors!", message=""
        )
    )
    (listed,) = (await perform(world.app, "report.list", {}))["reports"]
    assert (listed["urgent"], listed["subject_name"]) == (True, "Bob")
    about = await perform(world.app, "report.list", {"about": str(bob.user_id)})
    assert about["reports"] == [listed]
    assert (await perform(world.app, "report.list", {"about": str(ada.user_id)}))["reports"] == []
    shown = await perform(world.app, "report.show", {"number": listed["number"]})
    assert [one["text"] for one in shown["copy"]] == ["Bonjour", "Menace"]
    assert shown["people"][str(bob.user_id)] == "Bob"
    made = await perform(
        world.app,
        "measure.apply",
        {"kind": "remove", "report": listed["number"], "messages": [2], "reason": "Menace"},
    )
    assert (made["kind"], made["messages"], made["report"]) == ("remove", [2], listed["number"])
    history = await ada.call(
        api.messages.GetHistory(
            peer=await ada.peer(bob), offset_id=0, offset_date=0, add_offset=0, limit=9, max_id=0,
            min_id=0, hash=0,
        )
    )  # fmt: skip
    assert [one.message for one in history.messages] == ["Bonjour"]
    opened = await perform(world.app, "measure.show", {"number": made["number"].lower()})
    assert [one["text"] for one in opened["copy"]] == ["Menace"]
    ended = await perform(world.app, "measure.lift", {"number": made["number"], "reason": "Erreur"})
    assert (ended["ended_by"], ended["ended_why"]) == ("operator", "Erreur")
    assert (await perform(world.app, "measure.list", {}))["measures"] == [ended]


async def test_people_and_chats_are_named_as_the_operator_knows_them(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    place = await make(world, ada, bob, username="bassin")
    for n, named in enumerate(
        ("@bassin", "bassin", "https://chat.example.org/bassin", str(place.id), str(place.peer))
    ):
        made = await perform(
            world.app,
            "measure.apply",
            {
                "kind": "restrict", "chat": named, "member": bob.phone, "reason": "x",
                "seconds": 60, "command": f"c{n}",
            },
        )  # fmt: skip
        assert (made["subject"], made["member"]) == (place.peer, bob.user_id)
        assert made["until"] == int(world.clock.now()) + 60


async def test_a_command_said_again_later_is_the_same_decision(world: World) -> None:
    ada = await world.sign_up("Ada")
    asked = {
        "kind": "restrict", "account": ada.phone, "reason": "x", "seconds": 60, "command": "c",
    }  # fmt: skip
    first = await perform(world.app, "measure.apply", asked)
    world.clock.advance(5)
    assert await perform(world.app, "measure.apply", asked) == first
    with pytest.raises(CommandRefused, match="another decision"):
        await perform(world.app, "measure.apply", asked | {"seconds": 61})


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({}, "say what it is about"),
        ({"account": "777000", "chat": "@bassin"}, "say what it is about"),
        ({"account": "nobody@example.org"}, "nobody and nothing"),
        ({"account": "@bassin"}, "no person"),
        ({"chat": "777000"}, "no group"),
        ({"report": "4217"}, "no number"),
        ({"report": "PB-2026-000099"}, "no report"),
        ({"account": "777000"}, "service account"),
        ({"account": "777000", "messages": [1]}, "messages are those"),
    ],
)
async def test_refusals(world: World, params: dict[str, Any], words: str) -> None:
    ada = await world.sign_up("Ada")
    await make(world, ada, username="bassin")
    with pytest.raises(CommandRefused, match=words):
        await perform(world.app, "measure.apply", {"kind": "suspend", "reason": "x", **params})


@pytest.mark.parametrize("name", ["report.show", "measure.show", "measure.lift"])
async def test_unknown_numbers_are_refused(world: World, name: str) -> None:
    for number, words in (("x", "no number"), ("PB-2026-000001", "there is no")):
        with pytest.raises(CommandRefused, match=words):
            await perform(world.app, name, {"number": number, "reason": "x"})


# ── surfaces ────────────────────────────────────────────────────────────────────────────────────


async def test_the_class_of_a_chat_follows_the_facts(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    public = await make(world, ada, username="bassin")
    private = await make(world, ada, bob)

    async def level(place: Any) -> str:
        return str((await perform(world.app, "surface.show", {"chat": str(place.peer)}))["class"])

    assert (await level(public), await level(private)) == ("public", "private")


async def test_open_links_and_members_make_a_chat_semi_public(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from petitbleu.domain.administration.invites import service as invites
    from petitbleu.domain.communities.chats import service as chats

    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    place = await make(world, ada, bob)
    row = await chats.get(world.app, place.peer)
    assert row is not None
    large = row._replace(members=world.app.config.moderation.semi_public_members)
    asked = []

    async def has_link(_: Any, chat: int) -> bool:
        asked.append(chat)
        return len(asked) > 1

    monkeypatch.setattr(invites, "open_link", has_link)
    assert (await service.surface_of(world.app, row)).level == service.PRIVATE
    assert asked == []
    assert (await service.surface_of(world.app, large)).level == service.PRIVATE
    assert (await service.surface_of(world.app, large)).level == service.SEMI_PUBLIC
    assert asked == [place.peer, place.peer]


async def test_the_operator_decides_otherwise_and_it_is_kept(world: World) -> None:
    ada = await world.sign_up("Ada")
    place = await make(world, ada)
    asked = {"chat": str(place.peer), "reason": "Diffusé partout", "actor": "Zoé"}
    for wanted in ("public", "private", "rule"):
        shown = await perform(world.app, "surface.set", asked | {"class": wanted})
    assert (shown["class"], shown["by"]) == ("private", "rule")
    assert [one["class"] for one in shown["decisions"]] == ["rule", "private", "public"]
    assert {one["by"] for one in shown["decisions"]} == {"Zoé"}
    for params, words in (
        ({"class": "secret"}, "one of"),
        ({"class": "public", "reason": ""}, "say why"),
        ({"class": "public", "chat": "777000"}, "no group"),
    ):
        with pytest.raises(CommandRefused, match=words):
            await perform(world.app, "surface.set", asked | params)
    assert surfaces.NAMES[service.PUBLIC] == "public"
