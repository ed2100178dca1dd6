"""Contacts, blocks and the chat's bar -> TL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from petitbleu.app import App
from petitbleu.domain.communities.chats import views as chat_views
from petitbleu.domain.messaging.peers.views import peer_of
from petitbleu.domain.people.accounts import views as accounts
from petitbleu.domain.people.contacts import bar
from petitbleu.domain.people.contacts.queries import Block
from petitbleu.domain.people.social_graph.service import Contact
from petitbleu.tl import api

_MASK = (1 << 64) - 1


def hash_of(numbers: Iterable[int]) -> int:
    """The documented fold of a list of numbers (core.telegram.org/api/offsets#hash-generation), as
    the signed 64-bit number of TL.
    """
    folded = 0
    for number in numbers:
        folded ^= folded >> 21
        folded ^= (folded << 35) & _MASK
        folded ^= folded >> 4
        folded = (folded + number) & _MASK
    return folded - (1 << 64) if folded >> 63 else folded


def contacts_hash(saved: int, contacts: Iterable[Contact]) -> int:
    """The hash of a contact list: the count of saved lines, then the ids in ascending order."""
    return hash_of([saved, *(line.target for line in contacts)])


async def contacts(
    app: App, viewer: int, lines: Sequence[Contact], saved: int
) -> api.contacts.Contacts:
    """contacts.contacts"""
    users = await accounts.users(app, viewer, [line.target for line in lines])
    return api.contacts.Contacts(
        contacts=[api.Contact(user_id=user.id, mutual=user.mutual_contact) for user in users],
        saved_count=saved,
        users=users,
    )


async def resolved(app: App, viewer: int, peer: int) -> api.contacts.ResolvedPeer:
    """contacts.resolvedPeer"""
    users, chats = await chat_views.named(app, viewer, (peer,))
    return api.contacts.ResolvedPeer(peer=peer_of(peer), chats=chats, users=users)


async def found(
    app: App, viewer: int, mine: Sequence[int], others: Sequence[int]
) -> api.contacts.Found:
    """contacts.found"""
    users, chats = await chat_views.named(app, viewer, [*mine, *others])
    return api.contacts.Found(
        my_results=[peer_of(peer) for peer in mine],
        results=[peer_of(other) for other in others],
        chats=chats,
        users=users,
    )


async def blocked(app: App, viewer: int, entries: Sequence[Block], count: int, offset: int) -> Any:
    """contacts.blocked where the whole list is given, else contacts.blockedSlice."""
    fields: dict[str, Any] = {
        "blocked": [
            api.PeerBlocked(peer_id=peer_of(entry.target), date=entry.at) for entry in entries
        ],
        "chats": [],
        "users": await accounts.users(app, viewer, [entry.target for entry in entries]),
    }
    if offset <= 0 and len(entries) >= count:
        return api.contacts.Blocked(**fields)
    return api.contacts.BlockedSlice(count=count, **fields)


async def peer_settings(app: App, viewer: int, peer: int) -> api.PeerSettings:
    """peerSettings: what the bar of the chat offers."""
    return (await peers_settings(app, viewer, (peer,)))[peer]


async def peers_settings(
    app: App, viewer: int, peers: Iterable[int]
) -> dict[int, api.PeerSettings]:
    """The same of several chats."""
    found = await bar.bars(app, viewer, peers)
    return {peer: api.PeerSettings(**offered._asdict()) for peer, offered in found.items()}
