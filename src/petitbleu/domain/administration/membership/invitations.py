"""Whom somebody may bring into a chat: privacy, blocks, those who left or were put out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from petitbleu import rates
from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats.service import BASIC, ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.rights import BAN, LEFT, MEMBER, OUT, may, role
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.privacy import service as privacy
from petitbleu.domain.people.social_graph import service as social_graph
from petitbleu.errors import Fault
from petitbleu.rates import Charge, Claim

GROUP_MAX = 200
"""Members of a basic group (``chat_size_max`` of help.getConfig)."""
SUPERGROUP_MAX = 200_000
CHANNELS_MAX = 500
"""Supergroups and channels somebody may be in (``channels_limit_default`` of help.getAppConfig)."""


class Guests(NamedTuple):
    """Of those to be brought in: who can be, and whose privacy is against it."""

    welcome: list[int]
    missing: list[int]


async def guests(app: App, me: Actor, wanted: Sequence[int]) -> Guests:
    """Who among ``wanted`` lets me bring them into a new chat.

    Raises INPUT_USER_DEACTIVATED, USER_ID_INVALID.
    """
    people = [one for one in dict.fromkeys(wanted) if one != me.id]
    rows = await accounts.get_many(app, people)
    for account in people:
        row = rows.get(account)
        if row is None or row.kind == accounts.SERVICE:
            raise Fault("USER_ID_INVALID")
        if row.deleted_at is not None:
            raise Fault("INPUT_USER_DEACTIVATED")
    open_to_me = await privacy.allowed(app, "chat_invite", people, me.id)
    ties = await social_graph.ties(app.store, me.id, people)
    welcome = [person for person in people if person in open_to_me and person not in ties.blockers]
    return Guests(welcome, [person for person in people if person not in welcome])


async def returning(app: App, me: Actor, chat: ChatRow, account: int) -> bool:
    """Whether I may bring back somebody with a past in the chat; True where there is none.

    Who left comes back only for mutual contacts; who was put out only through an admin who may put
    people out. Raises USER_NOT_MUTUAL_CONTACT, USER_KICKED (CHAT_MEMBER_ADD_FAILED in a basic
    group), and gives False for somebody who is inside.
    """
    now = app.clock.now()
    past = await members.load_member(app, chat.id, account)
    standing = role(past, now)
    if standing >= MEMBER:
        return False
    if standing == OUT:
        mine = await members.load_member(app, chat.id, me.id)
        if not may(chat, mine, BAN, now):
            raise Fault("CHAT_MEMBER_ADD_FAILED" if chat.kind == BASIC else "USER_KICKED")
    elif past is not None and past.role == LEFT and past.joined_at:
        ties = await social_graph.ties(app.store, me.id, [account])
        if account not in ties.mine or account not in ties.theirs:
            raise Fault("USER_NOT_MUTUAL_CONTACT")
    return True


def charge_adding(app: App, me: Actor, people: int, ip: str | None) -> Charge:
    """What putting so many people into a chat counts for me (``ip``: the caller's address; None:
    it is not counted).
    """
    if not people:
        return rates.NOTHING
    return rates.charge_of(app, ip, Claim("people_added", (str(me.id),), people))


def charge_moving(app: App, me: Actor, ip: str | None) -> Charge:
    """What joining a chat, asking to be let in, or leaving counts for me."""
    return rates.charge_of(app, ip, Claim("joins_leaves", (str(me.id),)))


async def room_for_channels(app: App, account: int, fault: str) -> None:
    """Raise ``fault`` where the account is in as many channels as one may be."""
    if len(await members.channels_of(app.store, account)) >= CHANNELS_MAX:
        raise Fault(fault)
