"""Nobody reads the list of members out by asking for telephone numbers, whichever way they ask."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.contacts import asking
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.store.api import Store
from petitbleu.store.query import query
from petitbleu.tl import api
from tests.kit.world import Client, RpcFault, World, running

FIRST_DAY, DAILY, ADDRESS = 2000, 200, 5000
DAY = 86_400
HOME = "203.0.113.5"
SELF = api.InputPeerSelf()


class Row(NamedTuple):
    owner: int
    number: str


_ROWS = query("select owner, number from asked_number order by owner, number", Row)


@pytest.fixture
async def town(store: Store, tmp_path: Path) -> AsyncIterator[World]:
    """Limits apply to whoever calls from elsewhere (:func:`abroad`)."""
    async with running(World(store, tmp_path)) as made:
        yield made


async def abroad(town: World, *, ip: str = HOME, age: int = 0) -> Client:
    """A new account that calls from ``ip``, so many seconds after its beginning."""
    client = await town.sign_up("Mallory")
    client.link.ip = ip
    town.clock.advance(age)
    return client


async def member(town: World, phone: str) -> int:
    """Somebody whom everybody may find by the number."""
    made = await town.app.store.write(
        accounts.create, at=int(town.clock.now()), phone=phone, first_name="Bob"
    )
    return made.id


def numbers(count: int, begin: int = 0) -> list[str]:
    return [f"3361{begin + n:07d}" for n in range(count)]


def cards(phones: list[str]) -> Any:
    return api.contacts.ImportContacts(
        contacts=[
            api.InputPhoneContact(client_id=n, phone=phone, first_name="P", last_name="")
            for n, phone in enumerate(phones)
        ]
    )


async def fault(call: Awaitable[Any]) -> str:
    with pytest.raises(RpcFault) as refused:
        await call
    return refused.value.message


# ── the doors: each gives True where it told that the number is a member's ───────────────────────

Door = Callable[[World, Client, str, int], Awaitable[bool]]


async def by_import(town: World, client: Client, phone: str, who: int) -> bool:
    made = await client.call(cards([phone]))
    return [one.user_id for one in made.imported] == [who]


async def by_phone(town: World, client: Client, phone: str, who: int) -> bool:
    found = await client.call(api.contacts.ResolvePhone(phone=phone))
    return bool(found.peer.user_id == who)


async def by_card(town: World, client: Client, phone: str, who: int) -> bool:
    card = api.InputMediaContact(phone_number=phone, first_name="B", last_name="", vcard="")
    sent = await client.call(api.messages.SendMedia(peer=SELF, media=card, message="", random_id=7))
    shown = [u.message.media for u in sent.updates if hasattr(u, "message")]
    return [one.user_id for one in shown] == [who]


async def by_change(town: World, client: Client, phone: str, who: int) -> bool:
    ask = api.account.SendChangePhoneCode(phone_number=phone, settings=api.CodeSettings())
    try:
        await client.call(ask)
    except RpcFault as refused:
        if refused.message == "PHONE_NUMBER_OCCUPIED":
            return True
        raise
    return False


async def by_contact(town: World, client: Client, phone: str, who: int) -> bool:
    """A contact whose number is the one that was typed is shown with it."""
    name, now = "bob_the_member", int(town.clock.now())
    if await usernames.resolve(town.app.store, name) is None:
        await town.app.store.write(usernames.take, who, name, now)
    found = await client.call(api.contacts.ResolveUsername(username="bob_the_member"))
    user = api.InputUser(user_id=who, access_hash=found.users[0].access_hash)
    added = await client.call(
        api.contacts.AddContact(id=user, first_name="B", last_name="", phone=phone)
    )
    return any(one.phone == phone for one in added.users if one.id == who)


DOORS = {
    "importContacts": by_import,
    "resolvePhone": by_phone,
    "inputMediaContact": by_card,
    "sendChangePhoneCode": by_change,
    "addContact": by_contact,
}
BOB = "33611119999"


@pytest.mark.parametrize("name", DOORS)
async def test_every_door_tells_before_the_limit_and_none_beyond_it(town: World, name: str) -> None:
    """The same count for all: used up by one door, it is used up for every other."""
    who = await member(town, BOB)
    early = await abroad(town, ip="203.0.113.6", age=DAY)
    assert await DOORS[name](town, early, BOB, who)
    late = await abroad(town, age=DAY)
    made = await late.call(cards(numbers(DAILY)))
    assert not made.retry_contacts
    town.clock.advance(60)
    try:
        told = await DOORS[name](town, late, BOB, who)
    except RpcFault as refused:
        assert refused.message.startswith("FLOOD_WAIT_"), refused.message
        told = False
    assert not told


async def test_a_first_day_takes_a_whole_address_book_and_no_more(town: World) -> None:
    client = await abroad(town)
    made = await client.call(cards(numbers(FIRST_DAY)))
    assert not made.retry_contacts
    # Numbers asked about before are answered, new ones are to be tried again later.
    made = await client.call(cards([*numbers(3), *numbers(2, FIRST_DAY)]))
    assert made.retry_contacts == [3, 4]
    waits = await fault(client.call(cards(numbers(2, FIRST_DAY))))
    assert waits.startswith("FLOOD_WAIT_") and 23 * 3600 <= int(waits[11:]) <= DAY
    # Emptying the address book empties no count.
    assert await client.call(api.contacts.ResetSaved())
    assert await fault(client.call(cards(numbers(1, FIRST_DAY))))


async def test_later_days_take_two_hundred_new_numbers_each(town: World) -> None:
    client = await abroad(town)
    await client.call(cards(numbers(FIRST_DAY)))
    town.clock.advance(DAY)
    at = FIRST_DAY
    for _ in range(3):
        made = await client.call(cards(numbers(DAILY + 50, at)))
        assert len(made.retry_contacts) == 50
        assert (await fault(client.call(cards(numbers(50, at + DAILY))))).startswith("FLOOD_WAIT_")
        at += DAILY
        town.clock.advance(DAY)


async def test_partial_imports_take_the_first_cards_in_their_order(town: World) -> None:
    client = await abroad(town, age=DAY)
    made = await client.call(cards(numbers(DAILY + 3)))
    assert made.retry_contacts == [DAILY, DAILY + 1, DAILY + 2]


async def test_a_number_counts_once_in_thirty_days(town: World) -> None:
    client = await abroad(town, age=DAY)
    for _ in range(3):
        made = await client.call(cards(numbers(DAILY)))
        assert not made.retry_contacts
        await client.call(api.contacts.ResetSaved())
        town.clock.advance(60)
    rows = await town.app.store.rows(_ROWS)
    assert len(rows) == DAILY
    town.clock.advance(30 * DAY)
    await town.app.store.background(asking.prune, int(town.clock.now()))
    assert await town.app.store.rows(_ROWS) == []
    made = await client.call(cards(numbers(DAILY)))
    assert not made.retry_contacts
    assert await fault(client.call(cards(numbers(1, 9000))))


async def test_what_stands_in_the_address_book_is_not_asked_about_again(town: World) -> None:
    client = await abroad(town, age=DAY)
    await client.call(cards(numbers(DAILY)))
    town.clock.advance(31 * DAY)
    made = await client.call(cards([*numbers(DAILY), *numbers(DAILY, 5000)]))
    assert not made.retry_contacts


async def test_numbers_are_kept_as_keyed_digests(town: World) -> None:
    client, other = await abroad(town), await abroad(town)
    for one in (client, other):
        await one.call(cards(numbers(1)))
    rows = await town.app.store.rows(_ROWS)
    assert [row[0] for row in rows] == sorted((client.user_id, other.user_id))
    assert rows[0][1] != rows[1][1]  # nobody sees that two asked about one number
    assert not any(numbers(1)[0] in row[1] for row in rows)


@pytest.mark.turns(2)
@pytest.mark.parametrize(
    ("addresses", "shared"),
    [
        ((HOME, HOME, HOME), True),
        (("2001:db8:1:2::1", "2001:db8:1:2::2", "2001:db8:1:2:ffff::3"), True),
        (("203.0.113.5", "203.0.113.6", "203.0.113.7"), False),
        (("2001:db8:1:2::1", "2001:db8:1:3::1", "2001:db8:1:4::1"), False),
    ],
)
async def test_young_accounts_of_one_address_ask_together(
    town: World, addresses: tuple[str, ...], shared: bool
) -> None:
    answered = 0
    for ip in addresses:
        client = await abroad(town, ip=ip)
        made = await client.call(cards(numbers(FIRST_DAY)))
        answered += FIRST_DAY - len(made.retry_contacts)
    assert answered == (ADDRESS if shared else 3 * FIRST_DAY)


async def test_older_accounts_do_not_count_for_their_address(town: World) -> None:
    old = await abroad(town, age=7 * DAY)
    for _ in range(3):
        client = await abroad(town)
        await client.call(cards(numbers(FIRST_DAY)))
    assert await fault((await abroad(town)).call(cards(numbers(1))))
    made = await old.call(cards(numbers(DAILY)))
    assert not made.retry_contacts


async def test_a_refused_call_counts_nothing(town: World) -> None:
    """Where the rules of codes refuse a change of number, no number was asked about."""
    client = await abroad(town, age=DAY)
    refused = []
    for phone in numbers(40):
        ask = api.account.SendChangePhoneCode(phone_number=phone, settings=api.CodeSettings())
        try:
            await client.call(ask)
        except RpcFault as fault:
            refused.append(fault.message)
        town.clock.advance(6)
    assert refused and all(one.startswith("FLOOD_WAIT_") for one in refused)
    assert len(await town.app.store.rows(_ROWS)) == 40 - len(refused)


# ── every door there is ─────────────────────────────────────────────────────────────────────────

ASK_FIRST = {
    "domain/people/contacts/service.py",
    "domain/files/media/rpc_input.py",
    "domain/registration/phone_change/service.py",
}
"""Look-ups of numbers behind ``contacts.ask_about``; each has its door in :data:`DOORS`."""
TELL_NOTHING = {
    "domain/registration/auth/rpc.py",  # judges limits
    "domain/registration/auth/codes.py",  # a number nobody has is answered like a member's
    "domain/registration/auth/service.py",  # after the code of that number
    "domain/people/accounts/service.py",  # inside transactions of others
    "domain/access/joining/service.py",  # the operator, and invited people who are answered alike
    "domain/transfer/imports/admin.py",  # the operator
    "domain/transfer/imports/people.py",
    "desk/outside/service.py",  # the link goes to the member's own chat, the page says the same
}


def test_whoever_looks_up_a_number_counts_it_or_tells_nothing() -> None:
    """A new door that looks for accounts by number has to be counted (or named here, with why)."""
    source = Path(accounts.__file__).resolve().parents[3]
    found = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if re.search(r"\b(?:accounts\.)?by_phones?\((?!self)", path.read_text("utf-8"))
    }
    # Callers of the counted look-up itself, which names a person only after it was counted.
    found -= {"domain/people/contacts/rpc.py"}
    assert found == ASK_FIRST | TELL_NOTHING
