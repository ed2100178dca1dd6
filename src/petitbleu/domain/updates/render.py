"""Rendering events as TL for one viewer: pushes, differences and answers all come through here.

A room's ``updates.py`` declares its kinds::

    @renders("message.new")
    async def message_new(view: View, events: Sequence[Event]) -> None:
        for event in events:
            view.add(event, api.UpdateNewMessage(message=..., pts=event.pts, pts_count=event.count))
            view.users.add(event.data["author"])

A renderer gets *all* events of its kind at once, so that a difference of 1,000 messages costs a
handful of
queries. Whoever is named in an update, a person, group or channel, must be put in ``view.users``
(peer numbers): clients drop updates about peers they do not know.

``event.owner`` is the viewer, or the channel (a negative number) whose event it is. ``view.viewer``
is 0 where one form is made for all members of a channel that have nothing of their own in it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, NamedTuple

from petitbleu.app import App
from petitbleu.domain.updates.log import Event
from petitbleu.domain.updates.service import Reach


class View:
    """What a rendering gathers for ``viewer`` (a user id; 0: members of a channel, all alike)."""

    __slots__ = ("app", "chats", "country", "messages", "reach", "updates", "users", "viewer")

    def __init__(
        self, app: App, viewer: int, country: str | None = None, reach: Reach | None = None
    ) -> None:
        self.app = app
        self.viewer = viewer
        self.country = country
        """Where the members are that viewer 0 stands for, if that decides what they may see."""
        self.reach = reach
        """In a difference: what the viewer's device knows at its end. None in pushes and answers,
        whose updates are taken in order of pts."""
        self.updates: list[tuple[Event, Any]] = []
        """(event, TL Update), any order: the caller sorts by pts."""
        self.messages: list[tuple[Event, Any]] = []
        """(event, TL Message) of *new* messages: getDifference gives them in ``new_messages``."""
        self.users: set[int] = set()
        """Everybody named: people and chats, by peer number."""
        self.chats: set[int] = set()

    def add(self, event: Event, update: Any, message: Any = None) -> None:
        """One TL update for ``event``; ``message`` is its Message where the event is a new
        message.
        """
        self.updates.append((event, update))
        if message is not None:
            self.messages.append((event, message))


Renderer = Callable[[View, Sequence[Event]], Awaitable[None]]

RENDERERS: dict[str, Renderer] = {}
RENDERED_LAST: set[str] = set()


def renders(kind: str, *, last: bool = False) -> Callable[[Renderer], Renderer]:
    """Declare how events of ``kind`` look; ``last``: it looks at what the others have rendered."""

    def register(renderer: Renderer) -> Renderer:
        if kind in RENDERERS:
            raise RuntimeError(f"event kind {kind} is rendered twice")
        RENDERERS[kind] = renderer
        if last:
            RENDERED_LAST.add(kind)
        return renderer

    return register


async def render(
    app: App,
    viewer: int,
    events: Sequence[Event],
    country: str | None = None,
    reach: Reach | None = None,
) -> View:
    """Render ``events`` (any kinds) for ``viewer``; ``country`` and ``reach``: see
    :class:`View`.
    """
    view = View(app, viewer, country, reach)
    by_kind: dict[str, list[Event]] = {}
    for event in events:
        by_kind.setdefault(event.kind, []).append(event)
    # Pushes are taken one by one, so only a difference has a last.
    kinds = by_kind if reach is None else sorted(by_kind, key=RENDERED_LAST.__contains__)
    for kind in kinds:
        group, renderer = by_kind[kind], RENDERERS.get(kind)
        if renderer is None:
            raise RuntimeError(f"no renderer for event kind {kind}")
        await renderer(view, group)
    return view


class Likeness(NamedTuple):
    """How events that share :attr:`Emit.alike` are rendered once for many people."""

    classes: Callable[[App, Mapping[int, Sequence[Event]]], Awaitable[list[list[int]]]]
    """``classes(app, {owner: events})`` -> lists of owners. Within a list the renderings differ in
    the numbers of :attr:`renumber` and in how each person sees the people named, in nothing else;
    the chats named look the same to all. Whoever is in no list is told alone."""
    renumber: Callable[[Any, Event], None]
    """``renumber(update, event)``: turn an update made for another of the list into that of
    ``event`` (pts, ids)."""


LIKENESSES: dict[str, Likeness] = {}
"""Kind of event -> its likeness, for the kinds that have one. Filled at import."""
