"""The address book: who is in it, how they got there, and what finding a person allows.

A line is (owner, target, phone). ``target`` 0 waits for somebody to sign up with the phone
(``relations.link``). Whether a phone finds its person is that person's rule ``added_by_phone``; one
who hides is like one who does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from petitbleu import phones
from petitbleu.app import Actor, App
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.accounts.service import NAME_MAX, PERSON
from petitbleu.domain.people.contacts import asking
from petitbleu.domain.people.contacts import queries as q
from petitbleu.domain.people.privacy import service as privacy
from petitbleu.domain.people.social_graph import service as social_graph
from petitbleu.domain.people.social_graph.service import Contact
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.domain.updates import log
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.folding import fold
from petitbleu.rates import Claim
from petitbleu.store.api import Tx

IMPORT_MAX = 2_000
"""Lines taken from one importContacts; the client is asked to try the others again."""
BOOK_MAX = 20_000
"""Lines of one address book."""
SEARCH_MAX = 50
GLOBAL_FROM = 3
"""Letters a username search needs before it looks beyond the people one knows."""
TOLD_ONE_BY_ONE = 50
"""Contacts changed in one go that other devices are told of singly; beyond, "fetch them anew"."""


class Card(NamedTuple):
    """One line to import: the client's own number of it, a phone as typed, names."""

    client_id: int
    phone: str
    first_name: str
    last_name: str


class Imported(NamedTuple):
    """``found``: (client id, person); ``retry``: client ids that were not looked at (there were too
    many lines, or too many new numbers lately).
    """

    found: list[tuple[int, int]]
    retry: list[int]


class Line(NamedTuple):
    """A line about to be written."""

    target: int
    phone: str
    first_name: str
    last_name: str


# ── importing ───────────────────────────────────────────────────────────────────────────────────


async def import_cards(
    app: App, me: Actor, cards: Sequence[Card], *, ip: str | None = None
) -> Imported:
    """Add each card whose phone is one; say which of them are people here.

    ``ip``: the caller's address; None: new numbers are not counted. Raises FLOOD_WAIT_X where none
    may be looked at.
    """
    counted = await app.store.row(q.COUNT, owner=me.id)
    room = max(BOOK_MAX - (counted.n if counted else 0), 0)
    taken, left = cards[: min(IMPORT_MAX, room)], cards[min(IMPORT_MAX, room) :]
    row = await accounts.get(app, me.id)
    country = row.country if row is not None else None
    numbers = [phones_of(card.phone, country) for card in taken]
    allowed = await asking.admit(app, me, [number for number in numbers if number], ip=ip)
    retry = [card.client_id for card in left]
    people = await _findable(app, me.id, allowed)
    imported: list[tuple[int, int]] = []
    lines: list[Line] = []
    for card, number in zip(taken, numbers, strict=True):
        first, last = _names(card.first_name, card.last_name)
        if number and number not in allowed:
            retry.append(card.client_id)
            continue
        if not number or not (first or last):
            continue
        target = people.get(number, 0)
        if target == me.id:
            continue
        if target:
            imported.append((card.client_id, target))
        lines.append(Line(target, number, first or last, last if first else ""))
    if lines:
        await _write(app, me, lines)
    return Imported(imported, retry)


async def ask_about(
    app: App, me: Actor, typed: str, *, ip: str | None, also: Sequence[Claim] = ()
) -> None:
    """Count that ``me`` asks whether a number is a member's; for every door that then tells.

    ``also`` is judged and charged with it. FLOOD_WAIT_X where it is too much.
    """
    number = phones.canonical(typed)
    await asking.admit(app, me, [number] if number else [], ip=ip, also=also)


def phones_of(typed: str, country: str | None) -> str | None:
    """Canonical digits of a number in somebody's address book, where national forms are usual."""
    text = typed.strip()
    if country and text.startswith("0") and not text.startswith("00"):
        import phonenumbers

        try:
            number = phonenumbers.parse(text[: phones.MAX_TYPED_CHARACTERS], country)
        except phonenumbers.NumberParseException:
            return None
        return f"{number.country_code}{number.national_number}"
    return phones.canonical(text)


async def _findable(app: App, viewer: int, numbers: Iterable[str]) -> dict[str, int]:
    """Phone -> person, of those whose rules let ``viewer`` find them by phone."""
    rows = await accounts.by_phones(app.store, numbers)
    allowed = await privacy.allowed(
        app, "added_by_phone", [row.id for row in rows.values()], viewer
    )
    return {phone: row.id for phone, row in rows.items() if row.id in allowed}


def _names(first: str, last: str) -> tuple[str, str]:
    return " ".join(first.split())[:NAME_MAX], " ".join(last.split())[:NAME_MAX]


