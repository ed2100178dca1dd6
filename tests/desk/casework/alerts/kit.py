"""A desk with people, and a way to let time pass as the job runner does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from petitbleu.config import Desk
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.run.jobs import JobRunner
from petitbleu.store.api import Store
from tests.kit.world import SentMail, World

ON_CALL, LEAD, DIRECTOR = "astreinte@desk.example", "chef@desk.example", "direction@home.example"


async def alarmed(store: Store, folder: Path, **desk: Any) -> World:
    """An instance whose alarms go to three addresses of the settings."""
    settings = {"on_call": (ON_CALL,), "lead": LEAD, "director": DIRECTOR} | desk
    world = World(
        store, folder, desk=Desk(**settings), public_url="https://chat.example", languages=("en",)
    )
    await world.start()
    await run(world)
    world.mail.sent.clear()
    return world


async def run(world: World, seconds: float = 0) -> None:
    """Let ``seconds`` pass at once, then do what is due until nothing is."""
    world.clock.advance(seconds)
    runner = JobRunner(world.app)
    for _ in range(20):
        found = await runner.run_due()
        await world.settle()
        if not found:
            return
    raise AssertionError("jobs are due without end")


async def opened(
    world: World, kind: str = "tco_removal_order", urgency: int = 0, **more: Any
) -> int:
    """A case that came in just now."""
    values = {
        "actor": "system",
        "kind": kind,
        "urgency": urgency,
        "channel": "smtp",
        "sender": "somebody.secret@authority.example",
        "title": "A title that is nobody's business",
        "received_at": int(world.clock.now()),
        "then": (CaseEvent("clock.done", {"clock": "tco.acknowledge"}),),  # the receipt is out
    }
    return await world.app.store.write(cases.open_case, world.app, **(values | more))


async def add(world: World, number: int, actor: str, *events: CaseEvent) -> None:
    await world.app.store.write(cases.append, world.app, number, actor, *events)


async def person(world: World, email: str, *roles: str, **more: Any) -> int:
    """A member of staff (without a passkey: alarms need none)."""
    values: dict[str, Any] = {
        "name": email.partition("@")[0],
        "email": email,
        "language": "en",
        "roles": list(roles),
        "queues": ["*"],
        "measures": ["*"],
        "on_call": False,
        "until": 0,
        "now": world.clock.now(),
    }
    duty = more.pop("on_duty", False)
    what = staff.terms(**(values | more))
    made = await world.app.store.write(staff.add, world.app, what, "operator")
    if duty:
        who = await staff.get(world.app, world.app.store, made)
        assert who is not None
        await world.app.store.write(staff.set_duty, world.app, who, True)
    return made


def took(world: World) -> list[SentMail]:
    """What was sent since the last call."""
    sent = list(world.mail.sent)
    world.mail.sent.clear()
    return sent


def to(world: World) -> list[str]:
    """To whom mail went since the last call, in order of names."""
    return sorted(mail.to for mail in took(world))
