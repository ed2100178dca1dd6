"""Browsers that came in: who a cookie stands for, and how its value changes.

A browser is a device like any other: a row of ``auth``, whose id no key of MTProto has. Its cookie
is 32 bytes, of which the server keeps an HMAC. The value changes in two steps, so that a lost
answer signs nobody out: the next one is offered, and becomes *the* value when it is first shown.
The one before is good for another minute; later it can only be a copy, and the login ends.
"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu import account_status, rates
from petitbleu.app import App
from petitbleu.appdoor import queries as q
from petitbleu.appdoor.queries import BrowserRow as BrowserRow  # given on: what callers get
from petitbleu.domain.access.devices import service as devices
from petitbleu.domain.safety.moderation import service as moderation
from petitbleu.jobs import job
from petitbleu.rpc import logins
from petitbleu.rpc.logins import Device
from petitbleu.store.api import Tx
from petitbleu.tl import codec

ROTATE_SECONDS = 86400
FORMER_SECONDS = 60
"""How long the value before stays good once the new one has been shown."""
USED_SECONDS = 300
"""How often at most it is noted that a browser is in use."""
UNTRUSTED_SECONDS, TRUSTED_SECONDS = 86400, 180 * 86400
"""Without use a browser is signed out after so long."""
_PURPOSE, _NEXT = "web session", "web session: next value"


class Ended(Exception):
    """The cookie is dead: ``none``, ``ended`` or ``reused``."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class New(NamedTuple):
    """A browser that was just let in, before anybody is signed in there."""

    auth: int
    value: bytes


async def create(app: App, device: Device, ip: str) -> New:
    """Let a browser in. Raises FLOOD_WAIT_X where too many came from the address."""
    value = app.random(32)
    charge = rates.charge_of(app, ip, *rates.at_address("web_new", ip))
    auth = await app.store.write(_create, app=app, value=value, device=device, ip=ip, charge=charge)
    return New(auth, value)


async def _create(
    tx: Tx, *, app: App, value: bytes, device: Device, ip: str, charge: rates.Charge
) -> int:
    await rates.take(tx, charge)
    now = int(app.clock.now())
    auth = 0
    while not auth or await tx.row(q.TAKEN, id=auth) is not None:
        auth = int.from_bytes(app.random(8), "big") >> 1
    await logins.introduce(tx, auth, codec.NEWEST_LAYER, device, ip=ip, now=now)
    await tx.run(q.INSERT, auth=auth, digest=_digests(app, value)[0], now=now)
    return auth


def _digests(app: App, value: bytes) -> list[str]:
    """What is stored of a value, under the newest secret first."""
    return [digest.hex() for digest in app.secrets.hmacs(_PURPOSE, value)]


async def recognise(app: App, value: bytes | None) -> BrowserRow:
    """The browser that shows this cookie. Raises Ended.

    Showing an offered value makes it the browser's; showing an outdated one ends the login.
    """
    if value is None:
        raise Ended("none")
    digests = _digests(app, value)
    row: BrowserRow | None = None
    if value:
        row = await app.store.row(q.FIND, digests=digests)
    if row is None:
        raise Ended("ended")
    now = int(app.clock.now())
    if row.signed_in and row.account is None and row.pending_account is None:
        await forget(app, row.auth)
        devices.dropped(app, [row.auth])
        raise Ended("ended")
    if row.shown == q.FORMER and now > row.former_until:
        await _stolen(app, row)
        raise Ended("reused")
    if row.shown == q.NEXT or (row.account is not None and not row.signed_in):
        await app.store.write(_note_shown, row=row, digests=digests, now=now)
        row = row._replace(rotated_at=now if row.shown == q.NEXT else row.rotated_at)
    elif now - row.used_at > USED_SECONDS:
        app.spawn(app.store.write(note_used, [row.auth], now))
    return row


async def _note_shown(tx: Tx, *, row: BrowserRow, digests: list[str], now: int) -> None:
    if row.shown == q.NEXT:
        until = now + FORMER_SECONDS
        await tx.run(q.CONFIRM, auth=row.auth, digests=digests, until=until, now=now)
    if row.account is not None:
        await tx.run(q.SIGNED_IN, auth=row.auth)