async def _write(app: App, me: Actor, lines: Sequence[Line]) -> list[Event]:
    targets = [line.target for line in lines if line.target]
    with accounts.changing(app, me.id, *targets):
        return await app.store.write(_put, me, lines, int(app.clock.now()))


async def _put(tx: Tx, me: Actor, lines: Sequence[Line], at: int) -> list[Event]:
    """One line per person and per waiting phone: what stood there before is replaced."""
    targets = {line.target for line in lines if line.target}
    if targets:
        await tx.run(q.REMOVE_TARGETS, owner=me.id, ids=list(targets))
    numbers = [line.phone for line in lines if line.phone]
    if numbers:
        await tx.run(q.REMOVE_PHONES, owner=me.id, phones=numbers)
    last = {line.target or line.phone: line for line in lines}
    await tx.many(
        q.PUT,
        [
            {
                "owner": me.id,
                "target": line.target,
                "phone": line.phone,
                "first_name": line.first_name,
                "last_name": line.last_name,
                "at": at,
            }
            for line in last.values()
        ],
    )
    return await _tell(tx, me, targets, at)


async def _tell(tx: Tx, me: Actor, targets: set[int], at: int) -> list[Event]:
    """My devices learn of each change; so do those whose "mutual contact" mark it moves."""
    if len(targets) > TOLD_ONE_BY_ONE:
        return [await log.state(tx, me.id, "contacts_reset", "", {}, at=at, by=me)]
    mutual = (await social_graph.ties(tx, me.id, targets)).theirs
    pairs = [(me.id, target) for target in targets] + [(target, me.id) for target in mutual]
    return [await tell_settings(tx, owner, peer, at, me) for owner, peer in sorted(pairs)]


async def tell_settings(tx: Tx, owner: int, peer: int, at: int, by: Actor) -> Event:
    """The owner's devices are to see the user (marks, names) and the bar of the chat anew."""
    return await log.state(tx, owner, "peer_settings", str(peer), {"peer": peer}, at=at, by=by)


# ── single people ───────────────────────────────────────────────────────────────────────────────


async def add(
    app: App,
    me: Actor,
    target: int,
    first_name: str,
    last_name: str,
    phone: str,
    *,
    share_phone: bool = False,
    ip: str | None = None,
) -> list[Event]:
    """Put ``target`` into my contacts under these names; with ``share_phone`` they may see my
    number.

    Whether ``phone`` is theirs can be seen afterwards, so it is counted as asked about (``ip``: the
    caller's address; None: not counted). Raises CONTACT_ID_INVALID, CONTACT_NAME_EMPTY,
    FLOOD_WAIT_X.
    """
    row = await accounts.get(app, target)
    if row is None or row.deleted_at is not None or target == me.id or row.kind != PERSON:
        raise Fault("CONTACT_ID_INVALID")
    first, last = _names(first_name, last_name)
    if not first:
        raise Fault("CONTACT_NAME_EMPTY")
    known = phones.canonical(phone) or ""
    shown = row.phone if await privacy.allows(app, "phone_number", target, me.id) else None
    if not known and shown:
        known = shown
    elif known and known != shown:
        await ask_about(app, me, known, ip=ip)
    events = []
    if share_phone:
        events = await _share_phone(app, me, target)
    return events + await _write(app, me, [Line(target, known, first, last)])


async def accept(app: App, me: Actor, target: int) -> list[Event]:
    """Let somebody who has me in the contacts see my phone, and have them in mine.

    Raises CONTACT_ID_INVALID, CONTACT_REQ_MISSING.
    """
    row = await accounts.get(app, target)
    if row is None or row.deleted_at is not None or target == me.id:
        raise Fault("CONTACT_ID_INVALID")
    ties = await social_graph.ties(app.store, me.id, (target,))
    if target not in ties.theirs:
        raise Fault("CONTACT_REQ_MISSING")
    if target not in ties.mine:
        return await add(app, me, target, row.first_name, row.last_name, "", share_phone=True)
    events = await _share_phone(app, me, target)
    with accounts.changing(app, me.id, target):
        event = await app.store.write(tell_settings, me.id, target, int(app.clock.now()), me)
    return [*events, event]


async def _share_phone(app: App, me: Actor, target: int) -> list[Event]:
    rules = await privacy.get(app, me.id, "phone_number")
    kept = [(rule, [id for id in ids if id != target]) for rule, ids in rules]
    named = next((ids for rule, ids in kept if rule == "allow_users"), [])
    others = [(r, i) for r, i in kept if r != "allow_users" and (i or not r.endswith("_users"))]
    return await privacy.set_rules(
        app, me, "phone_number", [("allow_users", sorted({*named, target})), *others]
    )


