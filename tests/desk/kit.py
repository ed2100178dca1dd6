"""People of the desk and cases, for tests of services."""

from __future__ import annotations

from typing import Any

from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.reference.directory import service as directory
from petitbleu.desk.staffing.approvals import service as approvals
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.desk.staffing.staff.service import Signed
from tests.kit.desk import add_staff
from tests.kit.world import World


async def signer(world: World, *roles: str) -> Signed:
    """A new member of staff, with a touch that was taken."""
    number, _ = await world.app.store.write(add_staff, world.app, *roles)
    one = await staff.get(world.app, world.app.store, number)
    assert one is not None
    key = b"%032d" % number
    return Signed(one, key, bytes(32), key[:16], int(world.clock.now()))


async def agree(world: World, request: int, by: Signed) -> None:
    """The second person signs."""
    await world.app.store.write(approvals.agree, app=world.app, id=request, by=by)


async def opened(world: World, kind: str, **more: Any) -> int:
    """A case of a kind."""
    wanted: dict[str, Any] = {"actor": "system", "kind": kind, "urgency": 1, "channel": "smtp"}
    return await world.app.store.write(cases.open_case, world.app, **(wanted | more))


async def add_key(world: World, key: str, domain: str = "zcb.example", **more: Any) -> None:
    """The directory has an authority with this age key, which was confirmed by telephone."""
    wanted = {"name": "Authority", "country": "DE", "phone": "+49 30 5550", "age_key": key}
    await directory.add(world.app, [wanted | {"domain": domain} | more], "operator")
    entry = await directory.authority(world.app.store, domain)
    assert entry is not None
    await world.app.store.write(
        directory.key_checked, world.app, entry, "staff:1", "PB-2027-000001", "Ms Roth"
    )
