"""``Link``: what the RPC layer knows of one live session, and the table of all of them.

A Link is made by its door for each (auth key, session id), lives as long as the session (it may
outlast a connection) and gives the domain a way to push to it. No socket is known here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from petitbleu.app import Part
from petitbleu.tl import forms

SUBSCRIBED: Part[Callable[[int], Awaitable[None]] | None] = Part(lambda _: None)
"""``subscribed(user_id)``: a session of the user wants updates from now on."""
UNDELIVERED: Part[Callable[[int], Awaitable[None] | None] | None] = Part(lambda _: None)
"""``undelivered(user_id)``: what ends once all that was announced to the user has been pushed; None
where nothing is on its way."""


def encoded(obj: Any, link: RpcSession, made: dict[int, bytes]) -> bytes:
    """What ``link`` is pushed for ``obj``, made once for all sessions of one form.

    ``made``: form -> bytes, of this object. All that is pushed goes through here.
    """
    form = link.form
    body = made.get(form)
    if body is None:
        body = made[form] = forms.encode_push(obj, form)
    return body


def waiting(links: Iterable[RpcSession], session_id: int) -> list[RpcSession]:
    """Which of a key's sessions are told that a device let the key in: the one that asked for the
    code. Of a page all: each of its requests may reach another worker, and has a session there.
    """
    return [one for one in links if one.session_id == session_id or one.form == forms.JSON]


class RpcSession:
    """One live session as seen from above."""

    __slots__ = (
        "actor",
        "auth_key_id",
        "backlog",
        "bound",
        "calls",
        "close",
        "connected",
        "dc",
        "form",
        "gate",
        "heard_at",
        "ip",
        "last_pts",
        "layer",
        "local_address",
        "login",
        "missed",
        "open_binding",
        "port",
        "push",
        "session_id",
        "temp_key_id",
        "told",
        "user_id",
        "wants_updates",
        "watched",
    )

    def __init__(
        self,
        *,
        auth_key_id: int,
        session_id: int,
        push: Callable[[bytes], bool],
        close: Callable[[], None],
        bound: Callable[[int], None] | None = None,
        open_binding: Callable[[int, bytes], Awaitable[tuple[int, ...] | None]] | None = None,
        backlog: Callable[[], int] | None = None,
        temp_key_id: int = 0,
        ip: str = "",
        port: int = 0,
        dc: int = 2,
        local_address: tuple[str, int] = ("127.0.0.1", 8080),
        json: bool = False,
    ) -> None:
        self.auth_key_id = auth_key_id
        """The permanent key; of an unbound temporary key 0."""
        self.temp_key_id = temp_key_id
        self.session_id = session_id
        self.push = push
        """Send one content-related server message (TL bytes); False where the queue is full."""
        self.close = close
        """Drop the connections of this session, once the calls that run now are answered."""
        self.bound = bound
        """``bound(permanent key id)``: the session's temporary key has been bound and stored."""
        self.open_binding = open_binding
        """``open_binding(permanent key id, encrypted message)``: what auth.bindTempAuthKey
        carries, as (msg_id, nonce, temporary id, permanent id, session id, expires_at); None where
        the permanent key does not open it."""
        self.backlog = backlog
        """``backlog()`` -> bytes that wait to be sent to the peer."""
        self.gate: Any = None
        """Held by calls with large answers: few of them are made ahead of the wire."""
        self.ip = ip
        self.port = port
        self.dc = dc
        self.local_address = local_address
        self.user_id = 0
        """Who is signed in, 0: nobody. Kept by :class:`Links`."""
        self.layer = 0
        self.form = forms.JSON if json else 0  # how it is written to: so, or in its layer
        self.login: Any = None
        """The login cache entry of dispatch (``rpc/logins.py``), one for each key."""
        self.actor: Any = None
        """The signed-in person as services see them (made once per login)."""
        self.connected = True
        """Whether a connection carries the session now (kept by the gateway)."""
        self.heard_at = 0.0  # when its peer was last heard, Unix seconds (kept by its door)
        self.wants_updates = False
        """Set once the client asked for its state or difference; invokeWithoutUpdates leaves it."""
        self.watched = 0
        """The person whose channels this session has been found to hear."""
        self.last_pts = 0
        """Newest pts pushed; 0: not yet in step with the event log."""
        self.told = 0  # stored events pushed to it, counted as their delivery begins
        self.missed = False
        """A push was refused (queue full): the client is told to ask for the difference."""
        self.calls: Any = None  # running calls by msg_id: invokeAfterMsg waits on them

    def set_layer(self, layer: int) -> None:
        """The client's layer is known now, or has gone up."""
        self.layer = layer
        if self.form != forms.JSON:
            self.form = layer


class Links:
    """All live sessions of this process by key and by user."""

    __slots__ = ("_by_auth", "_by_user")

    def __init__(self) -> None:
        self._by_auth: dict[int, dict[int, RpcSession]] = {}
        self._by_user: dict[int, dict[tuple[int, int], RpcSession]] = {}

    def add(self, link: RpcSession) -> None:
        """A session was born (or its temporary key was bound)."""
        self._by_auth.setdefault(link.auth_key_id, {})[link.session_id] = link

    def remove(self, link: RpcSession) -> None:
        """A session is gone."""
        of_auth = self._by_auth.get(link.auth_key_id)
        if of_auth is not None and of_auth.get(link.session_id) is link:
            del of_auth[link.session_id]
            if not of_auth:
                del self._by_auth[link.auth_key_id]
        self.sign(link, 0)

    def sign(self, link: RpcSession, user_id: int) -> None:
        """The session's login is now ``user_id`` (0: nobody)."""
        key = (link.auth_key_id, link.session_id)
        if link.user_id and link.user_id != user_id:
            of_user = self._by_user.get(link.user_id)
            if of_user is not None and of_user.get(key) is link:
                del of_user[key]
                if not of_user:
                    del self._by_user[link.user_id]
        link.user_id = user_id
        if user_id:
            self._by_user.setdefault(user_id, {})[key] = link

    def of_user(self, user_id: int) -> list[RpcSession]:
        """Live sessions signed in as the user."""
        links = self._by_user.get(user_id)
        return list(links.values()) if links else []

    def of_auth(self, auth_id: int) -> list[RpcSession]:
        """Live sessions of one permanent key."""
        links = self._by_auth.get(auth_id)
        return list(links.values()) if links else []

    def close_auth(self, auth_id: int) -> None:
        """The key's login has ended: sign its sessions out and drop their connections."""
        for link in self.of_auth(auth_id):
            self.sign(link, 0)
            link.login = None
            link.close()

    def users(self) -> Iterable[int]:
        """Users with a live session here."""
        return self._by_user.keys()
