"""Passkeys: the second visit without a code, and what goes wrong on the way."""

from __future__ import annotations

from typing import Any

import pytest

from tests.appdoor.browser.looking import look
from tests.appdoor.browser.site import Member, Site
from tests.kit.chromium import AUTHENTICATOR

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

PASSKEYS = "section[aria-labelledby=passkeys-title]"
WRONG = ".wrong[role=alert]"


async def plug_in(member: Member, **more: Any) -> tuple[Any, str]:
    """An authenticator in the person's browser: where it is asked for more, and its id."""
    session = await member.context.new_cdp_session(member.page)
    await session.send("WebAuthn.enable")
    made = await session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR | more})
    return session, made["authenticatorId"]


async def add(member: Member) -> None:
    """A passkey, by the settings."""
    await member.go("/app/settings/security")
    await member.page.click(f"{PASSKEYS} .secondary")
    await member.page.wait_for_selector(f"{PASSKEYS} .device")


async def test_the_second_visit_with_a_passkey(site: Site) -> None:
    member = await site.join("Yvonne")
    await plug_in(member)
    account = member.id
    await add(member)
    assert "Chrom" in await member.page.inner_text(f"{PASSKEYS} .device strong")
    await member.sign_out()
    await member.page.click("button:has-text('Sign in with a passkey')")
    await member.arrived()
    assert member.id == account
    await member.page.click(".chat-row")  # the service chat tells of it on all devices
    await member.sees("a passkey was added")
    await member.close()


@pytest.mark.long
async def test_a_passkey_that_was_removed_signs_nobody_in(site: Site) -> None:
    member = await site.join("Zoé")
    page = member.page
    await plug_in(member)
    await add(member)
    await page.click(f"{PASSKEYS} .secondary")
    await page.wait_for_selector(f"{PASSKEYS} {WRONG}:has-text('already keeps')")
    await member.holds("document.activeElement.textContent === 'Add a passkey'")
    await page.click(f"{PASSKEYS} .device .danger")
    await member.see("passkey-asked")
    await member.agree()
    await page.wait_for_selector(f"{PASSKEYS} .device", state="detached")
    await page.wait_for_selector("#done:has-text('Passkey removed')")
    await member.sign_out()
    await page.click("button:has-text('Sign in with a passkey')")
    await page.wait_for_selector(f"{WRONG}:has-text('not known here')")
    # And it goes on by a code.
    await member.enter_code()
    await member.arrived()
    await member.close()


@pytest.mark.long
async def test_cancelled_and_none_at_hand(site: Site) -> None:
    member = await site.join("Xavier")
    page = member.page
    await plug_in(member, isUserVerified=False)
    await member.go("/app/settings/security")
    await page.click(f"{PASSKEYS} .secondary")
    await page.wait_for_selector(f"{PASSKEYS} {WRONG}:has-text('No passkey was used')")
    await member.sign_out()
    await page.click("button:has-text('Sign in with a passkey')")
    await page.wait_for_selector(f"{WRONG}:has-text('No passkey was used')")
    await page.wait_for_selector("input[name=who]")
    await member.close()


@pytest.mark.long
async def test_the_browser_fills_it_in(site: Site) -> None:
    """Chosen in the field, without the button (conditional mediation)."""
    member = await site.join("Waldo")
    page = member.page
    await plug_in(member)
    account = member.id
    await add(member)
    await member.sign_out()
    assert await page.get_attribute("input[name=who]", "autocomplete") == "username webauthn"
    await page.click("input[name=who]")  # the virtual authenticator chooses at once
    await member.arrived()
    assert member.id == account
    await member.close()


@pytest.mark.long
async def test_it_is_offered_once_on_a_device_of_ones_own(site: Site) -> None:
    member = await site.window()
    page = member.page
    await plug_in(member)
    await page.clock.install()
    await member.go("/app")
    await page.check(".signin-form .tick input")
    await member.enter_code()
    await page.fill("input[name=first]", "Victor")
    await page.press("input[name=first]", "Enter")
    await page.wait_for_selector("#search")
    await page.clock.run_for(61_000)
    await page.wait_for_selector(".passkey-offer")
    await look(member, "passkey-offer")
    await page.click(".passkey-offer button:has-text('Not now')")
    await page.wait_for_selector(".passkey-offer", state="detached")
    await page.reload()
    await page.wait_for_selector("#search")
    await page.clock.run_for(61_000)
    assert not await page.locator(".passkey-offer").count()
    await member.close()


@pytest.mark.long
@pytest.mark.parametrize("lang", ["en", "fr"])
async def test_how_they_look(site: Site, lang: str) -> None:
    member = await site.join("Ursule", lang)
    await plug_in(member)
    await add(member)
    await look(member, f"passkeys-{lang}")
    await member.page.evaluate(f"document.querySelector('{PASSKEYS}').scrollIntoView()")
    await member.see(f"passkeys-section-{lang}")
    await member.sign_out()
    await look(member, f"signin-passkey-{lang}")
    await member.close()
