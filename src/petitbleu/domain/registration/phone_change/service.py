"""Changing the telephone number of an account (core.telegram.org/api/auth#changing-phone-number).

The code goes to the new number itself (the SMS gateway; with ``--dev`` the console): no other way
would prove that the person has it.
"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu import phones
from petitbleu.app import Actor, App
from petitbleu.domain.access.codes import service as codes
from petitbleu.domain.access.codes.service import Code
from petitbleu.domain.access.devices import service as devices
from petitbleu.domain.access.joining import channels
from petitbleu.domain.access.joining.channels import CONSOLE, WEBHOOK
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.errors import Fault
from petitbleu.store.api import Tx

CHANGE = "change_phone"


class Sent(NamedTuple):
    """A code is under way: its handle and how many digits it has."""

    hash: str
    length: int


async def send_code(app: App, me: Actor, phone: str, *, local: bool, lang: str) -> Sent:
    """Send a code to the number (canonical) that ``me`` wants to have.

    ``local``: a developer on this machine, for whom fresh logins may do it too and test numbers
    take their fixed code. Raises FRESH_CHANGE_PHONE_FORBIDDEN, PHONE_NUMBER_OCCUPIED, and
    PHONE_NUMBER_INVALID where no code can reach the number.
    """
    device = await devices.of_auth(app.store, me.auth)
    fresh = app.clock.now() - devices.FRESH_SECONDS
    if not local and (device is None or device.created_at > fresh):
        raise Fault("FRESH_CHANGE_PHONE_FORBIDDEN")
    if await accounts.by_phone(app.store, phone) is not None:
        raise Fault("PHONE_NUMBER_OCCUPIED")
    channel = next(
        (way for way in await channels.channels_for(app, phone, None) if way in (WEBHOOK, CONSOLE)),
        None,
    )
    if channel is None:
        raise Fault("PHONE_NUMBER_INVALID")
    code = codes.make(
        app,
        CHANGE,
        phone=phone,
        account=me.id,
        auth=me.auth,
        channel=channel,
        shown=WEBHOOK,
        plain=phones.test_code(phone) if local else None,
        length=app.config.codes.length,
        lifetime=app.config.codes.lifetime,
    )
    await app.store.write(codes.put, code)
    app.spawn(_deliver(app, code, lang))
    return Sent(code.row.hash, len(code.plain))


async def _deliver(app: App, code: Code, lang: str) -> None:
    row = code.row
    try:
        await channels.deliver(app, row.channel, row.phone, None, None, code.plain, lang)
    except channels.Undelivered as error:
        reason = type(error.__cause__ or error).__name__
        app.log.warning("code.undelivered", channel=row.channel, reason=reason)


async def change(
    app: App, me: Actor, phone: str, hash: str, given: str, *, ip: str | None = None
) -> None:
    """Give ``me`` the number, if the code is right; everybody close is told.

    Raises PHONE_CODE_EMPTY, PHONE_CODE_EXPIRED, PHONE_CODE_INVALID, PHONE_NUMBER_OCCUPIED.
    """
    if not given:
        raise Fault("PHONE_CODE_EMPTY")
    tried = await app.store.write(
        codes.attempt, app, CHANGE, hash, given, auth=me.auth, phone=phone, ip=ip, known=True
    )
    if tried.row is None or tried.row.account != me.id:
        raise Fault("PHONE_CODE_EXPIRED")
    if not tried.right:
        raise Fault("PHONE_CODE_INVALID")
    # Linked address books make contacts mutual: what others look like to ``me`` changes as well.
    with accounts.changing(app, me.id, viewer=True):
        await app.store.write(_change, app, me, phone, hash)


async def _change(tx: Tx, app: App, me: Actor, phone: str, hash: str) -> None:
    if not await codes.drop(tx, CHANGE, hash):
        raise Fault("PHONE_CODE_EXPIRED")
    country = phones.country(phone)
    await accounts.set_phone(tx, me, phone, country, at=int(app.clock.now()))
