"""Events: what a handshake or a session tells the code around it.

A gateway dispatches on ``type(event)``. Numbers are as on the wire: msg ids, session ids and key
ids are signed 64-bit, times are seconds (``HttpWait``: milliseconds).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class Call(NamedTuple):
    """A request to run. Answer it with ``session.answer(msg_id, …)``; ``body`` is TL, inflated."""

    msg_id: int
    body: bytes


class Cancel(NamedTuple):
    """``rpc_drop_answer`` hit a running call: stop it. The session has answered both by itself."""

    req_msg_id: int


class Acked(NamedTuple):
    """The client has these server messages (answers and pushes)."""

    msg_ids: tuple[int, ...]


class NewSession(NamedTuple):
    """First accepted frame of this session here; ``new_session_created`` is queued."""

    first_msg_id: int
    unique_id: int


class DestroySession(NamedTuple):
    """Forget another session of the same key, then ``session.session_destroyed(…)``."""

    msg_id: int
    session_id: int


class DestroyKey(NamedTuple):
    """Forget the authorization key, then ``session.key_destroyed(msg_id, …)``."""

    msg_id: int


class HttpWait(NamedTuple):
    """Long poll: how long this POST may be held (all three in milliseconds)."""

    max_delay: int
    wait_after: int
    max_wait: int


class QuickAck(NamedTuple):
    """Send this token at once with ``framing.pack_quick_ack``."""

    token: int


class DisconnectIn(NamedTuple):
    """``ping_delay_disconnect``: close the connection after so many seconds without another one."""

    seconds: int


class Reply(NamedTuple):
    """A plain payload of the handshake, ready for the framing."""

    payload: bytes


class Powers(NamedTuple):
    """Modular powers to compute away from the loop: run ``job()`` and ``resume(job, result)``."""

    job: Callable[[], Any]


class NewKey(NamedTuple):
    """A key was agreed. Store it durably, then ``confirm()``; ``retry()`` if its id is taken."""

    auth_key: bytes
    auth_key_id: int
    salt: int
    """The first server salt, valid for the key's first hour."""
    dc: int
    """What the client wrote: negative for media, ±10000 for test; 0 where it named none."""
    temp_expires_in: int | None
    """Seconds a temporary key lives; None: a permanent key."""


Event = (
    Call
    | Cancel
    | Acked
    | NewSession
    | DestroySession
    | DestroyKey
    | HttpWait
    | QuickAck
    | DisconnectIn
    | Reply
    | Powers
    | NewKey
)
