"""messages.searchGlobal and contacts.search."""

from __future__ import annotations

from pathlib import Path

import pytest

from petitbleu.domain.search import indexer
from petitbleu.tl import api
from tests.domain.search.asking import everywhere
from tests.domain.transfer.imports.test_round_trip import bring
from tests.kit import chats
from tests.kit.chats import say
from tests.kit.telegram_export import Maker
from tests.kit.world import RpcFault, World


def texts(found: object) -> list[str]:
    return [one.message for one in found.messages]  # type: ignore[attr-defined]


async def test_all_my_chats_and_none_of_others(world: World) -> None:
    ada, bob, eve = await chats.people(world, "Ada", "Bob", "Eve")
    town = await chats.supergroup(ada, bob)
    group = await chats.group(ada, bob)
    await say(ada, await ada.peer(eve), "lantern for eve")
    await say(ada, await ada.peer(bob), "lantern for bob")
    await say(ada, api.InputPeerChat(chat_id=group), "lantern for the choir")
    await say(ada, chats.input_peer(ada, town), "lantern for the town")
    mine = ["lantern for the town", "lantern for the choir", "lantern for bob"]
    assert texts(await everywhere(ada, "lantern")) == [*mine, "lantern for eve"]
    found = await everywhere(bob, "lanterns")
    assert texts(found) == mine
    assert {one.id for one in found.chats} == {town, group}
    assert {one.id for one in found.users} >= {ada.user_id}
    assert texts(await everywhere(eve, "lantern")) == ["lantern for eve"]
    assert texts(await everywhere(bob, "lantern", users_only=True)) == mine[2:]
    assert texts(await everywhere(bob, "lantern", groups_only=True)) == mine[:2]
    assert texts(await everywhere(bob, "lantern", broadcasts_only=True)) == []


async def test_pages_by_the_last_message(world: World) -> None:
    ada, bob, eve = await chats.people(world, "Ada", "Bob", "Eve")
    to = [await ada.peer(bob), await ada.peer(eve), api.InputPeerSelf()]
    for n in range(17):
        await say(ada, to[n % 3], f"grain {n}")
        world.clock.advance(60)
    seen: list[str] = []
    rate, peer, last = 0, api.InputPeerEmpty(), 0
    for _ in range(10):
        page = await everywhere(ada, "grain", limit=5, offset_rate=rate, offset_peer=peer,
                                offset_id=last)  # fmt: skip
        seen += texts(page)
        rate = getattr(page, "next_rate", None)
        if not rate:
            break
        assert page.count == 17
        newest = page.messages[-1]
        assert rate == newest.date
        last = newest.id
        number = newest.peer_id.user_id
        peer = next((one for one in to[:2] if one.user_id == number), to[2])
    assert seen == [f"grain {n}" for n in reversed(range(17))]


async def test_by_date_and_kind_and_folder(world: World) -> None:
    ada, bob, eve = await chats.people(world, "Ada", "Bob", "Eve")
    to_bob, to_eve = await ada.peer(bob), await ada.peer(eve)
    began = int(world.clock.now())
    await say(ada, to_bob, "https://one.example")
    world.clock.advance(1000)
    await say(ada, to_eve, "https://two.example")
    url = api.InputMessagesFilterUrl()
    assert texts(await everywhere(ada, "", url)) == ["https://two.example", "https://one.example"]
    assert texts(await everywhere(ada, "", url, max_date=began + 500)) == ["https://one.example"]
    assert texts(await everywhere(ada, "", url, min_date=began + 500)) == ["https://two.example"]
    await ada.call(
        api.folders.EditPeerFolders(folder_peers=[api.InputFolderPeer(peer=to_eve, folder_id=1)])
    )
    assert texts(await everywhere(ada, "example", folder_id=1)) == ["https://two.example"]
    assert texts(await everywhere(ada, "example", folder_id=0)) == ["https://one.example"]


async def test_dates_hold_although_an_older_history_was_brought_in_later(
    world: World, tmp_path: Path
) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    began = int(world.clock.now())
    await say(ada, await ada.peer(bob), "grain of today")
    await world.app.parts[indexer.INDEXER].catch_up()
    assert world.app.parts[indexer.INDEXER].ordered
    source = Maker(tmp_path / "in").account(60, 0)
    await bring(world, source, who=str(ada.user_id))
    old = await everywhere(ada, "bonjour", max_date=began - 1, limit=100)
    assert old.messages and all(one.date < began for one in old.messages)
    assert not world.app.parts[indexer.INDEXER].ordered
    first = min(one.date for one in old.messages)
    early = await everywhere(ada, "bonjour", max_date=first, limit=100)
    assert {one.date for one in early.messages} == {first}
    assert texts(await everywhere(ada, "grain", min_date=began)) == ["grain of today"]
    assert texts(await everywhere(ada, "grain", max_date=began - 1)) == []
    world.app.parts.pop(indexer.INDEXER)
    await indexer.begin(world.app)
    assert not world.app.parts[indexer.INDEXER].ordered, "also after the next start"


async def test_what_is_refused(world: World) -> None:
    ada = await world.sign_up("Ada")
    with pytest.raises(RpcFault, match="SEARCH_QUERY_EMPTY"):
        await everywhere(ada, " ")
    with pytest.raises(RpcFault, match="FOLDER_ID_INVALID"):
        await everywhere(ada, "x", folder_id=7)
    with pytest.raises(RpcFault, match="INPUT_FILTER_INVALID"):
        await everywhere(ada, "x", api.InputMessagesFilterPinned())


async def test_nothing_said_before_a_member_came_to_a_hidden_past(world: World) -> None:
    ada, bob, eve = await chats.people(world, "Ada", "Bob", "Eve")
    town = await chats.supergroup(ada, bob)
    await ada.call(
        api.channels.TogglePreHistoryHidden(channel=chats.input_channel(ada, town), enabled=True)
    )
    await say(ada, chats.input_peer(ada, town), "before eve")
    await ada.call(
        api.channels.InviteToChannel(
            channel=chats.input_channel(ada, town), users=[await chats.user(ada, eve)]
        )
    )
    await say(ada, chats.input_peer(ada, town), "with eve")
    assert texts(await everywhere(eve, "eve")) == ["with eve"]
    assert texts(await everywhere(bob, "eve")) == ["with eve", "before eve"]


async def test_groups_and_channels_by_title_and_username(world: World) -> None:
    ada, bob, eve = await chats.people(world, "Ada", "Bob", "Eve")
    town = await chats.supergroup(ada, bob, title="Mairie de Théoule")
    news = await chats.channel(ada, title="Journal")
    await ada.call(
        api.channels.UpdateUsername(
            channel=chats.input_channel(ada, news), username="theoule_journal"
        )
    )
    found = await bob.call(api.contacts.Search(q="theoule", limit=10))
    assert [one.channel_id for one in found.my_results] == [town]
    assert [one.channel_id for one in found.results] == [news]
    assert {one.id for one in found.chats} == {town, news}
    found = await eve.call(api.contacts.Search(q="theoule", limit=10))
    assert (found.my_results, [one.channel_id for one in found.results]) == ([], [news])
    found = await ada.call(api.contacts.Search(q="journal", limit=10, broadcasts=True))
    assert [one.channel_id for one in found.my_results] == [news]
    found = await ada.call(api.contacts.Search(q="mairie", limit=10, broadcasts=True))
    assert found.my_results == []
    with pytest.raises(RpcFault, match="SEARCH_QUERY_EMPTY"):
        await ada.call(api.contacts.Search(q=" ", limit=10))
