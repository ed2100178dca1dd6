"""Cases and forms as tests of decisions use them: a channel with a post, an order, a notice."""

from __future__ import annotations

from typing import Any

from petitbleu.desk.adjudication.decisions import service
from petitbleu.desk.adjudication.decisions.service import DecisionRow, Form
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.run.jobs import JobRunner
from tests.domain.safety.moderation.deciding import three
from tests.domain.safety.moderation.place import Place, make
from tests.kit.world import Client, World

STAFF, OTHER = "staff:7", "staff:8"
NOTICE: dict[str, Any] = {
    "actor": "system",
    "kind": "art16_notice",
    "urgency": 2,
    "channel": "form",
    "sender": "notifier@people.example",
    "language": "fr",
    "title": "Signalement",
}
ORDER: dict[str, Any] = {
    "actor": "system",
    "kind": "dsa_art9_order",
    "urgency": 1,
    "channel": "smtp",
    "sender": "greffe@tribunal.example",
    "authority": {
        "name": "Tribunal judiciaire",
        "country": "FR",
        "domain": "tribunal.example",
        "trust": "verified-directory",
    },
    "language": "fr",
    "reference": "TJ 26/0412",
    "title": "Ordonnance",
}
TCO = ORDER | {"kind": "tco_removal_order", "urgency": 0, "reference": "TCO-1"}
FORM: dict[str, Any] = {
    "measures": [{"kind": "remove", "item": ""}],
    "ground": "illegal",
    "law": "Code pénal, art. 421-2-5",
    "why": "La publication fait l’apologie d’un attentat.",
    "category": "STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY",
    "keywords": ["KEYWORD_TERRORIST_CONTENT"],
    "facts": "Une publication d’un canal public salue un attentat et appelle à l’imiter.",
    "content_types": ["CONTENT_TYPE_TEXT"],
    "content_language": "fr",
    "content_date": "2027-01-15",
    "source": "notice",
    "threat_to_life": "no",
}


class Scene:
    """A public channel of Ada's with one post; Bob (Germany) and Eve (France) read it."""

    def __init__(self, world: World, place: Place, ada: Client, bob: Client, eve: Client) -> None:
        self.world, self.place, self.ada, self.bob, self.eve = world, place, ada, bob, eve
        self.post = 0
        self._commands = 0

    def link(self, post: int = 0) -> str:
        """The post as somebody would paste it."""
        channel = -self.place.peer - 1_000_000_000_000
        return f"https://petitbleu.example/c/{channel}/{post or self.post}"

    def form(self, **more: Any) -> Form:
        """A form about the post."""
        told = {"tell": "date" if more.get("delay_until") else "yes"}
        made = FORM | told | {"measures": [{"kind": "remove", "item": self.link()}]} | more
        return service.read(made)

    async def open(self, kind: dict[str, Any], **more: Any) -> int:
        """A case about the post."""
        whole = kind | {"targets": [self.link()]} | more
        return await self.world.app.store.write(cases.open_case, self.world.app, **whole)

    async def decide(self, case: int, form: Form | None = None, **more: Any) -> DecisionRow:
        """Decide, and let clients and jobs do what follows at once."""
        self._commands += 1
        given = {"command": f"d{self._commands}"} | more
        row = await service.decide(self.world.app, STAFF, case, form or self.form(), **given)
        await self.settle()
        return row

    async def settle(self) -> None:
        """Pushes, and what is due."""
        await JobRunner(self.world.app).run_due()
        await self.world.settle()

    async def pass_time(self, seconds: int) -> None:
        """Later, with what is due then."""
        self.world.clock.advance(seconds)
        await self.settle()

    async def case(self, number: int) -> CaseState:
        """The case as it is."""
        found = await cases.get(self.world.app.store, number)
        assert found is not None
        return found

    def mails(self, to: str) -> list[Any]:
        """What was mailed to somebody."""
        return [one for one in self.world.mail.sent if one.to == to]


async def scene(world: World, *, broadcast: bool = True) -> Scene:
    """The channel and its people."""
    ada, bob, eve = await three(world)
    place = await make(world, ada, bob, eve, broadcast=broadcast, username="bassin")
    made = Scene(world, place, ada, bob, eve)
    made.post = await place.post(ada, "Saluons l’attentat")
    return made
