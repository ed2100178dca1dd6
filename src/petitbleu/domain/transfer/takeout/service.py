"""Takeout sessions (core.telegram.org/api/takeout): a device announces that it downloads all data.

Whoever steals a login would like that too. So a login must be a day old (setting
``takeout_delay_hours``), and the service chat tells the person's devices of every request.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from petitbleu.app import Actor, App
from petitbleu.domain.access.devices import service as devices
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.transfer.takeout import queries as q
from petitbleu.domain.transfer.takeout import texts
from petitbleu.errors import Fault
from petitbleu.store.api import Tx
from petitbleu.store.forms import Form

WAITING = 0
"""Id of a takeout that was refused for now."""

_encode = msgspec.msgpack.Encoder().encode


async def begin(app: App, me: Actor, wants: Sequence[str]) -> int:
    """Begin an export; its id. An earlier one of the same person ends.

    Raises TAKEOUT_INIT_DELAY_X (seconds) where the login is too young.
    """
    login = await devices.of_auth(app.store, me.auth)
    if login is None:
        raise Fault("AUTH_KEY_UNREGISTERED")
    now = int(app.clock.now())
    hours = 0 if app.config.dev else app.config.takeout_delay_hours
    left = login.created_at + hours * 3600 - now
    before = await app.store.row(q.OF, account=me.id)
    number = WAITING if left > 0 else int.from_bytes(app.random(8), "big") >> 1 or 1
    number = await app.store.write(_put, me, number, now, _encode(list(wants)))
    if left <= 0 or before is None or (before.id, before.auth) != (WAITING, me.auth):
        await _tell(app, me, " ".join(login.device.split()), left)
    if left > 0:
        raise Fault("TAKEOUT_INIT_DELAY_X", left)
    return number


_NUMBER: Form[int] = Form(int)


async def _put(tx: Tx, me: Actor, number: int, at: int, wants: bytes) -> int:
    await tx.once(_NUMBER)
    await tx.run(q.PUT, account=me.id, id=number, auth=me.auth, at=at, wants=wants)
    return number


async def _tell(app: App, me: Actor, device: str, left: int) -> None:
    row = await accounts.get(app, me.id)
    lang = row.lang if row is not None else ""
    said = texts.notice(lang, *app.config.languages, device=device, wait=left > 0)
    await messages.send_service(app, me.id, said, find=False)  # the device named itself


async def check(app: App, me: Actor, number: int) -> None:
    """TAKEOUT_INVALID unless ``number`` is the running export of this device."""
    row = await app.store.row(q.OF, account=me.id)
    if row is None or row.id == WAITING or (row.id, row.auth) != (number, me.auth):
        raise Fault("TAKEOUT_INVALID")


async def finish(app: App, me: Actor, number: int) -> None:
    """The device has what it wanted, or gave up."""
    await app.store.write(_finish, me.id, number)


async def _finish(tx: Tx, account: int, number: int) -> None:
    await tx.run(q.DROP, account=account, id=number)


async def forget(tx: Tx, account: int) -> None:
    """The account is gone."""
    await tx.run(q.FORGET, account=account)
