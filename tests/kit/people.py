"""People without logins: accounts made straight in the store, for tests of services."""

from __future__ import annotations

from petitbleu.app import Actor
from petitbleu.domain.people.accounts import service as accounts
from tests.kit.world import World


async def people(world: World, count: int) -> list[Actor]:
    """``count`` new accounts, each with a calling session."""
    made = []
    for n in range(count):
        row = await world.app.store.write(
            accounts.create, at=int(world.clock.now()), first_name=f"Person {n}"
        )
        made.append(Actor(row.id, auth=row.id, session=(row.id, 1)))
    return made
