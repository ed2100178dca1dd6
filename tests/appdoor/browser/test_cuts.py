"""After any cut the page shows what the server has, and no typed text is lost."""

from __future__ import annotations

import asyncio
import random

import pytest

from tests.appdoor.browser.several import Several
from tests.appdoor.browser.site import ADA, NO_SOCKETS, Member, Site
from tests.kit.sizes import size
from tests.kit.waiting import asked_until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]


async def _meet(site: Site, name: str) -> Member:
    member = await site.join(name)
    await site.telegram.do("contact", ADA, phone=member.phone, name=name)
    await site.telegram.do("say", ADA, to=member.id, text="begin")
    await member.open(f"u{site.telegram.ids[ADA]}")
    await member.sees("begin")
    return member


async def _same(site: Site, member: Member) -> None:
    """What the page shows is what the other one's client reads, in the same order."""
    read: list[str] = []

    async def equal() -> bool:
        nonlocal read
        read = [one["text"] for one in await site.telegram.do("read", ADA, of=member.id)]
        shown = await member.texts()
        return shown[-len(read) :] == read

    try:
        await asked_until(equal, 30)
    except TimeoutError:
        raise AssertionError((await member.texts(), read)) from None


async def test_the_server_is_killed_while_both_write(site: Site) -> None:
    member = await _meet(site, "Maud")
    telegram = site.telegram
    # Three workers and their proxies take long to start, and one is killed by itself meanwhile.
    for turn in range(4 if isinstance(site.server, Several) else size(2, 20)):
        await member.write(f"before {turn}")
        site.server.kill()
        await member.page.wait_for_selector(".status.offline")
        for n in range(3):
            await member.write(f"while it is away {turn}-{n}")
        assert await member.page.locator(".message.pending").count() >= 3
        await asyncio.to_thread(site.server.start)
        await member.page.wait_for_selector(".status:not(.shown)", state="attached")
        await telegram.do("say", ADA, to=member.id, text=f"again {turn}")
        await member.sees(f"again {turn}")
        await member.page.wait_for_selector(".message.pending", state="detached")
        await _same(site, member)
    await member.close()


async def test_sockets_are_cut_under_traffic(site: Site) -> None:
    member = await site.window()
    await member.page.add_init_script(_CUTTABLE)
    await member.sign_up("Theo")
    await site.telegram.do("contact", ADA, phone=member.phone, name="Theo")
    await site.telegram.do("say", ADA, to=member.id, text="begin")
    await member.open(f"u{site.telegram.ids[ADA]}")
    dice = random.Random(13)
    for n in range(size(12, 200)):
        await member.write(f"mine {n}")
        if dice.random() < 0.6:
            await member.page.evaluate("cut()")
        await site.telegram.do("say", ADA, to=member.id, text=f"hers {n}")
        if dice.random() < 0.3:
            await member.page.evaluate("cut()")
    await member.page.wait_for_selector(".message.pending", state="detached")
    await _same(site, member)
    await member.close()


_CUTTABLE = """
const Real = WebSocket;
const sockets = [];
window.WebSocket = class extends Real {
  constructor(...given) { super(...given); sockets.push(this); }
};
window.cut = () => sockets.at(-1).close();
"""


async def test_where_sockets_do_not_get_through(site: Site) -> None:
    member = await site.window()
    await member.page.add_init_script(NO_SOCKETS)
    await member.sign_up("Polly")
    await site.telegram.do("contact", ADA, phone=member.phone, name="Polly")
    await site.telegram.do("say", ADA, to=member.id, text="begin")
    await member.open(f"u{site.telegram.ids[ADA]}")
    for n in range(6):
        await member.write(f"mine {n}")
        await site.telegram.do("say", ADA, to=member.id, text=f"hers {n}")
    await member.page.wait_for_selector(".message.pending", state="detached")
    await _same(site, member)
    await member.close()


async def test_typed_text_survives_a_reload(site: Site) -> None:
    member = await _meet(site, "Lina")
    page = member.page
    await page.fill("#composer", "half a thought, **kept**")
    await asyncio.sleep(0.4)
    await page.reload()
    await page.wait_for_selector(".message-list")
    assert await member.typed() == "half a thought, **kept**"
    # And the other devices get it: what Ada's person would see is the server's draft.
    await page.goto(member.base + "/app")
    await page.wait_for_selector(".draft")
    await member.open(f"u{site.telegram.ids[ADA]}")
    await member.write("sent at last")
    await member.sees("sent at last")
    await page.reload()
    await member.sees("sent at last")
    assert await member.typed() == ""
    await member.close()
