"""What stories over services and pages share: letters that arrive, staff who work, what follows."""

from __future__ import annotations

import re
from typing import Any

from petitbleu.control import perform
from petitbleu.desk.cases import service as cases
from petitbleu.desk.cases.service import CaseState
from petitbleu.desk.intake import service as intake
from petitbleu.domain.references import service as references
from petitbleu.run.jobs import JobRunner
from tests.desk.decisions.deciding import FORM
from tests.desk.intake.mails import MX, mail
from tests.desk.pages.test_work import flat
from tests.kit.desk import DeskSite, Person
from tests.kit.web import Browser

DAY = 86_400
OPERATOR = {
    "name": "Chez nous",
    "country": "FR",
    "authserv_id": MX,
    "declared_languages": ["fr", "en"],
}
AUTHORITIES = [
    {"name": "TJ Lyon", "country": "FR", "domain": "tj-lyon.justice.example"},
    {"name": "AG Bamberg", "country": "DE", "domain": "bamberg.justiz.example"},
    {
        "name": "ZCB Bamberg",
        "country": "DE",
        "domain": "zcb.justiz.example",
        "phone": "+49 951 0000",
    },
    {
        "name": "Point de contact",
        "country": "FR",
        "domain": "pointdecontact.example",
        "trusted_flagger": True,
    },
]


class Walk:
    """One desk, from the letter box to the last letter."""

    def __init__(self, desk: DeskSite) -> None:
        self.desk = desk
        self.world = desk.world
        self.app = desk.world.app

    async def begin(self) -> None:
        """The operator and whom it knows."""
        await perform(self.app, "desk.operator.set", {"operator": OPERATOR})
        await perform(self.app, "desk.authorities.import", {"authorities": AUTHORITIES})

    async def arrives(self, sender: str, subject: str, text: str, **more: Any) -> str:
        """A letter; the number of its case."""
        raw = mail(sender, "legal@petitbleu.example", subject, text, **more)
        now = int(self.world.clock.now())
        done = await intake.deliver(self.app, raw, channel="smtp", received=now)
        await self.settle()
        return references.text(done.case)

    async def settle(self, seconds: int = 0) -> None:
        """Let time pass, and what is due happen."""
        self.world.clock.advance(seconds)
        await JobRunner(self.app).run_due()
        await self.world.settle()

    async def state(self, number: str) -> CaseState:
        """The case as it is."""
        parsed = references.parse(number)
        found = await cases.get(self.app.store, parsed) if parsed is not None else None
        assert found is not None
        return found

    async def decide(self, by: Person, number: str, **more: Any) -> None:
        """Take a case and decide it, on its pages."""
        base = f"/desk/cases/{number}"
        assert (await by.post(f"{base}/take")).status == 303
        form = flat(FORM | more)
        looked = await by.post(f"{base}/decide/preview", form)
        assert looked.status == 200, looked.words
        done = await by.sign(f"{base}/decide", form)
        assert done.status == 303, done.words
        await self.settle()

    def mails(self, to: str) -> list[Any]:
        """What was mailed to somebody."""
        return [one for one in self.world.mail.sent if one.to == to]

    def reader(self) -> Browser:
        """Somebody without an account, a script or a cookie."""
        return Browser(self.desk.site)

    async def agree(self, by: Person, request: int) -> None:
        """The second person reads and signs."""
        assert (await by.get(f"/desk/seconds/{request}")).status == 200
        done = await by.sign(
            f"/desk/seconds/{request}/answer", {"answer": "agree", "reason": "read"}
        )
        assert done.status == 303, done.words

    async def sound(self) -> None:
        """Every line of the log, checked."""
        assert (await perform(self.app, "desk.audit.verify", {}))["ok"]


def link_in(text: str, path: str) -> str:
    """The first link of a letter to a page of ours, without the host."""
    found = re.search(rf"https?://[^/\s]+({path}\S*)", text)
    assert found is not None, text
    return found[1].rstrip(".")
