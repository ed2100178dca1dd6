"""A device lets another one in, by the code that it shows."""

from __future__ import annotations

import pytest

from tests.appdoor.browser.site import Member, Site
from tests.kit.chromium import axe
from tests.kit.waiting import asked_until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

_PHONES = iter(range(33_655_500_051, 33_655_500_060))


async def _with_telethon(site: Site, name: str) -> int:
    """Somebody who uses Telethon; the account's number."""
    return int(await site.telegram.do("sign_up", name, phone=str(next(_PHONES)), lang="en"))


async def _shows_a_code(member: Member) -> None:
    await member.go("/app")
    await member.page.click("form .plain")
    await member.page.wait_for_selector(".qr path[d^=M]")


async def _token(member: Member) -> str:
    """The one shown now, from the link beside the code."""
    href = await member.page.get_attribute(".signin-form a", "href") or ""
    return href.replace("=", "#").rpartition("#")[2]


async def test_a_telegram_app_lets_the_browser_in(site: Site) -> None:
    account = await _with_telethon(site, "Quentin")
    member = await site.window()
    await _shows_a_code(member)
    assert await axe(member.page) == []
    await member.page.check(".signin-form .tick input")
    await member.page.wait_for_selector("a[href^='tg://login?token=']")
    await member.see("qr")
    name = await site.telegram.do("accept", "Quentin", token=await _token(member))
    assert name.endswith("Web")
    await member.arrived()
    assert member.id == account
    await member.close()


@pytest.mark.long
async def test_the_second_password_is_asked_all_the_same(site: Site) -> None:
    account = await _with_telethon(site, "Renée")
    await site.telegram.do("password", "Renée", password="correct horse")
    member = await site.window()
    await _shows_a_code(member)
    await site.telegram.do("accept", "Renée", token=await _token(member))
    await member.page.wait_for_selector("input[name=password]")
    await member.page.fill("input[name=password]", "correct horse")
    await member.page.press("input[name=password]", "Enter")
    await member.arrived()
    assert member.id == account
    await member.close()


@pytest.mark.long
async def test_a_code_is_renewed_before_it_expires(site: Site) -> None:
    await _with_telethon(site, "Solène")
    member = await site.window()
    await member.page.clock.install()
    await _shows_a_code(member)
    first = await _token(member)
    drawn = await member.page.get_attribute(".qr path", "d")
    await member.page.clock.run_for(26_000)

    async def renewed() -> bool:
        return await _token(member) != first

    await asked_until(renewed)

    async def drawn_again() -> bool:
        return await member.page.get_attribute(".qr path", "d") != drawn

    await asked_until(drawn_again)  # just after the link beside it
    with pytest.raises(Exception, match="AuthTokenInvalid"):
        await site.telegram.do("accept", "Solène", token="A" * 43)
    await site.telegram.do("accept", "Solène", token=await _token(member))
    await member.arrived()
    await member.close()


@pytest.mark.long
async def test_a_browser_lets_a_browser_in_and_out_again(site: Site) -> None:
    one, two = await site.join("Tilda"), await site.window("fr")
    await _shows_a_code(two)
    link = await two.page.get_attribute(".signin-form a", "href")
    assert link and link.startswith(site.base + "/app/link#")
    await one.page.goto(link)
    await one.page.wait_for_selector("h1:has-text('Sign in another device')")
    assert await axe(one.page) == []
    await one.see("link")
    await one.page.click(".page .primary")
    await one.page.wait_for_selector("[role=status]:has-text('is signed in now')")
    assert "#" not in one.page.url
    await two.arrived()
    assert two.id == one.id
    await one.page.click(".page .danger")
    await two.page.wait_for_selector("h1:has-text('Déconnecté')")
    await one.page.wait_for_selector("form.signin-form")
    await one.page.fill(".page input", "https://example.org/#nothing")
    await one.page.press(".page input", "Enter")
    await one.page.wait_for_selector("[role=alert]:has-text('no link of a device')")
    await one.close()
    await two.close()
