"""Which browsers get notices: registered, forgotten, and known in memory.

A subscription belongs to the login that registered it and goes with it. What travels is encrypted
for the browser; its push service learns when something comes, and how long it is.
"""

from __future__ import annotations

import zoneinfo
from typing import NamedTuple

from petitbleu import keyring, webpush
from petitbleu.app import Actor, App, Part
from petitbleu.domain.access.devices import service as devices
from petitbleu.domain.client.push import queries as q
from petitbleu.domain.client.push.queries import SubscriptionRow as SubscriptionRow  # given on
from petitbleu.errors import Fault
from petitbleu.stamps import ROOMS_HERE, Change, room
from petitbleu.store.api import Tx

KEY_FILE = "vapid-members.pem"
"""Another key than the desk's: browsers keep one subscription for each worker and key."""
MOST = 20
"""Browsers of one person."""
DAY_MINUTES = 24 * 60
VAPID: Part[webpush.Vapid] = Part(
    lambda app: webpush.Vapid.from_pem(keyring.contents(app, KEY_FILE, webpush.Vapid.new_pem))
)


class Known:
    """What is asked at every message, in memory."""

    __slots__ = ("accounts", "shown")

    def __init__(self) -> None:
        self.accounts: set[int] = set()
        """People with a subscription; some may have none any more."""
        self.shown: set[tuple[int, int]] = set()
        """(account, peer) of the notices that are shown."""


ROOM = room("push", push_subscription=("account",))
SHOWN = room("push_shown", push_notice=("account",))


def _known(app: App) -> Known:
    known = Known()

    def take(change: Change) -> None:
        known.accounts.update(change.of(known.accounts))
        if not change.keys:
            app.spawn(load(app))

    def take_shown(change: Change) -> None:
        known.shown.update(change.of(known.shown))
        if not change.keys:
            app.spawn(load(app))

    app.parts[ROOMS_HERE].hear(ROOM, take)
    app.parts[ROOMS_HERE].hear(SHOWN, take_shown)
    return known


KNOWN: Part[Known] = Part(_known)


class Quiet(NamedTuple):
    """Hours without notices, in minutes of the day; both alike: there are none."""

    begin: int = 0
    end: int = 0
    zone: str = "UTC"


class Wanted(NamedTuple):
    """What a browser asks for: where its notices go, and how they are."""

    subscription: webpush.Subscription
    quiet: Quiet
    with_text: bool


def application_key(app: App) -> str:
    """What a page gives to ``pushManager.subscribe`` (``applicationServerKey``)."""
    return app.parts[VAPID].public


def check(wanted: Wanted) -> None:
    """Raises WEBPUSH_KEY_INVALID, WEBPUSH_AUTH_INVALID, WEBPUSH_TOKEN_INVALID."""
    if not webpush.is_key(wanted.subscription.p256dh):
        raise Fault("WEBPUSH_KEY_INVALID")
    if len(wanted.subscription.auth) != 16:
        raise Fault("WEBPUSH_AUTH_INVALID")
    quiet = wanted.quiet
    if not (0 <= quiet.begin < DAY_MINUTES and 0 <= quiet.end < DAY_MINUTES):
        raise Fault("WEBPUSH_TOKEN_INVALID")
    try:
        zoneinfo.ZoneInfo(quiet.zone)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        raise Fault("WEBPUSH_TOKEN_INVALID") from None


async def register(app: App, me: Actor, wanted: Wanted) -> None:
    """Send notices there from now on; what the browser asked for before is replaced.

    Raises what :func:`check` does, TOKEN_INVALID where the person has too many browsers.
    """
    check(wanted)
    auth = await devices.own(app, me)
    await app.store.write(_register, me.id, auth, wanted, int(app.clock.now()))
    app.parts[KNOWN].accounts.add(me.id)


async def _register(tx: Tx, account: int, auth: int, wanted: Wanted, now: int) -> None:
    to, quiet = wanted.subscription, wanted.quiet
    # A browser tells its notices to one person: to whoever was signed in last.
    await tx.run(q.TAKE_OVER, endpoint=to.endpoint, account=account)
    await tx.run(
        q.PUT,
        account=account,
        endpoint=to.endpoint,
        auth=auth,
        p256dh=to.p256dh,
        secret=to.auth,
        quiet_from=quiet.begin,
        quiet_until=quiet.end,
        zone=quiet.zone,
        with_text=int(wanted.with_text),
        at=now,
    )
    kept = await tx.row(q.COUNT, account=account)
    if kept is not None and kept.n > MOST:
        raise Fault("TOKEN_INVALID")


async def unregister(app: App, me: Actor, endpoint: str) -> None:
    """No notices there any more."""
    await app.store.write(_drop, me.id, endpoint)


async def _drop(tx: Tx, account: int, endpoint: str) -> None:
    await tx.run(q.DROP, account=account, endpoint=endpoint)


async def of_account(app: App, account: int) -> list[SubscriptionRow]:
    """The browsers of somebody who is signed in there."""
    return await app.store.rows(q.OF_ACCOUNT, account=account)


async def forget_account(app: App, account: int) -> None:
    """Nothing is told to anybody's browser any more who is suspended."""
    app.parts[KNOWN].accounts.discard(account)
    await app.store.write(_drop_all, account)


async def _drop_all(tx: Tx, account: int) -> None:
    await tx.run(q.DROP_OF_ACCOUNT, account=account)


@devices.on_end
async def drop_with_login(tx: Tx, auth: int) -> None:
    """A device is signed out: its browser is told nothing more."""
    await tx.run(q.DROP_OF_AUTH, auth=auth)


async def load(app: App) -> None:
    """Know who has subscriptions, and which notices are shown."""
    known = app.parts[KNOWN]
    # What came while the rows were read is kept, what was known before and is gone is not.
    before = set(known.accounts)
    accounts = {row.account for row in await app.store.rows(q.ACCOUNTS)}
    known.accounts = accounts | (known.accounts - before)
    earlier = set(known.shown)
    shown = {(row.account, row.peer) for row in await app.store.rows(q.ALL_SHOWN)}
    known.shown = shown | (known.shown - earlier)


async def prune(tx: Tx, now: int) -> None:
    """Forget notices that are shown for a month: browsers have dropped them."""
    await tx.run(q.FORGET_SHOWN, before=now - 30 * 86_400)
