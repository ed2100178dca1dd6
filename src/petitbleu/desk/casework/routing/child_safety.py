"""The desk opens once somebody works on child-safety cases, and always keeps somebody who does.

While none of them is on duty, leads see such cases with their clocks and letters, and nothing else
of them: media stay closed (``evidence/reveals.py``), and they change nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.app import App, Part
from petitbleu.desk.casework.cases.queues import CHILD
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.desk.staffing.staff.service import Staff
from petitbleu.store import settings
from petitbleu.store.api import Reader, Tx

RIGHT = "child"
OPENED = "desk.opened"
"""Row of ``setting``: when the desk opened."""
OPEN: Part[bool] = Part(lambda _: False)


def is_holder(one: Staff) -> bool:
    """Whether somebody works on child-safety cases."""
    return one.active and one.may(RIGHT) and one.may("cases") and one.may_queue(CHILD)


async def holders(app: App, reader: Reader) -> list[Staff]:
    """Those who do and can come in: they have a passkey."""
    everybody = await staff.everybody(app, reader)
    return [
        person
        for person in everybody
        if is_holder(person) and await staff.passkeys_of(reader, person.id)
    ]


async def is_open(app: App) -> bool:
    """Whether the desk has opened; it does with this call once there is somebody."""
    if app.parts[OPEN]:
        return True
    if await app.store.row(settings.LOAD, name=OPENED) is None:
        if not await holders(app, app.store):
            return False
        await app.store.write(_open, app)
    app.parts[OPEN] = True
    return True


async def _open(tx: Tx, app: App) -> None:
    value = b"%d" % int(app.clock.now())
    if await tx.run(settings.ADD, name=OPENED, value=value):
        await audit.append(tx, app, "system", "desk.open", "desk")


async def is_last(app: App, reader: Reader, who: int) -> bool:
    """Whether this is the only person for child-safety cases of a desk that has opened."""
    if not app.parts[OPEN] and await reader.row(settings.LOAD, name=OPENED) is None:
        return False
    return [holder.id for holder in await holders(app, reader)] == [who]


def is_on_duty(one: Staff, now: float) -> bool:
    """Whether somebody works on such cases now."""
    return is_holder(one) and one.on_duty and one.rest_until <= now


async def covers(app: App, one: Staff) -> bool:
    """Whether a lead sees child-safety cases now, because nobody who works on them is on duty."""
    if "lead" not in one.roles or one.may(RIGHT):
        return False
    return not _anybody_on_duty(await staff.everybody(app, app.store), app.clock.now())


def _anybody_on_duty(everybody: Sequence[Staff], now: float) -> bool:
    return any(is_on_duty(person, now) for person in everybody)


async def problems(app: App) -> list[str]:
    """Sentences for ``check``. Nothing where there is no staff as yet."""
    people = [person for person in await staff.everybody(app, app.store) if person.active]
    if not people or await holders(app, app.store):
        return []
    opened = app.parts[OPEN] or await app.store.row(settings.LOAD, name=OPENED) is not None
    state = "Nobody works on child-safety cases" if opened else "The desk is not open"
    return [
        f"{state}: give somebody the role child_safety who has a passkey. Until then leads see"
        " such cases without their media."
    ]
