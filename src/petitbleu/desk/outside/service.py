"""What other rooms of the desk ask of the public pages: addresses for letters, whose case it is.

It imports no room that builds on it: letters of any room may name these addresses.
"""

from __future__ import annotations

import hashlib
import hmac

from petitbleu.app import App
from petitbleu.desk.outside import letters_text, links
from petitbleu.desk.outside import queries as q
from petitbleu.desk.outside.links import Person, follow, holds, mine_url
from petitbleu.desk.outside.notices import rehearse
from petitbleu.desk.outside.queries import Concern
from petitbleu.desk.outside.rehearsal import fill_in
from petitbleu.domain.access.codes import service as codes
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.store.api import Reader, Tx

__all__ = [
    "COMPLAINANT",
    "CONCERNED",
    "NOTIFIER",
    "REPORTER",
    "Concern",
    "Person",
    "concerns",
    "fill_in",
    "follow",
    "holds",
    "keys",
    "mine_url",
    "of_person",
    "rehearse",
    "roles",
]

NOTIFIER = "notifier"
"""Sent the notice, order or letter."""
REPORTER = "reporter"
"""Reported it from inside a chat."""
CONCERNED = "concerned"
"""A decision restricts something of theirs."""
COMPLAINANT = "complainant"
CODE_SECONDS = 1800
_TRIES = 5
_SHOWN = 200


def keys(person: Person) -> list[str]:
    """What stands for a person in the table: their account, their address."""
    found = []
    if person.account:
        found.append(hashlib.sha256(b"account %d" % person.account).hexdigest()[:32])
    if person.email:
        found.append(links.address_digest(person.email).hex())
    return found


async def concerns(tx: Tx, app: App, number: int, person: Person, role: str) -> None:
    """The case is among this person's cases from now on, as ``role``."""
    now = int(app.clock.now())
    for key in keys(person):
        await tx.later(q.CONCERNS, person=key, number=number, role=role, at=now)


async def of_person(reader: Reader, person: Person) -> list[Concern]:
    """Their cases, newest first; one line for each role."""
    return await reader.rows(q.CASES_OF, persons=keys(person), limit=_SHOWN)


async def roles(reader: Reader, person: Person, number: int) -> set[str]:
    """As whom a case concerns them; empty: not at all."""
    rows = await reader.rows(q.ROLES, persons=keys(person), number=number)
    return {row.role for row in rows}


# ── a code by e-mail ────────────────────────────────────────────────────────────────────────────


async def send_code(app: App, email: str, lang: str) -> None:
    """Mail a code that opens "My cases", where a case or an account has that address.

    In the background: neither the answer nor the time it takes tells whether there is one.
    """
    app.spawn(_send_code(app, email.lower(), lang))


async def _send_code(app: App, email: str, lang: str) -> None:
    account = await accounts.by_email(app.store, email)
    if account is None and not await of_person(app.store, Person(0, email)):
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
    url = mine_url(app, Person(account.id, ""))
    await messages.send_service(app, account.id, text.format(name=app.config.name, url=url))


async def _put_code(tx: Tx, address: bytes, code: bytes, until: int) -> None:
    await tx.run(q.PUT_CODE, address=address, code=code, until=until)


async def enter(app: App, email: str, digits: str) -> Person | None:
    """The person whose mailbox the code came from; None: wrong, too old, or tried too often."""
    email = email.lower()
    if not await app.store.write(_try_code, app, email, digits.strip()):
        return None
    account = await accounts.by_email(app.store, email)
    return Person(account.id if account is not None else 0, email)


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
