"""What people do every day in the browser, with a Telethon user on the other side."""

from __future__ import annotations

import pytest

from tests.appdoor.browser.looking import look
from tests.appdoor.browser.site import ADA, BEN, PHONE, Member, Site
from tests.kit.waiting import asked_until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]


async def _number(site: Site, member: Member, begins: str) -> int:
    """The number that a text has for Ada, once she has it."""

    async def found() -> int:
        rows = await site.telegram.do("read", ADA, of=member.id)
        return next((int(one["id"]) for one in rows if one["text"].startswith(begins)), 0)

    return int(await asked_until(found))


async def _met(site: Site, name: str, **settings: object) -> Member:
    """Somebody new whom Ada has written to, with that chat open."""
    member = await site.join(name, **settings)
    await site.telegram.do("contact", ADA, phone=member.phone, name=name)
    await site.telegram.do("say", ADA, to=member.id, text="Hello, it is Ada.")
    await member.open(f"u{site.telegram.ids[ADA]}")
    await member.sees("Hello, it is Ada.")
    return member


async def test_sign_up_on_a_phone_and_talk(site: Site) -> None:
    member = await site.window("fr", **PHONE)
    await member.go("/app")
    await member.page.wait_for_selector("h1")
    await member.see("sign-in-fr-phone")
    await member.sign_up("Zoé")
    telegram = site.telegram
    await telegram.do("contact", ADA, phone=member.phone, name="Zoé")
    text = "Bonjour, voici https://example.org"
    first = await telegram.do("say", ADA, to=member.id, text=text)
    await member.see("list-fr-phone")
    await member.open(f"u{telegram.ids[ADA]}")
    await member.sees("Bonjour, voici")
    await member.write("Salut ! **Gras** et _penché_")
    await member.sees("Salut")
    seen = await telegram.do(
        "seen_by", ADA, of=member.id, message=await _number(site, member, "Salut")
    )
    assert seen["text"] == "Salut ! Gras et penché"
    assert seen["marks"] == ["MessageEntityBold", "MessageEntityItalic"]

    async def read() -> bool:
        told = await telegram.do("unread", ADA, of=member.id)
        return bool(told["read_by_others"] >= first)

    await asked_until(read)
    await member.see("chat-fr-phone")
    await member.close()


async def test_reply_edit_delete_react_and_vote(site: Site) -> None:
    member = await _met(site, "Noor")
    page, telegram = member.page, site.telegram
    await member.write("One")
    one = await _number(site, member, "One")
    two = await telegram.do("say", ADA, to=member.id, text="Two", answers=one)
    await member.sees("Two")
    assert "One" in await page.locator(".replied").last.inner_text()

    await page.locator(".message", has_text="Two").last.focus()
    await page.keyboard.press("r")
    await page.wait_for_selector(".about")
    await member.write("Three")
    three = await _number(site, member, "Three")
    assert (await telegram.do("seen_by", ADA, of=member.id, message=three))["answers"] == two

    await page.press("#composer", "ArrowUp")
    await member.holds_typed("Three")
    await member.write("Three and a half")
    await member.sees("Three and a half")
    seen = await telegram.do("seen_by", ADA, of=member.id, message=three)
    assert (seen["text"], seen["edited"]) == ("Three and a half", True)
    await telegram.do("edit", ADA, of=member.id, message=two, text="Two, mended")
    await member.sees("Two, mended")

    await telegram.do("react", ADA, of=member.id, message=three, emoji="🔥")
    await page.wait_for_selector(".reaction:has-text('🔥 1')")
    await page.click(".reaction:has-text('🔥 1')")
    await page.wait_for_selector(".reaction[aria-pressed=true]:has-text('🔥 2')")

    asked = await telegram.do(
        "poll", ADA, to=member.id, question="Where?", answers=["Here", "There"]
    )
    await page.click(".poll-option:has-text('There')")
    await page.wait_for_selector(".poll-result:has-text('There') .icon")
    assert (await telegram.do("seen_by", ADA, of=member.id, message=asked))["votes"] == 1

    await page.locator(".message", has_text="Three and a half").last.focus()
    await page.keyboard.press("Delete")
    await page.wait_for_selector("dialog[open] button:has-text('only for me')")
    await look(member, "asked")
    await member.agree()
    await page.wait_for_selector(".message:has-text('Three and a half')", state="detached")
    assert await telegram.do("seen_by", ADA, of=member.id, message=three) == {}
    await telegram.do("delete", ADA, of=member.id, ids=[two])
    await page.wait_for_selector(".message:has-text('Two, mended')", state="detached")
    await member.close()


