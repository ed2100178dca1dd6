"""The workplace in French: no page has a sign, hour or apostrophe that French does not write, nor
a code in place of words.
"""

from __future__ import annotations

import re

from petitbleu.domain.safety.case_numbers import service as case_numbers
from tests.desk.adjudication.decisions.deciding import NOTICE, ORDER, scene
from tests.desk.kit import opened
from tests.kit.desk import DeskSite
from tests.kit.french import faults

_TYPED = re.compile(r"2026-12-03 14:30")
"""How a time is typed in."""
_OTHERS = (
    *("/desk/transparency/part", "/desk/transparency/cases", "/desk/transparency/draft"),
    "/desk/templates/",
)
"""Tables in the English of the Regulation; templates with the code in them."""

_CODE = re.compile(r"(?<![\w/@.&=-])[a-z]+[a-z0-9]*(?:[_.][a-z0-9]+)+(?![\w@/])")
"""``tco_removal_order``, ``epoc.produce``; no part of an address."""
_CODES_TYPED = ("/desk/team", "/desk/log", "/desk/routing/rules/new")
"""Where codes stand to be typed or proved, beside words; an example of a domain."""


async def test_every_page_that_links_lead_to_has_no_fault(desk: DeskSite) -> None:
    ada = await desk.person(
        *("lead", "legal", "triage", "moderator", "comments", "director", "dpo"), language="fr"
    )
    at = await scene(desk.world)
    await at.decide(await at.open(ORDER), at.form(source="other"))
    waiting = await at.open(NOTICE)
    await opened(desk.world, "tco_removal_order", title="Removal order", urgency=0)
    base = f"/desk/cases/{case_numbers.text(waiting)}"
    ahead = ["/desk", base, f"{base}/decide", f"{base}/letter", "/desk/mail/new", "/desk/settings"]
    seen: set[str] = set()
    while ahead and len(seen) < 60:
        path = ahead.pop(0)
        if path in seen or path.startswith(_OTHERS):
            continue
        seen.add(path)
        page = await ada.get(path)
        if "text/html" not in page.headers.get("content-type", ""):
            continue
        wrong = [one for piece in page.pieces for one in faults(_TYPED.sub("", piece))]
        assert wrong == [], path
        if not path.startswith(_CODES_TYPED):
            assert [one for piece in page.pieces for one in _CODE.findall(piece)] == [], path
        ahead += re.findall(r'href="(/desk[^"#]*)"', page.text)
    assert len(seen) > 30
