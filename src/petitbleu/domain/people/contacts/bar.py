"""The bar above a chat with somebody who is not a contact: add, block, report, share my phone.

core.telegram.org/api/action-bar
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from petitbleu.app import Actor, App
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.accounts.service import PERSON
from petitbleu.domain.people.contacts import queries as q
from petitbleu.domain.people.contacts.service import tell_settings
from petitbleu.domain.people.privacy import service as privacy
from petitbleu.domain.people.social_graph import service as social_graph
from petitbleu.store.api import Tx


class Bar(NamedTuple):
    """What the bar offers, as ``peerSettings`` has it."""

    report_spam: bool = False
    add_contact: bool = False
    block_contact: bool = False
    share_contact: bool = False
    need_contacts_exception: bool = False


async def bars(app: App, viewer: int, peers: Iterable[int]) -> dict[int, Bar]:
    """What ``viewer`` is offered in the chat with each of ``peers``: as many reads for a thousand
    of them as for one.
    """
    found = dict.fromkeys(peers, Bar())
    rows = await accounts.get_many(app, found)
    people = [
        row.id
        for row in rows.values()
        if row.id != viewer and row.kind == PERSON and row.deleted_at is None
    ]
    if not people:
        return found
    ties = await social_graph.ties(app.store, viewer, people)
    rules = await privacy.rules_of(app, people)
    hidden = {row.peer for row in await app.store.rows(q.BARS_HIDDEN, owner=viewer, peers=people)}
    strangers = [peer for peer in people if peer not in hidden and peer not in ties.mine]
    unasked = await _unasked(app, viewer, strangers)
    for peer in people:
        shares = privacy.permits(rules[peer], "phone_number", peer, viewer, ties)
        if peer in hidden:
            bar = Bar()
        elif peer in ties.mine:
            bar = Bar(share_contact=peer in ties.theirs and not shares)
        else:
            # Together or not at all: TDLib takes one without the other for a mistake.
            bar = Bar(report_spam=peer in unasked, add_contact=True, block_contact=peer in unasked)
        found[peer] = bar._replace(need_contacts_exception=not shares)
    return found


async def _unasked(app: App, viewer: int, strangers: Sequence[int]) -> set[int]:
    """Those of ``strangers`` who began the chat, and are not blocked."""
    if not strangers:
        return set()
    chats = await app.store.rows(q.FIRST_AUTHORS, owner=viewer, peers=strangers)
    began = [chat.peer for chat in chats if chat.author == chat.peer]
    if not began:
        return set()
    blocked = await app.store.rows(q.BLOCKED_OF, owner=viewer, ids=began)
    return {*began} - {row.target for row in blocked}


async def hide(app: App, me: Actor, peer: int) -> None:
    """Close the bar of a chat for good, on all my devices."""
    await app.store.write(_hide, me, peer, int(app.clock.now()))


async def _hide(tx: Tx, me: Actor, peer: int, at: int) -> None:
    await tx.run(q.HIDE_BAR, owner=me.id, peer=peer)
    await tell_settings(tx, me.id, peer, at, me)