async def test_unread_marks_and_a_long_history(site: Site) -> None:
    member = await site.join("Ines")
    page, telegram = member.page, site.telegram
    await telegram.do("contact", ADA, phone=member.phone, name="Ines")
    await telegram.do("contact", BEN, phone=member.phone, name="Ines")
    await telegram.do("say", BEN, to=member.id, text="From Ben")
    for n in range(200):
        last = await telegram.do("say", ADA, to=member.id, text=f"Message {n:03}")
    badge = f'a[href="/app/c/u{telegram.ids[ADA]}"] .badge'
    await member.holds(f"document.querySelector({badge!r})?.textContent.startsWith('200')")
    await member.open(f"u{telegram.ids[ADA]}")
    await member.sees("Message 000")
    assert await page.locator(".divider").count() == 1
    await page.click(".jump")
    await member.sees("Message 199")
    await page.wait_for_selector(badge, state="detached")
    assert await page.locator(".message").count() <= 150
    await _scroll_to_the_top(member)
    await member.sees("Message 000")
    assert await page.locator(".message").count() <= 150
    told = await telegram.do("unread", ADA, of=member.id)
    assert told["read_by_others"] == last
    # Reading far above, a new message moves nothing and is counted.
    before = await page.evaluate(_PLACE)
    await telegram.do("say", ADA, to=member.id, text="One more")
    await page.wait_for_selector(f"{badge}:has-text('1')")
    assert await page.evaluate(_PLACE) == before
    # Who answers from there sees what they have said.
    await member.write("My own")
    await member.sees("My own")
    await member.holds(_ENDS)
    await member.close()


_ENDS = """(() => {
  const list = document.querySelector('.messages');
  return list.scrollHeight - list.scrollTop - list.clientHeight < 60;
})()"""
_PLACE = """() => {
  const rows = [...document.querySelectorAll('.message')];
  const row = rows.find((one) => one.textContent.includes('Message 003'));
  return Math.round(row.getBoundingClientRect().top);
}"""


async def _scroll_to_the_top(member: Member) -> None:
    """Turn the wheel until the first message is there."""
    await member.page.hover(".messages")
    for _ in range(400):
        await member.page.mouse.wheel(0, -900)
        await member.page.wait_for_timeout(16)
        if await member.page.locator(".message", has_text="Message 000").count():
            return
    raise AssertionError("the first message did not come")


async def test_two_browsers_find_each_other_and_talk(site: Site) -> None:
    one, two = await site.join("Una"), await site.join("Duo")
    await one.page.fill("#search", f"+{two.phone}")
    await one.page.click(".found a:has-text('Duo')")
    await one.write("Hello from Una")
    await two.page.click(".rows a:has-text('Una')")
    await two.sees("Hello from Una")
    await two.page.press("#composer", "H")
    await one.page.wait_for_selector(".chat-state.typing")
    await two.write("Hello from Duo")
    await one.sees("Hello from Duo")
    await one.page.wait_for_selector(".message.own .state.read")
    assert not await one.page.locator(".chat-state.typing").count()
    # Both look at their pages: each is online for the other.
    for member in (one, two):
        await member.page.wait_for_selector(".chat-state:has-text('online')")
    # Whom one has blocked one cannot write to; a draft is seen from elsewhere.
    await one.page.fill("#composer", "to be continued")
    await one.page.click(".chat-head-name")
    await one.page.click(".panel button:has-text('Block')")
    await one.page.click("dialog button.danger:has-text('Block')")
    await one.page.wait_for_selector(".join-bar")
    await look(one, "blocked")
    await one.page.click(".join-bar:has-text('You blocked this person') button")
    await one.page.wait_for_selector("#composer")
    await one.page.click("a[href='/app/settings']")
    await one.page.wait_for_selector(".rows a:has-text('Duo') .draft + bdi:has-text('continued')")
    await one.close()
    await two.close()
