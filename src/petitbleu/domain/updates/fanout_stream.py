"""The events of one owner on their way out, and which session is to be told of which."""

from __future__ import annotations

import asyncio
from typing import Any

from petitbleu.app import App
from petitbleu.domain.updates.log import Emit, Event
from petitbleu.ids import bare
from petitbleu.rpc.links import RpcSession, encoded
from petitbleu.tl import api

MISSED_SECONDS = 2
UNKNOWN = -1
"""The pts of a stream whose owner's counter is being read."""


class Stream:
    """The events of one owner on their way out."""

    __slots__ = ("busy", "held", "pts", "ready", "timer")

    def __init__(self, pts: int) -> None:
        self.pts = pts
        """The newest pts handed on, in order."""
        self.ready: list[Emit] = []
        self.held: dict[int, Emit] | None = None
        """Events that came before an earlier one: start pts -> emit."""
        self.busy = False
        """A delivery is running: order is kept by not starting another."""
        self.timer: asyncio.TimerHandle | None = None

    @property
    def begun(self) -> int:
        """The newest pts whose delivery has begun; 0: none, or it is not known."""
        for emit in self.ready:
            if emit.event.pts:
                return emit.event.pts - emit.event.count
        return max(self.pts, 0)

    def hold(self, emit: Emit) -> None:
        """Keep an event that came before an earlier one."""
        if self.held is None:
            self.held = {}
        self.held[emit.event.pts - emit.event.count] = emit

    def advance(self) -> None:
        """Take what was held and is next."""
        while self.held:
            following = self.held.pop(self.pts, None)
            if following is None:
                break
            self.pts = following.event.pts
            self.ready.append(following)

    def seed(self, pts: int) -> None:
        """The owner's counter stood at ``pts`` when this process began to be told."""
        if self.pts == UNKNOWN:
            self.pts = pts
            self.held = {start: held for start, held in (self.held or {}).items() if start >= pts}
            self.advance()


class Missed:
    """Sessions that could not be pushed to, as their queue was full: they are to ask. One per
    process.
    """

    __slots__ = ("_app", "_sessions")

    def __init__(self, app: App) -> None:
        self._app = app
        self._sessions: set[RpcSession] = set()

    def note(self, link: RpcSession) -> None:
        """A push was refused."""
        link.missed = True
        if not self._sessions:
            asyncio.get_running_loop().call_later(MISSED_SECONDS, self.retry)
        self._sessions.add(link)

    def too_long(self, links: list[RpcSession]) -> None:
        """Have sessions ask for the difference."""
        made: dict[int, bytes] = {}
        for link in links:
            if link.push(encoded(api.UpdatesTooLong(), link, made)):
                link.missed = False
            else:
                self.note(link)

    def retry(self) -> None:
        """Try those again whose push was refused."""
        missed, self._sessions = self._sessions, set()
        live = self._app.sessions
        if live is not None:
            self.too_long([link for link in missed if link in live.of_user(link.user_id)])


def is_answered(links: list[RpcSession], emit: Emit) -> bool:
    """Whether the only session there is made the call itself, so that its answer tells the news."""
    if emit.skip is None or len(links) != 1:
        return False
    (link,) = links
    if (link.auth_key_id, link.session_id) != emit.skip:
        return False
    if link.wants_updates:
        link.last_pts = max(link.last_pts, emit.event.pts)
    return True


def nothing(event: Event) -> Any:
    """What takes the number of an event that shows nothing any more (its message was deleted, or
    is not theirs to see), as on Telegram: a hole would make every client ask for the difference,
    and Telethon drops from that what is no new message.
    """
    if event.owner > 0:
        return api.UpdateDeleteMessages(messages=[], pts=event.pts, pts_count=event.count)
    return api.UpdateDeleteChannelMessages(
        channel_id=bare(event.owner), messages=[], pts=event.pts, pts_count=event.count
    )


def select(links: list[RpcSession], emits: list[Emit]) -> dict[tuple[int, ...], list[RpcSession]]:
    """Which of the emits each session is to be told -> the sessions with that selection."""
    wanted: dict[tuple[int, ...], list[RpcSession]] = {}
    for link in links:
        chosen = tuple(i for i, emit in enumerate(emits) if _concerns(link, emit))
        if chosen:
            wanted.setdefault(chosen, []).append(link)
    return wanted


def _concerns(link: RpcSession, emit: Emit) -> bool:
    """Whether a session is to be told; notes how far it is."""
    event: Event = emit.event
    if emit.only_auth and emit.only_auth != link.auth_key_id:
        return False
    if event.pts and event.owner > 0:
        if event.pts <= link.last_pts:
            return False
        link.last_pts = event.pts
    skip = emit.skip
    told = skip is None or skip[0] != link.auth_key_id or skip[1] != link.session_id
    if told and not emit.passing:
        link.told += 1
    return told
