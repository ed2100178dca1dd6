"""Accounts: who exists, what they say about themselves, and how an account begins and ends."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any

import msgspec

from petitbleu import ids
from petitbleu.app import Actor, App
from petitbleu.domain.people.accounts import queries as q
from petitbleu.domain.people.accounts.cache import SIGHTS
from petitbleu.domain.people.accounts.hearing import HEARS_ALL as HEARS_ALL
from petitbleu.domain.people.accounts.hearing import (
    bots_in_privacy_mode as bots_in_privacy_mode,  # the rooms' door
)
from petitbleu.domain.people.accounts.queries import AccountRow as AccountRow
from petitbleu.domain.people.social_graph import service as social_graph
from petitbleu.domain.updates import counters, log
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.store import settings as store_settings
from petitbleu.store.api import Conflict, Reader, Tx
from petitbleu.store.query import Query
from petitbleu.store.where import Where

PERSON, BOT, SERVICE = 0, 1, 2

NAME_MAX = 64
ABOUT_MAX = 70
"""Characters (``about_length_limit_default`` of help.getAppConfig)."""
TTL_MIN, TTL_DAYS, TTL_MAX = 30, 365, 730
"""Days of its person's absence that an account outlives: least, default, most."""

COLORS = range(7)
"""Accents of names and grounds of profiles: ids in help.getPeerColors, getPeerProfileColors."""
NAME_COLOR, PROFILE_COLOR = "color", "profile_color"
"""Keys of the settings map."""

_NEXT_USER = "next_user"
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(dict[str, Any]).decode


# ── reading ─────────────────────────────────────────────────────────────────────────────────────


async def get(app: App, account: int) -> AccountRow | None:
    """The account, also a deleted one; None where the id was never given out."""
    return await get_in(app.store, account)


async def get_in(reader: Reader, account: int) -> AccountRow | None:
    """:func:`get` for a caller that may be inside a transaction."""
    return await reader.row(q.BY_ID, id=account)


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


async def listed(app: App, where: Where, limit: int) -> list[AccountRow]:
    """Accounts that fulfil ``where`` (columns of ``account``), by id: for the operator."""
    rows = where.query(q.SELECT, AccountRow, "order by id limit :limit")
    return await app.store.scan(rows, limit=limit, **where.params)


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
    free: bool = False,
) -> AccountRow:
    """Make an account with its counters (pts 1) inside the caller's transaction.

    Ids are given out in order from ``ids.FIRST_USER``; ``account`` asks for a particular one.
    ``free``: the caller has looked in this transaction, nobody has the number (who takes it
    meanwhile is refused by the table: Conflict). Address book lines that waited for ``phone`` are
    linked. Raises PHONE_NUMBER_OCCUPIED, FIRSTNAME_INVALID, LASTNAME_INVALID.
    """
    first, last = names(first_name, last_name)
    if phone is not None and not free and await by_phone(tx, phone) is not None:
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
    await tx.later(counters.INSERT, owner=row.id)
    if phone is not None:
        await social_graph.link(tx, phone, row.id)
    return row


async def _next_id(tx: Tx) -> int:
    row = await tx.row(
        store_settings.LOCK, name=_NEXT_USER, value=str(ids.FIRST_USER).encode("ascii")
    )
    assert row is not None
    number = int(row.value)
    if number > ids.LAST_USER:
        raise RuntimeError("all user ids are given out")
    following = number + 1 if number + 1 != ids.HIDDEN_AUTHOR else number + 2
    await tx.later(store_settings.CHANGE, name=_NEXT_USER, value=str(following).encode("ascii"))
    return number


async def take_over(
    tx: Tx,
    account: int,
    *,
    at: int,
    first_name: str,
    last_name: str,
    phone: str,
    email: str | None,
    country: str | None,
    lang: str,
    terms_version: str | None,
) -> AccountRow:
    """An account that waited for its person (``imports``) becomes theirs, as if made now.

    Raises FIRSTNAME_INVALID, LASTNAME_INVALID.
    """
    first, last = names(first_name, last_name)
    row = await tx.row(
        q.TAKE_OVER,
        id=account,
        phone=phone,
        first_name=first,
        last_name=last,
        email=email,
        country=country,
        lang=lang,
        at=at,
        days=TTL_DAYS,
        terms_version=terms_version,
        terms_at=None if terms_version is None else at,
    )
    assert row is not None
    return row


async def keep(tx: Tx, account: int, days: int) -> None:
    """Let the account outlive so many days of absence."""
    await tx.run(q.SET_TTL, id=account, days=days)


