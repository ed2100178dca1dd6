"""Placeholders: who speaks in an import, and how people get what is theirs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from petitbleu.control import CommandRefused, perform
from petitbleu.tl import api
from tests.domain.transfer.imports.test_round_trip import bring
from tests.kit.telegram_export import PEOPLE, PHONES, Maker
from tests.kit.world import Client, World


async def _imported(world: World, tmp_path: Path) -> Client:
    source = Maker(tmp_path / "in").account(60, 0)
    ada = await world.sign_up("Ada")
    await bring(world, source, who=str(ada.user_id))
    return ada


async def _people(world: World) -> dict[str, dict[str, Any]]:
    found = (await perform(world.app, "import.people", {}))["people"]
    return {one["source"]: one for one in found}


async def _first_page(client: Client) -> Any:
    return await client.call(
        api.messages.GetDialogs(
            offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=100, hash=0
        )
    )


async def test_everybody_but_the_exporter_is_a_placeholder(world: World, tmp_path: Path) -> None:
    await _imported(world, tmp_path)
    found = await _people(world)
    assert {one["name"] for one in found.values()} == {
        name for user, name in PEOPLE.items() if user != 100
    }
    assert found["user101"]["phone"] == PHONES[101].lstrip("+")


async def test_who_signs_up_with_the_number_finds_the_history(world: World, tmp_path: Path) -> None:
    ada = await _imported(world, tmp_path)
    waiting = (await _people(world))["user102"]
    phone = world.new_phone()
    claimed = await perform(world.app, "import.claim", {"source": "user102", "phone": phone})
    assert claimed["phone"] == phone
    before = await _first_page(ada)
    eve = await world.sign_up("Eve", phone=phone)
    assert eve.user_id == waiting["account"]
    assert "user102" not in await _people(world)
    page = await _first_page(eve)
    assert {chat.title for chat in page.chats} == {"Chat 2", "Chat 3"}
    (seen,) = [u for u in (await _first_page(ada)).users if u.id == eve.user_id] or [None]
    assert seen is None or seen.first_name == "Eve"
    assert before.dialogs


async def test_a_claim_is_refused_where_it_cannot_be(world: World, tmp_path: Path) -> None:
    ada = await _imported(world, tmp_path)
    for source, phone, words in (
        ("user102", "12", "no phone number"),
        ("user102", f"+{ada.phone}", "already"),
        ("user100", world.new_phone(), "no placeholder"),
        ("user999", world.new_phone(), "no placeholder"),
    ):
        with pytest.raises(CommandRefused, match=words):
            await perform(world.app, "import.claim", {"source": source, "phone": phone})


async def test_somebody_with_an_account_is_named_beforehand(world: World, tmp_path: Path) -> None:
    source = Maker(tmp_path / "in").account(60, 0)
    ada, zoe = await world.sign_up("Ada"), await world.sign_up("Zoë")
    mapping = {"user103": str(zoe.user_id)}
    await bring(world, source, who=str(ada.user_id), map=mapping)
    assert "user103" not in await _people(world)
    assert {chat.title for chat in (await _first_page(zoe)).chats} == {"Chat 2", "Chat 3"}


async def test_the_export_itself_may_say_whose_it_is(world: World, tmp_path: Path) -> None:
    source = Maker(tmp_path / "in").account(60, 0)
    await bring(world, source)
    assert (await _people(world))["user100"]["name"] == "Ada Lovelace"


async def test_a_single_chat_needs_the_exporter_named(world: World, tmp_path: Path) -> None:
    source = Maker(tmp_path / "in").single("personal_chat", 30)
    with pytest.raises(CommandRefused, match="--for"):
        await perform(world.app, "import.begin", {"path": str(source)})
    ada = await world.sign_up("Ada")
    done = await bring(world, source, who=str(ada.user_id))
    assert (done["chats"], done["messages"]) == (1, 30)
    assert set(await _people(world)) >= {"user101"}
    assert "user100" not in await _people(world)


async def test_placeholders_outlive_years_of_absence(world: World, tmp_path: Path) -> None:
    from petitbleu.domain.people.accounts import service as accounts

    await _imported(world, tmp_path)
    world.clock.advance(3 * 366 * 86_400)
    waiting = {one["account"] for one in (await _people(world)).values()}
    assert not waiting & set(await accounts.idle(world.app, 100))
