"""How a login code reaches its person: the ways that are open, and going one of them.

* ``app``: a message of the service chat to the person's other devices,
* ``email``: to the address of the account, or of the admission,
* ``webhook``: an HTTP call to the operator's SMS gateway,
* ``console``: the terminal of the server, with ``--dev`` only.
"""

from __future__ import annotations

import sys
from typing import NamedTuple

import msgspec

from petitbleu import webhooks
from petitbleu.app import App
from petitbleu.domain.access.devices import service as devices
from petitbleu.domain.access.joining import service
from petitbleu.domain.access.joining.texts import text
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.errors import Fault, StoreUnavailable

APP, EMAIL, WEBHOOK, CONSOLE = "app", "email", "webhook", "console"

_encode = msgspec.json.Encoder().encode


class Undelivered(Exception):
    """The channel did not take the code. The caller answers as if it had, and logs it."""


class WebhookCall(NamedTuple):
    """What the gateway gets as JSON; the body's HMAC-SHA256 stands in the signature header."""

    phone: str
    """With ``+``."""
    code: str
    text: str
    lang: str
    at: int
    """Unix seconds: a gateway may refuse what is old."""


async def channels_for(app: App, phone: str, account: int | None) -> list[str]:
    """The ways open to this person now, best first; ``account`` None: not signed up yet.

    Whether the number may have a code at all is :func:`service.may_sign_up`'s to say.
    """
    ways = []
    if account is not None and await _has_device(app, account):
        ways.append(APP)
    if app.mail is not None and await email_for(app, phone, account) is not None:
        ways.append(EMAIL)
    if app.config.codes.webhook_url and not service.is_without_telephone(phone):
        ways.append(WEBHOOK)
    if app.config.dev:
        ways.append(CONSOLE)
    return ways


async def _has_device(app: App, account: int) -> bool:
    """Whether a signed-in device can show the service chat (one that owes its password cannot)."""
    return await devices.signed_in(app, account)


async def email_for(app: App, phone: str, account: int | None) -> str | None:
    """The address codes of this person may go to: the account's, else the admission's."""
    if account is not None:
        row = await accounts.get(app, account)
        return None if row is None else row.email
    admitted = await service.admission(app.store, phone)
    return None if admitted is None else admitted.email


async def deliver(
    app: App,
    channel: str,
    phone: str,
    account: int | None,
    email: str | None,
    code: str,
    lang: str,
) -> None:
    """Send ``code`` by ``channel``; ``email`` overrides the address on record.

    Raises Undelivered.
    """
    name = app.config.name
    if channel == APP:
        if account is None:
            raise Undelivered("there is no device to send to")
        try:
            said = text(lang, "code.app", code=code, name=name)
            await messages.send_service(app, account, said, [])
        except (Fault, StoreUnavailable) as error:
            raise Undelivered(str(error)) from error
    elif channel == EMAIL:
        await _deliver_mail(app, email or await email_for(app, phone, account), code, lang)
    elif channel == WEBHOOK:
        said = text(lang, "code.short", code=code, name=name)
        call = WebhookCall(f"+{phone}", code, said, lang, int(app.clock.now()))
        await _call_webhook(app, _encode(call._asdict()))
    elif channel == CONSOLE and app.config.dev:
        # The one place where a code is shown: printed, so that no log ever holds it.
        print(f"Login code for +{phone}: {code}", file=sys.stdout, flush=True)
    else:
        raise Undelivered(f"there is no channel {channel}")


async def _deliver_mail(app: App, email: str | None, code: str, lang: str) -> None:
    if app.mail is None or email is None:
        raise Undelivered("there is no address to send to")
    minutes = app.config.codes.lifetime // 60
    subject = text(lang, "code.mail.subject", code=code, name=app.config.name)
    body = text(lang, "code.mail", code=code, minutes=minutes, name=app.config.name)
    try:
        await app.mail.send(email, subject, body)
    except OSError as error:
        raise Undelivered(str(error)) from error


async def _call_webhook(app: App, body: bytes) -> None:
    codes = app.config.codes
    try:
        await webhooks.post(codes.webhook_url, codes.webhook_secret, body)
    except webhooks.NotTaken as error:
        raise Undelivered(f"the gateway: {error}") from error
