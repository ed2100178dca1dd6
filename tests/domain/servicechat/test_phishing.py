"""777000 is believed: words of strangers in its messages cannot be pressed or look like more."""

from __future__ import annotations

from typing import Any

import msgspec

from petitbleu.config import Web
from petitbleu.control import perform
from petitbleu.domain.publishing.pages import service as pages
from tests.kit import servicechat
from tests.kit.world import World
from tests.web import public

EVIL = "https://evil.example/code"


def pressed(message: Any) -> list[str]:
    """The words of a message that lead somewhere."""
    raw = message.message.encode("utf-16-le")
    return [
        raw[2 * one.offset : 2 * (one.offset + one.length)].decode("utf-16-le")
        for one in message.entities or []
    ]


async def test_a_device_that_signs_in_cannot_write_into_the_alert(world: World) -> None:
    ada = await world.sign_up("Ada")
    other = world.connect()
    other.device = f"Phone\n\nConfirm it is you: {EVIL}"
    await other.sign_in(ada.phone)
    await world.settle()
    alert = (await servicechat.heard(ada))[-1]
    assert f"Device: Phone Confirm it is you: {EVIL}, 1\n" in alert.message
    assert pressed(alert) == []


async def test_a_title_in_an_answer_about_a_page_is_no_link(world: World) -> None:
    made = await public.channel(world, title=f"🎉 {EVIL}", shown=False)
    config = world.app.config
    world.app.config = msgspec.structs.replace(config, web=Web(approval=True))
    await servicechat.ask(made.owner, "page @mairie on")
    await perform(world.app, "channel.answer", {"channel": "mairie", "agreed": True})
    await servicechat.run(world)
    agreed = (await servicechat.heard(made.owner))[-1]
    assert EVIL in agreed.message
    found = await pages.find(world.app, "mairie")
    assert isinstance(found, pages.Page)
    assert pressed(agreed) == [pages.address(world.app, found.chat)]
