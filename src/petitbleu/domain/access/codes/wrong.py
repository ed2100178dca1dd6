"""Wrong codes, counted across numbers and purposes: by address and for the whole instance.

Each code allows few tries; whoever has many numbers tries a few of each. From an address with too
many wrong ones no more are taken; of the instance as a whole nobody is refused, or anybody could
keep everybody out. Either alarms the operator: a log line, a metric, and whoever registered with
:func:`on_many_wrong`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from petitbleu import rates
from petitbleu.app import App
from petitbleu.metrics import counter
from petitbleu.rates import Charge, Claim
from petitbleu.store.api import Tx

ADDRESS, INSTANCE = "address", "instance"
Alarm = Callable[[Tx, App, str], Awaitable[None]]
"""``alarm(tx, app, where)``: too many wrong codes of one address, or of the instance."""

_alarms: list[Alarm] = []
WRONG = counter("wrong_codes_total", "Wrong one-time codes entered, by purpose", "purpose")
MANY = counter(
    "wrong_codes_alarms_total",
    "Wrong codes of one address, or of the whole instance, that were too many",
    "where",
)


def on_many_wrong(alarm: Alarm) -> Alarm:
    """Register what is done when there are too many, in the transaction that counts them."""
    _alarms.append(alarm)
    return alarm


def by_address(app: App, ip: str | None) -> Charge:
    """What one wrong code counts for its address."""
    return rates.charge_of(app, ip, *rates.at_address("wrong_code_ip", ip or ""))


async def count(tx: Tx, app: App, purpose: str, ip: str | None) -> None:
    """Count a wrong code that somebody at ``ip`` entered (None: nobody outside)."""
    WRONG.add(purpose)
    instance = rates.charge_of(app, ip, Claim("wrong_code_instance"))
    for where, made in ((ADDRESS, by_address(app, ip)), (INSTANCE, instance)):
        if not await rates.note(tx, made):
            continue
        MANY.add(where)
        app.log.warning("codes.many_wrong", where=where, ip=ip if where == ADDRESS else "")
        for alarm in _alarms:
            await alarm(tx, app, where)
