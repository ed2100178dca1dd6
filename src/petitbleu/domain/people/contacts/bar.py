"""The bar above a chat with somebody who is not a contact: add, block, report, share my phone.

core.telegram.org/api/action-bar
"""

from __future__ import annotations

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


async def bar(app: App, viewer: int, peer: int) -> Bar:
    """What ``viewer`` is offered in the chat with ``peer``."""
    row = await accounts.get(app, peer)
    if peer == viewer or row is None or row.kind != PERSON or row.deleted_at is not None:
        return Bar()
    ties = await social_graph.ties(app.store, viewer, (peer,))
    shares = await privacy.allows(app, "phone_number", viewer, peer)
    exception = not shares
    hidden = await app.store.row(q.BAR_HIDDEN, owner=viewer, peer=peer)
    if hidden is not None and hidden.n:
        return Bar(need_contacts_exception=exception)
    if peer in ties.mine:
        return Bar(
            share_contact=peer in ties.theirs and not shares, need_contacts_exception=exception
        )
    first = await app.store.row(q.FIRST_AUTHOR, owner=viewer, peer=peer)
    stranger = first is not None and first.author == peer
    unasked = stranger and not await social_graph.blocked(app, viewer, peer)
    return Bar(
        # Together or not at all: TDLib takes one without the other for a mistake.
        report_spam=unasked,
        add_contact=True,
        block_contact=unasked,
        need_contacts_exception=exception,
    )


async def hide(app: App, me: Actor, peer: int) -> None:
    """Close the bar of a chat for good, on all my devices."""
    await app.store.write(_hide, me, peer, int(app.clock.now()))


async def _hide(tx: Tx, me: Actor, peer: int, at: int) -> None:
    await tx.run(q.HIDE_BAR, owner=me.id, peer=peer)
    await tell_settings(tx, me.id, peer, at, me)
