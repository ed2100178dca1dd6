"""Reports from inside the app are cases of the desk, in the transaction that takes them."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.control import perform
from petitbleu.desk.casework.cases import service as cases
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Tx
from petitbleu.tl import api
from tests.kit.chats import channel, input_peer, people, said
from tests.kit.world import Client, World


class Place:
    """A channel with a post."""

    def __init__(self, world: World, chat: int, post: int) -> None:
        self.world, self.chat, self.post = world, chat, post

    async def report(
        self, who: Client, option: str, comment: str = "The prize was never paid out."
    ) -> None:
        peer = input_peer(who, self.chat)
        await who.call(
            api.messages.Report(peer=peer, id=[self.post], option=option.encode(), message=comment)
        )
        await self.world.settle()

    async def shown(self) -> list[dict[str, Any]]:
        found = await perform(self.world.app, "desk.cases", {})
        return sorted(found["cases"], key=lambda case: case["number"])


@pytest.fixture
async def place(world: World) -> tuple[Place, Client, Client]:
    ada, bob, eve = await people(world, "Ada", "Bob", "Eve")
    chat = await channel(ada, bob, eve)
    post = await said(ada, input_peer(ada, chat), "Achetez !")
    return Place(world, chat, post.id), bob, eve


async def test_a_report_is_a_case_under_its_own_number(place: tuple[Place, Client, Client]) -> None:
    at, bob, _ = place
    await at.report(bob, "illegal/fraud")
    (case,) = await at.shown()
    assert (case["kind"], case["urgency"]) == ("art16_notice", "normal")
    assert case["category"] == "STATEMENT_CATEGORY_SCAMS_AND_FRAUD"
    whole = await perform(at.world.app, "desk.case", {"number": case["number"]})
    assert whole["reports"] == [case["number"]]
    acknowledged = next(one for one in whole["clocks"] if one["clock"] == "dsa16.acknowledge")
    assert acknowledged["done"], "the service chat told its number"
    assert whole["timeline"][0]["actor"] == f"person:{bob.user_id}"


@pytest.mark.turns(2)
@pytest.mark.parametrize(
    ("option", "kind", "urgency"),
    [
        ("illegal/minors", "csam_notice", "critical"),
        ("danger/life", "art18_threat", "critical"),
        ("danger/self", "art18_threat", "critical"),
        ("illegal/terror", "art16_notice", "high"),
        ("rules/desk", "art16_notice", "normal"),
    ],
)
async def test_what_is_reported_says_how_urgent_it_is(
    place: tuple[Place, Client, Client], option: str, kind: str, urgency: str
) -> None:
    at, bob, _ = place
    await at.report(bob, option)
    (case,) = await at.shown()
    assert (case["kind"], case["urgency"]) == (kind, urgency)


async def test_what_is_for_the_admins_is_no_case(place: tuple[Place, Client, Client]) -> None:
    at, bob, _ = place
    await at.report(bob, "rules/admins")
    assert await at.shown() == []


async def test_many_reports_on_one_post_are_one_case_with_a_counter(
    place: tuple[Place, Client, Client],
) -> None:
    at, bob, eve = place
    await at.report(bob, "illegal/fraud")
    await at.report(eve, "illegal/hate")
    await at.report(eve, "illegal/hate")
    (case,) = await at.shown()
    assert case["reports"] == 2
    whole = await perform(at.world.app, "desk.case", {"number": case["number"]})
    joined = whole["reports"][1]
    assert (await perform(at.world.app, "desk.case", {"number": joined}))["number"] == case[
        "number"
    ]


async def test_a_graver_report_on_the_same_post_has_its_own_case(
    place: tuple[Place, Client, Client],
) -> None:
    at, bob, eve = place
    await at.report(bob, "illegal/fraud")
    await at.report(eve, "illegal/minors")
    assert [case["urgency"] for case in await at.shown()] == ["normal", "critical"]


async def test_what_was_looked_at_and_has_not_changed_joins_as_examined(
    place: tuple[Place, Client, Client],
) -> None:
    at, bob, eve = place
    await at.report(bob, "illegal/fraud")
    (case,) = await at.shown()
    number = case_numbers.parse(case["number"])
    assert number is not None

    async def close(tx: Tx) -> None:
        closed = cases.CaseEvent("closed", {"end": "no_action", "reason": "lawful"})
        await cases.append(tx, at.world.app, number, "staff:1", closed)

    await at.world.app.store.write(close)
    await at.report(eve, "illegal/fraud")
    whole = await perform(at.world.app, "desk.case", {"number": case["number"]})
    assert whole["state"] == "closed"
    assert whole["timeline"][-1]["data"]["examined"] is True


async def test_private_messages_of_two_people_are_two_cases(world: World) -> None:
    ada, bob, eve = await people(world, "Ada", "Bob", "Eve")
    for who in (bob, eve):
        peer = await ada.peer(who)
        await ada.call(
            api.messages.SendMessage(peer=peer, message="Achetez !", random_id=who.user_id)
        )
        sender = await who.peer(ada)
        (message,) = (await who.call(_history(sender))).messages
        await who.call(
            api.messages.Report(peer=sender, id=[message.id], option=b"illegal/fraud", message="x")
        )
    await world.settle()
    assert len((await perform(world.app, "desk.cases", {}))["cases"]) == 2


def _history(peer: Any) -> Any:
    return api.messages.GetHistory(
        peer=peer, offset_id=0, offset_date=0, add_offset=0, limit=10, max_id=0, min_id=0, hash=0
    )
