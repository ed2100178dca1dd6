"""Exports of what was said here, not only of what came in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from petitbleu.control import CommandRefused, perform
from petitbleu.domain.transfer.exports.admin import OPEN
from petitbleu.tl import api
from tests.domain.transfer.imports.test_round_trip import hand_out
from tests.kit.world import World


def _read(folder: Path) -> Any:
    return json.loads((folder / "result.json").read_text("utf-8"))


async def test_a_person_gets_everything_they_see(world: World, tmp_path: Path) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    to_bob, to_ada = await ada.peer(bob), await bob.peer(ada)
    bold = [api.MessageEntityBold(offset=0, length=2), api.MessageEntityItalic(offset=0, length=5)]
    await ada.call(
        api.messages.SendMessage(peer=to_bob, message="Hello", random_id=1, entities=bold)
    )
    await bob.call(
        api.messages.SendMessage(
            peer=to_ada,
            message="Hi",
            random_id=2,
            reply_to=api.InputReplyToMessage(reply_to_msg_id=1),
        )
    )
    await ada.call(
        api.messages.ForwardMessages(
            from_peer=to_bob, id=[2], random_id=[3], to_peer=api.InputPeerSelf()
        )
    )
    done = await hand_out(world, f"+{ada.phone}", tmp_path / "out")
    assert (done["chats"], done["messages"], done["files"]) == (2, 3, 0)
    found = _read(tmp_path / "out")
    assert found["personal_information"]["user_id"] == ada.user_id
    assert [one["user_id"] for one in found["contacts"]["list"]] == [bob.user_id]
    assert found["sessions"]["list"][0]["device_model"] == "kit"
    chats = {chat["type"]: chat for chat in found["chats"]["list"]}
    hello, hi = chats["personal_chat"]["messages"]
    assert (hello["from"], hello["from_id"]) == ("Ada", f"user{ada.user_id}")
    assert hello["text"] == [{"type": "italic", "text": "Hello"}]
    assert hi["reply_to_message_id"] == hello["id"]
    (saved,) = chats["saved_messages"]["messages"]
    assert (saved["forwarded_from"], saved["forwarded_from_id"]) == ("Bob", f"user{bob.user_id}")
    assert saved["saved_from"] == "Bob"


async def test_an_unfinished_export_is_no_result(world: World, tmp_path: Path) -> None:
    ada = await world.sign_up("Ada")
    params = {"who": str(ada.user_id), "to": str(tmp_path / "out")}
    begun = await perform(world.app, "export.begin", params)
    await perform(world.app, "export.step", {"token": begun["token"], "seconds": 1e-9})
    assert not (tmp_path / "out" / "result.json").exists()
    with pytest.raises(CommandRefused, match="exists already"):
        await perform(world.app, "export.begin", params)
    world.app.parts[OPEN][begun["token"]].close()


async def test_somebody_must_be_meant(world: World, tmp_path: Path) -> None:
    with pytest.raises(CommandRefused, match="nobody with an account"):
        await perform(world.app, "export.begin", {"who": "@nobody", "to": str(tmp_path / "out")})
    with pytest.raises(CommandRefused, match="begin again"):
        await perform(world.app, "export.step", {"token": "none"})
