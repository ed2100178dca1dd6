"""Polls that are asked here, who voted and reacted, and what asks for attention."""

from __future__ import annotations

from typing import Any

import pytest

from tests.appdoor.browser.looking import look
from tests.appdoor.browser.site import ADA, Member, Site
from tests.kit.waiting import asked_until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]


async def _group(site: Site, name: str, lang: str = "en") -> tuple[Member, int]:
    """Somebody in a group of Ada's, looking at it; the group."""
    member = await site.join(name, lang)
    await site.telegram.do("contact", ADA, phone=member.phone, name=name)
    made = await site.telegram.do("group", ADA, title=f"{name} and all", people=[member.id])
    await member.page.click(f".chat-row:has-text('{name} and all')")
    await member.page.wait_for_selector("#composer")
    return member, made["id"]


async def _ask(member: Member, question: str, *answers: str) -> None:
    page = member.page
    await page.click(".poll-new")
    await page.fill(".poll-form .field input", question)
    for at, answer in enumerate(answers):
        await page.locator(".poll-options input[type=text]").nth(at).fill(answer)


async def test_ask_a_poll_and_see_who_voted(site: Site) -> None:
    telegram = site.telegram
    member, group = await _group(site, "Zoe")
    page = member.page
    await _ask(member, "When?", "At ten", "At noon", "Never")
    await page.locator(".poll-form .tick", has_text="Nobody sees").locator("input").uncheck()
    await look(member, "poll-new-en")
    await page.click(".poll-form .primary")
    await page.wait_for_selector(".message:not(.pending) .poll:has-text('When?')")

    async def there() -> Any:
        return next(iter(await telegram.do("polls", ADA, of=group)), None)

    poll = await asked_until(there)
    assert (poll["question"], poll["answers"]) == ("When?", ["At ten", "At noon", "Never"])
    await telegram.do("vote", ADA, of=group, message=poll["id"], option=1)
    await page.click(".poll-option:has-text('At ten')")
    await page.click(".poll-tools button:has-text('Who voted')")
    await page.wait_for_selector(".who-list .pick-row:has-text('Ada')")
    await page.select_option("dialog select", label="At ten")
    await page.wait_for_selector(".who-list .pick-row:has-text('Ada')", state="detached")
    await page.wait_for_selector(".who-list .pick-row:has-text('Zoe')")
    await member.see("poll-votes")
    await page.keyboard.press("Escape")
    await page.click(".poll-tools button:has-text('Close')")
    await member.agree()
    await page.wait_for_selector(".poll:has-text('closed'), .poll:has-text('Closed')")

    async def closed() -> bool:
        return bool((await telegram.do("polls", ADA, of=group))[0]["closed"])

    await asked_until(closed)
    await member.close()


@pytest.mark.long
async def test_a_quiz_mentions_and_reactions(site: Site) -> None:
    telegram = site.telegram
    member, group = await _group(site, "Agathe", "fr")
    page = member.page
    await _ask(member, "Quelle couleur ?", "Bleu", "Vert")
    await page.locator(".poll-form .tick", has_text="Quiz").locator("input").check()
    await page.click(".poll-options input[type=radio] >> nth=0")
    await page.fill(".poll-form textarea", "Comme le petit bleu.")
    await look(member, "poll-quiz-fr")
    await page.click(".poll-form .primary")
    await page.click(".message:not(.pending) .poll-option:has-text('Vert')")
    await page.wait_for_selector(".poll-solution:has-text('petit bleu')")
    await look(member, "poll-answered-fr")
    await member.write("Bonjour")
    await member.sees("Bonjour")
    mine = int(str(await page.locator(".message.own", has_text="Bonjour").get_attribute("data-id")))
    for n in range(40):
        await telegram.do("say", ADA, to=group, text=f"Ligne {n}")
    await member.sees("Ligne 39")
    # Nobody looks at the group meanwhile, and mine is far above when somebody does.
    await page.click('a[href="/app/people"]')
    await telegram.do("react", ADA, of=group, message=mine, emoji="👍")
    await telegram.do("mention", ADA, to=group, person=member.id, text="Agathe, viens")
    await page.wait_for_selector(".chat-row:has-text('Agathe and all') .badge.mention")
    await page.click(".chat-row:has-text('Agathe and all')")
    await page.wait_for_selector(".unread-jump:has-text('♥')")
    await look(member, "unread-fr")
    await page.click(".unread-jump:has-text('♥')")
    await page.wait_for_selector(f"#m{mine}.target")
    await page.wait_for_selector(".unread-jump:has-text('♥')", state="detached")
    # Where it opened, the mention was in view.
    await page.wait_for_selector(".chat-row.here .badge.mention", state="detached")
    await page.locator(".message.own", has_text="Bonjour").click(button="right")
    await page.click("[role=menuitem]:has-text('Qui a réagi')")
    await page.wait_for_selector(".who-list .pick-row:has-text('Ada')")
    await look(member, "reacted-fr")
    await page.click(".who-list button[aria-label*='Signaler']")
    await member.agree()
    await page.wait_for_selector("#done:has-text('signalé')")
    # The service chat says the number.
    await page.wait_for_selector(".chat-row:has-text('Chez nous'):has-text('signalement')")
    await member.close()
