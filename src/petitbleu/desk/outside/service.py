"""Ways into "My cases": a code by e-mail, a link into the service chat."""

from __future__ import annotations

import hmac

from petitbleu.app import App
from petitbleu.desk.casework.parties import links
from petitbleu.desk.casework.parties import service as parties
from petitbleu.desk.outside import letters_text
from petitbleu.desk.outside import queries as q
from petitbleu.domain.access.codes import service as codes
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.store.api import Tx

CODE_SECONDS = 1800
_TRIES = 5


# ── a code by e-mail ────────────────────────────────────────────────────────────────────────────


async def send_code(app: App, email: str, lang: str) -> None:
    """Mail a code that opens "My cases", where a case or an account has that address.

    In the background: neither the answer nor the time it takes tells whether there is one.
    """
    app.spawn(_send_code(app, email.lower(), lang))


async def _send_code(app: App, email: str, lang: str) -> None:
    account = await accounts.by_email(app.store, email)
    if account is None and not await parties.of_person(app.store, parties.Person(0, email)):
        return
    digits = codes.digits(app, codes.MAIL_DIGITS)
    until = int(app.clock.now()) + CODE_SECONDS
    address = links.address_digest(email)
    await app.store.write(_put_code, address, _code(app, email, digits), until)
    subject, text = letters_text.code(app, lang, digits, CODE_SECONDS // 60)
    try:
        if app.mail is None:
            raise OSError("no mail server is set")
        await app.mail.send(email, subject, text)
    except OSError as error:
        app.log.warning("outside.code_not_sent", reason=str(error))


async def send_link(app: App, phone: str, text: str) -> None:
    """Send a link to "My cases" into the service chat of the account with this number (digits).

    ``text`` has places for ``{name}`` and ``{url}``. In the background, as with a code.
    """
    app.spawn(_send_link(app, phone, text))


async def _send_link(app: App, phone: str, text: str) -> None:
    account = await accounts.by_phone(app.store, phone)
    if account is None or account.deleted_at is not None:
        return
    url = parties.mine_url(app, parties.Person(account.id, ""))
    await messages.send_service(app, account.id, text.format(name=app.config.name, url=url))


async def _put_code(tx: Tx, address: bytes, code: bytes, until: int) -> None:
    await tx.run(q.PUT_CODE, address=address, code=code, until=until)


async def enter(app: App, email: str, digits: str) -> parties.Person | None:
    """The person whose mailbox the code came from; None: wrong, too old, or tried too often."""
    email = email.lower()
    if not await app.store.write(_try_code, app, email, digits.strip()):
        return None
    account = await accounts.by_email(app.store, email)
    return parties.Person(account.id if account is not None else 0, email)


async def _try_code(tx: Tx, app: App, email: str, digits: str) -> bool:
    address = links.address_digest(email)
    row = await tx.row(q.TRY_CODE, address=address)
    if row is None or row.tries > _TRIES or row.expires_at < app.clock.now():
        return False
    if not hmac.compare_digest(row.code, _code(app, email, digits)):
        return False
    await tx.run(q.DROP_CODE, address=address)
    return True


def _code(app: App, email: str, digits: str) -> bytes:
    return app.secrets.hmac("outside.code", email.encode(), digits.encode())[:16]


async def forget_old_codes(tx: Tx, now: float) -> None:
    """Codes nobody can use any more."""
    await tx.run(q.OLD_CODES, now=int(now))
