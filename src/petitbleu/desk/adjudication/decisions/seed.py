"""A practice desk: invented people, channels, posts, cases and decisions (``petitbleu desk seed``).

Everything is made through the services that the forms use, for training and for tests; nobody and
no address in it exists (``.invalid``). The same number gives the same desk, but for its dates.

``decisions`` counts restrictions, each with its statement of reasons for the EU database. Beside
them a tenth as many other decisions are made (orders, no action, orders that cannot be carried
out), and a fifth as many cases are left open to work on. Named queues, rules, presets and saved
views stand ready (``seed_config.py``); the rules put the cases where they belong.
Receipts are thought to have left, and so are letters to its invented addresses
(``letters.service.send``): a case that was decided closes as it would.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from random import Random
from typing import Any, NamedTuple

from petitbleu import ids
from petitbleu.app import Actor, App
from petitbleu.control import CommandRefused
from petitbleu.desk.adjudication.decisions import seed_config, seed_data, service
from petitbleu.desk.adjudication.decisions.form import ACTS, BY_COUNTRY
from petitbleu.desk.adjudication.decisions.planning import today
from petitbleu.desk.adjudication.decisions.queries import BY_COMMAND
from petitbleu.desk.casework.cases import events as shapes
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.reference.directory import service as directory
from petitbleu.domain.administration.chat_editing import creating
from petitbleu.domain.administration.membership import channels as members
from petitbleu.domain.communities.chats import names
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.store.api import Tx

MAX_CASES = 10_000
FIRST, SECOND = "staff:1", "staff:2"
"""Who decides in a practice desk."""
_KINDS = seed_data.PRACTICE
_TOGETHER = 20
"""Decisions made at the same time; they share a channel, and commits."""


async def run(app: App, decisions: int, seed: int) -> dict[str, Any]:
    """Make it. Raises CommandRefused where this seed was used here before."""
    maker = _Maker(app, seed)
    if await app.store.row(BY_COMMAND, command=maker.command("decision", 0)) is not None:
        raise CommandRefused(f"a practice desk of the seed {seed} is here already")
    await app.store.write(directory.practise, app, "operator")
    stands = await seed_config.run(app)
    await maker.begin()
    others, waiting = max(1, decisions // 10), max(1, decisions // 5)
    decided = await maker.all("decision", decisions, maker.restriction)
    await maker.all("other", others, maker.other)
    await maker.all("open", waiting, maker.open)
    return {
        "decisions": decisions,
        "statements": sum(not row.left_out for row in decided),
        "others": others,
        "open": waiting,
        "cases": decisions + others + waiting,
        **stands._asdict(),
    }


class _Wish(NamedTuple):
    """A case to be opened, and the form that decides it (None: it stays open)."""

    kind: str
    target: str
    form: dict[str, Any] | None


Wish = Callable[[Random, int], Awaitable[_Wish]]


class _Maker:
    def __init__(self, app: App, seed: int) -> None:
        self.app, self.seed = app, seed
        self._channels = 0
        self._channel = self._owner = self._group = 0
        """Where posts are said now, by whom; the supergroup that people are muted in."""

    def command(self, what: str, nth: int) -> str:
        """The command id of a decision."""
        return f"seed {self.seed} {what} {nth}"

    def _random(self, what: str, nth: int) -> Random:
        """Chance of its own for each case: what is made at the same time does not mix."""
        return Random(self.command(what, nth))  # noqa: S311 - invented, not secret

    async def begin(self) -> None:
        """The group that people are muted in."""
        self._group, _ = await self._chat(self._random("group", 0), broadcast=False)

    async def all(self, what: str, count: int, wish: Wish) -> list[service.DecisionRow]:
        """Make ``count`` cases and what is decided in them."""
        rows: list[service.DecisionRow] = []
        for start in range(0, count, _TOGETHER):
            turn = range(start, min(start + _TOGETHER, count))
            self._channel, self._owner = await self._chat(self._random(f"{what} channel", start))
            chances = [self._random(what, nth) for nth in turn]
            wishes = await asyncio.gather(
                *(wish(chance, nth) for chance, nth in zip(chances, turn, strict=True))
            )
            opened = [
                seed_data.case(chance, one.kind, nth) | {"targets": [one.target]}
                for chance, one, nth in zip(chances, wishes, turn, strict=True)
            ]
            looked = [one.form is not None for one in wishes]
            numbers = await self.app.store.write(_open, self.app, opened, looked)
            rows += await asyncio.gather(
                *(
                    self._decide(self.command(what, nth), case, one.form)
                    for nth, case, one in zip(turn, numbers, wishes, strict=True)
                    if one.form is not None
                )
            )
        return rows

    async def _decide(self, command: str, case: int, form: dict[str, Any]) -> service.DecisionRow:
        decision = await service.decide(
            self.app, FIRST, case, service.read(form), command=command, second=SECOND
        )
        if not decision.left_out:  # a practice desk reports to nobody: the row stays in its queue
            await self.app.store.write(cases.append, self.app, case, "system", _REPORTED)
        return decision

    # ── the stage ───────────────────────────────────────────────────────────────────────────────

    async def _person(self, chance: Random) -> int:
        first, last = seed_data.name(chance)
        language = chance.choice(("fr", "en"))
        return await self.app.store.write(_account, self.app, first, last, language)

    async def _chat(self, chance: Random, *, broadcast: bool = True) -> tuple[int, int]:
        self._channels += 1
        name = f"practice_{self.seed}_{self._channels}".replace("-", "m")
        owner = await self._person(chance)
        channel = await creating.create_channel(
            self.app, Actor(owner), seed_data.title(chance), "", broadcast=broadcast
        )
        await names.set_name(self.app, Actor(owner), channel.chat, name)
        return channel.chat, owner

    async def _post(self, chance: Random) -> str:
        draft = messages.Draft(seed_data.post(chance))
        events = await messages.send(self.app, Actor(self._owner), self._channel, draft)
        return f"https://petitbleu.example/c/{ids.bare(self._channel)}/{events[0].data['id']}"

    # ── cases ───────────────────────────────────────────────────────────────────────────────────

    async def open(self, chance: Random, nth: int) -> _Wish:
        """A case that waits for somebody."""
        kind = _KINDS.waiting[nth % len(_KINDS.waiting)]
        return _Wish(kind, await self._post(chance), None)

    async def restriction(self, chance: Random, nth: int) -> _Wish:
        """A notice, or something found by ourselves, that ends in a restriction."""
        wanted = await self._wanted(chance, list(ACTS)[nth % len(ACTS)])
        kind, source = _KINDS.decided[nth % len(_KINDS.decided)]
        form = seed_data.form(chance, nth, today(self.app), wanted, source)
        return _Wish(kind, wanted["item"], form)

    async def _wanted(self, chance: Random, act: str) -> dict[str, Any]:
        on = ACTS[act].on
        wanted: dict[str, Any] = {"kind": act}
        if on == "messages":
            wanted["item"] = await self._post(chance)
        elif on == "account":
            wanted["item"] = str(await self._person(chance))
        elif on == "member":
            person = await self._person(chance)
            await members.join(self.app, Actor(person), self._group)
            wanted["item"], wanted["member"] = str(self._group), str(person)
        else:
            wanted["item"] = str((await self._chat(chance))[0])
        if act in BY_COUNTRY:
            wanted["countries"] = sorted(chance.sample(seed_data.COUNTRIES, 2))
        if act in ("label", "label_account"):
            wanted["label"] = chance.choice(("scam", "fake"))
        if ACTS[act].dated or (act != "close" and chance.random() < 0.3):
            wanted["until"] = seed_data.end(chance, today(self.app))
        return wanted

    async def other(self, chance: Random, nth: int) -> _Wish:
        """An order carried out, an order that cannot be, a notice without a measure."""
        link = await self._post(chance)
        kind, outcome = _KINDS.others[nth % len(_KINDS.others)]
        measures = [{"kind": "remove", "item": link}] if outcome == "measures" else []
        form = seed_data.other(chance, nth, today(self.app), outcome, measures)
        return _Wish(kind, link, form)


_REPORTED = cases.make_event(shapes.ClockDone(clock="dsa24.database"))


async def _open(tx: Tx, app: App, opened: list[dict[str, Any]], looked: list[bool]) -> list[int]:
    numbers = [await cases.open_case(tx, app, actor="system", **one) for one in opened]
    for number, read in zip(numbers, looked, strict=True):
        await _received(tx, app, number, read)
    return numbers


async def _received(tx: Tx, app: App, number: int, looked: bool) -> None:
    """The receipt is thought to have left, as the door would have seen to; a case that is decided
    was looked at before.
    """
    state = await cases.get(tx, number)
    assert state is not None
    now = int(app.clock.now())
    met = [clock.id for clock in cases.clocks(app, state) if clock.id.endswith(".acknowledge")]
    if met:
        receipt = cases.make_event(shapes.Receipt(at=now, language=state.language, to=state.sender))
        done = [cases.make_event(shapes.ClockDone(clock=clock, at=now)) for clock in met]
        await cases.append(tx, app, number, "system", receipt, *done)
    if looked:
        await cases.append(tx, app, number, FIRST, cases.make_event(shapes.Looked()))


async def _account(tx: Tx, app: App, first: str, last: str, lang: str) -> int:
    at = int(app.clock.now())
    row = await accounts.create(
        tx, at=at, country="FR", first_name=first, last_name=last, lang=lang
    )
    return row.id