async def ensure_service_account(app: App) -> None:
    """Make the service account 777000, the one hidden authors are filed under that of the spam
    filter and that of guests on the web, at the first start; nothing where they stand already.
    """
    wanted = {
        ids.SERVICE_USER: app.config.name[:NAME_MAX] or "Petitbleu",
        ids.HIDDEN_AUTHOR: "Author Hidden",
        ids.ANTISPAM_USER: "Anti-Spam",
        ids.GUESTS_USER: "Web",
    }
    for account, name in wanted.items():
        if await get(app, account) is None:
            try:
                await app.store.write(
                    create, at=int(app.clock.now()), first_name=name, kind=SERVICE, account=account
                )
            except Conflict:  # another worker was faster at the first start
                continue


def names(first_name: str, last_name: str) -> tuple[str, str]:
    """First and last name as they are kept: trimmed, at most 64 characters.

    FIRSTNAME_INVALID where the first is empty or too long, LASTNAME_INVALID where the last is too
    long.
    """
    first = " ".join(first_name.split())
    last = " ".join(last_name.split())
    if not first or len(first) > NAME_MAX:
        raise Fault("FIRSTNAME_INVALID")
    if len(last) > NAME_MAX:
        raise Fault("LASTNAME_INVALID")
    return first, last


# ── changing ────────────────────────────────────────────────────────────────────────────────────


async def update_profile(
    app: App, me: Actor, first_name: str | None, last_name: str | None, about: str | None
) -> list[Event]:
    """Change what is not None. Raises FIRSTNAME_INVALID, ABOUT_TOO_LONG."""
    if about is not None and len(about := about.strip()) > ABOUT_MAX:
        raise Fault("ABOUT_TOO_LONG")
    with changing(app, me.id):
        return await app.store.write(
            write_profile, me, first_name, last_name, about, int(app.clock.now())
        )


async def write_profile(
    tx: Tx, me: Actor, first_name: str | None, last_name: str | None, about: str | None, at: int
) -> list[Event]:
    """:func:`update_profile` inside a transaction."""
    row = await tx.row(q.BY_ID, id=me.id)
    assert row is not None
    first, last = names(
        row.first_name if first_name is None else first_name,
        row.last_name if last_name is None else last_name[:NAME_MAX],
    )
    text = row.about if about is None else about
    await tx.run(q.SET_PROFILE, id=me.id, first_name=first, last_name=last, about=text)
    if (first, last) != (row.first_name, row.last_name):
        return await announce_name(tx, me.id, at=at, by=me)
    if text != row.about:
        return [await announce_profile(tx, me.id, at=at, by=me)]
    return []


async def announce_name(tx: Tx, account: int, *, at: int, by: Actor | None = None) -> list[Event]:
    """Tell the account's devices and everybody close that its names or username changed."""
    return await _announce(tx, account, "user_name", at, by)


async def set_phone(tx: Tx, me: Actor, phone: str, country: str | None, *, at: int) -> list[Event]:
    """Give ``me`` another number (proved, canonical); those close who may see it are told.

    Address book lines that waited for it are linked. Raises PHONE_NUMBER_OCCUPIED.
    """
    if await by_phone(tx, phone) is not None:
        raise Fault("PHONE_NUMBER_OCCUPIED")
    await tx.run(q.SET_PHONE, id=me.id, phone=phone, country=country)
    await social_graph.link(tx, phone, me.id)
    return await _announce(tx, me.id, "user_phone", at, me)


async def _announce(tx: Tx, account: int, kind: str, at: int, by: Actor | None) -> list[Event]:
    told = sorted({account, *await social_graph.circle(tx, account)})
    data = {"user": account}
    return [
        await log.state(tx, account_id, kind, str(account), data, at=at, by=by)
        for account_id in told
    ]


async def announce_profile(tx: Tx, account: int, *, at: int, by: Actor | None = None) -> Event:
    """Tell the account's own devices that its full profile is to be fetched anew."""
    return await log.state(tx, account, "user", str(account), {"user": account}, at=at, by=by)


async def announce_look(tx: Tx, account: int, *, at: int, by: Actor | None = None) -> list[Event]:
    """Tell the account's devices and everybody close that its picture changed."""
    return await _announce(tx, account, "user", at, by)


async def announce_look_to(
    tx: Tx, viewer: int, account: int, *, at: int, by: Actor | None = None
) -> Event:
    """Tell ``viewer`` alone that ``account`` looks different to them."""
    return await log.state(tx, viewer, "user", str(account), {"user": account}, at=at, by=by)


async def set_email(tx: Tx, account: int, email: str | None) -> None:
    """Where login codes go (confirmed, canonical; nobody else's: the caller has looked)."""
    await tx.run(q.SET_EMAIL, id=account, email=email)


async def set_country(app: App, account: int, country: str) -> None:
    """Where somebody is whose number tells no country (ISO 3166)."""
    with changing(app, account, viewer=True):
        await app.store.write(_run, q.SET_COUNTRY, {"id": account, "country": country})


