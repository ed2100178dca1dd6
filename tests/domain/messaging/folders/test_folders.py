"""Folders of the chat list: kept in order, checked, and told to the other devices."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.tl import api
from tests.kit.world import Client, RpcFault, World


def _folder(title: str = "Work", **fields: Any) -> Any:
    given: dict[str, Any] = {
        "contacts": True,
        "pinned_peers": [],
        "include_peers": [],
        "exclude_peers": [],
    }
    text = api.TextWithEntities(text=title, entities=[])
    return api.DialogFilter(id=0, title=text, **given | fields)


async def _save(client: Client, number: int, folder: Any) -> None:
    assert await client.call(api.messages.UpdateDialogFilter(id=number, filter=folder)) is True


async def _kept(client: Client) -> list[Any]:
    found: list[Any] = (await client.call(api.messages.GetDialogFilters())).filters
    return found


async def _order(client: Client) -> list[int]:
    return [getattr(one, "id", 0) for one in await _kept(client)]


async def _refused(client: Client, q: Any) -> str:
    with pytest.raises(RpcFault) as refusal:
        await client.call(q)
    return refusal.value.message


async def test_a_new_person_has_the_list_of_all_chats_alone(world: World) -> None:
    ada = await world.sign_up()
    assert [type(one) for one in await _kept(ada)] == [api.DialogFilterDefault]


async def test_a_folder_comes_back_as_it_was_made(world: World) -> None:
    ada, bob, eve = [await world.sign_up(name) for name in ("Ada", "Bob", "Eve")]
    to_bob, to_eve = await ada.peer(bob), await ada.peer(eve)
    emoji = api.MessageEntityCustomEmoji(offset=0, length=2, document_id=5)
    made = _folder(
        title="x",
        groups=True,
        exclude_muted=True,
        emoticon="🐈",
        color=3,
        pinned_peers=[to_bob],
        include_peers=[to_bob, to_eve, to_eve],
        exclude_peers=[api.InputPeerSelf(), to_eve],
    )
    made.title = api.TextWithEntities(text=" 🐈 Cats ", entities=[emoji])
    await _save(ada, 7, made)
    (_, kept) = await _kept(ada)
    assert (kept.id, kept.title.text, kept.emoticon, kept.color) == (7, "🐈 Cats", "🐈", 3)
    assert kept.title.entities == [emoji]
    assert (kept.contacts, kept.groups, kept.bots, kept.exclude_muted) == (True, True, False, True)
    assert kept.pinned_peers == [to_bob]
    assert kept.include_peers == [to_eve]
    assert [one.user_id for one in kept.exclude_peers] == [ada.user_id]


async def test_old_clients_get_plain_titles_and_a_bare_list(world: World) -> None:
    ada = await world.sign_up(layer=158)
    made = _folder("Work", include_peers=[api.InputPeerSelf()])
    assert await ada.call(api.messages.UpdateDialogFilter(id=2, filter=made)) is True
    filters = await ada.call(api.messages.GetDialogFilters())
    assert [type(one) for one in filters] == [api.DialogFilterDefault, api.DialogFilter]
    title = filters[1].title
    assert getattr(title, "text", title) == "Work"


async def test_other_devices_hear_of_changes_deletions_order_and_tags(world: World) -> None:
    ada = await world.sign_up()
    phone = await world.sign_in(ada.phone)
    await _save(ada, 2, _folder("One"))
    await _save(ada, 3, _folder("Two"))
    await ada.call(api.messages.UpdateDialogFiltersOrder(order=[3, 0, 2, 99]))
    await ada.call(api.messages.ToggleDialogFilterTags(enabled=True))
    await _save(ada, 2, None)
    told = [
        update
        for update in phone.updates()
        if type(update)
        in (api.UpdateDialogFilter, api.UpdateDialogFilterOrder, api.UpdateDialogFilters)
    ]
    assert [type(one).__name__ for one in told] == [
        "UpdateDialogFilter", "UpdateDialogFilter", "UpdateDialogFilterOrder",
        "UpdateDialogFilters", "UpdateDialogFilter",
    ]  # fmt: skip
    assert told[0].filter.title.text == "One"
    assert told[2].order == [3, 0, 2]
    assert (told[4].id, told[4].filter) == (2, None)
    assert not ada.updates(api.UpdateDialogFilter)
    assert await _order(phone) == [3, 0]
    assert (await phone.call(api.messages.GetDialogFilters())).tags_enabled


async def test_who_was_away_hears_of_the_newest_state(world: World) -> None:
    ada = await world.sign_up()
    state = await ada.call(api.updates.GetState())
    world.clock.advance(5)
    phone = await world.sign_in(ada.phone)
    await _save(phone, 2, _folder("One"))
    await _save(phone, 2, _folder("Two"))
    missed = await ada.call(
        api.updates.GetDifference(pts=state.pts, date=state.date, qts=state.qts)
    )
    found: list[Any] = [one for one in missed.other_updates if type(one) is api.UpdateDialogFilter]
    assert [one.filter.title.text for one in found] == ["Two"]


async def test_a_changed_folder_keeps_its_place(world: World) -> None:
    ada = await world.sign_up()
    for number in (4, 2, 3):
        await _save(ada, number, _folder(f"F{number}"))
    await _save(ada, 2, _folder("Other"))
    assert await _order(ada) == [0, 4, 2, 3]


@pytest.mark.turns(3)
@pytest.mark.parametrize(
    ("number", "folder", "fault"),
    [
        (1, _folder(), "FILTER_ID_INVALID"),
        (256, _folder(), "FILTER_ID_INVALID"),
        (2, api.DialogFilterDefault(), "FILTER_ID_INVALID"),
        (2, _folder(" "), "FILTER_TITLE_EMPTY"),
        (2, _folder("thirteen long"), "FILTER_TITLE_EMPTY"),
        (2, _folder(contacts=False, exclude_read=True), "FILTER_INCLUDE_EMPTY"),
        (2, _folder(include_peers=[api.InputPeerEmpty()]), "PEER_ID_INVALID"),
        (
            2,
            _folder(include_peers=[api.InputPeerUser(user_id=9, access_hash=9)]),
            "PEER_ID_INVALID",
        ),
    ],
)
async def test_what_makes_no_folder_is_refused(
    world: World, number: int, folder: Any, fault: str
) -> None:
    ada = await world.sign_up()
    asked = api.messages.UpdateDialogFilter(id=number, filter=folder)
    assert await _refused(ada, asked) == fault
    assert len(await _kept(ada)) == 1


async def test_ten_folders_are_the_limit(world: World) -> None:
    ada = await world.sign_up()
    for number in range(2, 12):
        await _save(ada, number, _folder("F"))
    await ada.call(api.messages.UpdateDialogFiltersOrder(order=[2, 0]))
    one_more = api.messages.UpdateDialogFilter(id=12, filter=_folder("F"))
    assert await _refused(ada, one_more) == "FILTER_ID_INVALID"
    await _save(ada, 11, _folder("Changed"))
    assert (await _order(ada))[:3] == [2, 0, 3]


async def test_folders_are_suggested_to_who_has_many_chats(world: World) -> None:
    ada = await world.sign_up()
    assert await ada.call(api.messages.GetSuggestedDialogFilters()) == []
    for n in range(5):
        friend = await world.sign_up(f"P{n}")
        await friend.call(
            api.messages.SendMessage(peer=await friend.peer(ada), message="hi", random_id=n + 1)
        )
    found = await ada.call(api.messages.GetSuggestedDialogFilters())
    assert [one.filter.title.text for one in found] == ["Unread", "Personal"]
    personal = found[1].filter
    personal.exclude_peers = [api.InputPeerSelf()]
    await _save(ada, 2, personal)
    found = await ada.call(api.messages.GetSuggestedDialogFilters())
    assert [one.filter.title.text for one in found] == ["Unread"]
