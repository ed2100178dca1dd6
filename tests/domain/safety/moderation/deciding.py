"""Orders carried out and lifted, as tests of measures do it."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.safety.moderation import measures
from petitbleu.domain.safety.moderation.effects import Order
from petitbleu.domain.safety.moderation.queries import MeasureRow
from tests.domain.safety.moderation.place import Place, live_in
from tests.kit.world import Client, World

DAY = 86_400


def order(kind: str, **fields: Any) -> Order:
    """An order with what every order needs."""
    given = {"command": "c1", "actor": "Zoé", "reason": "Contraire aux règles"} | fields
    return Order(kind=kind, **given)


async def decide(world: World, kind: str, **fields: Any) -> MeasureRow:
    """Carry an order out and let clients hear of it."""
    row = await measures.apply(world.app, order(kind, **fields))
    await world.settle()
    return row


async def lift(world: World, row: MeasureRow, command: str = "l1") -> MeasureRow:
    """End a measure and let clients hear of it."""
    ended = await measures.lift(
        world.app, row.number, command=command, actor="Zoé", reason="Recours accepté"
    )
    await world.settle()
    return ended


def posts(place: Place, *ids: int) -> dict[str, Any]:
    """Messages of a channel, as an order names them."""
    return {"subject": place.peer, "owner": place.peer, "messages": ids}


async def three(world: World) -> tuple[Client, Client, Client]:
    """Ada in France, Bob in Germany, Eve in France."""
    ada, bob, eve = [await world.sign_up(name) for name in ("Ada", "Bob", "Eve")]
    for one, country in ((ada, "FR"), (bob, "DE"), (eve, "FR")):
        await live_in(world, one, country)
    return ada, bob, eve
