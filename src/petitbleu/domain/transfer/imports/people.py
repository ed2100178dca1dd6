"""Who the people of an export are here: somebody known, or a placeholder until they come.

A placeholder is an account without a number. Nobody can sign in to it. It becomes its person's own
when they sign up with the number that the export (or the operator) names: then the history is
already there.
"""

from __future__ import annotations

from collections.abc import Iterable

from petitbleu import phones
from petitbleu.app import App
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.accounts.service import NAME_MAX, AccountRow
from petitbleu.domain.people.social_graph import service as social_graph
from petitbleu.domain.transfer.imports import queries as q
from petitbleu.domain.transfer.imports.queries import Person
from petitbleu.errors import Fault
from petitbleu.store.api import Reader, Tx

KEPT_DAYS = 36_500
"""Nobody is expected to sign in to a placeholder: absence does not delete it."""
NOBODY = "Deleted Account"


async def known(reader: Reader, sources: Iterable[str]) -> dict[str, int]:
    """Source -> account, of those that have one."""
    wanted = sorted(set(sources))
    rows = await reader.rows(q.PEOPLE, sources=wanted) if wanted else []
    return {row.source: row.account for row in rows}


async def ensure(app: App, names: dict[str, str | None], numbers: dict[str, str]) -> dict[str, int]:
    """Source -> account of everybody in ``names`` (source -> name, None: deleted there); whoever is
    new becomes a placeholder. ``numbers``: telephone numbers the export tells.
    """
    by_source = await known(app.store, names)
    for source, name in names.items():
        if source not in by_source:
            by_source[source] = await app.store.write(
                _make, source, name, numbers.get(source), int(app.clock.now())
            )
    return by_source


async def _make(tx: Tx, source: str, name: str | None, phone: str | None, at: int) -> int:
    there = (await known(tx, [source])).get(source)
    if there is not None:
        return there
    first = " ".join((name or NOBODY).split())[:NAME_MAX].strip() or NOBODY
    row = await accounts.create(tx, at=at, first_name=first)
    await accounts.keep(tx, row.id, KEPT_DAYS)
    if name is None:
        await accounts.erase(tx, row.id, at=at)
    waits = None
    if phone is not None and name is not None:
        taken = await accounts.by_phone(tx, phone) is not None
        waits = None if taken or await tx.row(q.OF_PHONE, phone=phone) is not None else phone
    await tx.run(q.PUT_PERSON, source=source, account=row.id, phone=waits, placeholder=1)
    return row.id


async def bind(app: App, source: str, account: int) -> bool:
    """Say that ``source`` is the account; False where it is somebody else already."""
    there = (await known(app.store, [source])).get(source)
    if there is None:
        await app.store.write(_bind, source, account)
    return there in (None, account)


async def _bind(tx: Tx, source: str, account: int) -> None:
    await tx.run(q.PUT_PERSON, source=source, account=account, phone=None, placeholder=0)


def numbers(contacts: Iterable[dict[str, object]]) -> dict[str, str]:
    """Source -> number (digits) of the contacts of an export that have both."""
    names = {}
    for contact in contacts:
        phone = phones.canonical(str(contact.get("phone_number") or ""))
        user = contact.get("user_id")
        if phone is not None and isinstance(user, int) and user:
            names[f"user{user}"] = phone
    return names


# ── claiming ────────────────────────────────────────────────────────────────────────────────────


async def claim(
    tx: Tx,
    phone: str,
    *,
    at: int,
    first_name: str,
    last_name: str,
    email: str | None,
    country: str | None,
    lang: str,
    terms_version: str | None,
) -> AccountRow | None:
    """Somebody proved ``phone`` and signs up: the placeholder that waited for it is theirs now."""
    person = await tx.row(q.OF_PHONE, phone=phone)
    if person is None:
        return None
    row = await accounts.take_over(
        tx,
        person.account,
        at=at,
        first_name=first_name,
        last_name=last_name,
        phone=phone,
        email=email,
        country=country,
        lang=lang,
        terms_version=terms_version,
    )
    await tx.run(q.CLAIMED, account=person.account)
    await social_graph.link(tx, phone, person.account)
    return row


async def wait_for(app: App, source: str, phone: str) -> Person | None:
    """Let whoever signs up with ``phone`` have the placeholder ``source``; None where it is none.

    Raises PHONE_NUMBER_OCCUPIED where somebody has the number already.
    """
    return await app.store.write(_wait_for, source, phone)


async def _wait_for(tx: Tx, source: str, phone: str) -> Person | None:
    rows = await tx.rows(q.PEOPLE, sources=[source])
    if not rows or not rows[0].placeholder:
        return None
    if await accounts.by_phone(tx, phone) is not None:
        raise Fault("PHONE_NUMBER_OCCUPIED")
    other = await tx.row(q.OF_PHONE, phone=phone)
    if other is not None and other.source != source:
        await tx.run(q.SET_PHONE, source=other.source, phone=None)
    await tx.run(q.SET_PHONE, source=source, phone=phone)
    return rows[0]._replace(phone=phone)
