"""Stories of the web client: a report from the page to the decision and back, and objections."""

from __future__ import annotations

import asyncio

import pytest
import pytest_asyncio

from petitbleu.cli import dev_client
from tests.appdoor.browser.site import DESKTOP, TIMEOUT_MS, Member, Site
from tests.appdoor.browser.test_cases import choose, menu, number
from tests.desk.stories.conftest import Town
from tests.desk.stories.office import FIRST, see
from tests.kit.waiting import asked_until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.asyncio(loop_scope="package"),
]
WIM, PHONE, CHANNEL = "Wim", "33655500061", "wim_writes"
WHY = "The post quotes a newspaper and condemns the attack."
UNDO = 601


class Here(Member):
    """Somebody at a browser; the server's clock may be ahead of theirs, which the page says."""

    async def arrived(self) -> None:
        await self.page.wait_for_selector("#search")
        self.id = await self.me()

    async def case(self, state: str, role: str = "") -> None:
        """Look at one's cases until one of them stands so."""

        async def stands() -> bool:
            await self.go("/app/cases")
            await self.page.wait_for_selector(".cases, .cases-none")
            return bool(await self.page.locator(".case", has_text=state).count())

        await asked_until(stands)


@pytest_asyncio.fixture(scope="module", loop_scope="package")
async def site(town: Town) -> Site:
    """The town's server with the web client; Wim has a channel of his own."""
    await asyncio.to_thread(dev_client.build)
    people = town.people
    people.ids[WIM] = await people.do("sign_up", WIM, phone=PHONE, lang="en")
    await people.do("channel", WIM, title="Wim writes", name=CHANNEL)
    return Site(town.place.server, people, town.office.browser)


async def window(site: Site, name: str = "", phone: str = "") -> Here:
    """Somebody new, or who has an account already and its number."""
    context = await site.browser.new_context(locale="en", **DESKTOP)
    context.set_default_timeout(TIMEOUT_MS)
    member = Here(site, context, await context.new_page())
    if phone:
        member.phone, member.name = phone, name
        await member.go("/app")
        await member.enter_code()
        await member.arrived()
    else:
        await member.sign_up(name)
    return member


async def report(member: Here, text: str) -> str:
    """Report a post of Wim's as against the law; the number."""
    await member.go(f"/app/r/{CHANNEL}")
    await member.sees(text)
    await menu(member, text, "Report")
    await choose(member, "It is illegal")
    await choose(member, "Hate")
    await member.page.fill(".report textarea", "It calls for violence.")
    await member.page.click(".report .dialog-acts .primary")
    found = await number(member)
    await member.page.locator(".report .dialog-acts .primary").click()
    return found


async def contest(member: Here, town: Town) -> None:
    """By the button of the case, in the tab that it opens."""
    async with member.context.expect_page() as opened:
        await member.page.locator(".case a", has_text="Contest").first.click()
    page = await opened.value
    await page.fill("#text", WHY)
    await town.place.later(20)
    await page.click("main form button[type=submit]")
    await page.wait_for_selector("text=We have your complaint")
    await see(page, "contested")
    await page.close()


async def test_from_a_report_in_the_page_to_the_decision_and_to_the_objection(
    town: Town, site: Site
) -> None:
    await town.people.do("say", WIM, to=CHANNEL, text="Hail the attack")
    wanda = await window(site, "Wanda")
    told = await report(wanda, "Hail the attack")
    await wanda.case("Received")
    wim = await window(site, WIM, PHONE)
    await town.office[FIRST].decide(told, content_language="en")
    await town.place.later(UNDO)
    await wanda.case("Decided")
    row = wanda.page.locator(".case", has_text=told)
    async with wanda.context.expect_page() as opened:
        await row.locator("a", has_text="Open").click()
    assert told in await (await opened.value).inner_text("main")
    await wim.case("You can contest it until")
    words = await wim.page.inner_text(".cases")
    assert told in words and "Wanda" not in words and FIRST not in words
    await contest(wim, town)
    await wim.case("Contested by you")
    await wim.page.locator("h2", has_text="What I contest").wait_for()
    await wanda.close()
    await wim.close()


async def test_a_suspended_person_reads_the_reasons_and_contests(town: Town, site: Site) -> None:
    await town.people.do("say", WIM, to=CHANNEL, text="Hail it again")
    rita = await window(site, "Walter")
    told = await report(rita, "Hail it again")
    wim = await window(site, WIM, PHONE)
    await wim.page.click(".chat-row")
    account = f"{town.people.ids[WIM]}"
    await town.office[FIRST].decide(told, "suspend", **{"measures.0.item": account})
    await wim.page.locator("h1:has-text('suspended')").wait_for()
    await wim.page.locator(".case", has_text="You can contest it until").first.wait_for()
    assert not await wim.page.locator(".chat-row, .message").count()
    await contest(wim, town)
    await wim.page.reload()
    await wim.page.locator(".case", has_text="Contested by you").first.wait_for()
    await rita.close()
    await wim.close()