async def note_used(tx: Tx, auths: list[int], now: int) -> None:
    """These browsers are in use."""
    for auth in sorted(auths):
        await tx.later(q.USED, auth=auth, now=now)


async def _stolen(app: App, row: BrowserRow) -> None:
    app.log.warning("web.cookie_reused")
    await forget(app, row.auth)
    if row.account is not None:
        await devices.end_browser(app, row.account, row.auth, "cookie_reused")
    else:
        devices.dropped(app, [row.auth])


async def offer(app: App, row: BrowserRow, value: bytes) -> bytes | None:
    """The next value for a browser that shows ``value``; asked twice, the same. None where it shows
    the one before, and has the current one on its way.
    """
    if row.shown == q.FORMER:
        return None
    following = app.secrets.hmac(_NEXT, value)
    await app.store.write(_offer, auth=row.auth, digest=_digests(app, following)[0])
    return following


async def _offer(tx: Tx, *, auth: int, digest: str) -> None:
    await tx.run(q.OFFER, auth=auth, digest=digest)


def is_rotation_due(app: App, row: BrowserRow) -> bool:
    """Whether the value is a day old."""
    return row.account is not None and app.clock.now() - row.rotated_at > ROTATE_SECONDS


async def set_trusted(app: App, row: BrowserRow, trusted: bool) -> None:
    """The person says whether the device is theirs."""
    await app.store.write(_set_trusted, auth=row.auth, trusted=int(trusted))


async def _set_trusted(tx: Tx, *, auth: int, trusted: int) -> None:
    await tx.run(q.TRUST, auth=auth, trusted=trusted)


def is_suspended(app: App, account: int | None) -> bool:
    """Whether the person may do nothing but sign out."""
    found = account_status.load_standing(app, account or 0, app.clock.now())
    return found is not None and found.kind == account_status.SUSPENDED


async def load_suspension(app: App, account: int | None) -> dict[str, str]:
    """What the page tells somebody who is suspended: ``reasons`` in their language (``language``)
    and ``contest``, an address, as far as they may be told; empty for everybody else.
    """
    if account is None or not is_suspended(app, account):
        return {}
    found = await moderation.suspension_notice(app, account)
    told = {"reasons": found.text, "language": found.language, "contest": found.contest}
    return {name: text for name, text in told.items() if text}


class Ending(NamedTuple):
    """Why the sessions of a browser were closed."""

    why: str
    """``signed-out``: the cookie is dead now; ``suspended``; ``draining``: it may come again."""
    told: dict[str, str]
    """See :func:`load_suspension`."""


async def load_ending(app: App, auth: int) -> Ending:
    """Why the sessions of a browser were closed, and what its person is told of it."""
    row = await devices.of_auth(app.store, auth)
    if row is None or row.account is None:
        await forget(app, auth)
        return Ending("signed-out", {})
    if not is_suspended(app, row.account):
        return Ending("draining", {})
    try:
        return Ending("suspended", await load_suspension(app, row.account))
    except Exception:  # whatever cannot be told: the session ends
        app.log.exception("web.suspension_untold")
        return Ending("suspended", {})


async def forget(app: App, auth: int) -> None:
    """The cookie of a browser is dead from now on."""
    await app.store.write(_forget, auth=auth)


async def _forget(tx: Tx, *, auth: int) -> None:
    await tx.run(q.DELETE, auth=auth)


@job("web.expire", every=3600)
async def expire(app: App, data: dict[str, object]) -> None:
    """Sign out browsers that nobody used: after a day where the device is not the person's own."""
    now = int(app.clock.now())
    while rows := await app.store.scan(
        q.UNUSED, before=now - UNTRUSTED_SECONDS, long_before=now - TRUSTED_SECONDS
    ):
        for row in rows:
            if app.sessions is not None and any(
                link.connected for link in app.sessions.of_auth(row.auth)
            ):
                await app.store.write(note_used, [row.auth], now)
                continue
            await forget(app, row.auth)
            if row.account is not None:
                await devices.end_browser(app, row.account, row.auth, "expired")
            else:
                devices.dropped(app, [row.auth])
