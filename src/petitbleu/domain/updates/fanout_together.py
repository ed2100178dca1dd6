"""Telling many people the same thing at once: rendered once, numbered for each of them.

A message in a basic group is an event of each member, with numbers of their own. Who is told alike
is the business of the room whose event it is (:class:`~petitbleu.domain.updates.render.Likeness`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from petitbleu.app import App
from petitbleu.domain.communities.chats import views as chat_views
from petitbleu.domain.people.accounts import views as accounts
from petitbleu.domain.updates.log import Emit
from petitbleu.domain.updates.render import LIKENESSES, Likeness, View, render
from petitbleu.rpc.links import RpcSession, encoded
from petitbleu.tl import api, forms
from petitbleu.tl.objects import Raw

ENOUGH = 4
"""People for whom sorting out who sees what alike is worth it."""


def key(emits: Sequence[Emit]) -> tuple[int, ...]:
    """Equal for people to whom ``emits`` tell the same; empty where that cannot be."""
    kind = emits[0].event.kind
    if kind not in LIKENESSES:
        return ()
    shared = []
    for emit in emits:
        if emit.alike is None or emit.event.kind != kind:
            return ()
        shared.append(id(emit.alike))
    return tuple(shared)


class Rendering:
    """What several people are told, rendered for one of them."""

    __slots__ = ("_app", "_chats", "_encoded_chats", "_likeness", "_people", "_updates", "owners")

    def __init__(
        self, app: App, likeness: Likeness, owners: list[int], view: View, chats: list[Any]
    ) -> None:
        self._app = app
        self._likeness = likeness
        self._updates = [update for _, update in view.updates]
        self._people = [user for user in view.users | view.chats if user > 0]
        self._chats = chats
        self._encoded_chats: dict[int, list[Any]] = {}
        self.owners = owners

    async def bodies(
        self, owner: int, emits: Sequence[Emit], wanted: Mapping[tuple[int, ...], list[RpcSession]]
    ) -> list[tuple[RpcSession, bytes]]:
        """What each session of ``owner`` is pushed; ``wanted``: which of ``emits`` -> sessions."""
        users = await self.users(owner, {link.form for links in wanted.values() for link in links})
        date = int(self._app.clock.now())
        sends = []
        for chosen, links in wanted.items():
            made: dict[int, bytes] = {}
            for link in links:
                form = link.form
                body = made.get(form)
                if body is None:
                    container = self.container(emits, chosen, users[form], date, form)
                    body = encoded(container, link, made)
                sends.append((link, body))
        return sends

    async def users(self, owner: int, wanted: Iterable[int]) -> dict[int, list[Raw]]:
        """Form -> the people named, as ``owner`` sees them."""
        return await accounts.encoded(self._app, owner, self._people, wanted)

    def container(
        self, emits: Sequence[Emit], chosen: Iterable[int], users: list[Any], date: int, form: int
    ) -> Any:
        """What the owner of ``emits`` is told in one form, with the updates that are chosen."""
        renumber = self._likeness.renumber
        updates = []
        for i in chosen:
            update = self._updates[i]
            renumber(update, emits[i].event)
            updates.append(update)
        chats = self._encoded_chats.get(form)
        if chats is None:
            chats = [Raw(forms.encode(chat, form)) for chat in self._chats]
            self._encoded_chats[form] = chats
        return api.Updates(updates=updates, users=users, chats=chats, date=date, seq=0)


async def renderings(app: App, told: Mapping[int, Sequence[Emit]]) -> list[Rendering]:
    """One for each list of people who are told alike; ``told``: owner -> emits of one key."""
    if len(told) < ENOUGH:
        return []
    events = {owner: [emit.event for emit in emits] for owner, emits in told.items()}
    (first, *_) = events.values()
    likeness = LIKENESSES[first[0].kind]
    results = []
    for owners in await likeness.classes(app, events):
        own = events[owners[0]]
        view = await render(app, owners[0], own)
        if [event for event, _ in view.updates] != own:
            continue  # something in it is not to be shown, or not as one update
        _, chats = await chat_views.named(app, owners[0], [user for user in view.users if user < 0])
        results.append(Rendering(app, likeness, owners, view, chats))
    return results
