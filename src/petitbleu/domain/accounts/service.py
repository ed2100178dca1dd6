"""Accounts: who exists, what they say about themselves, and how an account begins and ends."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any

import msgspec

from petitbleu import ids
from petitbleu.app import Actor, App
from petitbleu.domain.accounts import queries as q
from petitbleu.domain.accounts.cache import sights
from petitbleu.domain.accounts.queries import AccountRow
from petitbleu.domain.relations import service as relations
from petitbleu.domain.updates import log
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.store.api import Reader, Tx

PERSON, BOT, SERVICE = 0, 1, 2

NAME_MAX = 64
ABOUT_MAX = 70
"""UTF-8 characters (``about_length_limit_default`` of help.getAppConfig)."""

_NEXT_USER = "next_user"
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(dict[str, Any]).decode


# ── reading ─────────────────────────────────────────────────────────────────────────────────────


async def get(app: App, account: int) -> AccountRow | None:
    """The account, also a deleted one; None where the id was never given out."""
    return await app.store.row(q.BY_ID, id=account)


async def get_many(app: App, accounts: Iterable[int]) -> dict[int, AccountRow]:
    """The accounts among ``accounts`` that exist, by id."""
    wanted = list(accounts)
    if not wanted:
        return {}
    return {row.id: row for row in await app.store.rows(q.BY_IDS, ids=wanted)}


async def by_phone(reader: Reader, phone: str) -> AccountRow | None:
    """Who has ``phone`` (digits only)."""
    return await reader.row(q.BY_PHONE, phone=phone)


async def by_phones(reader: Reader, phones: Iterable[str]) -> dict[str, AccountRow]:
    """Who has which of ``phones`` (digits only)."""
    wanted = list(phones)
    if not wanted:
        return {}
    rows = await reader.rows(q.BY_PHONES, phones=wanted)
    return {row.phone: row for row in rows if row.phone is not None}


async def by_email(reader: Reader, email: str) -> AccountRow | None:
    """Who has the e-mail address."""
    return await reader.row(q.BY_EMAIL, email=email)


# ── beginning ───────────────────────────────────────────────────────────────────────────────────


async def create(
    tx: Tx,
    *,
    at: int,
    first_name: str,
    last_name: str = "",
    phone: str | None = None,
    email: str | None = None,
    country: str | None = None,
    lang: str = "",
    kind: int = PERSON,
    terms_version: str | None = None,
    account: int = 0,
) -> AccountRow:
    """Make an account with its counters (pts 1) inside the caller's transaction.

    Ids are given out in order from ``ids.FIRST_USER``; ``account`` asks for a particular one. Address
    book lines that waited for ``phone`` are linked. Raises PHONE_NUMBER_OCCUPIED,
    FIRSTNAME_INVALID, LASTNAME_INVALID.
    """
    first, last = names(first_name, last_name)
    if phone is not None and await by_phone(tx, phone) is not None:
        raise Fault("PHONE_NUMBER_OCCUPIED")
    row = await tx.row(
        q.INSERT,
        id=account or await _next_id(tx),
        kind=kind,
        phone=phone,
        first_name=first,
        last_name=last,
        email=email,
        country=country,
        lang=lang,
        at=at,
        terms_version=terms_version,
        terms_at=None if terms_version is None else at,
    )
    assert row is not None
    await tx.run(q.INSERT_STATE, owner=row.id)
    if phone is not None:
        await relations.link(tx, phone, row.id)
    return row


async def _next_id(tx: Tx) -> int:
    row = await tx.row(
        q.LOCK_SETTING, name=_NEXT_USER, value=str(ids.FIRST_USER).encode("ascii")
    )
    assert row is not None
    number = int(row.value)
    if number > ids.LAST_USER:
        raise RuntimeError("all user ids are given out")
    await tx.run(q.SET_SETTING, name=_NEXT_USER, value=str(number + 1).encode("ascii"))
    return number


async def ensure_service_account(app: App) -> None:
    """Make the service account 777000 at the first start; nothing where it stands already."""
    if await get(app, ids.SERVICE_USER) is None:
        await app.store.write(
            create,
            at=int(app.clock.now()),
            first_name=app.config.name[:NAME_MAX] or "Petitbleu",
            kind=SERVICE,
            account=ids.SERVICE_USER,
        )


def names(first_name: str, last_name: str) -> tuple[str, str]:
    """First and last name as they are kept: trimmed, at most 64 characters; FIRSTNAME_INVALID."""
    first = " ".join(first_name.split())
    last = " ".join(last_name.split())
    if not first or len(first) > NAME_MAX:
        raise Fault("FIRSTNAME_INVALID")
    if len(last) > NAME_MAX:
        raise Fault("LASTNAME_INVALID")
    return first, last


# ── freshness ───────────────────────────────────────────────────────────────────────────────────


def changing(app: App, *people: int, viewer: bool = False) -> AbstractContextManager[None]:
    """Around a transaction after which ``people`` look different to others.

    ``viewer=True`` where others look different *to them* as well. Every room that changes names,
    numbers, contacts, privacy or blocks uses it, so that no remembered User object is stale.
    """
    return sights(app).changing(people, viewer=viewer)
