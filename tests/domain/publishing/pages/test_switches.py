"""What owners may set, and the operator's command for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from petitbleu.control import CommandRefused, perform
from petitbleu.domain.publishing.pages import service
from petitbleu.domain.publishing.pages import switches as switching
from petitbleu.domain.publishing.pages.switches import SHARES, Invalid, Switches, changed
from petitbleu.tl import api
from tests.kit import chats
from tests.kit.world import World

_LABELS = Path(__file__).parents[4] / "client/src/features/page/switches.tsx"


async def test_the_operator_switches_a_page_on_and_off(world: World) -> None:
    owner = await world.sign_up("Ada")
    number = await chats.channel(owner)
    with pytest.raises(CommandRefused, match="no channel has the public name"):
        await perform(world.app, "channel.public", {"channel": "town_news", "shown": True})
    await owner.call(api.channels.UpdateUsername(
        channel=chats.input_channel(owner, number), username="Town_News"
    ))  # fmt: skip
    off = await perform(world.app, "channel.public", {"channel": "@town_news"})
    assert (off["shown"], off["channel"]) == (False, "Town_News")
    on = await perform(world.app, "channel.public", {
        "channel": "town_news", "shown": True, "set": {"robots": "noindex", "share": "copy,mail"}
    })  # fmt: skip
    assert on["shown"] and on["switches"]["share"] == ["copy", "mail"]
    found = await service.find(world.app, "TOWN_news")
    assert isinstance(found, service.Page) and found.switches.robots == "noindex"
    await perform(world.app, "channel.public", {"channel": "town_news", "shown": False})
    assert await service.find(world.app, "town_news") is None
    with pytest.raises(CommandRefused, match="none of"):
        await perform(world.app, "channel.public",
                      {"channel": "town_news", "set": {"robots": "perhaps"}})  # fmt: skip


async def test_groups_and_people_never_have_a_page(world: World) -> None:
    owner = await world.sign_up("Ada")
    number = await chats.supergroup(owner)
    await owner.call(api.channels.UpdateUsername(
        channel=chats.input_channel(owner, number), username="town_talk"
    ))  # fmt: skip
    with pytest.raises(CommandRefused, match="no channel"):
        await perform(world.app, "channel.public", {"channel": "town_talk", "shown": True})
    with pytest.raises(service.CannotShow):
        await service.set_shown(world.app, owner.user_id, True)
    assert await service.find(world.app, "town_talk") is None


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("ai", "on", True),
        ("press", "non", False),
        ("share", "none", ()),
        ("share", "all", SHARES),
        ("frames", "any", ("*",)),
        ("frames", "https://A.example.org/, https://b.example:8443", ("https://a.example.org", "https://b.example:8443")),
        ("comments", "closed", "closed"),
    ],
)  # fmt: skip
def test_switches_take_what_people_type(name: str, value: str, kept: object) -> None:
    assert getattr(changed(Switches(), name, value), name) == kept


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("colour", "blue"),
        ("ai", "perhaps"),
        ("share", "myspace"),
        ("frames", "https://a.example.org; script-src *"),
        ("frames", "http://a.example.org"),
    ],
)
def test_switches_refuse_the_rest(name: str, value: str) -> None:
    with pytest.raises(Invalid):
        changed(Switches(), name, value)


def test_each_switch_of_yes_or_no_is_known_as_one() -> None:
    for name in switching.NAMES:
        try:
            both = [changed(Switches(), name, word) for word in ("oui", "nein")]
        except Invalid:
            continue
        if {getattr(one, name) for one in both} == {True, False}:
            assert switching.WORDS[name] == ("on", "off")


def test_the_web_client_has_words_for_each_switch() -> None:
    labels = _LABELS.read_text().partition("const LABELS")[2].partition("};")[0]
    # The second reader is asked for with the switches, and kept with the chat.
    shown = {*switching.NAMES, "second_reader"}
    assert shown == set(re.findall(r"^  (\w+): ", labels, re.MULTILINE))
