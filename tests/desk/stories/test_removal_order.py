"""A terrorist-content order with an hour to act, from the mail server's door to the audit log."""

from __future__ import annotations

import datetime
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest

from tests.desk.stories.place import Place, opened, people, staff, until

pytestmark = pytest.mark.browser

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


async def test_a_removal_order_from_the_door_to_the_log(tmp_path: Path) -> None:
    async with opened(tmp_path) as place, people(place) as channel:
        (ready,) = channel.of("ready")
        link = f"{place.base}/schwarze_front/{ready['post']}"
        raw = ORDER.format(link=link, date=formatdate()).replace("\n", "\r\n").encode()
        handed = place.hand_over(raw, "tco@dsn.bmi.example", "tco@petitbleu.example")

        (heard, alarm), *_ = await until(lambda: place.alarms, 30)
        mailed = await until(lambda: place.letters("oncall@petitbleu.example"), 30)
        print(f"alarm by webhook after {heard - handed:.2f} s (goal 2)")
        assert "explosive" not in str(mailed[0]) and "explosive" not in str(alarm)
        (receipt,) = await until(lambda: place.letters("tco@dsn.bmi.example"), 30)
        number = receipt["Subject"].split("[")[1].split("]")[0]
        assert receipt["Auto-Submitted"] == "auto-replied"
        case = place.desk("case", number)
        assert (case["kind"], case["urgency"]) == ("tco_removal_order", "critical")
        assert case["targets"] == [link] and case["authority"]["trust"] == "verified-directory"

        async with staff(place, "legal") as page:
            signed = await _decided(page, place, number)
        (gone,) = await until(lambda: channel.of("deleted"))
        seconds = gone["at"] - signed
        print(f"post gone for the subscriber {seconds:.2f} s after the signature (goal 2)")
        assert gone["ids"] == [ready["post"]]
        statement = await until(lambda: [t for t in channel.of("told") if "2021/784" in t["text"]])
        assert "PB-" in statement[0]["text"]
        answer = await until(lambda: place.letters("tco@dsn.bmi.example")[1:], 30)
        names = [part.get_filename() for part in answer[0].walk() if part.get_filename()]
        assert [name for name in names if name.endswith("annex2.pdf")]
        await channel.leave()
        assert channel.of("history")[0]["texts"] == ["harmless"]

        checked = place.desk("audit", "verify")
        assert checked.get("sound", checked.get("ok")) is True, checked
        done = await until(lambda: _ended(place, number), 60)
        clocks = {one["clock"]: one for one in done["clocks"]}
        assert clocks["tco.remove"]["done"] and clocks["tco.user_info"]["done"]
        built = place.desk(
            "transparency",
            "build",
            "--period",
            f"{datetime.date.today():%Y}",
            "--out",
            str(tmp_path),
        )
        (table,) = tmp_path.glob("*_Part_3_member_states_orders.csv")
        assert built["figures"]["orders_to_act"] == 1
        assert ",TOTAL,,AT,1,1,0,0," in table.read_text("utf-8")
        assert "[error" not in place.server.log().lower(), place.server.log()


def _ended(place: Place, number: str) -> Any:
    """The case, once the authority has its answer."""
    case = place.desk("case", number)
    return case if {one["clock"]: one for one in case["clocks"]}["tco.feedback"]["done"] else None


async def _decided(page: Any, place: Place, number: str) -> float:
    """Somebody reads the letter, takes the case and decides it, signed; when they signed."""
    await page.goto(f"{place.base}/desk/mail")
    for key in ("j", "o"):
        await page.keyboard.press(key)
    await page.wait_for_url(f"**/desk/cases/{number}")
    assert "duty officer K. Hofer" in await page.inner_text("main")
    await page.keyboard.press("a")
    await page.wait_for_selector("text=The case is yours")
    await page.keyboard.press("m")
    await page.wait_for_url("**/decide")
    await page.select_option("#f-measures\\.0\\.kind", "remove")
    for field, words in (
        ("law", "Article 3 of Regulation (EU) 2021/784"),
        ("why", "The post gives instructions for making an explosive device."),
        ("facts", "A post of a public channel explains how to build a device."),
    ):
        await page.fill(f"#f-{field}", words)
    topic = "STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY/KEYWORD_TERRORIST_CONTENT"
    await page.select_option("#f-topic", topic)
    await page.select_option("#f-threat_to_life", "yes")
    await page.fill("#f-threat_told", "PHAROS, by telephone, at once")
    await page.check("input[name=content_types][value=CONTENT_TYPE_TEXT]")
    await page.fill("#f-content_date", f"{datetime.date.today():%Y-%m-%d}")
    signed = float(await page.evaluate("Date.now() / 1000"))
    await page.click("button[data-key=g]")
    await page.wait_for_selector("text=Decided. The measure is in force.")
    return signed