async def update_birthday(app: App, me: Actor, birthday: str | None) -> list[Event]:
    """Set (YYYY-MM-DD or --MM-DD) or remove the birthday."""
    return [await app.store.write(_update_birthday, me, birthday, int(app.clock.now()))]


async def _update_birthday(tx: Tx, me: Actor, birthday: str | None, at: int) -> Event:
    await tx.run(q.SET_BIRTHDAY, id=me.id, birthday=birthday)
    return await announce_profile(tx, me.id, at=at, by=me)


async def update_color(app: App, me: Actor, color: int | None, *, profile: bool) -> list[Event]:
    """Choose the accent of my name or (``profile``) the ground of my profile; None: the default.

    Raises COLOR_INVALID for one that help.getPeerColors does not list.
    """
    if color is not None and color not in COLORS:
        raise Fault("COLOR_INVALID")
    with changing(app, me.id):
        return await app.store.write(_update_color, me, color, profile, int(app.clock.now()))


async def _update_color(
    tx: Tx, me: Actor, color: int | None, profile: bool, at: int
) -> list[Event]:
    await change_settings_in(tx, me.id, {PROFILE_COLOR if profile else NAME_COLOR: color})
    return await _announce(tx, me.id, "user", at, me)


async def set_ttl(app: App, me: Actor, days: int) -> None:
    """How many days of absence delete the account: 30 to 730; TTL_DAYS_INVALID."""
    if not TTL_MIN <= days <= TTL_MAX:
        raise Fault("TTL_DAYS_INVALID")
    await app.store.write(_run, q.SET_TTL, {"id": me.id, "days": days})


async def accept_terms(app: App, me: Actor, version: str) -> None:
    """Note which version of the terms was accepted, and when."""
    at = int(app.clock.now())
    await app.store.write(_run, q.SET_TERMS, {"id": me.id, "version": version, "at": at})


async def _run(tx: Tx, change: Query[Any], params: dict[str, Any]) -> None:
    await tx.run(change, **params)


# ── settings ────────────────────────────────────────────────────────────────────────────────────


async def settings(app: App, account: int) -> dict[str, Any]:
    """The account's settings map (content, notifications ...); absent keys are at their default."""
    row = await get(app, account)
    return settings_of(row) if row is not None else {}


def settings_of(row: AccountRow) -> dict[str, Any]:
    """:func:`settings` of an account at hand."""
    return _decode(row.settings) if row.settings else {}


async def change_settings(app: App, account: int, changes: dict[str, Any]) -> dict[str, Any]:
    """Set the keys of ``changes`` (None removes one); the map after the change."""
    return await app.store.write(change_settings_in, account, changes)


async def change_settings_in(tx: Tx, account: int, changes: dict[str, Any]) -> dict[str, Any]:
    """:func:`change_settings` inside the caller's transaction."""
    row = await tx.row(q.LOCK_SETTINGS, id=account)
    kept: dict[str, Any] = _decode(row.value) if row is not None and row.value else {}
    kept.update(changes)
    kept = {key: value for key, value in kept.items() if value is not None}
    await tx.run(q.SET_SETTINGS, id=account, settings=_encode(kept) if kept else None)
    return kept


async def lock_settings(tx: Tx, account: int) -> None:
    """Have others who change lists of ``account`` wait for this transaction."""
    await tx.row(q.LOCK_SETTINGS, id=account)


async def set_session_days(tx: Tx, account: int, days: int) -> None:
    """Devices of ``account`` are signed out after so many days without use."""
    await tx.run(q.SET_SESSION_DAYS, id=account, days=days)


# ── ending ──────────────────────────────────────────────────────────────────────────────────────


async def erase(tx: Tx, account: int, *, at: int) -> list[Event]:
    """Make a deleted account of it: no names, no phone; those close are told. The id stays taken.

    What other rooms keep of the person is theirs to drop (``deletion`` asks them). Nothing happens
    to an account that is deleted already.
    """
    close = await social_graph.circle(tx, account)
    if not await tx.run(q.ERASE, id=account, at=at):
        return []
    data = {"user": account}
    return [await log.state(tx, peer, "user_name", str(account), data, at=at) for peer in close]


async def idle(app: App, limit: int) -> list[int]:
    """People away for longer than their account is to outlive (account.setAccountTTL)."""
    now = int(app.clock.now())
    rows = await app.store.scan(q.IDLE, now=now, longest=now - TTL_MIN * 86_400, limit=limit)
    return [row.id for row in rows]


# ── freshness ───────────────────────────────────────────────────────────────────────────────────


def changing(app: App, *people: int, viewer: bool = False) -> AbstractContextManager[None]:
    """Around a transaction after which ``people`` look different to others.

    ``viewer=True`` where others look different *to them* as well. Every room that changes names,
    numbers, contacts, privacy or blocks uses it, so that no remembered User object is stale.
    """
    return app.parts[SIGHTS].changing(people, viewer=viewer)
