"""A secrecy clause delays what the person is told, to the day and no longer."""

from __future__ import annotations

import re

import pyrage

from petitbleu.control import perform
from petitbleu.desk.intake import service as intake
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.run.jobs import JobRunner
from tests.desk.intake.mails import MX, mail
from tests.desk.kit import add_key
from tests.domain.safety.moderation.place import service_chat
from tests.kit.desk import DeskSite, Person
from tests.kit.web import Browser
from tests.kit.world import Client

DAY = 86_400
COURT = "Tribunal judiciaire de Lyon <greffe@tj-lyon.justice.example>"
KEY = pyrage.x25519.Identity.generate()


async def settle(desk: DeskSite, seconds: int = 0) -> None:
    """Let time pass, and what is due happen."""
    desk.world.clock.advance(seconds)
    await JobRunner(desk.world.app).run_due()
    await desk.world.settle()


async def ordered(desk: DeskSite, who: Client) -> str:
    """A court orders information on an account; the case."""
    app = desk.world.app
    operator = {"name": "Chez nous", "country": "FR", "authserv_id": MX}
    await perform(app, "desk.operator.set", {"operator": operator})
    courts = [{"name": "TJ Lyon", "country": "FR", "domain": "tj-lyon.justice.example"}]
    await perform(app, "desk.authorities.import", {"authorities": courts})
    raw = mail(
        COURT,
        "legal@petitbleu.example",
        "Injonction de fournir des informations RG 27/00413",
        "En application de l'article 10 du règlement (UE) 2022/2065, le tribunal judiciaire de Lyon"
        f" enjoint de communiquer les données d'identification du compte {who.user_id}.",
    )
    now = int(desk.world.clock.now())
    return case_numbers.text((await intake.deliver(app, raw, channel="smtp", received=now)).case)


async def given(desk: DeskSite, legal: Person, lead: Person, number: str, account: int) -> None:
    """Two people give the name, and the court fetches it."""
    await add_key(desk.world, str(KEY.to_public()), "tj-lyon.justice.example", name="TJ Lyon")
    plan = {
        "account": str(account),
        "field": ["name"],
        "since": "2027-01-01",
        "until": "2027-01-31",
        "key": str(KEY.to_public()),
        "minimised": "the order names this field and this month",
        "tell": "date",
        "delay_until": "2027-02-16",
    }
    assert (await legal.sign(f"/desk/cases/{number}/disclose", plan)).status == 303
    assert (await lead.get("/desk/seconds/1")).status == 200
    await lead.sign("/desk/seconds/1/answer", {"answer": "agree", "reason": "read"})
    assert (await legal.sign("/desk/disclosures/1/make")).status == 200
    await settle(desk)
    letters = [one for one in desk.world.mail.sent if one.to == "greffe@tj-lyon.justice.example"]
    said = "\n".join(one.text for one in letters)  # the receipt may leave after the link
    link = re.search(r"https?://[^/\s]+(/divulgation/\S*)", said)
    assert link is not None
    assert (await Browser(desk.site).post(link[1])).status == 200


async def test_a_secrecy_clause_that_a_person_read_delays_the_telling(desk: DeskSite) -> None:
    ada = await desk.world.sign_up("Ada")
    number = await ordered(desk, ada)
    legal, lead = await desk.person("legal"), await desk.person("lead")
    order = {"issuer": "TJ Lyon", "judge": "1", "secret": "2027-02-15"}
    wrong = await legal.sign(f"/desk/cases/{number}/order", order | {"secret": "15/02"})
    assert wrong.status == 422 and "is no date" in wrong.words
    assert (await legal.sign(f"/desk/cases/{number}/order", order)).status == 303
    await given(desk, legal, lead, number, ada.user_id)
    await settle(desk, 20 * DAY)
    assert not any(number in words for words in await service_chat(ada))
    await settle(desk, 12 * DAY)
    assert any(number in words for words in await service_chat(ada))