async def remove(app: App, me: Actor, targets: Sequence[int]) -> list[Event]:
    """Take people out of my contacts; those who are not in it are passed over."""
    lines = await app.store.rows(q.OF_TARGETS, owner=me.id, ids=list(targets))
    return await _remove(app, me, {line.target for line in lines}, [])


async def remove_phones(app: App, me: Actor, typed: Iterable[str]) -> list[Event]:
    """Take numbers out of my address book, with whoever they belong to."""
    row = await accounts.get(app, me.id)
    country = row.country if row is not None else None
    numbers = [number for phone in typed if (number := phones_of(phone, country))]
    if not numbers:
        return []
    lines = await app.store.rows(q.OF_PHONES, owner=me.id, phones=numbers)
    return await _remove(app, me, {line.target for line in lines if line.target}, numbers)


async def _remove(app: App, me: Actor, targets: set[int], numbers: list[str]) -> list[Event]:
    if not targets and not numbers:
        return []
    with accounts.changing(app, me.id, *targets):
        return await app.store.write(_delete, me, targets, numbers, int(app.clock.now()))


async def _delete(tx: Tx, me: Actor, targets: set[int], numbers: list[str], at: int) -> list[Event]:
    if targets:
        await tx.run(q.REMOVE_TARGETS, owner=me.id, ids=list(targets))
    if numbers:
        await tx.run(q.REMOVE_PHONES, owner=me.id, phones=numbers)
    return await _tell(tx, me, targets, at)


async def forget_waiting(app: App, me: Actor) -> None:
    """Drop the saved numbers that belong to nobody here (contacts.resetSaved)."""
    await app.store.write(_forget_waiting, me.id)


async def _forget_waiting(tx: Tx, owner: int) -> None:
    await tx.run(q.REMOVE_WAITING, owner=owner)


async def forget(tx: Tx, owner: int) -> None:
    """Drop the owner's address book, block lists and closed bars (the account is being deleted)."""
    for query in (q.FORGET_BOOK, q.FORGET_BLOCKS, q.FORGET_BARS, q.FORGET_ASKED):
        await tx.run(query, owner=owner)


# ── looking ─────────────────────────────────────────────────────────────────────────────────────


async def all_of(app: App, owner: int) -> list[Contact]:
    """The owner's contacts that are people here, in ascending order of their ids, each once."""
    rows = await app.store.rows(q.ALL, owner=owner)
    return list({row.target: row for row in rows}.values())


async def saved(app: App, owner: int) -> list[Contact]:
    """Every line with a phone, also of people who are not here."""
    return await app.store.rows(q.SAVED, owner=owner)


async def count_saved(app: App, owner: int) -> int:
    """How many lines have a phone."""
    row = await app.store.row(q.COUNT_SAVED, owner=owner)
    return row.n if row is not None else 0


async def by_phone(app: App, me: Actor, typed: str, *, ip: str | None = None) -> int:
    """Who has the phone and lets ``me`` find them by it; PHONE_NOT_OCCUPIED.

    Counted as in :func:`ask_about`, which see for ``ip``.
    """
    number = phones.canonical(typed)
    await ask_about(app, me, typed, ip=ip)
    by_number = await _findable(app, me.id, (number,)) if number else {}
    if number is None or number not in by_number:
        raise Fault("PHONE_NOT_OCCUPIED")
    return by_number[number]


async def search(app: App, me: Actor, text: str, limit: int) -> tuple[list[int], list[int]]:
    """People for ``text``: first those I know (any word of name or username), then by username.

    Raises SEARCH_QUERY_EMPTY.
    """
    wanted = fold(text.strip().removeprefix("@")).split()
    if not wanted:
        raise Fault("SEARCH_QUERY_EMPTY")
    size = max(1, min(limit or SEARCH_MAX, SEARCH_MAX))
    known = await social_graph.acquainted(app.store, me.id)
    people = await accounts.get_many(app, known)
    names = await usernames.load_usernames(app.store, known)
    mine = {line.target: line for line in await all_of(app, me.id)}
    hits: list[int] = []
    for account, row in people.items():
        named = mine.get(account) or row
        words = [
            *fold(f"{named.first_name} {named.last_name}").split(),
            names.get(account, "").lower(),
        ]
        if row.deleted_at is None and all(
            any(word.startswith(part) for word in words) for part in wanted
        ):
            hits.append(account)
    others: list[int] = []
    if len(wanted) == 1 and len(wanted[0]) >= GLOBAL_FROM:
        peers = await usernames.beginning_with(app.store, wanted[0], size + len(hits))
        others = [peer for peer in peers if peer not in hits and peer != me.id]
    return hits[:size], others[:size]
