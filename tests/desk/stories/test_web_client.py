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
from tests.desk.stories.place import link_in, text_of
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


async def against(town: Town, number: str, kind: str, account: int) -> None:
    """Decide a case by a measure on an account, for a month."""
    colleague = town.office[FIRST]
    await colleague.write_decision(number, kind, **{"measures.0.item": f"{account}"})
    await colleague.page.eval_on_selector_all(
        ".measure details", "(all) => all.forEach((one) => (one.open = true))"
    )
    await colleague.fill(**{"measures.0.until": town.place.today(30)})
    await colleague.finish(number)


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


async def test_a_frozen_person_reports_and_contests_inside_the_app(town: Town, site: Site) -> None:
    fred = await window(site, "Fred")
    await town.people.do("say", WIM, to=CHANNEL, text="Hail another one")
    await fred.go(f"/app/r/{CHANNEL}")
    await fred.page.click(".join-bar .primary")  # who is frozen reads where they are already
    await fred.page.wait_for_selector(".no-composer")
    walter = await window(site, "Wera")
    told = await report(walter, "Hail another one")
    await against(town, told, "freeze", fred.id)
    await fred.case("You can contest it until")
    mine = await report(fred, "Hail another one")
    await fred.case(mine)
    await contest(fred, town)
    await fred.case("Contested by you")
    await walter.close()
    await fred.close()


async def test_a_suspended_person_reads_the_reasons_and_contests(town: Town, site: Site) -> None:
    await town.people.do("say", WIM, to=CHANNEL, text="Hail it again")
    rita = await window(site, "Walter")
    told = await report(rita, "Hail it again")
    wim = await window(site, WIM, PHONE)
    await wim.page.click(".chat-row")
    await against(town, told, "suspend", town.people.ids[WIM])
    await wim.page.locator("h1:has-text('suspended')").wait_for()
    await wim.page.locator(".case", has_text="You can contest it until").first.wait_for()
    assert not await wim.page.locator(".chat-row, .message").count()
    await contest(wim, town)
    await wim.page.reload()
    await wim.page.locator(".case", has_text="Contested by you").first.wait_for()
    await rita.close()
    await wim.close()


async def test_a_page_is_switched_on_and_a_comment_answered(town: Town, site: Site) -> None:
    people, name = town.people, "odile_writes"
    people.ids["Odile"] = await people.do("sign_up", "Odile", phone="33655500062", lang="en")
    await people.do("channel", "Odile", title="Odile writes", name=name)
    await people.do("discussion", "Odile", channel=name, title="Odile’s readers")
    post = await people.do("say", "Odile", to=name, text="The library is open")
    odile = await window(site, "Odile", "33655500062")
    page = odile.page
    await odile.go(f"/app/r/{name}")
    await odile.sees("The library is open")
    await page.click(".chat-head-name")
    await page.locator(".panel button", has_text="Page on the web").click()
    dialog = page.locator("dialog[open]")
    await dialog.locator("button", has_text="Put it on the web").click()
    await dialog.locator("text=everybody can read it").wait_for()
    await dialog.get_by_label("Who can comment").select_option("direct")
    await dialog.locator(".page-said", has_text="Saved").wait_for()
    reader = await town.office.public("en")
    await reader.goto(f"{town.place.base}/{name}/{post}")
    await reader.click("a:has-text('Write a comment')")
    await town.place.later(20)
    words = {"name": "Léa", "email": "lea@library.example", "text": "Until what time?"}
    for field, text in words.items():
        await reader.fill(f"#{field}", text)
    await reader.click("main form button[type=submit]")
    letter = await town.place.letter("lea@library.example", "/comment/")
    await reader.goto(link_in(text_of(letter), "/comment/"))
    await reader.click("button[value=confirm]")
    await odile.go("/app")
    await page.locator(".chat-row", has_text="Odile’s readers").click()
    await odile.sees("Until what time?")
    await menu(odile, "Until what time?", "Reply")
    await odile.write("Until seven.")
    await odile.sees("Until seven.")

    async def answered() -> bool:
        await reader.goto(f"{town.place.base}/{name}/{post}")
        return "Until seven." in await reader.inner_text("main")

    await asked_until(answered)
    await reader.context.close()
    await odile.close()
