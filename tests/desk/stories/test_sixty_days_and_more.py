"""A story of keeping, over four months: the last of its folder, as it signs the staff out."""

from __future__ import annotations

import pytest

from tests.desk.stories.conftest import Town
from tests.desk.stories.office import LEGAL, Colleague
from tests.desk.stories.people import OLGA, RITA
from tests.desk.stories.place import DAY
from tests.desk.stories.test_authorities import ZCB
from tests.kit.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]


async def test_what_is_preserved_outlives_deletion_and_an_extension(town: Town) -> None:
    place, people, lea = town.place, town.people, town.office[LEGAL]
    held, free = people.ids[RITA], people.ids[OLGA]
    said = {
        who: await people.do("say", who, to=people.ids[other], text="the meeting place")
        for who, other in ((RITA, OLGA), (OLGA, RITA))
    }
    number = await place.arrives(
        ZCB,
        "European Preservation Order Certificate (EPOC-PR) 210 UJs 8842/27",
        "EUROPEAN PRESERVATION ORDER CERTIFICATE (EPOC-PR), Regulation (EU) 2023/1543, Annex II."
        f" Addressee: Petitbleu SAS. Account: {held}. Data to be preserved for 60 days."
        " Issuing State: Germany. File number: 210 UJs 8842/27.",
        message_id="pr1",
    )
    assert place.case(number)["kind"] == "epoc_pr"
    await lea.open(number)
    assert await lea.page.input_value("#f-target") == str(held), "filled in from the order"
    await lea.hold()
    assert place.clocks(number)["epoc_pr.preserve"]["done"]
    for who, other in ((RITA, OLGA), (OLGA, RITA)):
        await people.do("delete", who, of=people.ids[other], ids=[said[who]])
    for who, other in ((RITA, OLGA), (OLGA, RITA)):
        assert "the meeting place" not in await people.texts(who, people.ids[other])

    await place.later(40 * DAY)
    await until(lambda: "the meeting place" not in place.bodies(free), 30)
    assert "the meeting place" in place.bodies(held), "day 40: others' words are erased, not these"
    joined = await place.arrives(
        ZCB,
        f"Extension of the preservation (Annex VI), {number}",
        f"Your number {number}: the preservation of EPOC-PR 210 UJs 8842/27 is extended under"
        " Article 11(1) of Regulation (EU) 2023/1543 by 30 days. Annex VI.",
        headers={"References": "<pr1@zcb.justiz.example>"},
    )
    assert joined == number, "no second case"
    await town.office.sign_in(LEGAL)
    await lea.open(number)
    await lea.see("preserve-extended")
    await lea.go("/desk/holds")
    await renew(lea, number, "Annexe VI")
    await lea.see("holds")
    marker = await people.do("say", OLGA, to=held, text="a marker")
    await people.do("delete", OLGA, of=held, ids=[marker])
    await place.later(40 * DAY)
    await until(lambda: "a marker" not in place.bodies(free), 30)
    assert "the meeting place" in place.bodies(held), "day 80, longer than the first 60"
    await place.later(45 * DAY)
    # Erasing, every minute, may come before the hold is ended, and does it the next time then.
    assert await place.looked_at_again(lambda: "the meeting place" not in place.bodies(held))
    await town.office.sign_in(LEGAL)
    await lea.open(number)
    clocks = place.clocks(number)
    assert [one for one in clocks.values() if one["due"] and not one["done"]] == []
    await lea.see("preserve-done")
    async with lea.page.expect_navigation():
        await lea.keys("a")
    await lea.said()
    await lea.close("executed", "La conservation a pris fin.")
    place.sound()


async def renew(lea: Colleague, number: str, why: str) -> None:
    """Extend what is held for a case by the days that stand there, from the list of holds."""
    mine = lea.page.locator(f"section:has-text('{number}')")
    await mine.locator("summary").first.click()
    await mine.locator("form[action$='/renew'] input[name=reason]").fill(why)
    async with lea.page.expect_navigation():
        await mine.locator("form[action$='/renew'] button").click()
    await lea.said()
