"""Messages in basic groups are rendered once for many members: each gets, byte for byte, what a
rendering for that person alone would have been.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Any

import pytest

from petitbleu.domain.communities.chats import views as chat_views
from petitbleu.domain.messaging.messages import views as message_views
from petitbleu.domain.updates import fanout_together as together
from petitbleu.domain.updates import render, views
from petitbleu.domain.updates.log import Emit
from petitbleu.tl import api, codec
from tests.kit import groups
from tests.kit.groups import say
from tests.kit.world import Client, World

LAYERS = range(157, 230)


class Recorder:
    """What was told together: owner -> (emits, which of them, bytes by layer)."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.told: list[tuple[int, Sequence[Emit], tuple[int, ...], dict[int, bytes], int]] = []
        container = together.Rendering.container
        users = together.Rendering.users
        layers_of = set(LAYERS)
        latest: dict[int, dict[int, list[Any]]] = {}
        recorder = self

        async def all_layers(self: Any, owner: int, layers: Iterable[int]) -> Any:
            latest[owner] = await users(self, owner, layers_of | set(layers))
            return latest[owner]

        def record(
            self: Any, emits: Any, chosen: Iterable[int], people: Any, date: int, layer: int
        ) -> Any:
            owner, picked = emits[0].event.owner, tuple(chosen)
            every = {
                one: codec.encode(
                    container(self, emits, picked, latest[owner][one], date, one), one
                )
                for one in LAYERS
            }
            recorder.told.append((owner, emits, picked, every, date))
            return container(self, emits, picked, people, date, layer)

        monkeypatch.setattr(together.Rendering, "users", all_layers)
        monkeypatch.setattr(together.Rendering, "container", record)

    async def compare(self, world: World) -> int:
        """Compare all with renderings of their own; how many there were."""
        for owner, emits, picked, every, date in self.told:
            view = await render.render(world.app, owner, [emit.event for emit in emits])
            users, chats = await views.named(world.app, view)
            updates = [view.updates[i][1] for i in picked]
            assert [view.updates[i][0] for i in picked] == [emits[i].event for i in picked]
            container = api.Updates(updates=updates, users=users, chats=chats, date=date, seq=0)
            for layer, body in every.items():
                assert body == codec.encode(container, layer), (owner, layer)
        count = len(self.told)
        self.told.clear()
        return count


async def hall(world: World, size: int = 9) -> tuple[list[Client], Any]:
    """A basic group whose members speak layers of all ages."""
    ages = itertools.cycle((229, 157, 158, 176, 201, 214))
    people = [await world.sign_up(f"P{n}", layer=next(ages)) for n in range(size)]
    group = await groups.basic_group(people[0], *people[1:])
    await world.settle()
    for one in people:
        one.pushed.clear()
    return people, group


def text_of(client: Client) -> list[str]:
    return [update.message.message for update in client.updates(api.UpdateNewMessage)]


async def test_plain_members_are_told_together(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    people, group = await hall(world)
    recorder = Recorder(monkeypatch)
    await say(people[1], group, "hello @P2, see **this**")
    await world.settle()
    # Neither the author nor the creator, whose rights the group shows.
    assert {one[0] for one in recorder.told} == {one.user_id for one in people[2:]}
    assert await recorder.compare(world) == len(people) - 2
    for one in people[:1] + people[2:]:
        assert text_of(one) == ["hello @P2, see **this**"]


async def test_answers_quotes_mentions_and_forwards(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    people, group = await hall(world)
    ada, bob, cleo = people[1], people[6], people[3]
    # Boxes out of step, so that the same message has another id for each.
    for n, one in enumerate(people[3:]):
        for m in range(n):
            to = await one.peer(ada)
            await one.call(
                api.messages.SendMessage(peer=to, message="x", random_id=900 + 10 * n + m)
            )
    first = await say(ada, group, "a question of some length")
    await world.settle()
    recorder = Recorder(monkeypatch)
    copies = {
        one.user_id: one.updates(api.UpdateNewMessage)[-1].message.id
        for one in people
        if one is not ada
    }
    copies[ada.user_id] = first.id
    name = api.InputMessageEntityMentionName(
        offset=0, length=2, user_id=await groups.person(bob, cleo)
    )
    quote = api.InputReplyToMessage(reply_to_msg_id=copies[bob.user_id], quote_text="question")
    for number, more in enumerate(
        (
            {"reply_to": api.InputReplyToMessage(reply_to_msg_id=copies[bob.user_id])},
            {"reply_to": quote, "silent": True},
            {"entities": [name]},
            {"entities": [api.MessageEntityBold(offset=0, length=4)], "noforwards": True},
        )
    ):
        await bob.call(
            api.messages.SendMessage(
                peer=groups.peer(group), message="an answer", random_id=7000 + number, **more
            )
        )
    await bob.call(
        api.messages.ForwardMessages(
            from_peer=groups.peer(group),
            id=[copies[bob.user_id]],
            random_id=[1],
            to_peer=groups.peer(group),
        )
    )
    await world.settle()
    told = {one[0] for one in recorder.told}
    assert told >= {one.user_id for one in people[4:] if one is not bob}
    assert await recorder.compare(world) >= 5 * (len(people) - 5)
    for one in (cleo, people[4], people[5], people[7], people[8]):
        answers = [update.message for update in one.updates(api.UpdateNewMessage)][-5:]
        assert answers[0].reply_to.reply_to_msg_id == copies[one.user_id]
        assert answers[2].mentioned is (one is cleo)


async def test_numbers_leave_no_hole_whoever_writes(world: World) -> None:
    people, group = await hall(world, 7)
    before = {one.user_id: (await one.call(api.updates.GetState())).pts for one in people}
    for n in range(12):
        await say(people[n % len(people)], group, f"message {n}")
    await world.settle()
    for one in people:
        state = await one.call(api.updates.GetState())
        pushed = [update.pts for update in one.updates(api.UpdateNewMessage)]
        own = [n for n in range(12) if people[n % len(people)] is one]
        assert len(pushed) == 12 - len(own)
        assert sorted(pushed) == pushed and pushed[-1] <= state.pts == before[one.user_id] + 12
        missing = set(range(before[one.user_id] + 1, state.pts + 1)) - set(pushed)
        assert len(missing) == len(own)


async def test_one_delivery_that_fails_costs_the_others_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    people, group = await hall(world)
    users = together.Rendering.users

    async def fails(self: Any, owner: int, layers: Iterable[int]) -> Any:
        if owner == people[4].user_id:
            raise RuntimeError("broken on purpose")
        return await users(self, owner, layers)

    monkeypatch.setattr(together.Rendering, "users", fails)
    await say(people[1], group, "hello")
    await world.settle()
    assert people[4].pushed and type(people[4].pushed[-1]) is api.UpdatesTooLong
    for one in people[:1] + people[2:4] + people[5:]:
        assert text_of(one) == ["hello"]
    assert [error["event"] for error in world.errors] == ["updates.delivery_failed"]
    world.errors.clear()


async def test_more_members_are_not_more_renderings(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    message, group_of = message_views.message, chat_views._group
    monkeypatch.setattr(message_views, "message", lambda *a: made.append(0) or message(*a))
    monkeypatch.setattr(chat_views, "_group", lambda *a: made.append(1) or group_of(*a))
    counts = []
    for size in (7, 14):
        people, group = await hall(world, size)
        await say(people[1], group, "the first fills the caches")
        await world.settle()
        made.clear()
        await say(people[1], group, "hello")
        await world.settle()
        counts.append((made.count(0), made.count(1)))
    assert counts[0] == counts[1]
