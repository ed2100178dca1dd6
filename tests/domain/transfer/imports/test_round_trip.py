"""A made-up export goes in and comes out again as it was, also after interruptions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from petitbleu.control import CommandRefused, perform
from petitbleu.domain.transfer.imports import running
from petitbleu.domain.transfer.imports.admin import OPEN
from petitbleu.store.query import query
from petitbleu.tl import api
from tests.domain.transfer.imports.comparing import picture
from tests.kit.telegram_export import PEOPLE, Maker
from tests.kit.world import Client, World

MESSAGES, FILES = 300, 20


async def bring(world: World, path: Path, **params: Any) -> dict[str, Any]:
    """Import to the end; the report."""
    begun = await perform(world.app, "import.begin", {"path": str(path), **params})
    done: dict[str, Any] = {"finished": False}
    while not done["finished"]:
        done = await perform(world.app, "import.step", {"token": begun["token"], "seconds": 5})
    return done


async def hand_out(world: World, who: str, to: Path) -> dict[str, Any]:
    """Export to the end; the counts."""
    begun = await perform(world.app, "export.begin", {"who": who, "to": str(to)})
    done: dict[str, Any] = {"finished": False}
    while not done["finished"]:
        done = await perform(world.app, "export.step", {"token": begun["token"], "seconds": 5})
    return done


async def _history(client: Client, peer: Any, **fields: Any) -> Any:
    fields = dict.fromkeys(
        ("offset_id", "offset_date", "add_offset", "max_id", "min_id", "hash"), 0
    ) | {"limit": 100, **fields}
    return await client.call(api.messages.GetHistory(peer=peer, **fields))


async def _dialogs(client: Client) -> Any:
    return await client.call(
        api.messages.GetDialogs(
            offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=100, hash=0
        )
    )


async def test_an_export_comes_out_as_it_went_in(world: World, tmp_path: Path) -> None:
    source = Maker(tmp_path / "in").account(MESSAGES, FILES)
    ada = await world.sign_up("Ada")
    await ada.call(api.account.UpdateProfile(last_name="Lovelace"))
    done = await bring(world, source, who=str(ada.user_id))
    assert (done["chats"], done["messages"]) == (5, MESSAGES)
    assert done["files"] > 0
    out = await hand_out(world, str(ada.user_id), tmp_path / "out")
    assert (out["chats"], out["messages"], out["files"]) == (5, MESSAGES, done["files"])
    before, after = picture(source), picture(tmp_path / "out" / "result.json")
    assert before.keys() == after.keys()
    for name, messages in before.items():
        for wanted, found in zip(messages, after[name], strict=True):
            assert found == wanted, name


async def test_what_came_in_is_what_clients_see(world: World, tmp_path: Path) -> None:
    source = Maker(tmp_path / "in").account(MESSAGES, FILES)
    ada = await world.sign_up("Ada")
    await bring(world, source, who=str(ada.user_id))
    assert ada.updates(api.UpdatePtsChanged)
    found = await _dialogs(ada)
    assert len(found.dialogs) == 5
    assert {dialog.unread_count for dialog in found.dialogs} == {0}
    (bob,) = [user for user in found.users if user.first_name == "Bob"]
    peer = api.InputPeerUser(user_id=bob.id, access_hash=bob.access_hash)
    history = await _history(ada, peer)
    assert len(history.messages) == MESSAGES // 5
    written = json.loads(source.read_text("utf-8"))["chats"]["list"][1]["messages"]
    assert [one.date for one in history.messages] == [
        int(one["date_unixtime"]) for one in reversed(written)
    ]
    assert sum(one.out for one in history.messages) == sum(
        one["from_id"] == "user100" for one in written
    )
    await world.settle()
    hits = await ada.call(
        api.messages.Search(
            peer=peer,
            q="mer calme",
            filter=api.InputMessagesFilterEmpty(),
            min_date=0,
            max_date=0,
            offset_id=0,
            add_offset=0,
            limit=100,
            max_id=0,
            min_id=0,
            hash=0,
        )
    )
    wanted = [one for one in history.messages if {"mer", "calme"} <= set(one.message.split())]
    assert [one.id for one in hits.messages] == [one.id for one in wanted] != []
    # The other side, which nobody has claimed yet, has the same messages.
    rows = await world.app.store.rows(
        query("select count(*) from box where owner = :owner and peer = :peer"),
        owner=bob.id,
        peer=ada.user_id,
    )
    assert rows == [(MESSAGES // 5,)]
    state = await ada.call(api.updates.GetState())
    missed = await ada.call(api.updates.GetDifference(pts=1, date=1, qts=0))
    assert (type(missed), missed.pts) == (api.updates.DifferenceTooLong, state.pts)


async def test_the_chat_goes_on_after_the_import(world: World, tmp_path: Path) -> None:
    source = Maker(tmp_path / "in").account(100, 0)
    ada = await world.sign_up("Ada")
    await bring(world, source, who=str(ada.user_id))
    found = await _dialogs(ada)
    for n, chat in enumerate(found.chats):
        peer = (
            api.InputPeerChat(chat_id=chat.id)
            if type(chat) is api.Chat
            else api.InputPeerChannel(channel_id=chat.id, access_hash=chat.access_hash)
        )
        old = (await _history(ada, peer, limit=1)).messages[0]
        await ada.call(
            api.messages.SendMessage(
                peer=peer,
                message="new",
                random_id=n + 1,
                reply_to=api.InputReplyToMessage(reply_to_msg_id=old.id),
            )
        )
        (new,) = (await _history(ada, peer, limit=1)).messages
        assert (new.message, new.reply_to.reply_to_msg_id) == ("new", old.id)


@pytest.mark.turns(2)
@pytest.mark.parametrize("stop_after", [1, 4, 9, 15])
async def test_an_interrupted_import_goes_on_and_doubles_nothing(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop_after: int
) -> None:
    monkeypatch.setattr(running, "BATCH", 20)
    source = Maker(tmp_path / "in").account(MESSAGES, FILES)
    ada = await world.sign_up("Ada")
    await ada.call(api.account.UpdateProfile(last_name="Lovelace"))
    params = {"path": str(source), "who": str(ada.user_id)}
    begun = await perform(world.app, "import.begin", params)
    assert not begun["again"]
    for _ in range(stop_after):
        await perform(world.app, "import.step", {"token": begun["token"], "seconds": 1e-9})
    world.app.parts.pop(OPEN)
    with pytest.raises(CommandRefused, match="again"):
        await perform(world.app, "import.step", {"token": begun["token"]})
    if stop_after > 1:
        assert (await perform(world.app, "import.begin", params))["again"]
    done = await bring(world, source, who=str(ada.user_id))
    assert (done["chats"], done["messages"]) == (5, MESSAGES)
    await hand_out(world, str(ada.user_id), tmp_path / "out")
    assert picture(tmp_path / "out" / "result.json") == picture(source)
    with pytest.raises(CommandRefused, match="imported before"):
        await perform(world.app, "import.begin", params)


async def test_a_dry_run_writes_nothing_and_says_what_would_come(
    world: World, tmp_path: Path
) -> None:
    source = Maker(tmp_path / "in").account(MESSAGES, FILES)
    done = await bring(world, source, dry_run=True)
    assert (done["chats"], done["messages"], done["people"]) == (5, MESSAGES, len(PEOPLE))
    assert done["left_out"]["polls (shown as text)"] > 0
    for table in ("import_run", "import_person", "body"):
        assert await world.app.store.rows(query(f"select count(*) from {table}")) == [(0,)]


async def test_who_speaks_as_a_group_or_channel_goes_on_doing_so(
    world: World, tmp_path: Path
) -> None:
    source = Maker(tmp_path / "in").account(50, 0, chats=("private_channel", "private_supergroup"))
    whole = json.loads(source.read_text("utf-8"))
    channel, group = whole["chats"]["list"]
    for message, chat in zip(group["messages"][-2:], (channel, group), strict=True):
        message.pop("reactions", None)
        message |= {"type": "message", "from": chat["name"], "from_id": f"channel{chat['id']}"}
        for key in ("actor", "actor_id", "action", "title", "message_id", "period", "duration"):
            message.pop(key, None)
    source.write_text(json.dumps(whole), "utf-8")
    ada = await world.sign_up("Ada")
    await ada.call(api.account.UpdateProfile(last_name="Lovelace"))
    await bring(world, source, who=str(ada.user_id))
    seen = {chat.title: chat for chat in (await _dialogs(ada)).chats}
    peer = api.InputPeerChannel(
        channel_id=seen["Chat 1"].id, access_hash=seen["Chat 1"].access_hash
    )
    newest = (await _history(ada, peer, limit=2)).messages
    assert [one.from_id.channel_id for one in newest] == [seen["Chat 1"].id, seen["Chat 0"].id]
    await hand_out(world, str(ada.user_id), tmp_path / "out")
    assert picture(tmp_path / "out" / "result.json") == picture(source)
