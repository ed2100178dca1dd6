"""What is no export, what would come in twice, and files that lead elsewhere."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from petitbleu.control import CommandRefused, perform
from petitbleu.domain.transfer.imports import pieces, telegram
from petitbleu.tl import api
from tests.domain.transfer.imports.test_round_trip import bring
from tests.kit.telegram_export import Maker
from tests.kit.world import World

ZONE = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "cut off"),
        ("{}", "no chats"),
        ("[]", "no JSON"),
        ('{"chats": {"list": [{"messages": [{"id": 1}', "cut off"),
        ('{"chats": {"list": [{"messages": [1]}]}}', "no object"),
        ('{"chats" {}}', "no JSON"),
        ('{"a": "\\ud800x", "messages": [tru]}', "no JSON"),
    ],
)
async def test_what_is_no_export_is_refused_in_words(
    world: World, tmp_path: Path, text: str, words: str
) -> None:
    path = tmp_path / "result.json"
    path.write_text(text, "utf-8")
    ada = await world.sign_up("Ada")
    with pytest.raises(CommandRefused, match=words):
        await bring(world, path, who=str(ada.user_id))


async def test_there_must_be_a_file_and_somebody(world: World, tmp_path: Path) -> None:
    with pytest.raises(CommandRefused, match=r"there is no .*result\.json"):
        await perform(world.app, "import.begin", {"path": str(tmp_path)})
    source = Maker(tmp_path / "in").account(10, 0)
    with pytest.raises(CommandRefused, match="nobody with an account"):
        await perform(world.app, "import.begin", {"path": str(source), "who": "@nobody"})


async def test_a_chat_in_which_something_was_said_stays_as_it_is(
    world: World, tmp_path: Path
) -> None:
    source = Maker(tmp_path / "in").account(50, 0)
    ada = await world.sign_up("Ada")
    me = api.InputPeerSelf()
    await ada.call(api.messages.SendMessage(peer=me, message="mine", random_id=1))
    done = await bring(world, source, who=str(ada.user_id))
    assert done["chats"] == 4
    assert done["left_out"]["chats in which something was said here before"] == 1


async def test_the_same_chats_of_another_file_are_left_out(world: World, tmp_path: Path) -> None:
    ada = await world.sign_up("Ada")
    await bring(world, Maker(tmp_path / "in").account(50, 0), who=str(ada.user_id))
    later = Maker(tmp_path / "later", seed=2).account(50, 0)
    done = await bring(world, later, who=str(ada.user_id))
    assert (done["chats"], done["messages"]) == (0, 0)
    assert done["left_out"]["chats that an earlier import brought"] == 3


async def test_only_the_chats_asked_for_come(world: World, tmp_path: Path) -> None:
    ada = await world.sign_up("Ada")
    source = Maker(tmp_path / "in").account(50, 0)
    done = await bring(world, source, who=str(ada.user_id), only=["Chat 3", "101"])
    assert (done["chats"], done["messages"]) == (2, 20)
    assert done["left_out"]["chats that were not asked for"] == 3


async def test_files_outside_of_the_export_are_not_touched(world: World, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    maker = Maker(tmp_path / "in")
    path = maker.single("personal_chat", 3)
    whole = json.loads(path.read_text("utf-8"))
    names = ["../secret.txt", str(secret), "missing.bin"]
    for message, name in zip(whole["messages"], names, strict=True):
        message["file"] = name
    path.write_text(json.dumps(whole), "utf-8")
    ada = await world.sign_up("Ada")
    done = await bring(world, path, who=str(ada.user_id))
    assert done["files"] == 0
    assert done["left_out"]["files outside of the export's folder"] == 2
    assert done["left_out"]["files that are missing beside the export"] == 1


def _pieces(path: Path) -> list[Any]:
    return list(pieces.read(path))


@pytest.mark.parametrize("chunk", [1, 7, 64, 1000])
def test_pieces_are_the_same_however_the_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    path = Maker(tmp_path / "in").account(30, 0)
    whole = json.loads(path.read_text("utf-8"))
    wanted = [message for chat in whole["chats"]["list"] for message in chat["messages"]]
    monkeypatch.setattr(pieces, "CHUNK", chunk)
    found = _pieces(path)
    assert [one.value for one in found if type(one) is pieces.Message] == wanted
    assert found[0].value["personal_information"]["user_id"] == 100


def test_broken_files_end_in_words_not_in_traces(tmp_path: Path) -> None:
    text = Maker(tmp_path / "in").single("personal_chat", 8).read_bytes()
    chance = random.Random(3)
    path = tmp_path / "broken.json"
    refused = 0
    for _ in range(150):
        broken = bytearray(text)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(broken))
            if chance.random() < 0.5:
                del broken[at : at + chance.randint(1, 30)]
            else:
                broken[at] = chance.randrange(256)
        path.write_bytes(broken)
        try:
            for piece in pieces.read(path):
                if type(piece) is pieces.Message:
                    assert isinstance(piece.value, dict)
        except pieces.BadExport:
            refused += 1
    assert refused > 50


def test_old_exports_without_unix_times_are_local_time() -> None:
    raw = {"id": 1, "type": "message", "date": "2020-07-01T12:00:00", "text": "x"}
    said = telegram.parse_message(raw, ZONE)
    assert said is not None
    assert (said.date, said.text, said.entities) == (1_593_597_600, "x", [])


def test_text_and_its_marks_are_counted_in_utf_16() -> None:
    pieces_ = ["🐈 ", {"type": "bold", "text": "é"}, {"type": "custom_emoji", "text": "🙂"}]
    raw = {"id": 1, "type": "message", "date": "2020-07-01T12:00:00", "text": pieces_}
    said = telegram.parse_message(raw, ZONE)
    assert said is not None
    assert said.text == "🐈 é🙂"
    assert [(one.kind, one.offset, one.length) for one in said.entities] == [(6, 3, 1)]
    assert said.left_out == ["custom emoji (their plain emoji stays)"]
