"""A terrorist-content order with an hour to act, from the mail server's door to the audit log."""

from __future__ import annotations

import asyncio
import datetime
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest

from tests.desk.stories.conftest import Town
from tests.desk.stories.office import LEAD, LEGAL, TERRORISM, Colleague
from tests.desk.stories.people import CHANNEL, OLGA, RITA
from tests.desk.stories.place import Place, attached, number_in
from tests.kit.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

ORDER = """Return-Path: <tco@dsn.bmi.example>
Authentication-Results: mx1.petitbleu.example;
\tspf=pass smtp.mailfrom=dsn.bmi.example;
\tdkim=pass header.d=dsn.bmi.example header.s=s2026;
\tdmarc=pass header.from=dsn.bmi.example
Received: from mx-out.bmi.example (mx-out.bmi.example [192.0.2.210])
\tby mx1.petitbleu.example (Postfix) with ESMTPS id 4Tat;
\t{date}
From: DSN Referral Unit <tco@dsn.bmi.example>
To: Petitbleu TCO <tco@petitbleu.example>
Subject: Removal order under Regulation (EU) 2021/784 - AT-2026-0094
Date: {date}
Message-ID: <at-2026-0094@dsn.bmi.example>
Content-Type: text/plain; charset="utf-8"

REMOVAL ORDER (Article 3 of Regulation (EU) 2021/784)

SECTION A  Member State: Austria. Addressee: Petitbleu SAS. Reference: AT-2026-0094
SECTION B  {link} - instructions for making an explosive device.
SECTION C  No restriction on informing the content provider.
SECTION D  A copy has been sent to the competent authority of France.
SECTION E  DSN, Vienna (fictitious), duty officer K. Hofer, +43 1 000 0133.
SECTION F  Feedback: tco@dsn.bmi.example (Annex II or III).
SECTION G  Redress: Bundesverwaltungsgericht, Vienna.
"""


async def test_a_removal_order_from_the_door_to_the_log(town: Town, tmp_path: Path) -> None:
    place, people = town.place, town.people
    before = place.figures()
    made = await people.do("say", OLGA, to=CHANNEL, text="how to build it")
    link = f"{place.base}/{CHANNEL}/{made}"
    raw = ORDER.format(link=link, date=formatdate(place.now())).replace("\n", "\r\n").encode()
    handed = await asyncio.to_thread(
        place.hand_over, raw, "tco@dsn.bmi.example", "tco@petitbleu.example"
    )
    receipt = (await until(lambda: place.letters("tco@dsn.bmi.example")))[0]
    number = number_in(receipt["Subject"])
    (heard, alarm), *_ = await until(lambda: _alarms(place, number))
    mailed = await until(lambda: place.letters("oncall@petitbleu.example", number))
    print(f"alarm by webhook after {heard - handed:.2f} s (goal 2)")
    assert "explosive" not in str(mailed[0]) and "explosive" not in str(alarm)
    assert receipt["Auto-Submitted"] == "auto-replied"
    case = await asyncio.to_thread(place.desk, "case", number)
    assert (case["kind"], case["urgency"]) == ("tco_removal_order", "critical")
    assert case["targets"] == [link] and case["authority"]["trust"] == "verified-directory"

    signed = await _decided(town.office[LEAD], number)
    seconds = await people.gone(RITA, made) - signed
    print(f"post gone for the subscriber {seconds:.2f} s after the signature (goal 2)")
    await _told_by_two(town, number)
    answer = (await until(lambda: place.letters("tco@dsn.bmi.example")[1:]))[0]
    assert [name for name in attached(answer) if name.endswith("annex2.pdf")]
    assert "how to build it" not in await people.texts(RITA)

    clocks = await place.looked_at_again(lambda: _ended(place, number))
    assert clocks["tco.remove"]["done"] and clocks["tco.user_info"]["done"]
    assert place.rows_of(number) == [], "an order is no decision of ours for the EU's database"
    await asyncio.to_thread(_by_command, place, tmp_path, before)
    place.sound()


async def _told_by_two(town: Town, number: str) -> None:
    """The letter speaks of a restriction, so a second person agrees before the owner is told."""
    people, lea = town.people, town.office[LEGAL]
    assert not [one for one in people.seen if one["who"] == OLGA and number in one.get("text", "")]
    assert not town.place.clocks(number)["tco.user_info"]["done"]
    await lea.agree(number, "La section C ne l’interdit pas.")
    assert number in await people.told(OLGA, number, "2021/784")


def _alarms(place: Place, number: str) -> list[tuple[float, dict[str, Any]]]:
    return [one for one in place.alarms if one[1]["case"] == number]


def _by_command(place: Place, folder: Path, before: dict[str, Any]) -> None:
    """The operator's own commands say the same."""
    assert place.desk("audit", "verify")["ok"] is True
    period = f"{datetime.datetime.fromtimestamp(place.now(), datetime.UTC):%Y}"
    built = place.desk("transparency", "build", "--period", period, "--out", str(folder))
    (table,) = folder.glob("*_Part_3_member_states_orders.csv")
    assert built["figures"]["orders_to_act"] == before["orders_to_act"] + 1
    assert ",TOTAL,,AT,1,1,0,0," in table.read_text("utf-8")


def _ended(place: Place, number: str) -> Any:
    """The clocks of the case, once the authority has its answer."""
    clocks = place.clocks(number)
    return clocks if clocks["tco.feedback"]["done"] else None


async def _decided(lou: Colleague, number: str) -> float:
    """Somebody reads the letter, takes the case and decides it by keyboard; when they signed."""
    page = lou.page
    await lou.go("/desk/mail")
    await lou.keys("j", "o")
    await page.wait_for_url(f"**/desk/cases/{number}")
    assert "duty officer K. Hofer" in await lou.main()
    async with page.expect_navigation():
        await lou.keys("a")
    await lou.said()
    async with page.expect_navigation():
        await lou.keys("m")
    await lou.fill(
        **{
            "measures.0.kind": "remove",
            "law": "Article 3 of Regulation (EU) 2021/784",
            "why": "The post gives instructions for making an explosive device.",
            "facts": "A post of a public channel explains how to build a device.",
            "topic": TERRORISM,
            "threat_to_life": "yes",
            "threat_told": "PHAROS, by telephone, at once",
            "content_date": lou.place.today(),
        }
    )
    await page.check("input[name=content_types][value=CONTENT_TYPE_TEXT]")
    assert "No restriction on informing" in await page.inner_text("#tell"), "as the letter says it"
    assert await page.locator("input[name=tell]:checked").count() == 0, "there is no default"
    await lou.let_know()
    signed = float(await page.evaluate("Date.now() / 1000"))
    async with page.expect_navigation():
        await lou.keys("n")
    assert "waits for a second person" in await lou.said()
    return signed
